"""What `ledger` hands on: observations (in SDMX's sense) and plan tasks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cunzhao.extract.types import Comparator, Measure, Nature, Span


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

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Indicator, region, period, measure and unit: never the value."""
        return (self.indicator, self.region, self.period, self.measure, self.unit)


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
