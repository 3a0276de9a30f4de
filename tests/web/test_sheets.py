"""A PDF in the view pane: its pages as images, the words of a fact framed on them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy
import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, expect

from cunzhao.core import VIEW_HEADERS, Core
from cunzhao.errors import FileBroken
from cunzhao.read import read
from cunzhao.read.pdf.image import render_page
from cunzhao.read.types import PageImage
from cunzhao.settings import Settings
from cunzhao.web.showing.sheets import sheets
from tests.read.pdfs import Page, pdf
from tests.serving import served
from tests.web.site import site

LINES = [
    (60.0, 760.0, 14.0, "Qinghe rebuilt 40 ferries at a cost of 260 million."),
    (60.0, 736.0, 14.0, "The third batch of 10 ferries is to be done this year, and"),
    (60.0, 712.0, 14.0, "a riverside path of 60 kilometres by 2025 as well."),
]
DATA = pdf(
    [Page(latin=[(60.0, 780.0, 14.0, "Ferries of Qinghe, a report in two pages.")]), Page(latin=LINES)]
)
DOCUMENT = read(DATA, mime="application/pdf")


class Paper:
    """The part of a core that shows pages of `DATA`."""

    def page_image(self, snapshot: str, page: int) -> PageImage:
        if snapshot != "s":
            raise FileBroken(snapshot, format="PDF", detail="")
        return render_page(DATA, page, 2.0)


def framed(quote: str) -> list[str]:
    """The words that stand inside the frames of a quote, as PDFium tells them."""
    at = DOCUMENT.text.index(quote)
    found = []
    with pdfium.PdfDocument(DATA) as file:
        for sheet in sheets(Paper(), "s", DOCUMENT, (at, at + len(quote))):  # type: ignore[arg-type]
            text = file[sheet.page - 1].get_textpage()
            for f in sheet.frames:
                left, right = f.left + 2, f.left + f.width - 2  # without the room left round the words
                bottom, top = sheet.height - f.top - f.height, sheet.height - f.top
                found.append(text.get_text_bounded(left, bottom, right, top).strip())
    return found


@pytest.mark.parametrize("quote", ["40 ferries", "260 million", "10", "Ferries of Qinghe"])
def test_in_the_frame_stand_the_words_of_the_quote(quote: str) -> None:
    assert framed(quote) == [quote]


def test_a_quote_over_two_lines_has_a_frame_on_each() -> None:
    assert framed("this year, and a riverside path") == ["this year, and", "a riverside path"]


def pixels(png: bytes) -> numpy.ndarray:
    """The rows of a PNG of ours (no filters), each pixel by its first channel."""
    width, height, _, colour = struct.unpack(">IIBB", png[16:26])
    rows = zlib.decompress(png[png.index(b"IDAT") + 4 : -16])
    told = numpy.frombuffer(rows, numpy.uint8).reshape(height, -1)[:, 1:]
    return told.reshape(height, width, {0: 1, 2: 3, 6: 4}[colour])[:, :, 0]


def test_round_the_frame_is_paper_and_inside_it_ink() -> None:
    at = DOCUMENT.text.index("260 million")
    sheet = sheets(Paper(), "s", DOCUMENT, (at, at + 11))[1]  # type: ignore[arg-type]
    (frame,) = sheet.frames
    shown = pixels(Paper().page_image("s", 2).png)
    left, top, right, bottom = (
        round(2 * v) for v in (frame.left, frame.top, frame.left + frame.width, frame.top + frame.height)
    )
    assert shown[top:bottom, left:right].min() < 100
    assert shown[top - 4 : top, left:right].min() > 200
    assert shown[bottom : bottom + 4, left:right].min() > 200


def test_where_no_page_can_be_shown_there_are_none() -> None:
    assert sheets(Paper(), "other", DOCUMENT, (0, 4)) == ()  # type: ignore[arg-type]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a server, and a snapshot of `DATA` there."""
    path = tmp_path / "ferries.pdf"
    path.write_bytes(DATA)
    with Core.open(Settings(home=tmp_path / "home")) as core:
        (row,) = core.import_files([path])
        assert row.snapshot
        with served(site(core)) as address:
            yield address, row.snapshot


#: Both at one moment: the pane may be scrolling still.
BOXES = "['#sheet-2 img', 'rect#place'].map(place => document.querySelector(place).getBoundingClientRect().toJSON())"


def test_the_pane_opens_at_the_framed_words_and_the_rest_is_loaded_when_seen(
    kept: tuple[str, str], chromium: Browser
) -> None:
    address, snapshot = kept
    at = DOCUMENT.text.index("60 kilometres")
    for script in (True, False):
        page = chromium.new_context(
            java_script_enabled=script, viewport={"width": 1200, "height": 700}
        ).new_page()
        page.goto(f"{address}/snapshot/{snapshot}?at={at}-{at + 13}&pane=view#place")
        expect(page.locator("#pane-view rect#place")).to_be_in_viewport()
        expect(page.locator(".tabs .hint")).to_have_text("所选文字在原件 第2页")
        expect(page.locator("#sheet-2 img")).to_be_in_viewport()
        image, frame = page.evaluate(BOXES)
        place = next(r.place for r in DOCUMENT.runs if r.start <= at < r.end)
        assert place.box
        assert frame["y"] == pytest.approx(
            image["y"] + (842 - place.box[3] - 1.5) * image["width"] / 595, abs=2
        )
        page.context.close()


def test_a_page_image_is_archived_bytes(kept: tuple[str, str], chromium: Browser) -> None:
    address, snapshot = kept
    request = chromium.new_context().request
    answer = request.get(f"{address}/view/{snapshot}/page/2.png")
    assert answer.ok
    assert answer.headers["content-type"] == "image/png"
    assert {name: answer.headers[name.lower()] for name in VIEW_HEADERS} == dict(VIEW_HEADERS)
    for missing in ("3", "0", "-1", "99999999999999999999"):
        assert request.get(f"{address}/view/{snapshot}/page/{missing}.png").status == 404, missing
    request.dispose()
