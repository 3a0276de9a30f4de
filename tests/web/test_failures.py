"""What went wrong is seen where it matters, and there is a way on."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import html
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from cunzhao.core.values.jobs import JobItem
from cunzhao.core.values.outcomes import ErrorView
from tests.web.conftest import HERE
from tests.web.fake_core import NEWS_DOC, NOW, FakeCore, link_row, snapshot_row
from tests.web.site import site

BROKEN = ErrorView(code="file-broken", input="年报.pdf", message="PDF 文件已损坏", mend="请重新下载。")
URN = "urn:cunzhao:file:" + "0f" * 16 + "/%E5%A5%BD%20%E6%8A%A5.pdf"  # 好 报.pdf
PDF = link_row(snapshot_row("s-pdf", URN, "好 报.pdf", engine="import", error=BROKEN))


class WithPdf(FakeCore):
    """One imported PDF that could not be read, in the list and in the trash."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = {PDF.id: PDF}
        self.trashed = {"Lold": dataclasses.replace(PDF, id="Lold")}


@pytest.fixture
def with_pdf() -> TestClient:
    return TestClient(site(WithPdf()), base_url=HERE)


# --- a document that could not be read ---


@pytest.mark.parametrize("path", ["/", "/brief", "/trash", "/snapshot/s-pdf"])
def test_a_document_that_could_not_be_read_has_a_badge_with_the_reason(with_pdf, path):
    badge = html.fromstring(with_pdf.get(path).text).find_class("unread")[0]
    assert badge.text_content() == "读不出"
    assert badge.get("title") == "PDF 文件已损坏。请重新下载。"


def test_a_document_that_was_read_has_no_such_badge(reader):
    assert "读不出" not in reader.get("/snapshot/s-news").text


def test_the_badge_is_red_beside_the_green_of_a_complete_capture(chromium: Browser, with_pdf):
    page = chromium.new_page()
    page.set_content(f"<style>{with_pdf.get('/static/style.css').text}</style>" + with_pdf.get("/").text)
    complete, unread = (
        page.locator(f".verdict.{name}").evaluate("e => getComputedStyle(e).color")
        for name in ("complete", "unread")
    )
    assert (complete, unread) == ("rgb(23, 89, 44)", "rgb(141, 26, 23)")
    page.close()


# --- imported files wear their names ---


@pytest.mark.parametrize("path", ["/", "/trash", "/snapshot/s-pdf", "/?removed=Lold", "/brief"])
def test_an_imported_file_is_shown_by_its_name(with_pdf, path):
    tree = html.fromstring(with_pdf.get(path).text)
    for table in tree.xpath("//table"):  # what was kept is listed under its own name
        table.drop_tree()
    assert "好 报.pdf" in tree.text_content() and "urn:" not in tree.text_content()


def test_the_record_keeps_the_whole_urn(with_pdf):
    told = html.fromstring(with_pdf.get("/snapshot/s-pdf?pane=meta").text)
    assert URN in [*told.xpath("//@title"), *told.xpath("//dd//text()")]


def test_an_import_is_reported_by_file_name_and_size_apart(client, core, monkeypatch):
    rows = core.upload([("a", b"x" * 2000)])
    monkeypatch.setattr(
        core, "upload", lambda files, tags: (dataclasses.replace(rows[0], url=URN, verdict="partial"),)
    )
    page = client.post("/import", files=[("files", ("好 报.pdf", b"x"))])
    what = html.fromstring(page.text).find_class("what")[0]
    assert " ".join(what.text_content().split()) == "好 报.pdf 部分 2.0 KB"


def test_a_job_shows_the_file_name(client, core):
    job = core.add("x")
    failed = JobItem(n=0, url=URN, state="failed", snapshot=None, verdict=None, error=BROKEN)
    core.jobs[job.id] = dataclasses.replace(job, items=(failed,))
    text = html.fromstring(client.get(f"/jobs/{job.id}").text).text_content()
    assert "好 报.pdf" in text and "urn:" not in text


# --- once more ---


def failed_job(core: FakeCore) -> str:
    job = core.add("https://a.example/gone https://a.example/2 不是网址 https://b.example/gone", tags=("甲", "乙 丙"),
                   collection="专题一")  # fmt: skip
    while core.jobs[job.id].ended < 4:
        core.job(job.id)
    core.calls.clear()
    return job.id


@pytest.mark.parametrize("page", ["/", "/jobs/{}"])
def test_the_links_that_failed_can_be_asked_for_again(client, core, page):
    job = failed_job(core)
    tree = html.fromstring(client.get(page.format(job)).text)
    form = tree.xpath("//*[@data-job]//form")[0]
    assert "重试失败的 2 条" in form.text_content() and form.get("method") == "post"
    answer = client.post(form.get("action"), data=dict(form.form_values()))
    assert answer.status_code == 303
    assert core.calls == [("retry_job", job)] and answer.headers["location"] == f"/#job-{job}"


def test_a_job_without_failures_or_still_running_offers_no_retry(client, core):
    job = core.add("https://a.example/gone https://a.example/2")
    while core.jobs[job.id].failed < 1:
        core.job(job.id)
    assert 'class="retry"' not in client.get(f"/jobs/{job.id}").text
    done = core.add("https://a.example/2")
    while core.jobs[done.id].ended < 1:
        core.job(done.id)
    assert 'class="retry"' not in client.get(f"/jobs/{done.id}").text


def test_a_link_in_the_list_that_failed_can_be_asked_for_again(client, core):
    rows = [
        link_row(snapshot_row("s-down", "https://a.example/down", "x", verdict="unreachable"), ("甲",)),
        link_row(None, id="Lnone", url="https://a.example/none", added=NOW),
        link_row(None, id="Lbusy", url="https://a.example/busy", added=NOW),
        link_row(snapshot_row("s-good", "https://a.example/good", "x")),
    ]
    core.rows = {row.id: row for row in rows}
    core.add("https://a.example/busy")
    forms = html.fromstring(client.get("/").text).xpath("//ol[@class='links']//form[@class='retry']")
    again = [dict(form.form_values()) for form in forms]
    assert [(f["text"], f["tags"]) for f in again] == [
        ("https://a.example/down", "甲"),
        ("https://a.example/none", ""),
    ]


@pytest.mark.parametrize("path", ["/", "/jobs/j1"])
def test_the_retry_comes_by_itself_when_the_job_ends(
    chromium: Browser, core: FakeCore, address: str, path: str
):
    core.add("https://a.example/gone")
    page = chromium.new_page(base_url=address)
    page.goto(path)
    expect(page.locator(".job .retry button")).to_be_visible()
    page.click(".job .retry button")
    page.wait_for_url("**/#job-j1")
    assert core.calls[-1] == ("retry_job", "j1")
    page.close()


# --- a place that is none, a page without facts ---


@pytest.mark.parametrize("at", ["99999-999999", "9-3", "x", f"0-{len(NEWS_DOC.text) + 1}"])
def test_a_place_outside_the_text_is_said_to_be_so(reader, at):
    assert "该位置不在正文中" in reader.get("/snapshot/s-news", params={"at": at}).text


@pytest.mark.parametrize("at", ["", "0-2", f"0-{len(NEWS_DOC.text)}"])
def test_a_place_within_the_text_brings_no_such_word(reader, at):
    assert "该位置不在正文中" not in reader.get("/snapshot/s-news", params={"at": at}).text


def test_a_page_with_facts_says_how_they_were_read_and_how_to_check_them(reader):
    text = reader.get("/snapshot/s-news").text
    assert "点右侧任一数据" in text
    panel = html.fromstring(text).get_element_by_id("facts")
    assert panel[0].text_content() == "程序读出，可能有误，请对照原文。"


@pytest.mark.parametrize("snapshot", ["s-evil", "s-gone"])
def test_a_page_without_facts_says_neither(reader, snapshot):
    text = reader.get(f"/snapshot/{snapshot}").text
    assert "点右侧任一数据" not in text and "程序读出" not in text
