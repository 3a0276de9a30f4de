"""Tables of a PDF page: what stands in each cell, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from cunzhao.read.pdf.glyphs import Glyph, Sheet
from cunzhao.read.pdf.grid import grids
from cunzhao.read.pdf.lines import Line, rows, set_text, strings, whole_line
from cunzhao.read.pdf.rules import Drawn

_FIGURE = re.compile(r"[-+−－]?\s*\d[\d,，]*(?:\.\d+)?\s*[%％‰]?|[—–\-…/]+")
_FEWEST_FILLED = 0.12  # share of cells that say something; fewer is a drawing


@dataclass(slots=True)
class TableCell:
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class PageTable:
    """A table on one page; its box in points of the reading frame."""

    sheet: Sheet
    left: float
    bottom: float
    right: float
    top: float
    size: float  # of most of its type
    cells: list[TableCell]  # row by row
    xs: list[float]  # edges of its columns
    open_top: bool = False  # its first row began on the page before
    open_bottom: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


def ruled_tables(
    sheet: Sheet, drawn: Drawn, glyphs: list[Glyph], across: list[Line]
) -> tuple[list[PageTable], list[Glyph], list[Line]]:
    """The ruled tables of a page, and the characters and lines written across that stand in none."""
    tables: list[PageTable] = []
    for grid in grids(drawn):
        inside: dict[int | None, list[Glyph]] = {}
        for glyph in glyphs:
            place = grid.cell_at((glyph.left + glyph.right) / 2, glyph.middle)
            inside.setdefault(place, []).append(glyph)
        sideways: dict[int | None, list[Line]] = {}
        for line in across:
            left, bottom, right, top = sheet.framed(line.sheet.seen(line.box))
            place = grid.cell_at((left + right) / 2, (bottom + top) / 2)
            sideways.setdefault(place, []).append(line)
        filled = (inside.keys() | sideways.keys()) - {None}
        if len(filled) < 3 or len(filled) < _FEWEST_FILLED * len(grid.cells) or filled <= sideways.keys():
            continue
        glyphs, across = inside.pop(None, []), sideways.pop(None, [])
        cells = [
            TableCell(*place, lines=cell_lines(sheet, inside.get(number, [])) + sideways.get(number, []))
            for number, place in enumerate(grid.cells)
        ]
        size = median(g.size for held in inside.values() for g in held)
        box = (grid.xs[0], grid.ys[-1], grid.xs[-1], grid.ys[0])
        ends = grid.open_top, grid.open_bottom
        tables.append(PageTable(sheet, *box, size, _unstacked(cells), grid.xs, *ends))
    return tables, glyphs, across


def cell_lines(sheet: Sheet, glyphs: Sequence[Glyph]) -> list[Line]:
    return [set_text(whole_line(row)) for row in rows(strings(sheet, glyphs))] if glyphs else []


def _unstacked(cells: list[TableCell]) -> list[TableCell]:
    """The cells, rows without a line between them parted: where a column stacks figures, each is a row."""
    out: list[TableCell] = []
    added = 0
    for row in sorted({cell.row for cell in cells}):
        here = [cell for cell in cells if cell.row == row]
        stack = _stack(here)
        for cell in here:
            cell.row += added
        if stack is None or any(cell.row + cell.rows > row + added + 1 for cell in here):
            out += here
            continue
        for cell in here:
            out += _parted(cell, stack)
        added += len(stack) - 1
    return sorted(out, key=lambda cell: (cell.row, cell.column))


def _stack(cells: Sequence[TableCell]) -> list[float] | None:
    """Base lines of the tallest pile of figures in one of the cells."""
    piles = [
        [line.base for line in cell.lines]
        for cell in cells
        if len(cell.lines) > 1 and all(_FIGURE.fullmatch(line.text) for line in cell.lines)
    ]
    return max(piles, key=len, default=None)


def _parted(cell: TableCell, bases: Sequence[float]) -> list[TableCell]:
    parts = [TableCell(cell.row + k, cell.column, 1, cell.columns) for k in range(len(bases))]
    for line in cell.lines:
        nearest = min(range(len(bases)), key=lambda k: abs(bases[k] - line.base))
        parts[nearest].lines.append(line)
    return parts
