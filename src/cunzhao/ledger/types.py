"""What `ledger` hands on: observations (in SDMX's sense) and plan tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cunzhao.extract.types import Comparator, Measure, Nature, Span

_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}


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


def period_in_words(text: str | None) -> str:
    """A reference period in words: "2016-01/2016-09" -> "2016年1—9月"; an unknown form stays as it is."""
    if not text:
        return ""
    if text.startswith(".."):
        return f"截至{_point(text[2:])}"
    start, slash, end = text.partition("/")
    if not slash:
        return _point(text)
    first, last = _point(start), _point(end)
    if re.fullmatch(r"\d{4}/\d{4}", text):
        return f"{start}—{end}年"
    if start[:5] == end[:5] and "-Q" in text:
        return f"{start[:4]}年{_QUARTERS[start[-1]]}至{_QUARTERS[end[-1]]}季度"
    if start[:5] == end[:5] and len(start) == len(end) == 7:
        return f"{start[:4]}年{int(start[5:])}—{int(end[5:])}月"
    return f"{first}—{last}"


def _point(text: str) -> str:
    """One end of a period: a year, quarter, month or day; what is none of these stays as it is."""
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return f"{quarter[1]}年{_QUARTERS[quarter[2]]}季度"
    if day := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text):
        month = f"{int(day[2])}月" if day[2] else ""
        return f"{day[1]}年{month}" + (f"{int(day[3])}日" if day[3] else "")
    return text
