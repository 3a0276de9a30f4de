"""Levels of headings: 1 the title; below it as the document nests its kinds of number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cunzhao.read.numbering import CHAPTER, ORDINAL, SECTION, TITLE, Number
from cunzhao.read.types import Heading

_BELOW = ORDINAL + 1  # an unnumbered heading that stands inside a numbered section
_QUESTION = ORDINAL + 2  # `钱从哪里来，人往哪里去？`: the questions of an interview


class Found(Protocol):
    """What `outline` hands in."""

    @property
    def block(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> Number | None: ...
    @property
    def run_in(self) -> bool: ...
    @property
    def is_title(self) -> bool: ...
    @property
    def style(self) -> int | None: ...
    @property
    def question(self) -> bool: ...


@dataclass(slots=True)
class _Open:
    """A heading under which we stand."""

    rank: int
    level: int
    style: int | None


def nest(found: Sequence[Found]) -> list[Heading]:
    """The headings with their levels. A kind of number closes all headings of its rank and below it."""
    stack: list[_Open] = []
    out = []
    sections = False  # whether unnumbered headings come in pairs: chapter, section
    inside = _inside_sections(found)
    for i, c in enumerate(found):
        rank = _BELOW if inside[i] else _rank(found, i, sections)
        sections = sections or rank == SECTION
        while stack and _closes(stack[-1], rank, c.style):
            stack.pop()
        level = 1 if c.is_title else (stack[-1].level + 1 if stack else 2)
        stack.append(_Open(rank, level, c.style))
        number = c.number.printed if c.number else None
        out.append(
            Heading(level=level, number=number, title=c.title, start=c.start, end=c.end, run_in=c.run_in)
        )
    return out


def _closes(top: _Open, rank: int, style: int | None) -> bool:
    if style is not None and top.style is not None and TITLE not in (rank, top.rank):
        return top.style >= style
    return top.rank >= rank


def _rank(found: Sequence[Found], i: int, sections: bool) -> int:
    c = found[i]
    if c.is_title:
        return TITLE
    if c.number:
        return c.number.rank
    following = found[i + 1] if i + 1 < len(found) else None
    if c.question:
        return _QUESTION
    if following and _is_plain(following) and following.block == c.block + 1:
        return CHAPTER
    before = found[i - 1] if i else None
    if before and _is_plain(before) and before.block == c.block - 1:
        return SECTION
    return SECTION if sections else CHAPTER


def _is_plain(c: Found) -> bool:
    return c.number is None and not c.is_title and not c.question


def _inside_sections(found: Sequence[Found]) -> list[bool]:
    """For each: whether it has no number and the numbers behind it go on from those before it."""
    seen, goes_on = [], False
    for c in reversed(found):
        seen.append(_is_plain(c) and goes_on)
        if c.number or c.is_title:
            goes_on = c.number is not None and c.number.ordinal > 1
    first = next((i for i, c in enumerate(found) if c.number), len(found))
    return [inside and i > first for i, inside in enumerate(reversed(seen))]
