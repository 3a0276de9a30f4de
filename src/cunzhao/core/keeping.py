"""A capture becomes a snapshot: archive first (fsync), then one database transaction, and only then "saved".

A capture that brought no answer leaves no snapshot; one that was read badly stays kept all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.index import index
from cunzhao.archive.types import PageInfo, Written
from cunzhao.collect.types import VERDICTS, Capture, Entry
from cunzhao.storage.models import Link, LinkTag, Snapshot


def link_with(session: Session, link_id: str, entry: Entry, now: datetime) -> Link:
    """The link of this entry, made or found; tags are added, a link in the trash comes back."""
    link = session.get(Link, link_id)
    if link is None:
        link = Link(
            id=link_id, url=entry.url, added=now, note=entry.note, collection=entry.collection, tags=[]
        )
        session.add(link)
    link.removed = None
    link.collection = entry.collection or link.collection or ""
    add_tags(link, entry.tags)
    return link


def add_tags(link: Link, tags: Iterable[str]) -> None:
    have = {t.tag for t in link.tags}
    link.tags.extend(LinkTag(tag=t) for t in dict.fromkeys(tags) if t not in have)


def add_snapshot(session: Session, link: Link, snapshot: Snapshot, written: Written) -> None:
    """Add a snapshot with its index lines, and decide anew which snapshot the link shows."""
    session.flush()  # the link first: the tables refer to it
    session.add(snapshot)
    session.flush()
    index(session, written)
    link.best_id = best_snapshot(session, link.id)


def snapshot_of(told: Capture | PageInfo, captured: datetime, written: Written, link_id: str) -> Snapshot:
    """The row of a snapshot: of a capture just written, or as its pageinfo record tells it in a rebuild."""
    return Snapshot(
        id=written.snapshot,
        link_id=link_id,
        verdict=told.verdict,
        reason=told.reason,
        engine=told.engine,
        engine_reason=told.engine_reason,
        requested_url=told.requested_url,
        final_url=told.final_url,
        captured=captured,
        seconds=told.seconds,
        bytes=written.bytes,
        page_record=written.page,
        missing=[asdict(m) for m in told.missing],
    )


def best_snapshot(session: Session, link_id: str) -> str | None:
    """The newest of the best verdict: a worse capture never replaces a better one (invariant 5)."""
    rank = sa.case({v: n for n, v in enumerate(VERDICTS)}, value=Snapshot.verdict, else_=len(VERDICTS))
    query = sa.select(Snapshot.id).where(Snapshot.link_id == link_id)
    return session.scalar(query.order_by(rank, Snapshot.id.desc()).limit(1))


def now_utc() -> datetime:
    return datetime.now(UTC)


def moment(text: str) -> datetime:
    """An ISO time as the journal holds it."""
    return datetime.fromisoformat(text)
