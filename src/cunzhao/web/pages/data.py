"""The data page: figures as a table with filters, as a chart, as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.api.routes import Asked
from cunzhao.core.data import drawing
from cunzhao.core.values.figures import By, Chart, FigureFilter
from cunzhao.core.values.pages import SourcedObservation
from cunzhao.errors import NotFound
from cunzhao.language import N_, tr
from cunzhao.web.showing.palette import Theme, colours
from cunzhao.web.showing.safe import plain
from cunzhao.web.showing.sheetfiles import Format, sheet_file
from cunzhao.web.showing.show import Show, place
from cunzhao.web.showing.words import COMPARATORS, MEASURES, NATURES, day, today

if TYPE_CHECKING:
    from cunzhao.core import Core

HEAD = (
    N_("指标"), N_("地区"), N_("时期"), N_("口径"), N_("数值"), N_("上限"), N_("单位"), N_("限定"),
    N_("性质"), N_("原文"), N_("出处"), N_("来源"), N_("日期"), N_("网址"), N_("位置"),
)  # fmt: skip
CITED = 3  # sources named in a picture

AskedBy = By | Literal[""]


def cells(row: SourcedObservation) -> tuple[str, ...]:
    """One figure as cells: exact value in base units, the quote, and the path of its place."""
    o = row.observation
    return (
        o.label or o.indicator, o.region, o.period, tr(MEASURES.get(o.measure, o.measure)), f"{o.value:f}",
        "" if o.value_high is None else f"{o.value_high:f}", o.unit, tr(COMPARATORS.get(o.comparator, "")),
        tr(NATURES.get(o.nature, o.nature)), o.span.quote, row.title, row.origin or "", row.date or "",
        row.url, place(o.snapshot, o.span.start, o.span.end),
    )  # fmt: skip


def given(wanted: FigureFilter) -> dict[str, str]:
    """What is chosen, for addresses of the same choice."""
    names = ("indicator", "region", "period", "nature", "measure", "source", "collection", "snapshot")
    return {name: value for name in names if (value := getattr(wanted, name))}


def cited(chart: Chart) -> str:
    """The source note in a picture: the first documents, and how many there are."""
    first = ((plain(row.origin or row.title), day(row.date)) for row in chart.sources[:CITED])
    named = [tr("，").join(filter(None, told)) for told in first]
    told = tr("；").join(dict.fromkeys(named))
    if len(chart.sources) > CITED:
        told = tr("%(named)s 等 %(n)s 份文档", named=told, n=len(chart.sources))
    return tr("来源：%(named)s。存照 %(day)s 制图", named=told, day=today())


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
            signs=drawing.signs(chart) if chart else "",
            cited=cited(chart) if chart else "",
            by=by,
            titles={one.id: one.title for one in page.choices.collections},
            given=given(wanted),
            font=not chart or drawing.has_chinese_font(),
        )

    def picture(
        self,
        wanted: Asked,
        form: Literal["svg", "png"],
        *,
        by: AskedBy = "",
        theme: Theme = "light",
        size: drawing.Size = "wide",
        bare: bool = False,
    ) -> Response:
        """The chart of the page with the same choice; `bare`: without title and sources."""
        chart = self.core.chart(replace(wanted, after=""), by or None)
        if chart is None:
            raise NotFound(wanted.indicator, what="图", what_en="chart")
        note = "" if bare else cited(chart)
        return picture(drawing.figure_chart(chart, note, colours(theme), size), form)

    def file(self, wanted: Asked, form: Format) -> Response:
        """All figures that match."""
        return sheet_file(tr("指标数据"), tuple(map(tr, HEAD)), self._rows(replace(wanted, after="")), form)

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
