from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from cunzhao.errors import FileBroken, FileEncrypted
from cunzhao.read import Reader
from cunzhao.read.pdf.image import MOST_PIXELS, png, render_page
from cunzhao.read.types import PageImage
from cunzhao.settings import Settings
from tests.read.pdfs import pdf

PAGES = pdf([[(90, 700, 12, "第一页")], [(90, 700, 12, "第二页")]])


def pixels(image: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows of a PNG of ours (one IDAT, no filters)."""
    width, height = struct.unpack(">II", image[16:24])
    length = struct.unpack(">I", image[33:37])[0]
    rows = zlib.decompress(image[41 : 41 + length])
    return (
        width,
        height,
        b"".join(rows[n * (width * 3 + 1) + 1 : (n + 1) * (width * 3 + 1)] for n in range(height)),
    )


def test_a_page_is_shown_with_its_size_in_points() -> None:
    image = render_page(PAGES, 2, 2.0)
    assert (image.width, image.height, image.scale, image.pages) == (595, 842, 2.0, 2)
    assert pixels(image.png)[:2] == (1190, 1684)


def test_the_image_is_a_png_that_others_read() -> None:
    assert png(b"\xff\0\0\0\xff\0..", 2, 1, 8, 3).startswith(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\2\0\0\0\1\x08\2"
    )
    assert pixels(png(b"\xff\0\0\0\xff\0..", 2, 1, 8, 3)) == (2, 1, b"\xff\0\0\0\xff\0")


def test_a_huge_page_is_shown_smaller() -> None:
    image = render_page(PAGES.replace(b"[0 0 595 842]", b"[0 0 14400 9999]"), 1, 4.0)
    width, height, _ = pixels(image.png)
    assert width * height <= MOST_PIXELS * 1.01
    assert image.scale == pytest.approx(width / image.width, rel=0.01)


def test_a_page_that_is_not_there_is_an_index_error() -> None:
    for page in (0, 3):
        with pytest.raises(IndexError):
            render_page(PAGES, page, 1.0)


def test_a_worker_makes_the_image_and_tells_what_is_wrong(tmp_path: Path) -> None:
    with Reader(Settings(home=tmp_path)) as reader:
        image = reader.page_image(PAGES, page=1, scale=1.0)
        assert isinstance(image, PageImage)
        assert image == render_page(PAGES, 1, 1.0)
        with pytest.raises(IndexError):
            reader.page_image(PAGES, page=9, scale=1.0)
        with pytest.raises(FileBroken):
            reader.page_image(b"%PDF-1.7 broken", page=1, scale=1.0, input="坏.pdf")
        with pytest.raises(FileEncrypted):
            reader.page_image(pdf([[]], encrypted=True), page=1, scale=1.0, input="密.pdf")
        assert reader.read(PAGES, mime="application/pdf").text
