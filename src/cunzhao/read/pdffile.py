"""Opening PDF files: what can be wrong with one as a whole."""

from __future__ import annotations

import pypdfium2 as pdfium

from cunzhao.errors import FileBroken, FileEncrypted

_PASSWORD = 4  # FPDF_ERR_PASSWORD


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
