"""Labels of information lines and index blocks (`labels.json`), spread, in brackets, in any case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import resources

WORDS: dict[str, list[str]] = json.loads(
    resources.files("cunzhao.read").joinpath("labels.json").read_text("utf-8")
)


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of `words`, the longest first; white space may part their characters (来　　源)."""
    return "|".join(map(_spread, sorted(words, key=len, reverse=True)))


def bare(label: str) -> str:
    """A label as the lists have it: without white space, in lower case."""
    return "".join(label.split()).lower()


def _spread(word: str) -> str:
    if word.isascii():
        return rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])"
    return r"\s{0,4}".join(re.escape(c) for c in word)
