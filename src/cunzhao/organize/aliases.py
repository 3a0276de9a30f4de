"""Abbreviations: who searches 发改委 finds 发展和改革委员会 too, and the other way round. Pure.

A group is what means the same. The bundled ones stand in `lexicon/abbreviations.txt`; who uses this adds
those of other lexicons and those that users enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from cunzhao.organize.fold import fold

MAX_VARIANTS = 12  # of one term
_SHORTEST = 2  # characters of a name


class Aliases:
    """Names that mean the same, by their folds."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        others: dict[str, dict[str, None]] = {}
        for group in groups:
            folds = [name for name in dict.fromkeys(map(fold, group)) if len(name) >= _SHORTEST]
            for name in folds:
                others.setdefault(name, {}).update(dict.fromkeys(folds))
        self._others = {name: tuple(n for n in found if n != name) for name, found in others.items()}
        self._lengths = sorted({len(name) for name in self._others}, reverse=True)

    def variants(self, term: str) -> tuple[str, ...]:
        """The folded term, and it with each name in it said otherwise; at most MAX_VARIANTS.

        绍兴市发改委 -> itself, 绍兴市发展和改革委员会. Of names inside one another the longest counts.
        """
        found = [term]
        at = 0
        while at < len(term):
            name = self._name_at(term, at)
            before = [(old[: len(old) - len(term) + at], term[at + len(name) :]) for old in found]
            for other in self._others[name] if name else ():
                said = [start + other + rest for start, rest in before]
                found += said[: MAX_VARIANTS - len(found)]
            at += len(name) or 1
        return tuple(dict.fromkeys(found))

    def _name_at(self, term: str, at: int) -> str:
        for length in self._lengths:
            name = term[at : at + length]
            if len(name) == length and name in self._others and _whole(term, at, at + length):
                return name
        return ""


def _whole(term: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut: GDP is no name in GDPR."""
    borders = (term[max(0, start - 1) : start + 1], term[end - 1 : end + 1])
    return not any(len(two) > 1 and two.isascii() and two.isalnum() for two in borders)


@cache
def bundled() -> tuple[tuple[str, ...], ...]:
    """The groups of the data file."""
    text = files("cunzhao.organize").joinpath("lexicon/abbreviations.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(name.strip() for name in line.split("=")) for line in lines)
