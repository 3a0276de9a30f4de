"""Characters of a PDF page become lines: strings on one base line, with the spaces that were meant."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cunzhao.read.pdf.characters import HYPHEN, is_wide
from cunzhao.read.pdf.glyphs import Box, Glyph, Sheet

_APART = 1.0  # times the size of the type: a wider gap parts two strings of a line
_BESIDE = 0.5  # the same for strings that are drawn apart: columns may be near
_LEADERS = re.compile(r"(?:[.．·…‥•⋯_]\s?){4,}|…{2,}")
_PAGE = re.compile(r"\s*[(（]?[\divxlcIVXLC—-]{0,6}[)）]?")


@dataclass(slots=True)
class Line:
    """A string on one base line, in points of the reading frame of its page."""

    sheet: Sheet
    glyphs: list[Glyph]  # from left to right; let go when the line is `set_text`
    left: float
    right: float
    base: float
    size: float  # of most of its type
    text: str = ""
    edges: array[float] = field(
        default_factory=lambda: array("f")
    )  # left and right of every character of `text`
    bold: bool = False
    column: int = 0  # 0, 1 … in reading order over the page; lines of one column may join
    column_left: float = 0.0
    column_right: float = 0.0
    strings: list[Line] | None = None  # where it has wide gaps: what stands between them

    @property
    def bottom(self) -> float:
        return self.base - 0.14 * self.size

    @property
    def top(self) -> float:
        return self.base + 0.88 * self.size

    @property
    def middle(self) -> float:
        return self.base + 0.36 * self.size

    @property
    def box(self) -> Box:
        return self.left, self.bottom, self.right, self.top


def line_of(sheet: Sheet, glyphs: list[Glyph]) -> Line:
    sizes = sorted(g.size for g in glyphs)
    size = sizes[len(sizes) // 2]
    bases = sorted(g.base for g in glyphs if g.size >= 0.9 * size)
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return Line(sheet, glyphs, left, right, bases[len(bases) // 2], size)


def strings(sheet: Sheet, glyphs: Sequence[Glyph]) -> list[Line]:
    """What stands on one base line without a wide gap; the order of the file does not matter."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        before = runs[-1][-1] if runs else None
        if before is None or not _follows(before, glyph):
            runs.append([])
        runs[-1].append(glyph)
    lines: list[Line] = []
    for row in rows([line_of(sheet, run) for run in runs]):
        lines += touching(row, _BESIDE)
    return lines


def _follows(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    return (
        abs(before.base - glyph.base) < 0.12 * size
        and -0.5 * size < glyph.left - before.right < _APART * size
    )


def rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Strings grouped by base line, from the top down, each row from left to right."""
    grouped: list[tuple[Line, list[Line]]] = []  # the largest string of a row stands for it
    for line in sorted(lines, key=lambda line: -line.middle):
        home = next((k for k in range(len(grouped) - 1, max(-1, len(grouped) - 4), -1)
                     if _level(grouped[k][0], line)), None)  # fmt: skip
        if home is None:
            grouped.append((line, [line]))
            continue
        chief, members = grouped[home]
        members.append(line)
        if line.size > chief.size:
            grouped[home] = (line, members)
    grouped.sort(key=lambda row: -row[0].base)
    return [sorted(members, key=lambda line: line.left) for _, members in grouped]


def _level(a: Line, b: Line) -> bool:
    """Whether two strings stand on one line; a raised figure (m²) or a mark of a note does."""
    small, large = (a, b) if a.size <= b.size else (b, a)
    if small.size > 0.8 * large.size:
        return abs(small.middle - large.middle) < 0.4 * small.size
    return large.bottom - 0.1 * large.size < small.middle < large.top + 0.1 * large.size


def touching(row: Sequence[Line], apart: float = _APART) -> list[Line]:
    """The strings of a row, those nearer to each other than `apart` times the size of the type as one."""
    merged: list[Line] = []
    for line in row:
        last = merged[-1] if merged else None
        if last is not None and line.left - last.right < apart * max(last.size, line.size):
            merged[-1] = line_of(line.sheet, sorted(last.glyphs + line.glyphs, key=lambda g: g.left))
        else:
            merged.append(line)
    return merged


def whole_line(row: Sequence[Line]) -> Line:
    """The strings of a row as one line, which knows them where there are several."""
    if len(row) == 1:
        return row[0]
    whole = line_of(row[0].sheet, [g for line in row for g in line.glyphs])
    whole.strings = list(row)
    return whole


def set_text(line: Line) -> Line:
    """The line with its text and edges, its glyphs let go."""
    for part in line.strings or ():
        set_text(part)
    parts: list[str] = []
    before: Glyph | None = None
    spread = _is_spread(line.glyphs)
    for glyph in line.glyphs:
        if before is not None and not spread and _parted(before, glyph):
            parts.append(" ")
            line.edges.extend((before.right, max(glyph.left, before.right)))
        width = (glyph.right - glyph.left) / len(glyph.text)
        for k in range(len(glyph.text)):
            line.edges.extend((glyph.left + k * width, glyph.left + (k + 1) * width))
        parts.append(glyph.text)
        before = glyph
    line.text = "".join(parts)
    line.bold = sum(g.bold for g in line.glyphs) > 0.7 * len(line.glyphs)
    line.glyphs = []
    _settle(line)
    return line


def _settle(line: Line) -> None:
    """Hyphens within the line are such; rows of dots that lead to a page number are one tab."""
    inner = line.text[:-1].replace(HYPHEN, "-")
    line.text = inner + line.text[-1:]
    found = _LEADERS.search(line.text)
    if not found or not found.start() or not _PAGE.fullmatch(line.text[found.end() :]):
        return
    start = len(line.text[: found.start()].rstrip())
    end = len(line.text) - len(line.text[found.end() :].lstrip())
    led = array("f", (line.edges[2 * start], line.edges[2 * end - 1]))
    line.text = line.text[:start] + "\t" + line.text[end:]
    line.edges = line.edges[: 2 * start] + led + line.edges[2 * end :]


def _parted(before: Glyph, glyph: Glyph) -> bool:
    """Whether a space was meant: said in the file or seen as a gap; not where Chinese lines are justified."""
    size = max(before.size, glyph.size)
    gap = (glyph.left - before.right) / size
    wide = is_wide(before.text[-1]), is_wide(glyph.text[0])
    if all(wide):
        return gap > (0.4 if glyph.spaced else 0.9)
    if any(wide):
        return gap > (0.1 if glyph.spaced else 0.6)
    return gap > (0.06 if glyph.spaced else 0.18)


def _is_spread(glyphs: Sequence[Glyph]) -> bool:
    """Whether a line is letter-spaced (通　　知): a few Chinese characters, all as far from each other."""
    if not 2 <= len(glyphs) <= 12 or not all(is_wide(g.text[0]) for g in glyphs):
        return False
    gaps = [b.left - a.right for a, b in pairwise(glyphs)]
    return min(gaps) > 0.3 * glyphs[0].size and max(gaps) < 1.35 * min(gaps) + 1
