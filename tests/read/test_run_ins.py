"""Run-in headings without a number, and numbers in square signs. Every sentence is our own."""

from __future__ import annotations

from cunzhao.read import read


def outline(text: str) -> list[tuple[int, str | None, str, bool]]:
    document = read(text.encode(), mime="text/plain", name="a.txt")
    return [(h.level, h.number, h.title, h.run_in) for h in document.outline if h.level > 1]


REPORT = """政府工作报告
——2022年1月11日在云岭市第五届人民代表大会第一次会议上

一、2021年工作回顾
过去一年，全市上下同心，完成了各项任务。
——坚持工业强市，产业根基不断夯实。全年引进企业31家，两条生产线投产。
——坚持城乡统筹，城市面貌持续改善。滨江大道全线贯通。
二、2022年重点工作
今年要做好以下工作。
"""


def test_short_first_sentences_behind_dashes_in_a_row_are_run_in_headings() -> None:
    assert outline(REPORT) == [
        (2, "一", "2021年工作回顾", False),
        (3, None, "坚持工业强市，产业根基不断夯实", True),
        (3, None, "坚持城乡统筹，城市面貌持续改善", True),
        (2, "二", "2022年重点工作", False),
    ]


def test_a_dash_that_stands_alone_or_opens_a_long_sentence_is_none() -> None:
    lone = REPORT.replace("——坚持城乡统筹，城市面貌持续改善。", "坚持城乡统筹，城市面貌持续改善。")
    assert not [h for h in outline(lone) if h[3]]
    unbroken = REPORT.replace("。全年引进", "，全年引进").replace("。滨江", "，滨江")
    assert not [h for h in outline(unbroken) if h[3]]


def test_items_of_a_bulletin_may_be_numbered_in_square_signs() -> None:
    items = "云岭要闻\n\n【1】鹭湖大桥合龙\n10月11日，鹭湖大桥合龙，全长1.2公里。\n【2】云东医院开诊\n10月12日，云东医院开诊，设床位300张。\n"
    assert outline(items) == [(2, "【1】", "鹭湖大桥合龙", False), (2, "【2】", "云东医院开诊", False)]
