"""Paragraphs, headings and tables of PDF pages as pieces of a document, every character with its box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cunzhao.read.assembly import Piece
from cunzhao.read.pdf.characters import HYPHEN, is_wide
from cunzhao.read.pdf.glyphs import Box, Sheet
from cunzhao.read.pdf.lines import Line
from cunzhao.read.pdf.tables import PageTable
from cunzhao.read.tables import CellText, grid_table
from cunzhao.read.types import BlockKind, Place, Run

_EVEN = 0.8  # points a character of a run may stand beside its even share


@dataclass(slots=True)
class Written:
    """Text put together of lines, and where in it each line's characters stand."""

    text: str = ""
    parts: list[tuple[int, Line, int, int]] = field(default_factory=list)  # offset; line, from, to

    def add(self, line: Line, start: int = 0, end: int | None = None) -> None:
        end = len(line.text) if end is None else end
        self.parts.append((len(self.text), line, start, end))
        self.text += line.text[start:end]

    def runs(self, shift: int = 0) -> list[Run]:
        return [run for at, line, start, end in self.parts for run in _runs(at + shift, line, start, end)]


def written(lines: Sequence[Line]) -> Written:
    """The lines as one text: no space between Chinese characters, a hyphenated word whole."""
    out = Written()
    for k, line in enumerate(lines):
        following = lines[k + 1].text if k + 1 < len(lines) else ""
        end = len(line.text)
        if line.text.endswith(HYPHEN) and following[:1].islower():
            end -= 1
        out.add(line, 0, end)
        if end == len(line.text) and following and not (is_wide(line.text[-1]) or is_wide(following[0])):
            out.text += "" if line.text.endswith((HYPHEN, "-", "/")) else " "
    out.text = out.text.replace(HYPHEN, "-")
    return out


def piece_of(kind: BlockKind, lines: Sequence[Line], level: int | None = None) -> Piece:
    """A paragraph or heading; its place is the part of it that stands on its first page and column."""
    text = written(lines)
    first = lines[0]
    own = [line for line in lines if line.sheet == first.sheet and line.column == first.column]
    return Piece(
        kind, text.text, _place(first.sheet, [line.box for line in own]), level, None, tuple(text.runs())
    )


def table_piece(tables: Sequence[PageTable], caption: str | None, unit: str | None) -> Piece | None:
    """A table (of several pages, one under the other) as one piece; None where it says nothing."""
    rows: list[list[CellText]] = []
    said: list[Written] = []
    for table in tables:
        for number in range(table.height):
            row = []
            for cell in (cell for cell in table.cells if cell.row == number):
                own = written(cell.lines)
                row.append(CellText(own.text, cell.rows, cell.columns))
                if own.text:
                    said.append(own)
            rows.append(row)
    text, value = grid_table(rows, caption=caption, unit=unit)
    if not text.strip():
        return None
    filled = [cell for cell in value.cells if cell.end > cell.start]
    runs = [
        run
        for cell, own in zip(filled, said, strict=True)
        if cell.end - cell.start == len(own.text)
        for run in own.runs(cell.start)
    ]
    first = tables[0]
    place = _place(first.sheet, [(first.left, first.bottom, first.right, first.top)])
    return Piece("table", text, place, None, value, tuple(sorted(runs, key=lambda run: run.start)))


def _place(sheet: Sheet, boxes: Iterable[Box]) -> Place:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = sheet.seen((min(lefts), min(bottoms), max(rights), max(tops)))
    return Place(page=sheet.page, box=_rounded(box))


def _rounded(box: Box) -> Box:
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def _runs(at: int, line: Line, start: int, end: int) -> Iterable[Run]:
    """Runs of characters that share a box evenly; where a line is written across, each stands alone."""
    k = start
    while k < end:
        stop = k + 1 if line.sheet.quarters else _even_until(line, k, end)
        box = (line.edges[2 * k], line.bottom, line.edges[2 * stop - 1], line.top)
        place = Place(page=line.sheet.page, box=_rounded(line.sheet.seen(box)))
        yield Run(start=at + k - start, end=at + stop - start, place=place)
        k = stop


def _even_until(line: Line, k: int, end: int) -> int:
    """How far characters from `k` on are as far from each other as its first two."""
    left, edges = line.edges[2 * k], line.edges
    if k + 1 >= end:
        return k + 1
    step = edges[2 * k + 2] - left
    stop = k + 1
    while stop < end:
        begin, finish = left + step * (stop - k), left + step * (stop - k + 1)
        if abs(edges[2 * stop] - begin) > _EVEN or abs(edges[2 * stop + 1] - finish) > _EVEN:
            break
        stop += 1
    return stop
