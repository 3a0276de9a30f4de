"""Tasks: the numbered items of a plan, with who leads them, who is responsible and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cunzhao.extract.plans.items import Item
from cunzhao.extract.text.flat import Flat
from cunzhao.extract.types import Fact, TaskFields
from cunzhao.read.types import Heading

VERSION = "1"
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


def extract_tasks(flat: Flat, items: Sequence[Item]) -> Iterator[Fact]:
    """One fact for each item of a plan."""
    for item in items:
        span = flat.span(item.start, item.end)
        fields = _fields(flat.text[item.start : item.end], item)
        yield Fact(kind="task", span=span, fields=fields, extractor="task", version=VERSION)


_NOTE = re.compile(
    r"（[^（）\n]{0,8}(?:单位|部门|时限|期限|主体|牵头|责任人?|配合)：(?:[^（）\n]|（[^（）\n]{0,40}）){1,400}）"
)


def units_noted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where `start:end` of the flat text names who leads and who is responsible."""
    found = [m.span() for pattern in (_NOTE, _LABEL, _BRACKETED) for m in pattern.finditer(text, start, end)]
    return sorted(found)


def _fields(text: str, item: Item) -> TaskFields:
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
