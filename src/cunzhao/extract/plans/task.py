"""Tasks: the numbered items of a plan, read off its outline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.extract.text.citation import Note
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.text.setting import find_parents
from cunzhao.extract.types import Fact, TaskFields
from cunzhao.read.types import Document, Heading

VERSION = "1"
_PLAN = re.compile(r"计划|方案|规划|行动|意见|要点|举措|措施|任务|纲要|实施|清单|分工|工作安排|若干")
# Chapters that set out and judge rather than assign.
_NO_TASKS = re.compile(
    r"总体要求|总体思路|总体目标|指导思想|(?:基本|工作|遵循)原则|^原则$|(?:发展|定位|主要|工作|预期|"
    r"奋斗)目标|目标定位|目标任务$|^目标$"
    r"|现状|(?:发展|工作|现有|现实)基础$|^基础$|形势|背景|重要意义|回顾|成效$|存在问题|主要问题|附则|"
    r"附件|适用范围|名词解释|^总则"
    r"|发展思路|战略定位|空间布局|施行$"
)
_LEAD = r"牵头单位|牵头部门|牵头责任单位|主办单位|牵头"
_UNITS = (
    r"责任单位|责任部门|配合单位|配合部门|参与单位|参加单位|协办单位|协同单位|责任主体|实施单位|"
    r"落实单位|实施主体|配合"
)
_NAMED = r"(?:[^：；。（）\n]|（[^：；。（）\n]{1,20}）)+"  # 各县（市、区）政府: brackets inside a name
_LABEL = re.compile(rf"(?P<lead>{_LEAD})：(?P<l>{_NAMED})|(?P<units>{_UNITS})：(?P<u>{_NAMED})")
_BRACKETED = re.compile(
    r"（(?:由)?(?P<l>[^（）。\n]{2,60}?)牵头(?:负责)?(?:，(?:会同)?(?P<u>[^（）。\n]{2,120}?)(?:等)?(?:参与|"
    r"配合|参加|协助|按职责分工负责|负责))?(?:，[^（）\n]{0,40})?）"
    r"|（(?P<all>[^（）。：\n]{2,160}?)(?:等)?按(?:照)?职责分工(?:负责|落实|推进)?）"
)
_DEADLINE = re.compile(
    r"(?:完成时[限间]|时限要求|完成期限|时限|时间节点|时间)：(?P<a>(?:19|"
    r"20)[0-9]{2})年?(?:(?P<am>[0-9]{1,2})月)?(?:(?P<ad>[0-9]{1,2})日)?"
    r"|(?P<b>(?:19|20)[0-9]{2})年(?:(?P<bm>[0-9]{1,2})月)?(?:(?P<bd>[0-9]{1,2})日)?(?:底|末)?(?:之|以)?前"
)


@dataclass(frozen=True, slots=True)
class _Item:
    index: int
    heading: Heading
    area: Heading | None


def extract_tasks(document: Document, flat: Flat, notes: Sequence[Note]) -> Iterator[Fact]:
    """One fact for each numbered leaf of the outline under a chapter of tasks, in a document that is a
    plan."""
    titles = [document.title or "", *(h.title for h in document.outline if h.level == 1)]
    if not any(_PLAN.search(title) for title in titles):
        return
    outline = document.outline
    for item in _items(outline):
        start = _with_number(flat, item.heading)
        after = outline[item.index + 1] if item.index + 1 < len(outline) else None
        end = _with_number(flat, after) if after else _end_of_text(flat, notes, start)
        if end > start and flat.text[start] != "\n":
            span = flat.span(start, _trim(flat, start, end))
            fields = _fields(flat.text[start:end], item)
            yield Fact(kind="task", span=span, fields=fields, extractor="task", version=VERSION)


def _items(outline: Sequence[Heading]) -> Iterator[_Item]:
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
        yield _Item(index, heading, _area(outline, parents, children, index))


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


def _fields(text: str, item: _Item) -> TaskFields:
    lead: list[str] = []
    units: list[str] = []
    for match in _LABEL.finditer(text):
        (lead if match["lead"] else units).extend(split_units(match["l"] or match["u"]))
    for match in _BRACKETED.finditer(text):
        lead.extend(split_units(match["l"] or ""))
        units.extend(split_units(match["u"] or match["all"] or ""))
    return {
        "number": item.heading.number or "",
        "title": item.heading.title,
        "area": f"{_printed(item.area)}" if item.area else None,
        "lead": lead,
        "units": units,
        "deadline": _deadline(text),
        "lead_names": lead,
        "units_names": units,
    }


def _printed(area: Heading) -> str:
    joint = "" if not area.number or area.number[-1] in "）)" else "、" if not area.number.isascii() else "."
    return f"{area.number or ''}{joint}{area.title}"


def split_units(text: str) -> list[str]:
    """`市发改委、市交通局等` -> [`市发改委`, `市交通局`]; 、 inside brackets parts nothing."""
    parts = re.split(r"[、，,](?![^（〔]*[）〕])", re.sub(r"(?:等部门|等单位|等)$", "", text))
    return [part.strip("。；，、") for part in parts if part.strip("。；，、")]


def _deadline(text: str) -> str | None:
    match = _DEADLINE.search(text)
    if not match:
        return None
    year, month, day = (
        (match["a"], match["am"], match["ad"]) if match["a"] else (match["b"], match["bm"], match["bd"])
    )
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
