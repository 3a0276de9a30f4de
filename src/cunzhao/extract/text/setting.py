"""What holds for a whole document, read once: flat text, its own area, the day it was written, the usual
year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cunzhao.extract.places.areas import NamedArea, read_areas
from cunzhao.extract.places.own import with_own_words
from cunzhao.extract.text.citation import Note
from cunzhao.extract.text.dates import Day, When, read_dates
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.text.passages import Passage, passage_at, read_passages
from cunzhao.read.types import Document, Heading, Table

_REPORT = re.compile(r"公报|运行|形势|情况|快报|月报|季报|统计|年报|数据|回顾")
_PLAN = re.compile(r"计划|方案|规划|行动|意见|要点|举措|措施|任务|纲要|实施|清单")
# A year of account; not that of a day or of a span.
_YEAR = re.compile(r"(?<![-—～至到0-9])((?:19|20)[0-9]{2})年(?![0-9第—～至到-])")
_BYLINE = re.compile(  # 统计科编 2022年3月, 2022年3月: when it was made, not what it is about
    r"(?:.*(?:编|编[印写辑]|整理|撰|供稿|[印制刊]|发布|办公室|委员会|[局处室部]))?(?:19|20)[0-9]{2}年[0-9]{1,2}月"
    r"(?:[0-9]{1,2}日)?(?:[编印制刊]|编印|印发|发布)?"
)
_SPAN = re.compile(r"((?:19|20)[0-9]{2})年?(?:-|—{1,2}|～|至|到)((?:19|20)[0-9]{2})年?")
_COUNTED = "一二三四五六七八九十"
_LAST_YEAR = re.compile(r"去年|上年|过去一年|一年来")
_THIS_YEAR = re.compile(r"今年|本年度")
_BACK = re.compile(r"回顾|总结|完成情况|执行情况|主要成绩|工作成效")
_AHEAD = re.compile(r"安排|打算|部署|主要目标|预期目标|主要任务|重点任务|重点工作")


@dataclass(frozen=True, slots=True)
class Setting:
    document: Document
    flat: Flat
    dates: list[When]
    areas: list[NamedArea]
    heads: list[tuple[int, Heading]]  # flat offset and heading, in order
    parents: list[int]  # for each of `heads` the one above it, -1 for none
    plan: bool  # the document is a plan: what it says will be is required
    passages: list[Passage]
    notes: Sequence[Note]

    @property
    def tables(self) -> list[tuple[int, Table]]:
        """The tables that begin in the flat text, with their numbers in the document."""
        start, end = self.flat.part
        return [(n, t) for n, t in enumerate(self.document.tables) if start <= t.start < end]

    def passage(self, at: int) -> Passage:
        return passage_at(self.passages, at)

    def path(self, at: int) -> list[Heading]:
        """The headings above a flat offset, outermost first."""
        return _above(self.heads, self.parents, at)


def read_setting(
    document: Document, flat: Flat, notes: Sequence[Note], *, date: str | None, region: str | None
) -> Setting:
    """`notes`: the source notes, whose dates and sources tell the articles of a compilation apart."""
    named = read_areas(flat.text)
    passages = read_passages(document, flat, named, notes, date=date, region=region)
    areas = with_own_words(flat.text, named, lambda at: passage_at(passages, at).own)
    title = document.title or ""
    heads = [(flat.find(h.start), h) for h in document.outline]
    parents = find_parents(document.outline)
    plan = bool(_PLAN.search(title)) and not _REPORT.search(title)

    def written(at: int) -> Day | None:
        return passage_at(passages, at).written

    def usual_year(at: int) -> int | None:
        above = [h.title for h in _above(heads, parents, at) if h.level > 1 and not is_byline(h.title)]
        return year_meant(above, title, written(at), plan=plan)

    return Setting(
        document=document,
        flat=flat,
        dates=_in_plan(list(read_dates(flat.text, written, usual_year)), flat.text, title, document.outline)
        if plan
        else list(read_dates(flat.text, written, usual_year)),
        areas=areas,
        heads=heads,
        parents=parents,
        plan=plan,
        passages=passages,
        notes=notes,
    )


def _above(heads: Sequence[tuple[int, Heading]], parents: Sequence[int], at: int) -> list[Heading]:
    above: list[Heading] = []
    index = bisect_right(heads, at, key=lambda h: h[0]) - 1
    while index >= 0:
        above.append(heads[index][1])
        index = parents[index]
    return above[::-1]


def _in_plan(dates: list[When], text: str, title: str, outline: Sequence[Heading]) -> list[When]:
    """`三年累计推广…` in `三年行动方案（2023—2025年）`: the years of the plan, for that clause."""
    heads = (title, *(h.title for h in outline[:3]))
    span = next((m for head in heads if (m := _SPAN.search("".join(head.split())))), None)
    if not span:
        return dates
    years = _COUNTED[int(span[2]) - int(span[1])] if 0 < int(span[2]) - int(span[1]) < len(_COUNTED) else "?"
    period = f"{span[1]}/{span[2]}"
    return [
        replace(d, period=period, role="from") if text[d.start : d.end] == f"{years}年" else d for d in dates
    ]


def is_byline(title: str) -> bool:
    """Whether a heading tells only when, and by whom, the text was made."""
    return bool(_BYLINE.fullmatch("".join(title.split())))


def year_meant(headings: Sequence[str], title: str, written: Day | None, *, plan: bool) -> int | None:
    """The year that 全年 and 年末 mean: that of the nearest heading which names one, or looks back or ahead;
    then the title's. None where a report held early in its own year leaves it to the sentence."""
    early = bool(written and 1 <= written[1] <= 3)
    for heading in reversed(headings):
        years = {int(y) for y in _YEAR.findall(heading)}
        if len(years) == 1:
            return years.pop()
        if written and (_LAST_YEAR.search(heading) or (early and _BACK.search(heading))):
            return written[0] - 1
        if written and (_THIS_YEAR.search(heading) or (early and _AHEAD.search(heading))):
            return written[0]
    named = _YEAR.search(title)
    if named and written and early and int(named[1]) == written[0] and not plan:
        return None
    return int(named[1]) if named else written[0] if written and plan else None


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
