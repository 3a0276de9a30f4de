"""Which figures of one indicator can stand in one picture. Pure.

Over time: periods of one length (whole years, or one to nine months of each), an area a line, those with the
most periods first. Over areas: one period, the one asked for or the one with the most areas. Where several
figures are of one mark, the one printed most precisely is drawn, of equal ones the one captured last; that
others say another value is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from statistics import median

from cunzhao.core.spoken import period
from cunzhao.core.values.figures import By, Chart, Point
from cunzhao.core.values.pages import SourcedObservation
from cunzhao.language import N_, tr
from cunzhao.ledger.types import Days, Observation, readable
from cunzhao.ledger.types import days_of as _days_of

LINES = 6  # areas of a picture over time
BARS = 24  # areas of a picture over areas
days_of = lru_cache(maxsize=4096)(_days_of)

MEASURES = {"growth": N_("增长"), "share": N_("占比")}
LENGTHS = {"year": N_("各年"), "month": N_("各月"), "quarter": N_("各季度")}


@dataclass(frozen=True, slots=True)
class Mark:
    observation: Observation
    area: str
    when: str
    last: str
    others: int


@dataclass(frozen=True, slots=True)
class Drawn:
    marks: tuple[Mark, ...]
    told: str  # what the periods of all marks have in common, in words: 各年, or the one period


def over_time(found: Sequence[Observation]) -> Drawn:
    alike = [(o, days) for o in _alike(found) if (days := days_of(o.period))]
    lengths = Counter(_length(days) for _, days in alike)
    lengths.pop("", None)
    if not lengths:
        return Drawn((), "")
    length = lengths.most_common(1)[0][0]
    chosen = [o for o, days in alike if _length(days) == length]
    seen: dict[str, set[str]] = defaultdict(set)
    for o in chosen:
        seen[_area(o)].add(_when(o))
    areas = sorted(seen, key=lambda area: (-len(seen[area]), area))[:LINES]
    marks = _marks(o for o in chosen if _area(o) in areas)
    named = _named(chosen)
    return Drawn(
        tuple(
            Mark(m.observation, named[m.area], m.when, m.last, m.others)
            for m in sorted(marks, key=lambda m: (areas.index(m.area), m.last, m.observation.nature))
        ),
        _in_words(length),
    )


def _in_words(length: str) -> str:
    return tr(LENGTHS[length]) if length in LENGTHS else tr("1—%(last)s月", last=length)


def over_areas(found: Sequence[Observation]) -> Drawn:
    alike = [o for o in _alike(found) if o.region and days_of(o.period)]
    if not alike:
        return Drawn((), "")
    areas: dict[str, set[str]] = defaultdict(set)
    for o in alike:
        areas[_when(o)].add(_area(o))
    when = max(areas, key=lambda w: (len(areas[w]), w))
    chosen = [o for o in alike if _when(o) == when]
    marks = sorted(_marks(chosen), key=lambda m: (m.observation.nature != "actual", -m.observation.value))
    named = _named(chosen)
    told = tuple(Mark(m.observation, named[m.area], m.when, m.last, m.others) for m in marks[:BARS])
    return Drawn(told, period(chosen[0].period))


def chart(indicator: str, by: By, drawn: Drawn, sourced: Sequence[SourcedObservation], found: int) -> Chart:
    """The values in the magnitude that people would write most of them in."""
    first = drawn.marks[0].observation
    values = [readable(m.observation.value, first.unit, first.span.quote) for m in drawn.marks]
    words, power = magnitude([abs(value) for value, _ in values])
    about = " · ".join(filter(None, (indicator, tr(MEASURES.get(first.measure, "")), drawn.told)))
    points = tuple(
        Point(
            area=mark.area,
            when=mark.when,
            last=mark.last,
            value=_short(value.scaleb(-power)),
            row=row,
            others=mark.others,
        )
        for mark, (value, _), row in zip(drawn.marks, values, sourced, strict=True)
    )
    taken = len(points) + sum(point.others for point in points)
    return Chart(
        by=by, title=about, unit=f"{words}{values[0][1]}", points=points, left_out=max(0, found - taken)
    )


def magnitude(values: Sequence[Decimal]) -> tuple[str, int]:
    """The word and its power of ten, by the middle value; none has more than six digits before the point."""
    middle, most = median(values), max(values)
    for words, power in (("亿", 8), ("万", 4)):
        if middle >= 10**power or most >= 10 ** (power + 2):
            return words, power
    return "", 0


def _short(value: Decimal) -> Decimal:
    number = round(value, 6).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _alike(found: Sequence[Observation]) -> list[Observation]:
    """Those of the measure and unit that most of them have; a range is no mark."""
    kinds = Counter((o.measure == "level", o.measure, o.unit) for o in found)
    if not kinds:
        return []
    _, measure, unit = max(kinds, key=lambda kind: (kinds[kind], kind[0]))
    return [o for o in found if (o.measure, o.unit) == (measure, unit) and o.value_high is None]


def _length(days: Days) -> str:
    """A key of LENGTHS, or the last of the months from January on; "" where no line is made of such."""
    first, last = days.first, days.last
    year_ends = (last.month, last.day) == (12, 31)
    if first is None or first.year != last.year:
        return "year" if first is None and year_ends else ""
    if first == date(first.year, 1, 1):
        return "year" if year_ends else str(last.month) if last.month > 1 else "month"
    months = last.month - first.month + 1
    return {1: "month", 3: "quarter"}.get(months, "")


def _when(o: Observation) -> str:
    days = days_of(o.period)
    return str(days.last) if days else o.period


def _area(o: Observation) -> str:
    return o.area or o.region


def _named(found: Iterable[Observation]) -> dict[str, str]:
    """Each area as most figures call it."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for o in found:
        names[_area(o)][o.region] += 1
    return {area: counts.most_common(1)[0][0] or tr("未注明地区") for area, counts in names.items()}


def _marks(found: Iterable[Observation]) -> list[Mark]:
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in found:
        groups[_area(o), _when(o), o.nature].append(o)
    marks = []
    for (area, last, _), group in groups.items():
        best = min(group, key=lambda o: (o.comparator != "=", o.step, _backwards(o.snapshot)))
        others = sum(abs(o.value - best.value) > max(o.step, best.step) for o in group)
        marks.append(Mark(best, area, _words(best), last, others))
    return marks


def _backwards(snapshot: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in snapshot)


def _words(o: Observation) -> str:
    days = days_of(o.period)
    return period(str(days.last.year) if days and _length(days) == "year" else o.period)
