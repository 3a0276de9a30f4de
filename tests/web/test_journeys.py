"""An analyst at the browser: paste, wait, open, click a figure, see its characters. With and without script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.fake_core import NEWS_DOC, FakeCore

PAGES = ["/", "/snapshot/s-news", "/snapshot/s-plan?pane=text", "/snapshot/s-down", "/search?q=清江", "/search", "/figures",
         "/tasks", "/contradictions", "/brief", "/trash", "/about", "/api", "/nowhere"]  # fmt: skip


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def page(script: bool, chromium: Browser, address: str) -> Iterator[Page]:
    del address  # the server outlives the browser's page
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


def test_paste_watch_open_and_click_a_figure(page: Page, address: str, script: bool):
    page.goto(address)
    page.fill("#text", "https://a.example/1\nhttps://a.example/gone 不是网址")
    page.fill("#tags", "新标签")
    page.click("button.main")
    if not script:  # the job's own page renews itself
        page.click("text=看进度")
    expect(page.locator(".job li.failed").nth(1)).to_contain_text("这不是网址")
    expect(page.locator(".job li.failed").nth(0)).to_contain_text("网站返回 410 Gone")
    expect(page.locator(".job li.done")).to_contain_text("已保存")
    page.click(".job li.done a")

    expect(page.locator("#pane-view")).to_be_visible()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("地区生产总值5118.6亿元")
    page.click("a[data-fact]:has-text('公共停车位')")
    start = NEWS_DOC.text.index("2万个")
    expect(page).to_have_url(re.compile(rf"\?at={start}-{start + 3}&pane=view#place$"))
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_have_text("2万个")
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_be_in_viewport()
    expect(page.locator("a[data-fact][aria-current]")).to_contain_text("公共停车位")

    page.click("nav.tabs >> text=正文")
    expect(page.locator(".at")).to_have_text("2万个")
    expect(page.locator(".at")).to_be_in_viewport()
    page.click("a[data-fact]:has-text('经营主体')")
    start = NEWS_DOC.text.index("5.7万户")
    expect(page).to_have_url(re.compile(rf"\?at={start}-{start + 5}(&pane=text)?#place$"))
    expect(page.locator(".at")).to_be_in_viewport()
    page.click("nav.tabs >> text=原貌")
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_have_text("5.7万户")


def test_search_opens_at_the_place(page: Page, address: str):
    page.goto(address)
    page.fill("#find", "进出口总额")
    page.press("#find", "Enter")
    page.click(".snippets a")
    expect(page.locator(".at")).to_have_text("进出口总额")
    expect(page.locator(".at")).to_be_in_viewport(ratio=0.99)  # of its pane too; unscrolled it is below both


def test_remove_and_undo_and_change_tags(page: Page, address: str, core: FakeCore):
    page.goto(address)
    row = page.locator("li", has_text="清江市融入都市圈三年行动计划")
    row.get_by_role("button", name="移除").click()
    expect(page.get_by_role("status")).to_contain_text("已移入回收站：清江市融入都市圈")
    assert "Ls-plan" not in core.rows
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("h1")).to_contain_text("9 条")
    row = page.locator("ol.links > li", has_text="清江市前三季度")
    row.get_by_text("编辑标签").click()
    row.get_by_label("标签", exact=True).fill("季报")
    row.get_by_role("button", name="保存").click()
    expect(page.locator("aside")).to_contain_text("季报")


def test_a_brief_from_ticked_links_is_downloaded(page: Page, address: str, core: FakeCore):
    page.goto(address)
    page.get_by_label(re.compile("选入简报：清江市前三季度")).check()
    page.get_by_role("button", name="用所选生成简报").click()
    page.fill("#brief-title", "季度简报")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载简报").click()
    assert download.value.suggested_filename == "季度简报.docx"
    assert core.calls == [("brief", ("s-news",), "季度简报")]


def test_an_error_page_of_the_api_is_no_dead_end(page: Page, address: str):
    page.goto(f"{address}/api")
    expect(page.locator("main table")).to_contain_text("/api/snapshots/{snapshot}")


def test_a_phone_needs_no_sideways_scrolling(chromium: Browser, address: str):
    context = chromium.new_context(viewport={"width": 375, "height": 800})
    page, wide = context.new_page(), {}
    for path in PAGES:
        page.goto(address + path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: width for path, width in wide.items() if width > 375} == {}


def test_paper_shows_the_content_and_no_navigation(chromium: Browser, address: str):
    context = chromium.new_context(viewport={"width": 700, "height": 1000})
    page = context.new_page()
    page.emulate_media(media="print")
    contents = {
        "/snapshot/s-news": "#pane-text",
        "/figures": "main table",
        "/contradictions": "blockquote >> nth=0",
    }
    for path, content in contents.items():
        page.goto(address + path)
        expect(page.locator("header.top")).not_to_be_visible()
        expect(page.locator("form").first).not_to_be_visible()
        expect(page.locator(content)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 700, path
    context.close()
