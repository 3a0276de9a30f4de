"""What users do to their links after saving: in the database, and journalled beside the WARC files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.queries import listing, rows
from cunzhao.organize.names import check_note
from cunzhao.organize.tags import check_tag
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import Link


def tell(archive: Archive, op: str, told: Mapping[str, Any], at: datetime) -> None:
    """Journal what a user did that is not of one link. Before the commit, as of links: see `journal`."""
    value = json.dumps(told, ensure_ascii=False)
    archive.append_entry({"op": op, "link": "", "url": "", "value": value, "at": at.isoformat()})


class Entries:
    def __init__(self, database: Database, archive: Archive, deriver: Deriver) -> None:
        self._database = database
        self._archive = archive
        self._deriver = deriver

    def set_tags(self, link_id: str, tags: Sequence[str], version: str | None = None) -> None:
        """These tags and no others; what came with the link gains and loses the same."""
        clean = [check_tag(tag) for tag in tags]
        with self._database.writing() as session:
            link = self._held(session, link_id)
            rows.check_version(link.url, version, rows.link_version(link))
            gone = {t.tag for t in link.tags} - set(clean)
            for one in (link, *keeping.attached_to(session, link_id)):
                self.journal(one, [*keeping.drop_tags(one, gone), *_tagged(keeping.add_tags(one, clean))])
                keeping.wait_for_index(session, one.id)
        self._deriver.drain()

    def set_note(self, link_id: str, note: str, version: str | None = None) -> None:
        note = check_note(note)
        with self._database.writing() as session:
            link = self._held(session, link_id)
            rows.check_version(link.url, version, rows.link_version(link))
            if note != link.note:
                self.journal(link, [("note", note)])
                link.note = note

    def set_removed(self, link_id: str, *, removed: bool) -> None:
        """Into the trash or out of it, with what came with it; snapshots stay in either case.

        An attachment of another link that is not in the trash stays for that one.
        """
        with self._database.writing() as session:
            link = self._held(session, link_id)
            link.removed = now_utc() if removed else None
            session.flush()
            for one in (link, *going_along(session, link)):
                one.removed = link.removed
                self.journal(one, [("remove" if removed else "restore", "")])
                keeping.wait_for_index(session, one.id)
        self._deriver.drain()

    def attach(self, link_id: str, parent: str) -> None:
        """The link's file is attached to the page of another too; `parent` is its URL."""
        with self._database.writing() as session:
            link = self._held(session, link_id)
            self.journal(link, keeping.belong(session, link, parent))

    def journal(self, link: Link, changes: Sequence[keeping.Change], at: datetime | None = None) -> None:
        self.journal_all([(link, change) for change in changes], at)

    def journal_all(self, changes: Iterable[tuple[Link, keeping.Change]], at: datetime | None = None) -> None:
        """Write down what changed of links that are held. Before the commit: a line too many is harmless,
        one too few would be lost in a rebuild."""
        said = (at or now_utc()).isoformat()
        lines = [
            {"op": op, "link": link.id, "url": link.url, "value": value, "at": said}
            for link, (op, value) in changes
        ]
        if lines:
            self._archive.append_entry(*lines)

    def _held(self, session: Session, link_id: str) -> Link:
        link = keeping.locked_link(session, link_id)
        return link or listing.link_by_id(session, link_id)  # which raises NotFound


def going_along(session: Session, link: Link) -> list[Link]:
    """What came with a link that has just gone into the trash or come out of it, and has to do as it did."""
    mine = keeping.attached_to(session, link.id)
    if link.removed is None:
        return [one for one in mine if one.removed]
    left = (one for one in mine if not one.removed)
    return [one for one in left if all(p.removed for p in keeping.parents_of(session, one.id))]


def _tagged(tags: Iterable[str]) -> list[keeping.Change]:
    return [("tag", tag) for tag in tags]
