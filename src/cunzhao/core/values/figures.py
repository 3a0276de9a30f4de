"""The data page: observations with filters, what there is to choose from, and what a chart draws of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cunzhao.core.values.pages import SourcedObservation
from cunzhao.core.values.workbench import CollectionName

By = Literal["time", "area"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFilter:
    """Empty strings do not filter. `indicator`, `region` and `source` are a name as it is, or else a part of
    one; `period` is a code (2018-Q1/2018-Q3) or its words (2018年前三季度).
    """

    indicator: str = ""
    region: str = ""
    period: str = ""
    nature: str = ""
    measure: str = ""
    source: str = ""  # of the document (来源)
    collection: str = ""  # its id
    snapshot: str = ""
    after: str = ""  # cursor: behind the last figure of the page before


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A name to choose, and how many figures have it, those of older snapshots counted too."""

    name: str
    figures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChoices:
    """The most usual ones first; of periods the latest."""

    indicators: tuple[Choice, ...] = ()  # those that the filter's word is part of
    more: int = 0  # further indicators
    regions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[CollectionName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A mark of a chart."""

    area: str
    when: str  # in words: 2018年1—9月
    last: str  # last day of the period, ISO
    value: Decimal  # in the chart's unit
    row: SourcedObservation
    others: int = 0  # further figures for the same mark that say another value


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One indicator over time or over areas."""

    by: By
    title: str
    unit: str  # of the values: 亿元
    points: tuple[Point, ...]  # in the order of the table beneath it
    left_out: int  # figures that do not fit into it: other units, periods, areas beyond the most

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(point.area for point in self.points))

    @property
    def sources(self) -> tuple[SourcedObservation, ...]:
        """One figure of each document drawn."""
        return tuple({p.row.observation.snapshot: p.row for p in reversed(self.points)}.values())[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """Figures, of the indicators with most of them first, of each by area, days, measure: those of one `key`
    stand together."""

    rows: tuple[SourcedObservation, ...]
    filter: FigureFilter
    total: int
    next: str | None  # cursor of the following page
    choices: FigureChoices = FigureChoices()
    capped: bool = False  # there are more than `total`, which were not counted
    indicator: str = ""  # the one that all rows are of, where one was chosen
