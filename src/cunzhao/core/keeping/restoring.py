"""Snapshots that come out of WARC files: after a crash, or from a foreign file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cunzhao.archive import needs
from cunzhao.archive.adoption import info_of
from cunzhao.archive.index import add_records, index
from cunzhao.archive.restoring import UNKNOWN
from cunzhao.archive.store import Archive
from cunzhao.archive.types import FoundPage, PageInfo, RecordRef, Restored, Written
from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import ids
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.keeping.entries import Entries
from cunzhao.core.queries.rows import failed_row
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.errors import CunzhaoError, InternalError, NoPages
from cunzhao.organize.tags import check_tag
from cunzhao.storage.clock import now_utc
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
        self._archive.settle()
        partly: list[Written] = []  # a process may refer to a file that another began later
        for swept in self._archive.recover():
            if swept.error:
                log.error("%s", swept.error.text(self._lang))
            else:
                log.warning("swept up %s: %d bytes cut", swept.file, swept.cut_bytes)
            partly += self._add_each(swept.restorable)
        for file in self._archive.unindexed():  # a process died between closing a file and its rows
            log.warning("taking up %s", file)
            try:
                partly += self._add_each(self._archive.restore(file, rest=True))
            except CunzhaoError as exc:
                log.error("%s", exc.text(self._lang))
        if partly:
            self._complete(partly)

    def import_warc(self, path: Path, tags: Sequence[str]) -> Iterator[SaveRow]:
        """A row for each page in the file, and one more if it is broken or has no page.

        What it tells is committed at once: a process that dies leaves all of the file's rows or none.
        """
        clean = tuple(check_tag(tag) for tag in tags)
        try:
            with self._archive.turn():
                adopted = self._archive.adopt(path)
                pages, known = self._claim(adopted.pages, clean)
                self._journal_return(adopted.restored)
                failed = self._commit(adopted.records, adopted.restored, pages, clean)
        except CunzhaoError as error:
            yield failed_row(str(path), error, self._lang)
            return
        for told in (*adopted.restored, *pages, *known):
            if told.info is None:
                continue
            if told.written.snapshot in failed:
                yield failed_row(told.info.entry.url, InternalError(told.info.entry.url), self._lang)
            else:
                unread = self._deriver.derive(told.written.snapshot) if told not in known else None
                yield self._row(told.info, told.written, unread)
        if adopted.broken:
            yield failed_row(str(path), adopted.broken, self._lang)
        elif not adopted.restored and not adopted.pages:
            yield failed_row(str(path), NoPages(str(path)), self._lang)

    def _claim(
        self, found: Sequence[FoundPage], tags: tuple[str, ...]
    ) -> tuple[list[Restored], list[Restored]]:
        """Pages of a foreign file become snapshots, once however often it comes: new ones, known ones."""
        new, known = list[Restored](), list[Restored]()
        for page in found:
            with self._database.reading() as session:
                query = sa.select(Snapshot.id).where(Snapshot.page_record == page.record.id)
                have = session.scalar(query)
            entry = Entry(url=page.record.url, tags=tags)
            info = info_of(page, have or ids.new_id(page.record.timestamp), entry)
            if have:
                none = Written(snapshot=have, page=info.page, records=(), kept=info.kept, bytes=0)
                known.append(Restored(info=info, written=none))
            else:
                written = self._archive.claim(page, snapshot=info.snapshot, entry=entry)
                new.append(Restored(info=info, written=written))
        return new, known

    def _journal_return(self, restored: Sequence[Restored]) -> None:
        """Snapshots deleted for good that the user brings back with their file."""
        gone = self._archive.purged()
        for told in restored:
            if told.info and told.info.snapshot in gone:
                link_id = ids.link_id(url_key(told.info.entry.url))
                at = now_utc().isoformat()
                line = {"op": "keep", "link": link_id, "url": told.info.entry.url, "at": at}
                self._archive.append_entry({**line, "value": told.info.snapshot})

    def _commit(
        self,
        records: Sequence[RecordRef],
        restored: Sequence[Restored],
        pages: Sequence[Restored],
        tags: tuple[str, ...],
    ) -> set[str]:
        """The rows of an adopted file in one transaction; the snapshots that no database takes."""
        failed: set[str] = set()
        with self._database.writing() as session:
            add_records(session, records)
            for told in (*restored, *pages):
                try:
                    with session.begin_nested():
                        self._put(session, told, tags)
                except SQLAlchemyError:
                    log.exception("restoring %s failed", told.written.snapshot)
                    failed.add(told.written.snapshot)
        return failed

    def _add_each(self, found: Sequence[Restored] | Iterator[Restored]) -> list[Written]:
        """One that no database takes costs no other; `Deriver.mend` reads them afterwards.

        Returns those that keep, or repeat, what is not indexed yet.
        """
        partly: list[Written] = []
        for told in found:
            try:
                with self._database.writing() as session:
                    whole = self._put(session, told)
                    if not whole or any(record.length == UNKNOWN for record in told.written.records):
                        partly.append(told.written)
            except Exception:
                log.exception("restoring %s failed", told.written.snapshot)
        return partly

    def _complete(self, partly: Sequence[Written]) -> None:
        with self._database.writing() as session:
            needs.complete(session)
            for written in partly:
                index(session, written)

    def _put(self, session: Session, told: Restored, tags: tuple[str, ...] = ()) -> bool:
        """Add a snapshot; `tags` are what a user gives while importing it. See `keeping.add_snapshot`."""
        if told.info is None:
            add_records(session, (*told.written.shared, *told.written.records))
            return True
        entry = told.info.entry
        link_id = ids.link_id(url_key(entry.url))
        link, changes = keeping.link_with(session, link_id, entry, told.info.captured)
        changes += keeping.apply_entry(session, link, replace(entry, tags=tags, collection=""), link.added)
        self._entries.journal(link, changes)
        if session.get(Snapshot, told.info.snapshot) is not None:
            return True
        row = keeping.snapshot_of(told.info, told.info.captured, told.written, link.id)
        return keeping.add_snapshot(session, link, row, told.written)

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
