"""The items of a plan: the numbered leaves of its outline under a chapter of tasks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.extract.text.citation import Note
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.text.setting import find_parents
from cunzhao.read.types import Document, Heading

_PLAN = re.compile(r"计划|方案|规划|行动|意见|要点|举措|措施|任务|纲要|实施|清单|分工|工作安排|若干")
# Chapters that set out and judge rather than assign.
_NO_TASKS = re.compile(
    r"总体要求|总体思路|总体目标|指导思想|(?:基本|工作|遵循)原则|^原则$|(?:发展|定位|主要|工作|预期|"
    r"奋斗)目标|目标定位|目标任务$|^目标$"
    r"|现状|(?:发展|工作|现有|现实)基础$|^基础$|形势|背景|重要意义|回顾|成效$|存在问题|主要问题|附则|"
    r"附件|适用范围|名词解释|^总则"
    r"|发展思路|战略定位|空间布局|施行$"
)


@dataclass(frozen=True, slots=True)
class Item:
    start: int  # flat, of its number
    body: int  # flat, behind its heading
    end: int
    heading: Heading
    area: Heading | None  # the heading it stands under


def read_items(document: Document, flat: Flat, notes: Sequence[Note]) -> list[Item]:
    """The tasks of a document whose title says that it is a plan, in order; none of any other."""
    titles = [document.title or "", *(h.title for h in document.outline if h.level == 1)]
    if not any(_PLAN.search(title) for title in titles):
        return []
    return list(_items(document.outline, flat, notes))


def _items(outline: Sequence[Heading], flat: Flat, notes: Sequence[Note]) -> Iterator[Item]:
    parents = find_parents(outline)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if outline[index].number:
            children.setdefault(parent, []).append(index)
    for index, heading in enumerate(outline):
        above = list(_above(outline, parents, index))
        chapter = any(h.level > 1 and h.number for h in above)
        if not heading.number or heading.level <= 2 or index in children or not chapter:
            continue
        if any(_NO_TASKS.search(h.title) for h in above if h.level > 1) or _NO_TASKS.fullmatch(heading.title):
            continue
        start = _with_number(flat, heading)
        after = outline[index + 1] if index + 1 < len(outline) else None
        end = _with_number(flat, after) if after else _end_of_text(flat, notes, start)
        if end > start and flat.text[start] != "\n":
            end = _trim(flat, start, end)
            body = min(flat.find(heading.end), end)
            yield Item(start, body, end, heading, _area(outline, parents, children, index))


def _above(outline: Sequence[Heading], parents: list[int], index: int) -> Iterator[Heading]:
    while parents[index] >= 0:
        index = parents[index]
        yield outline[index]


def _area(
    outline: Sequence[Heading], parents: list[int], children: dict[int, list[int]], index: int
) -> Heading | None:
    """The heading it stands under; a stand-alone one among headings that hold items is an area of its own."""
    heading, parent = outline[index], parents[index]
    if not heading.run_in and any(sister in children for sister in children.get(parent, ())):
        return heading
    return outline[parent] if parent >= 0 else None


def _with_number(flat: Flat, heading: Heading) -> int:
    """The flat offset where a heading begins, its number included (a run-in span stands without it)."""
    at = flat.find(heading.start)
    if not heading.number or flat.text.startswith(_same(heading.number), at):
        return at
    return max(flat.text.rfind(_same(heading.number), max(0, at - len(heading.number) - 3), at), 0) or at


def _same(number: str) -> str:
    return number.replace("(", "（").replace(")", "）")


def _end_of_text(flat: Flat, notes: Sequence[Note], start: int) -> int:
    """The last item ends before the source note that closes the document."""
    places = [n.start for n in notes if flat.paragraph_at(n.start).start == n.start]
    index = bisect_left(places, start)
    return places[index] if index < len(places) else len(flat.text)


def _trim(flat: Flat, start: int, end: int) -> int:
    while end > start + 1 and flat.text[end - 1] == "\n":
        end -= 1
    return end
