"""Verbs beside a quantity, which name nothing, with how and how often something is done: `一天就能|发出`.

The words are data: verbs (`indicator_verbs.txt`) and what may stand before them (`indicator_manner.txt`).
"""

from __future__ import annotations

import re
from functools import cache

from cunzhao.extract.lexicons import lines, tree

_ONE = (
    r"[一每单][天年月季周日亩吨斤头户人台套箱只株棵次趟家个碗单件张车批班茬口公][斤里顷地]?"
    r"|[二两三四五六七八九十几]{1,2}(?:年|天|个月)"
)
_DONE = r"(?:[进出下上回过起][来去]|[了过出到起进下回掉上满好完成着])"  # what a verb may end with
_CAN = r"(?<![产功性动智效潜节职储热电光核势机技新])能(?![源耗力量级效见])[一-龥]"  # 一炉能|烘
_DONE_SIGNS = "了出到进起下回掉上满好完成着来去过"


@cache
def signs_of(name: str, at: int) -> frozenset[str]:
    """The first or last characters of the words of a file."""
    return frozenset(word[at] for word, _, _ in _rows(name))


def _rows(name: str) -> list[tuple[str, str, str]]:
    """Of a file that has a word with its guards, or many words, on a line."""
    rows = [line.split("\t") for line in lines(name)]
    plain = [(word, "", "") for row in rows if len(row) == 1 for word in row[0].split()]
    return [*plain, *((row[0], row[1], "".join(row[2:])) for row in rows if len(row) > 1)]


def tree_of(name: str) -> str:
    """A pattern of the words of a file, with their guards, the longest first."""
    return tree(_rows(name))


@cache
def a_deed() -> str:
    """A verb with what stands before it and what it ends with: `一天就能|发|出`."""
    verbs, how = tree_of("indicator_verbs.txt"), tree_of("indicator_manner.txt")
    return rf"(?>(?>{_ONE}|{how})*+(?>{verbs}|{_CAN}){_DONE}?)"


@cache
def _bare() -> re.Pattern[str]:
    verbs, how = tree_of("indicator_verbs.txt"), tree_of("indicator_manner.txt")
    return re.compile(rf"(?>(?>{_ONE}|{verbs}|{how}|均){_DONE}?)++")


@cache
def manner() -> re.Pattern[str]:
    """How or how often something is done: `就能`, `一天`."""
    return re.compile(rf"{_ONE}|{tree_of('indicator_manner.txt')}")


@cache
def _last_verb() -> re.Pattern[str]:
    return re.compile(rf"{a_deed()}++$")


def verb_behind(stem: str, start: int = 0) -> re.Match[str] | None:
    """The verbs that a phrase ends with, from `start` on."""
    last = stem[-1:]
    may = last in _DONE_SIGNS or stem[-2:-1] == "能" or last in signs_of("indicator_verbs.txt", -1)
    return _last_verb().search(stem, start) if may else None


def only_verbs(words: str) -> bool:
    """Verbs and adverbs alone: `净增`, `一天就能发出`."""
    return bool(_bare().fullmatch(words))
