"""What holds for a whole document, read once: flat text, its own place, the day it was written, the usual
year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.extract.citation import Note
from cunzhao.extract.dates import Day, When, read_dates
from cunzhao.extract.flat import Flat
from cunzhao.extract.passages import Passage, passage_at, read_passages
from cunzhao.extract.places import Place, read_places, with_own_words
from cunzhao.read.types import Document, Heading

_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾")
_PLAN = re.compile(r"计划|方案|规划|行动|意见|要点|举措|措施|任务|纲要|实施|清单")


@dataclass(frozen=True, slots=True)
class Setting:
    document: Document
    flat: Flat
    dates: list[When]
    places: list[Place]
    heads: list[tuple[int, Heading]]  # flat place and heading, in order
    parents: list[int]  # for each of `heads` the one above it, -1 for none
    plan: bool  # the document is a plan: what it says will be is required
    passages: list[Passage]

    def passage(self, place: int) -> Passage:
        return passage_at(self.passages, place)

    def path(self, place: int) -> list[Heading]:
        """The headings above a flat place, outermost first."""
        above: list[Heading] = []
        index = bisect_right(self.heads, place, key=lambda h: h[0]) - 1
        while index >= 0:
            above.append(self.heads[index][1])
            index = self.parents[index]
        return above[::-1]


def read_setting(
    document: Document, flat: Flat, notes: Sequence[Note], *, date: str | None, region: str | None
) -> Setting:
    """`notes`: the source notes, whose dates and sources tell the articles of a compilation apart."""
    named = read_places(flat.text)
    passages = read_passages(document, flat.text, named, notes, date=date, region=region)
    places = with_own_words(flat.text, named, lambda place: passage_at(passages, place).own)
    title = document.title or ""
    year = re.search(r"((?:19|20)[0-9]{2})年", title)

    def written(place: int) -> Day | None:
        return passage_at(passages, place).written

    return Setting(
        document=document,
        flat=flat,
        dates=list(read_dates(flat.text, written, int(year[1]) if year else None)),
        places=places,
        heads=[(flat.find(h.start), h) for h in document.outline],
        parents=find_parents(document.outline),
        plan=bool(_PLAN.search(title)) and not _REPORT.search(title),
        passages=passages,
    )


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
