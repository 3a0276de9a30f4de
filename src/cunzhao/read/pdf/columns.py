"""The order of reading on a page: columns are read one after the other, what spans them parts the page.

A gutter is a white strip beside which text begins again and again at one place (a left edge) and on both
sides of which lines are full. The largest one parts the page; what is above it is read first, then each side
of it, then what is below; each of these is looked at anew (three columns, columns under a wide table).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol, TypeVar

_LEAST_ROWS = 4  # on each side of a gutter
_NARROW = 7.0  # times the size of the type: a column is wider
_GUTTER = 0.7  # times the size of the type: a gutter is wider
_FULL = 0.6  # of a column's width lines take on the median
_HEADING = 1.2  # times the size of the type
_DEEPEST = 12


class Boxed(Protocol):
    left: float
    right: float
    size: float

    @property
    def middle(self) -> float: ...


B = TypeVar("B", bound=Boxed)


def in_reading_order(boxes: Sequence[B], known: list[float], depth: int = 0) -> list[list[B]]:
    """The boxes of a page in groups, each one column or a part of the page without columns.

    `known` are left edges of columns found before in the document, to which those found here are added:
    beside one of them a few lines are enough.
    """
    cut = _largest_gutter(boxes, known) if depth < _DEEPEST and len(boxes) > 1 else None
    if cut is None:
        return [list(boxes)] if boxes else []
    below = _next_article(boxes)
    if below is not None:
        parts = [b for b in boxes if b.middle > below], [b for b in boxes if b.middle < below]
        return [group for part in parts for group in in_reading_order(part, known, depth + 1)]
    x, top, bottom = cut
    known.append(x)
    inside = [b for b in boxes if bottom <= b.middle <= top]
    cuts = (
        [b for b in boxes if b.middle > top],
        [b for b in inside if b.right <= x],
        [b for b in inside if b.right > x],
        [b for b in boxes if b.middle < bottom],
    )
    return [group for part in cuts for group in in_reading_order(part, known, depth + 1)]


def _largest_gutter(boxes: Sequence[B], known: Sequence[float]) -> tuple[float, float, float] | None:
    """x of the strip, and the highest and lowest middle of what stands beside it."""
    size = median(b.size for b in boxes)
    ordered = sorted(boxes, key=lambda b: -b.middle)
    best: tuple[int, float, float, float] | None = None
    for x in _left_edges(boxes, known, size):
        run: list[B] = []
        for box in [*ordered, None]:
            if box is not None and not box.left < x - 0.1 * size < box.right:
                run.append(box)
                continue
            if len(run) > (best[0] if best else 0) and _parts(
                run, x, size, any(abs(x - k) < 0.3 * size for k in known)
            ):
                best = (len(run), x - 0.05 * size, run[0].middle, run[-1].middle)
            run = []
    return best[1:] if best else None


def _next_article(boxes: Sequence[B]) -> float | None:
    """y of a white strip over the whole width, right above a line in larger type: another article begins."""
    size = median(b.size for b in boxes)
    ordered = sorted(boxes, key=lambda b: -b.middle)
    for above, below in pairwise(ordered):
        free = above.middle - below.middle - 0.5 * (above.size + below.size)
        if below.size > _HEADING * size and free > 0.7 * size and above.size < _HEADING * size:
            return (above.middle + below.middle) / 2
    return None


def _left_edges(boxes: Sequence[B], known: Sequence[float], size: float) -> list[float]:
    """Places where at least a few lines begin, and known ones where one does; but for the first."""
    edges: list[list[float]] = []
    for left in sorted(b.left for b in boxes):
        if edges and left - edges[-1][0] <= 0.3 * size:
            edges[-1].append(left)
        else:
            edges.append([left])
    return [
        e[0] for e in edges[1:] if len(e) >= _LEAST_ROWS - 1 or any(abs(e[0] - k) < 0.3 * size for k in known)
    ]


def _parts(run: Sequence[B], x: float, size: float, known: bool) -> bool:
    """Whether the strip left of `x` has a column of text on each side."""
    left = [b for b in run if b.right <= x]
    right = [b for b in run if b.right > x]
    if min(len(left), len(right)) < (1 if known else _LEAST_ROWS):
        return False
    ends = sorted(b.right for b in left)
    if x - ends[int(0.9 * (len(ends) - 1))] < _GUTTER * size:
        return False
    return (known and x - ends[-1] < 3 * size) or all(_is_text(side, size) for side in (left, right))


def _is_text(side: Sequence[B], size: float) -> bool:
    start, end = min(b.left for b in side), max(b.right for b in side)
    if end - start < _NARROW * size:
        return False
    filled: list[float] = []
    last: float | None = None
    for box in sorted(side, key=lambda b: -b.middle):
        if last is not None and last - box.middle < 0.5 * size:
            filled[-1] += box.right - box.left
        else:
            filled.append(box.right - box.left)
            last = box.middle
    return len(filled) >= _LEAST_ROWS and median(filled) > _FULL * (end - start)
