"""PDF files with a text layer: the order of reading from the geometry of the characters.

Running heads, feet and page numbers are left out; lines that were wrapped become paragraphs again.
"""

from __future__ import annotations

import pypdfium2 as pdfium

from cunzhao.errors import FileBroken
from cunzhao.read.assembly import Piece, assembled
from cunzhao.read.pdffile import opened
from cunzhao.read.pdflines import TextLine, page_lines
from cunzhao.read.pdfparagraphs import pieces_of, without_running_lines
from cunzhao.read.types import Document

VERSION = "1"


def read_pdf(data: bytes, called: str) -> Document:
    """The document of a PDF; warning `no-text` where no page has a text layer (a scan).

    Raises FileEncrypted where a password is needed to open it, FileBroken where it cannot be opened.
    """
    pdf = opened(data, called)
    try:
        pages = _pages(pdf, called)
    finally:
        pdf.close()
    document = assembled(_pieces(pages), reader="pdf", version=VERSION)
    if document.blocks:
        return document
    return assembled((), reader="pdf", version=VERSION, warnings=("no-text",))


def _pages(pdf: pdfium.PdfDocument, called: str) -> list[list[TextLine]]:
    pages: list[list[TextLine]] = []
    broken = 0
    for number in range(1, len(pdf) + 1):
        try:
            page = pdf[number - 1]
            try:
                pages.append(page_lines(page, number))
            finally:
                page.close()
        except pdfium.PdfiumError:
            broken += 1
            pages.append([])
    if pages and broken == len(pages):
        raise FileBroken(called, format="PDF", detail="no page can be loaded")
    return pages


def _pieces(pages: list[list[TextLine]]) -> list[Piece]:
    return pieces_of(without_running_lines(pages))
