"""Lines of PDF pages become paragraphs; what runs along all pages is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from cunzhao.read.assembly import Piece
from cunzhao.read.numbering import number_at
from cunzhao.read.pdflines import TextLine
from cunzhao.read.titles import is_heading_like
from cunzhao.read.types import Place

_MARGIN = 0.12  # of the page's height: where running heads and feet stand
_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·•.]*(?:第|Page)?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页|/\s*\d{1,4})?(?:\s*[共,，]?\s*(?:共|of)?\s*\d{1,4}\s*页?)?[\s—–\-－·•.]*",
    re.I,
)
_STOPS = "。！？!?；;：:”’）)】》…"
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")


def without_running_lines(pages: Sequence[Sequence[TextLine]]) -> list[TextLine]:
    """All lines but for running heads and feet: in the margins, a page number or said again and again."""
    repeated = Counter(key for page in pages for key in {_key(line) for line in page if _in_margin(line)})
    often = max(2, round(0.3 * len(pages)))
    return [
        line
        for page in pages
        for line in page
        if not (_in_margin(line) and (_PAGE_NUMBER.fullmatch(line.text) or repeated[_key(line)] >= often))
    ]


def pieces_of(lines: Sequence[TextLine]) -> list[Piece]:
    """The lines joined into paragraphs; lines in clearly larger type are headings."""
    if not lines:
        return []
    size = median(line.height for line in lines)
    right = _right_edges(lines)
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, size, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_piece(group, size) for group in groups]


def _in_margin(line: TextLine) -> bool:
    return line.middle < _MARGIN * line.page_height or line.middle > (1 - _MARGIN) * line.page_height


def _key(line: TextLine) -> str:
    return re.sub(r"\s", "", re.sub(r"\d+", "#", line.text))


def _right_edges(lines: Sequence[TextLine]) -> dict[int, float]:
    """Right edge of the text by column place: of all lines whose columns begin alike, the upper quartile."""
    edges: dict[int, list[float]] = {}
    for line in lines:
        edges.setdefault(round(line.column_left / 40), []).append(line.right)
    return {place: sorted(found)[int(0.75 * (len(found) - 1))] for place, found in edges.items()}


def _goes_on(group: Sequence[TextLine], line: TextLine, size: float, right: dict[int, float]) -> bool:
    before = group[-1]
    if abs(before.height - line.height) > 0.15 * max(before.height, line.height):
        return False
    same = before.page == line.page and before.column == line.column
    if same and before.middle - line.middle > 2.6 * size:
        return False
    if before.height > 1.25 * size:  # a title in large type, centred over several lines
        return same and sum(len(x.text) for x in group) < 100 and before.text[-1] not in "。"
    edge = right.get(round(before.column_left / 40), before.column_right)
    missing = (edge - before.right) / before.height
    if missing > 1.6 and not (len(group) == 1 and missing < 4 and before.text[-1] not in _STOPS):
        return False  # short of the edge; a first line may be, where the indent was dropped
    if line.left > line.column_left + 1.2 * line.height:
        return False  # indented: a new paragraph begins
    if before.text[-1] not in _STOPS:
        return True
    heading = line.right < edge - 4 * line.height and is_heading_like(line.text)
    return not heading and number_at(line.text) is None


def _piece(group: Sequence[TextLine], size: float) -> Piece:
    text = group[0].text
    for line in group[1:]:
        text = _joined(text, line.text)
    own = [line for line in group if line.page == group[0].page and line.column == group[0].column]
    box = (
        round(min(x.left for x in own), 1),
        round(min(x.bottom for x in own), 1),
        round(max(x.right for x in own), 1),
        round(max(x.top for x in own), 1),
    )
    place = Place(page=group[0].page, box=box)
    big = group[0].height / size
    if big > 1.15 and len(text) <= 120 and (is_heading_like(text) or number_at(text)):
        return Piece("heading", text, place, 1 if big > 1.3 else 2)
    return Piece("paragraph", text, place)


def _joined(text: str, line: str) -> str:
    if text.endswith("-") and line[:1].islower():
        return text[:-1] + line
    if _WIDE.match(text[-1]) or _WIDE.match(line[0]):
        return text + line
    return f"{text} {line}"
