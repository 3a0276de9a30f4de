"""Lines of PDF pages become paragraphs again: which line goes on in which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from cunzhao.read.dates import is_date_line
from cunzhao.read.pdf.characters import is_wide
from cunzhao.read.pdf.lines import Line
from cunzhao.read.structure.numbering import number_at
from cunzhao.read.structure.titles import is_heading_like

_STOPS = "。！？!?；;：:”’）)】》…"
_INDENT = 1.2  # times the size of the type a first line is set in
_SHORT = 1.6  # times the size of the type a wrapped line may end before the edge (marks that stay together)
_LOST_INDENT = 4.0  # times the size: a first line wrapped for an indent that a converter dropped
_BULLET = re.compile(r"[-–•●○■□◆◇▪➢✓❖*·]\s*(?=\S)")
_NOTE = re.compile(r"[①-⑳*＊†‡]|\[\d{1,3}\]|〔\d{1,3}〕|\d{1,2}(?=[\s\u4e00-\u9fff“《])|注\s*\d*[:：]")
NOTE_SIZE = 0.93  # of the text's type; notes are smaller


@dataclass(frozen=True, slots=True)
class Manner:
    """How a document is set, from all its lines."""

    size: float  # of most of its type, points
    leading: float  # from base line to base line, times the size
    indented: bool  # paragraphs begin with an indent
    lost: bool  # first lines have lost their indent, but are as short as if they had it
    bold: bool  # most of it is bold: bold says nothing
    edges: tuple[tuple[float, float, float], ...]  # of large columns: left, right, width of the page
    _known: dict[tuple[int, int], float | None] = field(default_factory=dict)  # right edges told before

    def right_edge(self, line: Line) -> float:
        """Where lines of the column of `line` end when they are full."""
        place = round(line.column_left), round(line.sheet.frame[0])
        if place not in self._known:
            near = Counter(right for left, right, width in self.edges if self._alike(line, left, width))
            self._known[place] = near.most_common(1)[0][0] if near else None
        known = self._known[place]
        return line.column_right if known is None else known

    def missing(self, line: Line) -> float:
        """How far before that edge a line ends, times the size of its type."""
        return (self.right_edge(line) - line.right) / line.size

    def _alike(self, line: Line, left: float, width: float) -> bool:
        return abs(left - line.column_left) < 2.5 * self.size and abs(width - line.sheet.frame[0]) < 2


def manner_of(lines: Sequence[Line]) -> Manner:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 4) / 4] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [line for line in lines if abs(line.size - size) < 0.1 * size]
    steps = [
        (a.base - b.base) / size
        for a, b in pairwise(body)
        if _same_column(a, b) and 0.8 * size < a.base - b.base < 3 * size
    ]
    starts = [b for a, b in pairwise(body) if _same_column(a, b) and a.right < a.column_right - 3 * size]
    indented = [b for b in starts if 1.2 < (b.left - b.column_left) / size < 3.5]
    bold = sum(len(line.text) for line in lines if line.bold) > 0.5 * sum(len(line.text) for line in lines)
    leading = sorted(steps)[len(steps) // 3] if steps else 1.5
    manner = Manner(size, leading, len(indented) > 0.4 * len(starts), False, bold, _column_edges(body, size))
    first = [b for a, b in pairwise(body) if manner.missing(a) > _LOST_INDENT and not _is_alone(b, manner)]
    lost = sum(_seems_first(line, manner) for line in first)
    return replace(manner, lost=not manner.indented and len(first) > 3 and lost > 0.4 * len(first))


def _is_alone(line: Line, manner: Manner) -> bool:
    return manner.missing(line) > _LOST_INDENT


def _column_edges(lines: Sequence[Line], size: float) -> tuple[tuple[float, float, float], ...]:
    """Of each column with enough lines: where they begin, and where all but the longest quarter end."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.sheet.page, line.column), []).append(line)
    found = []
    for held in columns.values():
        if len(held) >= 6:
            rights = sorted(line.right for line in held)
            edge = rights[int(0.75 * (len(rights) - 1))]
            found.append((held[0].column_left, round(edge), held[0].sheet.frame[0]))
    return tuple(found)


def paragraphs(lines: Sequence[Line], manner: Manner) -> list[list[Line]]:
    """The lines (in reading order, nothing between them) in groups, each a paragraph or heading."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and goes_on(groups[-1], line, manner):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def is_contents(line: Line) -> bool:
    """Whether a line of a table of contents, its page number behind a row of dots."""
    return bool(re.search(r"\t[\dIVXLCivxlc()（）—-]{1,6}$", line.text))


def is_item(text: str) -> bool:
    """Whether a text begins with the mark of a list."""
    return bool(_BULLET.match(text))


def begins_note(line: Line, manner: Manner) -> bool:
    return line.size < NOTE_SIZE * manner.size and bool(_NOTE.match(line.text))


def goes_on(group: Sequence[Line], line: Line, manner: Manner) -> bool:
    """Whether `line` is of the paragraph that `group` begins."""
    before = group[-1]
    size = max(before.size, line.size)
    if abs(before.size - line.size) > 0.13 * size or before.sheet.quarters != line.sheet.quarters:
        return False
    if is_contents(before) or is_contents(line) or is_date_line(line.text):
        return False
    same = _same_column(before, line)
    step = before.base - line.base
    if same and len(before.text) == len(line.text) == 1 and abs(before.left - line.left) < 0.3 * size:
        return 0 < step < 1.8 * size  # written downwards
    if same and (step <= 0 or step > _step_limit(group, manner)):
        return False
    if before.size > 1.25 * manner.size:
        return same and _is_title_goes_on(group, line)
    if before.bold != line.bold and not manner.bold and not before.text[-1:].isascii():
        return False
    return _is_full(group, line, manner) and _is_flush(group, line) and _sentence_goes_on(group, line, manner)


def _same_column(a: Line, b: Line) -> bool:
    return a.sheet.page == b.sheet.page and a.column == b.column


def _step_limit(group: Sequence[Line], manner: Manner) -> float:
    """The widest step from base line to base line within a paragraph, in points."""
    size = group[-1].size
    steps = [a.base - b.base for a, b in pairwise(group) if _same_column(a, b)]
    usual = median(steps) if steps else max(manner.leading, 1.2) * size
    return max(1.3 * usual, usual + 0.25 * size) if steps else 1.45 * usual


def _is_title_goes_on(group: Sequence[Line], line: Line) -> bool:
    """A title in large type, centred over several lines."""
    before = group[-1]
    length = sum(len(x.text) for x in group) + len(line.text)
    centred = abs((before.left + before.right) - (line.left + line.right)) < 2.4 * line.size
    ragged = line.left < before.left + 0.5 * line.size
    ends = before.text[-1:] in "。：" or number_at(line.text) is not None
    return length < 120 and not ends and (centred or ragged)


def _is_full(group: Sequence[Line], line: Line, manner: Manner) -> bool:
    """Whether the last line was wrapped: it ends at the edge, or the next word would not have fitted."""
    before = group[-1]
    missing = manner.missing(before)
    if missing <= _SHORT or missing <= _first_word(line) / before.size + 0.5:
        return True
    numbered = number_at(before.text) is not None and not re.search("[。，；]", before.text)
    first = _seems_first(before, manner) or missing < 0.7 * _LOST_INDENT
    return manner.lost and len(group) == 1 and first and not numbered


def _seems_first(line: Line, manner: Manner) -> bool:
    """Whether a line was wrapped about two characters before the edge, for an indent that is not there."""
    return _SHORT < manner.missing(line) < _LOST_INDENT and line.text[-1] not in _STOPS


def _first_word(line: Line) -> float:
    """Width of what stands at a line's beginning and cannot be broken: a Latin word, a figure."""
    end = 0
    while end < len(line.text) and not line.text[end].isspace() and not is_wide(line.text[end]):
        end += 1
    return line.edges[2 * end - 1] - line.left if end else 0.0


def _is_flush(group: Sequence[Line], line: Line) -> bool:
    """Whether `line` is not set in as a first line is; below a number or bullet the text may be."""
    indent = line.left - line.column_left
    if indent <= _INDENT * line.size:
        return True
    if not _same_column(group[-1], line):
        return False
    if len(group) > 1 and abs(group[-1].left - line.left) < 0.4 * line.size:
        return group[0].left < line.left - 0.4 * line.size or group[-1].text[-1] not in _STOPS
    mark = number_at(group[0].text) or _BULLET.match(group[0].text)
    if len(group) == 1 and mark is not None:
        text_from = group[0].edges[2 * (mark.end() if isinstance(mark, re.Match) else mark.length)]
        return abs(text_from - line.left) < 0.6 * line.size
    # The whole paragraph is set in (an item whose bullet is a drawing): no paragraph ends in mid-sentence.
    alike = abs(group[0].left - line.left) < 0.4 * line.size
    return len(group) == 1 and alike and mark is None and group[0].text[-1] not in _STOPS


def _sentence_goes_on(group: Sequence[Line], line: Line, manner: Manner) -> bool:
    """After a stop, what looks like a heading or an item of a list begins anew."""
    before = group[-1]
    if _BULLET.match(line.text) and _BULLET.match(group[0].text):
        return False
    if before.text[-1] not in _STOPS:
        return True
    if number_at(line.text) is not None or (manner.lost and _seems_first(line, manner)):
        return False
    short = line.right < manner.right_edge(line) - 4 * line.size
    return not (short and not manner.indented and is_heading_like(line.text))
