"""The data page's figures: found by what is chosen, paged by key, drawn in one picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cunzhao.core import Core
from cunzhao.core.data import drawing
from cunzhao.core.data import figures as queries
from cunzhao.core.data.series import magnitude
from cunzhao.core.values.figures import FigureFilter
from cunzhao.language import speaking
from cunzhao.settings import Settings

TEXTS = {
    "绍兴市2017年统计公报": "2017年，绍兴市地区生产总值5108亿元。",
    "绍兴市2018年统计公报": "2018年，绍兴市地区生产总值5416.9亿元，杭州市地区生产总值13509.2亿元。",
    "绍兴市规划纲要": "到2025年，绍兴市地区生产总值达到9000亿元。预计2024年绍兴市地区生产总值8300亿元。",
    "另一份公报": "2018年，绍兴市地区生产总值5400亿元。2018年1—9月，绍兴市地区生产总值3900亿元。",
}


@pytest.fixture
def core(settings: Settings, tmp_path: Path) -> Iterator[Core]:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(f"{name}\n\n{text}\n", "utf-8")
    with Core.open(settings) as opened:
        assert all(row.snapshot for row in opened.import_files(sorted(tmp_path.glob("*.txt"))))
        yield opened


def quotes(core: Core, **wanted: str) -> set[str]:
    return {row.observation.span.quote for row in core.figures(FigureFilter(**wanted)).rows}


def test_a_filter_takes_a_name_a_part_of_one_or_words_for_a_period(core: Core):
    assert quotes(core, region="杭州市") == quotes(core, region="杭") == {"13509.2亿元"}
    assert quotes(core, period="2018年1—9月") == quotes(core, period="2018-Q1/2018-Q3") == {"3900亿元"}
    assert quotes(core, nature="target") == {"9000亿元"}
    assert len(quotes(core, indicator="生产总值", measure="level")) == 7
    for wrong in ({"nature": "x"}, {"period": "去年"}, {"collection": "none"}, {"source": "'; --"}):
        assert quotes(core, **wrong) == set()


def test_pages_follow_each_other_by_key_and_hold_every_figure_once(
    core: Core, monkeypatch: pytest.MonkeyPatch
):
    whole = core.figures(FigureFilter()).rows
    monkeypatch.setattr(queries, "FIGURES", 2)
    monkeypatch.setattr(queries, "COUNTED", 3)
    page = core.figures(FigureFilter())
    assert (page.total, page.capped) == (3, True)  # no more are counted
    found = list(page.rows)
    while page.next:
        page = core.figures(replace(page.filter, after=page.next))
        found += page.rows
    assert found == list(whole) and len(whole) == 7
    monkeypatch.setattr(queries, "BATCH", 3)
    assert [row for some in core.all_figures(FigureFilter()) for row in some] == found


def test_the_indicators_with_most_figures_come_first_whatever_else_is_chosen(core: Core, tmp_path: Path):
    text = "2018年，绍兴市10亿元以上项目9个，进出口总额100亿元。2017年，绍兴市进出口总额90亿元。"
    (tmp_path / "项目.txt").write_text(f"项目\n\n{text}\n", "utf-8")
    list(core.import_files([tmp_path / "项目.txt"]))

    def order(**wanted: str) -> list[str]:
        rows = core.figures(FigureFilter(**wanted)).rows
        return list(dict.fromkeys(row.observation.indicator for row in rows))

    first, second, *odd = order()
    assert (first, second) == ("地区生产总值", "进出口总额") and "10亿元" in "".join(odd)
    assert order(region="绍兴市") == order(nature="actual") == [first, second, *odd]
    assert order(period="2017") == [first, second] and order(region="杭州市") == [first]
    assert order(indicator="总") == [first, second]


def test_a_chart_over_time_takes_years_and_counts_what_says_another_value(core: Core):
    chart = core.chart(FigureFilter(indicator="地区生产总值"))
    assert chart and (chart.unit, chart.areas) == ("亿元", ("绍兴市", "杭州市"))
    own = [(p.when, p.value, p.row.observation.nature) for p in chart.points if p.area == "绍兴市"]
    assert own == [
        ("2017年", Decimal(5108), "actual"), ("2018年", Decimal("5416.9"), "actual"),
        ("2024年", Decimal(8300), "forecast"), ("2025年", Decimal(9000), "target"),
    ]  # fmt: skip
    assert [p.others for p in chart.points if p.when == "2018年" and p.area == "绍兴市"] == [1]
    assert chart.left_out == 1  # 1—9月


def test_a_chart_over_areas_is_of_one_period_the_largest_first(core: Core):
    chart = core.chart(FigureFilter(indicator="地区生产总值", period="2018"))
    assert chart and [(p.area, p.value) for p in chart.points] == [
        ("杭州市", Decimal("13509.2")), ("绍兴市", Decimal("5416.9")),
    ]  # fmt: skip
    assert core.chart(FigureFilter(indicator="没有的")) is None


INK = drawing.Colours("#111111", "#555555", "#dddddd", "#ffffff", ("#0000aa", "#aa0000"))


def test_a_drawn_chart_has_hollow_targets_chinese_labels_and_no_markup_from_texts(core: Core):
    chart = core.chart(FigureFilter(indicator="地区生产总值"))
    assert chart
    hostile = replace(chart.points[0], area='</text><script>alert(1)</script>"')
    drawn = drawing.svg(
        drawing.figure_chart(replace(chart, points=(hostile, *chart.points[1:])), "来源：<b>", INK)
    ).decode()
    assert "亿元" in drawn and "2018年" in drawn and "空心为目标" in drawn
    assert "<script" not in drawn and "<b>" not in drawn and "&lt;/text&gt;" in drawn
    assert drawing.png(drawing.figure_chart(chart, "", INK))[:4] == b"\x89PNG"


def test_a_chart_speaks_the_language_of_whoever_asks_and_keeps_the_words_of_the_data(core: Core):
    with speaking("en"):
        chart = core.chart(FigureFilter(indicator="地区生产总值"))
        assert chart and chart.title.startswith("地区生产总值 · ") and chart.unit == "亿元"
        assert chart.points[0].when == "2017"
    assert core.chart(FigureFilter(indicator="地区生产总值")).title == "地区生产总值 · 各年"


@pytest.mark.parametrize(
    ("values", "unit"),
    [([3265, 70_000_000, 180_000_000], ("万", 4)), ([5 * 10**11, 10**12], ("亿", 8)), ([12, 900], ("", 0)),
     ([12, 900, 10**10], ("亿", 8))],
)  # fmt: skip
def test_a_picture_is_in_the_magnitude_most_of_its_values_are_written_in(values, unit):
    assert magnitude([Decimal(value) for value in values]) == unit
