"""One page of a PDF in reading order: lines and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from cunzhao.read.pdf.aligned import aligned_tables
from cunzhao.read.pdf.columns import in_reading_order
from cunzhao.read.pdf.glyphs import PageText, Sheet, page_text
from cunzhao.read.pdf.lines import Line, line_of, rows, set_text, strings, touching, whole_line
from cunzhao.read.pdf.rules import Drawn, drawn_on
from cunzhao.read.pdf.tables import PageTable, ruled_tables

Item = Line | PageTable


@dataclass(slots=True)
class PageRead:
    sheet: Sheet
    items: list[Item]  # in reading order
    pictures: float = 0.0  # share of the page that images cover
    unknown: float = 0.0  # share of the characters whose font does not tell what they are


def read_page(page: pdfium.PdfPage, number: int, gutters: list[float]) -> PageRead:
    """A page's lines and tables; `gutters` are left edges of columns of the pages before, to be added to."""
    text = page_text(page, number)
    return laid_out(text, drawn_on(page, text.view, text.turn), gutters)


def laid_out(text: PageText, drawn: Drawn, gutters: list[float]) -> PageRead:
    """As `read_page`, of characters and rules that another format (OFD) gave."""
    tables, rest, across = ruled_tables(text.sheet, drawn, text.glyphs, _sideways(text))
    boxes: list[Item] = [*tables, *strings(text.sheet, rest)]
    items: list[Item] = []
    for column, group in enumerate(in_reading_order(boxes, gutters)):
        items += _column(column, group)
    items += across
    unknown = text.unknown / len(text.glyphs) if text.glyphs else 0.0
    return PageRead(text.sheet, items, drawn.pictures, unknown)


def _column(column: int, group: Sequence[Item]) -> list[Item]:
    """Lines and tables of one column, from the top down."""
    tables: list[Item] = [item for item in group if isinstance(item, PageTable)]
    found = [touching(row) for row in rows([item for item in group if isinstance(item, Line)])]
    lines: list[Line] = []
    for item in aligned_tables(found):
        if isinstance(item, PageTable):
            tables.append(item)
        else:
            lines.append(set_text(whole_line(item)))
    left, right = _edges(lines)
    if len(lines) == 1:  # which tells nothing of where lines end
        right = max(right, lines[0].sheet.frame[0] - left)
    for line in lines:
        line.column, line.column_left, line.column_right = column, left, right
    return sorted([*lines, *tables], key=lambda item: -item.top)


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where the lines of a column begin (the leftmost place where some do) and where the longest end."""
    if not lines:
        return 0.0, 0.0
    starts = sorted((line.left, line.size) for line in lines)
    enough = max(2, 0.12 * len(lines))
    left = next(
        (x for x, size in starts if sum(0 <= o - x < 0.4 * size for o, _ in starts) >= enough), starts[0][0]
    )
    return left, max(line.right for line in lines)


def _sideways(text: PageText) -> list[Line]:
    found = []
    for sheet, glyphs in zip(text.sideways_sheets, text.sideways, strict=True):
        line = set_text(line_of(sheet, sorted(glyphs, key=lambda g: g.left)))
        line.column, line.column_left, line.column_right = -1, line.left, line.right
        found.append(line)
    return found
