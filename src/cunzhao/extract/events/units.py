"""Sentences, clauses and members of lists in the flat text; none longer than a bound, so that work stays
linear whatever the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?:[^。！？；\n（]++|（[^（）\n]{0,160}）|（)++")
_CLAUSE = re.compile(
    r"(?:[^，：；。！？\n（“《一]++|一[道起同]，|（[^（）\n]{0,30}）|“[^“”\n]{0,24}”|《[^《》\n]{0,60}》|[（“《一])++"
)
_ITEM = re.compile(r"(?:[^、（“]++|（[^（）\n]{0,30}）|“[^“”\n]{0,24}”|[（“])++")
_LONGEST_SENTENCE = 600  # characters
_LONGEST_CLAUSE = 300


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Runs up to 。！？； or the end of a paragraph; brackets do not part them."""
    for match in _SENTENCE.finditer(text):
        yield from _bounded(text, *match.span(), _LONGEST_SENTENCE)


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs up to ， or a stronger mark; short brackets and quotations do not part them, nor does 一道，."""
    for match in _CLAUSE.finditer(text, start, end):
        yield from _bounded(text, *match.span(), _LONGEST_CLAUSE)


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The runs between the 、 of a list."""
    return [match.span() for match in _ITEM.finditer(text, start, end)]


def _bounded(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    while end - start > most:
        comma = text.rfind("，", start + most // 2, start + most) + 1
        cut = comma or start + most
        yield start, cut
        start = cut
    yield start, end
