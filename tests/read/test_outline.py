from __future__ import annotations

import pytest

from cunzhao.read import read
from cunzhao.read.structure.numbering import number_at, ordinal
from cunzhao.read.structure.outline import read_outline
from cunzhao.read.types import Block, BlockKind, Heading, Place, path_at


def outline(text: str) -> list[tuple[int, str | None, str]]:
    document = read(text.encode(), mime="text/plain")
    return [(h.level, h.number, h.title) for h in document.outline]


BODY = "各县区要按照统一部署，结合实际抓好落实，确保按期完成。"


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("一、总体要求", "一", 1),
        ("二十三、附则", "二十三", 23),
        ("（二）重点任务", "（二）", 2),
        ("(十)其他", "(十)", 10),
        ("3.加强领导", "3", 3),
        ("12、落实责任", "12", 12),
        ("１．民间阶段", "１", 1),
        ("（4）检查", "（4）", 4),
        ("5）检查", "5", 5),
        ("⑥检查", "⑥", 6),
        ("第三章 法律责任", "第三章", 3),
        ("第十二条　本办法自公布之日起施行", "第十二条", 12),
        ("1.2 适用范围", "1.2", 2),
        ("一是加强领导", "一是", 1),
        ("第二，要抓落实", "第二", 2),
    ],
)
def test_numbers_of_headings(text: str, printed: str, value: int) -> None:
    number = number_at(text)
    assert number is not None
    assert (number.printed, number.ordinal) == (printed, value)


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月",
        "2.6亿元",
        "3.5%的增长",
        "1992 年以前",
        "12个渡口",
        "十个镇",
        "第三批10座",
        "一些渡口",
        "100",
    ],
)
def test_what_only_begins_with_a_figure_has_no_number(text: str) -> None:
    assert number_at(text) is None


@pytest.mark.parametrize(
    ("printed", "value"), [("一百二十", 120), ("十五", 15), ("二〇", 20), ("⑳", 20), ("甲", 0)]
)
def test_ordinals_are_read(printed: str, value: int) -> None:
    assert ordinal(printed) == value


def test_a_plan_nests_as_its_numbers_do() -> None:
    assert outline(
        f"青河市渡口改造行动计划\n{BODY}\n一、总体要求\n（一）指导思想\n{BODY}\n（二）基本原则\n"
        f"1.坚持规划先行。{BODY}\n2.坚持质量第一。{BODY}\n二、保障措施\n（一）加强领导。{BODY}\n"
    ) == [
        (1, None, "青河市渡口改造行动计划"),
        (2, "一", "总体要求"),
        (3, "（一）", "指导思想"),
        (3, "（二）", "基本原则"),
        (4, "1", "坚持规划先行"),
        (4, "2", "坚持质量第一"),
        (2, "二", "保障措施"),
        (3, "（一）", "加强领导"),
    ]


def test_a_run_in_heading_spans_the_words_without_the_number() -> None:
    text = f"渡口改造方案\n{BODY}\n1.坚持规划先行。{BODY}"
    (run_in,) = [h for h in read(text.encode(), mime="text/plain").outline if h.run_in]
    assert text[run_in.start : run_in.end] == "坚持规划先行"


def test_a_short_phrase_before_a_colon_is_a_run_in_heading() -> None:
    found = outline(f"渡口改造方案\n{BODY}\n（一）总体目标：到2025年全部完工。{BODY}\n（二）主要任务：{BODY}")
    assert found[1:] == [(2, "（一）", "总体目标"), (2, "（二）", "主要任务")]


def test_circled_numbers_in_mid_paragraph_may_be_run_in_headings() -> None:
    found = outline(f"渡口改造方案\n{BODY}主要体现在：①出行更加方便。{BODY}②产业更加兴旺。{BODY}")
    assert found[1:] == [(2, "①", "出行更加方便"), (2, "②", "产业更加兴旺")]


def test_a_rule_below_a_signature_is_a_title_although_the_notice_does_not_name_it() -> None:
    text = f"关于做好渡口工作的通知\n各县区人民政府：\n{BODY}\n青河市人民政府\n2023年3月6日\n渡口安全管理办法（试行）\n{BODY}"
    assert outline(text) == [(1, None, "关于做好渡口工作的通知"), (1, None, "渡口安全管理办法（试行）")]


def test_a_heading_alone_spans_its_number_too() -> None:
    text = f"渡口改造方案\n{BODY}\n一、总体要求\n{BODY}"
    heading = read(text.encode(), mime="text/plain").outline[1]
    assert text[heading.start : heading.end] == "一、总体要求"


def test_chapters_and_sections_without_numbers_stand_above_the_numbers() -> None:
    assert outline(
        f"渡口改造资料汇编\n{BODY}\n工程概况\n基本情况\n{BODY}\n1、改造背景\n{BODY}\n2、改造过程\n{BODY}\n"
        f"主要成效\n{BODY}\n1、出行更方便\n{BODY}\n群众反映\n记者走访\n{BODY}"
    ) == [
        (1, None, "渡口改造资料汇编"),
        (2, None, "工程概况"),
        (3, None, "基本情况"),
        (4, "1", "改造背景"),
        (4, "2", "改造过程"),
        (3, None, "主要成效"),
        (4, "1", "出行更方便"),
        (2, None, "群众反映"),
        (3, None, "记者走访"),
    ]


def test_a_heading_between_numbers_that_go_on_stands_below_them() -> None:
    found = outline(f"渡口改造方案\n{BODY}\n一、改造任务\n{BODY}\n城区渡口改造\n{BODY}\n二、保障措施\n{BODY}")
    assert found[2] == (3, None, "城区渡口改造")


def test_chapters_of_a_rule_stand_above_its_sections() -> None:
    assert outline(
        f"青河市渡口管理办法\n第一章 总则\n{BODY}\n第二章 管理职责\n第一节 部门职责\n{BODY}\n"
    ) == [
        (1, None, "青河市渡口管理办法"),
        (2, "第一章", "总则"),
        (2, "第二章", "管理职责"),
        (3, "第一节", "部门职责"),
    ]


def test_the_plan_that_a_notice_hands_on_is_a_title_too() -> None:
    levels = outline(
        "返回首页\n分享按钮\n\n青河市人民政府关于印发《青河市渡口改造行动计划》的通知\n\n各县区人民政府：\n"
        f"{BODY}\n青河市人民政府\n2023年3月6日\n\n青河市渡口改造行动计划\n{BODY}\n一、目标\n{BODY}"
    )
    assert levels == [
        (1, None, "青河市人民政府关于印发《青河市渡口改造行动计划》的通知"),
        (1, None, "青河市渡口改造行动计划"),
        (2, "一", "目标"),
    ]


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("a signature", [BODY, "青河市交通运输局", "2023年3月6日"]),
        ("names and offices", [BODY, "李四 市人大代表 望江镇镇长", "王五 市交通运输局局长", BODY]),
        (
            "items of a list without text",
            [BODY, "望江镇中心渡口", "白沙镇老街渡口", "龙门镇石桥渡口", "双溪镇渡口"],
        ),
        ("attachments", [BODY, "附件：1.改造任务分解表", "2.改造项目汇总表", "青河市人民政府"]),
        ("numbered sentences", [BODY, "1.本办法自2023年5月1日起施行。", "2.原有规定同时废止。"]),
        ("a number out of sequence", [BODY, "7.5级地震以后重建的渡口有三座。" + BODY]),
        ("enumerations in mid-sentence", [BODY + "包括：①渡口；②码头；③道路。" + BODY]),
        ("reasons that follow each other", [BODY, "一是资金不足；二是人手不够；三是工期太紧。" + BODY]),
        ("an item after a colon", [BODY, "全市渡口分为以下几类：", "望江镇片区渡口", BODY]),
        ("a label and a value", [BODY, "联系人：李四", "联系电话：12345678", BODY]),
        ("a line of contents", [BODY, "改造背景……………3", BODY]),
    ],
)
def test_what_only_looks_like_a_heading_is_none(why: str, lines: list[str]) -> None:
    text = "\n".join(["青河市渡口改造方案", BODY, *lines])
    assert outline(text) == [(1, None, "青河市渡口改造方案")], why


def test_the_path_of_an_offset_is_the_headings_it_stands_under() -> None:
    def heading(level: int, start: int) -> Heading:
        return Heading(level=level, number=None, title=str(start), start=start, end=start + 2)

    tree = (heading(1, 10), heading(2, 20), heading(4, 30), heading(3, 40), heading(2, 50))
    assert [h.start for h in path_at(tree, 5)] == []
    assert [h.start for h in path_at(tree, 20)] == [10, 20]
    assert [h.start for h in path_at(tree, 35)] == [10, 20, 30]
    assert [h.start for h in path_at(tree, 45)] == [10, 20, 40]
    assert [h.start for h in path_at(tree, 99)] == [10, 50]


def test_a_line_that_its_format_marks_without_a_level_is_a_heading_where_it_stands() -> None:
    lines = ["渡口改造方案", BODY, "一、任务", BODY, "工作要求：", BODY, "二、保障", BODY]
    text = "\n".join(lines)
    blocks: list[Block] = []
    for line in lines:
        at = blocks[-1].end + 1 if blocks else 0
        kind: BlockKind = "heading" if line.endswith("：") else "paragraph"
        blocks.append(Block(kind=kind, start=at, end=at + len(line), place=Place()))
    assert [(h.level, h.title) for h in read_outline(text, blocks)] == [
        (1, "渡口改造方案"), (2, "任务"), (3, "工作要求："), (2, "保障")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1. 甲类", "（一）东片", BODY, "（二）西片", BODY, "2. 乙类", "（一）北片", BODY], [2, 3, 3, 2, 3]),
        (
            ["一、东片", BODY, "1.甲村", BODY, "二、西片", BODY, "2.乙村", BODY, "3.丙村", BODY],
            [2, 3, 2, 3, 3],
        ),
        (["（一）东片", BODY, "一、甲村", BODY, "二、乙村", BODY, "（二）西片", BODY], [2, 3, 3, 2]),
    ],
)
def test_numbers_nest_as_the_document_counts_them(lines: list[str], wanted: list[int]) -> None:
    assert [level for level, _, _ in outline("\n".join(["渡口改造方案", BODY, *lines]))[1:]] == wanted
