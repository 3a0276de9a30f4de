"""Charts as SVG and PNG, drawn on the server by Vega-Lite (Altair's specification, no network, no script).

A line or bar is what was achieved, a hollow mark a target, a dashed piece a forecast; areas are told apart by
the shape of their marks as well as by colour. Words are those of the language spoken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from cunzhao.core.values.figures import Chart
from cunzhao.language import tr

Size = Literal["wide", "narrow"]

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
WIDTH: Mapping[Size, int] = {"wide": 960, "narrow": 330}
NARROW = 12  # characters of a name in a narrow picture
LONG = 24
MARGIN = 0.04  # of the time shown, on either side


@dataclass(frozen=True, slots=True)
class Colours:
    """Of a picture, as "#rrggbb"."""

    ink: str
    quiet: str
    line: str
    paper: str
    series: tuple[str, ...]  # one for each area


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a plain bar chart."""

    name: str
    value: float


def svg(spec: Mapping[str, Any]) -> bytes:
    return _drawn(json.dumps(spec))


@lru_cache(maxsize=128)
def _drawn(spec: str) -> bytes:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


def png(spec: Mapping[str, Any]) -> bytes:
    """Twice as many pixels as the SVG has units. Letters are those of this machine's fonts."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=2, allowed_base_urls=[]))


def png_of(drawn: str) -> bytes:
    """A picture of our own in SVG as PNG."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(drawn, scale=2))


@cache
def has_chinese_font() -> bool:
    """Whether this machine draws two different characters differently, and not both as an empty box."""
    import vl_convert

    def drawn(character: str) -> bytes:
        text = f'<text x="2" y="32" font-size="30" font-family="{FONT}">{character}</text>'
        frame = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>'
        return bytes(vl_convert.svg_to_png(frame))

    return drawn("国") != drawn("一")


def figure_chart(chart: Chart, note: str, colours: Colours, size: Size = "wide") -> dict[str, Any]:
    """The Vega-Lite specification. `note`, its sources, stands in the picture itself under its title; without
    one it is bare, for a page that has both.
    """
    draw = _over_time if chart.by == "time" else _over_areas
    notes = [" · ".join(filter(None, (_unit(chart.unit), signs(chart)))), note] if note else []
    return _framed(draw(chart, colours, size), chart.title, notes, colours, size)


def bar_chart(
    bars: Sequence[Bar], title: str, unit: str, note: str, *, colours: Colours, size: Size = "wide"
) -> dict[str, Any]:
    """Bars beneath each other in the order given, each with its amount."""
    import altair as alt

    data = [{"n": n, "name": _cut(bar.name, size), "value": bar.value} for n, bar in enumerate(bars)]
    y = alt.Y("name:N", sort=alt.EncodingSortField("n"), title=None)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=y, x=alt.X("value:Q", title=unit, axis=_axis(size))
    )
    words = base.mark_text(align="left", dx=4, fontSize=13, color=colours.ink).encode(
        text=alt.Text("value:Q", format=",.4~f")
    )
    layers = alt.layer(base.mark_bar(color=colours.series[0], size=14), words).properties(height=alt.Step(24))
    return _framed(layers, title, [_unit(unit), note] if note else [], colours, size)


def _unit(unit: str) -> str:
    return tr("单位：%(unit)s", unit=unit) if unit else ""


def signs(chart: Chart) -> str:
    """What its marks mean, where that has to be said."""
    natures = {point.row.observation.nature for point in chart.points}
    said = [
        tr("空心为目标") if "target" in natures else "",
        tr("虚线为预测") if "forecast" in natures else "",
    ]
    return tr("，").join(filter(None, said))


def _values(chart: Chart, size: Size) -> list[dict[str, Any]]:
    return [
        {
            "n": n,
            "area": _cut(point.area, size),
            "when": point.when,
            "at": date.fromisoformat(point.last).toordinal(),
            "value": float(point.value),
            "nature": point.row.observation.nature,
        }
        for n, point in enumerate(chart.points)
    ]


def _cut(name: str, size: Size) -> str:
    most = NARROW if size == "narrow" else LONG
    plain = "".join(c if c.isprintable() else "" for c in name)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _axis(size: Size, **more: Any) -> Any:
    import altair as alt

    few = 4 if size == "narrow" else 6
    return alt.Axis(format=",~f", tickCount=few, labelOverlap="greedy", labelSeparation=8, **more)


def _times(values: Sequence[dict[str, Any]], size: Size) -> Any:
    """Periods where they end in time, each under its own name."""
    import altair as alt

    names = {v["at"]: v["when"] for v in values}
    first, last = min(names), max(names)
    margin = max(30, round((last - first) * MARGIN))
    labels = json.dumps({str(at): when for at, when in names.items()}, ensure_ascii=False)
    axis = alt.Axis(
        values=sorted(names),
        labelExpr=f"({labels})[datum.value + '']",
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=6,
        grid=False,
    )
    return alt.X("at:Q", title=None, axis=axis, scale=alt.Scale(domain=[first - margin, last + margin]))


def _over_time(chart: Chart, colours: Colours, size: Size) -> Any:
    import altair as alt

    values = _values(chart, size)
    areas = list(dict.fromkeys(v["area"] for v in values))
    x = _times(values, size)
    upright = {"titleAngle": 0, "titleAlign": "right", "titleX": -7, "titleY": -12}
    y = alt.Y(
        "value:Q", title=chart.unit, axis=_axis(size, **upright), scale=alt.Scale(zero=False, nice=True)
    )
    legend = alt.Legend(orient="top", title=None, columns=3 if size == "narrow" else 6, symbolSize=90)
    colour = alt.Color("area:N", scale=alt.Scale(domain=areas, range=list(colours.series)), legend=legend)
    shape = alt.Shape("area:N", scale=alt.Scale(domain=areas, range=list(SHAPES)), legend=legend)

    def of(*natures: str) -> Any:
        chosen = [v for v in values if v["nature"] in natures]
        return alt.Chart(alt.InlineData(values=chosen)).encode(x=x, y=y, color=colour)

    expected = alt.Chart(alt.InlineData(values=_expected(values))).encode(x=x, y=y, color=colour)
    layers = [
        of("actual").mark_line(strokeWidth=2),
        expected.mark_line(strokeWidth=2, strokeDash=[5, 4]),
        of("actual", "forecast").mark_point(filled=True, size=60, opacity=1).encode(shape=shape),
        of("target").mark_point(size=90, strokeWidth=2, fill=colours.paper, opacity=1).encode(shape=shape),
    ]
    return alt.layer(*layers).properties(height=240 if size == "narrow" else 280)


def _expected(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Forecasts with the last achieved value before the first of each area, so that a line leads to them."""
    made = []
    for area in dict.fromkeys(v["area"] for v in values):
        own = sorted((v for v in values if v["area"] == area), key=lambda v: int(v["at"]))
        ahead = [v for v in own if v["nature"] == "forecast"]
        known = [v for v in own if v["nature"] == "actual" and ahead and v["at"] <= ahead[0]["at"]]
        made += [*known[-1:], *ahead]
    return made


def _over_areas(chart: Chart, colours: Colours, size: Size) -> Any:
    import altair as alt

    values, ink, paper, colour = _values(chart, size), colours.ink, colours.paper, colours.series[0]
    order = list(dict.fromkeys(v["area"] for v in values))
    y = alt.Y("area:N", sort=order, title=None, axis=alt.Axis(labelLimit=260))
    x = alt.X("value:Q", title=chart.unit, axis=_axis(size))

    def of(*natures: str) -> Any:
        chosen = [v for v in values if v["nature"] in natures]
        return alt.Chart(alt.InlineData(values=chosen)).encode(x=x, y=y)

    reached = {v["area"] for v in values if v["nature"] != "target"}
    said = [v for v in values if v["nature"] != "target" or v["area"] not in reached]
    words = alt.Chart(alt.InlineData(values=said)).encode(x=x, y=y)
    aimed = of("target").mark_point(
        shape="diamond", size=90, filled=False, stroke=colour, fill=paper, strokeWidth=2, opacity=1
    )
    layers = [
        of("actual").mark_bar(color=colour, size=14),
        of("forecast").mark_bar(fill=paper, stroke=colour, strokeDash=[4, 3], size=14),
        words.mark_text(align="left", dx=9, fontSize=13, color=ink).encode(
            text=alt.Text("value:Q", format=",.4~f")
        ),
        aimed,
    ]
    return alt.layer(*layers).properties(height=alt.Step(24))


def _framed(chart: Any, title: str, notes: Sequence[str], colours: Colours, size: Size) -> dict[str, Any]:
    ink, quiet, line, paper = colours.ink, colours.quiet, colours.line, colours.paper
    letters = {"labelColor": ink, "titleColor": quiet, "labelFontSize": 13, "titleFontSize": 13}
    rules = {"gridColor": line, "domainColor": line, "tickColor": line, "titleFontWeight": "normal"}
    short = 24 if size == "narrow" else 76
    lines = [part for note in notes for part in _lines(note, short)]
    heading = _lines(title, short) if notes else ""
    spec: dict[str, Any] = chart.properties(width=WIDTH[size]).to_dict(validate=False)
    return spec | {
        "background": paper,
        "padding": 12,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "title": {"text": heading, "subtitle": lines, "anchor": "start", "offset": 12,
                  "fontSize": 16, "subtitleFontSize": 12, "color": ink, "subtitleColor": quiet},
        "config": {
            "font": FONT,
            "axis": letters | rules,
            "legend": {"labelColor": ink, "labelFontSize": 13, "labelLimit": 240},
            "title": {"fontWeight": 600, "subtitlePadding": 6},
            "view": {"stroke": None},
        },
    }  # fmt: skip


def _lines(text: str, most: int) -> list[str]:
    """Cut into lines, as a picture wraps nothing; hidden characters are left out."""
    plain = "".join(c for c in text if c.isprintable())
    return [plain[n : n + most] for n in range(0, min(len(plain), 4 * most), most)]
