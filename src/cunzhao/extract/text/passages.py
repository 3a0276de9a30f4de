"""Passages: the whole document, or in a compilation each article (else: what a dated source note closes).

A passage has its own day (by which 今年 is resolved) and its own area (what 全市 and 我省 mean).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cunzhao.extract.places.areas import NamedArea, area_of_site, city_of, level, named_in
from cunzhao.extract.places.sites import find_sites
from cunzhao.extract.text.citation import Note
from cunzhao.extract.text.dateline import read_dateline
from cunzhao.extract.text.dates import Day, day_of
from cunzhao.extract.text.flat import Flat
from cunzhao.read.types import Document

_HEADING = 40
_SHORT = 400  # characters; in a longer passage one mention does not make an area its own
_FRONT = 300  # characters in which a report says before whom it was given
_ASSEMBLY = re.compile(r"第[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大)")
_OFFICE = r"(?=[委里]|政府|[一-龥]{1,6}局)"
_OF_CITY = re.compile(rf"[我全本]市|市{_OFFICE}")
_OF_COUNTY = re.compile(rf"[我全本][县区旗]|[县区旗]{_OFFICE}")
_OF_PROVINCE = re.compile(r"[我全本]省|省委|省政府")
# Who speaks of a city also sets it beside its province (比全省低); so that counts less.
_SPEAKS_OF = (("县", _OF_COUNTY, 1), ("市", _OF_CITY, 1), ("省", _OF_PROVINCE, 3))


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
    own = _of_head(document, text) or _of_assembly(text, areas) or region
    if document.articles:
        return [
            *_of_articles(document, flat, areas, notes, day=day, own=own),
            Passage(len(text), day, own or _most_named(text, areas, 0, len(text))),
        ]
    closing = [n for n in notes if n.date]
    if len(closing) < 2:
        written = day or (day_of(closing[0].date) if closing else None)
        return [Passage(len(text), written, own or _most_named(text, areas, 0, len(text)))]
    heads = closing[0].start < len(text) - closing[-1].end  # more text behind the last than before the first
    begins = [_line_above(flat, note.start) for note in closing]
    found, start = ([Passage(begins[0], day, own)], begins[0]) if heads else ([], 0)
    for note, stop in zip(
        closing, [*begins[1:], len(text)] if heads else [n.end for n in closing], strict=True
    ):
        area = _of_source(note.source, text) or _most_named(text, areas, start, stop) or own
        found.append(Passage(stop, day_of(note.date), area))
        start = stop
    return [*found, Passage(len(text), day, own or _most_named(text, areas, start, len(text)))]


def _line_above(flat: Flat, at: int) -> int:
    """Where the piece begins that a note at its head stands in: at its heading, a short line above."""
    line = flat.paragraph_at(at)
    above = flat.paragraph_at(line.start - 1) if line.start == at and line.start else None
    return above.start if above and above.end - above.start < _HEADING else line.start


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
    """The area of the issuers and the title, the narrowest of those named as a subject there; of those alike
    one in its full form: `“向东一步，就是武汉”——访孝感市…主任`."""
    head = "。".join([*document.issuers, document.title or ""])
    subjects = [p for p in named_in(head, text) if level(p.name) and p.role == "subject"]
    if not subjects:
        sites = (area_of_site(name, text) for _, _, name in find_sites(head))
        return next((name for name in sites if level(name)), None)
    named = [p.name for p in subjects]
    full = {p.name for p in subjects if head[p.start : p.end] == p.name}
    counted = Counter(named)
    most = max(counted.values())
    alike = (n for n in named if counted[n] == most)
    own = max(alike, key=lambda n: (level(n), n in full, -named.index(n)))
    speaks_of_city = _OF_CITY.search(text) and not _OF_COUNTY.search(text)
    return city_of(own) if speaks_of_city else own


def _of_assembly(text: str, areas: Sequence[NamedArea]) -> str | None:
    """`——2024年1月16日在某某市第五届人民代表大会…上`: whose report it is, under a title without a place."""
    here = (p for p in areas[: bisect_left(areas, _FRONT, key=lambda p: p.start)] if level(p.name))
    return next((p.name for p in here if _ASSEMBLY.match(text, p.end)), None)


def _of_source(source: str, text: str) -> str | None:
    """`中国绵阳`, `绵阳日报`: a local source speaks of its own area."""
    local = re.sub(r"(?:日报|晚报|新闻网|在线|发布|政府网)$", "", source)
    return next((p.name for p in named_in(local, text) if level(p.name) >= 2), None)


def _most_named(text: str, areas: Sequence[NamedArea], start: int, end: int) -> str | None:
    """The area named most; where the text says 我市 or 市里, only a city can be meant. One mention is enough
    in a short passage, or where no other area is of the level that the text speaks of."""
    low = bisect_left(areas, start, key=lambda p: p.start)
    high = bisect_left(areas, end, key=lambda p: p.start)
    told = {kind: len(cue.findall(text, start, end)) // weight for kind, cue, weight in _SPEAKS_OF}
    named = _counted(text, areas[low:high], of_city=told["市"] > 0)
    for kind in sorted((kind for kind in told if told[kind]), key=lambda kind: -told[kind]):
        meant = Counter({name: n for name, n in named.items() if _may_be(name, kind)})
        if meant and 4 * max(meant.values()) >= max(named.values()):
            return _most(meant, least=1 if len(meant) == 1 or end - start < _SHORT else 2)
    return _most(named, least=1 if end - start < _SHORT else 3)


def _most(named: Counter[str], least: int) -> str | None:
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] >= least else None


def _counted(text: str, areas: Sequence[NamedArea], *, of_city: bool) -> Counter[str]:
    """Twice how often each area is named as a subject or a place, once how often beside; a county counts
    for its city too, once."""
    named: Counter[str] = Counter()
    within: dict[str, str] = {}
    for area in areas:
        name = area.name
        if not area.known:
            name = within[name] if name in within else within.setdefault(name, area_of_site(name, text))
        if name and name != "全国":
            named[name] += 1 if area.role == "aside" or not area.known else 2
    for name in [*named] if of_city else ():
        if level(name) == 3 and city_of(name) != name:
            named[city_of(name)] += 1
    return named


def _may_be(name: str, kind: str) -> bool:
    """Whether an area may call itself 市, 县 or 省."""
    if kind == "市":
        return level(name) == 2 or (level(name) == 3 and name.endswith("市"))
    return level(name) == (3 if kind == "县" else 1)
