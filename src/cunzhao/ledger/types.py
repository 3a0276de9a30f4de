"""What `ledger` hands on: observations (in SDMX's sense) and plan tasks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cunzhao.extract.types import Comparator, Measure, Nature, Span
from cunzhao.ledger.periods import Days, days_of, period_in_words
from cunzhao.ledger.units import readable, same_kind

__all__ = ["Days", "Observation", "Task", "days_of", "period_in_words", "readable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A figure made comparable. Two are about the same thing when their `key` is equal."""

    snapshot: str
    span: Span
    indicator: str  # normalised name
    label: str  # as the text names it
    region: str  # normalised area or organisation; "" where unknown
    period: str  # ISO-like, as the guide writes it; "" where unknown
    measure: Measure
    nature: Nature
    comparator: Comparator
    value: Decimal  # in `unit`
    value_high: Decimal | None
    unit: str  # base unit, "" where none
    step: Decimal  # one unit of the last printed digit, in `unit`: 501.3亿元 -> 10000000
    area: str = ""  # GB/T 2260 code of the region as it is today, of a group "310000+320000+…"; "" of others
    days: str = ""  # the period's days: "2018-01-01/2018-12-31", "../2017-03-31"; "" where unknown

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Indicator, area, days, measure and kind of unit: never the value.

        上虞市 and 上虞区 are one area by their code, 上半年 and 一至二季度 one period by their days; what has
        no code or days is compared as it is written.
        """
        return (
            self.indicator,
            self.area or self.region,
            self.days or self.period,
            self.measure,
            same_kind(self.unit),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A numbered item of a plan (任务)."""

    snapshot: str
    number: str
    title: str
    area: str | None
    lead: tuple[str, ...]  # 牵头单位
    units: tuple[str, ...]  # 责任单位
    deadline: str | None
    span: Span
    figures: tuple[Observation, ...] = ()  # stated inside the item
