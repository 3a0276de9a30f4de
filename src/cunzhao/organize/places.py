"""Where terms stand in a text, and the pieces of it that show them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cunzhao.organize.fold import Folded
from cunzhao.organize.types import Snippet

_STOP = re.compile(r"[。！？；!?;\n]")


def find_places(text: str, wanted: Sequence[str], *, limit: int = 50) -> tuple[tuple[int, int], ...]:
    """Where the folded terms stand in `text`: (start, end) in order, at most `limit`, none overlapping.

    Each term gets its share of the limit (its first occurrences); overlapping places become one.
    """
    if not wanted:
        return ()
    folded = Folded(text)
    share = max(1, limit // len(wanted))
    found = sorted(
        folded.original(start, start + len(term))
        for term in wanted[:limit]
        for start in _occurrences(folded.text, term, share)
    )
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _occurrences(text: str, term: str, limit: int) -> Iterator[int]:
    at = text.find(term)
    while at >= 0 and limit > 0:
        yield at
        limit -= 1
        at = text.find(term, at + len(term))


def snippets(
    text: str, places: Sequence[tuple[int, int]], *, width: int = 90, limit: int = 3
) -> tuple[Snippet, ...]:
    """Pieces of `text` of at most `width` code points around the places; near places share a piece.

    A piece begins after a sentence end where one is near. A place longer than the piece is marked as far
    as the piece goes.
    """
    cut: list[Snippet] = []
    waiting = sorted(places)
    while waiting and len(cut) < limit:
        begin, end = _window(text, *waiting[0], width)
        inside = [waiting[0], *(p for p in waiting[1:] if p[1] <= end)]
        waiting = waiting[len(inside) :]
        marks = tuple((start - begin, min(stop, end) - begin) for start, stop in inside)
        cut.append(Snippet(text=text[begin:end], marks=marks, start=inside[0][0], end=inside[0][1]))
    return tuple(cut)


def _window(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The piece around a place: a third of the room before it, the rest after."""
    room = max(0, width - (end - start))
    begin = max(0, start - room // 3)
    stops = [m.end() for m in _STOP.finditer(text, begin, start)]
    begin = stops[-1] if stops else begin
    while begin < start and text[begin].isspace():
        begin += 1
    stop = min(len(text), begin + width)
    least = min(end, stop)
    while stop > least and text[stop - 1].isspace():
        stop -= 1
    return begin, stop
