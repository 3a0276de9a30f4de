"""What stands around a table: caption, the line above, title and heading give what its heads leave out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.extract.figures.tablegrid import Field, Section
from cunzhao.extract.figures.tablehead import declared_unit, read_unit
from cunzhao.extract.figures.tabletime import only_period
from cunzhao.extract.figures.usual import usual_period
from cunzhao.extract.text.dates import read_dates
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import By
from cunzhao.read.types import Table

_NEAR = 1000  # code points above a table in which its caption stands
_LINE = 80
_UNIT = re.compile(r"[（(【]?(?:计量)?单位：?[^（）】，。]{1,24}[）)】]?")
_BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")
_NUMBERED = re.compile(
    r"^(?:附?表\s*[一二三四五六七八九十0-9][0-9.\-—]*\s*|附件?[一二三四五六七八九十0-9]*)[：:、.]?|^[一二三四五六七八九十]+、"
)
_EACH = re.compile(
    r"^(?:各|分|全部)?(?:省|市|地区|县|区|镇|乡|街道|州|（.{1,8}）)+(?:别|分)?的?|^[一二三四五六七八九十两]+[市县区省地]|^(?:主要|部分|有关)"
)
_TAIL = re.compile(
    r"(?:完成|主要|基本|发展|汇总|统计|进度|分解|变化|对比|比较|明细|一览|情况|数据|排名|指标|名单|目录|任务|的|表|图)+$"
)
_BELOW = re.compile(r"下表|如下|[见附]表")
_PERCENT = ("%", "‰", "％")

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Around:
    own: str | None  # the area of the document or article
    name: str  # what the caption names: 地区生产总值
    name_at: Run | None
    area: str | None  # of the caption
    area_at: Run | None
    period: str | None
    period_by: By
    period_at: Run | None
    unit: tuple[str, int] | None
    units: tuple[tuple[str, int], ...]  # where the caption tells several: 单位：万亩、万吨、亿元
    rate: tuple[str, int] | None  # of growth and shares, where the caption tells: （单位：亿元、%）
    written: int | None  # the year the text was written, or the first year of a plan
    captions: tuple[Run, ...]  # where a table number (表1) may stand, and the caption's own years


def read_around(setting: Setting, table: Table, parts: Sequence[Section]) -> Around:
    text = setting.flat.text
    runs = _captions(setting, table, parts)
    captions = [text[start:end] for start, end in runs]
    at = setting.flat.find(table.start)
    passage = setting.passage(at)
    area, area_at = _area(setting, runs)
    name, name_at = _name(captions, runs, area)
    period, by, period_at = _period(setting, at, runs)
    units, rate = _units(table.unit or _unit_of(captions))
    return Around(
        own=passage.own, name=name, name_at=name_at, area=area, area_at=area_at,
        period=period, period_by=by, period_at=period_at,
        unit=units[0] if units else rate, units=units, rate=rate,
        written=_written(setting, at, period), captions=tuple(runs),
    )  # fmt: skip


def _captions(setting: Setting, table: Table, parts: Sequence[Section]) -> list[Run]:
    """The caption, titles across the table, and the line above: flat runs, the nearest to the table last."""
    flat = setting.flat
    runs: list[Run] = []
    at = flat.find(table.start)
    if table.caption:
        found = flat.source.rfind(table.caption, max(0, table.start - _NEAR), table.end)
        number = _NUMBERED.match(table.caption)
        if found >= 0:
            begin = found + (number.end() if number else 0)
            runs.append((flat.find(begin), flat.find(found + len(table.caption))))
    if at and not runs:
        above = flat.paragraph_at(at - 1)
        if above.start and _UNIT.match(flat.text, above.start, above.end):
            above = flat.paragraph_at(above.start - 1)
        line = flat.text[above.start : above.end]
        if (
            above.end <= at
            and 0 < len(line) <= _LINE
            and above.kind != "table"
            and (line[-1] != "。" or _BELOW.search(line))
        ):
            runs.append((above.start, above.end))
    return [*runs, *((f.start, f.end) for f in _across(parts))]


def _across(parts: Sequence[Section]) -> list[Field]:
    if not parts:
        return []
    width = max((max(row, default=0) for row in (*parts[0].head, *parts[0].body[:20])), default=0) + 1
    return [f for row in parts[0].head for f in dict.fromkeys(row.values()) if f.columns >= width > 1]


def _area(setting: Setting, runs: Sequence[Run]) -> tuple[str | None, Run | None]:
    """The only area that captions name."""
    found = {}
    for start, end in runs:
        low = bisect_left(setting.areas, start, key=lambda p: p.start)
        for area in setting.areas[low : low + 12]:
            if area.end <= end and area.known:
                found[area.name] = (area.start, area.end)
    return next(iter(found.items())) if len(found) == 1 else (None, None)


def _name(captions: Sequence[str], runs: Sequence[Run], area: str | None) -> tuple[str, Run | None]:
    for caption, run in zip(captions, runs, strict=True):
        if "。" in caption or caption.endswith("："):
            continue
        name = _BRACKET.sub("", _UNIT.sub("", caption))
        for when in reversed(list(read_dates(name, lambda _: None))):
            name = name[: when.start] + name[when.end :]
        name = _NUMBERED.sub("", name).lstrip("年末")
        if area:
            name = name.removeprefix(area).removeprefix(area[:-1])
        name = _TAIL.sub("", _EACH.sub("", name)).strip("：、，. ")
        if 2 <= len(name) <= 24:
            return name, run
    return "", None


def _period(setting: Setting, at: int, runs: Sequence[Run]) -> tuple[str | None, By, Run | None]:
    for run in reversed(runs):
        period = only_period([setting.flat.text[slice(*run)]])
        if period:
            return period, "table", run
    usual = usual_period(setting, at)
    if usual and usual.period:
        return usual.period, usual.by, (usual.start, usual.end) if usual.start >= 0 else None
    title = only_period([setting.document.title or ""])
    return title, "title" if title else "default", None


def _unit_of(captions: Sequence[str]) -> str:
    """`历年地区生产总值（亿元）`: the unit in brackets that a caption ends with."""
    ends = (re.search(r"（([^（）]{1,12})）$", caption) for caption in captions)
    return next((end[1] for end in ends if end and read_unit(re.split(r"[、，]", end[1])[0])), "")


def _units(told: str) -> tuple[tuple[tuple[str, int], ...], tuple[str, int] | None]:
    """The units of levels, and that of growth and shares."""
    whole = read_unit(told)
    each = [declared_unit(part) for part in re.split(r"[、，,；;和及/]", told)]
    units = [whole] if whole else [unit for unit in each if unit]
    levels = tuple(u for u in units if u and u[0] not in _PERCENT)
    rate = next((u for u in units if u and u[0] in _PERCENT), None)
    return levels, rate


def _written(setting: Setting, at: int, period: str | None) -> int | None:
    written = setting.passage(at).written
    if written:
        return written[0]
    span = re.match(r"((?:19|20)[0-9]{2})/", period or "")
    return int(span[1]) if span else None
