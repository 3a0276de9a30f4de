"""The flat text in pieces of whole paragraphs, as large as may be sent at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.extract.text.flat import Flat

LEAST = 200  # characters of a piece; a setting below that would cut sentences
_ENDS = "。！？；"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the flat text."""

    start: int
    text: str


def cut(flat: Flat, size: int) -> list[Piece]:
    """Pieces of at most `size` characters, in order; a longer paragraph is cut at the end of a sentence."""
    size = max(size, LEAST)
    found: list[tuple[int, int]] = []
    for start, end in (run for p in flat.paragraphs for run in _runs(flat.text, p.start, p.end, size)):
        if found and end - found[-1][0] <= size:
            found[-1] = found[-1][0], end
        elif end > start:
            found.append((start, end))
    return [Piece(start, flat.text[start:end]) for start, end in found]


def _runs(text: str, start: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    while end - start > size:
        last = max(text.rfind(mark, start, start + size) for mark in _ENDS)
        stop = last + 1 if last > start else start + size
        yield start, stop
        start = stop
    yield start, end
