"""Figures of tables: heads of rows and columns make indicator, area, period and unit; what they leave out,
caption and document say.

Each number that fills its cell is a figure; numbers inside the sentences of a cell are left to the sentences.
What a column holds (numbers, names, areas, years, units, running numbers) is told in `tablecolumns`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.extract.figures.tablearound import Around, read_around
from cunzhao.extract.figures.tablecell import Cell
from cunzhao.extract.figures.tablecolumns import Column, is_numbering, read_columns
from cunzhao.extract.figures.tablegrid import Field, Row, Section, sections
from cunzhao.extract.figures.tablehead import Head, read_head, read_unit
from cunzhao.extract.figures.tablerows import Beside, Rows, group_of
from cunzhao.extract.figures.tablevalue import read_value
from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact

_UNIT = re.compile(r"(?:计量)?单位|[-—/]+")
_LABELS = ("indicator", "part", "body", "time", "unit")


@dataclass(frozen=True, slots=True)
class TableFigures:
    facts: list[Fact]
    taken: list[tuple[int, int]]  # flat runs that sentences leave alone, in order: figures and heads

    def takes(self, at: int) -> bool:
        """Whether a flat offset stands in a cell that is read here."""
        index = bisect_right(self.taken, at, key=lambda run: run[0]) - 1
        return index >= 0 and at < self.taken[index][1]


def read_tables(setting: Setting) -> TableFigures:
    """The figures of the document's tables, by place. Linear in the number of fields."""
    facts: list[Fact] = []
    taken: set[tuple[int, int]] = set()
    for number, table in setting.tables:
        parts = sections(table, setting.flat)
        around = read_around(setting, table, parts)
        for part in parts:
            found = list(_of_section(setting, part, around, number))
            if found:
                taken |= {(f.start, f.end) for row in part.head for f in row.values()}
                taken |= {(f.start, f.end) for f in map(group_of, part.body) if f}
                taken |= {
                    (setting.flat.paragraph_at(start).start, end)
                    for start, end in around.captions
                    if table.caption
                }
            for fact, fields in found:
                facts.append(fact)
                taken |= {(f.start, f.end) for f in fields}
    return TableFigures(facts, sorted(taken))


@dataclass(slots=True)
class _Reading:
    """A section while its rows are read."""

    setting: Setting
    around: Around
    table: int
    columns: list[Column]
    rows: Rows

    def row(self, row: Row) -> Iterator[tuple[Fact, list[Field]]]:
        """Each figure of a row with the fields that sentences leave alone: itself and its row's heads."""
        at = max(f.row for f in row.values())
        block, beside = -1, Beside()
        for column in self.columns:
            said = row.get(column.index)
            if said is None or said.column != column.index or said.row != at:
                continue
            value = read_value(said.text)
            if value is None or not (column.role == "figure" or (column.role == "none" and value.unit)):
                continue
            first, labels = _labels(self.columns, column.index)
            if first != block or not beside.labels:
                block, beside = first, self.rows.beside(labels, row)
            cell = Cell(self.setting, said, value, column, self.columns, beside, self.rows.group, self.around)
            fact = cell.figure(self.table)
            if fact:
                yield fact, [said, *beside.labels]


def _of_section(
    setting: Setting, section: Section, around: Around, table: int
) -> Iterator[tuple[Fact, list[Field]]]:
    known: dict[tuple[int, int], Head] = {}
    while len(section.body) > 1 and _tells_units(section.body[0]):
        section.head.append(section.body.pop(0))

    def read(said: Field) -> Head:
        key = (said.row, said.column)
        if key not in known:
            known[key] = read_head(setting, said, around.area or around.own)
        return known[key]

    width = max(max(row, default=0) for row in (*section.head, *section.body)) + 1
    heads = {column: [read(f) for f in section.above(column)] for column in range(width)}
    columns = read_columns(section, heads, lambda said: bool(read(said).area and not read(said).name))
    reading = _Reading(setting, around, table, columns, Rows(read))
    for row in section.body:
        if is_numbering(row):
            continue
        if any(read_value(f.text) for f in dict.fromkeys(row.values())):
            yield from reading.row(row)
        else:
            reading.rows.open_group(row)


def _tells_units(row: Row) -> bool:
    """A row that says the unit of each column and nothing else: `亿元 | 亿元 | %`."""
    said = [f.text for f in dict.fromkeys(row.values())]
    units = [text for text in said if read_unit(text.strip("（）"))]
    return len(units) > 1 and all(text in units or _UNIT.fullmatch(text) for text in said)


def _labels(columns: list[Column], figure: int) -> tuple[int, list[Column]]:
    """The columns that name a figure's row: those before it, in tables laid side by side from where the
    first one's head comes again."""
    before = [c for c in columns if (c.role in _LABELS and c.index < figure) or c.role == "unit"]
    first = before[0].index if before else -1
    for column in before[1:]:
        if column.head and column.head == before[0].head and column.role == before[0].role:
            first = column.index
    return first, [c for c in before if c.index >= first]
