"""The one door of the stage: bytes and what is said of them go in, a whole Document comes out."""

from __future__ import annotations

from collections.abc import Callable

from cunzhao.errors import ConverterMissing, EmptyInput, FileEncrypted, FormatUnknown
from cunzhao.formats import CONVERTED, format_of
from cunzhao.read.office.packages import Package
from cunzhao.read.types import Document

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
    ocr_pages: int = 0,
    alive: Callable[[], None] = lambda: None,
) -> Document:
    """Read a page or file. Pure: no clock, network or disk; hostile input belongs in a `Reader`.

    `mime` is the media type told (`text/html`; a vague one is decided by `name` and the first bytes),
    `charset` that of the header, `input` what to call it in errors (else name or url). Up to `ocr_pages`
    scanned pages are read by OCR where it is installed; `alive` is called before each of them.
    Raises EmptyInput, FormatUnknown, FileBroken, FileEncrypted, DecompressionBomb, and ConverterMissing for
    the formats that a `Reader` has LibreOffice convert first (doc, wps, rtf …).
    """
    called = input or name or url or mime
    if not data:
        raise EmptyInput(called)
    form = format_of(data, mime, name or url)
    if form is None:
        raise FormatUnknown(called, format=mime or "?")
    if form == "locked":
        raise FileEncrypted(called, format="Office")
    if form in CONVERTED:
        raise ConverterMissing(called, format=form.upper())
    from cunzhao.read.structure.finishing import finished

    return finished(_reader(form, url, ocr_pages, alive)(data, charset, called, max_decoded_bytes))


def _reader(
    form: str, url: str, ocr_pages: int, alive: Callable[[], None]
) -> Callable[[bytes, str, str, int], Document]:
    """The reader of a format; imported when first needed, so that a worker stays light."""
    if form in ("html", "mht"):
        from cunzhao.read.page.html import read_html
        from cunzhao.read.page.webarchive import page_of

        return lambda data, charset, called, limit: read_html(
            page_of(data) if form == "mht" else data, charset=charset, url=url
        )
    if form == "pdf":
        from cunzhao.read.pdf.document import read_pdf

        return lambda data, charset, called, limit: read_pdf(data, called, ocr_pages, alive)
    if form == "word":
        from cunzhao.read.office.word import read_word

        return lambda data, charset, called, limit: read_word(Package(data, called, "DOCX", limit))
    if form == "excel":
        from cunzhao.read.office.excel import read_excel

        return lambda data, charset, called, limit: read_excel(Package(data, called, "XLSX", limit))
    if form == "ofd":
        from cunzhao.read.office.ofd import read_ofd

        return lambda data, charset, called, limit: read_ofd(Package(data, called, "OFD", limit))
    if form == "xls":
        from cunzhao.read.office.excelold import read_old_excel

        return lambda data, charset, called, limit: read_old_excel(data, called)
    if form == "csv":
        from cunzhao.read.office.csvtext import read_csv

        return lambda data, charset, called, limit: read_csv(data, charset=charset)
    from cunzhao.read.text.text import read_text

    return lambda data, charset, called, limit: read_text(data, charset=charset, markdown=form == "markdown")
