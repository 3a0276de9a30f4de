"""URLs and files become snapshots with everything derived of them, one row of result for each input."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cunzhao.archive.store import Archive
from cunzhao.collect.batch import capture_batch
from cunzhao.collect.files import capture_file
from cunzhao.collect.types import Capture, EngineAsked, Entry, Progress
from cunzhao.collect.urls import url_key
from cunzhao.core import ids, keeping, rows
from cunzhao.core.deriving import Deriver
from cunzhao.core.entries import Entries
from cunzhao.core.pages import SaveRow
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError, DiskFull, FormatUnknown, InternalError
from cunzhao.organize.tags import check_tag
from cunzhao.settings import Settings
from cunzhao.storage.database import Database

log = logging.getLogger(__name__)

Started = Callable[[int], None]  # place of an input whose capture begins
Ended = Callable[[int, SaveRow, CunzhaoError | None], None]


def _nothing(*_: object) -> None:
    pass


class Saver:
    """Collects, archives, commits, derives. Says "saved" (a row) only after the commit."""

    def __init__(
        self, settings: Settings, database: Database, archive: Archive, deriver: Deriver, entries: Entries
    ) -> None:
        self._settings = settings
        self._database = database
        self._archive = archive
        self._deriver = deriver
        self._entries = entries

    def save_urls(
        self,
        urls: Sequence[str],
        gate: Gate,
        *,
        tags: Sequence[str] = (),
        collection: str = "",
        engine: EngineAsked = "auto",
        operator: str = "cli",
        started: Started = _nothing,
        ended: Ended = _nothing,
    ) -> Iterator[SaveRow]:
        """Rows in the order of `urls`; the captures themselves end in any order.

        A full disk ends the capturing: what is not yet saved fails with DiskFull and is not fetched.
        """
        clean = tuple(check_tag(tag) for tag in tags)
        collection = check_tag(collection) if collection else ""
        waiting: dict[int, SaveRow] = {}
        following = 0

        def watch(progress: Progress) -> None:
            if progress.step == "started":
                started(progress.index)

        full: DiskFull | None = None
        captures = capture_batch(
            urls,
            settings=self._settings,
            gate=gate,
            on_progress=watch,
            engine=engine,
            operator=operator,
            main_text=self._deriver.main_text,
        )
        with closing(captures):
            for place, capture in captures:
                entry = Entry(url=capture.requested_url, tags=clean, collection=collection)
                row, error = self.keep(capture, entry)
                ended(place, row, error)
                waiting[place] = row
                while following in waiting:
                    yield waiting.pop(following)
                    following += 1
                if isinstance(error, DiskFull):
                    full = error
                    break
        if full:
            for place, url in enumerate(urls[following:], following):
                if place not in waiting:
                    waiting[place] = self.failed(url, full)
                    ended(place, waiting[place], full)
                yield waiting.pop(place)
        self._deriver.drain()

    def save_file(self, path: Path, *, tags: Sequence[str] = ()) -> Iterator[SaveRow]:
        clean = tuple(check_tag(tag) for tag in tags)
        try:
            capture = capture_file(path, settings=self._settings)
        except CunzhaoError as error:
            yield rows.failed_row(str(path), error, self._settings.lang)
            return
        row, _ = self.keep(capture, Entry(url=capture.requested_url, tags=clean, title=path.name))
        yield row

    def keep(self, capture: Capture, entry: Entry) -> tuple[SaveRow, CunzhaoError | None]:
        """Archive (fsync), commit, derive; whatever goes wrong is this input's error, not the batch's."""
        try:
            _demand_space(capture)
            snapshot, size = self._store(capture, entry)
            error = (self._deriver.derive(snapshot) if snapshot else None) or capture.error
        except Exception as exc:
            if not isinstance(exc, CunzhaoError):
                log.exception("keeping %s failed", entry.url)
            error = exc if isinstance(exc, CunzhaoError) else InternalError(entry.url)
            return self.failed(entry.url, error, capture), error
        if isinstance(error, FormatUnknown) and capture.engine != "import":
            error = None  # an attachment of a kind not read yet is kept all the same, and its page says so
        return self._row(entry.url, capture, snapshot, size, error), error

    def _store(self, capture: Capture, entry: Entry) -> tuple[str | None, int]:
        if not capture.exchanges:
            return None, 0
        snapshot = ids.new_id(capture.started)
        with self._archive.turn():
            written = self._archive.write(capture, snapshot=snapshot, entry=entry)
            with self._database.writing() as session:
                link_id = ids.link_id(url_key(entry.url))
                link, changes = keeping.link_with(session, link_id, entry, capture.started)
                self._entries.journal(link, changes)
                row = keeping.snapshot_of(capture, capture.started, written, link.id)
                keeping.add_snapshot(session, link, row, written)
        return snapshot, written.bytes

    def failed(self, url: str, error: CunzhaoError, capture: Capture | None = None) -> SaveRow:
        """The row of an input that left no snapshot."""
        row = rows.failed_row(url, error, self._settings.lang)
        if capture is None:
            return row
        return replace(row, final_url=capture.final_url, engine=capture.engine, seconds=capture.seconds)

    def _row(
        self, url: str, capture: Capture, snapshot: str | None, size: int, error: CunzhaoError | None
    ) -> SaveRow:
        return SaveRow(
            url=url,
            final_url=capture.final_url,
            snapshot=snapshot,
            verdict=capture.verdict,
            engine=capture.engine,
            reason=capture.reason or (error.code if error else ""),
            seconds=round(capture.seconds, 3),
            bytes=size,
            missing=capture.missing,
            error=error.as_json(self._settings.lang)["error"] if error else None,
            engine_reason=capture.engine_reason,
        )


def _demand_space(capture: Capture) -> None:
    """Raise DiskFull if a body found no room while it came in: this is not what the site would give."""
    if isinstance(capture.error, DiskFull) or any(m.reason == DiskFull.code for m in capture.missing):
        raise DiskFull(tempfile.gettempdir())
