"""The characters of a PDF page with where and how they are drawn, seen upright."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from cunzhao.read.pdf.characters import is_unknown, readable

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
MOST_CHARACTERS = 100_000  # of one page
_BOLD = re.compile(
    rb"bold|heavy|black|hei|xbs|\xba\xda\xcc\xe5|semibold|demi", re.I
)  # SimHei, FZXBSJW: 黑体, 小标宋
_TILT = 12.0  # degrees a line may be off (a scan laid askew)


@dataclass(slots=True)
class Glyph:
    """A character; its box in the reading frame of its page, where its line is level."""

    text: str  # several characters of a ligature
    left: float
    right: float
    base: float  # y of the base line
    size: float  # of the type, in points
    bold: bool
    spaced: bool  # white space stands before it in the file

    @property
    def middle(self) -> float:
        return self.base + 0.36 * self.size


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as seen (turned by /Rotate, cut by its CropBox) and how its text stands on it.

    Lines are laid out in a reading frame: the page turned clockwise by `quarters`, so that they are level.
    """

    page: int  # 1 for the first
    width: float  # points, as seen
    height: float
    quarters: int = 0

    @property
    def frame(self) -> tuple[float, float]:
        """Width and height of the reading frame."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def seen(self, box: Box) -> Box:
        """A box of the reading frame on the page as seen."""
        width, height = self.frame
        return turned(box, (0.0, 0.0, width, height), -self.quarters) if self.quarters else box

    def framed(self, box: Box) -> Box:
        """A box of the page as seen in the reading frame."""
        return turned(box, (0.0, 0.0, self.width, self.height), self.quarters)


@dataclass(slots=True)
class PageText:
    sheet: Sheet
    view: Box  # of the page's own coordinates, what is seen
    turn: int  # quarters clockwise from the page's own coordinates to the reading frame
    glyphs: list[Glyph]
    sideways: list[list[Glyph]] = field(
        default_factory=list
    )  # strings across the others, each in its own frame
    sideways_sheets: list[Sheet] = field(default_factory=list)
    unknown: int = 0  # characters whose font does not tell what they are


def turned(box: Box, view: Box, quarters: int) -> Box:
    """`box` seen from the lower left corner of `view` after turning that clockwise by quarters."""
    left, bottom, right, top = box
    a, b, c, d = view
    match quarters % 4:
        case 0:
            return left - a, bottom - b, right - a, top - b
        case 1:
            return bottom - b, c - right, top - b, c - left
        case 2:
            return c - right, d - top, c - left, d - bottom
        case _:
            return d - top, left - a, d - bottom, right - a


@dataclass(slots=True)
class Style:
    size: float
    quarter: (
        int | None
    )  # of the direction of writing, counter-clockwise; None where it is askew (a watermark)
    bold: bool


@dataclass(slots=True)
class Placed:
    """A character as its file places it, in the page's own coordinates (points, y upwards)."""

    text: str
    box: Box
    origin: tuple[float, float]
    style: Style
    spaced: bool


def page_text(page: pdfium.PdfPage, number: int) -> PageText:
    """The characters of a page in the order of the file, what is drawn twice taken once."""
    width, height = page.get_size()
    view, rotation = page.get_bbox(), page.get_rotation() // 90
    textpage = page.get_textpage()
    try:
        found = list(_raw_glyphs(textpage.raw))
    finally:
        textpage.close()
    return arranged(found, Sheet(number, width, height), view, rotation)


def arranged(found: Iterable[Placed], sheet: Sheet, view: Box, rotation: int = 0) -> PageText:
    """The characters of a page (its `sheet` not yet turned) in its reading frame, the direction of most of
    them; `rotation`: quarters clockwise that the page is shown turned by."""
    found = [g for g in found if g.style.quarter is not None and _overlaps(g.box, view)]
    upright = Counter(g.style.quarter for g in found).most_common(1)[0][0] if found else rotation
    quarters = ((upright or 0) - rotation) % 4
    sheet = Sheet(sheet.page, sheet.width, sheet.height, quarters)
    text = PageText(sheet, view, (upright or 0) % 4, [])
    level = [g for g in found if g.style.quarter == upright]
    text.glyphs = _once(_framed(g, view, text.turn) for g in level)
    _add_sideways(text, [g for g in found if g.style.quarter != upright], rotation)
    text.unknown = sum(is_unknown(g.text) for g in text.glyphs)
    return text


def _add_sideways(text: PageText, across: list[Placed], rotation: int) -> None:
    """Strings written in another direction than the page's, cut where that changes or a wide gap is."""
    last: Placed | None = None
    for g in across:
        turn = (g.style.quarter or 0) % 4
        glyph = _framed(g, text.view, turn)
        before = text.sideways[-1][-1] if text.sideways else None
        near = before is not None and abs(before.base - glyph.base) < 0.5 * glyph.size
        near = near and before is not None and -1 < (glyph.left - before.right) / glyph.size < 2
        if last is None or last.style.quarter != g.style.quarter or not near:
            text.sideways.append([])
            sheet = text.sheet
            text.sideways_sheets.append(Sheet(sheet.page, sheet.width, sheet.height, (turn - rotation) % 4))
        text.sideways[-1].append(glyph)
        last = g


def _framed(g: Placed, view: Box, turn: int) -> Glyph:
    left, _, right, _ = turned(g.box, view, turn)
    x, y = g.origin
    base = turned((x, y, x, y), view, turn)[1]
    return Glyph(g.text, left, right, base, g.style.size, g.style.bold, g.spaced)


def _overlaps(box: Box, view: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return view[0] <= x <= view[2] and view[1] <= y <= view[3]


def _once(glyphs: Iterator[Glyph]) -> list[Glyph]:
    """The glyphs without those drawn again a hair beside themselves (bold by double printing)."""
    kept: list[Glyph] = []
    near: dict[tuple[str, int], list[Glyph]] = {}
    for glyph in glyphs:
        width = max(glyph.right - glyph.left, 0.1)
        cell = int(glyph.left // width)
        others = (o for k in (cell - 1, cell, cell + 1) for o in near.get((glyph.text, k), ()))
        if any(
            abs(o.left - glyph.left) < 0.45 * width and abs(o.base - glyph.base) < 0.2 * glyph.size
            for o in others
        ):
            continue
        near.setdefault((glyph.text, cell), []).append(glyph)
        kept.append(glyph)
    return kept


def _raw_glyphs(textpage: Any) -> Iterator[Placed]:
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    styles: dict[int, Style] = {}
    bold: dict[int, bool] = {}
    spaced, high = False, 0
    for i in range(min(raw.FPDFText_CountChars(textpage), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if 0xD800 <= code < 0xDC00:  # half of a character, where the system's own are 16 bits wide
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        text = readable(code)
        if not text:
            spaced = spaced or not raw.FPDFText_IsGenerated(textpage, i)  # PDFium's own guesses
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, at_rect):
            continue
        drawn = raw.FPDFText_GetTextObject(textpage, i)
        key = ctypes.addressof(drawn.contents) if drawn else 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(textpage, i, drawn, bold)
        raw.FPDFText_GetCharOrigin(textpage, i, at_x, at_y)
        box = (rect.left, rect.bottom, rect.right, rect.top)
        if style.size > 0.5 and (box[2] > box[0] or box[3] > box[1]):
            yield Placed(text, box, (x.value, y.value), style, spaced)
            spaced = False


def _style(textpage: Any, i: int, drawn: Any, bold: dict[int, bool]) -> Style:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(textpage, i, ctypes.byref(matrix)):
        return Style(raw.FPDFText_GetFontSize(textpage, i), 0, False)
    angle = degrees(atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    size = raw.FPDFText_GetFontSize(textpage, i) * hypot(matrix.c, matrix.d)
    askew = abs(angle - 90 * quarter) > _TILT
    return Style(size, None if askew else quarter % 4, bool(drawn) and _is_bold(drawn, bold))


def _is_bold(drawn: Any, known: dict[int, bool]) -> bool:
    font = raw.FPDFTextObj_GetFont(drawn)
    if not font:
        return False
    key = ctypes.addressof(font.contents)
    if key not in known:
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, 128)
        weight = raw.FPDFFont_GetWeight(font)
        known[key] = (
            bool(_BOLD.search(name.value)) or weight >= 600 or bool(raw.FPDFFont_GetFlags(font) & 1 << 18)
        )
    return known[key] or raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
