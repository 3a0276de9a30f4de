"""What a head of a row or column says: time, area, unit, growth, nature, and what is left, a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cunzhao.extract.figures.quantity import lex
from cunzhao.extract.figures.tablegrid import Field, is_year
from cunzhao.extract.figures.tabletime import Part, read_part, to_date
from cunzhao.extract.places.codes import codes_of, name_of
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Nature

_BRACKET = re.compile(r"[（\[【〔](?:计量|金额)?(?:单位：)?([^（）\[\]【】〔〕]{1,14})[）\]】〕]")
_BEHIND = re.compile(r"[/：，:](?:单位：)?([^/：，]{1,12})$")
_PERCENT = re.compile(r"[±%％‰]+$|\+/?-%?$")
_MAGNITUDE = re.compile(r"(万亿|千万|百万|十万|百亿|千亿|亿|万|千|百)?(.{1,10})")
_SIZES = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
          "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_COMPARED = (
    r"(?:[比较与为是以](?:上年度?|去年|前年|上月|上季度?|同期|年初|上期|基期|往年|(?:19|20)[0-9]{2}年?)(?:同期|同月|全年|末|底)?(?:相比)?"
    r"|同比|环比|累计同比|同期比|可比价?|可比口径|同口径|现价|名义|实际|年均|月均|平均每年)"
)
_CHANGED = (
    r"(?:(?<!自然)增长(?![极点])|增减|增速|增幅|增量|涨幅|降幅|升幅|跌幅|减幅|涨跌|升降|变动|变化|±|\+/?-|"
    r"增加(?!值)|增|减|升|降)"
)
_GROWTH = re.compile(
    rf"(?:{_COMPARED}+{_CHANGED}?|(?<![新年收自])(?:年均|累计)?(?:(?<!自然)增长(?![极点率])|增长率(?<!自然增长率)|增减|增速|增幅|涨幅|降幅|升幅|跌幅|"
    r"涨跌|升降|±|\+/?-))(?:速度?|率|幅度?|额|数|量|比例|情况|百分[点比])?"
)
_FALLEN = re.compile(r"(?:累计)?(?:下降|降低|减少|减排|削减)(?:率|幅度|比例)?$")
_GENERIC = re.compile(
    r"(?:绝对[数量值额]|总[量额值]|实绩|实际|完成额?|本期|本年|当年|累计|本月|当月|指标|金额|数额|"
    r"值|数|量|目标|计划|预期|现状|基期|规划目标|发展目标|预计|上年|上期|期末|年末|"
    r"数据|现值|情况|统计值|执行数|预算数|决算数|合计|总计|小计|全部|总体|总数|[%‰]|年度目标|年度计划|内容|名称|项目|单位)+"
)
_COUNTS = ("项目数", "单位数", "项目数量", "单位数量")
TOTAL = re.compile(r"(?:全部)?(?:合计|总计|小计|共计|总和|全部|合计数)")
_ASIDE = re.compile(
    r"[（\[【〔](?:累计|累计数|绝对[数量值额]|现价|当年价|可比价|不变价|合计|总量|[0-9]{4}年?不变价格?)[）\]】〕]"
)
_BASIS = re.compile(r"（[^（）]{0,12}=100）")  # of an index
_OF_TIME = re.compile(r"同期数?|同月|全年|末|底|度")
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}(?:\.[0-9]{1,2})*[.、．](?![0-9])|[①-⑳]|[#＃*＊•·●■◆▲△—\-]+|"
    r"(?P<part>其?中：|其中|#))+"
)
_NOTE = re.compile(r"(?:\[[0-9]{1,2}\]|〔[0-9]{1,2}〕|[①-⑳]|[*＊†]|（[0-9①-⑳]{1,2}）)+$")
_TARGET = re.compile(r"目标|计划(?!外)|预期|任务|拟")
_DONE_OF = re.compile(r"完成.{0,6}(?:目标|计划|任务)|(?:目标|计划|任务).{0,4}完成")
_FORECAST = re.compile(r"预计|预测|估计")
_DONE = re.compile(r"完成|实际|实绩|执行|已|现状|达到")


@dataclass(frozen=True, slots=True)
class Head:
    field: Field
    name: str  # what it names, without time, area, unit and words of growth; "" for nothing
    unit: tuple[str, int] | None  # name and magnitude: 亿元 -> 元, 10**8
    when: tuple[Part, ...]
    area: str | None  # full form
    growth: bool
    falls: bool  # 单位GDP能耗降低: a positive number is a fall
    nature: Nature | None
    part: bool  # 其中：出口
    total: bool  # 合计

    @property
    def generic(self) -> bool:
        return not self.name or bool(_GENERIC.fullmatch(self.name) and self.name not in _COUNTS)


def read_head(setting: Setting, field: Field, own: str | None) -> Head:
    text, at = field.text, field.start
    basis = _BASIS.search(text)
    text = _BASIS.sub("", text).replace("（±）", "±")
    unit, text = _unit_in(text)
    when: list[Part] = []
    for start, end, part in _times(setting, field):
        if basis and at + basis.start() <= start < at + basis.end():
            continue
        shown = setting.flat.text[start:end]
        when.append(part)
        text = text.replace(shown, "", 1)
    since = to_date(field.text)
    when = [*(p for p in when if p.kind != "month"), since] if since else when
    lead = _LEAD.match(text)
    text = _NOTE.sub("", text[lead.end() :] if lead and lead.end() < len(text) else text)
    bare = _ASIDE.sub("", text).strip("（）：、，")
    growth = _GROWTH.search(bare)
    fallen = None if growth else _FALLEN.search(bare)
    change = growth or fallen
    name = (bare[: change.start()] + bare[change.end() :] if change else bare).strip("（）：、，.的± ")
    area, name = _area_in(setting, name, at, field.end, own)
    return Head(
        field=field,
        name=name,
        unit=unit or (("%", 1) if growth and _PERCENT.search(field.text) else None),
        when=tuple(when),
        area=area,
        growth=bool(change),
        falls=bool(fallen),
        nature=_nature(bare),
        part=bool(lead and (lead["part"] or "#" in lead[0])),
        total=bool(TOTAL.fullmatch(name)),
    )


def _times(setting: Setting, field: Field) -> Iterator[tuple[int, int, Part]]:
    if is_year(field.text):
        yield field.start, field.end, Part("period", field.text[:4])
        return
    low = bisect_left(setting.dates, field.start, key=lambda d: d.start)
    while low < len(setting.dates) and setting.dates[low].start < field.end:
        when = setting.dates[low]
        part = read_part(setting.flat.text, when)
        if part and when.end <= field.end:
            tail = _OF_TIME.match(setting.flat.text, when.end, field.end)
            yield when.start, tail.end() if tail else when.end, part
        low += 1


def _unit_in(text: str) -> tuple[tuple[str, int] | None, str]:
    """The unit that a head names and the text without it: `增加值（亿元）`, `产量/万吨`, `增长%`, `亿元`."""
    for found in (*_BRACKET.finditer(text), *_BEHIND.finditer(text)):
        unit = read_unit(re.split(r"[、，/或](?=[%‰])", found[1])[0])
        if unit:
            return unit, text[: found.start()] + text[found.end() :]
    unit = read_unit(text)
    if unit:
        return unit, ""
    points = re.search(r"个?百分点$", text)
    if points:
        return ("个百分点", 1), text[: points.start()]
    return (("%", 1), text[:-1]) if text.endswith("%") else (None, text)


@lru_cache(maxsize=4096)
def read_unit(text: str) -> tuple[str, int] | None:
    """`亿元` -> 元, 10**8; None for what is no unit of the lexicon."""
    if not text or len(text) > 14 or text[0].isdigit():
        return None
    found = next(lex(f"1{text}"), None)
    if found and found.unit and found.end == len(text) + 1 and found.unit_kind != "noun":
        return found.unit, found.magnitude
    return None


@lru_cache(maxsize=4096)
def declared_unit(text: str) -> tuple[str, int] | None:
    """A unit that stands where only a unit can: one the lexicon does not know is taken as it is."""
    first = re.split(r"[、，；,;]", text)[0]
    known = read_unit(first)
    if known or not first or re.search(r"[0-9—…]", first) or first in ("-", "/"):
        return known
    match = _MAGNITUDE.fullmatch(first)
    return (match[2], _SIZES.get(match[1] or "", 1)) if match else None


def _area_in(setting: Setting, name: str, start: int, end: int, own: str | None) -> tuple[str | None, str]:
    """The area that a head names, or begins with, and the rest of it."""
    if not name:
        return None, ""
    low = bisect_left(setting.areas, start, key=lambda p: p.start)
    for area in setting.areas[low : low + 4]:
        if area.end > end:
            break
        shown = setting.flat.text[area.start : area.end]
        if name.startswith(shown) and (area.known or shown == name):
            rest = name[len(shown) :].strip("：的（）")
            if not rest or TOTAL.fullmatch(rest):
                return area.name, ""
            return (area.name, rest) if len(rest) > 2 else (None, name)  # 杭州东 is a station
    if 2 <= len(name) <= 12:
        codes = codes_of(name, own)
        full = name_of(codes[0]) if len(codes) == 1 else None
        if full and (len(name) > 2 or _beside(codes[0], own)):
            return full, ""
    return None, name


def _beside(code: str, own: str | None) -> bool:
    """Whether a short form may mean this area: the own one holds it."""
    home = codes_of(own)
    return len(home) == 1 and code.startswith(home[0].rstrip("0")[:4] or home[0][:2])


def _nature(text: str) -> Nature | None:
    if _FORECAST.search(text):
        return "forecast"
    if _DONE_OF.search(text):
        return "actual"
    if _TARGET.search(text):
        return "target"
    return "actual" if _DONE.search(text) else None
