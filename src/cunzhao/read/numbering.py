"""Heading numbers of Chinese documents: GB/T 9704 (一、 （一） 1. （1）), GB/T 1.1 (1.1), 章节条, ①, 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "一二三四五六七八九十百零〇"
_D = "[0-9０-９]"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"编": 4, "篇": 4, "部分": 4, "章": 5, "节": 6, "条": 7}

# Ranks of the kinds of number: a smaller rank stands above a larger one.
TITLE, CHAPTER, SECTION = 0, 1, 2  # unnumbered
COMMA, BRACKETS, ARABIC, ARABIC_BRACKETS, CIRCLE, ORDINAL = 8, 9, 10, 15, 16, 17


@dataclass(frozen=True, slots=True)
class Number:
    printed: str  # as the outline shows it: "一", "（二）", "1", "1.2", "第三章", "①", "一是"
    rank: int
    ordinal: int  # 三 -> 3; of "1.2" the last, 2
    length: int  # characters up to where the title begins


_FORMS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"(第([{_HAN}\d]{{1,5}})(编|篇|部分|章|节|条))[\s　、：:]*"), -1),
    (re.compile(rf"(([{_HAN}]{{1,4}}))[、．.]\s*"), COMMA),
    (re.compile(rf"([（(]\s*([{_HAN}]{{1,4}})\s*[)）])[、．.]?\s*"), BRACKETS),
    (re.compile(rf"((?:{_D}{{1,2}}[.．])+({_D}{{1,2}}))[、.．]?(?=\s|[^\d万亿元%％.．,，~～—\-])\s*"), -2),
    (re.compile(r"(([0-9０-９]{1,3}))\s*[、．.](?![0-9０-９])\s*"), ARABIC),
    (re.compile(r"([（(]\s*([0-9０-９]{1,3})\s*[)）])[、．.]?\s*"), ARABIC_BRACKETS),
    (re.compile(r"(([0-9０-９]{1,3}))[)）]\s*"), ARABIC_BRACKETS),
    (re.compile(r"(([①-⑳]))\s*"), CIRCLE),
    (re.compile(rf"(([{_HAN}]{{1,3}})(?:是|要))(?![一二三四五六七八九十])[，,：:]?"), ORDINAL),
    (re.compile(r"(第([一二三四五六七八九十]{1,2}))[，,、：:]\s*"), ORDINAL),
)


def number_at(text: str) -> Number | None:
    """The heading number that `text` begins with, or None. Dates, sums and decimals are none.

    >>> number_at("（二）重点任务").printed
    '（二）'
    """
    for pattern, rank in _FORMS:
        found = pattern.match(text)
        if found:
            if rank == -1:
                rank = _UNITS[found[3]]
            elif rank == -2:
                rank = ARABIC + len(re.findall(r"[.．]", found[1]))
            return Number(re.sub(r"\s", "", found[1]), rank, ordinal(found[2]), found.end())
    return None


def ordinal(printed: str) -> int:
    """一 -> 1, 二十三 -> 23, ③ -> 3, １２ -> 12; 0 where it is no number."""
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    if printed.isdecimal():
        return int(printed)
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
