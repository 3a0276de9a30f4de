"""A tag renamed, or merged into another, with all below it, in the database; and the way back.

Set by set, not link by link: a tag may stand on every link there is. The callers journal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.organize.tags import renamed
from cunzhao.storage.models import DocumentRow, Link, LinkTag, Snapshot
from cunzhao.storage.organized import TagChangeRow
from cunzhao.storage.upsert import insert_new

_AT_ONCE = 500  # ids in one statement; SQLite bounds the parameters
Tagged = tuple[str, str]  # link and tag


def under(tag: str) -> sa.ColumnElement[bool]:
    """Of `LinkTag`: this tag, and those below it. (LIKE would not tell g60/ from G60/ on SQLite.)"""
    below = f"{tag}/"
    return sa.or_(LinkTag.tag == tag, sa.func.substr(LinkTag.tag, 1, len(below)) == below)


def tags_under(session: Session, tag: str) -> list[str]:
    return list(session.scalars(sa.select(LinkTag.tag).where(under(tag)).distinct().order_by(LinkTag.tag)))


def rename(session: Session, id: str, old: str, new: str, at: datetime) -> TagChangeRow | None:
    """Call `old` `new` on every link, and what stands below it likewise; None where nothing is called so."""
    tags = tags_under(session, old)
    targets = {tag: renamed(tag, old, new) for tag in tags}
    _hold(session, sa.select(LinkTag.link_id).where(LinkTag.tag.in_(tags)))
    before = _pairs(session, tags)
    if not before:
        return None
    there = set(_pairs(session, sorted(set(targets.values()) - set(tags))))
    moved = [(link, tag, targets[tag], (link, targets[tag]) in there) for link, tag in before]
    for tag in tags:
        session.execute(sa.delete(LinkTag).where(LinkTag.tag == tag))
    _add(session, ((link, after) for link, _, after, _ in moved))
    _wait_for_index(session, {link for link, _ in before})
    row = TagChangeRow(id=id, old=old, new=new, at=at, moved=moved)
    session.add(row)
    session.flush()
    return row


def undo(session: Session, id: str, at: datetime) -> TagChangeRow | None:
    """Links have the tags again that they had; what was changed since stays as it was changed.

    None where there is nothing to undo.
    """
    row = session.get(TagChangeRow, id, with_for_update=True)
    if row is None or row.undone:
        return None
    wanted = sorted({after for _, _, after, _ in row.moved})
    _hold(session, sa.select(LinkTag.link_id).where(LinkTag.tag.in_(wanted)))
    now = set(_pairs(session, wanted))
    back = [one for one in row.moved if (one[0], one[2]) in now]
    gone: dict[str, list[str]] = defaultdict(list)
    for link, _, after, had in back:
        if not had:
            gone[after].append(link)
    for after, links in gone.items():
        for some in _parts(links):
            session.execute(sa.delete(LinkTag).where(LinkTag.tag == after, LinkTag.link_id.in_(some)))
    _add(session, ((link, tag) for link, tag, _, _ in back))
    _wait_for_index(session, {link for link, *_ in back})
    row.undone = at
    session.flush()
    return row


def _hold(session: Session, links: sa.Select[str]) -> None:
    """Hold these links until the transaction ends, always in one order."""
    session.execute(sa.select(Link.id).where(Link.id.in_(links)).order_by(Link.id).with_for_update())


def _pairs(session: Session, tags: Sequence[str]) -> list[Tagged]:
    query = sa.select(LinkTag.link_id, LinkTag.tag).where(LinkTag.tag.in_(tags))
    return [(link, tag) for link, tag in session.execute(query.order_by(LinkTag.link_id, LinkTag.tag))]


def _add(session: Session, pairs: Iterable[Tagged]) -> None:
    rows = [{"link_id": link, "tag": tag} for link, tag in pairs]
    if rows:
        session.execute(insert_new(session, LinkTag), rows)


def _wait_for_index(session: Session, links: Collection[str]) -> None:
    """Their documents have to be handed to the search index again."""
    for some in _parts(sorted(links)):
        of_links = sa.select(Snapshot.id).where(Snapshot.link_id.in_(some))
        waiting = sa.update(DocumentRow).where(DocumentRow.snapshot_id.in_(of_links))
        session.execute(waiting.values(indexed=False))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for n in range(0, len(ids), _AT_ONCE):
        yield ids[n : n + _AT_ONCE]
