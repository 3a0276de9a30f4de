"""What is drawn on a PDF page beside its text: ruled lines (of tables), and how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from cunzhao.read.pdf.glyphs import Box, turned

_THIN = 3.0  # points: a filled box thinner than that is a line
_SHORT = 4.0  # points: a line shorter than that is an ornament
_ALONG = 3.0  # points: lines of one direction nearer than that end to end are one
_BESIDE = 1.6  # points: and so are those nearer than that side by side (double lines)
_MOST_OBJECTS = 20_000  # of one page: maps and drawings have more, tables do not
_MOST_POINTS = 2_000  # of one path
_DEEPEST = 6  # forms within forms

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line in the reading frame: `at` its y or x, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawn:
    level: list[Rule] = field(default_factory=list)  # from the top of the page down
    upright: list[Rule] = field(default_factory=list)  # from left to right
    pictures: float = 0.0  # share of the page that images cover, 0 to 1 (overlaps counted twice)


def drawn_on(page: pdfium.PdfPage, view: Box, turn: int) -> Drawn:
    """The rules of a page in its reading frame; `view` and `turn` as `page_text` tells them."""
    return rules_of(_boxes(page.raw, _SAME, 0, [_MOST_OBJECTS]), view, turn)


def rules_of(boxes: Iterable[tuple[str, Box]], view: Box, turn: int) -> Drawn:
    """As `drawn_on`, of boxes in the page's own coordinates: lines, sides of frames, and "image"."""
    found = Drawn()
    level: list[Rule] = []
    upright: list[Rule] = []
    area = max((view[2] - view[0]) * (view[3] - view[1]), 1.0)
    for kind, box in boxes:
        left, bottom, right, top = turned(box, view, turn)
        if kind == "image":
            found.pictures += max(0.0, right - left) * max(0.0, top - bottom) / area
        elif top - bottom <= _THIN < _SHORT <= right - left:
            level.append(Rule((bottom + top) / 2, left, right))
        elif right - left <= _THIN < _SHORT <= top - bottom:
            upright.append(Rule((left + right) / 2, bottom, top))
    found.level = sorted(_whole(level), key=lambda r: -r.at)
    found.upright = sorted(_whole(upright), key=lambda r: r.at)
    return found


def _whole(pieces: list[Rule]) -> list[Rule]:
    """Rules drawn in pieces (cell by cell) or twice, as whole ones."""
    rows: list[list[Rule]] = []
    for piece in sorted(pieces, key=lambda r: r.at):
        if rows and piece.at - rows[-1][0].at <= _BESIDE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [rule for row in rows for rule in _along(row)]


def _along(row: list[Rule]) -> Iterator[Rule]:
    row = sorted(row, key=lambda r: r.start)
    at, start, end = row[0].at, row[0].start, row[0].end
    for piece in row[1:]:
        if piece.start > end + _ALONG:
            yield Rule(at, start, end)
            at, start = piece.at, piece.start
        end = max(end, piece.end) if piece.start > start or piece.end > end else end
    yield Rule(at, start, end)


def _boxes(holder: Any, matrix: Matrix, depth: int, budget: list[int]) -> Iterator[tuple[str, Box]]:
    """`line` or `image` and its box in the page's own coordinates, forms opened."""
    form = depth > 0
    count = (raw.FPDFFormObj_CountObjects if form else raw.FPDFPage_CountObjects)(holder)
    get = raw.FPDFFormObj_GetObject if form else raw.FPDFPage_GetObject
    for i in range(count):
        budget[0] -= 1
        if budget[0] < 0:
            return
        drawn = get(holder, i)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from (("line", box) for box in _lines(drawn, matrix))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield "image", _mapped(_bounds(drawn), matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _boxes(drawn, _times(_matrix(drawn), matrix), depth + 1, budget)


def _lines(drawn: Any, matrix: Matrix) -> Iterator[Box]:
    """The straight pieces of a path that are seen: sides of what is stroked, thin boxes that are filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    points = raw.FPDFPath_CountSegments(drawn)
    if not raw.FPDFPath_GetDrawMode(drawn, fill, stroke) or points > _MOST_POINTS:
        return
    if not stroke.value:
        box = _mapped(_bounds(drawn), matrix)
        if fill.value and points <= 6 and min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            yield box
            return
        if not fill.value or points <= 6:
            return
    own = _times(_matrix(drawn), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    sides: list[Box] = []
    for k in range(points):
        segment = raw.FPDFPath_GetPathSegment(drawn, k)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = _point(x.value, y.value, own)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            sides.append(_hull(last, here))
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            sides.append(_hull(last, first))
            last = first
    yield from sides if stroke.value else _thin_pairs(sides)


def _thin_pairs(sides: list[Box]) -> list[Box]:
    """Of the sides of many filled boxes in one path, those of thin boxes (twice, which does not matter)."""
    short = [s for s in sides if max(s[2] - s[0], s[3] - s[1]) <= _THIN]
    return sides if len(short) * 2.2 >= len(sides) else []


def _bounds(drawn: Any) -> Box:
    a, b, c, d = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(drawn, a, b, c, d)
    return a.value, b.value, c.value, d.value


def _matrix(drawn: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, m):
        return _SAME
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n` (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = m
    p, q, r, t, u, v = n
    return a * p + b * r, a * q + b * t, c * p + d * r, c * q + d * t, e * p + f * r + u, e * q + f * t + v


def _point(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _mapped(box: Box, m: Matrix) -> Box:
    if m == _SAME:
        return box
    return _hull(_point(box[0], box[1], m), _point(box[2], box[3], m))


def _hull(p: tuple[float, float], q: tuple[float, float]) -> Box:
    return min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])
