"""Whether the time a quantity is told for lies behind or before the day of writing."""

from __future__ import annotations

import re

from cunzhao.extract.figures.period import Timed
from cunzhao.extract.figures.sentence import Sentence

_YEARS = re.compile(r"[0-9]{4}")
_PART = re.compile(r"(?P<year>[0-9]{4})-(?:Q(?P<quarter>[1-4])|(?P<month>[0-9]{2}))$")


def is_past(sentence: Sentence, timed: Timed) -> bool:
    """An earlier year, or a part of the year of writing that has a name."""
    if not timed.period or timed.due or _later_this_year(sentence, timed):
        return False
    year = last_year(timed.period)
    part = timed.period.startswith("..") or "-" in timed.period
    return bool(
        year
        and sentence.written_year
        and (year < sentence.written_year or (part and year == sentence.written_year))
    )


def is_ahead(sentence: Sentence, timed: Timed) -> bool:
    """A later year, or months that have not ended."""
    year = last_year(timed.period)
    later = bool(year and sentence.written_year and year > sentence.written_year)
    return later or _later_this_year(sentence, timed)


def last_year(period: str | None) -> int | None:
    """The year a period ends in; None for one without a beginning (`..2017-03`)."""
    years = _YEARS.findall(period or "")
    return int(years[-1]) if years and period and not period.startswith("..") else None


def _later_this_year(sentence: Sentence, timed: Timed) -> bool:
    """`下半年再开工40个`, said in July."""
    part = _PART.search(timed.period or "") if sentence.written_month else None
    if not part or int(part["year"]) != sentence.written_year:
        return False
    return (int(part["quarter"]) * 3 if part["quarter"] else int(part["month"])) > sentence.written_month
