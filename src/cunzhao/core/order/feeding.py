"""What `Core` tells those who subscribe: the newest links, and the newest contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from cunzhao.core.queries import listing
from cunzhao.core.queries.retagging import under
from cunzhao.core.values.pages import LinkRow, SnapshotRow
from cunzhao.language import language
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link, LinkTag
from cunzhao.storage.organized import CollectedRow

ENTRIES = 50  # of one feed


class Feeding:
    settings: Settings
    _database: Database

    def new_links(self, *, tag: str = "", collection: str = "") -> tuple[LinkRow, ...]:
        """The links given last, the newest first: all, or those with a tag (or one below it), or those in a
        collection (by its id). What came with a page as its attachment is left out."""
        query = sa.select(Link).where(Link.removed.is_(None), Link.given)
        if tag:
            query = query.where(Link.id.in_(sa.select(LinkTag.link_id).where(under(tag))))
        if collection:
            held = sa.select(CollectedRow.link_id).where(CollectedRow.collection_id == collection)
            query = query.where(Link.id.in_(held))
        query = query.order_by(Link.added.desc(), Link.id.desc()).limit(ENTRIES)
        with self._database.reading() as session:
            links = list(session.scalars(query))
            return listing.link_rows(session, links, language(self.settings.lang))

    def snapshots(self, ids: Iterable[str]) -> Mapping[str, SnapshotRow]:
        """The snapshots of these ids that there are."""
        with self._database.reading() as session:
            return listing.snapshot_rows(session, ids, language(self.settings.lang))
