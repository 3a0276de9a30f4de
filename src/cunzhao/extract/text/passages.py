"""Passages: the whole document, or in a compilation each article (else: what a dated source note closes).

A passage has its own day (by which 今年 is resolved) and its own area (what 全市 and 我省 mean).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.extract.places.areas import NamedArea, city_of, level, named_in
from cunzhao.extract.text.citation import Note
from cunzhao.extract.text.dateline import read_dateline
from cunzhao.extract.text.dates import Day, day_of
from cunzhao.extract.text.flat import Flat
from cunzhao.read.types import Document

_SHORT = 400  # characters; in a longer passage one mention does not make an area its own
_OF_CITY = re.compile(r"[我全本]市|市委|市政府")
_OF_COUNTY = re.compile(r"[我全本][县区]|县委|县政府|区委|区政府")
_OF_PROVINCE = re.compile(r"[我全本]省|省委|省政府")


@dataclass(frozen=True, slots=True)
class Passage:
    end: int  # flat; it begins where the one before ends
    written: Day | None
    own: str | None


def read_passages(
    document: Document,
    flat: Flat,
    areas: Sequence[NamedArea],
    notes: Sequence[Note],
    *,
    date: str | None,
    region: str | None,
) -> list[Passage]:
    """`areas` are those of the flat text in order. The last passage ends with the text."""
    text = flat.text
    day = _day(document, date) or read_dateline(flat, 0, len(text))
    own = _of_head(document, text) or region
    if document.articles:
        return [
            *_of_articles(document, flat, areas, notes, day=day, own=own),
            Passage(len(text), day, own or _most_named(text, areas, 0, len(text))),
        ]
    closing = [n for n in notes if n.date]
    if len(closing) < 2:
        written = day or (day_of(closing[0].date) if closing else None)
        return [Passage(len(text), written, own or _most_named(text, areas, 0, len(text)))]
    found, start = [], 0
    for note in closing:
        area = _of_source(note.source, text) or _most_named(text, areas, start, note.start) or own
        found.append(Passage(note.end, day_of(note.date), area))
        start = note.end
    return [*found, Passage(len(text), day, own or _most_named(text, areas, start, len(text)))]


def _day(document: Document, date: str | None) -> Day | None:
    return day_of(date) or day_of(document.published) or day_of(document.document_date)


def _of_articles(
    document: Document,
    flat: Flat,
    areas: Sequence[NamedArea],
    notes: Sequence[Note],
    *,
    day: Day | None,
    own: str | None,
) -> list[Passage]:
    """An article without a date was written when the whole was. A place in its note is not its own."""
    note_at = {note.end: note.start for note in notes}
    found, start = [], 0
    for article in document.articles:
        end = flat.find(article.end)
        local = _of_source(article.source, flat.text) if article.source else None
        area = local or _most_named(flat.text, areas, start, note_at.get(end, end)) or own
        found.append(Passage(end, day_of(article.date) or read_dateline(flat, start, end) or day, area))
        start = end
    return found


def passage_at(passages: Sequence[Passage], at: int) -> Passage:
    index = bisect_right(passages, at, key=lambda p: p.end)
    return passages[min(index, len(passages) - 1)]


def _of_head(document: Document, text: str) -> str | None:
    """The area of the issuers and the title, the narrowest of those named as a subject there."""
    head = "。".join([*document.issuers, document.title or ""])
    named = [p.name for p in named_in(head, text) if level(p.name) and p.role == "subject"]
    if not named:
        return None
    counted = Counter(named)
    most = max(counted.values())
    own = max((n for n in named if counted[n] == most), key=lambda n: (level(n), -named.index(n)))
    speaks_of_city = _OF_CITY.search(text) and not _OF_COUNTY.search(text)
    return city_of(own) if speaks_of_city else own


def _of_source(source: str, text: str) -> str | None:
    """`中国绵阳`, `绵阳日报`: a local source speaks of its own area."""
    local = re.sub(r"(?:日报|晚报|新闻网|在线|发布|政府网)$", "", source)
    return next((p.name for p in named_in(local, text) if level(p.name) >= 2), None)


def _within_site(site: str, text: str) -> str:
    """The area that a park's name begins with: `荆州开发区`."""
    return next((p.name for p in named_in(site, text) if p.start == 0), "")


def _most_named(text: str, areas: Sequence[NamedArea], start: int, end: int) -> str | None:
    """The area named most as a subject; where the text says 我市, only a city can be meant."""
    low = bisect_left(areas, start, key=lambda p: p.start)
    high = bisect_left(areas, end, key=lambda p: p.start)
    here = areas[low:high]
    subjects = [p for p in here if p.role == "subject" and p.known]
    names = [p.name if p.known else _within_site(p.name, text) for p in subjects or here]
    names = [name for name in names if name]
    levels = [
        n for n, cue in ((3, _OF_COUNTY), (2, _OF_CITY), (1, _OF_PROVINCE)) if cue.search(text, start, end)
    ]
    if levels:
        names = [n for n in names if level(n) in levels] or names
    most = Counter(names).most_common(1)
    return most[0][0] if most and (most[0][1] > 1 or end - start < _SHORT) else None
