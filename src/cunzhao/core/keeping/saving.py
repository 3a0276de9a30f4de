"""URLs and files become snapshots with everything derived of them, one row of result for each input."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from cunzhao.archive.store import Archive
from cunzhao.collect.batch import capture_batch
from cunzhao.collect.files import capture_file
from cunzhao.collect.types import Capture, EngineAsked, Entry, Progress
from cunzhao.collect.urls import url_key
from cunzhao.core import ids
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.keeping.attaching import Round, Saved
from cunzhao.core.keeping.entries import Entries
from cunzhao.core.queries import rows
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError, DiskFull, FormatUnknown, InternalError
from cunzhao.organize.names import check_title
from cunzhao.organize.tags import check_tag
from cunzhao.read.types import Attachment
from cunzhao.settings import Settings
from cunzhao.storage.database import Database

log = logging.getLogger(__name__)

Started = Callable[[int], None]  # place of an input whose capture begins
Ended = Callable[[int, SaveRow, CunzhaoError | None], None]
Kept = Callable[[], None]  # after each capture, of an attachment too


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
        said: Sequence[Entry] = (),
        started: Started = _nothing,
        ended: Ended = _nothing,
        kept: Kept = _nothing,
    ) -> Iterator[SaveRow]:
        """Rows in the order of `urls`, each with its attachments; the captures themselves end in any order.

        `said` are for each URL the title, the note and the tags of its own that were given with it.
        A full disk ends the capturing: what is not yet saved fails with DiskFull and is not fetched.
        """
        clean = tuple(check_tag(tag) for tag in tags)
        collection = check_title(collection) if collection else ""
        saving = Round(urls, self._settings.attachments, said)
        full: DiskFull | None = None
        captures = self._captures(
            urls, gate=gate, saving=saving, started=started, engine=engine, operator=operator
        )
        with closing(captures):
            for index, capture in captures:
                row, error = self.keep(capture, saving.entry(index, capture, clean, collection))
                named = self._named(row.snapshot) if saving.asked(index) else ()
                saving.keep(index, row, error, named)
                if isinstance(error, DiskFull):
                    full = error
                    break
                for saved in saving.done():
                    self._attach(saved)
                    ended(saved.place, saved.row, saved.error)
                kept()
                yield from saving.rows()
        if full:
            for saved in saving.end(full, partial(self.failed, error=full)):
                ended(saved.place, saved.row, saved.error)
            yield from saving.rows()
        self._deriver.drain()

    def _captures(
        self,
        urls: Sequence[str],
        *,
        gate: Gate,
        saving: Round,
        started: Started,
        engine: EngineAsked,
        operator: str,
    ) -> Generator[tuple[int, Capture], None, None]:
        def watch(progress: Progress) -> None:
            if progress.step == "started" and saving.asked(progress.index):
                started(progress.index)

        return capture_batch(
            urls,
            settings=self._settings,
            gate=gate,
            on_progress=watch,
            engine=engine,
            operator=operator,
            main_text=self._deriver.main_text,
            following=self._deriver.following,
            further=saving.further,
        )

    def _named(self, snapshot: str | None) -> tuple[Attachment, ...]:
        """The attachments that a page names."""
        return self._deriver.attachments(snapshot) if snapshot else ()

    def _attach(self, saved: Saved) -> None:
        """A file that another page brought, or that was asked for too, belongs to this page as well."""
        for url in saved.attached:
            self._entries.attach(ids.link_id(url_key(url)), saved.row.url)

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
