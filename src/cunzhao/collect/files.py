"""A local file as a Capture, so that what is imported is kept, read and cited like what is fetched."""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from cunzhao.collect.choice import ASKED, Signals, choose
from cunzhao.collect.conditions import file_conditions
from cunzhao.collect.look import is_markup, look_at
from cunzhao.collect.record_ids import record_id
from cunzhao.collect.types import Body, Capture, Exchange
from cunzhao.errors import CunzhaoError, EmptyInput, FileMissing, FileTooLarge, FormatUnknown
from cunzhao.settings import Settings

WARC = "warc"
HTML = "text/html"
PLAIN = "text/plain"
MARKDOWN = "text/markdown"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_HEAD = 64 * 1024  # bytes looked at to tell the kind
_PIECE = 1024 * 1024
_BY_SUFFIX = {
    ".html": HTML, ".htm": HTML, ".shtml": HTML, ".xhtml": HTML, ".txt": PLAIN, ".text": PLAIN,
    ".md": MARKDOWN, ".markdown": MARKDOWN, ".pdf": PDF, ".docx": DOCX, ".warc": WARC,
}  # fmt: skip
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def kind_of(path: Path) -> str:
    """What a file is: "warc" (bare or gzipped), or the media type of a document.

    A signature in the bytes wins over the file's name; where the bytes carry none, the name decides, so that
    a broken PDF is still read (and refused) as one. Raises FileMissing, EmptyInput, FormatUnknown.
    """
    head = _head(path)
    suffix = path.suffix.lower()
    kind = _signed(path, head) or _BY_SUFFIX.get(suffix, "")
    if kind in (PLAIN, MARKDOWN, "") and not _is_text(head):
        raise FormatUnknown(str(path), format=suffix or "?")
    if not kind and not suffix:
        return PLAIN
    if kind not in (HTML, PLAIN, MARKDOWN, PDF, DOCX, WARC):
        raise FormatUnknown(str(path), format=kind or suffix)
    return kind


def capture_file(path: Path, *, settings: Settings) -> Capture:
    """A document file as a Capture of engine "import", with one synthetic exchange (no HTTP took place).

    Its URL is `urn:cunzhao:file:<first 32 hex digits of the SHA-256>/<name>`: the same bytes under the same
    name give the same URL. Raises FileMissing, EmptyInput, FormatUnknown (a WARC too: its records are
    imported as they are), FileTooLarge above `max_body_bytes`.
    """
    started, clock = datetime.now(UTC), monotonic()
    kind = kind_of(path)
    if kind == WARC:
        raise FormatUnknown(str(path), format=WARC)
    body = _read(path, settings.max_body_bytes)
    url = f"urn:cunzhao:file:{body.digest.removeprefix('sha256:')[:32]}/{quote(path.name, safe='')}"
    page = Exchange(
        id=record_id(),
        url=url,
        started=started,
        seconds=monotonic() - clock,
        peer=None,
        request_head=b"",
        response_head=b"",
        status=200,
        headers=(("Content-Type", kind),),
        body=body,
    )
    lacks = _lacks(page, settings) if kind == HTML else ""
    return Capture(
        requested_url=url,
        final_url=url,
        engine="import",
        engine_reason=ASKED,
        started=started,
        seconds=page.seconds,
        verdict="partial" if lacks else "complete",
        reason=lacks,
        exchanges=(page,),
        conditions=file_conditions(settings),
    )


def _lacks(page: Exchange, settings: Settings) -> str:
    """What an HTML file lacks that its scripts would bring; "" for nothing."""
    try:
        sight = look_at(page, settings.max_decoded_bytes).sight
    except CunzhaoError:
        return ""  # it cannot be read, which reading tells
    choice = choose(Signals(checked=False, sight=sight)) if sight else None
    return choice.lacks if choice and choice.browser else ""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as exc:  # ValueError: a NUL in the name
        raise FileMissing(str(path)) from exc
    if not head:
        raise EmptyInput(str(path))
    return head


def _read(path: Path, limit: int) -> Body:
    body = Body()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            body.append(piece)
            if body.length > limit:
                body.close()
                raise FileTooLarge(str(path), limit=limit)
    return body


def _signed(path: Path, head: bytes) -> str:
    """The kind that the bytes themselves tell; "" where they tell none."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"WARC/"):
        return WARC
    if head.startswith(b"\x1f\x8b"):
        return WARC if _unzipped(head).startswith(b"WARC/") else "gzip"
    if head.startswith(b"PK\x03\x04"):
        return _office(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc/xls/wps"  # the binary formats before 2007
    return HTML if is_markup(_narrow(head)) else ""


def _office(path: Path) -> str:
    """Which office format a ZIP holds; a damaged one is what its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _BY_SUFFIX.get(path.suffix.lower(), "zip")
    return next((kind for name, kind in _OFFICE.items() if name in names), "zip")


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 64)
    except zlib.error:
        return b""


def _narrow(head: bytes) -> bytes:
    """UTF-16 in single bytes, so that markup can be seen; other bytes without their mark."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_text(head: bytes) -> bool:
    """No control bytes but white space; UTF-16 by its mark. (Charsets are the reader's concern.)"""
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", _narrow(head))
