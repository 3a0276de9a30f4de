"""Quantities in the flat text: number, magnitude, unit. Printed forms: GB/T 15835-2011.

A quantity here is only the printed thing (`300余家`, `3～5年`, `48毫克/升`); what it measures is
read later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cunzhao.extract.lexicons import Unit, denominators, units

_NEAR = 14  # characters within which a list states its unit
_LIST = 8  # numbers a list may have before its unit
_JOINT = re.compile(r"(?:、|和|及|与|以及)-?")
_DIGITS = 30  # longer runs are codes, not quantities
_NUMBER = re.compile(r"(?<![0-9.])(?:[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)")
_TAIL = re.compile(
    r"([余多几]|来(?=[万亿人个名家户亩头天年吨斤只位台]))?(?:个(多)?(?=[万亿](?!元|级|吨)))?(万亿|千万|百万|十万|百亿|千亿|亿|万|千(?![克瓦米伏卡])|"
    r"百(?!分))?([余多])?"
)
_MAGNITUDES = {
    "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_DASH = re.compile(r"～|——?|-|至|到")
_FRACTION = re.compile(r"(?<![0-9./])([0-9]{1,2})/([0-9]{1,3})(?![0-9/.年月])")
_OR_OTHER = re.compile(r"（([一-龥]{1,2})）")  # 320台（套）
_SECOND = re.compile(r"[^一-龥]|的|以")  # what may follow 立方米每秒
_DENOMINATOR = 20  # larger ones are pages: 12/36
_LETTER = re.compile(r"[A-Za-z]")
_AND_A_HALF = re.compile(r"个半(小时|月|星期)")
_TIME_OF_TWO = re.compile(r"([0-9]{1,3})个?小时([0-9]{1,2})分钟?")  # 1小时50分钟
_COINS = re.compile(r"([0-9]{1,4})块([0-9])(?:毛|角)?(?![0-9.%])(?![个万亿])")
_TENTHS = re.compile(r"([0-9]{1,2})[毛角](?![利重发坯料巾笔衣竹猪肉线纺病驴度落色])钱?")
_AGAIN = re.compile(r"(?:今年|去年|前年|上年|明年|现在|如今|眼下)(?:[才就是只都到涨降]|不到|超过|大概){0,3}$")
_FAR = 24  # characters within which it is told what a number without unit is of
_WITHOUT_UNIT = re.compile(
    r"(?:收入比|之比|系数|容积率|(?<!价格)指数)(?:分别|已|再)?(?:(?:由|从)[^，。；、]{0,12}?)?"
    r"(?:缩小|扩大|降低?|提高|上?升|下降|回落|达|为|是|约|高达|控制在|稳定在|保持在)*(?:到|至|为)?$"
)
_ECHOED = ("money", "percent", "measure")
_DEGREES = ("℃", "度", "华氏度")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    start: int  # flat, with a sign
    end: int
    value: Decimal  # in base units
    value_high: Decimal | None
    unit: str | None
    unit_kind: str  # Unit.kind, "fraction", or "bare" where a magnitude stands without a unit
    more: bool  # 多, 余
    printed: str  # "4,500" -> "4500"
    magnitude: int  # 10**8 for 亿


@dataclass(frozen=True, slots=True)
class _Part:
    """One number with what hangs on it."""

    start: int
    end: int  # after the unit, or after the number
    number: Decimal
    printed: str
    magnitude: int
    more: bool
    unit: Unit | None


def lex(text: str) -> Iterator[Quantity]:
    """Every quantity of the flat text, left to right. Linear in the length."""
    done, last = 0, None
    for match in _NUMBER.finditer(text):
        if match.start() < done:
            continue
        found = (
            _fraction(text, match)
            or _hours(text, match)
            or _coins(text, match)
            or _read(text, match)
            or _shared(text, match)
            or _echo(text, match, last)
            or _index(text, match)
        )
        if found:
            done, last = found.end, found
            yield found


def _fraction(text: str, match: re.Match[str]) -> Quantity | None:
    found = _FRACTION.match(text, match.start())
    if not found or not 0 < int(found[1]) < int(found[2]) <= _DENOMINATOR:
        return None
    value = round(Decimal(int(found[1])) / Decimal(int(found[2])), 4)
    return Quantity(
        start=found.start(), end=found.end(), value=value, value_high=None, unit=None, unit_kind="fraction",
        more=False, printed=found[0], magnitude=1,
    )  # fmt: skip


def _hours(text: str, match: re.Match[str]) -> Quantity | None:
    found = _TIME_OF_TWO.match(text, match.start())
    if not found or int(found[2]) >= 60:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return Quantity(
        start=found.start(), end=found.end(), value=Decimal(minutes), value_high=None, unit="分钟",
        unit_kind="time", more=False, printed=found[0], magnitude=1,
    )  # fmt: skip


def _coins(text: str, match: re.Match[str]) -> Quantity | None:
    """`6块5`, `3毛`: yuan and tenths of them."""
    found = _COINS.match(text, match.start()) or _TENTHS.match(text, match.start())
    if not found:
        return None
    tenths = Decimal(found[found.lastindex or 1]) / 10
    return Quantity(
        start=found.start(), end=found.end(), value=tenths + (int(found[1]) if found.re is _COINS else 0),
        value_high=None, unit="元", unit_kind="money", more=False, printed=found[0], magnitude=1,
    )  # fmt: skip


def _echo(text: str, match: re.Match[str], last: Quantity | None) -> Quantity | None:
    """`前年480元一亩，去年520，`: the unit of the quantity just told."""
    near = last is not None and match.start() - last.end <= _NEAR and last.unit and last.unit_kind in _ECHOED
    if not near or not _AGAIN.search(text, max(0, match.start() - _NEAR), match.start()):
        return None
    if text[match.end() : match.end() + 1] not in ("，", "。", "；", "、", "\n") or match[0][:2] in (
        "19",
        "20",
    ):
        return None
    number = Decimal(match[0].replace("，", ""))
    assert last is not None
    return Quantity(
        start=match.start(), end=match.end(), value=number, value_high=None, unit=last.unit,
        unit_kind=last.unit_kind, more=False, printed=match[0], magnitude=1,
    )  # fmt: skip


def _index(text: str, match: re.Match[str]) -> Quantity | None:
    """`城乡居民收入比由1.98缩小到1.93`: a number without unit of what has none."""
    if "." not in match[0] or not _WITHOUT_UNIT.search(text, max(0, match.start() - _FAR), match.start()):
        return None
    return Quantity(
        start=match.start(), end=match.end(), value=Decimal(match[0].replace("，", "")), value_high=None,
        unit=None, unit_kind="index", more=False, printed=match[0], magnitude=1,
    )  # fmt: skip


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    low = _part(text, match)
    if low is None:
        return None
    high = _upper(text, low)
    last = high or low
    if last.unit is None and last.magnitude == 1:
        return None
    magnitude = low.magnitude if low.magnitude != 1 or low.unit else last.magnitude
    start = low.start - 1 if _negative(text, low.start) else low.start
    cold = last.unit and last.unit.name in _DEGREES and text.endswith("零下", 0, low.start)
    sign = -1 if start < low.start or cold else 1
    return Quantity(
        start=start,
        end=last.end,
        value=sign * low.number * magnitude,
        value_high=high.number * high.magnitude if high else None,
        unit=last.unit.name if last.unit else None,
        unit_kind=last.unit.kind if last.unit else "bare",
        more=last.more,
        printed=low.printed,
        magnitude=magnitude,
    )


def _shared(text: str, match: re.Match[str]) -> Quantity | None:
    """`分别快4.6和3.1个百分点`: a number in a list whose unit stands at the end of the list."""
    if len(match[0]) > _DIGITS or (
        "." not in match[0] and "分别" not in text[max(0, match.start() - 16) : match.start()]
    ):
        return None
    at = match.end()
    start = match.start() - 1 if _negative(text, match.start()) else match.start()
    for _ in range(_LIST):
        joint = _JOINT.match(text, at)
        following = joint and _NUMBER.match(text, joint.end())
        part = following and _part(text, following)
        if not following or not part:
            return None
        if part.unit or part.magnitude != 1:
            number = Decimal(text[start : match.end()].replace("，", ""))
            return Quantity(
                start=start, end=match.end(), value=number * part.magnitude, value_high=None,
                unit=part.unit.name if part.unit else None, unit_kind=part.unit.kind if part.unit else "bare",
                more=False, printed=match[0].replace("，", ""), magnitude=part.magnitude,
            )  # fmt: skip
        at = following.end()
    return None


def _part(text: str, match: re.Match[str]) -> _Part | None:
    start, end = match.span()
    if end - start > _DIGITS:
        return None
    tail = _TAIL.match(text, end)
    more = bool(tail and (tail[1] or tail[2] or tail[4]))
    name = (tail and tail[3]) or ""
    end = tail.end() if tail else end
    digits = match[0].replace("，", "")
    half = _AND_A_HALF.match(text, end)
    if half:  # 2个半小时
        hours = Unit(half[1] if half[1] == "小时" else f"个{half[1]}", "time", "")
        return _Part(start, half.end(), Decimal(digits) + Decimal("0.5"), digits, 1, more, hours)
    unit, after = unit_at(text, end)
    if unit and unit.name == "个" and "." in digits and "个百分点" in text[after : after + _NEAR]:
        unit = Unit("个百分点", "points", "")  # 高于全国1.3个、全省0.5个百分点
    if text.startswith("人口", end):  # the noun counted stands for the unit, and is no part of the quantity
        after = end
    return _Part(start, after, Decimal(digits), digits, _MAGNITUDES.get(name, 1), more, unit)


def unit_at(text: str, at: int) -> tuple[Unit | None, int]:
    """The unit that stands at `at` and where it ends; a rate (`元/人`) is one unit."""
    for spelling, unit in units().get(text[at : at + 1], ()):
        end = at + len(spelling)
        if not text.startswith(spelling, at):
            continue
        after = text[end : end + 1]
        if after and after in unit.not_before:
            continue
        if _LETTER.match(spelling[-1]) and _LETTER.match(after):
            continue
        below = _denominator(text, end) if unit.kind != "noun" else ""
        if below:
            name = f"{unit.name}/{below.lstrip('/每')}"
            return Unit(name, "measure", ""), end + len(below)
        other = _OR_OTHER.match(text, end) if unit.kind in ("count", "measure", "person") else None
        if other and any(other[1] == name for name, _ in units().get(other[1][0], ())):
            return Unit(spelling + other[0], unit.kind, ""), other.end()
        return unit, end
    return None, at


def _denominator(text: str, at: int) -> str:
    """`/万元`, or in words `每秒`, with what it begins with; an empty string where no rate stands."""
    if text[at : at + 1] not in ("/", "每"):
        return ""
    for name in denominators():
        if text.startswith(name, at + 1) and (text[at] == "/" or _SECOND.match(text, at + 1 + len(name))):
            return text[at : at + 1 + len(name)]
    return ""


def _upper(text: str, low: _Part) -> _Part | None:
    """The upper end of a range: `3～5年`, `10%—12%`, `8000万至1亿元`; both ends need one unit."""
    dash = _DASH.match(text, low.end)
    match = dash and _NUMBER.match(text, dash.end())
    if not match:
        return None
    high = _part(text, match)
    if high is None or (high.unit is None and high.magnitude == 1):
        return None
    if low.unit and (high.unit is None or high.unit.name != low.unit.name):
        return None
    scale = low.magnitude if low.magnitude != 1 or low.unit else high.magnitude
    return high if low.number * scale < high.number * high.magnitude else None


def _negative(text: str, start: int) -> bool:
    """A minus sign, not a dash between two things."""
    if start == 0 or text[start - 1] != "-":
        return False
    before = text[start - 2 : start - 1]
    return not before or not ((before.isascii() and before.isalnum()) or before in "）”%年月日—-")
