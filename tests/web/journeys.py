"""What an analyst does of a morning, step by step, in a real browser on the real product; at each step a picture
may be taken. The same steps on a desktop (by the keyboard where there is a key) and on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Download, Locator, Page, expect

from tests.web import tensite

Say = Callable[[str, str], None]  # name of a picture, what it shows


def morning(page: Page, site: str, say: Say = lambda name, shows: None, *, keys: bool = True) -> Download:
    """From ten links to a brief; the brief."""
    add_ten_links(page, site, say, keys=keys)
    open_and_highlight(page, say)
    tag(page, say, keys=keys)
    correct(page, say)
    search(page, say, keys=keys)
    compare_sources(page, say)
    compare_snapshots(page, site, say)
    return brief(page, say)


def watch(page: Page, links: int) -> None:
    """On the page of the job just begun, until all its links have ended."""
    job = page.locator("[data-job]").first.get_attribute("data-job")
    page.goto(f"/jobs/{job}")
    expect(page.locator(".job progress")).to_have_js_property("value", links)


def press(page: Page, key: str) -> None:
    """One of our keys, once the page listens to them."""
    expect(page.locator("#keys-open")).to_be_visible()
    page.keyboard.press(key)


def titled(page: Page, title: str) -> Locator:
    """The newest row of the list of links with this title."""
    return page.locator("ol.links > li", has=page.locator("a.title", has_text=title)).first


def add_ten_links(page: Page, site: str, say: Say, *, keys: bool) -> None:
    page.goto("/figures")
    if keys:
        press(page, "n")
    else:
        page.locator("header").get_by_role("link", name="链接").click()
        page.click("#text")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.insert_text("\n".join(site + path for path in tensite.TEN))
    page.fill("#tags", "晨读")
    page.select_option("#engine", "http")
    say("1-add", "粘贴十条网址")
    page.click("button.main")
    watch(page, len(tensite.TEN))
    expect(page.locator(".job li.failed")).to_have_count(1)
    expect(page.locator(".job li.failed")).to_contain_text("404")
    say("2-progress", "逐条的进度；一条失败，说明原因和办法")


def open_and_highlight(page: Page, say: Say) -> None:
    page.goto("/")
    title, quote = tensite.PAGES[tensite.DAILY][0], "186.2亿元"
    titled(page, title).locator("a.title").click()
    page.wait_for_url("**/snapshot/**")
    expect(page.frame_locator("iframe").locator("body")).to_contain_text(quote)
    # Here and below by Enter: a click at once after scrolling may go to where the frame, another process, has
    # just stood.
    page.locator(f"a[data-fact]:has-text('{quote}')").first.press("Enter")
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_have_text(quote)
    page.frame_locator("iframe").locator("#cunzhao-mark").scroll_into_view_if_needed()
    say("3-frozen-view", "点一项数据，在原貌中高亮")
    page.locator("nav.tabs >> text=正文").press("Enter")
    expect(page.locator("#pane-text .at").first).to_be_in_viewport()
    assert "".join(page.locator("#pane-text .at").all_text_contents()) == quote
    say("4-text", "同一项数据在正文中高亮")


def tag(page: Page, say: Say, *, keys: bool) -> None:
    suggested = page.locator(".suggested [data-key='1']")
    name = suggested.get_attribute("value") or ""
    say("5-suggested", "建议的标签")
    with page.expect_navigation():
        press(page, "1") if keys else suggested.press("Enter")
    expect(page.locator(f"header .tag:has-text('{name}')").first).to_be_visible()
    page.goto("/")
    row = titled(page, tensite.PAGES[tensite.DAILY][0])
    if keys:
        row.locator("a.title").focus()
        press(page, "t")
        own = row.locator("input[name=tags]")
    else:  # rows have no room for it on a phone: on the page of the link
        page.goto("/links/" + (row.get_attribute("id") or "").removeprefix("link-"))
        page.locator("details.edit summary").first.click()
        own = page.locator("details.edit input[name=tags]").first
    own.fill(f"{own.input_value()}，经济/季报")
    say("6-tag", "写自己的标签")
    if keys:
        own.press("Enter")
    else:
        with page.expect_navigation():
            own.press("Enter")
        page.goto("/")
    expect(titled(page, tensite.PAGES[tensite.DAILY][0]).locator(".tags")).to_contain_text("经济/季报")


def correct(page: Page, say: Say) -> None:
    titled(page, tensite.PAGES[tensite.DAILY][0]).locator("a.title").click()
    page.wait_for_url("**/snapshot/**")  # the form opens in a dialogue once the page's script runs
    item = page.locator("#facts li", has_text="245亿元").first
    item.locator("summary").press("Enter")
    item.get_by_role("link", name="改正").press("Enter")
    form = page.get_by_role("dialog")
    form.locator("[name=indicator]").fill("轨道交通3号线总投资")
    form.locator("[name=note]").fill("按发布会实录核对")
    say("7-correct", "改正一项读错的数据")
    form.locator("button.main").press("Enter")
    expect(page.locator(".notice.did")).to_contain_text("已改正")
    say("8-corrected", "改正之后：标明由人改正，可以撤销")


def search(page: Page, say: Say, *, keys: bool) -> None:
    press(page, "/") if keys else page.click("#find")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.insert_text("研发经费")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_have_text("研发经费")
    say("9-search", "检索，命中处高亮")
    page.locator(".snippets a").first.click()
    expect(page.locator(".at").first).to_have_text("研发经费")
    expect(page.locator(".at").first).to_be_in_viewport()
    say("10-hit", "从检索结果打开，停在命中的字上")


def compare_sources(page: Page, say: Say) -> None:
    page.goto("/contradictions")
    finding = page.locator("article", has_text="5181.6亿元").first
    expect(finding).to_contain_text("5118.6亿元")
    finding.scroll_into_view_if_needed()
    say("11-contradiction", "两家媒体的说法不一致")
    finding.locator("a[href*='/snapshot/']").first.click()
    expect(page.locator(".at").first).to_have_text(re.compile("51[81]{2}.6亿元"))


def compare_snapshots(page: Page, site: str, say: Say) -> None:
    page.goto("/")
    titled(page, tensite.PAGES[tensite.NOTICE][0]).locator("a.title").click()
    again = page.url
    page.get_by_role("button", name="重新存照").click()
    watch(page, 1)
    page.goto(again)
    page.get_by_role("link", name=re.compile("第 . 次，共 2 次")).click()
    page.get_by_role("link", name="看改动").click()
    was, now = tensite.SECOND_EDITION
    expect(page.locator("del").first).to_contain_text(re.search(r"\d+", was)[0][-1])  # type: ignore[index]
    expect(page.locator("ins").first).to_contain_text(re.search(r"\d+", now)[0][-1])  # type: ignore[index]
    say("12-compare", "同一网页两次快照的改动")


def brief(page: Page, say: Say) -> Download:
    page.goto("/")
    for path in (tensite.DAILY, tensite.EVENING):
        titled(page, tensite.PAGES[path][0]).get_by_role("checkbox").check()
    say("13-choose", "勾选链接")
    page.get_by_role("button", name="用所选生成简报").click()
    page.get_by_label("标题").first.fill("绍兴经济运行简报")
    say("14-brief", "生成简报")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("下载简报")).click()
    return waiting.value
