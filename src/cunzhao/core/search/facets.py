"""Filters as users name them become those of the index, and its counts become facets that can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.values.search import Facet, FacetValue
from cunzhao.errors import NoSuchChoice
from cunzhao.extract.places.codes import codes_of, name_of
from cunzhao.organize.filters import FACETS, Filters, read_filters
from cunzhao.organize.types import Count
from cunzhao.storage.organized import CollectionRow


def filters_of(session: Session, narrow: Mapping[str, Sequence[str]]) -> Filters:
    """Areas by their names or codes, collections by their titles or ids. Raises UsageWrong."""
    meant = dict(narrow)
    meant["area"] = tuple(
        code for name in narrow.get("area", ()) if name.strip() for code in codes_named(name)
    )
    meant["collection"] = _collections(session, narrow.get("collection", ()))
    return read_filters(meant)


def codes_named(name: str) -> tuple[str, ...]:
    """The codes of an area by its name, or the code itself. Raises UsageWrong."""
    name = name.strip()
    if name.isascii() and name.isdigit() and len(name) == 6 and name_of(name):
        return (name,)
    codes = codes_of(name[:40])
    if not codes:
        raise NoSuchChoice(
            f"area={name[:40]}",
            detail="不认识这个地区",
            detail_en="no such area is known",
            mend="请写行政区划的名称（如“绍兴市”）或六位代码；同名的县区请用代码。",
            mend_en="Name a division (绍兴市) or its six-digit code; of several of one name, use the code.",
        )
    return codes


def _collections(session: Session, named: Sequence[str]) -> tuple[str, ...]:
    said = [name.strip()[:200] for name in named if name.strip()]
    if not said:
        return ()
    c = CollectionRow
    query = sa.select(c.id, c.title).where(c.removed.is_(None), sa.or_(c.id.in_(said), c.title.in_(said)))
    rows = list(session.execute(query))
    for name in said:
        if not any(name in (id, title) for id, title in rows):
            raise NoSuchChoice(
                f"collection={name[:40]}",
                detail="没有这个专题",
                detail_en="there is no such collection",
                mend="它可能已被删除或改名，请重新选择。",
                mend_en="It may have been removed or renamed; choose again.",
            )
    return tuple(id for id, _ in rows)


def facets_of(session: Session, counts: Mapping[str, Sequence[Count]], filters: Filters) -> tuple[Facet, ...]:
    """In the order of FACETS, those that have values."""
    titles = _titles(session, [count.value for count in counts.get("collection", ())])
    found = []
    for name in FACETS:
        chosen = _chosen(name, filters)
        values = tuple(
            FacetValue(value=c.value, name=shown, hits=c.hits, chosen=c.value in chosen)
            for c in counts.get(name, ())
            if (shown := called(name, c.value, titles))
        )
        if values:
            found.append(Facet(name=name, values=values))
    return tuple(found)


def _chosen(name: str, filters: Filters) -> tuple[str, ...]:
    if name != "year":
        return tuple(getattr(filters, name))
    year = (filters.since or 0) // 10_000
    return (
        (str(year),) if (filters.since, filters.until) == (year * 10_000 + 101, year * 10_000 + 1231) else ()
    )


def _titles(session: Session, ids: Sequence[str]) -> dict[str, str]:
    query = sa.select(CollectionRow.id, CollectionRow.title)
    live = query.where(CollectionRow.id.in_(ids), CollectionRow.removed.is_(None))
    return {id: title for id, title in session.execute(live)}


def called(facet: str, value: str, titles: Mapping[str, str]) -> str:
    """A value of a facet for reading; "" of a collection or an area that there is not."""
    if facet == "collection":
        return titles.get(value, "")
    if facet == "area":
        return name_of(value) or ""
    return value
