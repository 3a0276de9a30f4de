"""What the search index is given of a document: its words, what it can be narrowed by, and its facts.

Only the snapshot shown for a link that is not in the trash can be found; others are `Gone`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.extract.places.areas import named_in
from cunzhao.extract.places.codes import codes_of
from cunzhao.organize.search import Change
from cunzhao.organize.types import FactEntry, Gone, Indexable
from cunzhao.storage.models import DocumentRow, FactRow, Link, ObservationRow, Snapshot
from cunzhao.storage.organized import CollectedRow

_AREAS = 40  # areas one document is found under, those it speaks of most
_YEARS = 12  # years of one period
_WORDS = 60  # values of one fact
_UNTOLD = "heading"  # facts that say no more than the text does
_DATE = re.compile(r"(?:\.\.)?((?:19|20)\d\d)(?:-\d\d){0,2}")
_codes = lru_cache(maxsize=4096)(codes_of)


def waiting(session: Session, most: int, after: str = "") -> list[Change]:
    """Documents that wait for the index, up to so many, behind one of them."""
    query = sa.select(DocumentRow.snapshot_id).where(~DocumentRow.indexed, DocumentRow.snapshot_id > after)
    return changes(session, list(session.scalars(query.order_by(DocumentRow.snapshot_id).limit(most))))


def done(session: Session, written: Mapping[str, int]) -> None:
    """Mark what was indexed, unless it has changed meanwhile: then it waits once more.

    `written`: the hash of each change by its snapshot.
    """
    now = changes(session, list(written))
    same = [change.snapshot for change in now if hash(change) == written[change.snapshot]]
    session.execute(sa.update(DocumentRow).where(DocumentRow.snapshot_id.in_(same)).values(indexed=True))


def changes(session: Session, snapshots: Sequence[str]) -> list[Change]:
    """What the index is to be told of each of these snapshots, in their order."""
    d = DocumentRow
    columns = (d.snapshot_id, d.title, d.text, d.published, d.source, Snapshot.verdict, Link)
    query = sa.select(*columns).join(Snapshot, Snapshot.id == d.snapshot_id)
    query = query.join(Link, Link.id == Snapshot.link_id)
    found = {row[0]: row for row in session.execute(query.where(d.snapshot_id.in_(snapshots)))}
    shown = [id for id, row in found.items() if row[6].best_id == id and row[6].removed is None]
    collections = _collections(session, [found[id][6].id for id in shown])
    facts = _facts(session, shown)
    told: dict[str, Change] = {}
    for id in shown:
        _, title, text, published, source, verdict, link = found[id]
        title = title or link.title
        told[id] = Indexable(
            snapshot=id,
            title=title,
            text=text,
            tags=tuple(sorted(t.tag for t in link.tags)),
            date=published,
            collections=tuple(sorted(collections[link.id])),
            areas=_areas(title, facts[id]),
            source=source,
            verdict=verdict,
            facts=tuple(facts[id]),
        )
    return [told.get(id) or Gone(snapshot=id) for id in snapshots]


def _collections(session: Session, links: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the collections of each link, removed ones too: they may come back."""
    found: dict[str, list[str]] = defaultdict(list)
    query = sa.select(CollectedRow.link_id, CollectedRow.collection_id).where(CollectedRow.link_id.in_(links))
    for link_id, collection_id in session.execute(query):
        found[link_id].append(collection_id)
    return found


def _areas(title: str, facts: Iterable[FactEntry]) -> tuple[str, ...]:
    """What its title names, then what its figures are of."""
    named = [code for area in named_in(title, title) for code in _codes(area.name)]
    counted = Counter(code for fact in facts for code in fact.areas)
    return tuple(dict.fromkeys((*named, *(code for code, _ in counted.most_common(_AREAS)))))[:_AREAS]


def _facts(session: Session, snapshots: Sequence[str]) -> dict[str, list[FactEntry]]:
    observed: dict[tuple[str, int, int], ObservationRow] = {}
    o = ObservationRow
    for row in session.scalars(sa.select(o).where(o.snapshot_id.in_(snapshots))):
        observed[row.snapshot_id, row.start, row.end] = row
    told: dict[str, list[FactEntry]] = defaultdict(list)
    columns = (FactRow.snapshot_id, FactRow.kind, FactRow.start, FactRow.end, FactRow.fields)
    query = sa.select(*columns).where(FactRow.snapshot_id.in_(snapshots), FactRow.kind != _UNTOLD)
    for snapshot, kind, start, end, fields in session.execute(query.order_by(FactRow.start, FactRow.id)):
        figure = observed.get((snapshot, start, end)) if kind == "figure" else None
        told[snapshot].append(_figure(figure) if figure else _other(kind, start, end, fields))
    return told


def _figure(o: ObservationRow) -> FactEntry:
    names = tuple(dict.fromkeys(name for name in (o.label, o.indicator) if name))
    years = _years_between(o.days) or tuple(sorted(set(re.findall(r"(?:19|20)\d\d", o.period))))
    return FactEntry(
        kind="figure",
        start=o.start,
        end=o.end,
        words=tuple(dict.fromkeys(word for word in (*names, o.region, o.period, *years, o.quote) if word)),
        indicators=names,
        regions=(o.region,) if o.region else (),
        areas=tuple(code for code in o.area.split("+") if code),
        years=years,
    )


def _years_between(days: str) -> tuple[str, ...]:
    """2018-01-01/2019-12-31 -> 2018, 2019; an open beginning counts as the end's year."""
    first, _, last = days.partition("/")
    if not last[:4].isdigit():
        return ()
    start = int(first[:4]) if first[:4].isdigit() else int(last[:4])
    return tuple(str(year) for year in range(start, int(last[:4]) + 1))[-_YEARS:]


def _other(kind: str, start: int, end: int, fields: Any) -> FactEntry:
    words = tuple(dict.fromkeys(_values(fields)))[:_WORDS]
    dates = (match for word in words if (match := _DATE.fullmatch(word)))
    places = [str(fields[name]) for name in ("region", "area") if isinstance(fields.get(name), str)]
    return FactEntry(
        kind=kind,
        start=start,
        end=end,
        words=words,
        regions=tuple(places),
        areas=tuple(code for place in places for code in _codes(place)),
        years=tuple(sorted({match[1] for match in dates})),
    )


def _values(fields: Any) -> Iterator[str]:
    """Everything the fields of a fact say, as strings."""
    if isinstance(fields, dict):
        for value in fields.values():
            yield from _values(value)
    elif isinstance(fields, list | tuple):
        for value in fields:
            yield from _values(value)
    elif isinstance(fields, str | int | float) and not isinstance(fields, bool) and str(fields).strip():
        yield str(fields)
