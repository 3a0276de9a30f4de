"""The day a text was written, as its dateline, its foot or the line below its title prints it."""

from __future__ import annotations

import re
from bisect import bisect_left

from cunzhao.extract.text.dates import Day, day_of
from cunzhao.extract.text.flat import Flat, Paragraph

_HEAD, _FOOT = 8, 4  # paragraphs in which a day is looked for
_LINE = 80  # characters; a longer paragraph is running text
_DAY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})\s*(?:年\s*([01]?[0-9])\s*月\s*([0-3]?[0-9])\s*日|"
    r"[-/.]\s*([01]?[0-9])\s*[-/.]\s*([0-3]?[0-9])(?![0-9]))"
)
_MONTH = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})\s*年\s*([01]?[0-9])\s*月\s*(?:印|编|刊|出版)?$")
_SENTENCE = re.compile(r"[。；！？]|，.*，")
_REST = re.compile(r"[\s()（）〔〕年月日:：0-9]*")


def read_dateline(flat: Flat, start: int, end: int) -> Day | None:
    """The day of `start:end` (flat): in a short line of its head, no sentence, else alone in its foot."""
    first = bisect_left(flat.paragraphs, start, key=lambda p: p.start)
    lines = flat.paragraphs[first : bisect_left(flat.paragraphs, end, key=lambda p: p.start)]
    for line in lines[:_HEAD]:
        day = _day_in(flat, line)
        if day and not _SENTENCE.search(flat.text, line.start, line.end):
            return day
    for line in reversed(lines[_HEAD:][-_FOOT:]):
        day = _day_in(flat, line)
        if day and _REST.fullmatch(_DAY.sub("", _source(flat, line))):
            return day
    for line in lines[1:_HEAD]:  # 《辽东纪事》2019年第3期 2019年9月
        month = _MONTH.search(_source(flat, line)) if line.end - line.start <= _LINE else None
        if month and not _SENTENCE.search(flat.text, line.start, line.end):
            return day_of(f"{month[1]}-{int(month[2]):02}")
    return None


def _day_in(flat: Flat, line: Paragraph) -> Day | None:
    if line.end - line.start > _LINE:
        return None
    match = _DAY.search(_source(flat, line))
    if not match:
        return None
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    return day_of(f"{year}-{int(month):02}-{int(day):02}")


def _source(flat: Flat, line: Paragraph) -> str:
    """The line as the document prints it, where a space parts a day from an hour."""
    return flat.source[flat.at[line.start] : flat.at[line.end - 1] + 1].translate(_HALF)


_HALF = {0xFF10 + i: str(i) for i in range(10)} | {0xFF0D: "-", 0xFF0E: ".", 0xFF0F: "/"}
