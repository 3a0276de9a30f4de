"""What `Core` knows of single links, and what users say of them."""

from __future__ import annotations

from collections.abc import Sequence

from cunzhao.collect.urls import check_url, url_key
from cunzhao.core import ids
from cunzhao.core.keeping.entries import Entries
from cunzhao.core.order.tag_counts import TagCounts
from cunzhao.core.queries import listing
from cunzhao.core.snapshots.versions import Versions
from cunzhao.core.values.pages import LinkRow, SnapshotRow
from cunzhao.language import language
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link, Snapshot


class Linking(TagCounts, Versions):
    settings: Settings
    _database: Database
    _entries: Entries

    def keeps(self, url: str) -> bool:
        """Whether a good snapshot of this URL is kept already."""
        with self._database.reading() as session:
            link = session.get(Link, ids.link_id(url_key(check_url(url))))
            best = session.get(Snapshot, link.best_id) if link and link.best_id else None
            return best is not None and best.verdict in ("complete", "partial")

    def link_of(self, name: str) -> str:
        """The link meant by a link id or a snapshot id."""
        with self._database.reading() as session:
            if session.get(Link, name):
                return name
            return listing.snapshot_by_id(session, name).link_id

    def link(self, link_id: str) -> LinkRow:
        """Raises NotFound."""
        with self._database.reading() as session:
            link = listing.link_by_id(session, link_id)
            [row] = listing.link_rows(session, [link], language(self.settings.lang))
            return row

    def snapshots_of(self, link_id: str) -> tuple[SnapshotRow, ...]:
        """Every snapshot of a link, newest first. Raises NotFound."""
        with self._database.reading() as session:
            ids = listing.snapshots_of(session, listing.link_by_id(session, link_id).id)
            rows = listing.snapshot_rows(session, ids, language(self.settings.lang))
            return tuple(rows[one] for one in ids)

    def set_tags(self, link_id: str, tags: Sequence[str], *, version: str | None = None) -> None:
        """These tags and no others. Raises EditConflict where the link is not of that version any more."""
        self._entries.set_tags(link_id, tags, version)
        self._tags_changed()

    def set_note(self, link_id: str, note: str, *, version: str | None = None) -> None:
        """Raises EditConflict where the link is not of that version any more."""
        self._entries.set_note(link_id, note, version)

    def remove(self, link_id: str) -> None:
        """To the trash; its snapshots stay."""
        self._entries.set_removed(link_id, removed=True)
        self._tags_changed()

    def restore(self, link_id: str) -> None:
        """Out of the trash."""
        self._entries.set_removed(link_id, removed=False)
        self._tags_changed()
