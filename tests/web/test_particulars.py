"""The panel of a snapshot: what the document says of itself, its parts and articles, its attachments."""

from __future__ import annotations

import dataclasses
import re

import pytest
from lxml import html
from starlette.testclient import TestClient

from cunzhao.collect.types import Missing
from cunzhao.core.values.pages import AttachmentRow, KeptRow, SnapshotPage, Within
from cunzhao.extract.types import Fact, Span
from cunzhao.read.types import Article, Document, Heading, Part
from cunzhao.web.showing.particulars import chapters, index, opening, particulars, path
from tests.web.conftest import HERE
from tests.web.fake_core import HOSTILE, PLAN_DOC, FakeCore, N, P, document, parted
from tests.web.site import site

SPLIT = PLAN_DOC.text.index("一、主要目标")
OFFICIAL = dataclasses.replace(
    PLAN_DOC,
    copies=("市委各部门", "市人大常委会办公室"),
    printed_by="清江市人民政府办公室",
    printed_on="2026-02-27",
    editor="林一鸣",
    column="首页>政务公开>政策文件",
    index=(("索引号", "11330000-2026-0012"), ("发文字号", "清政办发〔2026〕12号"), ("有效性", "有效")),
    parts=(
        Part(
            role="notice",
            title="关于印发行动计划的通知",
            start=0,
            end=SPLIT,
            doc_number="清政办发〔2026〕12号",
        ),
        Part(role="carried", title="清江市融入都市圈三年行动计划", start=SPLIT, end=len(PLAN_DOC.text)),
    ),
    warnings=("scan-pages", "pages-missing"),
)
FILES = (
    AttachmentRow(name="任务分解表.docx", url="https://a.example/t.docx", snapshot=N, removed=False),
    AttachmentRow(name="旧表.xlsx", url="https://a.example/o.xlsx", snapshot=P, removed=True),
    AttachmentRow(name="附图.ofd", url="https://a.example/g.ofd", snapshot=None, removed=False),
    AttachmentRow(name="名单", url=None, snapshot=None, removed=False),
)
DIGEST = document(
    [("heading", "专题信息"), ("heading", "一、政策"), ("paragraph", "甲市出台新规\n正文。"),
     ("paragraph", "乙县建成桥梁\n正文。"), ("heading", "二、动态"), ("paragraph", "丙区通车\n正文。")],
    reader="word", reader_version="2",
)  # fmt: skip


def article(title: str, source: str, date: str, chapter: str | None) -> Article:
    start = DIGEST.text.index(title)
    end = DIGEST.text.index("正文。", start) + 3
    return Article(title=title, source=source, date=date, chapter=chapter, start=start, end=end)


DIGEST = dataclasses.replace(
    DIGEST,
    articles=(
        article("甲市出台新规", "甲日报", "2026-01-02", "政策"),
        article("乙县建成桥梁", "乙日报", "2026-01-03", "政策"),
        article("丙区通车", HOSTILE, "2026-01-04", "动态"),
    ),
)


class OneDocument(FakeCore):
    """The fake core with another page in the place of `s-plan`."""

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    def snapshot(self, snapshot: str, within: Within | None = None) -> SnapshotPage:
        page = dataclasses.replace(super().snapshot("s-plan"), **self.values)  # type: ignore[arg-type]
        return parted(page, within)


def shown(address: str = "/snapshot/s-plan", **values: object) -> str:
    with TestClient(site(OneDocument(**values)), base_url=HERE) as client:  # type: ignore[arg-type]
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_an_official_document_shows_its_particulars_and_the_public_index_once():
    rows = particulars(OFFICIAL)
    assert dict(rows)["主送机关"] == "各县（市、区）人民政府、市政府各部门"
    assert dict(rows)["抄送"] == "市委各部门、市人大常委会办公室"
    assert dict(rows)["印发"] == "清江市人民政府办公室 2026-02-27"
    assert dict(rows)["栏目"] == "首页 › 政务公开 › 政策文件"
    public = index(OFFICIAL, rows)
    assert public == (("索引号", "11330000-2026-0012"), ("有效性", "有效"))
    page = shown(document=OFFICIAL)
    for _, words in (*rows, *public):
        assert words in page


def test_the_time_of_day_of_publication_is_shown_where_the_page_tells_it():
    told = dataclasses.replace(OFFICIAL, published="2019-01-21T09:03:36+08:00")
    assert dict(particulars(told))["发布日期"] == "2019-01-21 09:03:36"
    assert dict(particulars(OFFICIAL))["发布日期"] == "2026-03-02"


def test_a_notice_and_the_plan_it_carries_are_two_entries_that_lead_to_their_beginnings():
    page = shown(document=OFFICIAL)
    assert "所印发的文件" in page
    begin, end = opening(OFFICIAL.text, OFFICIAL.parts[1])
    assert OFFICIAL.text[begin:end] == "一、主要目标"
    assert f"/snapshot/s-plan?at={begin}-{end}&amp;pane=view#place" in page


def test_articles_stand_under_their_chapters_with_source_and_date():
    assert [(name, len(found)) for name, found in chapters(DIGEST.articles)] == [("政策", 2), ("动态", 1)]
    page = shown(document=DIGEST)
    titles = [page.index(a.title, page.index('id="articles"')) for a in DIGEST.articles]
    assert titles == sorted(titles) and "甲日报 · 2026-01-02" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("start, end, marked", [(0, 9, "甲市出台新规"), (0, 3, "甲市出"), (6, 9, "\n正文")])
def test_a_link_to_an_article_marks_its_first_line(start: int, end: int, marked: str):
    piece = Article(title="", source=None, date=None, chapter=None, start=start, end=end)
    begin, stop = opening("甲市出台新规\n正文。", piece)
    assert "甲市出台新规\n正文。"[begin:stop] == marked


def test_attachments_lead_to_what_is_kept_and_say_what_is_not():
    page = shown(document=OFFICIAL, attachments=FILES)
    part = page[page.index('id="attachments"') :]
    assert part.index('href="/snapshot/s-news"') < part.index("任务分解表.docx") < part.index("在回收站")
    assert "未留存" in part and 'value="https://a.example/g.ofd"' in part
    assert "页面只写了名称" in part
    assert '<a href="#attachments">附件 4 个</a>' in page


def test_an_attachment_says_to_which_page_it_belongs():
    page = shown(attached_to=(N,))
    assert re.search(r"附件，属于<a href=\"/snapshot/s-news\">《清江市前三季度经济运行情况发布》</a>", page)


def test_an_article_over_several_pages_says_how_many_and_leads_to_each():
    def kept(url: str, role: str) -> KeptRow:
        return KeptRow(url=url, role=role, status=200, mime="text/html", length=9, digest="sha256:00", file="a",
                       offset=0, revisit=False)  # fmt: skip

    pages = tuple(kept(f"https://a.example/{n}.html", "next-page" if n else "page") for n in range(3))
    page = shown(kept=pages)
    assert "文章共 3 页" in page and "有页没有取到" not in page
    assert 'href="/view/s-plan/r?u=https%3A%2F%2Fa.example%2F2.html"' in shown(
        "/snapshot/s-plan?pane=meta", kept=pages
    )
    lost = dataclasses.replace(P, missing=(Missing(url="u", role="next-page", reason="timeout"),))
    assert "有页没有取到" in shown(kept=pages, snapshot=lost)


def test_a_document_that_says_nothing_of_itself_shows_no_empty_parts():
    bare = Document(text="一段文字。", blocks=(), reader="text", reader_version="1")
    page = shown(document=bare, facts=(), attachments=(), tasks=())
    for part in ("particulars", "attachments", "parts", "articles"):
        assert f'id="{part}"' not in page
    assert "没有读到指标数据、人物或任务" in page


def test_warnings_are_told_in_words_with_what_helps():
    page = shown("/snapshot/s-plan?pane=text", document=OFFICIAL)
    assert "cunzhao[ocr]" in page and "重新存照可再取" in page and "scan-pages" not in page


def test_a_place_says_under_which_headings_it_stands():
    def heading(level: int, number: str | None, title: str, start: int) -> Heading:
        return Heading(level=level, number=number, title=title, start=start, end=start + 1)

    outline = (heading(1, None, "总题", 0), heading(2, "二", "重点任务", 4), heading(3, "（三）", "人才", 8))
    told = dataclasses.replace(PLAN_DOC, outline=outline)
    assert (
        path(told, (9, 12)) == ("二、重点任务", "（三）人才") and path(told, (1, 2)) == path(told, None) == ()
    )
    assert "二、重点任务 › （三）人才" in shown("/snapshot/s-plan?at=9-12", document=told)


def test_the_panel_counts_the_facts_of_the_whole_document_in_each_of_its_parts():
    long = document([("paragraph", f"第{n:03}段记有许多事情。" * 20) for n in range(150)])
    ends = range(0, len(long.text) - 9, 150)
    said = {"extractor": "x", "version": "1"}
    facts = [
        Fact(kind="citation", span=Span.of(long.text, s, s + 4), fields={"source": "甲"}, **said)
        for s in ends
    ]
    first = dataclasses.replace(facts[0], kind="task", fields={"number": "1", "title": "乙"})
    page = html.fromstring(shown("/snapshot/s-plan?part=2", document=long, facts=(first, *facts)))
    of_kind = {a.text.strip(): a for a in page.xpath("//nav[@class='kinds']/a[b]")}
    assert of_kind["来源注"].find("b").text == str(len(facts))
    here = len(page.xpath("//section[@id='facts-citation']//li"))
    assert 0 < here < len(facts)
    heading = page.xpath("string(//section[@id='facts-citation']/h2/small)")
    assert heading == f"这一部分 {here} 条，全文 {len(facts)} 条"
    assert not page.xpath("//section[@id='facts-task']")
    assert of_kind["任务"].get("href").endswith("part=1#facts-task")
