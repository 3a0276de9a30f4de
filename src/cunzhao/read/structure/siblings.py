"""Numbered items count, and the items of one list are alike: which numbered candidates are headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cunzhao.read.structure.headings import Candidate
from cunzhao.read.structure.numbering import ARABIC, ARTICLE, FIRSTLY, LETTER, ORDINAL
from cunzhao.read.types import Block

_MOST_LOST = 2  # numbers that may be missing between two siblings


@dataclass(slots=True)
class _List:
    """Numbered items that count on."""

    items: list[Candidate] = field(default_factory=list)
    last: int = 0


def among_siblings(text: str, blocks: Sequence[Block], found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the numbered ones that are out of sequence or mere items of an enumeration."""
    lists: list[_List] = []
    latest: dict[int, _List] = {}
    of: dict[int, _List] = {}
    for k, c in enumerate(found):
        if c.is_title:
            latest.clear()
        if c.number is None:
            continue
        current = latest.get(c.number.rank)
        if current is None or not current.last < c.number.ordinal <= current.last + _MOST_LOST:
            if _is_stray(c, current):
                continue
            current = latest[c.number.rank] = _List()
            lists.append(current)
        current.items.append(c)
        current.last = c.number.ordinal
        of[k] = current
    kept = {id(each): _are_headings(text, blocks, each.items) for each in lists}
    dotted = any(c.number and ARABIC < c.number.rank < ARABIC + 5 and c.fits for c in found)
    return [
        c
        for k, c in enumerate(found)
        if c.number is None
        or (
            k in of
            and c.fits
            and kept[id(of[k])]
            and (not c.number.spaced or dotted or c.number.rank != ARABIC)
        )
    ]


def _is_stray(c: Candidate, current: _List | None) -> bool:
    """Whether it neither begins a list nor goes on with one: `7.5级地震`, `第三条` quoted."""
    if c.style is not None or c.number is None or c.number.ordinal == 1:
        return False
    first = current is None
    if c.number.rank == ARTICLE:
        return not first or (c.number.ordinal > 1 and not c.title)
    return c.run_in or c.number.rank >= ARABIC or c.number.spaced or not c.fits


def _are_headings(text: str, blocks: Sequence[Block], items: Sequence[Candidate]) -> bool:
    if any(c.style is not None for c in items):
        return True
    number = items[0].number
    assert number is not None
    fitting = sum(c.fits for c in items)
    if fitting * 2 <= len(items) and fitting < len(items):
        return False
    if number.rank in (FIRSTLY, ORDINAL, LETTER) or number.spaced:
        return len(items) > 1
    return not _is_enumeration(text, blocks, items)


def _is_enumeration(text: str, blocks: Sequence[Block], items: Sequence[Candidate]) -> bool:
    """Short lines below each other with nothing of their own between: names, not headings."""
    number = items[0].number
    if number is None or number.rank < ARABIC or len(items) < 2 or any(c.run_in for c in items):
        return False
    if any(b.block - a.block != 1 for a, b in pairwise(items)):
        return False
    after = items[-1].block + 1
    below = blocks[after] if after < len(blocks) else None
    return below is None or not _is_text(text[below.start : below.end])


def _is_text(body: str) -> bool:
    return len(body) > 40 or "。" in body
