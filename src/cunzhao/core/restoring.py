"""Snapshots that come out of WARC files: after a crash, from a foreign file, or all of them in a rebuild."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.adoption import info_of
from cunzhao.archive.index import add_records
from cunzhao.archive.store import Archive
from cunzhao.archive.types import FoundPage, PageInfo, Restored, Written
from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import ids, keeping
from cunzhao.core.deriving import Deriver
from cunzhao.core.pages import SaveRow
from cunzhao.core.rows import failed_row
from cunzhao.errors import CunzhaoError
from cunzhao.organize.tags import check_tag
from cunzhao.storage.database import Database
from cunzhao.storage.models import (
    Base,
    DocumentRow,
    FactRow,
    Kept,
    Link,
    LinkTag,
    ObservationRow,
    Record,
    Snapshot,
)

log = logging.getLogger(__name__)

#: Every table that `rebuild` makes anew, those that refer to others first.
REBUILT: tuple[type[Base], ...] = (
    ObservationRow, FactRow, DocumentRow, Kept, Snapshot, Record, LinkTag, Link,
)  # fmt: skip


class Restorer:
    """Puts snapshots told by WARC files into the database, with everything derived of them."""

    def __init__(self, database: Database, archive: Archive, deriver: Deriver, lang: str) -> None:
        self._database = database
        self._archive = archive
        self._deriver = deriver
        self._lang = lang

    def recover(self) -> None:
        """After a crash: close what dead processes left open; what is whole in it becomes a snapshot."""
        for swept in self._archive.recover():
            if swept.error:
                log.error("%s", swept.error.text(self._lang))
            else:
                log.warning("swept up %s: %d bytes cut", swept.file, swept.cut_bytes)
            for told in swept.restorable:
                self._add_and_derive(told)

    def import_warc(self, path: Path, tags: Sequence[str]) -> Iterator[SaveRow]:
        """A row for each page in the file, and one more if the file is broken."""
        clean = tuple(check_tag(tag) for tag in tags)
        try:
            adopted = self._archive.adopt(path)
        except CunzhaoError as error:
            yield failed_row(str(path), error, self._lang)
            return
        with self._database.writing() as session:
            add_records(session, adopted.records)
        for told in adopted.restored:
            if told.info:
                yield self._row(told.info, told.written, self._add_and_derive(told, clean))
        for page in adopted.pages:
            yield self._claim(page, clean)
        if adopted.broken:
            yield failed_row(str(path), adopted.broken, self._lang)

    def rebuild(self, say: Callable[[str], None]) -> tuple[int, list[CunzhaoError]]:
        """Make the database and the index anew from the archive folder alone.

        Jobs stay. Returns how many snapshots there are, and what could not be read.
        """
        failed: list[CunzhaoError] = []
        with self._database.writing() as session:
            for table in REBUILT:
                session.execute(sa.delete(table))
        for file in self._archive.files():
            say(file)
            try:
                for told in self._archive.restore(file):
                    self._add(told)
            except CunzhaoError as exc:
                failed.append(exc)
        self._replay()
        with self._database.reading() as session:
            snapshots = list(session.scalars(sa.select(Snapshot.id).order_by(Snapshot.id)))
        for n, snapshot in enumerate(snapshots, 1):
            say(f"[{n}/{len(snapshots)}] {snapshot}")
            if error := self._deriver.derive(snapshot):
                failed.append(error)
        self._deriver.index.clear()
        self._deriver.drain()
        return len(snapshots), failed

    def _replay(self) -> None:
        """What users did to their links after saving, in order."""
        for entry in self._archive.read_entries():
            with self._database.writing() as session:
                link = session.get(Link, entry["link"])
                if link is None:
                    log.warning("journal: no link %s (%s)", entry["link"], entry["url"])
                    continue
                match entry["op"]:
                    case "tag":
                        keeping.add_tags(link, [entry["value"]])
                    case "untag":
                        link.tags = [t for t in link.tags if t.tag != entry["value"]]
                    case "note":
                        link.note = entry["value"]
                    case "remove":
                        link.removed = keeping.moment(entry["at"])
                    case "restore":
                        link.removed = None

    def _add(self, told: Restored, tags: tuple[str, ...] = ()) -> None:
        with self._database.writing() as session:
            if told.info is None:
                add_records(session, (*told.written.shared, *told.written.records))
            else:
                _add_snapshot(session, told.info, told.written, tags)

    def _add_and_derive(self, told: Restored, tags: tuple[str, ...] = ()) -> CunzhaoError | None:
        self._add(told, tags)
        return self._deriver.derive(told.written.snapshot)

    def _claim(self, page: FoundPage, tags: tuple[str, ...]) -> SaveRow:
        """A page of a foreign file becomes a snapshot of its own, once however often the file comes."""
        with self._database.reading() as session:
            query = sa.select(Snapshot.id).where(Snapshot.page_record == page.record.id)
            known = session.scalar(query)
        entry = Entry(url=page.record.url, tags=tags)
        info = info_of(page, known or ids.new_id(page.record.timestamp), entry)
        none = Written(snapshot=info.snapshot, page=info.page, records=(), kept=info.kept, bytes=0)
        if known:
            return self._row(info, none, None)
        written = self._archive.claim(page, snapshot=info.snapshot, entry=entry)
        return self._row(info, written, self._add_and_derive(Restored(info=info, written=written)))

    def _row(self, info: PageInfo, written: Written, error: CunzhaoError | None) -> SaveRow:
        return SaveRow(
            url=info.entry.url,
            final_url=info.final_url,
            snapshot=info.snapshot,
            verdict=info.verdict,
            engine=info.engine,
            reason=info.reason or (error.code if error else ""),
            seconds=info.seconds,
            bytes=written.bytes,
            missing=info.missing,
            error=error.as_json(self._lang)["error"] if error else None,
        )


def _add_snapshot(session: Session, info: PageInfo, written: Written, tags: tuple[str, ...]) -> None:
    link = keeping.link_with(session, ids.link_id(url_key(info.entry.url)), info.entry, info.captured)
    keeping.add_tags(link, tags)
    if session.get(Snapshot, info.snapshot) is None:
        row = keeping.snapshot_of(info, info.captured, written, link.id)
        keeping.add_snapshot(session, link, row, written)
