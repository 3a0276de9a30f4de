"""Who leads an item of a plan, who is responsible: by labels (牵头单位：…) or in brackets (…牵头，…配合)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LEAD = r"牵头单位|牵头部门|牵头责任单位|牵头领导单位|主办单位|牵头"
_UNITS = (
    r"责任单位|责任部门|配合单位|配合部门|参与单位|参加单位|协办单位|协同单位|责任主体|实施单位|"
    r"落实单位|实施主体|责任科室|配合"
)
_NAMED = r"(?:[^：；。（）\n]|（[^：；。（）\n]{1,20}）)+"  # 各县（市、区）政府: brackets inside a name
_LABEL = re.compile(rf"(?P<lead>{_LEAD})：(?P<l>{_NAMED})|(?P<units>{_UNITS})：(?P<u>{_NAMED})")
_NOTE = re.compile(
    r"（[^（）\n]{0,8}(?:单位|部门|时限|期限|主体|牵头|责任人?|配合)：(?:[^（）\n]|（[^（）\n]{0,40}）){1,400}）"
)
_BRACKET = re.compile(r"（(?P<said>(?:[^（）。：]|（[^（）\n]{0,20}）){4,300})）")
_ROLE = re.compile(
    r"(?P<lead>牵头(?:负责|实施|落实|推进)?)|(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实|推进)?|"
    r"(?:共同)?(?:参与|配合|参加|协助|协同|负责|落实|实施)(?:实施|落实|推进)?)"
)
_ORGAN = re.compile(
    r"(?:局|委|办|厅|府|会|区|县|市|院|校|公司|集团|中心|部门?|单位|镇|乡|街道|室|行|司|处|所|社|部|省)(?:（[^（）]*）)?$"
)


@dataclass(slots=True)
class Responsible:
    lead: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  # in the text read


def read_responsible(text: str, start: int, end: int) -> Responsible:
    """What `start:end` of the flat text says; the places are where it says so, in order."""
    found = Responsible()
    for match in _LABEL.finditer(text, start, end):
        (found.lead if match["lead"] else found.units).extend(split_units(match["l"] or match["u"]))
        found.places.append(match.span())
    for match in _BRACKET.finditer(text, start, end):
        lead, units = _in_bracket(match["said"].replace("\n", ""))  # a wrapped line may end in it
        if lead or units:
            found.lead += lead
            found.units += units
            found.places.append(match.span())
    found.places = sorted({*found.places, *(m.span() for m in _NOTE.finditer(text, start, end))})
    return found


def split_units(text: str) -> list[str]:
    """`市发改委、市交通局等` -> [`市发改委`, `市交通局`]; 、 inside brackets parts nothing."""
    parts = re.split(r"[、，,](?![^（〔]*[）〕])", re.sub(r"(?:等部门|等单位|等)$", "", text))
    return [part.strip("。；，、") for part in parts if part.strip("。；，、")]


def _in_bracket(said: str) -> tuple[list[str], list[str]]:
    """`县农业农村局牵头，县文旅局、各乡镇配合；2026年底前完成`: names before each word of a role."""
    lead: list[str] = []
    units: list[str] = []
    for part in said.split("；"):
        at = 0
        for role in _ROLE.finditer(part):
            names = split_units(re.sub(r"^[，、]?(?:由|会同|和|并)?", "", part[at : role.start()]))
            at = role.end()
            if not names or not all(len(name) <= 24 and not re.search("[0-9]", name) for name in names):
                continue
            if not any(_ORGAN.search(name) for name in names):
                return [], []
            (lead if role["lead"] else units).extend(names)
    return lead, units
