"""Snapshots that come out of WARC files: after a crash, or from a foreign file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from cunzhao.archive.adoption import info_of
from cunzhao.archive.index import add_records
from cunzhao.archive.store import Archive
from cunzhao.archive.types import FoundPage, PageInfo, Restored, Written
from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import ids, keeping
from cunzhao.core.deriving import Deriver
from cunzhao.core.entries import Entries
from cunzhao.core.pages import SaveRow
from cunzhao.core.rows import failed_row
from cunzhao.errors import CunzhaoError
from cunzhao.organize.tags import check_tag
from cunzhao.storage.database import Database
from cunzhao.storage.models import Snapshot

log = logging.getLogger(__name__)


class Restorer:
    """Puts snapshots told by WARC files into the database, with everything derived of them."""

    def __init__(
        self, database: Database, archive: Archive, deriver: Deriver, entries: Entries, lang: str
    ) -> None:
        self._database = database
        self._archive = archive
        self._deriver = deriver
        self._entries = entries
        self._lang = lang

    def recover(self) -> None:
        """After a crash: close what dead processes left open; what is whole becomes a snapshot."""
        for swept in self._archive.recover():
            if swept.error:
                log.error("%s", swept.error.text(self._lang))
            else:
                log.warning("swept up %s: %d bytes cut", swept.file, swept.cut_bytes)
            self._add_each(swept.restorable)
        for file in self._archive.unindexed():  # a process died between closing a file and its rows
            log.warning("taking up %s", file)
            try:
                self._add_each(self._archive.restore(file))
            except CunzhaoError as exc:
                log.error("%s", exc.text(self._lang))

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
                self._add(told, clean)
                yield self._row(told.info, told.written, self._deriver.derive(told.written.snapshot))
        for page in adopted.pages:
            yield self._claim(page, clean)
        if adopted.broken:
            yield failed_row(str(path), adopted.broken, self._lang)

    def _add_each(self, found: Sequence[Restored] | Iterator[Restored]) -> None:
        """One that no database takes costs no other; `Deriver.mend` reads them afterwards."""
        for told in found:
            try:
                self._add(told)
            except Exception:
                log.exception("restoring %s failed", told.written.snapshot)

    def _add(self, told: Restored, tags: tuple[str, ...] = ()) -> None:
        """Add a snapshot; `tags` are what a user gives while importing it."""
        with self._database.writing() as session:
            if told.info is None:
                add_records(session, (*told.written.shared, *told.written.records))
                return
            entry = told.info.entry
            link_id = ids.link_id(url_key(entry.url))
            link, changes = keeping.link_with(session, link_id, entry, told.info.captured)
            changes += keeping.apply_entry(session, link, tags, "")
            self._entries.journal(link, changes)
            if session.get(Snapshot, told.info.snapshot) is None:
                row = keeping.snapshot_of(told.info, told.info.captured, told.written, link.id)
                keeping.add_snapshot(session, link, row, told.written)

    def _claim(self, page: FoundPage, tags: tuple[str, ...]) -> SaveRow:
        """A page of a foreign file becomes a snapshot of its own, once however often the file comes."""
        with self._database.reading() as session:
            query = sa.select(Snapshot.id).where(Snapshot.page_record == page.record.id)
            known = session.scalar(query)
        entry = Entry(url=page.record.url, tags=tags)
        info = info_of(page, known or ids.new_id(page.record.timestamp), entry)
        if known:
            none = Written(snapshot=known, page=info.page, records=(), kept=info.kept, bytes=0)
            return self._row(info, none, None)
        written = self._archive.claim(page, snapshot=info.snapshot, entry=entry)
        self._add(Restored(info=info, written=written))
        return self._row(info, written, self._deriver.derive(info.snapshot))

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
