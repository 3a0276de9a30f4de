"""The capture record as a page, on a phone and on paper; the judgement on the snapshot page."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser

from cunzhao.collect.types import Missing
from cunzhao.core.values.pages import KeptRow, SnapshotPage
from tests.evaluate.captures import record
from tests.web.fake_core import OLD, FakeCore, N, parted
from tests.web.test_pages import seen, shows

DIGESTS = [item.digest.removeprefix("sha256:") for item in record().items]


def test_the_record_shows_its_sections_values_and_where_to_get_it_as_a_file(reader):
    page = reader.get("/snapshot/s-news/record")
    shows(
        page, "网页取证记录", "一、对象", "八、说明", "2026-11-21 01:30:05.120（北京时间）", "Chromium 142.0.7444.59",
        "CN=127.0.0.1", "192.0.2.10", "无法留存", "sha256sum", *DIGESTS,
    )  # fmt: skip
    links = html.fromstring(page.text).xpath("//article//nav/a/@href")
    assert links == ["/snapshot/s-news", "/snapshot/s-news/record.docx", "/api/snapshots/s-news/record"]


def test_the_record_is_downloaded_as_word_under_its_name(client, core):
    answer = client.get("/snapshot/s-news/record.docx")
    assert answer.content.startswith(b"PK") and "wordprocessingml" in answer.headers["content-type"]
    assert "capture_document" in core.calls[0][0] and "s-news.docx" in answer.headers["content-disposition"]
    assert client.get("/api/snapshots/s-news/record.docx").content.startswith(b"PK")
    assert client.get("/snapshot/none/record").status_code == 404


def test_the_record_as_json_has_values_and_sections(client):
    told = client.get("/api/snapshots/s-news/record").json()
    assert told["record"]["started"] == "2026-11-20T17:30:05.120000Z"
    assert told["record"]["chains"][0]["certificates"][0]["subject"] == "CN=127.0.0.1"
    assert len(told["sections"]) == 8 and told["summary"].startswith("本程序于")


def test_on_a_phone_nothing_of_the_record_is_wider_than_the_screen(chromium: Browser, address: str):
    page = chromium.new_page(viewport={"width": 400, "height": 800}, base_url=address)
    page.goto("/snapshot/s-news/record")
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    wide = "[...document.querySelectorAll('article *')].filter(e => e.getBoundingClientRect().right > 400).length"
    assert page.evaluate(wide) == 0
    page.close()


def test_on_paper_every_digest_stands_whole_on_one_line(chromium: Browser, address: str):
    page = chromium.new_page(base_url=address)
    page.goto("/snapshot/s-news/record")
    made = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in made}
    text = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in made)
    made.close()
    page.close()
    assert sizes == {(595, 842)}  # A4 in points
    assert all(digest in text for digest in DIGESTS)
    assert "回到快照" not in text and "检索" not in text


# --- the judgement on the snapshot page ---------------------------------------------------------------


@pytest.fixture
def judged(client, core: FakeCore, monkeypatch):
    """The judgement on the page of a snapshot with these values, as text, and its forms."""

    def ask(page: SnapshotPage) -> tuple[str, list[dict[str, str]]]:
        monkeypatch.setattr(core, "snapshot", lambda _, within=None: parted(page, within))
        tree = html.fromstring(client.get("/snapshot/x").text)
        part = tree.xpath("//section[contains(@class, 'judgement')]")[0]
        forms = [
            {i.get("name"): i.get("value") for i in form.xpath(".//input")} for form in part.xpath(".//form")
        ]
        return re.sub(r"\s+", "", part.text_content()), forms

    return ask


def page_of(core: FakeCore, **values: object) -> SnapshotPage:
    return replace(core.snapshot("s-plan"), **values)  # type: ignore[arg-type]


def test_a_verdict_says_engine_and_why(judged, core):
    text, forms = judged(page_of(core))
    assert text.startswith("完整页面和它用到的资源都已保存。直接抓取（静态页面，不需要浏览器）")
    assert forms == []


def test_what_is_missing_is_grouped_by_reason_and_role(judged, core):
    lost = [Missing(url=f"https://a.example/{n}.png", role="image", reason="status-404") for n in range(12)]
    lost += [Missing(url="https://a.example/s.css", role="stylesheet", reason="status-404")]
    lost += [Missing(url="https://a.example/a.woff2", role="font", reason="timeout")]
    page = page_of(core)
    row = replace(page.snapshot, verdict="partial", reason="timeout", missing=tuple(reversed(lost)))
    text, _ = judged(replace(page, snapshot=row))
    assert "网站返回404：样式表1项，图片12项超时：字体1项逐项列出" in text


@pytest.mark.parametrize(
    ("verdict", "engine", "offered"),
    [
        ("partial", "http", True), ("challenge", "http", True), ("complete", "http", False), ("partial", "browser", False),
        ("partial", "import", False), ("error", "http", False),
    ],
)  # fmt: skip
def test_a_browser_is_offered_where_it_may_bring_more(judged, core, verdict, engine, offered):
    page = page_of(core)
    row = replace(page.snapshot, verdict=verdict, engine=engine)
    _, forms = judged(replace(page, snapshot=row))
    assert forms == ([{"text": row.url, "engine": "browser"}] if offered else [])


def test_why_the_link_shows_this_snapshot_or_another(judged, core):
    good = replace(N, verdict="complete", captured=OLD.captured, id="good")
    worse = replace(N, id="worse", verdict="challenge", reason="challenge")
    newer = replace(N, id="newer", verdict="complete")
    link = replace(core.rows["Ls-news"], best=good)
    text, _ = judged(page_of(core, snapshot=good, link=link, others=(worse, good)))
    assert "这份更完整" in text and "链接仍显示较早的这一份。最近一次：验证页" in text
    text, _ = judged(page_of(core, snapshot=worse, link=link, others=(worse, good)))
    assert "的一份较早，但更完整：完整" in text
    text, _ = judged(page_of(core, snapshot=good, link=replace(link, best=newer), others=(newer, good)))
    assert "有更新的一份：完整" in text
    foreign = replace(newer, id="foreign", engine="import")
    text, _ = judged(page_of(core, snapshot=good, link=link, others=(foreign, good)))
    assert "结论相同，取自其他程序的文件；链接显示本程序自己抓取的这一份" in text
    text, _ = judged(page_of(core, snapshot=foreign, link=link, others=(foreign, good)))
    assert "这一份取自其他程序的文件，链接显示" in text
    text, _ = judged(page_of(core, snapshot=good, link=link, others=(good,)))
    assert "这份" not in text and "这不是" not in text


def test_screenshot_and_print_are_shown_where_they_were_kept(client, core, monkeypatch):
    plain = core.snapshot("s-news")
    assert "截图" not in seen(client.get("/snapshot/s-news")) and "打印版" not in seen(
        client.get("/snapshot/s-news")
    )
    looks = tuple(
        KeptRow(
            url=f"urn:{role}", role=role, status=None, mime="image/png", length=9, digest="sha256:" + "0" * 64,
            file="f", offset=1, revisit=False, record=role,
        )
        for role in ("screenshot", "pdf")
    )  # fmt: skip
    page = replace(plain, kept=(*plain.kept, *looks))
    monkeypatch.setattr(core, "snapshot", lambda _, within: parted(page, within))
    tree = html.fromstring(client.get("/snapshot/s-news?pane=shot").text)
    assert tree.xpath("//div[@id='pane-shot' and not(@hidden)]/img/@src") == ["/view/s-news/screenshot"]
    assert tree.xpath("//nav[@class='tabs']/a[text()='打印版']/@href") == ["/view/s-news/pdf"]


def test_each_record_is_a_link_to_its_bytes(reader):
    tree = html.fromstring(reader.get("/snapshot/s-news?pane=kept").text)
    assert tree.xpath("//table[@class='kept']//a/@href") == ["/record/r0", "/record/r1", "/record/r2"]
