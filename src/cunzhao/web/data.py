"""The data page: figures as a table with filters, as a chart, as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.api.routes import Asked
from cunzhao.core import drawing
from cunzhao.core.figure_pages import By, Chart, FigureFilter
from cunzhao.core.pages import SourcedObservation
from cunzhao.errors import NotFound
from cunzhao.web.safe import plain
from cunzhao.web.sheetfiles import Format, sheet_file
from cunzhao.web.show import Show, place
from cunzhao.web.words import COMPARATORS, MEASURES, NATURES, day, today

if TYPE_CHECKING:
    from cunzhao.core import Core

HEAD = (
    "指标", "地区", "时期", "口径", "数值", "上限", "单位", "限定", "性质", "原文", "出处", "来源", "日期",
    "网址", "位置",
)  # fmt: skip
CITED = 3  # sources named in a picture

AskedBy = By | Literal[""]


def cells(row: SourcedObservation) -> tuple[str, ...]:
    """One figure as cells: exact value in base units, the quote, and the path of its place."""
    o = row.observation
    return (
        o.label or o.indicator, o.region, o.period, MEASURES.get(o.measure, o.measure), f"{o.value:f}",
        "" if o.value_high is None else f"{o.value_high:f}", o.unit, COMPARATORS.get(o.comparator, ""),
        NATURES.get(o.nature, o.nature), o.span.quote, row.title, row.origin or "", row.date or "",
        row.url, place(o.snapshot, o.span.start, o.span.end),
    )  # fmt: skip


def given(wanted: FigureFilter) -> dict[str, str]:
    """What is chosen, for addresses of the same choice."""
    names = ("indicator", "region", "period", "nature", "measure", "source", "collection", "snapshot")
    return {name: value for name in names if (value := getattr(wanted, name))}


def cited(chart: Chart) -> str:
    """The source note in a picture: the first documents, and how many there are."""
    first = ((plain(row.origin or row.title), day(row.date)) for row in chart.sources[:CITED])
    named = ["，".join(filter(None, told)) for told in first]
    several = f" 等 {len(chart.sources)} 份文档" if len(chart.sources) > CITED else ""
    return f"来源：{'；'.join(dict.fromkeys(named))}{several}。存照 {today()} 制图"


@dataclass(frozen=True, slots=True)
class DataPages:
    core: Core
    show: Show

    def figures(self, wanted: Asked, by: AskedBy = "") -> Response:
        page = self.core.figures(wanted)
        chart = self.core.chart(wanted, by or None) if page.indicator else None
        groups = [list(rows) for _, rows in groupby(page.rows, key=lambda row: row.observation.key)]
        return self.show.html(
            "figures.html",
            page=page,
            groups=groups,
            chart=chart,
            notes=[drawing.signs(chart), cited(chart)] if chart else [],
            given=given(wanted),
            font=not chart or drawing.has_chinese_font(),
        )

    def picture(
        self,
        wanted: Asked,
        form: Literal["svg", "png"],
        *,
        by: AskedBy = "",
        theme: drawing.Theme = "light",
        size: drawing.Size = "wide",
        bare: bool = False,
    ) -> Response:
        """The chart of the page with the same choice; `bare`: without title and sources."""
        chart = self.core.chart(replace(wanted, after=""), by or None)
        if chart is None:
            raise NotFound(wanted.indicator, what="图", what_en="chart")
        note = "" if bare else cited(chart)
        return picture(drawing.figure_chart(chart, note, theme, size), form)

    def file(self, wanted: Asked, form: Format) -> Response:
        """All figures that match."""
        return sheet_file("指标数据", HEAD, self._rows(replace(wanted, after="")), form)

    def _rows(self, wanted: FigureFilter) -> Iterator[tuple[str, ...]]:
        for some in self.core.all_figures(wanted):
            yield from map(cells, some)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/figures", self.figures)
        routes.add_api_route("/figures/chart.{form}", self.picture)
        routes.add_api_route("/figures.{form}", self.file)
        return routes


def picture(spec: dict[str, object], form: Literal["svg", "png"]) -> Response:
    if form == "svg":
        return Response(drawing.svg(spec), media_type="image/svg+xml")
    return Response(drawing.png(spec), media_type="image/png")
