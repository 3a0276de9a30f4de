"""Word files written part by part, for what python-docx cannot make."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_RELATED = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def t(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(inner: str, properties: str = "") -> str:
    """A paragraph; `inner` is text, or runs."""
    runs = inner if inner.startswith("<") or not inner else t(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(inner: str, properties: str = "") -> str:
    paragraphs = inner if inner.startswith("<w:p") or inner.startswith("<w:tbl") else p(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def level(number: int, form: str, pattern: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def _type(part: str, kind: str) -> str:
    name = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return f'<Override PartName="/word/{part}.xml" ContentType="{name}"/>'


def word_file(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    relations: str = "",
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx. `parts`: the inner XML of styles, numbering, footnotes, endnotes; `relations`: further ones."""
    parts = parts or {}
    listed = "".join(f'<Relationship Id="r-{k}" Type="{_KIND}/{k}" Target="{k}.xml"/>' for k in parts)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = f"{head}<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_type('document', 'document.main')}{''.join(_type(k, k) for k in parts)}</Types>",
        "_rels/.rels": f'{head}<Relationships {_RELATED}><Relationship Id="a" Type="{_KIND}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": main,
        "word/_rels/document.xml.rels": f"{head}<Relationships {_RELATED}>{listed}{relations}</Relationships>",
        **{f"word/{k}.xml": f"{head}<w:{k} {NAMES}>{inner}</w:{k}>" for k, inner in parts.items()},
        **(files or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with some bytes replaced in every part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in source.infolist():
            archive.writestr(part.filename, source.read(part).replace(old, new))
    return out.getvalue()
