"""A capture becomes a snapshot: archive first (fsync), then one database transaction, and only then "saved".

A capture that brought no answer leaves no snapshot; one that was read badly stays kept all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.index import index
from cunzhao.archive.restoring import ADOPTED
from cunzhao.archive.types import PageInfo, Written
from cunzhao.collect.types import VERDICTS, Capture, Entry
from cunzhao.collect.urls import url_key
from cunzhao.core.ids import link_id
from cunzhao.core.queries import collected
from cunzhao.organize.addresses import address_id
from cunzhao.storage.models import Attached, DocumentRow, Link, LinkTag, Record, Snapshot
from cunzhao.storage.upsert import insert_new

Change = tuple[str, str]  # a journal operation and its value


def locked_link(session: Session, link_id: str) -> Link | None:
    """The link, held until the transaction ends: whoever changes its tags or snapshots takes turns."""
    return session.get(Link, link_id, with_for_update=True, populate_existing=True)


def link_with(session: Session, link_id: str, entry: Entry, added: datetime) -> tuple[Link, list[Change]]:
    """The link of this entry, made or found, held; and what the entry changed of a link there was."""
    new = link_values(link_id, entry.url, added, note=entry.note, given=not entry.parent)
    inserted = session.execute(insert_new(session, Link).values(**new).returning(Link.id))
    made = inserted.first() is not None
    link = locked_link(session, link_id)
    assert link is not None
    link.added = min(link.added, added)
    changes = apply_entry(session, link, entry, added)
    return link, [change for change in changes if not made or change[0] == "collect"]


def link_values(
    link_id: str, url: str, added: datetime, *, note: str = "", given: bool = True
) -> dict[str, Any]:
    """The row of a new link."""
    return {
        "id": link_id, "url": url, "address": address_id(url), "note": note, "added": added, "given": given,
    }  # fmt: skip


def apply_entry(session: Session, link: Link, entry: Entry, at: datetime) -> list[Change]:
    """What saving a link says of it: tags are added, it stands in the collection named, a link in the trash
    comes back, a file is attached.

    Returns the changes as journal operations; documents concerned wait for the search index.
    """
    changes = [("restore", "")] if link.removed else []
    link.removed = None
    link.title = link.title or entry.title
    link.note = link.note or entry.note
    changes += [("tag", tag) for tag in add_tags(link, entry.tags)]
    if entry.collection:
        changes += collect(session, link, collected.titled_or_made(session, entry.collection, at).id)
    if changes:
        wait_for_index(session, link.id)
    return changes + belong(session, link, entry.parent)


def collect(session: Session, link: Link, collection_id: str, place: int | None = None) -> list[Change]:
    """Put the (held) link into a collection; no change where it stands there."""
    at = collected.put(session, collection_id, link.id, place)
    return [] if at is None else [("collect", f"{collection_id} {at}")]


def belong(session: Session, link: Link, parent: str) -> list[Change]:
    """`parent` is the URL of a link whose page has this one attached; "" says that the user gave it himself.

    A parent that is not kept (any more) is none.
    """
    if not parent:
        changes = [] if link.given else [("give", "")]
        link.given = True
        return changes
    parent_id = link_id(url_key(parent))
    if parent_id == link.id or session.get(Link, parent_id) is None:
        return []
    row = {"link_id": link.id, "parent_id": parent_id}
    added = session.execute(insert_new(session, Attached).values(**row).returning(Attached.link_id)).first()
    return [("attach", parent)] if added else []


def attached_to(session: Session, link_id: str) -> list[Link]:
    """What came with the page of this link; not what the user gave himself."""
    query = sa.select(Link).join(Attached, Attached.link_id == Link.id)
    query = query.where(Attached.parent_id == link_id, ~Link.given)
    return list(session.scalars(query.order_by(Link.added, Link.id)))


def parents_of(session: Session, link_id: str) -> list[Link]:
    """The links to whose pages this one is attached."""
    query = sa.select(Link).join(Attached, Attached.parent_id == Link.id)
    return list(session.scalars(query.where(Attached.link_id == link_id).order_by(Link.added, Link.id)))


def add_tags(link: Link, tags: Iterable[str]) -> list[str]:
    """Those that were new."""
    have = {t.tag for t in link.tags}
    new = [t for t in dict.fromkeys(tags) if t not in have]
    link.tags.extend(LinkTag(tag=t) for t in new)
    return new


def drop_tags(link: Link, tags: Iterable[str]) -> list[Change]:
    """Take tags off; the changes as journal operations."""
    mine = sorted(set(tags).intersection(t.tag for t in link.tags))
    link.tags = [t for t in link.tags if t.tag not in mine]
    return [("untag", tag) for tag in mine]


def wait_for_index(session: Session, link_id: str) -> None:
    """The documents of all its snapshots have to be handed to the search index again."""
    of_link = sa.select(Snapshot.id).where(Snapshot.link_id == link_id)
    session.execute(sa.update(DocumentRow).where(DocumentRow.snapshot_id.in_(of_link)).values(indexed=False))


def add_snapshot(session: Session, link: Link, snapshot: Snapshot, written: Written) -> bool:
    """Add a snapshot with its index lines, and decide anew which snapshot the (held) link shows.

    One that another transaction has added meanwhile stays as it is. False where something that it keeps is
    not indexed yet; see `archive.index.index`.
    """
    session.flush()  # the link first: the tables refer to it
    row = {column.name: getattr(snapshot, column.name) for column in sa.inspect(Snapshot).columns}
    session.execute(insert_new(session, Snapshot), [row])
    whole = not index(session, written)
    show_best(session, link)
    return whole


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
        info_record=written.info_record,
        missing=[asdict(m) for m in told.missing],
    )


def show_best(session: Session, link: Link) -> None:
    """Decide anew which snapshot the (held) link shows; that one alone can be found."""
    best = best_snapshot(session, link.id)
    if best != link.best_id:
        link.best_id = best
        wait_for_index(session, link.id)


def best_snapshot(session: Session, link_id: str) -> str | None:
    """The newest of the best verdict: a worse capture never replaces a better one (invariant 5).

    At equal verdict ours come before those of other programs' WARC files: what those say of a page, we have
    not seen.
    """
    rank = sa.case({v: n for n, v in enumerate(VERDICTS)}, value=Snapshot.verdict, else_=len(VERDICTS))
    foreign = sa.case((Record.file.startswith(ADOPTED, autoescape=True), 1), else_=0)
    query = sa.select(Snapshot.id).outerjoin(Record, Record.id == Snapshot.page_record)
    query = query.where(Snapshot.link_id == link_id)
    return session.scalar(query.order_by(rank, foreign, Snapshot.id.desc()).limit(1))
