"""Levels of headings: 1 the title; below it as the document nests its kinds of number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.read.structure.headings import Candidate
from cunzhao.read.structure.numbering import CHAPTER, LETTER, SECTION, TITLE
from cunzhao.read.structure.titles import is_outer, is_question
from cunzhao.read.types import Heading

_BELOW = LETTER + 1  # an unnumbered heading that stands inside a numbered section
_QUESTION = LETTER + 2  # `钱从哪里来，人往哪里去？`: the questions of an interview


@dataclass(slots=True)
class _Open:
    """A heading under which we stand."""

    rank: float
    level: int
    style: int | None


def nest(found: Sequence[Candidate]) -> list[Heading]:
    """The headings with their levels. A kind of number closes all headings of its rank and below it."""
    stack: list[_Open] = []
    out = []
    ranks = _ranks(found)
    for c, rank in zip(found, ranks, strict=True):
        while stack and _closes(stack[-1], rank, c.style):
            stack.pop()
        level = 1 if c.is_title else (stack[-1].level + 1 if stack else 2)
        stack.append(_Open(rank, level, c.style))
        number = c.number.printed if c.number else None
        spoken = is_question(c.title)
        out.append(
            Heading(
                level=level,
                number=number,
                title=c.title,
                start=c.start,
                end=c.end,
                run_in=c.run_in,
                spoken=spoken,
            )
        )
    return out


def _closes(top: _Open, rank: float, style: int | None) -> bool:
    if style is not None and top.style is not None and TITLE not in (rank, top.rank):
        return top.style >= style
    return top.rank >= rank


def _ranks(found: Sequence[Candidate]) -> list[float]:
    """For each heading its rank: of the numbered as its part of the document nests them, of the others as
    they stand."""
    out: list[float] = []
    numbered = _number_ranks(found)
    inside = _inside_sections(found)
    boxes = any(c.boxed for c in found)
    articles = any(c.opens for c in found)
    chapters = max((numbered[k] for k in numbered if _heads_article(found, k)), default=0.0)
    sections = False  # whether unnumbered headings come in pairs: chapter, section
    for i, c in enumerate(found):
        rank: float
        if c.is_title:
            rank = TITLE
        elif c.number:
            rank = numbered[i]
        elif c.run_in:
            rank = _BELOW
        elif c.boxed:
            rank = CHAPTER
        elif is_outer(c.title) and not articles:
            rank = min((numbered[k] for k, other in enumerate(found) if other.number), default=CHAPTER)
        elif c.opens and chapters:
            rank = chapters + 0.5
        elif inside[i] and not c.opens:
            rank = _BELOW
        else:
            rank = _unnumbered_rank(found, i, sections or boxes, articles)
        sections = sections or rank == SECTION
        out.append(rank)
    return out


def _heads_article(found: Sequence[Candidate], k: int) -> bool:
    """Whether a numbered heading is a chapter of articles: the title of the first stands right below."""
    below = found[k + 1] if k + 1 < len(found) else None
    return below is not None and below.opens and not found[k].run_in and below.block == found[k].block + 1


def _unnumbered_rank(found: Sequence[Candidate], i: int, sections: bool, articles: bool) -> int:
    c = found[i]
    if c.question:
        return _QUESTION
    following = found[i + 1] if i + 1 < len(found) else None
    if following and _is_plain(following) and following.block == c.block + 1 and not following.boxed:
        return CHAPTER
    before = found[i - 1] if i else None
    if before and _is_plain(before) and before.block == c.block - 1:
        return SECTION
    if articles and not c.opens:
        return _BELOW
    return SECTION if sections else CHAPTER


def _is_plain(c: Candidate) -> bool:
    return c.number is None and not c.is_title and not c.question and not c.run_in


def _inside_sections(found: Sequence[Candidate]) -> list[bool]:
    """For each: whether it has no number and the numbers behind it go on from those before it."""
    seen, goes_on = [], False
    for c in reversed(found):
        seen.append(_is_plain(c) and goes_on)
        if c.number or c.is_title:
            goes_on = c.number is not None and c.number.ordinal > 1
    first = next((i for i, c in enumerate(found) if c.number), len(found))
    return [inside and i > first for i, inside in enumerate(reversed(seen))]


def _number_ranks(found: Sequence[Candidate]) -> dict[int, float]:
    """The ranks of the numbered headings, part by part of the document (a part begins with a title or an
    unnumbered heading)."""
    ranks: dict[int, float] = {}
    part: list[int] = []
    for i, c in enumerate(found):
        if c.number:
            part.append(i)
        elif c.is_title or c.opens:
            ranks |= _part_ranks(found, part)
            part = []
    return ranks | _part_ranks(found, part)


def _part_ranks(found: Sequence[Candidate], part: Sequence[int]) -> dict[int, float]:
    """The usual order of the kinds, but `1.` above `（一）` where that begins anew behind each."""
    seen = [(number.rank, number.ordinal) for k in part if (number := found[k].number)]
    order = sorted({rank for rank, _ in seen})
    for upper in order[1:]:
        for lower in order[: order.index(upper)]:
            if _holds(seen, upper, lower):
                order.remove(upper)
                order.insert(order.index(lower), upper)
                break
    kinds = sorted(order)
    as_rank = dict(zip(order, kinds, strict=True))
    return {k: as_rank[number.rank] for k in part if (number := found[k].number)}


def _holds(seen: Sequence[tuple[int, int]], upper: int, lower: int) -> bool:
    """Whether, against the usual order, `lower` is counted from 1 between two consecutive `upper`, which
    comes first."""
    usual = min(upper, lower)
    last, held, held_any, first = 0, False, False, 0
    for rank, number in seen:
        if rank < usual:
            last, held, first = 0, False, 0
        elif rank == upper:
            first = first or upper
            if held and number == last + 1 and first == upper:
                held_any = True
            last, held = number, False
        elif rank == lower:
            if not first:
                first = lower
            held = held or (number == 1 and last > 0)
    return held_any
