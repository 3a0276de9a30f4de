"""Queries over links, snapshots and tags. Read only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, defer

from cunzhao.core.queries import collected, rows
from cunzhao.core.queries.cursors import before, cursor, key_of
from cunzhao.core.queries.retagging import under
from cunzhao.core.values.pages import (
    KeptRow,
    LinkRow,
    SnapshotRow,
)
from cunzhao.core.values.workbench import TagCount
from cunzhao.errors import NotFound
from cunzhao.organize.tags import with_above
from cunzhao.storage.models import (
    Attached,
    DocumentRow,
    FactRow,
    Kept,
    Link,
    LinkTag,
    Record,
    Snapshot,
)

PAGE = 50  # links on one page
OFTEN = 1_000  # links of a tag that is looked for on each link, and not the links of it
_WITHOUT_TEXT = (defer(DocumentRow.text), defer(DocumentRow.document))  # megabytes of a long document


def pairs(session: Session, query: sa.Select[Any, Any]) -> dict[str, Any]:
    """A query of two columns as a dict; of equal keys the last one stays."""
    return {key: value for key, value in session.execute(query).all()}


def link_by_id(session: Session, link_id: str) -> Link:
    link = session.get(Link, link_id)
    if link is None:
        raise NotFound(link_id, what="链接", what_en="link")
    return link


def snapshot_by_id(session: Session, snapshot_id: str) -> Snapshot:
    snapshot = session.get(Snapshot, snapshot_id)
    if snapshot is None:
        raise NotFound(snapshot_id, what="快照", what_en="snapshot")
    return snapshot


# --- snapshots and links ------------------------------------------------------------------------------


def snapshot_rows(session: Session, ids: Iterable[str], lang: str) -> dict[str, SnapshotRow]:
    """The snapshots of these ids with title, icon and number of figures, in four queries."""
    wanted = set(ids)
    if not wanted:
        return {}
    documents = {
        d.snapshot_id: d
        for d in session.scalars(
            sa.select(DocumentRow).options(*_WITHOUT_TEXT).where(DocumentRow.snapshot_id.in_(wanted))
        )
    }
    icon_query = (
        sa.select(Kept.snapshot_id, Kept.url)
        .where(Kept.snapshot_id.in_(wanted), Kept.role == "icon")
        .order_by(Kept.n.desc())
    )
    icons = pairs(session, icon_query)
    figures = _figure_counts(session, wanted)
    query = sa.select(Snapshot, Link.title).join(Link, Link.id == Snapshot.link_id)
    return {
        s.id: rows.snapshot_row(
            s,
            documents.get(s.id),
            called=called,
            icon=icons.get(s.id),
            figures=figures.get(s.id, 0),
            lang=lang,
        )
        for s, called in session.execute(query.where(Snapshot.id.in_(wanted)))
    }


def _figure_counts(session: Session, ids: set[str]) -> dict[str, int]:
    query = (
        sa.select(FactRow.snapshot_id, sa.func.count())
        .where(FactRow.snapshot_id.in_(ids), FactRow.kind == "figure")
        .group_by(FactRow.snapshot_id)
    )
    return pairs(session, query)


def link_rows(session: Session, links: Sequence[Link], lang: str) -> tuple[LinkRow, ...]:
    ids = [link.id for link in links]
    counts = pairs(
        session,
        sa.select(Snapshot.link_id, sa.func.count())
        .where(Snapshot.link_id.in_(ids))
        .group_by(Snapshot.link_id),
    )
    best = snapshot_rows(session, (link.best_id for link in links if link.best_id), lang)
    came = attached_counts(session, Attached.parent_id.in_(ids))
    held = collected.names_of(session, ids)
    return tuple(
        rows.link_row(
            k, counts.get(k.id, 0), best.get(k.best_id or ""), came.get(k.id, 0), held.get(k.id, ())
        )
        for k in links
    )


def attached_counts(session: Session, where: sa.ColumnElement[bool]) -> dict[str, int]:
    """By the link they came with."""
    query = sa.select(Attached.parent_id, sa.func.count()).where(where)
    return pairs(session, query.group_by(Attached.parent_id))


def _by_itself(*, removed: bool) -> sa.ColumnElement[bool]:
    """Links, in the trash or not, without what stands there with the page that it came with."""
    parent = aliased(Link)
    state = parent.removed.is_not(None) if removed else sa.true()
    with_page = sa.exists().where(Attached.link_id == Link.id, Attached.parent_id == parent.id, state)
    in_place = Link.removed.is_not(None) if removed else Link.removed.is_(None)
    return sa.and_(in_place, sa.or_(Link.given, ~with_page))


def _live(tag: str | None, attachments: bool, tagged: int | None) -> sa.Select[Link]:
    """Where a tag is on many links, they are walked in their order until a page is full."""
    query = sa.select(Link).where(Link.removed.is_(None) if attachments else _by_itself(removed=False))
    if tag and (tagged or 0) > OFTEN:
        query = query.where(sa.exists().where(LinkTag.link_id == Link.id, under(tag)))
    elif tag:
        query = query.where(Link.id.in_(sa.select(LinkTag.link_id).where(under(tag))))
    return query


def links_page(
    session: Session,
    tag: str | None,
    after: str | None,
    lang: str,
    *,
    attachments: bool = False,
    tagged: int | None = None,
) -> tuple[tuple[LinkRow, ...], str | None, int]:
    """Links newest first, the cursor of the next page, and how many there are in all.

    `tagged`: how many have the tag, without those that came with a page.
    """
    live = _live(tag, attachments, tagged)
    count = None if attachments else tagged
    if count is None:
        count = session.scalar(sa.select(sa.func.count()).select_from(live.subquery())) or 0
    links, following = newest(session, live, Link.added, after)
    return link_rows(session, links, lang), following, count


def newest(
    session: Session, query: sa.Select[Link], by: Any, after: str | None
) -> tuple[list[Link], str | None]:
    """A page of links, the latest first, and the cursor of the next one. Raises UsageWrong."""
    key = key_of(after or "", datetime, str)
    query = query.where(before((by, Link.id), key)) if key else query
    links = list(session.scalars(query.order_by(by.desc(), Link.id.desc()).limit(PAGE + 1)))
    last = links[PAGE - 1] if len(links) > PAGE else None
    return links[:PAGE], cursor(getattr(last, by.key), last.id) if last else None


def trash(session: Session, after: str | None, lang: str) -> tuple[tuple[LinkRow, ...], str | None]:
    links, following = newest(session, sa.select(Link).where(_by_itself(removed=True)), Link.removed, after)
    return link_rows(session, links, lang), following


def trashed(session: Session, link_id: str, lang: str) -> LinkRow | None:
    query = sa.select(Link).where(Link.id == link_id, Link.removed.is_not(None))
    return next(iter(link_rows(session, list(session.scalars(query)), lang)), None)


def trash_count(session: Session) -> int:
    query = sa.select(sa.func.count()).select_from(Link).where(_by_itself(removed=True))
    return session.scalar(query) or 0


def tag_counts(session: Session) -> tuple[TagCount, ...]:
    """The tags in use and those above them, each with its links, those below not counted twice.

    The database hands over each set of tags once, however many links have it.
    """
    aside = sa.select(Link.id).where(~_by_itself(removed=False))
    sets = (
        sa.select(sa.func.aggregate_strings(LinkTag.tag, "\n").label("tags"))
        .where(LinkTag.link_id.not_in(aside))
        .group_by(LinkTag.link_id)
        .subquery()
    )
    own, in_all = Counter[str](), Counter[str]()
    for tags, links in session.execute(sa.select(sets.c.tags, sa.func.count()).group_by(sets.c.tags)):
        mine = tags.split("\n")
        own.update(dict.fromkeys(mine, links))
        in_all.update(dict.fromkeys({above for tag in mine for above in with_above(tag)}, links))
    names = sorted(in_all, key=lambda name: (-in_all[name], name))
    return tuple(TagCount(name=name, links=own[name], all=in_all[name]) for name in names)


def snapshots_of(session: Session, link_id: str) -> list[str]:
    query = sa.select(Snapshot.id).where(Snapshot.link_id == link_id).order_by(Snapshot.id.desc())
    return list(session.scalars(query))


def kept_rows(session: Session, snapshot_id: str) -> tuple[KeptRow, ...]:
    original = aliased(Record)
    query = (
        sa.select(Kept, Record, original.timestamp)
        .join(Record, Record.id == Kept.record_id)
        .outerjoin(original, original.id == Record.refers_to)
        .where(Kept.snapshot_id == snapshot_id)
        .order_by(Kept.n)
    )
    return tuple(
        KeptRow(
            url=kept.url,
            role=kept.role,
            status=record.status,
            mime=record.mime,
            length=record.length,
            digest=record.digest,
            file=record.file,
            offset=record.offset,
            revisit=record.type == "revisit",
            record=record.id,
            same_as=same_as,
        )
        for kept, record, same_as in session.execute(query)
    )


def record_count(session: Session) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(Record)) or 0
