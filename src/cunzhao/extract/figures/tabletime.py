"""The period of a figure in a table: what the heads over and beside it say, on what caption or title says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cunzhao.extract.text.dates import When, read_dates

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SAME = re.compile(r"今年|本年度?|当年|年内|年初|本期")
_WHOLE = re.compile(r"全年|年末|年底")
_LAST = re.compile(r"(?:上年|去年)(?:同期|全年|同月|末|底)?")


@dataclass(frozen=True, slots=True)
class Part:
    """What one word of time adds: a `period` of its own, a `sub` of the year (1—9月), a `shift` by years,
    the whole `year` (年末), the `month` alone or all months `to-date`."""

    kind: Literal["period", "sub", "shift", "year", "month", "to-date"]
    value: str = ""


def read_part(text: str, when: When) -> Part | None:
    """The part that a date of the flat text is; None for one that is only compared with."""
    shown = text[when.start : when.end]
    if when.role != "plain" or text[when.start - 1 : when.start] in ("比", "较", "为"):
        return None
    if _LAST.fullmatch(shown):
        return Part("shift", "-1")
    if shown in ("本月", "当月"):
        return Part("month")
    if _WHOLE.fullmatch(shown):
        return Part("year")
    if _SAME.fullmatch(shown):
        return None
    if when.period and (_YEAR.search(shown) or "五" in shown):
        return Part("period", when.period)
    return Part("sub", shown)


def to_date(text: str) -> Part | None:
    """`累计`, `1-本月`, `本月止`: from the year's beginning."""
    return Part("to-date") if re.search(r"累计|本月止|年初至|1(?:-|—|～|至)本月", text) else None


@lru_cache(maxsize=4096)
def combined(base: str | None, told: tuple[Part, ...]) -> str | None:
    """The period: `base` (of caption or title) narrowed or replaced by what the heads say, outer first."""
    year = next((p.value for p in reversed(told) if p.kind == "period"), None)
    sub = next((p.value for p in reversed(told) if p.kind == "sub"), None)
    period = year or base
    if sub:
        named = _YEAR.search(period or "")
        period = _within(named[0], sub) if named else None
    kinds = {p.kind for p in told}
    whole = _YEAR.match(period or "") if "year" in kinds and not sub else None
    period = whole[0] if whole and not (period or "")[4:].startswith("/20") else period
    months = re.fullmatch(r"(\d{4})-(?:01/\d{4}-)?(\d\d)", period or "")
    if months and "to-date" in kinds and "month" not in kinds:
        period = f"{months[1]}-01/{months[1]}-{months[2]}" if months[2] != "01" else f"{months[1]}-01"
    elif months and "month" in kinds:
        period = f"{months[1]}-{months[2]}"
    if period and "shift" in kinds:
        period = _YEAR.sub(lambda y: str(int(y[0]) - 1), period)
    return period


@lru_cache(maxsize=4096)
def _within(year: str, sub: str) -> str | None:
    return next((d.period for d in read_dates(f"{year}年{sub}", lambda _: None)), None)


def only_period(texts: Iterable[str]) -> str | None:
    """The one period that a caption or line names; None where it names none or several."""
    found = {
        d.period
        for text in texts
        for d in read_dates(text, lambda _: None)
        if d.period
        and d.role == "plain"
        and (_YEAR.search(text[d.start : d.end]) or "五" in text[d.start : d.end])
    }
    return found.pop() if len(found) == 1 else None
