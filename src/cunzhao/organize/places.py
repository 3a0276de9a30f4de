"""Where terms stand in a text, and the pieces of it that show them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from cunzhao.organize.fold import Folded, fold
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
    """Pieces of `text` of at most `width` code points around the places, in order; near places share a piece.

    Where several words were found, those pieces that show as many of them as may be. A piece begins after a
    sentence end where one is near. A place longer than the piece is marked as far as the piece goes.
    """
    if len({fold(raw) for raw in {text[start:end] for start, end in places}}) < 2:
        return tuple(islice(_pieces(text, places, width), limit))
    return _telling(list(_pieces(text, places, width)), limit)


def _telling(pieces: Sequence[Snippet], limit: int) -> tuple[Snippet, ...]:
    """The pieces with most words that none before them shows, then those with most words."""
    raw = [{piece.text[start:end] for start, end in piece.marks} for piece in pieces]
    said = {word: fold(word) for word in set[str]().union(*raw)}
    words = [{said[word] for word in found} for found in raw]
    left, shown = list(range(len(pieces))), set[str]()
    while len(pieces) - len(left) < limit and left:
        best = max(left, key=lambda n: (len(words[n] - shown), len(words[n])))  # of equals the first
        left.remove(best)
        shown |= words[best]
    return tuple(piece for n, piece in enumerate(pieces) if n not in left)


def _pieces(text: str, places: Sequence[tuple[int, int]], width: int) -> Iterator[Snippet]:
    ordered, at = sorted(places), 0
    while at < len(ordered):
        start, stop = ordered[at]
        begin, end = _window(text, start, stop, width)
        marks = [(start - begin, min(stop, end) - begin)]
        at += 1
        while at < len(ordered) and ordered[at][1] <= end:
            marks.append((ordered[at][0] - begin, ordered[at][1] - begin))
            at += 1
        yield Snippet(text=text[begin:end], marks=tuple(marks), start=start, end=stop)


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
