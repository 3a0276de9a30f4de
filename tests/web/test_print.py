"""On paper: few sheets, original addresses instead of our own paths, a brief's choice that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.serving import served
from tests.web.fake_core import FakeCore, link_row, snapshot_row
from tests.web.site import site

Printed = Callable[[str], list[str]]
ORIGINAL = "https://www.qingjiang.example/art/2026/10/21/art_1229_4402.html"


@pytest.fixture
def printed(chromium: Browser, core: FakeCore, address: str) -> Iterator[Printed]:
    """Prints a page on A4 and gives the text of each sheet, without white space."""
    page = chromium.new_page()

    def sheets(path: str) -> list[str]:
        page.goto(address + path)
        made = pypdfium2.PdfDocument(page.pdf(format="A4"))
        texts = ["".join(sheet.get_textpage().get_text_bounded().split()) for sheet in made]
        made.close()
        return texts

    yield sheets
    page.close()


def test_eight_links_take_no_more_than_three_sheets(printed: Printed, core: FakeCore):
    rows = [
        link_row(snapshot_row(f"s{n}", f"https://a.example/{n}", f"清江市第{n}次会议纪要")) for n in range(8)
    ]
    core.rows = {row.id: row for row in rows}
    sheets = printed("/")
    assert len(sheets) <= 3
    assert all(f"清江市第{n}次会议纪要" in "".join(sheets) for n in range(8))


@pytest.mark.parametrize("path", ["/", "/brief", "/search?q=地区生产总值"])
def test_a_title_is_printed_with_the_address_of_the_original(printed: Printed, path: str):
    assert f"（{ORIGINAL}）" in "".join(printed(path))


@pytest.mark.parametrize("path", ["/", "/figures", "/tasks", "/contradictions", "/snapshot/s-news"])
def test_our_own_paths_are_not_printed(printed: Printed, path: str):
    text = "".join(printed(path))
    assert "清江市" in text and "/snapshot/" not in text and "#place" not in text


def test_an_address_that_is_none_is_not_printed(printed: Printed):
    assert "javascript:" not in "".join(printed("/"))


def test_the_choice_for_a_brief_is_printed_and_leaves_no_empty_sheet(printed: Printed):
    sheets = printed("/brief")
    assert all(len(text) > 40 for text in sheets) and len(sheets) <= 2
    assert "清江市前三季度经济运行情况发布" in sheets[0] and "下载简报" not in sheets[0]


def test_of_a_ticked_choice_only_what_was_ticked_is_printed(printed: Printed):
    text = "".join(printed("/brief?s=s-plan"))
    assert "清江市融入都市圈三年行动计划" in text and "清江市前三季度经济运行情况发布" not in text


def test_a_job_is_printed_with_its_links(chromium: Browser, core: FakeCore):
    job = core.add("https://a.example/1")
    with served(site(core)) as at:
        page = chromium.new_page()
        page.goto(f"{at}/jobs/{job.id}")
        page.emulate_media(media="print")
        expect(page.locator(".job li").first).to_be_visible()
        page.close()


def test_the_text_of_a_snapshot_is_not_cut_at_the_height_of_a_window(chromium: Browser, address: str):
    page = chromium.new_page(viewport={"width": 700, "height": 300})  # as wide as paper
    page.goto(f"{address}/snapshot/s-news?pane=text")
    page.emulate_media(media="print")
    cut = page.locator("#pane-text").evaluate("pane => pane.scrollHeight - pane.clientHeight")
    assert cut == 0 and page.locator("#pane-text").bounding_box()["height"] > 300  # type: ignore[index]
    page.close()
