"""Numbers that Word writes before paragraphs by itself (一、 （一） 1. ①): they stand in no run of the text.

Source: ECMA-376 part 1, 17.9 (w:numbering, w:abstractNum, w:lvl) and 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    )
)
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # ST_NumberFormat
    pattern: str  # "%1、", "（%2）"
    start: int


class Numbering:
    """The numbering of one document; `label` is asked for its paragraphs in order."""

    def __init__(self, numbering: Any | None) -> None:
        """`numbering` is the w:numbering element, None where the document has none."""
        self._levels: dict[str, dict[int, _Level]] = {}  # by w:abstractNumId
        self._lists: dict[str, str] = {}  # w:numId -> w:abstractNumId
        self._restarts: dict[str, dict[int, int]] = {}  # w:numId -> level -> start
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._learn(numbering)

    def label(self, paragraph: Any, styles: Mapping[str, Any]) -> str:
        """What Word shows before this w:p: `（二）`; empty where it is not numbered or has a bullet.

        `styles`: w:styleId -> w:style element.
        """
        number, level = _reference(paragraph, styles)
        abstract = self._lists.get(number)
        known = self._levels.get(abstract or "", {})
        if abstract is None or level not in known:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.get(number, {}).get(level)
        if restart is not None and (number, level) not in self._begun:
            counts[level] = restart - 1
        self._begun.add((number, level))
        counts[level] = counts.get(level, known[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        return _shown(known, level, counts)

    def _learn(self, numbering: Any) -> None:
        for abstract in numbering.iterfind(f"{_W}abstractNum"):
            levels = {int(x.get(f"{_W}ilvl", "0")): _level(x) for x in abstract.iterfind(f"{_W}lvl")}
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for num in numbering.iterfind(f"{_W}num"):
            number = num.get(f"{_W}numId", "")
            self._lists[number] = _value(num, "abstractNumId") or ""
            for override in num.iterfind(f"{_W}lvlOverride"):
                start = _value(override, "startOverride")
                if start and start.isdigit():
                    level = int(override.get(f"{_W}ilvl", "0"))
                    self._restarts.setdefault(number, {})[level] = int(start)


def _level(element: Any) -> _Level:
    start = _value(element, "start") or "1"
    return _Level(
        form=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText") or "",
        start=int(start) if start.isdigit() else 1,
    )


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def _reference(paragraph: Any, styles: Mapping[str, Any]) -> tuple[str, int]:
    """(w:numId, level) of a paragraph, its own or that of its style; ("", 0) without."""
    holder, seen = paragraph, 0
    while holder is not None and seen < 20:
        properties = holder.find(f"{_W}pPr")
        found = properties.find(f"{_W}numPr") if properties is not None else None
        if found is not None:
            level = _value(found, "ilvl") or "0"
            return _value(found, "numId") or "", int(level) if level.isdigit() else 0
        own = _value(properties, "pStyle") if seen == 0 and properties is not None else None
        based = _value(holder, "basedOn") if seen else None
        holder, seen = styles.get(own or based or ""), seen + 1
    return "", 0


def _shown(levels: Mapping[int, _Level], level: int, counts: Mapping[int, int]) -> str:
    if levels[level].form in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        k = int(match[1]) - 1
        form = levels[k].form if k in levels else "decimal"
        return written(counts.get(k, levels[k].start if k in levels else 1), form)

    label = re.sub(r"%([1-9])", number, levels[level].pattern)
    return f"{label} " if label[-1:].isalnum() and label[-1:].isascii() else label


def written(number: int, form: str) -> str:
    """`number` in a format of Word: (12, "chineseCounting") -> 十二, (3, "decimalEnclosedCircle") -> ③."""
    if form in _CHINESE:
        return chinese(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if form == "lowerLetter" else "A") + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 40:
        roman = (
            "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        )
        return roman if form == "lowerRoman" else roman.upper()
    return str(number)


def chinese(number: int) -> str:
    """1 -> 一, 10 -> 十, 21 -> 二十一, 105 -> 一百零五; larger than 999 in Arabic digits."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")
