"""PDF files: the order of reading from where the characters stand on their pages.

Running heads, feet and page numbers are left out; lines that were wrapped become paragraphs again, over
pages too; tables keep their cells; notes follow the last paragraph that begins on their page. Boxes are in
points from the lower left corner of the page as seen (turned by /Rotate, cut by its CropBox), so that they
fit `PageImage`.
"""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium

from cunzhao.errors import FileBroken
from cunzhao.read.assembly import assembled
from cunzhao.read.pdf.file import bookmarks, loaded, opened
from cunzhao.read.pdf.flow import pieces_of
from cunzhao.read.pdf.ocr import available, recognised
from cunzhao.read.pdf.page import PageRead, laid_out, read_page
from cunzhao.read.pdf.rules import drawn_on
from cunzhao.read.types import Document

VERSION = "2"
MOST_PAGES = 3000
_WARNINGS = ("scan-pages", "ocr-text", "font-unreadable", "pages-broken", "cut")
_AT_ONCE = 40  # pages read before the file is opened anew
_SCAN = 0.3  # share of a page that pictures cover at least where it is a scan
_UNKNOWN = 0.3  # share of unreadable characters from which on a page's text is worth nothing


def read_pdf(
    data: bytes, called: str, ocr_pages: int = 0, alive: Callable[[], None] = lambda: None
) -> Document:
    """The document of a PDF; each warning tells what is missing from it.

    Up to `ocr_pages` pages that are pictures of text are read by OCR where that is installed; `alive` is
    called before each of them, which takes seconds. `ocr-text`: there are such; `scan-pages`: pictures of
    text that were not read; `no-text`: there is no text at all; `pages-broken`: pages that cannot be loaded;
    `cut`: pages after the first 3,000; `font-unreadable`: pages whose fonts do not tell what they draw.
    Raises FileEncrypted where a password is needed, FileBroken where it or every page of it cannot be read.
    """
    reading = _Reading(ocr_pages if ocr_pages and available() else 0, alive)
    pages, marks = reading.pages(data, called)
    warnings = tuple(code for code in _WARNINGS if code in reading.told)
    document = assembled(pieces_of(pages, marks), reader="pdf", version=VERSION, warnings=warnings)
    if document.blocks:
        return document
    return assembled((), reader="pdf", version=VERSION, warnings=("no-text", *warnings))


class _Reading:
    """The pages of one file, read one after the other."""

    def __init__(self, ocr_pages: int, alive: Callable[[], None]) -> None:
        self.ocr_pages = ocr_pages  # that may still be read by OCR
        self.alive = alive
        self.gutters: list[float] = []
        self.told: set[str] = set()

    def pages(self, data: bytes, called: str) -> tuple[list[PageRead], dict[tuple[int, str], int]]:
        pages: list[PageRead] = []
        marks: dict[tuple[int, str], int] = {}
        start, count = 0, 1
        while start < min(count, MOST_PAGES):
            pdf = opened(data, called)  # anew: PDFium keeps what it has parsed until the file is closed
            try:
                count = len(pdf)
                marks = marks or bookmarks(pdf)
                for number in range(start, min(start + _AT_ONCE, count, MOST_PAGES)):
                    page = self.page(pdf, number)
                    pages += [page] if page is not None else []
                start += _AT_ONCE
            finally:
                pdf.close()
        if not pages:
            raise FileBroken(called, format="PDF", detail="no page can be loaded")
        if count > MOST_PAGES:
            self.told.add("cut")
        return pages, marks

    def page(self, pdf: pdfium.PdfDocument, number: int) -> PageRead | None:
        """A page (0 for the first), None where it cannot be loaded."""
        try:
            page = loaded(pdf, number)
        except pdfium.PdfiumError:
            self.told.add("pages-broken")
            return None
        try:
            read = read_page(page, number + 1, self.gutters)
            unreadable = read.unknown > _UNKNOWN
            if (unreadable or _is_scan(read)) and self.ocr_pages > 0:
                return self.picture(page, number)
            self.told |= {"font-unreadable"} if unreadable else {"scan-pages"} if _is_scan(read) else set()
            return read
        except pdfium.PdfiumError:
            self.told.add("pages-broken")
            return None
        finally:
            page.close()

    def picture(self, page: pdfium.PdfPage, number: int) -> PageRead:
        self.ocr_pages -= 1
        self.alive()
        self.told.add("ocr-text")
        text = recognised(page, number + 1)
        return laid_out(text, drawn_on(page, text.view, text.turn), self.gutters)


def _is_scan(page: PageRead) -> bool:
    """Whether a page is a picture without a text layer."""
    said = sum(len("".join(getattr(item, "text", "table").split())) for item in page.items)
    return page.pictures > _SCAN and said < 20
