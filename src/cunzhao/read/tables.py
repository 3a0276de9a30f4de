"""Rows of cells become the text and the `Table` of a table block; one way for HTML, Word, Excel and PDF."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cunzhao.read.types import Cell, Table

_WIDEST = 200  # columns that one cell may span
_MOST_FIELDS = 2_000_000  # of a table; where spans would make more, they are taken for 1
_DEEPEST_HEADER = 4
_LABEL_LENGTH = 40
_FIGURE = re.compile(r"[-+−－]?\s*[¥￥$]?\d[\d,，]*(?:\.\d+)?\s*[%％‰]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(?:计量|金额|数量)?单\s{0,4}位(?:为)?\s*[：:]\s*([^\s（）()【】\[\]，,；;。：:]{1,20})"
)
_OFFICE = re.compile(r".*(?:局|委|厅|办|院|公司|政府|中心|处|部|会|校|集团|学)")


_OF_TABLE = re.compile(
    r"""
    (?:附?表\s*[一二三四五六七八九十\d]|.{0,60}(?:情况|一览|明细|统计|汇总|对照|分解|任务|名单|
    目录)?表(?:[（(].*)?$)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as its format gives it, in reading order; a place covered by a span has none."""

    text: str
    rows: int = 1  # how many it spans (rowspan, vMerge)
    columns: int = 1
    header: bool = False  # the format says so (`th`, Word's repeated header row)


def grid_table(
    rows: Sequence[Sequence[CellText]],
    *,
    caption: str | None = None,
    unit: str | None = None,
    header_rows: int | None = None,
) -> tuple[str, Table]:
    """The text of a table (fields parted by tab, rows by line end) and its cells in it.

    `rows` are as in HTML: a cell stands in the first free column of its row, spans cover those right of and
    below it. In the text a covered place is an empty field, so that columns stay aligned; empty fields at a
    row's end are left out, as are rows without any text. Offsets are relative to that text (`Table.start` is
    0). White space within a cell becomes one space. Where they are not told, `header_rows` are rows of `th`,
    else top rows without figures, and `unit` is that of `caption`. Raises nothing.
    """
    placed, height = _placed(rows)
    told = {id(cell) for _, _, cell in placed if cell.header}
    if header_rows is None:
        header_rows = _header_rows(placed, height, told)
    text, cells = _written(placed, height, header_rows)
    unit = unit or (unit_of(caption) if caption else None)
    return text, Table(
        start=0, end=len(text), cells=cells, caption=caption, unit=unit, header_rows=header_rows
    )


def standing_table(text: str, rows: Sequence[Sequence[tuple[int, int]]]) -> Table:
    """The table of fields that stand in `text` already, each at its (start, end): none of them is merged."""
    shown = [[CellText(text[start:end]) for start, end in row] for row in rows]
    placed = [(y, x, cell) for y, row in enumerate(shown) for x, cell in enumerate(row)]
    header_rows = _header_rows(placed, len(rows), set())
    cells = []
    for y, row in enumerate(shown):
        names = _names_of_row(row, header=y < header_rows)
        for x, (start, end) in enumerate(rows[y]):
            cells.append(Cell(row=y, column=x, start=start, end=end, header=start < end and names[x]))
    return Table(start=rows[0][0][0], end=rows[-1][-1][1], cells=tuple(cells), header_rows=header_rows)


def unit_of(caption: str) -> str | None:
    """The unit that a caption or the line above a table names, no office: `（单位：亿元）` -> `亿元`."""
    found = _UNIT.search(caption)
    return found[1] if found and not _OFFICE.fullmatch(found[1]) else None


def captioned(table: Table, text: str, above: Sequence[str]) -> Table:
    """The table with what the lines above (in order) and a title row across it say: caption and unit.

    `text` is what the offsets of the cells count.
    """
    across = [text[c.start : c.end] for c in table.cells if c.row < 2 and c.columns > 2 and c.column == 0]
    near = [x for x in above if len(x) <= 80]
    titles = [x for x in (*reversed(near), *across) if _OF_TABLE.match(x) and "。" not in x]
    units = [unit for unit in map(unit_of, (*across, *reversed(near))) if unit]
    return replace(
        table, caption=table.caption or next(iter(titles), None), unit=table.unit or next(iter(units), None)
    )


_Placed = list[tuple[int, int, CellText]]  # row, column, cell; row by row


def _placed(rows: Sequence[Sequence[CellText]], *, spanning: bool = True) -> tuple[_Placed, int]:
    """Each cell with its row and column, and how many rows there are; rows that say nothing are left out."""
    kept = [y for y, row in enumerate(rows) if any(cell.text.strip() for cell in row)]
    said, placed = [rows[y] for y in kept], _Placed()
    width = max((sum(_columns(cell) for cell in row) for row in said), default=0)
    spanning = spanning and width * len(said) <= _MOST_FIELDS
    covered: dict[int, int] = {}  # column -> rows still covered from above
    for y, row in enumerate(said):
        x = 0
        if spanning and len(covered) * len(said) > _MOST_FIELDS:  # pushed to the right by what spans down
            return _placed(rows, spanning=False)
        below = {column: left - 1 for column, left in covered.items() if left > 1}
        for cell in row:
            while covered.get(x):
                x += 1
            columns = _columns(cell) if spanning else 1
            depth = bisect_left(kept, kept[y] + max(cell.rows, 1)) - y if spanning else 1
            placed.append((y, x, CellText(" ".join(cell.text.split()), depth, columns, cell.header)))
            for column in range(x, x + columns):
                below[column] = max(below.get(column, 0), depth - 1)
            x += columns
        covered = below
    return placed, len(said)


def _columns(cell: CellText) -> int:
    return min(max(cell.columns, 1), _WIDEST)


def _written(placed: _Placed, height: int, header_rows: int) -> tuple[str, tuple[Cell, ...]]:
    """The text, and the cells with their place in it."""
    by_row: list[list[tuple[int, CellText]]] = [[] for _ in range(height)]
    for y, x, cell in placed:
        by_row[y].append((x, cell))
    lines: list[str] = []
    cells: list[Cell] = []
    start = 0
    for y, row in enumerate(by_row):
        line = ""
        names = _names_of_row([cell for _, cell in row], header=y < header_rows)
        for (x, cell), name in zip(row, names, strict=True):
            if cell.text:
                line += "\t" * (x - line.count("\t"))
            at = start + len(line)
            line += cell.text
            name = cell.header or (name and (y < header_rows or x == 0))
            cells.append(Cell(row=y, column=x, start=at, end=at + len(cell.text), rows=cell.rows,
                              columns=cell.columns, header=bool(cell.text) and name))  # fmt: skip
        lines.append(line)
        start += len(line) + 1
    return "\n".join(lines), tuple(cells)


def _names_of_row(row: Sequence[CellText], *, header: bool) -> list[bool]:
    """Which cells of a row name something: all of a header, else the first where figures follow."""
    figures = any(_is_figure(cell.text) for cell in row)
    return [header or (figures and x == 0 and not _is_figure(cell.text)) for x, cell in enumerate(row)]


def _header_rows(placed: _Placed, height: int, told: set[int]) -> int:
    """How many rows at the top only name columns."""
    rows: list[list[CellText]] = [[] for _ in range(height)]
    for y, _, cell in placed:
        rows[y].append(cell)
    if told:
        rest = (y for y, row in enumerate(rows) if not all(id(c) in told or not c.text for c in row))
        found = next(rest, 0)
        if found:
            return found
    if height < 2:
        return 0
    title = 1 if len(rows[0]) == 1 and rows[0][0].columns > 1 else 0  # over the whole width
    first = rows[title] if title < height else []
    if len(first) < 2 or not all(map(_is_label, first)):
        return 0
    deep = min(title + max(cell.rows for cell in first), _DEEPEST_HEADER, height - 1)
    while deep > title + 1 and not all(map(_is_label, rows[deep - 1])):
        deep -= 1
    return deep


def _is_label(cell: CellText) -> bool:
    return len(cell.text) <= _LABEL_LENGTH and "。" not in cell.text and not _is_figure(cell.text)


def _is_figure(text: str) -> bool:
    """A number that stands alone; a year names a column."""
    return bool(_FIGURE.fullmatch(text)) and not _YEAR.fullmatch(text)
