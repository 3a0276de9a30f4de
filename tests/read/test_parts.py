"""A notice with the plan that it hands on is two documents in one; annexes are more."""

from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.types import Document
from tests.read.marked import NAMES, read_marked

HEAD = ["青河市人民政府文件", "青政发〔2023〕21号"]
ASKED = [
    "各县（市、区）人民政府，市政府各部门：",
    "《青河市渡口改造行动计划》已经市政府同意，现印发给你们，请认真贯彻执行。",
]
SIGNED = ["青河市人民政府", "2023年3月6日"]
PLAN = [
    "为改善群众出行条件，制定本计划。",
    "一、总体目标",
    "三年改造渡口四十座。",
    "二、重点任务",
    "分三批推进，确保按期完成。",
]
IMPRINT = [
    "抄送：市委各部门，市人大常委会办公室，",
    "市政协办公室。",
    "青河市人民政府办公室　　2023年3月8日印发",
]
TITLE = "青河市人民政府关于印发《青河市渡口改造行动计划》的通知"
NAME = "青河市渡口改造行动计划"


def lines(*said: str) -> Document:
    return read("\n".join(said).encode(), mime="text/plain")


def told(document: Document) -> list[tuple[str, str]]:
    return [(p.role, "".join(p.title.split())) for p in document.parts]


TWO = [("notice", TITLE), ("carried", NAME)]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([*HEAD, TITLE, *ASKED, *SIGNED, NAME, *PLAN, *IMPRINT], TWO),
        ([*HEAD, "青河市人民政府", "关于印发《青河市渡口改造", "行动计划》的通知", *ASKED, *SIGNED, NAME, *PLAN], TWO),
        ([*HEAD, TITLE, *ASKED, *SIGNED, "青河市渡口改造", "行动计划", *PLAN], TWO),
        ([*HEAD, TITLE, *ASKED, *SIGNED, "附件", NAME, *PLAN], TWO),
        ([*HEAD, TITLE, *ASKED, "附件：青河市渡口改造行动计划", *SIGNED, "（此件公开发布）", "附件：", NAME, *PLAN], TWO),
        ([*HEAD, TITLE, *ASKED, *SIGNED, NAME, "（2023年2月28日市政府第12次常务会议通过）", *PLAN], TWO),
        ([*HEAD, "青河市人民政府关于印发青河市渡口改造行动计划的通知", *ASKED, *SIGNED, NAME, *PLAN],
         [("notice", "青河市人民政府关于印发青河市渡口改造行动计划的通知"), ("carried", NAME)]),
        ([*HEAD, "青河市人民政府转发省交通厅关于加强渡口管理意见的通知", *ASKED, *SIGNED, "关于加强渡口管理的意见",
          "渡口关系群众安全，现提出以下意见。"],
         [("notice", "青河市人民政府转发省交通厅关于加强渡口管理意见的通知"), ("carried", "关于加强渡口管理的意见")]),
        ([*HEAD, TITLE, *ASKED, *SIGNED, NAME, *PLAN, "附件1", "重点项目表", "望江渡口，2023年完工。", "附件2",
          "领导小组成员名单", "组长由分管副市长担任，成员由各部门负责人组成。"],
         [*TWO, ("annex", "重点项目表"), ("annex", "领导小组成员名单")]),
        ([*HEAD, "关于开展渡口安全检查的通知", *ASKED, *SIGNED, "附件", "渡口安全检查表", "检查内容由各县自行确定，检查结果及时上报。"],
         [("notice", "关于开展渡口安全检查的通知"), ("annex", "渡口安全检查表")]),
        (["青河市人民政府令", "第58号", "《青河市渡口管理办法》已经市政府常务会议通过，现予公布，自2023年5月1日起施行。", "市长　李四",
          "2023年3月6日", "青河市渡口管理办法", "第一章　总则", "第一条　为了加强渡口管理，制定本办法。",
          "第二条　本市行政区域内的渡口适用本办法。"],
         [("notice", "青河市人民政府令"), ("carried", "青河市渡口管理办法")]),
        ([*HEAD, "关于渡口安全的通知", *ASKED, *SIGNED], []),
        ([NAME, *PLAN], []),
    ],
)  # fmt: skip
def test_a_notice_and_what_it_hands_on_are_told_apart(said: list[str], wanted: list[tuple[str, str]]) -> None:
    assert told(lines(*said)) == wanted


def test_each_part_has_its_own_number_issuers_and_date() -> None:
    document = lines(
        *HEAD, TITLE, *ASKED, *SIGNED, NAME, "（2023年2月28日市政府第12次常务会议通过）", *PLAN, *IMPRINT
    )
    notice, plan = document.parts
    assert (notice.doc_number, notice.issuers, notice.document_date) == (
        "青政发〔2023〕21号", ("青河市人民政府",), "2023-03-06"
    )  # fmt: skip
    assert (plan.doc_number, plan.issuers, plan.document_date) == (None, (), "2023-02-28")
    assert document.text[plan.start :].startswith(NAME)
    assert document.text[: plan.end].endswith(PLAN[-1])
    assert document.text[notice.start : notice.end].endswith("2023年3月6日")


def test_the_imprint_tells_copies_and_printing() -> None:
    document = lines(*HEAD, TITLE, *ASKED, *SIGNED, NAME, *PLAN, *IMPRINT)
    assert document.copies == ("市委各部门", "市人大常委会办公室", "市政协办公室")
    assert (document.printed_by, document.printed_on) == ("青河市人民政府办公室", "2023-03-08")


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_of_the_marked_documents_are_read(name: str) -> None:
    marked = read_marked(name)
    for text in (marked.text(), marked.wrapped()):
        document = read(text.encode(), mime="text/plain")
        for key, rows in marked.fields.items():
            if key == "article":
                continue
            if key == "part":
                assert told(document) == [tuple(row) for row in rows]
            elif key == "attachments":
                assert [a.name for a in document.attachments] == rows[0]
            else:
                value = getattr(document, key)
                assert (list(value) if isinstance(value, tuple) else [value]) == rows[0], key


@pytest.mark.parametrize("suffix", ["（2023—2025年）", "(2023-2025年)", "（试行）"])
def test_the_years_below_a_plans_title_belong_to_it_whether_the_notice_names_them_or_not(suffix: str):
    for named in (NAME, NAME + suffix):
        title = TITLE.replace(NAME, named)
        document = lines(title, *ASKED, *SIGNED, NAME, suffix, *PLAN)
        assert [role for role, _ in told(document)] == ["notice", "carried"]
        assert told(document)[1][1].startswith(NAME)
