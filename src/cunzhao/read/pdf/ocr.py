"""Pages that are pictures of text, read by RapidOCR (the PP-OCR models on onnxruntime), an optional extra.

Measured on a rendered page of 900 characters: 0.998 of them right at 2.5 pixels a point, 6 s of one core, an
address space of 1.7 GB (within `parse_memory_bytes`); at 1.5 pixels a point 0.965.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from math import sqrt
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from cunzhao.read.pdf.characters import is_wide
from cunzhao.read.pdf.glyphs import Glyph, PageText, Sheet

_SCALE = 2.5  # pixels for a point
_MOST_PIXELS = 6_000_000
_LONGEST_SIDE = 1440  # pixels of the picture in which lines are looked for
_SURE = 0.5  # of what is read; less is a stamp or a stain
_NARROW = 0.55  # width of a Latin character, times that of a Chinese one
_SPACE = 0.3

Found = tuple[Sequence[Sequence[float]], str, float]  # corners in pixels, text, how sure


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr_onnxruntime") is not None


@lru_cache(maxsize=1)
def engine() -> Callable[[Any], tuple[Sequence[Found] | None, Any]]:
    """The recogniser, loaded once; one thread, as it takes less of the machine and little longer."""
    from rapidocr_onnxruntime import RapidOCR

    made: Callable[[Any], tuple[Sequence[Found] | None, Any]] = RapidOCR(
        use_angle_cls=False, intra_op_num_threads=1, det_limit_type="max", det_limit_side_len=_LONGEST_SIDE
    )
    return made


def recognised(page: pdfium.PdfPage, number: int) -> PageText:
    """The characters that are seen on a page; those of a line share its width by what they are."""
    width, height = page.get_size()
    scale = min(_SCALE, sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    bitmap = page.render(scale=scale)
    try:
        found, _ = engine()(bitmap.to_numpy())
    finally:
        bitmap.close()
    lines = [f for f in found or () if float(f[2]) >= _SURE and f[1].strip()]
    sizes = _sizes(lines, scale)
    glyphs = [g for line, size in zip(lines, sizes, strict=True) for g in _glyphs(line, size, scale, height)]
    view = (0.0, 0.0, width, height)
    return PageText(Sheet(number, width, height), view, page.get_rotation() // 90, glyphs)


def _width(text: str) -> float:
    return sum(1.0 if is_wide(c) else _SPACE if c.isspace() else _NARROW for c in text)


def _sizes(lines: Sequence[Found], scale: float) -> list[float]:
    """Size of the type of each line in points; sizes near that of most lines are taken for it."""
    sizes = []
    for corners, text, _ in lines:
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        tall = (max(ys) - min(ys)) / scale
        by_width = (max(xs) - min(xs)) / scale / max(_width(text), 0.1)
        sizes.append(min(max(by_width, 0.7 * tall), 1.25 * tall) if len(text) > 5 else tall)
    usual = median(sizes) if sizes else 0.0
    return [usual if abs(size - usual) < 0.2 * usual else size for size in sizes]


def _glyphs(line: Found, size: float, scale: float, height: float) -> list[Glyph]:
    corners, text, _ = line
    xs, ys = [float(p[0]) for p in corners], [float(p[1]) for p in corners]
    at, share = min(xs) / scale, (max(xs) - min(xs)) / scale / max(_width(text), 0.1)
    base = height - (min(ys) + max(ys)) / 2 / scale - 0.36 * size
    glyphs: list[Glyph] = []
    spaced = False
    for char in text:
        step = share * _width(char)
        if not char.isspace():
            glyphs.append(Glyph(char, at, at + step, base, size, False, spaced))
        spaced = char.isspace()
        at += step
    return glyphs
