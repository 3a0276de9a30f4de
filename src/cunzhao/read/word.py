"""Word files (.docx): paragraphs and tables of the body in order, headings by style."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from cunzhao.errors import DecompressionBomb, FileBroken, FileEncrypted, FormatUnknown
from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.types import Document, Place
from cunzhao.read.wordnumbers import Numbering
from cunzhao.read.wordtext import W, boxes_of_paragraph, lines_of_paragraph

VERSION = "1"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_MOST_PARTS = 10_000
_CHUNK = 1 << 20


def read_word(data: bytes, called: str, max_decoded_bytes: int) -> Document:
    """The document of a .docx file.

    Raises FileEncrypted, FileBroken, DecompressionBomb (parts together larger than `max_decoded_bytes`),
    FormatUnknown for the old .doc.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise FileEncrypted(called, format="DOCX")
        raise FormatUnknown(called, format="DOC")
    _check_size(data, called, max_decoded_bytes)
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
        pieces = list(_pieces(word))
    except Exception as exc:
        raise FileBroken(called, format="DOCX", detail=f"{type(exc).__name__}: {exc}"[:200]) from exc
    warnings = () if pieces else ("no-text",)
    return assembled(pieces, reader="word", version=VERSION, warnings=warnings)


def _check_size(data: bytes, called: str, limit: int) -> None:
    """Unpack every part in pieces and count, before a parser takes them whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limit:
                raise DecompressionBomb(called, limit=limit)
            unpacked = 0
            for part in parts:
                if part.flag_bits & 1:
                    raise FileEncrypted(called, format="DOCX")
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > limit:
                            raise DecompressionBomb(called, limit=limit)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as exc:
        raise FileBroken(called, format="DOCX", detail=str(exc)) from exc


def _pieces(word: Any) -> Iterator[Piece]:
    """`Place.paragraph` counts the paragraphs of the body; a table stands at the paragraph before it."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    numbering = Numbering(_numbering_of(word))
    styles = {style.element.get(f"{W}styleId"): style.element for style in word.styles}
    count = -1
    for element in _body(word.element.body):
        if element.tag != f"{W}p":
            yield Piece("table", _table(Table(element, word)), Place(paragraph=max(count, 0)))
            continue
        count += 1
        level = _level(Paragraph(element, word))
        label = numbering.label(element, styles)
        lines = lines_of_paragraph(element)
        for n, line in enumerate(lines):
            shown = label + line if n == 0 else line
            yield Piece("heading" if level else "paragraph", shown, Place(paragraph=count), level)
        for box in boxes_of_paragraph(element):
            yield from (Piece("paragraph", line, Place(paragraph=count)) for line in lines_of_paragraph(box))


def _numbering_of(word: Any) -> Any | None:
    """The w:numbering element; None in a document without numbered paragraphs."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        return word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return None


def _body(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls (w:sdt)."""
    todo = list(body)[::-1]
    while todo:
        element = todo.pop()
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
            todo += list(element)[::-1]


def _level(paragraph: Any) -> int | None:
    """1 for the title style; a heading style or outline level n is n + 1, as the title stands above it."""
    style = paragraph.style
    while style is not None:
        name = style.name or ""
        if name.lower() in ("title", "标题", "文档标题"):
            return 1
        found = _STYLE.match(name)
        if found:
            return int(found[1]) + 1
        style = style.base_style
    outline = paragraph._p.find(f"{W}pPr/{W}outlineLvl")
    if outline is not None and outline.get(f"{W}val", "9").isdigit() and int(outline.get(f"{W}val")) < 9:
        return int(outline.get(f"{W}val")) + 2
    return None


def _table(table: Any) -> str:
    """Cells joined by tab, rows by line end; a merged cell is said once."""
    rows = []
    for row in table.rows:
        cells, last = [], None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(re.sub(r"\s+", " ", cell.text).strip())
            last = cell._tc
        rows.append("\t".join(cells).rstrip())
    return "\n".join(row for row in rows if row)
