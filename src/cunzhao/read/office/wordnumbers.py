"""Numbers that Word writes before paragraphs by itself (一、 （一） 1. ①): they stand in no run of the text.

Source: ECMA-376 part 1, 17.9 (w:numbering, w:abstractNum, w:lvl).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cunzhao.read.office.packages import whole
from cunzhao.read.office.wordforms import written
from cunzhao.read.office.wordstyles import Styles, value_of
from cunzhao.read.office.wordtext import W, is_on

_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # ST_NumberFormat
    pattern: str  # "%1、", "（%2）"
    start: int
    restart: int | None  # begins again after a paragraph of a level above this one (0: never)
    legal: bool  # all numbers in Arabic digits
    style: str | None  # paragraphs of this style stand at this level
    close: bool  # no room between number and text


@dataclass(frozen=True, slots=True)
class _List:
    """What a w:num refers to."""

    counts: str  # w:abstractNumId: lists of one definition count on together
    levels: dict[int, _Level]
    starts: dict[int, int]  # levels at which the list begins again, and where


class Numbering:
    """The numbering of one document; `label` is asked for its paragraphs in order."""

    def __init__(self, numbering: Any | None, styles: Styles) -> None:
        """`numbering` is the w:numbering element, None where the document has none."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._learn(numbering)

    def label(self, paragraph: Any) -> str | None:
        """What Word shows before this w:p: `（二）`; "" where it shows a bullet, None where it is no item."""
        number, level = self._reference(paragraph)
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return None
        counts = self._counts.setdefault(found.counts, {})
        start = found.starts.get(level)
        if start is not None and (number, level) not in self._begun:
            counts[level] = start - 1
        self._begun.add((number, level))
        counts[level] = counts.get(level, found.levels[level].start - 1) + 1
        for deeper in [k for k in counts if k > level]:
            known = found.levels.get(deeper)
            if level < (deeper if known is None or known.restart is None else known.restart):
                del counts[deeper]
        return _shown(found.levels, level, counts)

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """(w:numId, level) of a paragraph, its own or those of its style; ("", 0) without."""
        number: str | None = None
        level: str | None = None
        styles = self._styles.chain(paragraph)
        for holder in (paragraph, *styles):
            properties = holder.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            level = level or value_of(properties, "ilvl")
            number = value_of(properties, "numId")
            if number is not None:
                break
        found = self._lists.get(number or "")
        if found is not None and level is None:
            names = [style.get(f"{W}styleId") for style in styles]
            return number or "", next((k for k, known in found.levels.items() if known.style in names), 0)
        return number or "", whole(level) or 0

    def _learn(self, numbering: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId", ""): a for a in numbering.iterfind(f"{W}abstractNum")}
        lists = {num.get(f"{W}numId", ""): num for num in numbering.iterfind(f"{W}num")}
        for number, num in lists.items():
            abstract = value_of(num, "abstractNumId") or ""
            link = value_of(abstracts[abstract], "numStyleLink") if abstract in abstracts else None
            if link:  # the definition stands in a style of lists
                linked = lists.get(self._styles.number_of(link) or "")
                abstract = (value_of(linked, "abstractNumId") if linked is not None else None) or abstract
            if abstract not in abstracts:
                continue
            levels = _levels(abstracts[abstract])
            starts: dict[int, int] = {}
            for override in num.iterfind(f"{W}lvlOverride"):
                level, start = (
                    whole(override.get(f"{W}ilvl", "0")),
                    whole(value_of(override, "startOverride")),
                )
                levels.update(_levels(override))
                if start is not None and level is not None:
                    starts[level] = start
            self._lists[number] = _List(abstract, levels, starts)


def _levels(holder: Any) -> dict[int, _Level]:
    numbered = ((whole(x.get(f"{W}ilvl", "0")), x) for x in holder.iterfind(f"{W}lvl"))
    return {k: _level(x) for k, x in numbered if k is not None and k < _DEEPEST}


def _level(element: Any) -> _Level:
    # Newer formats (`custom`) stand in an mc:Choice, with one that all programs know as fallback.
    forms = (x.get(f"{W}val", "decimal") for x in element.iter(f"{W}numFmt"))
    start = whole(value_of(element, "start"))
    return _Level(
        form=next((form for form in forms if form != "custom"), "decimal"),
        pattern=value_of(element, "lvlText") or "",
        start=1 if start is None else start,
        restart=whole(value_of(element, "lvlRestart")),
        legal=is_on(element, "isLgl"),
        style=value_of(element, "pStyle"),
        close=value_of(element, "suff") == "nothing",
    )


def _shown(levels: dict[int, _Level], level: int, counts: dict[int, int]) -> str:
    own = levels[level]
    if own.form in ("bullet", "none") and "%" not in own.pattern:
        return ""

    def number(match: re.Match[str]) -> str:
        k = int(match[1]) - 1
        form = levels[k].form if k in levels and not own.legal else "decimal"
        return "" if form == "none" else written(counts.get(k, levels[k].start if k in levels else 1), form)

    label = re.sub(r"%([1-9])", number, own.pattern)
    spelled = label[-1:].isdecimal() or (label[-1:].isalpha() and not own.close)
    return f"{label} " if spelled else label  # 第一条 总则, 1.1 范围; but 一、总则, ①总则
