"""Checks of values that a WARC file tells: anybody can write such a file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")

URL_LENGTH = 200_000  # characters; an address of 8000 grows up to twelvefold when it is percent-encoded
NOTE_LENGTH = 100_000
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")  # what no database takes
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def demand(holds: object) -> None:
    """Raises ValueError."""
    if not holds:
        raise ValueError


def line(value: Any, most: int, least: int = 0) -> str:
    """A string on one line of `least` to `most` characters. Raises ValueError, as all here."""
    demand(isinstance(value, str) and least <= len(value) <= most and not CONTROL.search(value))
    return str(value)


def url(value: Any) -> str:
    return line(value, URL_LENGTH)


def text(value: Any) -> str:
    """What a person wrote, or the name of a file: line breaks and the like may stand in it."""
    demand(isinstance(value, str) and len(value) <= NOTE_LENGTH and not _NO_TEXT.search(value))
    return str(value)


def digest(value: Any) -> str:
    demand(isinstance(value, str) and _DIGEST.fullmatch(value))
    return str(value)


def items(value: Any, most: int = 1_000_000) -> list[Any]:
    demand(isinstance(value, list) and len(value) <= most)
    return list(value)


def moment(value: Any) -> datetime:
    """An aware time, in UTC."""
    demand(isinstance(value, str))
    told = datetime.fromisoformat(value)
    demand(told.tzinfo is not None)
    return told.astimezone(UTC)


def number(value: Any) -> float:
    told = float(value)
    demand(math.isfinite(told))
    return told


def whole(value: Any, most: int) -> int:
    demand(isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most)
    return int(value)


def flag(value: Any) -> bool:
    demand(isinstance(value, bool))
    return bool(value)


def perhaps(value: Any, check: Callable[[Any], T]) -> T | None:
    return None if value is None else check(value)
