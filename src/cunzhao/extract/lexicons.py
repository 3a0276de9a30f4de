"""The lexicons of the language, read once from the data files beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Unit:
    name: str  # as reported: "公里" for "km"
    kind: str  # money, percent, points, ratio, measure, time, person, count, noun
    not_before: str  # characters that make another word of it: 年 before 代


@dataclass(frozen=True, slots=True)
class Area:
    code: str  # GB/T 2260, six digits
    name: str  # 绵阳市
    short: str  # 绵阳, or ""

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


def lines(name: str) -> list[str]:
    """The lines of a lexicon file without comments and empty ones."""
    text = (files("cunzhao.extract") / "lexicon" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def units() -> dict[str, tuple[tuple[str, Unit], ...]]:
    """By first character, the longest spelling first."""
    found: dict[str, list[tuple[str, Unit]]] = {}
    for line in lines("units.tsv"):
        spelling, kind, not_before, meant = [*line.split("\t"), "", ""][:4]
        found.setdefault(spelling[0], []).append((spelling, Unit(meant or spelling, kind, not_before)))
    return {first: tuple(sorted(these, key=lambda u: -len(u[0]))) for first, these in found.items()}


@cache
def denominators() -> tuple[str, ...]:
    """What a rate may be counted by (`元/人`), the longest first."""
    return tuple(sorted(words("denominators.txt"), key=lambda name: (-len(name), name)))


@cache
def areas() -> tuple[Area, ...]:
    return tuple(Area(*line.split("\t")) for line in lines("areas.tsv"))


_ANYWHERE = re.compile(
    r"(?:[东西南北中新老市城上下]{1,2}[城市郊站]?|公园|动力|红星|永红|露天|同平|天城|开元|郊)区$|地区$"
)


@cache
def former() -> tuple[Area, ...]:
    """Abolished divisions by their full names, the latest code of each; none whose name may be any place."""
    latest = {name: code for code, name, _ in (line.split("\t") for line in lines("abolished.tsv"))}
    return tuple(
        Area(code, name, "") for name, code in latest.items() if len(name) > 2 and not _ANYWHERE.search(name)
    )


@cache
def regions() -> dict[str, str]:
    """Names of areas that are no administrative division, each with its full form."""
    found: dict[str, str] = {}
    for line in lines("regions.txt"):
        full, *shorts = line.split("\t")
        found |= dict.fromkeys((full, *shorts), full)
    return found


def any_of(these: Iterable[str]) -> str:
    """An alternation for `re`, the longest word first."""
    return "|".join(re.escape(word) for word in sorted(these, key=lambda w: (-len(w), w)))


def tree(rows: Iterable[tuple[str, str, str]]) -> str:
    """A pattern for `re` that finds the longest of many words in time that does not grow with their number.

    A row holds the word, the characters that may not follow it and those that may not stand before it.
    """
    root: dict[str, Any] = {}
    for word, after, before in rows:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = (f"(?<![{before}]{word})" if before else "") + (f"(?![{after}])" if after else "")
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    longer = [re.escape(c) + _branch(node[c]) for c in sorted(node) if c]
    ends = [node[""]] if "" in node else []
    return f"(?:{'|'.join([*longer, *ends])})" if longer else ends[0]


@cache
def guarded(name: str) -> str:
    """An alternation for `re` of a file of words, the longest first. Behind a word may stand, after tabs, the
    characters that may not follow it and those that may not stand before it."""
    found = [[*line.split("\t"), "", ""][:3] for line in lines(name)]
    return "|".join(
        (f"(?<![{before}])" if before else "") + re.escape(word) + (f"(?![{after}])" if after else "")
        for word, after, before in sorted(found, key=lambda w: (-len(w[0]), w[0]))
    )


@cache
def characters(kind: str) -> frozenset[str]:
    """One class of characters of `name_characters.tsv`."""
    return frozenset(dict(line.split("\t") for line in lines("name_characters.tsv"))[kind])
