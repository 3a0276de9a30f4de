"""Operations on figures: a page of them, and one indicator as a chart shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from cunzhao.api.keeping import add_operations, json
from cunzhao.core.values.figures import By, Chart, FigureFilter, FiguresPage
from cunzhao.errors import NotFound

if TYPE_CHECKING:
    from cunzhao.core import Core

TYPED = ("indicator", "region", "period", "nature", "measure", "source", "collection", "snapshot")


def asked(wanted: Annotated[FigureFilter, Depends()]) -> FigureFilter:
    """What was typed, without white space at its ends."""
    words = {name: getattr(wanted, name).strip() for name in TYPED}
    return replace(wanted, **words)


Asked = Annotated[FigureFilter, Depends(asked)]


@dataclass(frozen=True, slots=True)
class Figures:
    core: Core

    def listed(self, wanted: Asked) -> Response:
        """Observations, ordered so that comparable ones stand together."""
        return json(self.core.figures(wanted))

    def chart(self, wanted: Asked, by: By | None = None) -> Response:
        """One indicator over time or over areas: the points, each with its figure, as a chart draws them.

        404 where the filter does not name one indicator, or nothing of it can be compared.
        """
        chart = self.core.chart(replace(wanted, after=""), by)
        if chart is None:
            raise NotFound(wanted.indicator or "indicator", what="图", what_en="chart")
        return json(chart)


def add_figures(api: APIRouter, core: Core) -> None:
    do = Figures(core)
    add_operations(
        api,
        [
            ("GET", "/figures", do.listed, "指标数据", 200, FiguresPage),
            ("GET", "/figures/chart", do.chart, "一个指标的图：按时间或按地区的点", 200, Chart),
        ],
    )
