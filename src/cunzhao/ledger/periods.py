"""Reference periods: the guide's forms (`2018`, `2016-Q1/2016-Q3`, `..2017-03`) as days, and in words."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?")
_QUARTERS = {"1": "一", "2": "二", "3": "三", "4": "四"}


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the first to the last day, both in it; no first day: until the last (截至)."""

    first: date | None
    last: date

    def __str__(self) -> str:
        """`2018-01-01/2018-12-31`, `../2017-03-31` (ISO 8601-2)."""
        return f"{self.first or '..'}/{self.last}"

    def holds(self, other: Days) -> bool:
        """Whether all of `other` lies in it."""
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        return begins and other.last <= self.last

    def meets(self, other: Days) -> bool:
        """Whether they have a day in common."""
        return (self.first or date.min) <= other.last and (other.first or date.min) <= self.last


def days_of(period: str | None) -> Days | None:
    """`2018` -> 1 January to 31 December; `2016-Q1/2016-Q3` and `2016-01/2016-09` are the same days.

    None for what is unknown, no form of the guide's, or ends before it begins. Raises nothing.
    """
    text = period or ""
    if text.startswith(".."):
        until = _whole(text[2:])
        return Days(None, until.last) if until else None
    start, slash, end = text.partition("/")
    first, last = _whole(start), _whole(end if slash else start)
    if not first or not last or first.first is None or first.first > last.last:
        return None
    return Days(first.first, last.last)


def _whole(text: str) -> Days | None:
    """The days of a year, quarter, month or day."""
    match = _POINT.fullmatch(text)
    if not match:
        return None
    year, quarter, month, day = (int(part) if part else 0 for part in match.groups())
    begins, ends = (3 * quarter - 2, 3 * quarter) if quarter else (month or 1, month or 12)
    try:
        first = date(year, begins, day or 1)
        return Days(first, date(year, ends, day) if day else date(year, ends, monthrange(year, ends)[1]))
    except ValueError:  # 2018-13, 30 February
        return None


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
