"""What stands on a sheet: titles, tables, notes. Blank rows part one from the next, blank columns tables side
by side; lines of one cell above a table name it, those below it are its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cunzhao.read.assembly import Piece
from cunzhao.read.folding import Folded, folded, folded_lines
from cunzhao.read.office.excelsheet import Sheet
from cunzhao.read.office.wordtables import cell_name
from cunzhao.read.tables import CellText, grid_table, unit_of
from cunzhao.read.types import Place, Run

_MOST_LINES = 6  # above a table
_LONG_LINE = 60
_MOST_COVERED = 1_000_000  # cells that merged ones reach over
_NOTES = ("注", "备注", "说明", "资料来源", "数据来源", "填表", "*", "＊")


def sheet_pieces(sheet: Sheet, name: str) -> Iterator[Piece]:
    """The pieces of a sheet in order: names of tables (`caption`), lines, tables with caption and unit."""
    layout = _Layout(sheet, name)
    bands = layout.bands()
    while bands:
        rows = bands.pop(0)
        body = layout.table_rows(rows)
        above = [row for row in rows if not body or row < body[0]]
        below = [row for row in rows if body and row > body[-1]]
        while body and not below and bands and layout.goes_on(body, bands[0]):
            more = bands.pop(0)
            more_body = layout.table_rows(more)
            body, below = [*body, *more_body], [row for row in more if row > more_body[-1]]
        lines = [piece for row in above for piece in layout.lines(row)]
        caption, unit = _named(lines) if body else (None, None)
        yield from (replace(line, kind="caption") if line.text == caption else line for line in lines)
        for columns in layout.columns(body):
            yield layout.table(body, columns, caption, unit)
        for row in below:
            yield from layout.lines(row)


class _Layout:
    """A sheet, and what its merged cells reach over."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet, self._name = sheet, name
        last = max(sheet.rows, default=-1)
        self._covered: dict[tuple[int, int], tuple[int, int]] = {}  # cell -> first cell of the merged one
        for (top, left), (bottom, right) in sheet.spans.items():
            size = (min(bottom, last) - top + 1) * (right - left + 1)
            if left in sheet.rows.get(top, {}) and len(self._covered) + size <= _MOST_COVERED:
                for row in range(top, min(bottom, last) + 1):
                    self._covered.update({(row, column): (top, left) for column in range(left, right + 1)})
        for (row, column), first in self._covered.items():  # what stands under a merged cell is not seen
            if first != (row, column) and sheet.rows.get(row, {}).pop(column, ""):
                sheet.left_out = True

    def bands(self) -> list[list[int]]:
        """Rows without a blank one between them; a merged cell that reaches over a row fills it."""
        reached = {row for row, _ in self._covered} - self._sheet.hidden_rows
        return _adjoining(sorted({*self._sheet.rows, *reached}), self._sheet.hidden_rows)

    def columns(self, body: Sequence[int]) -> list[list[int]]:
        """The visible columns of each of the tables that stand side by side."""
        rows = set(body)
        used = {column for row in body for column in self._texts(row)}
        used |= {column for row, column in self._covered if row in rows}
        return _adjoining(sorted(used - self._sheet.hidden_columns), self._sheet.hidden_columns)

    def table_rows(self, rows: Sequence[int]) -> list[int]:
        """The rows of a band that are a table: what is left without the lines above and below it."""
        first, last = 0, len(rows)
        while first < min(last, _MOST_LINES) and self._is_line(rows[first], above=True):
            first += 1
        while last > first and self._is_line(rows[last - 1], above=False):
            last -= 1
        body = list(rows[first:last])
        return body if any(len(self._texts(row)) > 1 for row in body) else []

    def goes_on(self, body: Sequence[int], rows: Sequence[int]) -> bool:
        """Whether rows behind a blank one are more of the table: as wide, with figures from the first."""
        first = self._texts(rows[0])
        figures = any(text.strip().lstrip("-")[:1].isdigit() for text in first.values())
        return len(first) > 1 and figures and self._extent(body) == self._extent(self.table_rows(rows))

    def lines(self, row: int) -> Iterator[Piece]:
        """A row as lines of text: each line of its cell, or its cells with a space between them."""
        texts = sorted(self._texts(row).items())
        if len(texts) == 1:
            place = self._place(row, texts[0][0])
            for line in folded_lines(texts[0][1]):
                yield Piece("paragraph", line.text, place, runs=line.runs(place))
        elif texts:
            shown, runs = "", list[Run]()
            for column, text in texts:
                shown += " " if shown else ""
                line = folded(text)
                runs += line.runs(self._place(row, column), len(shown))
                shown += line.text
            yield Piece("paragraph", shown, self._place(row, texts[0][0]), runs=tuple(runs))

    def table(
        self, body: Sequence[int], columns: Sequence[int], caption: str | None, unit: str | None
    ) -> Piece:
        """The piece of a table, each of its cells with its place."""
        rows: list[list[CellText]] = []
        said: list[tuple[Place, Folded]] = []  # of each cell that the grid keeps
        for row in body:
            cells = list(self._cells(row, body, columns))
            if any(line.text for _, line, _ in cells):
                said += [(place, line) for place, line, _ in cells]
                rows.append([cell for _, _, cell in cells])
        text, table = grid_table(rows, caption=caption, unit=unit)
        runs: list[Run] = []
        for (place, line), shown in zip(said, table.cells, strict=True):
            runs += line.runs(place, shown.start)
        return Piece("table", text, self._place(body[0], columns[0]), table=table, runs=tuple(runs))

    def _cells(
        self, row: int, body: Sequence[int], columns: Sequence[int]
    ) -> Iterator[tuple[Place, Folded, CellText]]:
        texts = self._texts(row)
        for column in columns:
            first = self._covered.get((row, column))
            if first is not None and first != (row, column):
                continue
            bottom, right = self._sheet.spans[first] if first else (row, column)
            line = folded(texts.get(column, ""))
            deep = 1 if bottom == row else sum(row <= r <= bottom for r in body)
            wide = 1 if right == column else sum(column <= c <= right for c in columns)
            yield self._place(row, column, 0), line, CellText(line.text, deep, wide)

    def _texts(self, row: int) -> dict[int, str]:
        return self._sheet.rows.get(row, {})

    def _place(self, row: int, column: int, offset: int | None = None) -> Place:
        return Place(sheet=self._name, cell=cell_name(row, column), offset=offset)

    def _extent(self, rows: Sequence[int]) -> tuple[int, int]:
        columns = [column for row in rows for column in self._texts(row)]
        return min(columns, default=0), max(columns, default=0)

    def _is_line(self, row: int, *, above: bool) -> bool:
        """Whether a row is a line of text: one cell, or a few that tell who reports, when, in which unit."""
        texts = list(self._texts(row).values())
        if len(texts) == 1:
            return above or len(texts[0]) > _LONG_LINE or texts[0].lstrip().startswith(_NOTES)
        if above:
            return 0 < len(texts) <= 4 and any(unit_of(text) for text in texts)
        return 0 < len(texts) <= 4 and all("：" in text or ":" in text for text in texts)


def _adjoining(numbers: Sequence[int], hidden: set[int]) -> list[list[int]]:
    """Rising numbers in groups without a gap; what is hidden makes none."""
    groups: list[list[int]] = []
    for number in numbers:
        gap = range(groups[-1][-1] + 1, number) if groups else range(0)
        if groups and len(gap) <= len(hidden) and all(n in hidden for n in gap):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _named(lines: Sequence[Piece]) -> tuple[str | None, str | None]:
    """Caption and unit among the lines above a table: the longest short line that is no sentence or unit."""
    unit = next((found for line in reversed(lines) if (found := unit_of(line.text))), None)
    names = [line.text for line in lines if len(line.text) <= _LONG_LINE and line.text[-1] not in "。；：:"]
    named = [text for text in names if not unit_of(text) or text.find("单位") > 4]
    return max(named, key=len, default=None), unit
