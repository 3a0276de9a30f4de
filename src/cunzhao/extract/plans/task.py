"""Tasks: the numbered items of a plan, with who leads them, who is responsible and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cunzhao.extract.places.departments import full_name
from cunzhao.extract.plans.items import Item
from cunzhao.extract.plans.responsible import Responsible, read_responsible
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact, Reason, Span, TaskFields
from cunzhao.read.types import Heading

VERSION = "1"
_DEADLINE = re.compile(
    r"(?:完成时[限间]|时限要求|完成期限|时限|时间节点|时间)：(?P<a>(?:19|"
    r"20)[0-9]{2})年?(?:(?P<am>[0-9]{1,2})月)?(?:(?P<ad>[0-9]{1,2})日)?"
    r"|(?P<b>(?:19|20)[0-9]{2})年(?:(?P<bm>[0-9]{1,2})月)?(?:(?P<bd>[0-9]{1,2})日)?(?:底|末)?(?:之|以)?前"
)


def extract_tasks(setting: Setting, items: Sequence[Item]) -> Iterator[Fact]:
    """One fact for each item of a plan."""
    flat = setting.flat
    for item in items:
        said = read_responsible(flat.text, item.start, item.end)
        due = _due(flat.text, item, said)
        own = setting.passage(item.start).own
        fields: TaskFields = {
            "number": item.heading.number or "",
            "title": item.heading.title,
            "area": _printed(item.area) if item.area else None,
            "lead": said.lead,
            "units": said.units,
            "deadline": _day(due) if due else None,
            "lead_names": [full_name(name, own) for name in said.lead],
            "units_names": [full_name(name, own) for name in said.units],
        }
        why = [
            Reason(name, "words", flat.span(*place)) for place in said.places for name in _named_by(fields)
        ]
        if due:
            why.append(Reason("deadline", "words", flat.span(*due.span())))
        if item.area and 0 <= item.area.start < item.area.end <= len(flat.source):
            why.append(Reason("area", "heading", Span.of(flat.source, item.area.start, item.area.end)))
        span = flat.span(item.start, item.end)
        yield Fact(kind="task", span=span, fields=fields, extractor="task", version=VERSION, why=tuple(why))


def _due(text: str, item: Item, said: Responsible) -> re.Match[str] | None:
    """The deadline in the notes of who is responsible, else in the text of the item."""
    ranges = [*said.places, (item.start, item.end)]
    return next((found for at, end in ranges if (found := _DEADLINE.search(text, at, end))), None)


def _named_by(fields: TaskFields) -> list[str]:
    return [name for name, these in (("lead", fields["lead"]), ("units", fields["units"])) if these]


def _printed(area: Heading) -> str:
    joint = "" if not area.number or area.number[-1] in "）)" else "、" if not area.number.isascii() else "."
    return f"{area.number or ''}{joint}{area.title}"


def _day(match: re.Match[str]) -> str:
    year, month, day = (
        (match["a"], match["am"], match["ad"]) if match["a"] else (match["b"], match["bm"], match["bd"])
    )
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
