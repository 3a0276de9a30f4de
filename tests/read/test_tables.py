"""Tables: what their text is, where their cells stand, which rows only name columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.read import read
from cunzhao.read.tables import CellText, grid_table, unit_of
from cunzhao.read.types import Table


def row(*texts: str) -> list[CellText]:
    return [CellText(text) for text in texts]


def test_cells_are_parted_by_tab_and_rows_by_line_end() -> None:
    text, table = grid_table([row("指标", "2018年"), row("生产总值", "5,417"), row("人口", "503")])
    assert text == "指标\t2018年\n生产总值\t5,417\n人口\t503"
    assert [text[c.start : c.end] for c in table.cells] == [
        "指标", "2018年", "生产总值", "5,417", "人口", "503",
    ]  # fmt: skip
    assert table.header_rows == 1
    assert [c.header for c in table.cells] == [True, True, True, False, True, False]


def test_merged_cells_keep_the_columns_aligned() -> None:
    text, table = grid_table(
        [
            [CellText("地区", rows=2), CellText("总量", columns=2)],
            row("2018", "2019"),
            row("越城区", "1", "2"),
        ]
    )
    assert text == "地区\t总量\n\t2018\t2019\n越城区\t1\t2"
    assert [(c.row, c.column) for c in table.cells] == [
        (0, 0), (0, 1), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2),
    ]  # fmt: skip
    assert table.header_rows == 2


def test_a_header_that_the_format_tells_is_believed() -> None:
    rows = [[CellText("1", header=True), CellText("2", header=True)], row("a", "b")]
    assert grid_table(rows)[1].header_rows == 1


def test_a_row_of_figures_is_no_header() -> None:
    assert grid_table([row("甲", "12"), row("乙", "13")])[1].header_rows == 0


def test_a_title_across_the_table_stands_above_the_header() -> None:
    rows = [[CellText("各县主要指标", columns=2)], row("县", "产值"), row("新昌", "3")]
    assert grid_table(rows)[1].header_rows == 2


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("表1　主要指标（单位：亿元）", "亿元"),
        ("单位:万元、%", "万元、%"),
        ("计量单位：吨", "吨"),
        ("责任单位：市财政局", None),
        ("单位：绍兴市统计局", None),
        ("主要指标", None),
    ],
)
def test_the_unit_is_told_by_the_caption(caption: str, unit: str | None) -> None:
    assert unit_of(caption) == unit


def test_a_span_over_a_row_that_says_nothing_does_not_reach_the_next() -> None:
    text, table = grid_table([[CellText("甲", rows=2), CellText("1")], [CellText("")], row("乙", "2")])
    assert text == "甲\t1\n乙\t2"
    assert [cell.rows for cell in table.cells] == [1, 1, 1, 1]


def test_spans_of_a_hostile_table_stay_bounded() -> None:
    rows = [[CellText("x", rows=100_000)] * 3_000, *[row("y")] * 3_000]
    text, _ = grid_table(rows)
    assert len(text) < 20_000


cells = st.builds(
    CellText,
    st.text(alphabet="甲乙12 \t\n", max_size=4),
    rows=st.integers(-1, 4),
    columns=st.integers(-1, 4),
    header=st.booleans(),
)


@given(st.lists(st.lists(cells, max_size=5), max_size=6))
def test_every_cell_stands_in_its_row_and_column(rows: list[list[CellText]]) -> None:
    text, table = grid_table(rows)
    lines = text.split("\n")
    for cell in table.cells:
        said = text[cell.start : cell.end]
        assert text[: cell.start].count("\n") == cell.row
        if said:
            assert lines[cell.row].split("\t")[cell.column] == said
    places = [(c.row + y, c.column + x) for c in table.cells for y in range(1) for x in range(c.columns)]
    assert len(places) == len(set(places))


def table_of(html: str) -> tuple[str, Table]:
    document = read(html.encode(), mime="text/html")
    return document.text, document.tables[0]


CELLS = (
    "<tr><th>县</th><th>产值</th></tr><tr><td>新昌</td><td>35.1</td></tr><tr><td>嵊州</td><td>41.7</td></tr>"
)
BEFORE = "<h1>渡口年报</h1><p>渡口的摆渡船今天停航，检修三天，来往的人要绕行上游的桥。各县情况如下。</p>"


def test_a_table_of_a_page_is_told_with_its_caption_and_unit() -> None:
    text, table = table_of(f"{BEFORE}<p>表1　各县产值</p><p>单位：亿元</p><table>{CELLS}</table>")
    assert (table.caption, table.unit, table.header_rows) == ("表1　各县产值".replace("　", " "), "亿元", 1)
    assert text[table.start : table.end] == "县\t产值\n新昌\t35.1\n嵊州\t41.7"
    assert [text[c.start : c.end] for c in table.cells if c.column == 1] == ["产值", "35.1", "41.7"]


def test_a_caption_element_stands_above_its_table() -> None:
    text, table = table_of(
        f"{BEFORE}<table><caption>各县产值表（单位：万元）</caption>{CELLS}</table><p>以上是初步数，以年鉴为准。</p>"
    )
    assert "各县产值表（单位：万元）\n县\t产值" in text
    assert table.unit == "万元"


@pytest.mark.parametrize(
    "line", ["图为停航的渡船。", "停航的渡船静静靠在岸边。王小明 摄", "（记者王小明摄）", "资料图：渡口旧貌"]
)
def test_a_line_below_a_picture_is_a_caption(line: str) -> None:
    document = read(
        f"{BEFORE}<p><img src=1.jpg></p><p>{line}</p><p>船修好了再开。</p>".encode(), mime="text/html"
    )
    kinds = {document.text[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds[line] == "caption"
    assert kinds["船修好了再开。"] == "paragraph"
