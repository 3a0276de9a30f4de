"""Tables of Word: cells with their spans, and where each character of a cell stands.

Offsets into a cell count the code points of its paragraphs as `wordtext.printed` gives them, with one line
end between two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from cunzhao.read.assembly import Piece
from cunzhao.read.folding import folded
from cunzhao.read.office.packages import whole
from cunzhao.read.office.wordstyles import value_of
from cunzhao.read.office.wordtext import W, is_on, printed
from cunzhao.read.tables import CellText, grid_table, unit_of
from cunzhao.read.types import Place, Run

_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_CAPTION = re.compile(
    r"(?:续?附?表|图)\s*[\d一二三四五六七八九十]+(?:[-－.]\d+)*(?![\d年月日])\s*[：:、.]?\s*.{0,60}"
)
_NAME = re.compile(r"[^。；，]{2,40}表(?:\s*[（(][^（）()]*[）)])?")


@dataclass(slots=True)
class WordCell:
    """A w:tc; of a merged cell the upper left one."""

    row: int
    column: int
    element: Any | None  # None: the row begins further right
    rows: int = 1
    columns: int = 1
    header: bool = False
    text: str = ""
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, offset into the cell

    @property
    def name(self) -> str:
        return cell_name(self.row, self.column)


def cell_name(row: int, column: int) -> str:
    """(2, 1) -> "B3"; both count from 0."""
    return f"{_letters(column + 1)}{row + 1}"


@cache
def _letters(column: int) -> str:
    first, last = divmod(column - 1, 26)
    return (_letters(first) if first else "") + chr(ord("A") + last)


def wrapped(container: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """The children of these tags in order, also those inside content controls and insertions."""
    todo = list(container)[::-1]
    while todo:
        element = todo.pop()
        if element.tag in tags:
            yield element
        elif element.tag in _WRAPPERS:
            todo += list(element)[::-1]


def cells_of(table: Any) -> list[list[WordCell]]:
    """The cells of a w:tbl row by row; deleted rows and cells covered by a span have none."""
    rows: list[list[WordCell]] = []
    above: dict[int, WordCell] = {}  # column -> cell that may go on below
    for row in wrapped(table, (f"{W}tr",)):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        y, x = len(rows), _number(properties, "gridBefore", 0)
        cells = [WordCell(y, 0, None, columns=x)] if x else []
        for element in wrapped(row, (f"{W}tc",)):
            own = element.find(f"{W}tcPr")
            columns = _number(own, "gridSpan", 1)
            if _goes_on(own, "hMerge") and cells:
                cells[-1].columns += columns
            elif _goes_on(own, "vMerge") and x in above:
                above[x].rows += 1
            else:
                cell = WordCell(y, x, element, columns=columns, header=is_on(properties, "tblHeader"))
                cells.append(cell)
                above[x] = cell
            x += columns
        rows.append(cells)
    return rows


def fill(cell: WordCell, label: Callable[[Any], str | None]) -> None:
    """Write the text of a cell: its paragraphs with the numbers Word makes, parted by a space."""
    at = 0
    for paragraph in wrapped(cell.element, (f"{W}p",)):
        raw, number = printed(paragraph), " ".join((label(paragraph) or "").split())
        line = folded(raw)
        if number or line.text:
            cell.text += (" " if cell.text else "") + number
            begin = len(cell.text)
            cell.spans += [(begin + start, begin + end, at + offset) for start, end, offset in line.spans]
            cell.text += line.text
        at += len(raw) + 1


def table_piece(rows: Sequence[Sequence[WordCell]], number: int, before: Sequence[Piece]) -> Piece:
    """The piece of a table. `before`: the pieces above it, whose last lines may name it and its unit."""
    caption, unit = _named(before)
    text, table = grid_table(
        [[CellText(c.text, c.rows, c.columns, c.header) for c in row] for row in rows],
        caption=caption,
        unit=unit,
    )
    said = [cell for row in rows if any(c.text for c in row) for cell in row]
    runs = [
        Run(start=shown.start + start, end=shown.start + end,
            place=Place(table=number, cell=cell.name, offset=offset))
        for cell, shown in zip(said, table.cells, strict=True)
        for start, end, offset in cell.spans
    ]  # fmt: skip
    return Piece("table", text, Place(table=number), table=table, runs=tuple(runs))


def _named(before: Sequence[Piece]) -> tuple[str | None, str | None]:
    """Caption and unit of the lines directly above a table."""
    caption = unit = None
    for piece in reversed(before[-2:]):
        if piece.kind == "table" or len(piece.text) > 80:
            break
        unit = unit or unit_of(piece.text)
        if piece.kind == "caption" or is_caption(piece.text) or _NAME.fullmatch(piece.text):
            caption = piece.text
            break
        if unit is None:
            break
    return caption, unit


def is_caption(text: str) -> bool:
    """`表1 主要指标`, `图2-1 …`: the name of a table or figure."""
    return bool(_CAPTION.fullmatch(text)) and not text.endswith("。")


def with_caption(piece: Piece) -> Piece:
    return replace(piece, kind="caption", level=None) if is_caption(piece.text) else piece


def _number(properties: Any | None, name: str, usual: int) -> int:
    told = whole(value_of(properties, name)) if properties is not None else None
    return usual if told is None else min(told, 200)


def _goes_on(properties: Any | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "continue") == "continue"
