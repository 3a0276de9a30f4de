"""Words that a model said, held against a text. All texts are flat (`text/flat.py`)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

_PART = r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-Q[1-4])?"
_PERIOD = re.compile(rf"(?:\.\.)?{_PART}(?:/{_PART})?")
_RUNS = 3  # pieces that words may be put together of: 城镇 + 常住居民人均可支配收入
_RUN = 2  # characters of the shortest


def text_of(said: Any) -> str | None:
    return said.strip() if isinstance(said, str) else None


def number(said: Any) -> float | None:
    """A finite number, as JSON or as a string of one; neither true nor false is one."""
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        return None
    try:
        value = float(said)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def place_of(quote: str, sentence: str, text: str) -> int | None:
    """Where the quote stands: its only place, or the only one in a sentence that stands only once."""
    first = text.find(quote)
    if first < 0:
        return None
    if text.find(quote, first + 1) < 0:
        return first
    at, inside = text.find(sentence) if sentence else -1, sentence.find(quote)
    once = text.find(sentence, at + 1) < 0 and sentence.find(quote, inside + 1) < 0
    return at + inside if at >= 0 and inside >= 0 and once else None


def made_of(words: str, text: str) -> bool:
    """The words stand in the text, or are put together of at most three runs of it."""
    at = 0
    for _ in range(_RUNS):
        size = next((n for n in range(len(words) - at, 0, -1) if words[at : at + n] in text), 0)
        if size < min(_RUN, len(words) - at):
            return False
        at += size
        if at == len(words):
            return True
    return False


def told_period(said: Any, borne_out: Callable[[int], bool]) -> str | None:
    """A period in the guide's notation, all of whose years are borne out; None for anything else."""
    told = (text_of(said) or "").replace(" ", "")
    years = [int(year) for year in re.findall(r"(?<![\d-])\d{4}", told)]
    return told if _PERIOD.fullmatch(told) and all(map(borne_out, years)) else None
