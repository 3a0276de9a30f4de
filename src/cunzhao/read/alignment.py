"""Which characters of a text came from where: the text and its raw sources differ in white space alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

K = TypeVar("K")
#: What is no white space, nor one of the marks without width that `dom.folded` takes for it.
_INK = re.compile(r"[^\s\u200b\ufeff]+")


def aligned(text: str, sources: Sequence[tuple[str, K, int]]) -> list[tuple[int, int, K, int]]:
    """(start, end, key, offset) for each stretch of `text` that stands in one piece in a source.

    A source is raw text, a key, and where in the key's own text it begins. The characters of `text` that
    are not white space must stand in the sources in the same order without a gap (it may be a part of
    them); where they do not, nothing is told. White space between two characters belongs to a stretch where
    the source has as many characters there.
    """
    if len(sources) == 1 and text and (found := sources[0][0].find(text)) >= 0:  # the usual paragraph
        _, key, at = sources[0]
        return [(0, len(text), key, at + found)]
    stretches = [(m[0], key, at + m.start()) for raw, key, at in sources for m in _INK.finditer(raw)]
    wanted = [(m[0], m.start()) for m in _INK.finditer(text)]
    skip = "".join(s for s, _, _ in stretches).find("".join(s for s, _ in wanted))
    if skip < 0 or not wanted:
        return []
    return _joined(_matched(wanted, _from(stretches, skip)))


def _from(stretches: Sequence[tuple[str, K, int]], skip: int) -> Iterator[tuple[str, K, int]]:
    """The stretches without their first `skip` characters."""
    for ink, key, at in stretches:
        if skip < len(ink):
            yield ink[skip:], key, at + skip
        skip = max(0, skip - len(ink))


def _matched(
    wanted: Iterable[tuple[str, int]], stretches: Iterator[tuple[str, K, int]]
) -> Iterator[tuple[int, int, K, int]]:
    """Stretches of the text and of the sources, cut where either ends."""
    left, key, at = next(stretches)
    for ink, start in wanted:
        end = start + len(ink)
        while start < end:
            if not left:
                left, key, at = next(stretches)
            size = min(len(left), end - start)
            yield start, start + size, key, at
            start, at, left = start + size, at + size, left[size:]


def _joined(found: Iterable[tuple[int, int, K, int]]) -> list[tuple[int, int, K, int]]:
    joined: list[tuple[int, int, K, int]] = []
    for start, end, key, at in found:
        if joined:
            first, _, before, begun = joined[-1]
            if before is key and at - begun == start - first:
                joined[-1] = (first, end, key, begun)
                continue
        joined.append((start, end, key, at))
    return joined
