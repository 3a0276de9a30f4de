"""A response head told by its difference from the head of the answer it repeats.

A server that sends an unchanged file again sends the same head but for its Date and the like. Lines are
counted from 0, the status line; the same lines put in place give the very bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

MOST_LINES = 6  # that may differ; beyond, the head is no repetition
#: Lines that say what the payload is, or where it is: a reader takes them from the answer that is repeated.
_SAME = re.compile(rb"(?i)(content-|transfer-|location|x-archive-orig-)")


def changes(original: bytes, head: bytes) -> dict[int, str] | None:
    """The lines of `head` that differ from `original`; None where that does not tell it."""
    before, now = original.split(b"\r\n"), head.split(b"\r\n")
    differ = [n for n, (a, b) in enumerate(zip_longest(before, now)) if a != b]
    alike = len(before) == len(now) and len(differ) <= MOST_LINES and 0 not in differ
    if not alike or any(_SAME.match(before[n]) or _SAME.match(now[n]) for n in differ):
        return None
    return {n: now[n].decode("latin-1") for n in differ}


def changed(original: bytes, lines: Mapping[int, str]) -> bytes:
    """The head that `changes` told. Raises ValueError where `original` has no such lines."""
    told = original.split(b"\r\n")
    if any(not 0 <= n < len(told) for n in lines):
        raise ValueError
    return b"\r\n".join(lines[n].encode("latin-1") if n in lines else line for n, line in enumerate(told))
