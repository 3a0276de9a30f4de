"""Home, jobs and a link's page: what is typed stays, viewers see no buttons, many links stay readable."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from cunzhao.access.types import Credentials, Person
from cunzhao.core.values.jobs import JobItem, JobPage, JobRest
from cunzhao.core.values.workbench import BulkAct, Suggestion
from cunzhao.web import app
from tests.serving import served
from tests.web.fake_core import HTTP_410, NOW, Alone, FakeCore

PLACES = ["/", "/links/Ls-news", "/snapshot/s-news?pane=text", "/snapshot/s-news?pane=kept"]


class Looking(Alone):
    """Whoever asks may look, and no more."""

    def who(self, given: Credentials) -> Person | None:
        return Person(id="v", name="看", role="viewer", by="session", csrf="word")


@pytest.mark.parametrize("path", PLACES)
def test_a_viewer_sees_no_button_that_changes_something(reader: TestClient, path: str) -> None:
    looking = FakeCore()
    looking.access = Looking()
    told = TestClient(app(looking), base_url="http://127.0.0.1").get(path)
    assert told.status_code == 200

    def ways(page: str) -> set[str]:
        forms = html.fromstring(page).xpath("//main//form[@method='post'] | //main//*[@formmethod]")
        return {str(form.get("action") or form.get("formaction")) for form in forms}

    assert ways(told.text) == set()
    assert ways(reader.get(path).text)  # an editor does


def test_older_snapshots_of_a_link_are_reached_and_the_newest_again(
    client: TestClient, core: FakeCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = dataclasses.replace(core.link_page("Ls-news"), next="abc", total=101)
    monkeypatch.setattr(core, "link_page", lambda link, after: page)
    tree = html.fromstring(client.get("/links/Ls-news", params={"after": "xyz"}).text)
    assert tree.xpath("//nav[@class='pages']/a/@href") == ["/links/Ls-news", "/links/Ls-news?after=abc#times"]


def test_what_was_typed_stays_where_links_or_files_are_refused(client: TestClient) -> None:
    page = client.post("/links", data={"text": " ", "tags": "轨道", "engine": "browser"})
    tree = html.fromstring(page.text)
    assert (page.status_code, tree.xpath("string(//input[@id='tags']/@value)")) == (422, "轨道")
    assert tree.xpath("string(//select/option[@selected]/@value)") == "browser"
    none = ("files", ("", b""))
    for way in ("/import", "/links/files"):
        page = client.post(way, files=[none], data={"tags": "轨道"})
        if page.status_code == 422 and "没有选择文件" in page.text:
            tree = html.fromstring(page.text)
            assert tree.xpath("//details[@class='import']/@open")
            assert tree.xpath("string(//input[@id='file-tags']/@value)") == "轨道"


def test_of_five_hundred_links_those_that_need_a_look_stand_first(client: TestClient, core: FakeCore) -> None:
    states = ["done"] * 5 + ["failed"] * 3 + ["running"] * 2 + ["waiting"] * 5
    items = tuple(
        JobItem(
            n=n, url=f"https://a.example/{n}", state=state, snapshot=None, verdict=None,
            error=HTTP_410 if state == "failed" else None,
        )
        for n, state in enumerate(states)
    )  # fmt: skip
    rest = JobRest(done=195, waiting=290, failed=5, again=4)
    core.jobs["big"] = JobPage(id="big", created=NOW, tags=(), collection="", items=items, rest=rest)
    core._further = lambda items, tags: items  # type: ignore[assignment,method-assign]  # it stands still
    for page in ("/", "/jobs/big?few=1", "/jobs/big"):
        [job] = html.fromstring(client.get(page).text).xpath("//*[@data-job]")
        rows = job.xpath(".//li")
        assert [row.get("class") for row in rows[:5]] == ["failed"] * 3 + ["running"] * 2
        assert "其余 490 条" in rows[-1].text_content() and len(rows) == 16
        assert "208/505，8 条失败" in job.text_content()


def test_a_title_of_a_hundred_thousand_characters_is_not_sent_whole(
    client: TestClient, core: FakeCore
) -> None:
    row = core.rows["Ls-plan"]
    assert row.best
    long = dataclasses.replace(row.best, title="通知" * 50_000)
    core.rows["Ls-plan"] = dataclasses.replace(row, best=long)
    for path in ("/", "/links/Ls-plan", "/snapshot/s-plan"):
        assert len(client.get(path).text) < 100_000


class Suggesting(FakeCore):
    def suggestions(self, link: str) -> tuple[Suggestion, ...]:
        return (Suggestion(tag="领域/交通", reason="field", words="轨道"),)

    def bulk(self, act: BulkAct) -> None:
        self.set_tags(act.links[0], (*self.rows[act.links[0]].tags, *act.tags))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with served(app(Suggesting())) as at:
        page = chromium.new_page(base_url=at, locale="zh-CN")
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        page.close()
        assert wrong == []


def test_rows_are_chosen_dropped_links_come_into_the_box_and_a_key_takes_a_suggestion(page: Page) -> None:
    page.goto("/")
    bar, ticks = page.locator(".chosen"), page.locator("ol.links input[type=checkbox]")
    expect(bar).to_be_hidden()
    ticks.nth(1).check()
    ticks.nth(3).click(modifiers=["Shift"])
    expect(bar).to_contain_text("已选 3 条")
    bar.get_by_role("button", name="取消选择").click()
    expect(bar).to_be_hidden()

    page.evaluate(
        """() => { const data = new DataTransfer();
        data.setData("text/uri-list", "# a comment\\nhttps://a.example/1\\nhttps://a.example/2");
        document.querySelector("h1").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})); }"""
    )
    expect(page.locator("#text")).to_have_value("https://a.example/1\nhttps://a.example/2")
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.items.add(new File(["x"], "公报.txt"));
        document.querySelector("h1").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})); }"""
    )
    for form in ("#files", "#link-files"):  # a document or a list of links: the button says which
        assert page.evaluate("form => document.querySelector(form).files[0].name", form) == "公报.txt"

    row = page.locator("#link-Ls-plan")
    row.hover()
    row.get_by_text("编辑标签").click()
    row.get_by_label("标签", exact=True).focus()
    expect(row.get_by_role("button", name="领域/交通")).to_be_visible()
    page.keyboard.press("Alt+Digit1")
    expect(page.locator("#link-Ls-plan .tags")).to_contain_text("领域/交通")


def test_panes_that_are_seldom_looked_at_are_fetched_when_they_are(page: Page) -> None:
    page.goto("/snapshot/s-news?pane=text")
    page.click("nav.tabs >> text=日志")
    expect(page.locator("#pane-log")).to_contain_text("开始抓取")
    expect(page.locator("#pane-text")).to_be_hidden()
    page.click("nav.tabs >> text=正文")
    expect(page.locator("#pane-log")).to_be_hidden()
    expect(page.locator("#pane-text")).to_be_visible()
