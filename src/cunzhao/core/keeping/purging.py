"""彻底删除: a link in the trash goes for good, with its snapshots and all that is derived of them.

The journal is written first, so that neither a rebuild nor a start after a crash brings anything back; then
the rows go in one transaction; then records that no other snapshot needs are taken out of the WARC files.
What a process that dies leaves undone, the next start ends.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive import needs
from cunzhao.archive.store import Archive
from cunzhao.core.derived.deriving import DRAIN_WAIT_S, Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.queries import listing
from cunzhao.core.values.outcomes import Purged
from cunzhao.errors import NoSuchChoice
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import (
    Attached,
    Base,
    CheckedRow,
    CorrectionRow,
    DocumentRow,
    ExtractedRow,
    FactRow,
    JobItemRow,
    Kept,
    Link,
    LinkTag,
    ObservationRow,
    SketchRow,
    Snapshot,
)

log = logging.getLogger(__name__)

_AT_ONCE = 500  # ids in one statement; SQLite bounds the parameters
#: Every table with rows of a snapshot, those that refer to others first.
_OF_SNAPSHOT: tuple[type[Base], ...] = (
    ObservationRow, FactRow, ExtractedRow, SketchRow, DocumentRow, CorrectionRow, CheckedRow, Kept,
)  # fmt: skip


class Purging:
    """What `Core` does to delete for good."""

    _database: Database
    _archive: Archive
    _deriver: Deriver

    def purge(self, link_id: str) -> Purged:
        """Delete a link in the trash for good, and what came with it alone. There is no way back.

        Raises NotFound, and NoSuchChoice for a link that is not in the trash.
        """
        with self._archive.turn():
            with self._database.writing() as session:
                link = keeping.locked_link(session, link_id) or listing.link_by_id(session, link_id)
                if link.removed is None:
                    raise NoSuchChoice(
                        link.url,
                        detail="这个链接不在回收站里",
                        detail_en="this link is not in the trash",
                        mend="请先移入回收站（cunzhao remove），确认不再需要后再彻底删除。",
                        mend_en="Move it to the trash first (`cunzhao remove`), then purge it.",
                    )
                doomed = [(one, _snapshots_of(session, one.id)) for one in (*_only_with(session, link), link)]
                for one, its in doomed:
                    at = now_utc().isoformat()
                    told = {"op": "purge", "link": one.id, "url": one.url, "value": " ".join(its)}
                    self._archive.append_entry({**told, "at": at})
                for one, its in doomed:
                    self._drop(session, one, its)
                url, snapshots = link.url, [id for _, its in doomed for id in its]
            self._archive.forget(snapshots)
            freed = self._archive.compact()
        self._forget(snapshots)
        return Purged(url=url, snapshots=len(snapshots), bytes=freed, waiting=self._archive.waiting())

    def end_purges(self) -> None:
        """At start: what a killed process left of a purge is ended, with a word in the log."""
        gone = self._archive.purged()
        with self._archive.turn():
            with self._database.writing() as session:
                left = _known(session, sorted(gone)) if gone else []
                links = sa.select(Link).where(
                    Link.id.in_(sa.select(Snapshot.link_id).where(Snapshot.id.in_(left)))
                )
                for link in session.scalars(links).all():
                    log.warning("ending the purge of %s", link.url)
                    mine = [id for id in _snapshots_of(session, link.id) if id in gone]
                    self._drop(session, link, mine)
            self._archive.forget(gone)
            if freed := self._archive.compact():
                log.warning("took purged records of %d bytes out of the archive", freed)
        self._forget(left)

    def _drop(self, session: Session, link: Link, snapshots: Sequence[str]) -> None:
        """The rows of these snapshots, and of the link if it has no other."""
        self._archive.mark(needs.files_of(session, snapshots))
        if link.best_id in snapshots:
            link.best_id = None
            session.flush()
        for n in range(0, len(snapshots), _AT_ONCE):
            part = snapshots[n : n + _AT_ONCE]
            asked = sa.update(JobItemRow).where(JobItemRow.snapshot_id.in_(part))
            session.execute(asked.values(snapshot_id=None))
            for table in _OF_SNAPSHOT:
                session.execute(sa.delete(table).where(table.snapshot_id.in_(part)))  # type: ignore[attr-defined]
            session.execute(sa.delete(Snapshot).where(Snapshot.id.in_(part)))
        if _snapshots_of(session, link.id):
            keeping.show_best(session, link)
            return
        session.execute(sa.delete(LinkTag).where(LinkTag.link_id == link.id))
        mine = sa.or_(Attached.link_id == link.id, Attached.parent_id == link.id)
        session.execute(sa.delete(Attached).where(mine))
        session.execute(sa.delete(Link).where(Link.id == link.id))

    def _forget(self, snapshots: Sequence[str]) -> None:
        """Out of the search index, where the trash has left nothing to be found already."""
        until = time.monotonic() + DRAIN_WAIT_S
        while snapshots and not self._deriver.index.remove(snapshots):
            if time.monotonic() > until:
                log.warning("the search index is in use; %d deleted documents stay in it", len(snapshots))
                return
            time.sleep(0.05)


def _only_with(session: Session, link: Link) -> list[Link]:
    """Attachments in the trash that belong to no other link."""
    mine = [one for one in keeping.attached_to(session, link.id) if one.removed]
    return [one for one in mine if len(keeping.parents_of(session, one.id)) == 1]


def _snapshots_of(session: Session, link_id: str) -> list[str]:
    query = sa.select(Snapshot.id).where(Snapshot.link_id == link_id).order_by(Snapshot.id)
    return list(session.scalars(query))


def _known(session: Session, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    for n in range(0, len(ids), _AT_ONCE):
        found += session.scalars(sa.select(Snapshot.id).where(Snapshot.id.in_(ids[n : n + _AT_ONCE])))
    return found
