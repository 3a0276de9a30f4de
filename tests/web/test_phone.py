"""At 375 px a row of a wide table is a block that stands wholly on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 375, "height": 800}, base_url=address)
    yield page
    page.close()


def top(place: Locator) -> float:
    """Where it begins, in pixels; it must stand within the width of the screen."""
    box = place.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 375
    return box["y"]


def test_a_figure_stands_as_indicator_value_area_source(phone: Page):
    phone.goto("/figures")
    row = phone.locator("tbody tr").first
    cells = ["th", ".num", ".region", ".source"]
    tops = [top(row.locator(cell)) for cell in cells]
    assert tops == sorted(set(tops))
    assert row.locator(".num").evaluate("e => getComputedStyle(e).fontWeight") == "600"
    middle = [row.locator(cell).bounding_box()["y"] for cell in (".region", ".period", ".nature-of")]
    assert max(middle) - min(middle) < 8  # area · period · nature on one line
    assert not phone.locator("thead").is_visible()


def test_a_further_row_of_the_same_key_stands_below_with_its_own_source(phone: Page):
    phone.goto("/figures")
    rows = phone.locator("tbody").first.locator("tr")
    assert top(rows.nth(1).locator(".num")) > top(rows.nth(0).locator(".source"))
    assert rows.nth(1).locator(".source a").is_visible()


@pytest.mark.parametrize("path", ["/figures", "/tasks"])
def test_a_table_has_no_scrolling_of_its_own(phone: Page, path: str):
    phone.goto(path)
    box = phone.locator(".scroll.tall")
    assert box.evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]") == [0, 0]
    assert box.evaluate("e => getComputedStyle(e).maxHeight") == "none"


def test_a_task_says_who_and_until_when_below_its_title(phone: Page):
    phone.goto("/tasks")
    row = phone.locator("tbody tr:not(.area)").first
    assert top(phone.locator("tbody tr.area").first) < top(row)
    assert abs(top(row.locator(".number")) - top(row.locator("th"))) < 8
    tops = [top(row.locator(cell)) for cell in ("th", ".who", "[data-head=期限]", ".bare")]
    assert tops == sorted(set(tops))


def test_what_is_done_with_chosen_links_stays_on_the_screen_however_far_one_scrolls(phone: Page):
    phone.goto("/")
    bar = phone.locator(".chosen")
    assert not bar.is_visible()
    phone.locator("ol.links").evaluate(
        "list => (list.style.paddingBottom = '3000px')"
    )  # as if there were more
    phone.locator("ol.links input[type=checkbox]").last.check()
    for far in ("0", "1200"):
        phone.evaluate(f"scrollTo(0, {far})")
        box = bar.bounding_box()
        assert box and box["y"] + box["height"] <= 800 < box["y"] + box["height"] + 2
