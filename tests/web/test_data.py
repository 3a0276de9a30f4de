"""The data page's doors: files for spreadsheets, pictures, wrong words in an address."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from cunzhao.core.values.figures import Chart, Point
from cunzhao.web.showing import words
from cunzhao.web.showing.palette import colours
from tests.web.fake_core import HOSTILE, NEWS_OBSERVED, sourced

POINTS = tuple(
    Point(
        area=HOSTILE,
        when=f"{year}年",
        last=f"{year}-12-31",
        value=Decimal("5118.6"),
        row=sourced(NEWS_OBSERVED[0]),
    )
    for year in (2025, 2026)
)
CHART = Chart(by="time", title=f"{HOSTILE} · 各年", unit="亿元", points=POINTS, left_out=2)


def test_an_excel_file_holds_numbers_as_numbers_and_no_formula(client, core, monkeypatch):
    evil = replace(sourced(NEWS_OBSERVED[0]), title="=HYPERLINK(1)\x07", origin="+1")
    monkeypatch.setattr(core, "all_figures", lambda wanted: iter([(evil,)]))
    answer = client.get("/figures.xlsx")
    head, row = load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert cells["数值"].value == 511860000000 and cells["出处"].value == "'=HYPERLINK(1)"
    assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"} and cells["来源"].value == "'+1"


def test_the_page_shows_the_chart_with_its_sources_and_the_table_it_was_drawn_from(client, core, monkeypatch):
    page = core.figures
    monkeypatch.setattr(core, "figures", lambda wanted: replace(page(wanted), indicator="地区生产总值"))
    monkeypatch.setattr(core, "chart", lambda wanted, by=None: CHART)
    text = client.get("/figures?indicator=地区生产总值").text
    assert "来源：清江日报，2026-10-21" in text and "另有 2 条" in text and "<script>" not in text
    assert (
        text.count("/figures/chart.svg?") == 5 and "theme=dark" in text
    )  # light, dark, narrow, wide; the file
    drawn = client.get("/figures/chart.svg?indicator=x&theme=dark&size=narrow")
    assert drawn.headers["content-type"] == "image/svg+xml" and "<script" not in drawn.text
    assert colours("dark").paper in drawn.text and colours("dark").series[0] in drawn.text


def test_the_colours_of_charts_are_those_of_the_style_sheet():
    light, dark = colours("light"), colours("dark")
    assert light.ink == "#1e2227" and light.paper == "#ffffff" and dark.paper == "#1a1d21"
    assert len({*light.series}) == len({*dark.series}) == 6


def test_an_amount_stands_apart_from_its_unit_and_says_which_way_it_goes():
    assert words.apart("5,118.6亿元") == '5,118.6<span class="unit">亿元</span>'
    assert words.apart("3.9%") == "3.9%" and words.apart("<b>") == '<span class="unit">&lt;b&gt;</span>'
    assert words.said(-3, "%", measure="growth", comparator="~") == "下降约3%"


@pytest.mark.parametrize(
    ("path", "code"),
    [("/figures/chart.svg?indicator=x", 404), ("/figures/chart.gif", 422), ("/figures.doc", 422), ("/figures?by=x", 422),
     ("/figures?after=99999999999999999999", 404), ("/figures?nature=x", 200)],
)  # fmt: skip
def test_a_wrong_address_is_told_in_words(client, path, code):
    answer = client.get(path)
    assert answer.status_code == code and ("<h1" in answer.text or code == 200)
