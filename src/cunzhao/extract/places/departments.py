"""Departments in full: 市发改委 in a document of 绍兴市 is 绍兴市发展和改革委员会.

What a department is called in short is language (`departments.tsv`); which place 市, 省, 县 means is the
document's own area. A name that neither tells stays as it is printed.
"""

from __future__ import annotations

import re
from functools import cache

from cunzhao.extract.lexicons import areas, lines
from cunzhao.extract.places.codes import codes_of, name_of

_LEVEL = {"省": 1, "自治区": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_PREFIX = re.compile(r"省|自治区|[市州盟县区旗](?!场|政(?!府|协|法|务|研)|监管|域)")
_SEVERAL = re.compile(r"^(?:各|有关|相关|所有|其他|市直|省直|区直|县直|属地|沿线)|等$")


def full_name(printed: str, own: str | None) -> str:
    """The full name of a department, or `printed` where it cannot be known.

    `own`: the area that the document is about, in full form. 各县区, 市直有关部门 and firms stay.
    """
    name = printed.strip()
    if not name or _SEVERAL.search(name):
        return printed
    place, rest = _place_of(name, own)
    known = _departments().get(rest)
    if known is None or place is None:
        return printed if place is None or not _spelled_out(rest) else f"{place}{rest}"
    full, how = known
    if how == "中共":
        return f"中共{place}{full.replace('#', place)}"
    return full.replace("#", place) if "#" in full else f"{place}{full}"


def _place_of(name: str, own: str | None) -> tuple[str | None, str]:
    """The place a name begins with, in full, and the rest: 市发改委 -> 绍兴市, 发改委."""
    for size in range(min(len(name) - 2, 12), 1, -1):
        head = name[:size]
        if head in _place_names():
            codes = codes_of(head, own)
            if len(codes) == 1 and name[size:] in _departments():
                return name_of(codes[0]), name[size:]
    prefix = _PREFIX.match(name)
    if prefix:
        return _own_at(_LEVEL[prefix[0]], prefix[0], own), name[prefix.end() :]
    return (own, name) if name in _departments() else (None, name)


def _own_at(level: int, word: str, own: str | None) -> str | None:
    """The area of that level which `own` is or lies in; 市 of a county-level city is the city itself."""
    codes = codes_of(own)
    if len(codes) != 1 or not own:
        return None
    code = codes[0]
    own_level = 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
    if own_level == level or (own.endswith(word) and own_level >= level):
        return own
    if own_level == 1 and code[:2] in ("11", "12", "31", "50") and word == "市":
        return own
    above = code[:2] + "0000" if level == 1 else code[:4] + "00"
    return name_of(above) if own_level > level else None


def _spelled_out(rest: str) -> bool:
    """发展和改革委员会 behind 市: already in full but for the place."""
    return any(rest == full for full, how in _departments().values() if not how)


@cache
def _departments() -> dict[str, tuple[str, str]]:
    rows = ([*line.split("\t"), ""][:3] for line in lines("departments.tsv"))
    return {short: (full, how) for short, full, how in rows}


@cache
def _place_names() -> frozenset[str]:
    return frozenset(name for area in areas() for name in (area.name, area.short) if len(name) > 1)
