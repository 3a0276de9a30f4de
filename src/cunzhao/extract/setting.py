"""What holds for a whole document, read once: flat text, its own place, the day it was written, the usual
year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cunzhao.extract.dates import Day, When, day_of, read_dates
from cunzhao.extract.flat import Flat
from cunzhao.extract.places import Place, own_place, read_places
from cunzhao.read.types import Document, Heading

_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾")
_PLAN = re.compile(r"计划|方案|规划|行动|意见|要点|举措|措施|任务|纲要|实施|清单")


@dataclass(frozen=True, slots=True)
class Setting:
    document: Document
    flat: Flat
    own: str | None  # the document's own place
    dates: list[When]
    places: list[Place]
    heads: list[tuple[int, Heading]]  # flat place and heading, in order
    parents: list[int]  # for each of `heads` the one above it, -1 for none
    plan: bool  # the document is a plan: what it says will be is required
    written: Callable[[int], Day | None]  # by flat place

    def path(self, place: int) -> list[Heading]:
        """The headings above a flat place, outermost first."""
        above: list[Heading] = []
        index = bisect_right(self.heads, place, key=lambda h: h[0]) - 1
        while index >= 0:
            above.append(self.heads[index][1])
            index = self.parents[index]
        return above[::-1]


def read_setting(
    document: Document, flat: Flat, dated: list[tuple[int, str]], *, date: str | None, region: str | None
) -> Setting:
    """`dated`: place (flat) and date of the source notes that close the articles of a compilation."""
    own = own_place(document, flat.text, region)
    written = _written(document, dated, date)
    title = document.title or ""
    usual = _usual_year(title, written(0))
    heads = [(flat.find(h.start), h) for h in document.outline]
    return Setting(
        document, flat, own, list(read_dates(flat.text, written, usual)), read_places(flat.text, own), heads,
        find_parents(document.outline),
        bool(_PLAN.search(title)) and not _REPORT.search(title), written,
    )  # fmt: skip


def find_parents(outline: Sequence[Heading]) -> list[int]:
    """For each heading the index of the nearest earlier one of a smaller level, or -1."""
    parents: list[int] = []
    above: list[int] = []
    for index, heading in enumerate(outline):
        while above and outline[above[-1]].level >= heading.level:
            above.pop()
        parents.append(above[-1] if above else -1)
        above.append(index)
    return parents


def _written(
    document: Document, dated: list[tuple[int, str]], date: str | None
) -> Callable[[int], Day | None]:
    """In a compilation each passage was written at the date of the note that closes it."""
    whole = day_of(date) or day_of(document.published) or day_of(document.document_date)
    notes = [(place, day_of(day)) for place, day in sorted(dated)] if len(dated) > 1 or not whole else []

    def at(place: int) -> Day | None:
        index = bisect_right(notes, place, key=lambda n: n[0])
        return notes[index][1] if index < len(notes) else whole

    return at


def _usual_year(title: str, day: Day | None) -> int | None:
    """The year a report is about: `2021年国民经济和社会发展统计公报`, else the year before a date in
    early spring."""
    match = re.search(r"((?:19|20)[0-9]{2})年", title)
    if match:
        return int(match[1])
    if day and 1 <= day[1] <= 3:
        return day[0] - 1
    return day[0] if day else None
