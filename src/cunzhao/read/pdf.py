"""PDF files: the order of reading from where the characters stand on their pages.

Running heads, feet and page numbers are left out; lines that were wrapped become paragraphs again, over
pages too; tables keep their cells; notes follow the last paragraph that begins on their page. Boxes are in
points from the lower left corner of the page as seen (turned by /Rotate, cut by its CropBox), so that they
fit `PageImage`.
"""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from cunzhao.errors import FileBroken
from cunzhao.read.assembly import assembled
from cunzhao.read.pdffile import bookmarks, opened
from cunzhao.read.pdfflow import pieces_of
from cunzhao.read.pdfpage import PageRead, read_page
from cunzhao.read.types import Document

VERSION = "2"
MOST_PAGES = 3000
_AT_ONCE = 40  # pages read before the file is opened anew
_SCAN = 0.3  # share of a page that pictures cover at least where it is a scan
_UNKNOWN = 0.3  # share of unreadable characters from which on a page's text is worth nothing


def read_pdf(data: bytes, called: str) -> Document:
    """The document of a PDF; each warning tells what is missing from it.

    `no-text`: no page has a text layer; `scan-pages`: pages that are pictures of text; `pages-broken`: pages
    that cannot be loaded; `cut`: pages after the first 3,000; `font-unreadable`: pages whose fonts do not
    tell which characters they draw.
    Raises FileEncrypted where a password is needed, FileBroken where it or every page of it cannot be read.
    """
    pages, warnings, marks = _pages(data, called)
    document = assembled(pieces_of(pages, marks), reader="pdf", version=VERSION, warnings=tuple(warnings))
    if document.blocks:
        return document
    return assembled((), reader="pdf", version=VERSION, warnings=("no-text", *warnings))


def _pages(data: bytes, called: str) -> tuple[list[PageRead], list[str], dict[tuple[int, str], int]]:
    pages: list[PageRead] = []
    gutters: list[float] = []
    marks: dict[tuple[int, str], int] = {}
    broken, start, count = 0, 0, 1
    while start < min(count, MOST_PAGES):
        pdf = opened(data, called)  # anew: PDFium keeps what it has parsed until the file is closed
        try:
            count = len(pdf)
            marks = marks or bookmarks(pdf)
            end = min(start + _AT_ONCE, count, MOST_PAGES)
            for number in range(start, end):
                page = _page(pdf, number, gutters)
                if page is None:
                    broken += 1
                else:
                    pages.append(page)
            start = end
        finally:
            pdf.close()
    if not pages:
        raise FileBroken(called, format="PDF", detail="no page can be loaded")
    told = {
        "scan-pages": any(_is_scan(page) for page in pages),
        "font-unreadable": any(page.unknown > _UNKNOWN for page in pages),
        "pages-broken": broken > 0,
        "cut": count > MOST_PAGES,
    }
    return pages, [code for code, said in told.items() if said], marks


def _page(pdf: pdfium.PdfDocument, number: int, gutters: list[float]) -> PageRead | None:
    """A page (0 for the first), None where it cannot be loaded."""
    try:
        page = pdf[number]
    except pdfium.PdfiumError:
        return None
    try:
        return read_page(page, number + 1, gutters)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _is_scan(page: PageRead) -> bool:
    """Whether a page is a picture without a text layer."""
    said = sum(len(re.sub(r"\s", "", getattr(item, "text", "table"))) for item in page.items)
    return page.pictures > _SCAN and said < 20
