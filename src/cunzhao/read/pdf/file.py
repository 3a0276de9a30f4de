"""Opening PDF files: what can be wrong with one as a whole."""

from __future__ import annotations

import contextlib
import itertools

import pypdfium2 as pdfium
from pypdfium2 import raw

from cunzhao.errors import FileBroken, FileEncrypted

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_MOST_MARKS = 5000
_SHORTEST_TITLE = 5
_MOST_NOTES = 2000  # of one page


def opened(data: bytes, called: str) -> pdfium.PdfDocument:
    """The file, open; the caller closes it. One that only its owner's password guards is open to read.

    Raises FileEncrypted where a password is needed to open it, FileBroken where it cannot be opened.
    """
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        if getattr(exc, "err_code", None) == _PASSWORD or "password" in str(exc).lower():
            raise FileEncrypted(called, format="PDF") from exc
        raise FileBroken(called, format="PDF", detail=str(exc)) from exc
    if not len(pdf):
        pdf.close()
        raise FileBroken(called, format="PDF", detail="no pages")
    return pdf


def loaded(pdf: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Page `number` (0 for the first), what was filled into forms and written upon it being part of it.

    To be closed by the caller. Raises PdfiumError where it cannot be loaded.
    """
    page = pdf[number]
    if not _is_written_on(page) or raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[number]


def _is_written_on(page: pdfium.PdfPage) -> bool:
    for k in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, k)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
            return True
    return False


def bookmarks(pdf: pdfium.PdfDocument) -> dict[tuple[int, str], int]:
    """The outline that the file carries: page (from 1) and title without white space, with its depth.

    The title of its metadata stands above them (-1), on page 1: where a line there says the same, it is one.
    """
    found: dict[tuple[int, str], int] = {}
    title = "".join(pdf.get_metadata_value("Title").split())
    if len(title) >= _SHORTEST_TITLE:
        found[(1, title)] = -1
    with contextlib.suppress(pdfium.PdfiumError, ValueError, RecursionError):
        for mark in itertools.islice(pdf.get_toc(max_depth=6), _MOST_MARKS):
            place = mark.get_dest()
            page = place.get_index() if place is not None else None
            if page is not None:
                found.setdefault((page + 1, "".join(mark.get_title().split())), mark.level)
    return found
