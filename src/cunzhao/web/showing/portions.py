"""A long document is shown a part at a time: whole blocks, with as many facts as one looks through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cunzhao.read.types import Document, Heading

FACTS = 120  # in one part: a kilobyte of the page each
CHARS = 12_000
HEADINGS = 150  # of a longer outline only what stands in the part, and chapters


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of a text; `n` counts from 1."""

    start: int
    end: int
    n: int = 1
    all: int = 1

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end or (place >= self.end and self.n == self.all)


@dataclass(slots=True)
class Portion:
    """The n-th part, from 1 on; else the one that holds a place, else the first. A `Within`: called with a
    document and where its facts begin it knows which part that is, and where the facts of all parts are."""

    n: int = 0
    at: int | None = None
    part: Part = Part(0, 0)  # of what was not read
    counts: dict[str, int] = field(default_factory=dict)  # facts of each kind in the whole document
    first: dict[str, int] = field(default_factory=dict)  # the part in which a kind begins

    def __call__(self, document: Document, starts: Mapping[str, Sequence[int]]) -> tuple[int, int]:
        begins = _begins(document, sorted(chain(*starts.values())))
        asked = self.n - 1 if self.n > 0 else bisect_right(begins, self.at) - 1 if self.at else 0
        chosen = min(max(asked, 0), len(begins) - 1)
        end = begins[chosen + 1] if chosen + 1 < len(begins) else len(document.text)
        self.part = Part(begins[chosen], end, chosen + 1, len(begins))
        self.counts = {kind: len(places) for kind, places in starts.items()}
        self.first = {kind: bisect_right(begins, min(places)) for kind, places in starts.items()}
        return self.part.start, self.part.end


def _begins(document: Document, starts: Sequence[int]) -> list[int]:
    """Where parts begin: at blocks. What is little longer than one part stays whole."""
    if len(starts) <= FACTS * 1.5 and len(document.text) <= CHARS * 1.5:
        return [0]
    begins = [0]
    for block in sorted(document.blocks, key=lambda block: block.start):
        many = bisect_left(starts, block.end) - bisect_left(starts, begins[-1])
        if block.start > begins[-1] and (many > FACTS or block.end - begins[-1] > CHARS):
            begins.append(block.start)
    return begins


def outline_of(document: Document | None, part: Part) -> Sequence[Heading]:
    headings = document.outline if document else ()
    if len(headings) <= HEADINGS:
        return headings
    return [h for h in headings if h.level <= 1 or part.start <= h.start < part.end][:HEADINGS]
