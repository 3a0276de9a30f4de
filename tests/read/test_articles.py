"""Compilations fall into articles, each with its own title, source, date and chapter; one article does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.read import read
from cunzhao.read.types import Document
from tests.read.marked import NAMES, read_marked, squeezed

A = "今年以来，青河市深入推进渡口改造，全市四十座渡口已改造三十二座，沿河群众出行条件明显改善，各方面反映良好。"
B = "白沙县坚持规划先行，编制渡口布局规划，分三批推进，每批都有明确的开工时间和验收标准，做到改一座、成一座、用一座。"
C = "业内专家认为，渡口改造不能只看硬件，更要建立长效管护机制，把钱花在刀刃上，让群众真正得到实惠。"


def lines(*said: str) -> Document:
    return read("\n".join(said).encode(), mime="text/plain")


def page(*said: str) -> Document:
    body = "".join(f"<p>{line}</p>" for line in said)
    return read(f"<html><body><div class='content'>{body}</div></body></html>".encode(), mime="text/html")


def told(document: Document) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(a.title, a.source, a.date, a.chapter) for a in document.articles]


SHAPES = {
    "notes on lines of their own behind the text": (
        ["渡口改造专题信息", "青河市改造渡口三十二座", A, A, "（来源：《青河日报》2023-03-06）",
         "白沙县分三批推进", B, "（来源：白沙县政府网 2023年2月18日）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县分三批推进", "白沙县政府网", "2023-02-18", None)],
    ),
    "a paper and its day under each title": (
        ["渡口改造剪报", "青河市改造渡口三十二座", "《青河日报》　2023年3月6日", A, "白沙县分三批推进", "《白沙日报》　2023年2月18日　第2版", B],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县分三批推进", "白沙日报", "2023-02-18", None)],
    ),
    "notes on the line of the title": (
        ["渡口改造剪报", "【1】青河市改造渡口三十二座（《青河日报》2023-03-06）", A, A, "【2】白沙县：分三批推进（《白沙日报》2023-02-18）", B],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县：分三批推进", "白沙日报", "2023-02-18", None)],
    ),
    "notes at the end of the last paragraph": (
        ["渡口改造剪报", "青河市改造渡口三十二座", A + "（摘自2023年3月6日《青河日报》）",
         "白沙县分三批推进", B, B + "（据新华社2月18日电）", "渡口要管好", C + "（《中国水运报》2022-12-01）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县分三批推进", "新华社", None, None),
         ("渡口要管好", "中国水运报", "2022-12-01", None)],
    ),
    "notes under the titles": (
        ["各地渡口改造动态", "青河市改造渡口三十二座", "来源：青河日报 2023-03-06", A, A,
         "白沙县分三批推进", "来源：白沙发布 2023-02-18", B, "渡口要管好", "来源：中国水运报 2022-12-01", C],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县分三批推进", "白沙发布", "2023-02-18", None),
         ("渡口要管好", "中国水运报", "2022-12-01", None)],
    ),
    "chapters with numbers": (
        ["渡口改造信息摘编", "一、要闻", "青河市改造渡口三十二座", A, "（来源：《青河日报》2023-03-06）",
         "沿河群众出行更方便", A, "（来源：青河电视台 2023-03-07）",
         "二、外地经验", "白沙县分三批推进", B, "（来源：白沙县政府网 2023-02-18）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", "要闻"), ("沿河群众出行更方便", "青河电视台", "2023-03-07", "要闻"),
         ("白沙县分三批推进", "白沙县政府网", "2023-02-18", "外地经验")],
    ),
    "chapters in brackets, one article without a note": (
        ["渡口改造参考", "【领导讲话】", "在渡口改造现场会上的讲话", C, C, "【他山之石】", "青河市改造渡口三十二座", A,
         "（信息来源：《青河日报》2023年3月6日）", "白沙县分三批推进", B, "（信息来源：白沙县政府网2023年2月18日）"],
        [("在渡口改造现场会上的讲话", None, None, "领导讲话"), ("青河市改造渡口三十二座", "青河日报", "2023-03-06", "他山之石"),
         ("白沙县分三批推进", "白沙县政府网", "2023-02-18", "他山之石")],
    ),
    "notes with a dash": (
        ["渡口改造文摘", "青河市改造渡口三十二座", A, "——《青河日报》2019年1月2日", "白沙县分三批推进", B,
         "——《白沙日报》2019年1月5日第3版"],
        [("青河市改造渡口三十二座", "青河日报", "2019-01-02", None), ("白沙县分三批推进", "白沙日报", "2019-01-05", None)],
    ),
    "numbered titles": (
        ["渡口改造信息摘编", "1.青河市改造渡口三十二座", A, "（来源：《青河日报》2023-03-06）",
         "2.白沙县分三批推进", B, "（来源：白沙县政府网 2023-02-18）", "3.渡口要管好", C, "（来源：中国水运报 2022-12-01）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("白沙县分三批推进", "白沙县政府网", "2023-02-18", None),
         ("渡口要管好", "中国水运报", "2022-12-01", None)],
    ),
    "a list of contents and no notes": (
        ["交通工作简报", "第12期", "青河市交通运输局　2023年3月6日", "本期导读", "青河市改造渡口三十二座", "白沙县分三批推进",
         "渡口要管好", "青河市改造渡口三十二座", A, "白沙县分三批推进", B, "渡口要管好", C],
        [("青河市改造渡口三十二座", None, None, None), ("白沙县分三批推进", None, None, None), ("渡口要管好", None, None, None)],
    ),
    "a month and a day take their year from the issue": (
        ["每日舆情", "2023年第8期", "青河市委宣传部　2023年1月10日", "青河市改造渡口三十二座", A, "（来源：《青河日报》1月9日）",
         "白沙县分三批推进", B, "（来源：白沙县政府网12月28日）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-01-09", None), ("白沙县分三批推进", "白沙县政府网", "2022-12-28", None)],
    ),
    "sections inside an article": (
        ["渡口改造专题信息", "青河市改造渡口三十二座", A, "一、规划先行", B, "二、资金保障", A, "（来源：《青河日报》2023-03-06）",
         "渡口要管好", C, "（来源：中国水运报 2022-12-01）"],
        [("青河市改造渡口三十二座", "青河日报", "2023-03-06", None), ("渡口要管好", "中国水运报", "2022-12-01", None)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("read_it", [lines, page])
def test_a_compilation_falls_into_its_articles(shape: str, read_it: object) -> None:
    said, wanted = SHAPES[shape]
    document = read_it(*said)  # type: ignore[operator]
    if read_it is page and "".join(document.text.split()) != "".join("".join(said).split()):
        pytest.skip("the page's reader took what it knows as the page's own lines out of the text")
    assert told(document) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_articles_of_the_marked_documents_are_found(name: str) -> None:
    marked = read_marked(name)
    wanted = [
        tuple(None if cell == "-" else cell for cell in row) for row in marked.fields.get("article", [])
    ]
    for text in (marked.text(), marked.wrapped()):
        got = read(text.encode(), mime="text/plain").articles
        assert [(squeezed(a.title), a.source, a.date, a.chapter) for a in got] == [
            (squeezed(title or ""), source, date, chapter) for title, source, date, chapter in wanted
        ]


@pytest.mark.parametrize(
    "said",
    [
        ["青河市改造渡口三十二座", "2023-03-06 09:12 来源：青河日报 作者：李四", A, B, C],
        ["青河市改造渡口三十二座", A, "规划先行，一张图管到底", B, "资金保障，一分钱不乱花", C, "（来源：《青河日报》2023-03-06）"],
        ["青河市改造渡口三十二座", "来源：青河日报 2023-03-06", "规划先行", A, "资金保障", B, "（来源：《青河日报》2023-03-06）"],
        ["青河市渡口改造报告", "一、现状", A, "图1 改造进度", "（资料来源：青河市统计局，2023年）", "二、问题", B,
         "表1 渡口分布", "数据来源：青河市交通运输局", "三、建议", C],
        ["青河市渡口改造方案", "一、目标", A, "二、任务", B],
    ],
)  # fmt: skip
def test_one_article_or_report_is_no_compilation(said: list[str]) -> None:
    assert lines(*said).articles == ()


def test_headers_of_pages_are_no_part_of_an_article() -> None:
    said = ["渡口改造剪报", "青河市改造渡口三十二座", A, "渡口改造剪报", "- 1 -", A, "（来源：《青河日报》2023-03-06）",
            "白沙县分三批推进", B, "渡口改造剪报", "- 2 -", "（来源：白沙县政府网 2023-02-18）"]  # fmt: skip
    assert [t[:3] for t in told(lines(*said))] == [
        ("青河市改造渡口三十二座", "青河日报", "2023-03-06"),
        ("白沙县分三批推进", "白沙县政府网", "2023-02-18"),
    ]


SAID = st.sampled_from([
    A, B, C, "青河市改造渡口三十二座", "【他山之石】", "一、要闻", "白沙县分三批推进", "渡口要管好", "目录", "第12期",
    "（来源：《青河日报》2023-03-06）", "来源：白沙县政府网 2023年2月18日", "——《白沙日报》2019年1月5日", B + "（摘自《青河日报》）",
    "1.规划先行", "（编者）", "附件", "关于印发《渡口改造方案》的通知", "渡口改造方案", "2023年3月6日", "抄送：市委办公室。",
])  # fmt: skip


@given(st.lists(SAID, min_size=1, max_size=25))
def test_articles_and_parts_lie_in_the_text_in_order_and_apart(said: list[str]) -> None:
    document = lines(*said)
    for pieces in (document.articles, document.parts):
        at = 0
        for piece in pieces:
            assert at <= piece.start < piece.end <= len(document.text)
            assert piece.title
            at = piece.end
