"""The one door of the stage: bytes and what is said of them go in, a whole Document comes out."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from cunzhao.errors import EmptyInput, FormatUnknown
from cunzhao.read.types import Document

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
    "application/pdf": "pdf",
    _WORD: "word",
}
_ENDINGS = {
    "html": "html",
    "htm": "html",
    "shtml": "html",
    "xhtml": "html",
    "txt": "text",
    "md": "markdown",
    "markdown": "markdown",
    "pdf": "pdf",
    "docx": "word",
}
_VAGUE = ("", "application/octet-stream", "binary/octet-stream", "application/zip", "application/x-download")
DEFAULT_LIMIT = 200_000_000


def read(
    data: bytes,
    *,
    mime: str,
    url: str = "",
    name: str = "",
    charset: str = "",
    input: str = "",
    max_decoded_bytes: int = DEFAULT_LIMIT,
) -> Document:
    """Read a page or file. Pure: no clock, network or disk; hostile input belongs in a `Reader`.

    `mime` is the media type told (`text/html`; a vague one is decided by `name` and the first bytes),
    `charset` that of the header, `input` what to call it in errors (else name or url).
    Raises EmptyInput, FormatUnknown, FileBroken, FileEncrypted, DecompressionBomb.
    """
    called = input or name or url or mime
    if not data:
        raise EmptyInput(called)
    form = format_of(data, mime, name or url)
    if form is None:
        raise FormatUnknown(called, format=mime or "?")
    return _finished(_reader(form)(data, charset, called, max_decoded_bytes))


def format_of(data: bytes, mime: str, name: str) -> str | None:
    """`html`, `text`, `markdown`, `pdf`, `word` or None. Unmistakable first bytes win over what is told."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if head.startswith(b"%PDF-"):
        return "pdf"
    ending = re.sub(r"[?#].*", "", name).rpartition(".")[2].lower()
    if data[:4] == b"PK\x03\x04":
        return "word" if mime in (_WORD, *_VAGUE) and (mime == _WORD or ending == "docx") else None
    told = _FORMATS.get(mime.partition(";")[0].strip().lower())
    if told == "text" and ending in ("md", "markdown"):
        return "markdown"
    if told:
        return told
    if mime.partition(";")[0].strip().lower() in _VAGUE:
        return _ENDINGS.get(ending) or ("html" if _looks_like_html(head) else None)
    return None


def _looks_like_html(head: bytes) -> bool:
    return bool(
        re.match(rb"<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<!doctype html)", head, re.IGNORECASE)
    )


def _reader(form: str) -> Callable[[bytes, str, str, int], Document]:
    """The reader of a format; imported when first needed, so that a worker stays light."""
    if form == "html":
        from cunzhao.read.html import read_html

        return lambda data, charset, called, limit: read_html(data, charset=charset)
    if form == "pdf":
        from cunzhao.read.pdf import read_pdf

        return lambda data, charset, called, limit: read_pdf(data, called)
    if form == "word":
        from cunzhao.read.word import read_word

        return lambda data, charset, called, limit: read_word(data, called, limit)
    from cunzhao.read.text import read_text

    return lambda data, charset, called, limit: read_text(data, charset=charset, markdown=form == "markdown")


def _finished(document: Document) -> Document:
    """The document with its outline, its title where only the outline tells it, and the official fields."""
    from cunzhao.read.fronttitle import with_joined_title
    from cunzhao.read.official import read_official
    from cunzhao.read.outline import read_outline, with_front_noise, with_headings

    text, blocks = document.text, document.blocks
    if document.title is None:
        blocks = with_joined_title(text, blocks)
    outline = read_outline(text, blocks, document.title)
    title = document.title or next((h.title for h in outline if h.level == 1), None)
    blocks = with_headings(blocks, outline, text)
    if document.reader == "text":
        blocks = with_front_noise(blocks, outline, text)
    official = read_official(text, blocks, title)
    return dataclasses.replace(
        document,
        blocks=blocks,
        outline=outline,
        title=title,
        doc_number=document.doc_number or official.doc_number,
        issuers=document.issuers or official.issuers,
        addressees=document.addressees or official.addressees,
        document_date=document.document_date or official.document_date,
    )
