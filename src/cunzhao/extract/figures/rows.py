"""Areas and quantities in rows: `长沙、合肥、西安…分别为14331亿元、12673亿元和12010亿元`, each its own."""

from __future__ import annotations

import re
from bisect import bisect_left

from cunzhao.extract.figures.sentence import Sentence
from cunzhao.extract.places.areas import NamedArea

_ROW = re.compile(
    r"[^，；。0-9]{0,2}[、和及与](?:增长|下降|上涨|上升|回落|提高|降低|[增降涨])?(?:至|到|了)?(?:约|近)?"
)
_EACH = re.compile(r"分别|依次")
_ALL = re.compile(r"[两三四五六七八九][市省县区地]")
_FAR = 60  # areas named before in which a run is looked for
_LONGEST = 9  # quantities in a row


def area_in_row(sentence: Sentence, index: int) -> NamedArea | None:
    """`古田、屏南分别修桥4座和7座`: as many areas as quantities, each its own."""
    first = last = index
    while index - first < _LONGEST and _in_row(sentence, first - 1):
        first -= 1
    while last - index < _LONGEST and _in_row(sentence, last):
        last += 1
    size, start = last - first + 1, sentence.quantities[first].start
    clause = sentence.clause_start(start)
    each = bool(_EACH.search(sentence.text, clause, start))
    row = _row_of_areas(sentence, start, size) if size > 2 or (size == 2 and each) else None
    if row is None and size > 1 and _ALL.search(sentence.text, clause, start):  # 三市依次为
        row = _row_told(sentence, size)
    return row[index - first] if row else None


def _in_row(sentence: Sentence, index: int) -> bool:
    """Whether quantity `index` and the next one stand in a row."""
    pair = sentence.quantities[max(index, 0) : index + 2]
    return index >= 0 and len(pair) == 2 and bool(_ROW.fullmatch(sentence.text, pair[0].end, pair[1].start))


def _row_of_areas(sentence: Sentence, at: int, size: int) -> list[NamedArea] | None:
    """The nearest run of areas before `at`, if they are `size`."""
    floor = sentence.segment_start(at)
    areas = [p for p in sentence.areas_before(at) if p.start >= floor]
    row: list[NamedArea] = []
    for area in reversed(areas):
        joint = sentence.text[area.end : row[0].start] if row else "、"
        if joint not in ("、", "和", "与", "及"):
            break
        row.insert(0, area)
    return row if len(row) == size else None


def _row_told(sentence: Sentence, size: int) -> list[NamedArea] | None:
    """The last run of `size` areas that earlier sentences name."""
    row: list[NamedArea] = []
    high = bisect_left(sentence.named, sentence.start, key=lambda p: p.start)
    for area in reversed(sentence.named[max(0, high - _FAR) : high]):
        if row and sentence.text[area.end : row[0].start] not in ("、", "和", "与", "及"):
            if len(row) == size:
                return row
            row = []
        row.insert(0, area)
    return row if len(row) == size else None
