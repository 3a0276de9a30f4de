"""What users do to their links after saving: in the database, and journalled beside the WARC files."""

from __future__ import annotations

from collections.abc import Sequence

from cunzhao.archive.store import Archive
from cunzhao.core import keeping, listing
from cunzhao.core.deriving import Deriver
from cunzhao.organize.tags import check_tag
from cunzhao.storage.database import Database


class Entries:
    def __init__(self, database: Database, archive: Archive, deriver: Deriver) -> None:
        self._database = database
        self._archive = archive
        self._deriver = deriver

    def set_tags(self, link_id: str, tags: Sequence[str]) -> None:
        """These tags and no others."""
        clean = [check_tag(tag) for tag in tags]
        with self._database.writing() as session:
            link = listing.link_by_id(session, link_id)
            url, have = link.url, {t.tag for t in link.tags}
            link.tags = [t for t in link.tags if t.tag in clean]
            keeping.add_tags(link, clean)
        for op, changed in (("tag", set(clean) - have), ("untag", have - set(clean))):
            for tag in sorted(changed):
                self._journal(op, link_id, url, tag)
        self._deriver.reindex(link_id)

    def set_removed(self, link_id: str, *, removed: bool) -> None:
        """Into the trash or out of it; snapshots stay in either case."""
        with self._database.writing() as session:
            link = listing.link_by_id(session, link_id)
            link.removed = keeping.now_utc() if removed else None
            url = link.url
        self._journal("remove" if removed else "restore", link_id, url)
        self._deriver.reindex(link_id)

    def _journal(self, op: str, link: str, url: str, value: str = "") -> None:
        at = keeping.now_utc().isoformat()
        self._archive.append_entry({"op": op, "link": link, "url": url, "value": value, "at": at})
