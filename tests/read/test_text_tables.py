"""Rows pasted into plain text, as a reader sees them, and what is taken for a table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cunzhao.read.door import read
from cunzhao.read.types import Document


def _read(text: str, mime: str = "text/plain") -> Document:
    return read(text.encode(), mime=mime)


def _rows(document: Document) -> list[list[str]]:
    (table,) = document.tables
    height = max(cell.row for cell in table.cells) + 1
    return [[document.text[c.start : c.end] for c in table.cells if c.row == y] for y in range(height)]


def test_rows_parted_by_tabs_are_a_table_with_the_line_above_as_caption():
    document = _read(
        "三市比较如下。\n表1　三市地区生产总值（单位：亿元）\n城市\t2021年\t2022年\n长沙\t13270.7\t 13966.1\n合肥\t\t12013.1\n完。"
    )
    (table,) = document.tables

    assert _rows(document) == [
        ["城市", "2021年", "2022年"],
        ["长沙", "13270.7", "13966.1"],
        ["合肥", "", "12013.1"],
    ]
    assert (table.caption, table.unit, table.header_rows) == (
        "表1　三市地区生产总值（单位：亿元）",
        "亿元",
        1,
    )
    assert [b.kind for b in document.blocks] == ["paragraph", "paragraph", "table", "paragraph"]


def test_a_table_of_pipes_has_its_delimiter_row_left_out():
    document = _read("# 比较\n\n| 城市 | 产值 |\n|:---|---:|\n| 长沙 | 12 |\n\n后文", "text/markdown")

    assert _rows(document) == [["城市", "产值"], ["长沙", "12"]]


@pytest.mark.parametrize(
    "text",
    [
        "联系人\t张三\n电话\t12345",  # a key and its value
        "\t\t首行缩进的一段。\n\t\t又一段。",
        "甲\t乙\t丙\n只有一行像表格。",
        "甲|乙|丙\n丁|戊|己",  # pipes without a delimiter row
        "甲\t乙\t丙\n\n丁\t戊\t己",  # a blank line between
    ],
)
def test_what_only_looks_like_one_is_no_table(text: str):
    assert _read(text).tables == ()


@given(st.text("甲1\t|-\n ", max_size=60))
def test_every_character_stays_and_cells_stand_in_order(text: str):
    document = _read(text + "。")
    assert "".join(document.text.split()) == "".join((text + "。").split())
    for table in document.tables:
        places = [(cell.start, cell.end) for cell in table.cells]
        assert all(a[1] <= b[0] for a, b in pairwise(places))
        assert all("\t" not in document.text[start:end] for start, end in places)
