"""Facts by what they say: 研发经费 of 绍兴 in 2025, people, agreements, projects, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.derived import observing
from cunzhao.core.queries import rows
from cunzhao.core.search import aliases as search_aliases
from cunzhao.core.search.facets import codes_named
from cunzhao.core.search.listed import facts_begun, facts_following
from cunzhao.core.values.search import FactHit, FactsAsked, FactsPage
from cunzhao.errors import UsageWrong
from cunzhao.extract.types import KINDS
from cunzhao.ledger.naming import folded
from cunzhao.organize.fold import fold
from cunzhao.organize.query import read_query
from cunzhao.organize.search import SearchIndex
from cunzhao.organize.types import FactPlace, FactsWanted
from cunzhao.storage.models import DocumentRow, FactRow, Link, ObservationRow, Snapshot

_NAMES = 40  # other names of one indicator that are looked for
_LONGEST = 200  # characters of a name
FINDABLE = tuple(kind for kind in KINDS if kind != "heading")


def page(session: Session, index: SearchIndex, asked: FactsAsked, limit: int) -> FactsPage:
    """Raises UsageWrong for what cannot be asked; nothing asked finds nothing."""
    began, (before, last) = perf_counter(), facts_begun(asked.cursor)
    wanted, also = _wanted(session, asked)
    found, total = (
        index.facts(wanted, limit=limit + 1, number=before, last=last) if asked_for(asked) else ([], 0)
    )
    return FactsPage(
        asked=asked,
        also=also,
        hits=hits(session, found[:limit]),
        total=total,
        before=before,
        next=facts_following(found, limit, before),
        seconds=perf_counter() - began,
    )


def asked_for(asked: FactsAsked) -> bool:
    return any(part.strip() for part in (asked.q, asked.indicator, asked.area, asked.year, asked.kind))


def _wanted(session: Session, asked: FactsAsked) -> tuple[FactsWanted, tuple[str, ...]]:
    terms = read_query(asked.q, search_aliases.aliases_of(session))
    names = _names(session, asked.indicator.strip()[:_LONGEST])
    year, kind, area = (
        asked.year.strip().removesuffix("年"),
        asked.kind.strip(),
        asked.area.strip()[:_LONGEST],
    )
    if year and not (len(year) == 4 and year.isascii() and year.isdigit()):
        _wrong(f"year={year[:40]}", "这不是年份", "this is no year", "请写成 2025。", "Write it as 2025.")
    if kind and kind not in FINDABLE:
        allowed = "、".join(FINDABLE)
        mend = (f"可用的有：{allowed}。", f"Use one of: {', '.join(FINDABLE)}.")
        _wrong(f"kind={kind[:40]}", "没有这种事实", "there is no such kind of fact", *mend)
    regions = tuple(filter(None, (fold(area),)))
    codes = codes_named(area) if area.isascii() and area.isdigit() else _codes(area)
    wanted = FactsWanted(
        terms=tuple(term.spellings for term in terms),
        indicators=tuple(dict.fromkeys(filter(None, map(fold, names)))),
        regions=() if area.isdigit() else regions,
        areas=codes,
        year=year,
        kinds=(kind,) if kind else (),
    )
    return wanted, names[1:]


def _codes(area: str) -> tuple[str, ...]:
    """A place that is no division (a park, a firm) is looked for by its name alone."""
    try:
        return codes_named(area) if area else ()
    except UsageWrong:
        return ()


def _names(session: Session, indicator: str) -> tuple[str, ...]:
    """What was typed, then the other names of the same indicator, users' too."""
    if not indicator:
        return ()
    words = observing.words_of(session)
    meant = words.names.get(folded(indicator))
    if meant is None:
        return (indicator,)
    others = sorted(alias for alias, name in words.names.items() if name == meant)
    return tuple(dict.fromkeys((indicator, meant, *others)))[:_NAMES]


def hits(session: Session, found: Sequence[FactPlace]) -> tuple[FactHit, ...]:
    """The facts at these places, in their order; one that is gone meanwhile is left out."""
    snapshots = {place.snapshot for place in found}
    starts = {place.start for place in found}
    f, o = FactRow, ObservationRow
    facts = {
        (row.snapshot_id, row.kind, row.start, row.end): row
        for row in session.scalars(sa.select(f).where(f.snapshot_id.in_(snapshots), f.start.in_(starts)))
    }
    observed = {
        (row.snapshot_id, row.start, row.end): row
        for row in session.scalars(sa.select(o).where(o.snapshot_id.in_(snapshots), o.start.in_(starts)))
    }
    titles = _documents(session, snapshots)
    told = []
    for place in found:
        row = facts.get((place.snapshot, place.kind, place.start, place.end))
        if row is None or place.snapshot not in titles:
            continue
        figure = observed.get((place.snapshot, place.start, place.end)) if place.kind == "figure" else None
        title, source, published = titles[place.snapshot]
        told.append(
            FactHit(
                fact=rows.fact_of(row),
                observation=rows.observation_of(figure) if figure else None,
                snapshot=place.snapshot,
                title=title,
                source=source or None,
                published=published or None,
            )
        )
    return tuple(told)


def _documents(session: Session, snapshots: set[str]) -> dict[str, tuple[str, str, str]]:
    """Title, source and date of those that are shown."""
    d = DocumentRow
    columns = (d.snapshot_id, d.title, Link.title, Snapshot.final_url, d.source, d.published)
    query = sa.select(*columns).join(Snapshot, Snapshot.id == d.snapshot_id)
    query = query.join(Link, sa.and_(Link.best_id == Snapshot.id, Link.removed.is_(None)))
    found = session.execute(query.where(d.snapshot_id.in_(snapshots)))
    return {
        id: (rows.shown_title(title, called, url), source, published)
        for id, title, called, url, source, published in found
    }


def _wrong(said: str, detail: str, detail_en: str, mend: str, mend_en: str) -> None:
    raise UsageWrong(said, detail=detail, detail_en=detail_en, mend=mend, mend_en=mend_en)
