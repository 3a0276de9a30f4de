"""A table as a grid: what stands in each field, merged cells seen from every field that they reach over.

Sections: a table may hold several heads one below the other; the rows below each are read by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cunzhao.extract.text.flat import Flat
from cunzhao.read.types import Cell, Table

_NUMBER = re.compile(r"[^一-龥A-Za-z]{0,3}[0-9]")
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MOST_SPANNED = 2_000_000  # fields that merged cells reach over; beyond it they are read where they begin
_DEEPEST_HEAD = 4


@dataclass(frozen=True, slots=True)
class Field:
    """A cell that says something, in flat coordinates."""

    row: int
    column: int
    start: int
    end: int
    text: str
    columns: int = 1  # how many it spans

    @property
    def figure(self) -> bool:
        return bool(_NUMBER.match(self.text)) and not is_year(self.text)


Row = dict[int, Field]  # column -> what stands there, merged cells in every column they reach over


@dataclass(slots=True)
class Section:
    """Rows that are read by the same head."""

    head: list[Row]
    body: list[Row] = field(default_factory=list)

    def above(self, column: int) -> list[Field]:
        """The head's fields over a column, the uppermost first, each once; not those over the whole width."""
        found = dict.fromkeys(row[column] for row in self.head if column in row)
        width = max((max(row, default=0) for row in self.head), default=0) + 1
        return [f for f in found if f.columns < width or width == 1]


def is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)[0-9]{2}年?", text))


def sections(table: Table, flat: Flat) -> list[Section]:
    """The table's sections; rows above the first head (a title across the table) are left out."""
    rows = _rows(table, flat)
    first = min(max(table.header_rows, 0), _DEEPEST_HEAD, len(rows))
    if first == 0:
        first = _head_above(rows)
    found = [Section(head=rows[:first])]
    for row in rows[first:]:
        here = found[-1]
        if here.body and _is_new_head(row, here):
            found.append(Section(head=[row]))
        elif (
            not here.body
            and len(found) > 1
            and len(here.head) < _DEEPEST_HEAD
            and _is_new_head(row, found[-2])
        ):
            here.head.append(row)
        else:
            here.body.append(row)
    return [section for section in found if section.body]


def _rows(table: Table, flat: Flat) -> list[Row]:
    """The rows in order; a merged cell stands in every field that it reaches over."""
    by_row: list[list[Cell]] = [[] for _ in range(max((c.row for c in table.cells), default=-1) + 1)]
    for cell in table.cells:
        by_row[cell.row].append(cell)
    spanning = sum(cell.rows * cell.columns for cell in table.cells) <= _MOST_SPANNED
    rows: list[Row] = []
    deep: dict[int, tuple[Field, int]] = {}  # column -> the cell that reaches down, and to which row
    for y, cells in enumerate(by_row):
        row = {x: said for x, (said, last) in deep.items() if y <= last}
        deep = {x: below for x, below in deep.items() if below[1] > y}
        for cell in cells:
            said = _field(cell, flat)
            if said is None:
                continue
            for x in range(cell.column, cell.column + (cell.columns if spanning else 1)):
                row[x] = said
                if spanning and cell.rows > 1:
                    deep[x] = (said, y + cell.rows - 1)
        rows.append(row)
    return rows


def _field(cell: Cell, flat: Flat) -> Field | None:
    if cell.start >= cell.end:
        return None
    start, end = flat.find(cell.start), flat.find(cell.end)
    while start < end and flat.text[start] == "\n":
        start += 1
    while start < end and flat.text[end - 1] == "\n":
        end -= 1
    text = flat.text[start:end]
    return Field(cell.row, cell.column, start, end, text, cell.columns) if text else None


def _head_above(rows: Sequence[Row]) -> int:
    """How many rows at the top say no figure, where the reader told of none: as long as figures follow."""
    count = 0
    for row in rows[:_DEEPEST_HEAD]:
        fields = set(row.values())
        if any(f.figure for f in fields) or (len(fields) < 2 and count):
            break
        count += 1
    return count if count < len(rows) and len(set(rows[count - 1].values())) > 1 else 0


def _is_new_head(row: Row, section: Section) -> bool:
    """A row amid the table that names the columns anew: labels where the rows before it have figures."""
    fields = set(row.values())
    if len(fields) < 2 or any(f.figure or f.row != max(g.row for g in fields) for f in fields):
        return False
    if any(len(f.text) > 20 for f in fields):
        return False
    figures = {x for before in section.body[-3:] for x, f in before.items() if f.figure} or set()
    if not figures or not figures <= set(row) or _empty_marks(row, figures):
        return False
    return not _like_values([row[x].text for x in sorted(figures)], section, figures)


def _like_values(said: Sequence[str], section: Section, columns: set[int]) -> bool:
    """Amounts that only look like years (1980): nothing but bare years, none stood above these columns, and
    they do not follow each other."""
    if not all(_BARE_YEAR.fullmatch(text) for text in said):
        return False
    years = [int(text) for text in said]
    in_turn = len(years) > 1 and all(abs(b - a) == 1 for a, b in pairwise(years))
    return not in_turn and not any(is_year(f.text) for x in columns for f in section.above(x))


def _empty_marks(row: Row, columns: set[int]) -> bool:
    return all(not re.search(r"[一-龥A-Za-z0-9]", row[x].text) for x in columns)
