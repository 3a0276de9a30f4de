"""Which format bytes are in: what they themselves tell wins over a media type, and that over a file's name.

Servers send .doc files that are web pages, .xls files that are tables of HTML or comma-separated lines, and
office files without any type. One rule for importing (collect) and reading (read).
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO

#: Media type by format, the first of `_TYPES` that names it.
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": "word",
    "application/vnd.ms-word.document.macroenabled.12": "word",
    "application/vnd.ms-word.template.macroenabled.12": "word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template": "excel",
    "application/vnd.ms-excel.sheet.macroenabled.12": "excel",
    "application/vnd.ms-excel.template.macroenabled.12": "excel",
    "application/ofd": "ofd",
    "application/vnd.ofd": "ofd",
    "text/csv": "csv",
    "application/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/msword": "doc",
    "application/vnd.ms-word": "doc",
    "application/wps-office.doc": "doc",
    "application/wps-office.wps": "doc",
    "application/kswps": "doc",
    "application/vnd.ms-works": "doc",
    "application/vnd.ms-excel": "xls",
    "application/msexcel": "xls",
    "application/x-msexcel": "xls",
    "application/wps-office.xls": "xls",
    "application/wps-office.et": "xls",
    "application/kset": "xls",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "xlsb",
    "application/x-spreadsheetml+xml": "xmlss",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "multipart/related": "mht",
    "message/rfc822": "mht",
    "application/x-mimearchive": "mht",
}
_ENDINGS = {
    "html": "html", "htm": "html", "shtml": "html", "xhtml": "html",
    "txt": "text", "text": "text", "md": "markdown", "markdown": "markdown", "pdf": "pdf",
    "docx": "word", "docm": "word", "dotx": "word", "dotm": "word",
    "xlsx": "excel", "xlsm": "excel", "xltx": "excel", "xltm": "excel",
    "ofd": "ofd", "csv": "csv", "tsv": "csv",
    "doc": "doc", "dot": "doc", "wps": "doc", "wpt": "doc", "rtf": "rtf", "odt": "odt",
    "xls": "xls", "xlt": "xls", "et": "xls", "ett": "xls", "xlsb": "xlsb", "ods": "ods",
    "mht": "mht", "mhtml": "mht",
}  # fmt: skip
_VAGUE = (
    "", "application/octet-stream", "binary/octet-stream", "application/zip", "application/x-download",
    "application/x-zip-compressed", "application/force-download", "application/x-msdownload",
)  # fmt: skip
#: Formats that LibreOffice converts before they are read: to .xlsx, to .docx.
CONVERTED = {"xlsb": "xlsx", "ods": "xlsx", "xmlss": "xlsx", "doc": "docx", "rtf": "docx", "odt": "docx"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_OLE = 200_000_000  # bytes looked through for the names of streams
_HEAD = 8192
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|table|\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html))",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_XML = re.compile(rb"<\?mso-application\s+progid=[\"'](Word\.Document|Excel\.Sheet)")
_MIME_HEAD = re.compile(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW, _RARE = 3, 8  # three in a short text, none in less than eight bytes, are a slip of whoever copied it
_IN_ZIP = (
    ("OFD.xml", "ofd"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook", "excel"),
    ("word/document", "word"),
)


def media_type(form: str) -> str:
    """The media type of a format of `format_of`."""
    return next(mime for mime, known in _TYPES.items() if known == form)


def format_of(data: bytes, mime: str, name: str) -> str | None:
    """The format, a value of `_TYPES`, or `locked` (an office file under a password); None for any other.

    A type that says nothing (`application/octet-stream`) leaves it to the name. Raises nothing.
    """
    mime, told = mime.partition(";")[0].strip().lower(), named(name)
    by_type = _TYPES.get(mime, "")
    if by_type == "text" and told in ("markdown", "csv"):
        by_type = told
    return decided(signed(io.BytesIO(data)), by_type, told if mime in _VAGUE or by_type else "", data[:_HEAD])


def decided(own: str, by_type: str, by_name: str, head: bytes) -> str | None:
    """The format of a file from what its bytes, its media type and its name tell ("" for nothing told)."""
    told = by_type or by_name
    if own == "html" and by_type in ("text", "markdown", "csv"):
        return by_type  # a page's source may be meant as text
    if own in ("zip", "ole"):
        fits = ("word", "excel", "ofd") if own == "zip" else ("doc", "xls")
        return next((form for form in (by_type, by_name) if form in fits), None)
    if own == "gzip":
        return None
    if own:
        return own
    if told in ("doc", "xls", "text", "markdown", "csv"):
        if is_binary(head):
            return None
        return {"doc": "text", "xls": "csv"}.get(told, told)  # text under the name of an office file
    return told or None


def named(name: str) -> str:
    """The format that a file's name or address ends in; "" for none known."""
    path = re.sub(r"[?#].*", "", name) if ":" in name else name  # a file's own name may hold such signs
    return _ENDINGS.get(path.rpartition(".")[2].lower(), "")


def signed(file: BinaryIO) -> str:
    """The format that the bytes themselves tell; `zip` or `ole` for a container of something else, or ""."""
    head = file.read(_HEAD)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(file)
    if head.startswith(OLE):
        file.seek(0)
        return _of_ole(file.read(_MOST_OLE))
    if start.startswith(b"{\\rtf"):
        return "rtf"
    office = _OFFICE_XML.search(start[:1024]) if start.startswith(b"<?xml") else None
    if office:
        return "doc" if office[1].startswith(b"Word") else "xmlss"
    if _MIME_HEAD.match(start[:2048]):
        return "mht"
    return "html" if _MARKUP.match(start) else ""


def is_binary(head: bytes) -> bool:
    """Whether bytes cannot be text: more than a few, and than one in fifty, are signs that no text has."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or not head:
        return False
    signs = len(_CONTROL.findall(head))
    return signs * (_RARE if signs <= _FEW else 50) > len(head)


def _of_zip(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.replace("\\", "/").strip("/") for name in archive.namelist()]
            kind = (
                archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
            )
    except Exception:  # whatever is wrong with it, its reader will say
        return "zip"
    if _TYPES.get(kind) in ("odt", "ods"):
        return _TYPES[kind]
    lower = [name.lower() for name in names]
    found = (form for part, form in _IN_ZIP if any(name.startswith(part.lower()) for name in lower))
    return next(found, "zip")


def _of_ole(data: bytes) -> str:
    """The kind of a compound file, by the names of its streams ([MS-CFB] 2.6.1: UTF-16)."""

    def has(*streams: str) -> bool:
        return any(stream.encode("utf-16-le") in data for stream in streams)

    if has("EncryptedPackage") or _is_locked(data):
        return "locked"
    if has("WordDocument"):
        return "doc"
    return "xls" if has("Workbook", "Book") else "ole"


def _is_locked(data: bytes) -> bool:
    """Whether a .doc ([MS-DOC] 2.5.2, fEncrypted) or .xls ([MS-XLS] 2.4.117, FilePass) needs a password."""
    if data[512:514] == b"\xec\xa5":
        return bool(data[523:524] and data[523] & 1)
    if data[512:514] == b"\x09\x08":
        behind = 516 + int.from_bytes(data[514:516], "little")
        return data[behind : behind + 2] == b"\x2f\x00"
    return False
