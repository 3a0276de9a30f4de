"""A number in a cell of a table: sign, thousands separators, range, bound, and the unit if printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cunzhao.extract.figures.tablehead import read_unit
from cunzhao.extract.types import Comparator

_N = r"[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_BOUNDS: tuple[tuple[Comparator, str], ...] = (
    (">=", r"≥|>=|大于等于|不低于|不少于|不小于|至少"),
    ("<=", r"≤|<=|小于等于|不超过|不高于|不大于|控制在"),
    (">", r">|大于|高于|超过?|突破|逾"),
    ("<", r"<|小于|低于|不足|不到"),
    ("~", r"约|近|大约|≈"),
)
_AFTER: tuple[tuple[Comparator, str], ...] = (
    (">=", r"及?以上"), ("<=", r"及?以下|以内|之内"), ("~", r"左右|上下"), (">", r"余|多"),
)  # fmt: skip
_CELL = re.compile(
    r"[〔\[【（“]?(?:(?P<grow>同?比?增长|上升|提高|[+↑])|(?P<fall>同?比?下降|减少|降低|回落|↓))?"
    rf"(?P<bound>{'|'.join(words for _, words in _BOUNDS)})?[¥￥$]?"
    rf"(?P<number>-?(?:{_N}))(?:(?:～|——?|-|至)(?P<high>{_N}))?(?P<unit>[^0-9\n]{{0,10}}?)"
    rf"(?P<after>{'|'.join(words for _, words in _AFTER)})?[〕\]】）”]?(?:\[[0-9]{{1,2}}\]|[①-⑳]|[*＊†])*"
)
_SIZE = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
_LONGEST = 16  # digits; more are a code
_EMPTY = re.compile(r"[-—–－.…·/\\*×xX无]*|暂无|不详|保密|空")


@dataclass(frozen=True, slots=True)
class Value:
    start: int  # in the cell's text: number with its unit
    end: int
    number: Decimal
    high: Decimal | None
    comparator: Comparator
    unit: str | None  # as printed in the cell
    magnitude: int  # likewise; 1 where the cell has none
    printed: str
    growth: bool  # 增长8.5%
    falls: bool


def is_empty(text: str) -> bool:
    """`—`, `…`, `/`: a cell that says there is nothing to say."""
    return bool(_EMPTY.fullmatch(text))


def read_value(text: str) -> Value | None:
    """The number a cell consists of; None where it says something else (a date, a code, a sentence)."""
    match = _CELL.fullmatch(text) if len(text) <= 40 else None
    if not match:
        return None
    digits = match["number"].replace("，", "")
    plain = digits.lstrip("-")
    if len(plain) > _LONGEST or (plain[0] == "0" and plain[1:2].isdigit()):
        return None
    unit, magnitude = None, 1
    if match["unit"]:
        magnitude = _SIZE.get(match["unit"], 0)
        known = None if magnitude else read_unit(match["unit"])
        if known:
            unit, magnitude = known
        elif not magnitude:
            return None
    number = Decimal(digits)
    high = Decimal(match["high"].replace("，", "")) if match["high"] else None
    if high is not None and high <= number:
        return None
    return Value(
        start=match.start("number"),
        end=match.end("unit"),
        number=-number if match["fall"] and number > 0 else number,
        high=high,
        comparator=_comparator(match),
        unit=unit,
        magnitude=magnitude,
        printed=plain,
        growth=bool(match["fall"] or (match["grow"] and match["grow"] not in ("+", "↑"))),
        falls=bool(match["fall"]),
    )


def _comparator(match: re.Match[str]) -> Comparator:
    for words, told in ((_BOUNDS, match["bound"]), (_AFTER, match["after"])):
        if told:
            return next(sign for sign, pattern in words if re.fullmatch(pattern, told))
    return "="
