"""What people type, as the values of facts: numbers, periods, dates, lists. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from cunzhao.ledger.periods import days_of

_MAGNITUDES = {
    "": 0,
    "百": 2,
    "千": 3,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_NUMBER = re.compile(r"([-−]?(?:\d+(?:,\d{3})*|\d*)(?:\.\d+)?)\s*(万亿|千亿|百亿|千万|百万|亿|万|千|百|)")
_LIST = re.compile(r"[、，,；;\n]+")
_POINT = r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?|-Q[1-4])?"
_PERIOD = re.compile(rf"(?:\.\.)?{_POINT}|{_POINT}/{_POINT}", re.ASCII)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_RANGE = r"\s*[-—–~～至到]+\s*"

Parsed = Any  # the value, or a `Wrong`


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why what was typed is no value of the field."""

    zh: str
    en: str


def one_line(text: str) -> Parsed:
    return " ".join(text.split())


def listed(text: str) -> Parsed:
    return list(dict.fromkeys(" ".join(p.split()) for p in _LIST.split(text) if p.strip()))


def number(text: str) -> int | float | Wrong:
    """`351.8亿` -> 35180000000; whole numbers are integers, as everywhere in facts."""
    plain = unicodedata.normalize("NFKC", text).replace("，", ",").replace(" ", "")
    found = _NUMBER.fullmatch(plain)
    wrong = Wrong(f"“{text}”不是数字，请写成 351.8亿、57万 或 1286", f"{text!r} is no number")
    if not found:
        return wrong
    try:
        value = Decimal(found[1].replace(",", "").replace("−", "-")).scaleb(_MAGNITUDES[found[2]])
    except InvalidOperation:
        return wrong
    if abs(value) >= Decimal(10) ** 30:
        return Wrong("数字太大", "too large a number")
    return int(value) if value == value.to_integral_value() else float(value)


def number_typed(value: Decimal) -> str:
    for name, power in (("亿", 8), ("万", 4)):
        scaled = value.scaleb(-power)
        if abs(scaled) >= 1 and scaled == round(scaled, 4):
            value, magnitude = scaled.normalize(), name
            return f"{value:f}{magnitude}"
    return f"{value:f}"


def period(text: str) -> str | Wrong:
    """A period as the guide writes it, or as people do: `2018年前三季度` -> `2018-Q1/2018-Q3`."""
    plain = _in_words(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not _PERIOD.fullmatch(plain):
        return Wrong(
            f"看不懂时期“{text}”，请写成 2018、2018-11、2018-Q1 或 2016/2020", f"no period: {text!r}"
        )
    start, slash, end = plain.partition("/")
    if slash and end < start:
        return Wrong("时期的终点在起点之前", "the period ends before it begins")
    if not days_of(plain):
        return Wrong(f"没有“{text}”这一天", f"there is no such day: {text!r}")
    return plain


def _in_words(text: str) -> str:
    """What is said with 年, 月, 季度 in the guide's form; anything else as it is."""
    for form, say in _SAYINGS:
        if found := form.fullmatch(text):
            return say(found)
    return text


def _two(digits: str) -> str:
    return digits.zfill(2)


_SAYINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:截至|截止|到)(.+?)(?:底|末)?"), lambda m: ".." + _in_words(m[1]).removeprefix("..")),
    (re.compile(r"(\d{4})年?(?:全年|度)?"), lambda m: m[1]),
    (re.compile(r"(\d{4})[年/.](\d{1,2})月?"), lambda m: f"{m[1]}-{_two(m[2])}"),
    (
        re.compile(r"(\d{4})[年/.](\d{1,2})[月/.](\d{1,2})日?"),
        lambda m: f"{m[1]}-{_two(m[2])}-{_two(m[3])}",
    ),
    (re.compile(r"(\d{4})-(\d)"), lambda m: f"{m[1]}-{_two(m[2])}"),
    (
        re.compile(r"(\d{4})年第?([一二三四1-4])季度"),
        lambda m: f"{m[1]}-Q{_QUARTERS.get(m[2], m[2])}",
    ),
    (re.compile(r"(\d{4})年前三季度"), lambda m: f"{m[1]}-Q1/{m[1]}-Q3"),
    (re.compile(r"(\d{4})年上半年"), lambda m: f"{m[1]}-01/{m[1]}-06"),
    (re.compile(r"(\d{4})年下半年"), lambda m: f"{m[1]}-07/{m[1]}-12"),
    (
        re.compile(rf"(\d{{4}})年(\d{{1,2}})月?{_RANGE}(\d{{1,2}})月"),
        lambda m: f"{m[1]}-{_two(m[2])}/{m[1]}-{_two(m[3])}",
    ),
    (re.compile(rf"(\d{{4}})年?{_RANGE}(\d{{4}})年?"), lambda m: f"{m[1]}/{m[2]}"),
)


def day(text: str) -> Parsed:
    plain = _in_words(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if _DATE.fullmatch(plain) and days_of(plain):
        return plain
    return Wrong(f"看不懂日期“{text}”，请写成 2018、2018-11 或 2018-11-03", f"no date: {text!r}")
