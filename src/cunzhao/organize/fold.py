"""What counts as the same character in a search, and the way back to the original offsets.

Folding is NFKC and case folding, character by character (a base with its combining marks together), then
white space, control and format characters (zero width space, soft hyphen) dropped, so that a phrase across
a line wrap is found, traditional characters made simplified (發展 = 发展), and brackets, dashes and middle
dots made alike: 嘉委〔2008〕8号 = 嘉委[2008]8号 = 嘉委（2008）8号, 2018—2020年 = 2018-2020年.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

FOLD_VERSION = "2"  # change it with the rules below: an index made by other rules is made anew

_CHUNK = 512  # code points folded at a time; only chunks with a hit pay for an offset map
_MARKS_ALIKE = {
    **dict.fromkeys("(〔【〖﹝⟦{", "["),
    **dict.fromkeys(")〕】〗﹞⟧}", "]"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500", "-"),
    **dict.fromkeys("\u2022\u2027\u30fb\u22c5", "·"),
}
_DROPPED = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}


def _dropped(char: str) -> bool:
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return selector or char.isspace() or unicodedata.category(char) in _DROPPED


@cache
def _alike() -> dict[str, str]:
    """Marks, and traditional characters with their simplified form."""
    text = files("cunzhao.organize").joinpath("lexicon/traditional.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return _MARKS_ALIKE | {old: new for new, written in pairs for old in written}


def _fold_cluster(cluster: str) -> str:
    """A character, or a base with its marks; may come out longer (㎡ -> m2) or empty."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(_alike().get(c, c) for c in folded if not _dropped(c))


class _Table(dict[int, str]):
    """Code point -> folded, filled as characters are met: `str.translate` then runs at C speed."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_cluster(chr(point))
        return folded


_TABLE = _Table()
_MARKS = frozenset(chr(p) for p in range(0x300, 0x1E950) if unicodedata.combining(chr(p)))


def fold(text: str) -> str:
    """The text as search compares it. Two strings are literally the same when their folds are."""
    if _MARKS.isdisjoint(text):
        return text.translate(_TABLE)
    return "".join(_fold_cluster(text[start:end]) for start, end in _clusters(text))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for n in range(1, len(text) + 1):
        if n == len(text) or text[n] not in _MARKS:
            yield start, n
            start = n


class Folded:
    """A folded text that knows where its characters came from.

    `text` is `fold(original)`. `original(start, end)` takes a place in it back to code points of the
    original; a character that folded into several (㎡) is given whole.
    """

    def __init__(self, original: str) -> None:
        self._original = original
        self._cuts = list(_cuts(original))
        pieces = [fold(original[a:b]) for a, b in pairwise(self._cuts)]
        self._starts = list(accumulate(map(len, pieces), initial=0))  # of each chunk in the folded text
        self._maps: dict[int, list[tuple[int, int]]] = {}
        self.text = "".join(pieces)

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self._source(start)[0], self._source(end - 1)[1]

    def _source(self, position: int) -> tuple[int, int]:
        """The cluster of the original that the folded character at `position` came from."""
        chunk = bisect_right(self._starts, position) - 1
        if chunk not in self._maps:
            self._maps[chunk] = self._map(self._cuts[chunk], self._cuts[chunk + 1])
        return self._maps[chunk][position - self._starts[chunk]]

    def _map(self, begin: int, end: int) -> list[tuple[int, int]]:
        piece = self._original[begin:end]
        if _MARKS.isdisjoint(piece):
            points = enumerate(map(ord, piece), begin)
            return [(at, at + 1) for at, point in points for _ in _TABLE[point]]
        return [(begin + a, begin + b) for a, b in _clusters(piece) for _ in _fold_cluster(piece[a:b])]


def _cuts(text: str) -> Iterator[int]:
    """Chunk borders, never between a base and its mark."""
    cut = 0
    while cut < len(text):
        yield cut
        cut += _CHUNK
        while cut < len(text) and text[cut] in _MARKS:
            cut += 1
    yield len(text)
