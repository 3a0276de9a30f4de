"""What users do to their links after saving: in the database, and journalled beside the WARC files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core import keeping, listing
from cunzhao.core.deriving import Deriver
from cunzhao.organize.tags import check_tag
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link


class Entries:
    def __init__(self, database: Database, archive: Archive, deriver: Deriver) -> None:
        self._database = database
        self._archive = archive
        self._deriver = deriver

    def set_tags(self, link_id: str, tags: Sequence[str]) -> None:
        """These tags and no others."""
        clean = [check_tag(tag) for tag in tags]
        with self._database.writing() as session:
            link = self._held(session, link_id)
            have = {t.tag for t in link.tags}
            link.tags = [t for t in link.tags if t.tag in clean]
            keeping.add_tags(link, clean)
            gone = [("untag", tag) for tag in sorted(have - set(clean))]
            self.journal(link, [*gone, *(("tag", tag) for tag in clean if tag not in have)])
            keeping.wait_for_index(session, link_id)
        self._deriver.drain()

    def set_removed(self, link_id: str, *, removed: bool) -> None:
        """Into the trash or out of it; snapshots stay in either case."""
        with self._database.writing() as session:
            link = self._held(session, link_id)
            link.removed = keeping.now_utc() if removed else None
            self.journal(link, [("remove" if removed else "restore", "")])
            keeping.wait_for_index(session, link_id)
        self._deriver.drain()

    def journal(self, link: Link, changes: Sequence[keeping.Change]) -> None:
        """Write down what changed of a link that is held. Before the commit: a line too many is harmless,
        one too few would be lost in a rebuild."""
        for op, value in changes:
            at = keeping.now_utc().isoformat()
            self._archive.append_entry({"op": op, "link": link.id, "url": link.url, "value": value, "at": at})

    def _held(self, session: Session, link_id: str) -> Link:
        link = keeping.locked_link(session, link_id)
        return link or listing.link_by_id(session, link_id)  # which raises NotFound
