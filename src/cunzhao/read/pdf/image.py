"""A page of a PDF as an image: what the places of its text (`Place.page`, `Place.box`) are shown on."""

from __future__ import annotations

import struct
import zlib
from math import sqrt

import pypdfium2 as pdfium

from cunzhao.errors import FileBroken
from cunzhao.read.pdf.file import loaded, opened
from cunzhao.read.types import PageImage

MOST_PIXELS = 12_000_000  # A4 at 290 dots an inch; a larger page is shown at a smaller scale


def render_page(data: bytes, page: int, scale: float, called: str = "") -> PageImage:
    """Page number `page` (1 for the first) as PNG, `scale` pixels for a point (2 is sharp on a screen).

    Raises IndexError where there is no such page, FileEncrypted, FileBroken.
    """
    pdf = opened(data, called)
    try:
        if not 1 <= page <= len(pdf):
            raise IndexError(f"no page {page} in a file of {len(pdf)}")
        sheet = loaded(pdf, page - 1)
        try:
            width, height = sheet.get_size()
            scale = min(scale, sqrt(MOST_PIXELS / max(width * height, 1.0)))
            shown = _png(sheet, scale)
            return PageImage(png=shown, width=width, height=height, scale=scale, pages=len(pdf))
        finally:
            sheet.close()
    except pdfium.PdfiumError as exc:
        raise FileBroken(called, format="PDF", detail=str(exc)) from exc
    finally:
        pdf.close()


def _png(sheet: pdfium.PdfPage, scale: float) -> bytes:
    bitmap = sheet.render(scale=scale, rev_byteorder=True)
    try:
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        return png(pixels, bitmap.width, bitmap.height, stride, bitmap.n_channels)
    finally:
        bitmap.close()


def png(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Rows of pixels (`stride` bytes each; 1 channel grey, 3 RGB, 4 RGBA) as a PNG file (ISO 15948)."""
    row = width * channels
    rows = b"".join(b"\0" + pixels[at : at + row] for at in range(0, height * stride, stride))
    colour = {1: 0, 3: 2, 4: 6}[channels]
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
