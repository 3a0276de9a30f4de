"""Plain text that was wrapped at a fixed width (PDF to text, old mail): which lines are one paragraph."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cunzhao.read.structure.numbering import number_at
from cunzhao.read.structure.titles import is_document_number, is_heading_like, is_official_title

_STOPS = "。！？!?；;：:”’）)】》…"
_FRONT = 4  # paragraphs among which the head of an official document stands
_ENOUGH_LINES = 8  # fewer lines tell nothing about a wrap width
_ENOUGH_FULL = 3
_RAGGED = 6  # columns a wrapped line may fall short of the wall: a long Latin word, marks kept together
_ONE_MORE = 3  # columns in which the first character of the next line would have had room
_PIECE_WIDTH = (40, 130)  # columns, of a wrapped piece among whole paragraphs
_INDENT = 4  # columns of the first line's indent, which converters drop


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: `[start, end)` without white space at its ends."""

    start: int
    end: int
    number: int  # 1 for the first line of the file, blank lines counted
    text: str  # as it stands, white space at the ends included


@dataclass(frozen=True, slots=True)
class Wall:
    """Where lines were broken: at a width in columns, or, by tools that count characters, in characters."""

    width: int
    measure: Callable[[str], int]
    unit: float  # of one column: 0.5 where characters are counted

    def room(self, body: str) -> float:
        """The columns, about, that are left of the wall."""
        return (self.width - self.measure(body)) / self.unit


def split_lines(text: str) -> list[Line]:
    """The lines of `text` (already with `\\n` line ends) that are not blank, in order."""
    lines, at = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        body = raw.strip()
        if body:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(body), number, raw))
        at += len(raw) + 1
    return lines


def columns(text: str) -> int:
    """Width in columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines grouped into paragraphs: one line each, unless the text is hard-wrapped, or a piece of it."""
    wall = find_wall(lines)
    if not wall:
        return _with_pieces(lines)
    trailing = _trailing_space_marks(lines, wall)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and len(groups) <= _FRONT and _is_head(groups[-1], line):
            groups.append([line])
        elif groups and _goes_on(groups[-1], line, wall, trailing):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _with_pieces(lines: Sequence[Line]) -> list[list[Line]]:
    """One line each, but for a wrapped piece among whole paragraphs (an article pasted into a collection)."""
    groups: list[list[Line]] = []
    at = 0
    while at < len(lines):
        end = _piece_end(lines, at)
        groups.append(list(lines[at:end]))
        at = end
    return groups


def _piece_end(lines: Sequence[Line], start: int) -> int:
    """Behind the wrapped paragraph that begins at `start`: several lines of one width that end in
    mid-sentence, and a last one that ends with its sentence. One line, where there is none."""
    width = columns(lines[start].text.strip())
    if not _PIECE_WIDTH[0] <= width <= _PIECE_WIDTH[1]:
        return start + 1
    end = start + 1
    while end < len(lines) and lines[end].number == lines[end - 1].number + 1:
        body = lines[end].text.strip()
        if lines[end].text.startswith(("　", "  ", "\t")) or abs(columns(body) - width) > _ONE_MORE:
            break
        end += 1
    full = [line.text.strip() for line in lines[start:end]]
    prose = [body for body in full if body[-1] not in _STOPS and any(c in "，。、；" for c in body)]
    if end - start < _ENOUGH_FULL or len(prose) < 0.7 * len(full):
        return start + 1
    if full[-1][-1] in _STOPS:
        return end
    follows = end < len(lines) and lines[end].number == lines[end - 1].number + 1
    last = lines[end].text.strip() if follows else ""
    return end + 1 if last and last[-1] in _STOPS and columns(last) < width else start + 1


def _is_head(group: Sequence[Line], following: Line) -> bool:
    """Whether a title or a 发文字号 ends or begins between the two, near the beginning of a document."""
    above = "".join(line.text.strip() for line in group)
    below = following.text.strip()
    return is_official_title(above) or is_document_number(above) or is_document_number(below)


def find_wall(lines: Sequence[Line]) -> Wall | None:
    """Where the lines were wrapped; None where they are whole paragraphs.

    Wrapped text has a wall: no line goes far beyond it, many end at it in mid-sentence, and the lines that
    follow come to the end of the sentence.
    """
    if len(lines) < _ENOUGH_LINES:
        return None
    bodies = [line.text.strip() for line in lines]
    walls = [wall for wall in (_wall(bodies, columns, 1.0), _wall(bodies, len, 0.5)) if wall]
    return max(walls, key=lambda wall: sum(wall.room(body) <= _ONE_MORE for body in bodies), default=None)


def _wall(bodies: Sequence[str], measure: Callable[[str], int], unit: float) -> Wall | None:
    widths = [measure(body) for body in bodies]
    ranked = sorted(widths)
    for width in (ranked[int(len(ranked) * 0.9)], ranked[int(len(ranked) * 0.98)]):
        if 24 <= width / unit <= 130 and _is_wall(bodies, widths, width, unit):
            return Wall(width, measure, unit)
    return None


def _is_wall(bodies: Sequence[str], widths: Sequence[int], wall: int, unit: float) -> bool:
    ragged, one_more = _RAGGED * unit, _ONE_MORE * unit
    full = [abs(width - wall) <= ragged for width in widths]
    if sum(full) >= 0.5 * len(bodies):
        return sum(body[-1] not in _STOPS for body, at in zip(bodies, full, strict=True) if at) >= 0.6 * sum(
            full
        )
    if sum(width > wall + ragged for width in widths) > 0.02 * len(bodies):
        return False
    close = [abs(width - wall) <= one_more for width in widths]
    broken = [at and body[-1] not in _STOPS for at, body in zip(close, bodies, strict=True)]
    below = [bodies[k + 1] for k in range(len(bodies) - 1) if broken[k] and not broken[k + 1]]
    ended = sum(body[-1] in _STOPS and number_at(body) is None for body in below)
    enough = sum(broken) >= max(_ENOUGH_FULL, 0.5 * sum(close), 0.08 * len(bodies))
    return enough and bool(below) and ended >= 0.75 * len(below)


def _trailing_space_marks(lines: Sequence[Line], wall: Wall) -> bool:
    """Whether a stop with white space behind it ends a paragraph (how some converters write it)."""
    full = [line for line in lines if wall.room(line.text.strip()) < _RAGGED]
    spaced = sum(1 for line in full if line.text != line.text.rstrip())
    return spaced < 0.4 * len(full)


def _goes_on(group: Sequence[Line], following: Line, wall: Wall, trailing: bool) -> bool:
    line = group[-1]
    body = line.text.strip()
    room = wall.room(body) - (_INDENT if len(group) == 1 else 0)
    if room > _RAGGED:
        return False
    if following.text.startswith(("　", "  ", "\t")):
        return False
    if body[-1] not in _STOPS:
        return True
    if room > _ONE_MORE or (trailing and line.text != line.text.rstrip()):
        return False
    shown = following.text.strip()
    short = wall.measure(shown) < 0.7 * wall.width
    return not (short and is_heading_like(shown)) and number_at(shown, spaced=short) is None
