"""The pages of a PDF as one flow: paragraphs and tables go on over the page, notes stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cunzhao.read.assembly import Piece
from cunzhao.read.pdf.headings import Headings
from cunzhao.read.pdf.lines import Line
from cunzhao.read.pdf.page import Item, PageRead
from cunzhao.read.pdf.paragraphs import (
    NOTE_SIZE,
    Manner,
    begins_note,
    is_contents,
    is_item,
    manner_of,
    paragraphs,
)
from cunzhao.read.pdf.pieces import piece_of, table_piece
from cunzhao.read.pdf.running import without_running_lines
from cunzhao.read.pdf.tables import PageTable, TableCell
from cunzhao.read.structure.numbering import number_at
from cunzhao.read.tables import unit_of
from cunzhao.read.types import BlockKind

_CAPTION = re.compile(
    r"(?:附?[表图]|图表|专栏|Table|Figure|Fig\.)\s*[\dA-Z一二三四五六七八九十]{1,3}(?:[-—.．]\d{1,3})*[\s:：.、]*\S",
    re.I,
)
_CONTINUED = re.compile(r"续\s*[上前]?\s*表.{0,40}|.{0,60}[（(]续[)）表]?.{0,10}")
_CAPTION_LENGTH = 80


@dataclass(slots=True)
class _Stretch:
    """Lines with nothing between them, or a table (of several pages)."""

    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)


def pieces_of(pages: Sequence[PageRead], marks: Mapping[tuple[int, str], int]) -> list[Piece]:
    """The pieces of a document in reading order. `marks`: bookmarks (page, title) with their depth."""
    left = without_running_lines(pages)
    lines = [item for items in left for item in items if isinstance(item, Line)]
    manner = manner_of(lines)
    asides: dict[int, list[Line]] = {}
    flow: list[Item] = []
    for page, items in zip(pages, left, strict=True):
        apart = _apart(items, manner)
        asides[page.sheet.page] = [item for item in items if isinstance(item, Line) and id(item) in apart]
        flow += [item for item in items if id(item) not in apart]
    stretches = [(stretch.tables, paragraphs(stretch.lines, manner)) for stretch in _stretches(flow)]
    headings = Headings([group for _, groups in stretches for group in groups], manner, marks)
    pieces: list[Piece] = []
    for tables, groups in stretches:
        pieces += _with_table(pieces, tables) if tables else []
        pieces += [_piece(group, headings) for group in groups]
    return list(_with_asides(pieces, asides, manner))


def _apart(items: Sequence[Item], manner: Manner) -> set[int]:
    """Ids of the notes at the foot of the columns of a page, and of what is written across."""
    apart = {id(item) for item in items if isinstance(item, Line) and item.column < 0}
    foot: dict[int, list[Line]] = {}
    for item in reversed(items):
        if isinstance(item, PageTable) or item.column < 0:
            continue
        below = foot.setdefault(item.column, [])
        if below and below[-1].size >= NOTE_SIZE * manner.size:
            continue
        below.append(item)
    for column in foot.values():
        starts = [k for k, line in enumerate(column) if begins_note(line, manner)]
        if starts and starts[-1] + 1 < len(column):
            apart |= {id(line) for line in column[: starts[-1] + 1]}
    return apart


def _stretches(flow: Sequence[Item]) -> list[_Stretch]:
    found: list[_Stretch] = [_Stretch()]
    for item in flow:
        last = found[-1]
        if isinstance(item, Line):
            if (
                last.tables
                and not last.lines
                and _CONTINUED.fullmatch(item.text)
                and item.sheet.page > last.tables[-1].sheet.page
            ):
                continue  # names the table again that goes on below
            last.lines.append(item)
        elif last.tables and not last.lines and _continues(last.tables[-1], item):
            _go_on(last.tables, item)
        else:
            found.append(_Stretch(tables=[item]))
    return found


def _continues(above: PageTable, table: PageTable) -> bool:
    """Whether a table goes on with the one at the end of the page before: its columns stand alike."""
    if table.sheet.page != above.sheet.page + 1 or len(table.xs) != len(above.xs):
        return False
    ours, theirs = list(pairwise(table.xs)), list(pairwise(above.xs))
    return all(
        a <= (c + d) / 2 <= b or c <= (a + b) / 2 <= d for (a, b), (c, d) in zip(ours, theirs, strict=True)
    )


def _go_on(tables: list[PageTable], table: PageTable) -> None:
    """Add what stands on the next page: rows said again at its top left out, a row cut by the page joined."""
    first, above = tables[0], tables[-1]
    same = 0
    while same < min(4, first.height, table.height - 1) and _row(first, same) == _row(table, same) != []:
        same += 1
    last = {cell.column: cell for cell in above.cells if cell.row + cell.rows == above.height}
    cut = {cell.column: cell for cell in table.cells if cell.row == same}
    if (above.open_bottom and table.open_top and not same) or _is_cut(last, cut):
        for column, cell in cut.items():
            if column in last:
                last[column].lines += cell.lines
        same += 1
    for cell in table.cells:
        cell.row -= same
    table.cells = [cell for cell in table.cells if cell.row >= 0]
    if table.cells:
        tables.append(table)


def _is_cut(above: Mapping[int, TableCell], row: Mapping[int, TableCell]) -> bool:
    """Whether a row goes on with the last one of the page before: only some cells, one in mid-sentence."""
    said = [column for column, cell in row.items() if cell.text]
    if not said or 0 in said or len(said) > len(row) - 2 or not all(column in above for column in said):
        return False
    return any(above[column].text[-1:] not in "。；！？" for column in said if above[column].text)


def _row(table: PageTable, number: int) -> list[str]:
    return [cell.text for cell in table.cells if cell.row == number and cell.text]


def _with_table(pieces: list[Piece], tables: Sequence[PageTable]) -> list[Piece]:
    """The piece of a table; the lines above it that name it or its unit become captions."""
    caption, unit = None, None
    for k in range(len(pieces) - 1, max(-1, len(pieces) - 4), -1):
        text = pieces[k].text
        if len(text) > _CAPTION_LENGTH or pieces[k].kind == "table":
            break
        if _CAPTION.match(text):
            caption = text
        elif unit is None and unit_of(text) and len(text) <= 30:
            unit = unit_of(text)
        else:
            break
        pieces[k] = Piece("caption", text, pieces[k].place, None, None, pieces[k].runs)
        if caption:
            break
    found = table_piece(tables, caption, unit)
    return [found] if found else []


def _piece(group: Sequence[Line], headings: Headings) -> Piece:
    if is_contents(group[0]):
        return piece_of("list", group)
    level = headings.level(group)
    if level is not None:
        return piece_of("heading", group, level)
    text = group[0].text
    short = sum(len(line.text) for line in group) <= _CAPTION_LENGTH
    kind: BlockKind = "paragraph"
    if short and _CAPTION.match(text) and group[-1].text[-1] not in "。；，":
        kind = "caption"
    elif is_item(text) and number_at(text) is None:
        kind = "list"
    return piece_of(kind, group)


def _with_asides(
    pieces: Sequence[Piece], asides: Mapping[int, list[Line]], manner: Manner
) -> Iterator[Piece]:
    """The pieces, each page's notes behind the last that begins on it."""
    left = sorted((page, lines) for page, lines in asides.items() if lines)
    for k, piece in enumerate(pieces):
        yield piece
        following = pieces[k + 1].place.page or 0 if k + 1 < len(pieces) else 1 << 30
        while left and left[0][0] < following:
            for group in paragraphs(left.pop(0)[1], manner):
                yield piece_of("paragraph", group)
    for _, lines in left:
        yield from (piece_of("paragraph", group) for group in paragraphs(lines, manner))
