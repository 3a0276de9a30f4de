"""A text with overlapping facts, cut so that it can be shown: pure functions over code points.

Facts nest and overlap; HTML elements do not. So the text is cut at every boundary, and each segment says
which facts cover it. The segments' texts, joined, are the document's text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Literal

from cunzhao.extract.types import Fact, Reason, Span
from cunzhao.read.types import BlockKind, Cell, Document, Table

Range = tuple[int, int]
PieceKind = BlockKind | Literal["gap"]

OWN_WORDS = 20  # a fact of so few characters is read at a glance; of a whole task each field has its place


def place_of(at: str) -> Range | None:
    """ "120-126" -> (120, 126); anything else is no place."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", at, re.ASCII)
    return (int(found[1]), int(found[2])) if found and int(found[1]) < int(found[2]) else None


def grounds(fact: Fact) -> list[Reason]:
    """What is worth telling of where a fact was read from: not its own few words (the unit of `45亿元`)."""
    short = len(fact.span.quote) <= OWN_WORDS
    return [why for why in fact.why if not (short and why.span and _inside(why.span, fact.span))]


def _inside(a: Span, b: Span) -> bool:
    return b.start <= a.start and a.end <= b.end


@dataclass(frozen=True, slots=True)
class Segment:
    start: int
    end: int
    text: str
    facts: tuple[int, ...]  # indexes of the facts that cover it, the longest first
    at: bool  # inside the place that was asked for
    first: bool  # the place that was asked for begins here
    anchor: bool  # something that can be linked to begins here


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a table with the mark that parts it from the next; of another block all that it says."""

    segments: tuple[Segment, ...]
    rows: int = 1  # how many it spans
    columns: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the text, or the white space between two blocks ("gap")."""

    kind: PieceKind
    level: int | None
    rows: tuple[tuple[Field, ...], ...]  # of a table: rows of cells; else one row with one field


def segments(
    text: str, spans: Sequence[Range], *, at: Range | None = None, cuts: Iterable[int] = ()
) -> tuple[Segment, ...]:
    """Cut `text` at every end of a span, of `at` and at `cuts`; joined, the segments are `text`.

    Spans are (start, end) within the text; empty ones and those outside it cover nothing.
    """
    size = len(text)
    ranges = [(s, e, n) for n, (s, e) in enumerate(spans) if 0 <= s < e <= size]
    anchors = set(cuts) | {s for s, _, _ in ranges}
    asked = at if at and 0 <= at[0] < at[1] <= size else None
    ends = {e for _, e, _ in ranges} | set(asked or ())
    bounds = sorted({0, size} | {c for c in anchors | ends if 0 < c < size})
    waiting = sorted(ranges, key=lambda r: (r[0], -r[1]))
    open_: list[tuple[int, int, int]] = []
    found = []
    taken = 0
    for start, end in pairwise(bounds):
        open_ = [r for r in open_ if r[1] > start]
        while taken < len(waiting) and waiting[taken][0] <= start:
            open_.append(waiting[taken])
            taken += 1
        covering = tuple(n for _, _, n in sorted(open_, key=lambda r: (r[0] - r[1], r[2])))
        inside = asked is not None and asked[0] <= start < asked[1]
        first = asked is not None and asked[0] == start
        found.append(Segment(start, end, text[start:end], covering, inside, first, start in anchors))
    return tuple(found)


def lay_out(
    document: Document, facts: Sequence[Fact], at: Range | None = None, within: Range | None = None
) -> tuple[Piece, ...]:
    """The document's text block by block, every fact marked. What lies between blocks is kept as "gap".

    A fact whose span does not hold in the text marks nothing. `within` leaves out the blocks that begin
    elsewhere.
    """
    text = document.text
    first, last = within or (0, len(text))
    seen = [f.span.start < last and f.span.end > first and f.span.holds_in(text) for f in facts]
    spans = [(f.span.start, f.span.end) if shown else (0, 0) for f, shown in zip(facts, seen, strict=True)]
    blocks = [block for block in _whole(document) if first <= block.start < last]
    tables = {(table.start, table.end): table for table in document.tables}
    grids = [_grid(text, block, tables.get((block.start, block.end))) for block in blocks]
    cuts = {place for grid in grids for row in grid for cell in row for place in (cell.start, cell.end)}
    cuts |= {end for heading in document.outline for end in (heading.start, heading.end)}
    cuts |= {
        end
        for fact, shown in zip(facts, seen, strict=True)
        if shown
        for why in grounds(fact)
        if why.span
        for end in (why.span.start, why.span.end)
    }
    cut = segments(text, spans, at=at, cuts=cuts)
    starts = [segment.start for segment in cut]

    def field(cell: Cell) -> Field:
        within = cut[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        return Field(within, max(cell.rows, 1), max(cell.columns, 1), cell.header)

    return tuple(
        Piece(block.kind, block.level, tuple(tuple(map(field, row)) for row in grid))
        for block, grid in zip(blocks, grids, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    kind: PieceKind
    level: int | None
    start: int
    end: int


def _whole(document: Document) -> list[_Stretch]:
    """The blocks in order, and what they leave out between them, so that nothing of the text is lost."""
    whole: list[_Stretch] = []
    reached = 0
    for block in sorted(document.blocks, key=lambda b: (b.start, b.end)):
        start, end = max(block.start, reached), min(block.end, len(document.text))
        if start >= end:
            continue
        if start > reached:
            whole.append(_between(document.text, reached, start))
        whole.append(_Stretch(block.kind, block.level, start, end))
        reached = end
    if reached < len(document.text):
        whole.append(_between(document.text, reached, len(document.text)))
    return whole


def _between(text: str, start: int, end: int) -> _Stretch:
    """White space between blocks is a "gap", shown as nothing; anything else is shown as a paragraph."""
    return _Stretch("gap" if text[start:end].isspace() else "paragraph", None, start, end)


def _grid(text: str, block: _Stretch, table: Table | None) -> list[list[Cell]]:
    """Rows of cells that together are the block; of what is no table one cell."""
    if block.kind != "table":
        return [[Cell(row=0, column=0, start=block.start, end=block.end)]]
    return _told(table) if table and table.cells else _parted(text, block)


def _told(table: Table) -> list[list[Cell]]:
    """The cells of a table, each with what stands between it and the next."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    begins = [table.start, *(min(max(c.start, table.start), table.end) for c in cells[1:]), table.end]
    begins = list(accumulate(begins, max))
    rows: dict[int, list[Cell]] = {}
    for cell, (start, end) in zip(cells, pairwise(begins), strict=True):
        rows.setdefault(cell.row, []).append(replace(cell, start=start, end=end))
    return list(rows.values())


def _parted(text: str, block: _Stretch) -> list[list[Cell]]:
    """Where nothing is told of a table: rows end at a line feed, cells at a tab, the mark itself included."""
    rows: list[list[Cell]] = [[]]
    start = block.start
    for i in range(block.start, block.end):
        if text[i] in "\t\n" or i == block.end - 1:
            rows[-1].append(Cell(row=len(rows) - 1, column=len(rows[-1]), start=start, end=i + 1))
            start = i + 1
            if text[i] == "\n":
                rows.append([])
    return [row for row in rows if row]
