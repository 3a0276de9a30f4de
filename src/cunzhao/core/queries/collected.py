"""Which links stand in which collection, in the database. The callers hold the links and journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.ids import named_id
from cunzhao.core.queries import rows
from cunzhao.core.queries.cursors import behind, cursor, key_of
from cunzhao.core.values.pages import ListedLink
from cunzhao.core.values.workbench import CollectionName
from cunzhao.storage.models import Base, DocumentRow, Link, LinkTag, Snapshot
from cunzhao.storage.organized import CollectedRow, CollectionRow
from cunzhao.storage.upsert import insert_new

PAGE = 50  # links on one page
CHUNK = 1_000  # links of a file at a time

Q = TypeVar("Q", bound=sa.Select[*tuple[Any, ...]])


def free_id(session: Session, table: type[Base], name: str) -> str:
    """The id for a new thing of this name."""
    n = 0
    while session.get(table, named_id(name, n)) is not None:
        n += 1
    return named_id(name, n)


def titled(session: Session, title: str) -> CollectionRow | None:
    """The collection of that title that is not removed."""
    query = sa.select(CollectionRow).where(CollectionRow.title == title, CollectionRow.removed.is_(None))
    return session.scalars(query.order_by(CollectionRow.id).limit(1)).first()


def titled_or_made(session: Session, title: str, at: datetime) -> CollectionRow:
    found = titled(session, title)
    if found is None:
        row = {"id": free_id(session, CollectionRow, title), "title": title, "note": "", "made": at}
        session.execute(insert_new(session, CollectionRow), [row])  # another may make it at this moment
        found = session.get_one(CollectionRow, row["id"])
    return found


def locked(session: Session, collection_id: str) -> CollectionRow | None:
    """The collection, held until the transaction ends."""
    return session.get(CollectionRow, collection_id, with_for_update=True, populate_existing=True)


def put(session: Session, collection_id: str, link_id: str, place: int | None = None) -> int | None:
    """Put a link in, at its end if no place is named; its place, or None where it stood there already."""
    if place is None:
        last = sa.select(sa.func.max(CollectedRow.place)).where(CollectedRow.collection_id == collection_id)
        place = (session.scalar(last) or 0) + 1
    row = {"collection_id": collection_id, "link_id": link_id, "place": place}
    new = insert_new(session, CollectedRow).values(**row).returning(CollectedRow.link_id)
    if session.execute(new).first() is None:
        return None
    _turn(session, collection_id)
    return place


def take(session: Session, collection_id: str, link_id: str) -> int | None:
    """Take a link out; the place where it stood, or None."""
    found = session.get(CollectedRow, (collection_id, link_id))
    if found is None:
        return None
    session.delete(found)
    session.flush()
    _turn(session, collection_id)
    return found.place


def arrange(session: Session, collection_id: str, links: list[str]) -> None:
    """Let these links stand in this order, in the places that they have between them. Others stay."""
    query = sa.select(CollectedRow).where(
        CollectedRow.collection_id == collection_id, CollectedRow.link_id.in_(links)
    )
    rows = {row.link_id: row for row in session.scalars(query)}
    places = sorted((row.place, row.link_id) for row in rows.values())
    wanted = [rows[link] for link in dict.fromkeys(links) if link in rows]
    spread = 0  # places that are the same would leave the order to chance
    for (place, _), row in zip(places, wanted, strict=True):
        spread = max(place, spread + 1)
        row.place = spread
    session.flush()
    _turn(session, collection_id)


def _turn(session: Session, collection_id: str) -> None:
    """Whoever has its order open sees another one than there is now."""
    row = sa.update(CollectionRow).where(CollectionRow.id == collection_id)
    session.execute(row.values(turn=CollectionRow.turn + 1))


def names(session: Session) -> tuple[CollectionName, ...]:
    """All collections that are not removed, by title."""
    query = sa.select(CollectionRow.id, CollectionRow.title).where(CollectionRow.removed.is_(None))
    found = session.execute(query.order_by(CollectionRow.title, CollectionRow.id))
    return tuple(CollectionName(id=id, title=title) for id, title in found)


def names_of(session: Session, link_ids: Iterable[str]) -> dict[str, tuple[CollectionName, ...]]:
    """The collections of each link, by title."""
    query = (
        sa.select(CollectedRow.link_id, CollectionRow.id, CollectionRow.title)
        .join(CollectionRow, CollectionRow.id == CollectedRow.collection_id)
        .where(CollectedRow.link_id.in_(list(link_ids)), CollectionRow.removed.is_(None))
        .order_by(CollectionRow.title, CollectionRow.id)
    )
    found: dict[str, list[CollectionName]] = defaultdict(list)
    for link_id, id, title in session.execute(query):
        found[link_id].append(CollectionName(id=id, title=title))
    return {link_id: tuple(names) for link_id, names in found.items()}


def page(session: Session, collection_id: str, after: str | None) -> tuple[list[Link], str | None]:
    """Links that are not in the trash in their order, and the cursor behind them. Raises UsageWrong."""
    found = session.execute(_in_order(sa.select(Link, CollectedRow.place), collection_id, after, PAGE)).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    return [link for link, _ in found[:PAGE]], cursor(last[1], last[0].id) if last else None


def listed(
    session: Session, collection_id: str, after: str | None
) -> tuple[tuple[ListedLink, ...], str | None]:
    """The same for a file: so many at a time that it takes seconds where pages would take minutes."""
    d, s = DocumentRow, Snapshot
    shown = (s.id.label("snapshot"), s.captured, s.verdict, s.final_url, d.title, d.source, d.published)
    told = sa.select(Link.id, Link.url, Link.title.label("called"), Link.note, CollectedRow.place, *shown)
    query = _in_order(told, collection_id, after, CHUNK)
    query = query.outerjoin(s, s.id == Link.best_id).outerjoin(d, d.snapshot_id == s.id)
    found = session.execute(query).all()
    tags: dict[str, list[str]] = defaultdict(list)
    named = sa.select(LinkTag.link_id, LinkTag.tag).where(LinkTag.link_id.in_([row[0] for row in found]))
    for link_id, tag in session.execute(named.order_by(LinkTag.tag)):
        tags[link_id].append(tag)
    last = found[CHUNK - 1] if len(found) > CHUNK else None
    links = tuple(_listed(row, tags[row[0]]) for row in found[:CHUNK])
    return links, cursor(last.place, last[0]) if last else None


def _listed(row: Any, tags: Sequence[str]) -> ListedLink:
    return ListedLink(
        title=rows.shown_title(row.title or "", row.called, row.final_url) if row.snapshot else "",
        url=row.url,
        source=row.source or "",
        published=row.published or "",
        captured=row.captured,
        verdict=row.verdict or "",
        tags=tuple(tags),
        note=row.note,
        snapshot=row.snapshot or "",
    )


def _in_order(query: Q, collection_id: str, after: str | None, most: int) -> Q:
    """Links in the user's order behind a cursor, and one more than `most`. Raises UsageWrong."""
    query = query.join_from(Link, CollectedRow, CollectedRow.link_id == Link.id)
    query = query.where(CollectedRow.collection_id == collection_id, Link.removed.is_(None))
    key, order = key_of(after or "", int, str), (CollectedRow.place, CollectedRow.link_id)
    query = query.where(behind(order, key)) if key else query
    return query.order_by(*order).limit(most + 1)
