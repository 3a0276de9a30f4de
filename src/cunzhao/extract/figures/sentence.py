"""Sentences and the clause left of a quantity, in the flat text. Contexts are bounded, so that work stays
linear."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from cunzhao.extract.figures.quantity import Quantity
from cunzhao.extract.places.areas import NamedArea
from cunzhao.extract.text.dates import When
from cunzhao.extract.text.setting import Setting

_SENTENCE = re.compile(r"[^。！？\n]+")
_CLAUSE = re.compile(r"[，；：（）。！？\n]|——|…")
REACH = 90  # characters of left context that a rule may see
_LAST = 40  # dates or areas before a quantity that a rule may see
# What may stand before the subject of a clause: words of time and of connection.
_LEAD = re.compile(
    r"(?:[一二三四五六七八九]是|[^，。；]{1,8}(?:方面|来看|看)，?|截至|目前|其中|而|但|且|同时|此外|另外|据悉|对于?|例?比?如|"
    r"尤其是?|特别是|同样|隔壁的?|对岸的?|邻近的?|相邻的|毗邻的|同处[^，。；]{2,6}的|放眼|纵观|再看|来自[^，。；]{2,8}的|与[^，。；]{2,8}(?:一[河江山]之隔|相邻|接壤|毗邻|为邻)的|不过|可是?|仅|还|使|：|即|这|也|却|则|当年|期间|近年来?|其|按照?|"
    r"[0-9一二三四五六七八九十年月日底末初前后上下半季度个至到今去明近过同期间以来时全“”（）、]){0,30}+"
)
_PRESENTS = re.compile(r"(?:还有|就是|当属|首推|到了|来到|走进)$")  # 和它一道的还有南崇铁路。
_LABEL = re.compile(r"[^，。；：\n]{1,12}：")
NEIGHBOUR = re.compile(r"(?:邻近|相邻|隔壁|对岸|毗邻|同处[一-龥]{0,2})的?$")  # 邻近的赤峰市: only looked at
_THERE = re.compile(r"(?:在|走进|来到|回到|位于|地处)$")
_MOMENT = re.compile(r"[^，。；]{1,10}，")  # 盛夏七月，走进颍上县，
_COMMA = ("，", "境内，", "里，", "采访")
_SOURCE = re.compile(
    r"[^，。；]{1,40}(?:介绍|说|表示|认为|指出|记者|坦言|透露|获悉|了解到?|称|显示|强调|统计|审定|核定|回应)[，：]“?"
)
_SAYS = re.compile(
    r"(?:介绍|说|表示|认为|指出|告诉记者|坦言|透露|获悉|了解到?|称|显示|强调|统计|审定|核定|核算|要求|回应)$"
)
_QUESTION = re.compile(r"(?:记者|主持人|问|提问)：")
_ASIDE = re.compile(r"（[^（）0-9]{1,30}）")


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


@dataclass(slots=True)
class Sentence:
    start: int
    end: int
    text: str  # of the whole document, flat
    quantities: list[Quantity]
    dates: list[When]
    areas: list[NamedArea]
    written_year: int | None
    written_month: int  # 0 where the day of writing is not known
    headings: list[str]  # the titles above it, outermost first
    own: str | None  # the area its passage is about
    topics: list[NamedArea]  # what the earlier sentences of the paragraph open with
    previous: int  # where the sentence before it begins
    told: Sequence[When]  # all dates of the document
    named: Sequence[NamedArea]  # all its areas
    earlier: list[When]  # the dates of the paragraph before it, and of the question it answers
    names: tuple[str, ...]  # its areas as they stand in the text, the longest first
    before_at: dict[int, list[When]] = field(default_factory=dict, repr=False)  # dates before, likewise
    lefts: dict[int, str] = field(default_factory=dict, repr=False)  # as they were asked for
    rights: dict[int, str] = field(default_factory=dict, repr=False)
    works: dict[int, bool] = field(default_factory=dict, repr=False)  # what one brings once it is done
    starts: dict[int, int] = field(default_factory=dict, repr=False)  # of clauses, as they were asked for
    nouns: dict[int, str | None] = field(default_factory=dict, repr=False)  # behind quantities, likewise

    def dates_before(self, at: int) -> list[When]:
        """The dates that end at `at` or earlier, at most the last few."""
        if at not in self.before_at:
            self.before_at[at] = self._dates_before(at)
        return self.before_at[at]

    def _dates_before(self, at: int) -> list[When]:
        if len(self.dates) <= _LAST:
            return [d for d in self.dates if d.end <= at]
        high = bisect_left(self.dates, at, key=lambda d: d.start)
        return [d for d in self.dates[max(0, high - _LAST) : high] if d.end <= at]

    def dates_after(self, start: int, end: int) -> list[When]:
        """The dates that begin in `start:end`."""
        return _within(self.dates, start, end)

    def areas_before(self, at: int) -> list[NamedArea]:
        """The areas that end at `at` or earlier, at most the last few."""
        if len(self.areas) <= _LAST:
            return [p for p in self.areas if p.end <= at]
        high = bisect_left(self.areas, at, key=lambda p: p.start)
        return [p for p in self.areas[max(0, high - _LAST) : high] if p.end <= at]

    def areas_after(self, at: int) -> list[NamedArea]:
        """The area that begins right at `at`, if one does."""
        low = bisect_left(self.areas, at, key=lambda p: p.start)
        return [p for p in self.areas[low : low + 1] if p.start == at]

    def counts_between(self, start: int, end: int) -> bool:
        """Whether a quantity begins in `start:end`."""
        low = bisect_left(self.quantities, start, key=lambda q: q.start)
        return low < len(self.quantities) and self.quantities[low].start < end

    def of_segment(self, index: int) -> list[Quantity]:
        """The quantities before `index` in its part between semicolons."""
        low = bisect_left(
            self.quantities, self.segment_start(self.quantities[index].start), key=lambda q: q.start
        )
        return self.quantities[low:index]

    def clause_start(self, at: int) -> int:
        """Where the clause that holds `at` begins; brackets without figures do not break it."""
        if at not in self.starts:
            self.starts[at] = self._clause_start(at)
        return self.starts[at]

    def _clause_start(self, at: int) -> int:
        floor = max(self.start if at >= self.start else 0, at - REACH)
        left = _ASIDE.sub(lambda m: "\0" * len(m[0]), self.text[floor:at])
        begin = 0
        for match in _CLAUSE.finditer(left):
            begin = match.end()
        return floor + begin

    def segment_start(self, at: int) -> int:
        """Where the part between semicolons that holds `at` begins."""
        floor = max(self.start if at >= self.start else self.text.rfind("。", 0, at) + 1, at - 4 * REACH)
        return max(self.text.rfind("；", floor, at) + 1, floor)

    def segment_end(self, at: int) -> int:
        """Where the part between semicolons that holds `at` ends."""
        end = self.text.find("；", at, min(self.end, at + 4 * REACH))
        return end if end >= 0 else min(self.end, at + 4 * REACH)

    def only_beside(self, area: int, segment: int) -> bool:
        """Whether what begins at `area` is a neighbour that a later part of the sentence, which begins at
        `segment`, no longer tells of."""
        return area < segment and bool(NEIGHBOUR.search(self.text, max(0, area - 5), area))

    def is_source(self, clause: int) -> bool:
        """Whether the clause beginning there tells who says so: `据省统计局统计，`, `市长某某说，`."""
        end = self.clause_end(clause)
        return bool(_SAYS.search(self.text[max(clause, end - 8) : end]))

    def opens_with(self, clause: int, area: NamedArea) -> bool:
        """Whether a clause begins with the area, but for words of time and connection."""
        return bool(_LEAD.fullmatch(self.text[clause : area.start]))

    def clause_end(self, at: int) -> int:
        match = _CLAUSE.search(self.text, at, min(self.end, at + REACH))
        return match.start() if match else min(self.end, at + REACH)

    def left(self, index: int) -> str:
        """The clause before quantity `index`, from the quantity before it if that stands in the same
        clause."""
        if index not in self.lefts:
            self.lefts[index] = self._left(index)
        return self.lefts[index]

    def _left(self, index: int) -> str:
        quantity = self.quantities[index]
        start = self.clause_start(quantity.start)
        if index and self.quantities[index - 1].end > start:
            start = self.quantities[index - 1].end
        return _ASIDE.sub("", self.text[start : quantity.start])

    def right(self, index: int) -> str:
        """The clause after quantity `index`, up to the next quantity."""
        if index not in self.rights:
            self.rights[index] = self._right(index)
        return self.rights[index]

    def _right(self, index: int) -> str:
        quantity = self.quantities[index]
        end = self.clause_end(quantity.end)
        if index + 1 < len(self.quantities):
            end = min(end, self.quantities[index + 1].start)
        return self.text[quantity.end : end]

    def before(self, index: int) -> str:
        """What the sentence says before quantity `index`, as far as a rule may see."""
        at = self.quantities[index].start
        return self.text[max(self.start, at - 2 * REACH) : at]


def read_sentences(setting: Setting, quantities: Sequence[Quantity]) -> Iterator[Sentence]:
    """Only the sentences that hold a quantity."""
    text = setting.flat.text
    for match in _SENTENCE.finditer(text):
        inside = _within(quantities, *match.span())
        if inside:
            yield _sentence(setting, match, inside)


def _sentence(setting: Setting, match: re.Match[str], inside: list[Quantity]) -> Sentence:
    start, end = match.span()
    passage = setting.passage(start)
    paragraph = setting.flat.paragraph_at(start)
    areas = _within(setting.areas, start, end)
    names = {setting.flat.text[p.start : p.end] for p in areas}
    return Sentence(
        start=start,
        end=end,
        text=setting.flat.text,
        quantities=inside,
        dates=_within(setting.dates, start, end),
        areas=areas,
        written_year=passage.written[0] if passage.written else None,
        written_month=passage.written[1] if passage.written else 0,
        headings=[h.title for h in setting.path(start)],
        own=passage.own,
        topics=_topics(setting, paragraph.start, start) or _asked(setting, paragraph.start),
        previous=max(
            setting.flat.text.rfind("。", paragraph.start, max(start - 1, paragraph.start)), paragraph.start
        ),
        told=setting.dates,
        named=setting.areas,
        earlier=_earlier(setting, paragraph.start, start),
        names=tuple(sorted(names, key=lambda name: (-len(name), name))),
    )


def _earlier(setting: Setting, floor: int, start: int) -> list[When]:
    floor = max(_told_since(setting, floor), start - 4 * REACH)
    return _within(setting.dates, floor, start)[-_LAST:]


def _told_since(setting: Setting, start: int) -> int:
    """Where what a paragraph goes on with begins: an answer goes on with its question."""
    before = setting.flat.paragraph_at(start - 1) if start else None
    asked = before and (
        _QUESTION.match(setting.flat.text, before.start) or setting.flat.text[before.end - 1] == "？"
    )
    return before.start if before and asked and before.end - before.start < REACH else start


def _asked(setting: Setting, floor: int) -> list[NamedArea]:
    """The body that the question asks of which the paragraph answers."""
    since = _told_since(setting, floor)
    return [p for p in _topics(setting, since, floor) if not p.known][-1:] if since < floor else []


def _topics(setting: Setting, floor: int, start: int) -> list[NamedArea]:
    """The areas that the earlier sentences open with, but for clauses that tell who says so."""
    text, found = setting.flat.text, []
    floor = max(floor, start - 4 * REACH)
    for area in _within(setting.areas, floor, start):
        begin = max(text.rfind("。", floor, area.start) + 1, floor)
        if begin == floor:
            label = _LABEL.match(text, begin, area.start)  # 答：丹东港…
            begin = label.end() if label else begin
        opening = _SOURCE.match(text, begin, area.start)
        if NEIGHBOUR.search(text, max(floor, area.start - 4), area.start):
            continue
        presented = text.startswith("。", area.end) and _PRESENTS.search(text, begin, area.start)
        lead = text[opening.end() if opening else begin : area.start]
        there = _THERE.search(lead) if text.startswith(_COMMA, area.end) else None
        if there:  # 在鄂托克前旗，
            lead = lead[: there.start()]
        opens = _LEAD.fullmatch(lead) or (there and _MOMENT.fullmatch(lead))
        if presented or ((there or area.role == "subject") and opens):
            found.append(area)
    return found


def _within(these: Sequence[_P], start: int, end: int) -> list[_P]:
    low = bisect_left(these, start, key=lambda x: x.start)
    high = bisect_left(these, end, key=lambda x: x.start)
    return list(these[low:high])
