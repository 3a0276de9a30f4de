"""One name for one thing: indicators through the lexicon `indicators.json`, areas, units.

Pure; the lexicon is read once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_MARKS = re.compile(r"[\s《》“”\"'‘’]+")
_WHEN = re.compile(
    r"^(?:(?:19|20)?\d{2}年)?(?:\d{1,2}(?:[-—~至]\d{1,2})?月份?|上半年|下半年|前?[一二三四]季度|前三季度)?(?:[末底])?"
)
_GLOSS = re.compile(r"\(([^()]*)\)")  # 地区生产总值(GDP)
_COUNTED = re.compile(r"(?:[数量口客]|里程|就业)$")
_WHOLE_AREA = re.compile(r"(?:省|自治区|市|县|区|州|盟|旗)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    names: Mapping[str, str]  # folded alias -> the one name
    leading: Sequence[str]  # words that stand before an indicator and do not change it, longest first
    trailing: Sequence[str]
    kinds: Sequence[str]  # 年, 各类: taken off only where a known name is left
    counts: Sequence[str]  # 数, 总量: likewise, and only of what is counted


@cache
def lexicon() -> Lexicon:
    tree = json.loads(files("cunzhao.ledger").joinpath("indicators.json").read_text("utf-8"))
    names: dict[str, str] = {}
    for name, aliases in tree["indicators"].items():
        names |= dict.fromkeys(map(_folded, (name, *aliases)), name)
    longest = {
        k: tuple(sorted(map(_folded, tree[k]), key=len, reverse=True))
        for k in ("leading", "trailing", "kinds", "counts")
    }
    return Lexicon(names=names, **longest)


def _folded(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()


def indicator_name(label: str, region: str = "") -> str:
    """The indicator a label names: `2009年全市GDP` -> `地区生产总值`; unknown ones stripped of words around.

    What is stripped: dates, 全市/全年/实现…, growth words, the region in full form, a gloss in brackets.
    """
    names = lexicon().names
    for candidate in _candidates(_folded(label), _folded(region)):
        known = names.get(candidate) or _counted(candidate)
        if known:
            return known
    return candidate  # the last: stripped of everything


def _counted(name: str) -> str | None:
    """`各类人才数量` -> 人才总量: the known name left without 年, 各类 before or 数, 总量 behind it.

    A word like 数 comes off only what is counted: 货物出口量 is a weight, 货物出口 a sum of money.
    """
    words = lexicon()
    for lead in ("", *words.kinds):
        plain = name.removeprefix(lead) if name.startswith(lead) else ""
        if lead and plain in words.names:
            return words.names[plain]
        for count in words.counts:
            known = words.names.get(plain.removesuffix(count)) if plain.endswith(count) else None
            if known and _COUNTED.search(known):
                return known
    return None


def _candidates(name: str, region: str) -> list[str]:
    """The folded label, and it again with one more word taken off each time; never empty."""
    found = [name]
    while (shorter := _stripped(found[-1], region)) != found[-1]:
        found.append(shorter)
    return found


def _stripped(name: str, region: str) -> str:
    """The name without one outer word; the same if none is left to take off."""
    words = lexicon()
    areas = [a for a in (region, _WHOLE_AREA.sub("", region)) if len(a) > 1]
    cuts = [name[_WHEN.match(name).end() :]] if _WHEN.match(name) else []  # type: ignore[union-attr]
    cuts += [name.removeprefix(word) for word in words.leading]
    cuts += [name.removesuffix(word) for word in words.trailing]
    cuts += [name.removeprefix(a) for a in areas if name.removeprefix(a) in words.names or a == region]
    cuts.append(_GLOSS.sub("", name))
    return next((cut for cut in cuts if cut != name and len(cut) > 1), name)


def plain_region(region: str | None) -> str:
    """An area as it is compared where no gazetteer is at hand: half width, without white space."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", region or ""))


# Conversions that are exact in decimals with six places; 亩 (1/15 公顷) has none and stays.
_UNITS: dict[str, tuple[str, str]] = {
    "人民币": ("元", "1"), "元人民币": ("元", "1"), "圆": ("元", "1"), "块": ("元", "1"), "块钱": ("元", "1"),
    "千米": ("公里", "1"), "KM": ("公里", "1"), "M": ("米", "1"),
    "公顷": ("平方公里", "0.01"), "平方千米": ("平方公里", "1"), "KM2": ("平方公里", "1"),
    "M2": ("平方米", "1"), "平米": ("平方米", "1"), "M3": ("立方米", "1"), "立方": ("立方米", "1"),
    "千克": ("公斤", "1"), "KG": ("公斤", "1"), "T": ("吨", "1"), "吨标煤": ("吨标准煤", "1"),
    "名": ("人", "1"), "个人": ("人", "1"), "百分点": ("个百分点", "1"), "百分比": ("%", "1"),
    "度": ("千瓦时", "1"), "度电": ("千瓦时", "1"), "KWH": ("千瓦时", "1"), "KW": ("千瓦", "1"),
    "ΜG/M3": ("微克/立方米", "1"), "微克每立方米": ("微克/立方米", "1"), "TEU": ("标箱", "1"),
    "国际标准箱": ("标箱", "1"), "标准箱": ("标箱", "1"), "港币": ("港元", "1"),
}  # fmt: skip
_MAGNITUDES = {  # longer words before those they begin with
    "十万": 10**5, "百万": 10**6, "千万": 10**7, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12, "万": 10**4, "亿": 10**8,
}  # fmt: skip


def base_unit(unit: str | None, per: str | None = None) -> tuple[str, Decimal]:
    """The unit values are compared in, and how many of it one printed unit is: `公顷` -> 平方公里, 0.01.

    A magnitude left in the unit is taken out (`万元` -> 元, 10000); a rate is part of it (`次/天`). No unit
    gives "".
    """
    name, factor = _folded(unit or ""), Decimal(1)
    for word, size in _MAGNITUDES.items():
        if name.startswith(word) and len(name) > len(word):
            name, factor = name.removeprefix(word), factor * size
            break
    known, scale = _UNITS.get(name, (name, "1"))
    return (f"{known}/{_folded(per)}" if per else known), factor * Decimal(scale)
