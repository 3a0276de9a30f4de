"""Heading numbers: GB/T 9704 (一、 （一） 1. （1）), GB/T 1.1 (1.1), 章节条, ①, 一是, A., Ⅱ."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "一二三四五六七八九十百零〇"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_D = "[0-9０-９]"
_G = "[ \\t\u3000\u00a0]"  # a gap within a line
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"编": 3, "篇": 3, "部分": 4, "章": 5, "节": 6, "条": 7}

# Ranks of the kinds of number: a smaller rank stands above a larger one.
TITLE, CHAPTER, SECTION = 0, 1, 2  # unnumbered
ARTICLE = 7  # 第一条
COMMA, BRACKETS, ARABIC, ARABIC_BRACKETS, CIRCLE, FIRSTLY, ORDINAL = 8, 9, 10, 15, 16, 17, 18
LETTER = 19
_DOTTED, _UNIT = -2, -1


@dataclass(frozen=True, slots=True)
class Number:
    printed: str  # as the outline shows it: "一", "（二）", "1", "1.2", "第三章", "①", "一是"
    rank: int
    ordinal: int  # 三 -> 3; of "1.2" the last, 2
    length: int  # characters up to where the title begins
    spaced: bool = False  # parted from the title by white space alone: "1　引言"


_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"(第{_G}*([{_HAN}\d]{{1,5}}){_G}*(编|篇|部分|章|节))[\s　、：:]*"), _UNIT),
    (re.compile(rf"(第{_G}*([{_HAN}\d]{{1,5}}){_G}*(条))(?:[\s　：:、]+|(?=[【（(])|$)"), _UNIT),
    (re.compile(rf"(([{_HAN}]{{1,4}}|[{_FORMAL}]{{1,3}})){_G}*[、．.]\s*"), COMMA),
    (re.compile(rf"([（(]\s*([{_HAN}]{{1,4}})\s*[)）])[、．.]?\s*"), BRACKETS),
    (re.compile(r"(([㈠-㈩]))[、．.]?\s*"), BRACKETS),
    (
        re.compile(rf"((?:{_D}{{1,2}}[.．])+({_D}{{1,2}}))[、.．]?(?=\s|[^\d万亿元%％.．,，~～—\-])\s*"),
        _DOTTED,
    ),
    (re.compile(rf"(({_D}{{1,3}})){_G}*[、．.](?![0-9０-９])\s*"), ARABIC),
    (re.compile(r"(([⒈-⒛]))\s*"), ARABIC),
    (re.compile(r"([（(]\s*([0-9０-９]{1,3})\s*[)）])[、．.]?\s*"), ARABIC_BRACKETS),
    (re.compile(r"(([0-9０-９]{1,3}))[)）]\s*"), ARABIC_BRACKETS),
    (re.compile(r"(([⑴-⒇]))\s*"), ARABIC_BRACKETS),
    (re.compile(r"([【〔\[]\s*([0-9０-９]{1,2})\s*[】〕\]])\s*(?=[^\s\d])"), ARABIC),
    (re.compile(r"(([①-⑳]))\s*"), CIRCLE),
    (re.compile(rf"(([{_HAN}]{{1,3}})(?:是|要))(?![一二三四五六七八九十])[，,：:]?"), ORDINAL),
    (re.compile(r"(第([一二三四五六七八九十]{1,2}))[，,、：:]\s*"), FIRSTLY),
    (re.compile(rf"(([{_ROMAN}]|[IVX]{{1,5}}(?=[、．.])))[、．.]?\s*"), COMMA),
    (re.compile(r"(([A-H]))[、．.]\s*(?=[\u4e00-\u9fff])"), LETTER),
)
_SPACED: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"(({_D}{{1,2}})){_G}+(?=[\u4e00-\u9fff])"), ARABIC),
    (re.compile(rf"(([{_HAN}]{{1,3}})){_G}+(?=[\u4e00-\u9fff]{{2}})"), COMMA),
)
_ENCLOSED = (("①", 20), ("⑴", 20), ("⒈", 20), ("㈠", 10), ("Ⅰ", 12))  # the first of a run of signs, how many
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def number_at(text: str, *, spaced: bool = False) -> Number | None:
    """The heading number that `text` begins with, or None. Dates, sums and decimals are none.

    `spaced`: also one that only white space parts from what follows (`1　引言`), which may count things.

    >>> number_at("（二）重点任务").printed
    '（二）'
    """
    for form in (*_FORMS, *_SPACED) if spaced else _FORMS:
        pattern, rank = form
        found = pattern.match(text)
        if found:
            if rank == _UNIT:
                rank = _UNITS[found[3]]
            elif rank == _DOTTED:
                rank = ARABIC + len(re.findall(r"[.．]", found[1]))
            printed = "".join(found[1].split())
            return Number(printed, rank, ordinal(found[2]), found.end(), form in _SPACED)
    return None


def ordinal(printed: str) -> int:
    """一 -> 1, 二十三 -> 23, ③ -> 3, １２ -> 12, 贰 -> 2, IV -> 4, B -> 2; 0 where it is no number."""
    for first, count in _ENCLOSED:
        if len(printed) == 1 and 0 <= ord(printed) - ord(first) < count:
            return ord(printed) - ord(first) + 1
    if printed.isdecimal():
        return int(printed)
    if printed and all(c in _ROMAN_VALUES for c in printed):
        values = [_ROMAN_VALUES[c] for c in printed]
        return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    if len(printed) == 1 and "A" <= printed <= "H":
        return ord(printed) - ord("A") + 1
    return _written(printed.translate(str.maketrans(_FORMAL, "一二三四五六七八九十")))


def _written(printed: str) -> int:
    total, digit = 0, 0
    for c in printed:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        elif c in _DIGITS:
            digit = digit * 10 + _DIGITS[c] if digit and total == 0 else _DIGITS[c]
        else:
            return 0
    return total + digit
