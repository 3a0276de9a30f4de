"""Pages by the keyboard: single keys on lists and pages, the order of the focus, dialogues that give it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from cunzhao.core.values.workbench import BulkAct, Suggestion
from cunzhao.web import app
from tests.serving import served
from tests.web.fake_core import FakeCore


class Suggesting(FakeCore):
    def __init__(self) -> None:
        super().__init__()
        self.accepted: list[tuple[str, ...]] = []

    def suggestions(self, link: str) -> tuple[Suggestion, ...]:
        return tuple(
            Suggestion(tag=tag, reason="field", words="轨道") for tag in ("领域/交通", "来源/清江日报")
        )

    def bulk(self, act: BulkAct) -> None:
        self.accepted.append(act.tags)


@pytest.fixture(scope="module")
def suggesting() -> Suggesting:
    return Suggesting()


@pytest.fixture(scope="module")
def page(chromium: Browser, suggesting: Suggesting) -> Iterator[Page]:
    """One for all: each test begins by opening a page."""
    with served(app(suggesting)) as at:
        page = chromium.new_page(base_url=at, locale="zh-CN")
        yield page
        page.close()


def focused(page: Page) -> str:
    """What has the focus, in a word."""
    return page.evaluate(
        """() => { const e = document.activeElement;
        return e.id || e.className.split(" ")[0] || e.closest("nav, header, main, footer, dialog")?.tagName || e.tagName }"""
    )


def test_tab_goes_from_the_skip_link_over_logo_places_and_search_into_the_page(page: Page):
    page.goto("/figures")
    way = []
    while not way or not page.evaluate("document.activeElement.closest('main') !== null"):
        page.keyboard.press("Tab")
        way.append(focused(page))
    places = page.locator("header nav a").count()
    assert way[: 3 + places] == ["skip", "logo", *["NAV"] * places, "find"]
    assert len(way) == 3 + places + 2  # the button beside the box, and the first thing of the page
    page.goto("/figures")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_j_and_k_walk_the_rows_x_ticks_and_o_opens(page: Page):
    page.goto("/")
    rows = page.locator("ol.links > li")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1).locator("a.title")).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0).locator("a.title")).to_be_focused()
    page.keyboard.press("k")  # there is none above
    page.keyboard.press("x")
    expect(rows.nth(0).locator("input[type=checkbox]").first).to_be_checked()
    expect(page.locator("[data-here]")).to_have_count(1)
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile("/snapshot/s-news"))


def test_slash_goes_to_the_search_and_escape_leaves_it(page: Page):
    page.goto("/about")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("jk/n?")  # typed, not done
    expect(page.locator("#find")).to_have_value("jk/n?")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).not_to_be_focused()


def test_n_goes_to_the_box_for_links_from_any_page(page: Page):
    page.goto("/about")
    page.keyboard.press("Control+n")  # the browser's own
    page.keyboard.press("n")
    expect(page.locator("#text")).to_be_focused()


def test_t_opens_the_tags_of_the_row_and_escape_folds_them(page: Page):
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("t")
    tags = page.locator("ol.links > li").first.locator("input[name=tags]")
    expect(tags).to_be_focused()
    page.keyboard.press("Escape")
    expect(tags).not_to_be_visible()


def test_a_digit_accepts_the_suggested_tag_of_that_number(page: Page, suggesting: Suggesting):
    page.goto("/snapshot/s-news")
    with page.expect_navigation():
        page.keyboard.press("2")
    assert suggesting.accepted == [("来源/清江日报",)]


def test_the_question_mark_tells_all_keys_in_a_dialogue_that_keeps_the_focus_and_gives_it_back(page: Page):
    page.goto("/")
    page.locator("header nav a").nth(2).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("j")
    inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
    for _ in range(4):
        assert page.evaluate(inside)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("header nav a").nth(2)).to_be_focused()


def test_shortcuts_can_be_turned_off_for_whoever_speaks_to_his_computer(client: TestClient):
    assert html.fromstring(client.get("/").text).xpath("//dialog[@id='all-keys']//tr[@data-key='n']")
    assert client.post("/settings/look", data={"keys": "off"}).status_code == 303
    tree = html.fromstring(client.get("/settings").text)
    assert tree.xpath("//select[@id='keys']/option[@selected]/@value") == ["off"]
    assert not tree.xpath("//dialog|//script[contains(@src, 'keys.js')]|//*[@id='keys-open']")
    client.post("/settings/look", data={"keys": "nonsense"})
    assert not html.fromstring(client.get("/").text).xpath("//dialog")
    client.post("/settings/look", data={"keys": "on"})
    assert html.fromstring(client.get("/").text).xpath("//dialog")
