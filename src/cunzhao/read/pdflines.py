"""One PDF page as lines of text in reading order; two columns are read left, then right."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
from pypdfium2 import raw

_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}  # what PDFium gives for a hyphen at a line's end


@dataclass(slots=True)
class TextLine:
    """A line as it stands on the page, in points from the lower left corner."""

    text: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    column: int = 0  # 0, 1 … in reading order over the page; lines of one column may join
    column_left: float = 0.0
    column_right: float = 0.0
    page_height: float = 0.0

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def page_lines(page: pdfium.PdfPage, number: int) -> list[TextLine]:
    """The lines of a page in reading order."""
    textpage = page.get_textpage()
    try:
        segments = _segments(textpage.raw, number)
    finally:
        textpage.close()
    height = page.get_height()
    lines: list[TextLine] = []
    for column, group in enumerate(_columns(segments)):
        merged = _merged(group)
        left, right = min(x.left for x in merged), max(x.right for x in merged)
        for line in merged:
            line.column, line.column_left, line.column_right = column, left, right
            line.page_height = height
        lines += merged
    return lines


def _segments(textpage: object, number: int) -> list[TextLine]:
    """Runs of characters on one base line without a wide gap, in the order of the file."""
    segments: list[TextLine] = []
    run: list[str] = []
    box: TextLine | None = None
    rect = raw.FS_RECTF()
    for i in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, i)
        char = _HYPHENS.get(code) or (chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd")
        if char in "\r\n":
            continue  # PDFium's own guess at line ends; the geometry decides
        if char.isspace():
            if run:
                run.append(" ")
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, i, ctypes.byref(rect)) or rect.top <= rect.bottom:
            continue
        if box is not None and _breaks(box, rect):
            _close(segments, box, run)
            box, run = None, []
        if box is None:
            box = TextLine("", number, rect.left, rect.bottom, rect.right, rect.top)
        else:
            box.left, box.right = min(box.left, rect.left), max(box.right, rect.right)
            box.bottom, box.top = min(box.bottom, rect.bottom), max(box.top, rect.top)
        run.append(char)
    if box is not None:
        _close(segments, box, run)
    return segments


def _breaks(box: TextLine, rect: raw.FS_RECTF) -> bool:
    size = max(box.height, rect.top - rect.bottom)
    middle = (rect.top + rect.bottom) / 2
    return (
        not box.bottom - 0.1 * size <= middle <= box.top + 0.1 * size
        or rect.left > box.right + 2.2 * size
        or rect.left < box.right - 2 * size
    )


def _close(segments: list[TextLine], box: TextLine, run: list[str]) -> None:
    box.text = "".join(run).strip()
    if box.text:
        segments.append(box)


def _columns(segments: Sequence[TextLine]) -> list[list[TextLine]]:
    """Groups in reading order: the whole page, or bands of left and right column between lines that span."""
    gutter = _gutter(segments)
    if gutter is None:
        return [list(segments)] if segments else []
    spanning = sorted((s for s in segments if s.left < gutter < s.right), key=lambda s: -s.top)
    rest = [s for s in segments if not s.left < gutter < s.right]
    groups: list[list[TextLine]] = []
    for wide in [*spanning, None]:
        above = [s for s in rest if wide is None or s.middle > wide.middle]
        rest = [s for s in rest if wide is not None and s.middle <= wide.middle]
        groups += [[s for s in above if s.right <= gutter], [s for s in above if s.left >= gutter]]
        if wide is not None:
            groups.append([wide])
    return [group for group in groups if group]


def _gutter(segments: Sequence[TextLine]) -> float | None:
    """The x of the white strip between two columns of text; None for a page of one column."""
    if len(segments) < 12:
        return None
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    width = right - left
    places = [left + width * (0.3 + 0.01 * k) for k in range(41)]
    crossing = {x: sum(1 for s in segments if s.left < x < s.right) for x in places}
    fewest = min(crossing.values())
    clear = [x for x in places if crossing[x] == fewest]
    x = clear[len(clear) // 2]
    sides = [s for s in segments if s.right <= x], [s for s in segments if s.left >= x]
    if fewest > 0.25 * len(segments) or min(map(len, sides)) < 5:
        return None
    room = x - left, right - x
    dense = all(median(s.right - s.left for s in side) > 0.6 * r for side, r in zip(sides, room, strict=True))
    return x if dense else None


def _merged(segments: Sequence[TextLine]) -> list[TextLine]:
    """Segments of one group as lines, top to bottom; those on one base line are joined."""
    lines: list[TextLine] = []
    for segment in sorted(segments, key=lambda s: (-s.middle, s.left)):
        line = lines[-1] if lines else None
        if line is not None and abs(line.middle - segment.middle) < 0.5 * min(line.height, segment.height):
            _join(line, segment)
        else:
            lines.append(segment)
    return lines


def _join(line: TextLine, segment: TextLine) -> None:
    first, second = (line, segment) if line.left <= segment.left else (segment, line)
    gap = second.left - first.right
    line.text = first.text + (" " if gap > 0.25 * line.height else "") + second.text
    line.left, line.right = min(line.left, segment.left), max(line.right, segment.right)
    line.bottom, line.top = min(line.bottom, segment.bottom), max(line.top, segment.top)
