"""Scanned pages: a double stands in for the recogniser; the real one is tried where the extra is installed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2 as pdfium
import pytest

from cunzhao.read import read
from cunzhao.read.pdf import ocr
from cunzhao.read.pdf.ocr import Found
from cunzhao.read.types import Document, place_at
from tests.read.pdfs import Page, pdf
from tests.read.test_pdf import JOINED, REPORT, column

SCAN = Page(pictures=[(0, 0, 595, 842)])


def seen(left: float, top: float, right: float, bottom: float, text: str, sure: float = 0.99) -> Found:
    """A line as the recogniser tells it, in pixels from the upper left corner."""
    return [[left, top], [right, top], [right, bottom], [left, bottom]], text, sure


LINES = [
    seen(225 + 60 * line.startswith("　"), 300 + 50 * n, 0, 330 + 50 * n, line.strip("　"))
    for n, line in enumerate(REPORT)
]
LINES = [seen(c[0][0], c[0][1], c[0][0] + 30 * len(text), c[2][1], text) for c, text, _ in LINES]


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """A double that finds the same lines in every picture; the sizes of the pictures it was given."""
    pictures: list[tuple[int, ...]] = []

    def picture(bitmap: pdfium.PdfBitmap) -> None:
        pictures.append((bitmap.width, bitmap.height))

    def engine() -> object:
        return lambda picture: ([*LINES, seen(100, 1900, 300, 1980, "模糊的章", 0.2)], None)

    monkeypatch.setattr(ocr, "engine", engine)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr("cunzhao.read.pdf.document.available", lambda: True)
    monkeypatch.setattr(pdfium.PdfBitmap, "to_numpy", picture)
    return pictures


def scanned(pages: Sequence[Page | list[tuple[float, float, float, str]]], ocr_pages: int = 9) -> Document:
    return read(pdf(pages), mime="application/pdf", ocr_pages=ocr_pages)


def test_a_scanned_page_is_read_as_paragraphs_with_places(recogniser: list[tuple[int, ...]]) -> None:
    found = scanned([SCAN])
    assert found.text.split("\n") == JOINED
    assert found.warnings == ("ocr-text",)
    assert recogniser == [(1488, 2105)]
    left, bottom, right, top = place_at(found, found.text.index("全市")).box or (0, 0, 0, 0)
    assert (left, right) == pytest.approx((114 + 84, 210), abs=1)
    assert bottom < 842 - 315 / 2.5 < top


def test_pages_with_and_without_a_text_layer_are_read_in_order(recogniser: list[tuple[int, ...]]) -> None:
    found = scanned([column(90, 700, REPORT), SCAN, column(90, 700, REPORT)])
    assert found.text.split("\n") == JOINED * 3
    assert len(recogniser) == 1


def test_only_so_many_pages_are_recognised(recogniser: list[tuple[int, ...]]) -> None:
    found = scanned([SCAN, SCAN, SCAN], ocr_pages=2)
    assert len(recogniser) == 2
    assert found.warnings == ("scan-pages", "ocr-text")


def test_where_it_is_not_installed_or_not_wanted_scans_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scanned([SCAN], ocr_pages=0).warnings == ("no-text", "scan-pages")
    monkeypatch.setattr("cunzhao.read.pdf.document.available", lambda: False)
    assert scanned([SCAN]).warnings == ("no-text", "scan-pages")


@pytest.mark.skipif(not ocr.available(), reason="the extra `ocr` is not installed")
def test_the_real_recogniser_reads_a_picture_of_a_page() -> None:
    page = pdfium.PdfDocument(
        pdf([Page(latin=[(90, 700 - 20 * n, 12, "HARBOUR 2024 FERRY") for n in range(3)])])
    )[0]
    text = ocr.recognised(page, 1)
    said = re.sub(r"\s", "", "".join(glyph.text for glyph in text.glyphs))
    assert said == "HARBOUR2024FERRY" * 3
