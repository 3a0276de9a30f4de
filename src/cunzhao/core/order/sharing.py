"""What a shared collection opens: its links, their snapshots, texts and facts, and nothing else.

Tags, notes, corrections, jobs and what stands in other collections stay inside.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.access.access import Access
from cunzhao.access.types import NewShare
from cunzhao.core.queries import collected, listing
from cunzhao.core.snapshots import answers
from cunzhao.core.values.pages import Within
from cunzhao.core.values.sharing import SharedLink, SharedPage, SharedSnapshot, ShareRow, SharesPage
from cunzhao.errors import NotFound, ShareGone
from cunzhao.language import language
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link, Snapshot
from cunzhao.storage.organized import CollectedRow, CollectionRow


class Sharing:
    """The part of `Core` that opens collections to whoever has the address."""

    access: Access
    settings: Settings
    _database: Database

    def share(self, collection: str, *, days: int = 30) -> NewShare:
        """A read-only address of a collection, shown once. Raises NotFound, UsageWrong."""
        with self._database.reading() as session:
            row = session.get(CollectionRow, collection)
        if row is None or row.removed:
            raise NotFound(collection, what="专题", what_en="collection")
        return self.access.add_share(collection, days=days)

    def shares(self) -> SharesPage:
        """What was shared, the newest first, and the collections that may be."""
        query = sa.select(CollectionRow.id, CollectionRow.title, CollectionRow.removed)
        with self._database.reading() as session:
            found = session.execute(query.order_by(CollectionRow.title, CollectionRow.id)).all()
        titles = {id: title for id, title, _ in found}
        return SharesPage(
            shares=tuple(
                ShareRow(share=share, title=titles.get(share.collection, ""))
                for share in self.access.shares()
            ),
            collections=tuple((id, title) for id, title, removed in found if not removed),
        )

    def shared(self, secret: str, *, after: str = "") -> SharedPage:
        """The collection that the address opens, a page at a time. Raises ShareGone, UsageWrong."""
        share = self.access.shared_collection(secret)
        with self._database.reading() as session:
            row = session.get(CollectionRow, share.collection)
            if row is None or row.removed:
                raise ShareGone("共享链接")
            inside = _inside(share.collection)
            links, following = collected.page(session, share.collection, after)
            best = listing.snapshot_rows(
                session, [link.best_id for link in links if link.best_id], language(self.settings.lang)
            )
            count = sa.select(sa.func.count()).select_from(CollectedRow)
            total = session.scalar(count.join(Link, Link.id == CollectedRow.link_id).where(inside)) or 0
        shown = tuple(SharedLink(url=link.url, best=best.get(link.best_id or "")) for link in links)
        return SharedPage(
            title=row.title, note=row.note, ends=share.ends, links=shown, total=total, next=following
        )

    def shared_snapshot(self, secret: str, snapshot: str, within: Within | None = None) -> SharedSnapshot:
        """A snapshot of one of its links. Raises ShareGone, NotFound: the same for one that is elsewhere as
        for one that is nowhere."""
        title = self.check_shared(secret, snapshot)
        with self._database.reading() as session:
            page = answers.snapshot(session, snapshot, language(self.settings.lang), within)
        return SharedSnapshot(
            collection=title,
            snapshot=page.snapshot,
            others=page.others,
            document=page.document,
            facts=page.facts,
            digest=page.digest,
        )

    def check_shared(self, secret: str, snapshot: str) -> str:
        """The title of the shared collection that holds the snapshot. Raises ShareGone, NotFound."""
        share = self.access.shared_collection(secret)
        with self._database.reading() as session:
            row = session.get(CollectionRow, share.collection)
            if row is None or row.removed:
                raise ShareGone("共享链接")
            if not _holds(session, share.collection, snapshot):
                raise NotFound(snapshot, what="快照", what_en="snapshot")
        return row.title


def _inside(collection: str) -> sa.ColumnElement[bool]:
    return sa.and_(CollectedRow.collection_id == collection, Link.removed.is_(None))


def _holds(session: Session, collection: str, snapshot: str) -> bool:
    query = (
        sa.select(Snapshot.id)
        .join(Link, Link.id == Snapshot.link_id)
        .join(CollectedRow, CollectedRow.link_id == Link.id)
        .where(_inside(collection), Snapshot.id == snapshot)
    )
    return session.scalar(query) is not None
