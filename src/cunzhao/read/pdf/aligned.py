"""Tables without upright lines: rows of strings that stand under each other in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from cunzhao.read.pdf.lines import Line, set_text
from cunzhao.read.pdf.tables import PageTable, TableCell

_LEAST_ROWS = 3
_TALL = 2.6  # times the size of the type from row to row; more parts two tables
_FIGURE = re.compile(r"[-+−－]?\s*[¥￥$]?\d[\d,，]*(?:\.\d+)?\s*[%％‰]?")
_PAGE = re.compile(r"[（(]?\d{1,4}[)）]?")

Row = Sequence[Line]  # strings of one base line, from left to right


def aligned_tables(found: Sequence[Row]) -> list[Row | PageTable]:
    """The rows of a column, those that make a table replaced by it."""
    out: list[Row | PageTable] = []
    at = 0
    while at < len(found):
        end = _end_of_block(found, at)
        table = _table(found[at:end]) if end - at >= _LEAST_ROWS else None
        if table is None:
            out.append(found[at])
            at += 1
        else:
            out.append(table)
            at = end
    return out


def _end_of_block(found: Sequence[Row], at: int) -> int:
    """End of the run of rows with several strings each from `at`; a wrapped cell may stand between."""
    end, last = at, at
    if len(found[at]) == 1:
        return at
    while end < len(found):
        if end > at and found[end - 1][0].base - found[end][0].base > _TALL * found[end][0].size:
            break
        if len(found[end]) > 1:
            last = end + 1
        elif end - last >= 1:
            break
        end += 1
    return last


def _table(block: Sequence[Row]) -> PageTable | None:
    columns = _columns(block)
    full = [row for row in block if len(row) > 1]
    if len(columns) < 2 or len(full) < _LEAST_ROWS or not _is_tabular(full, columns):
        return None
    cells: list[TableCell] = []
    row_number = -1
    for row in block:
        if len(row) > 1 or not cells or row[0].left < columns[0][1]:
            row_number += 1
        for string in row:
            column, wide = _spanned(string, columns)
            known = next((c for c in cells if (c.row, c.column) == (row_number, column)), None)
            if known is None:
                known = TableCell(row_number, column, 1, wide)
                cells.append(known)
            known.lines.append(set_text(string))
    strings = [string for row in block for string in row]
    return PageTable(
        block[0][0].sheet,
        min(s.left for s in strings),
        min(s.bottom for s in strings),
        max(s.right for s in strings),
        max(s.top for s in strings),
        median(s.size for s in strings),
        _all_fields(cells, len(columns)),
        [c[0] for c in columns] + [columns[-1][1]],
    )


def _columns(block: Sequence[Row]) -> list[tuple[float, float]]:
    """Left and right of each column: where strings of rows with several stand, overlapping ones together."""
    widest = max(len(row) for row in block)
    spans = sorted((s.left, s.right) for row in block if 2 * len(row) > widest for s in row)
    size = median(s.size for row in block for s in row)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1] + 0.3 * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _is_tabular(full: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether most rows fill most columns, once each, and it is no table of contents."""
    placed = [[_spanned(s, columns)[0] for s in row] for row in full]
    if sum(len(set(p)) == len(p) for p in placed) < 0.9 * len(placed):
        return False
    if sum(map(len, placed)) < 0.6 * len(columns) * len(placed):
        return False
    last = [row[-1] for row in full]
    texts = ["".join(g.text for g in s.glyphs) for s in last]
    contents = len(columns) == 2 and all(_PAGE.fullmatch(t) for t in texts)
    if contents and sorted(map(_number, texts)) == list(map(_number, texts)):
        return False
    figures = sum(bool(_FIGURE.fullmatch("".join(g.text for g in s.glyphs))) for row in full for s in row[1:])
    return len(columns) > 2 or figures >= 0.5 * len(full) or len(full) > _LEAST_ROWS


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _spanned(string: Line, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """First column that a string stands in, and how many."""
    held = [k for k, (left, right) in enumerate(columns) if string.left < right and string.right > left]
    if not held:
        middle = (string.left + string.right) / 2
        held = [min(range(len(columns)), key=lambda k: abs(middle - sum(columns[k]) / 2))]
    return held[0], held[-1] - held[0] + 1


def _all_fields(cells: Sequence[TableCell], width: int) -> list[TableCell]:
    """The cells with empty ones where nothing stands, row by row."""
    taken = {(c.row, k) for c in cells for k in range(c.column, c.column + c.columns)}
    height = max(c.row for c in cells) + 1
    empty = [TableCell(y, x) for y in range(height) for x in range(width) if (y, x) not in taken]
    return sorted([*cells, *empty], key=lambda c: (c.row, c.column))
