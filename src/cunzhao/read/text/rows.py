"""Tables in plain text: rows pasted from a sheet, fields parted by tabs, and Markdown's tables of pipes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cunzhao.read.tables import captioned, standing_table
from cunzhao.read.text.wrapping import Line
from cunzhao.read.types import Table

_FEWEST_TABS = 2  # of most rows; less is indentation, or a key with its value
_DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?")
_FIELD = re.compile(r"[^\t]*")
_PIPED = re.compile(r"(?:[^|\\]|\\.)*")


@dataclass(frozen=True, slots=True)
class TextTable:
    first: int  # index of its first line
    last: int
    table: Table


def find_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """The tables among the lines, in order. Linear.

    Rows stand on lines without a blank one between them. Rows of tabs: at least two have the same number of
    tabs, two or more, and say something in two fields; others between them have fewer. Rows of pipes: the
    second one (`|---|---|`) shows that the rest are fields.
    """
    found: list[TextTable] = []
    for start, end in _runs(lines):
        piped = _DELIMITER.fullmatch(lines[start + 1].text.strip()) is not None
        kept = [k for k in range(start, end) if not (piped and k == start + 1)]
        rows = [_fields(lines[k], _PIPED if piped else _FIELD) for k in kept]
        if piped or _agree(rows):
            above = [line.text.strip() for line in lines[max(0, start - 2) : start]]
            table = standing_table(text, rows)
            found.append(TextTable(start, end - 1, captioned(table, text, above)))
    return found


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of two lines or more, without a blank one between them, that may be rows of one table."""
    at = 0
    while at < len(lines) - 1:
        sign = "|" if _DELIMITER.fullmatch(lines[at + 1].text.strip()) and "|" in lines[at].text else "\t"
        end = at
        while (
            end < len(lines)
            and sign in lines[end].text.strip()
            and lines[end].number - lines[at].number == end - at
        ):
            end += 1
        if end - at > 1:
            yield at, end
        at = max(end, at + 1)


def _fields(line: Line, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the fields of a line stand, white space round them left out."""
    begin = line.start - (len(line.text) - len(line.text.lstrip()))
    inner, left = line.text, 0
    if pattern is _PIPED:
        inner = line.text.strip()
        left = line.start - begin + inner.startswith("|")
        inner = inner.removeprefix("|").removesuffix("|")
    fields, at = [], 0
    while at <= len(inner):
        match = pattern.match(inner, at)
        end = match.end() if match else len(inner)
        said = inner[at:end]
        start = begin + left + at + len(said) - len(said.lstrip())
        fields.append((start, start + len(said.strip())))
        at = end + 1
    return fields


def _agree(rows: Sequence[Sequence[tuple[int, int]]]) -> bool:
    said = [len(row) - 1 for row in rows if sum(start < end for start, end in row) > 1]
    tabs, count = max(Counter(said).items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count > 1 and tabs >= _FEWEST_TABS and max(len(row) for row in rows) - 1 == tabs
