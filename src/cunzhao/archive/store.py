"""The archive of one data folder, as the other stages use it."""

from __future__ import annotations

import platform
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cunzhao.archive import adoption, conditions, index, journal, pageinfo, recovery, restoring, verifying
from cunzhao.archive.heads import changed
from cunzhao.archive.reading import head_at, headers_of_record, locate, record_at, request_after
from cunzhao.archive.records import CONFORMS_TO
from cunzhao.archive.remembered import Remembered
from cunzhao.archive.types import (
    Adopted,
    Damage,
    FoundPage,
    Kept,
    PageInfo,
    RecordRef,
    Restored,
    Stored,
    Swept,
    Written,
)
from cunzhao.archive.warcfile import OPEN, WarcFile
from cunzhao.archive.writing import Draft
from cunzhao.collect.types import Capture, Conditions, Entry
from cunzhao.errors import DecompressionBomb, DigestMismatch, RecordMissing
from cunzhao.settings import Settings
from cunzhao.storage.database import Database

SETTINGS_TOLD = ("fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites")


class Archive:
    """WARC files in `settings.archive_folder` and their index in the database. Safe to use from threads.

    A process has one WARC file open at a time, its own; several processes may use one folder.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.folder = settings, settings.archive_folder
        self._database = database
        self._lock = threading.Lock()
        self._open: WarcFile | None = None
        self._remembered = Remembered()

    # --- writing --------------------------------------------------------------------------------------

    def write(self, capture: Capture, *, snapshot: str, entry: Entry) -> Written:
        """Put a capture on disk, fsynced, all or nothing; then add the rows (`index.index`) and commit.

        Raises DiskFull; what was written before stays whole.
        """
        with self._lock, self._writing() as draft:
            return draft.put_capture(capture, snapshot, entry)

    def close(self) -> None:
        """Give the open file its final name. A later write begins a new file."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    # --- reading --------------------------------------------------------------------------------------

    def read(self, record: RecordRef) -> Stored:
        """The payload of a record, its digest checked; of a revisit, the payload it refers to.

        Where the revisit tells no head, the headers are those of that payload's answer; what differs in them
        (Date and the like), `head` tells.

        Raises RecordMissing, DigestMismatch, and DecompressionBomb (before reading it) for a payload larger
        than any that is kept or read: only a file from elsewhere can hold one.
        """
        limit = max(self.settings.max_body_bytes, self.settings.max_decoded_bytes)
        if record.length > limit:
            raise DecompressionBomb(record.url, limit=limit)
        found = record_at(locate(self.folder, record.file), record.offset, record.size, record.length + 1)
        headers = headers_of_record(found.head, found.headers)
        if record.type != "revisit":
            if found.payload != record.digest:
                place = f"{record.file}@{record.offset}"
                raise DigestMismatch(place, actual=found.payload, expected=record.digest)
            return Stored(record=record, headers=headers, body=found.body)
        original = self._original(record)
        if original.digest != record.digest:  # a file from elsewhere may refer to anything
            place = f"{record.file}@{record.offset}"
            raise DigestMismatch(place, actual=original.digest, expected=record.digest)
        told = self.read(original)
        return Stored(record=record, headers=headers or told.headers, body=told.body)

    def record(self, id: str) -> RecordRef:
        """The index line of a record. Raises RecordMissing."""
        with self._database.reading() as session:
            found = index.by_id(session, id)
        if found is None:
            raise RecordMissing(id)
        return found

    def contents(self, snapshot: str) -> list[tuple[Kept, RecordRef]]:
        """All that a snapshot keeps, with where it stands."""
        with self._database.reading() as session:
            return index.contents(session, snapshot)

    def info(self, info_record: str) -> PageInfo:
        """What the pageinfo record of a snapshot (`Snapshot.info_record`) tells.

        Raises RecordMissing (also where it holds no pageinfo of ours) and DigestMismatch.
        """
        found = pageinfo.decode(self.read(self.record(info_record)).body)
        if found is None:
            raise RecordMissing(info_record)
        return found

    def conditions(self, info: PageInfo) -> Conditions | None:
        """The conditions of a capture, whole: with the batch's own and the certificates read from their
        records. None where none were kept. Raises RecordMissing, DigestMismatch."""
        if info.conditions is None:
            return None
        records = {kept.url: kept.record for kept in info.kept if kept.role in ("session", "certificate")}

        def payload(url: str) -> bytes:
            return self.read(self.record(records.get(url, url))).body

        try:
            return conditions.whole(info.conditions, payload)
        except ValueError as exc:
            raise RecordMissing(info.conditions.session) from exc

    def request(self, answer: RecordRef, info: PageInfo | None = None) -> bytes | None:
        """The request of a response or revisit as it was sent, head and body; None where none is kept."""
        if info and answer.id in info.answers:
            return info.answers[answer.id].request or None
        return request_after(locate(self.folder, answer.file), answer)

    def head(self, answer: RecordRef, info: PageInfo) -> bytes:
        """The head of a response or revisit of this snapshot as it was received.

        Raises RecordMissing, also for a record that has none and of which `info` does not tell.
        """
        found = record_at(locate(self.folder, answer.file), answer.offset, answer.size, 0).head
        told = info.answers.get(answer.id)
        if found or told is None or told.head is None:
            return found
        original = self._original(answer)
        try:
            return changed(self._head_at(original) or b"", told.head)
        except ValueError as exc:
            raise RecordMissing(original.id) from exc

    def find(self, snapshot: str, url: str) -> RecordRef | None:
        """The record that answers a URL in a snapshot; fragment and http/https make no difference."""
        return index.look_up(self.contents(snapshot), url)

    # --- keeping it whole -----------------------------------------------------------------------------

    def recover(self) -> Iterator[Swept]:
        """At start: close what dead processes left open. Their whole snapshots that have no row are told.

        Add their rows before asking for the next: only then the file is given its final name, so that a
        process that dies meanwhile leaves them to the next `recover`.
        """
        asked = recovery.Index(known=self._known, end_of=self._end_of)
        yield from recovery.recover(self.folder, asked)

    def unindexed(self) -> list[str]:
        """Closed files of which the database has no record although `restore` gives some.

        Left by a process that died between putting a file into the folder and adding its rows. A file is
        read up to its first snapshot (an adopted one: its first record); one that has none, to its end.
        """
        with self._database.reading() as session:
            indexed = index.files(session)
        closed = (name for name in self.files() if name not in indexed and (self.folder / name).is_file())
        return [name for name in closed if restoring.has_something(self.folder / name, name)]

    def files(self) -> list[str]:
        """Names of all WARC files, oldest first, those being written included; adopted ones come first,
        so that what claims their records follows."""
        names = {path.name.removesuffix(OPEN) for path in self.folder.glob("*.warc*") if path.is_file()}
        return sorted(names, key=lambda name: (not name.startswith(restoring.ADOPTED), name))

    def restore(self, file: str) -> Iterator[Restored]:
        """The snapshots in one file, from its bytes alone. Raises RecordMissing, at the end WarcBroken."""
        yield from restoring.restore(locate(self.folder, file), file)

    def verify(self) -> Iterator[Damage]:
        """Everything wrong with the archive's bytes; nothing if all is as it was written."""
        with self._database.reading() as session:
            indexed = index.files(session)
        yield from verifying.verify(self.folder, indexed, self._in_file)

    # --- what comes from elsewhere --------------------------------------------------------------------

    def adopt(self, path: Path) -> Adopted:
        """Copy a foreign WARC file in, bytes unchanged, and index it; add `records` with `index.add_records`.

        Raises FileMissing, EmptyInput, FormatUnknown, WarcNotSeekable, DiskFull, and WarcBroken where not one
        record is whole; a file broken later is adopted up to there and `broken` tells.
        """
        return adoption.adopt(path, self.folder, self.settings.max_decoded_bytes)

    def claim(self, page: FoundPage, *, snapshot: str, entry: Entry) -> Written:
        """Make a page of an adopted file a snapshot: its facts are written beside it, fsynced."""
        with self._lock, self._writing() as draft:
            draft.shared.update({record.id: record for record in page.records})
            return draft.put_info(adoption.info_of(page, snapshot, entry))

    def append_entry(self, entry: Mapping[str, Any]) -> None:
        """Journal what a user did to a link; see `journal`."""
        journal.append_entry(self.folder, entry)

    def read_entries(self) -> list[dict[str, Any]]:
        return journal.read_entries(self.folder)

    # --- inside ---------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[Draft]:
        """A draft in the open file; what it wrote is remembered once it is on disk."""
        warc = self._file()
        draft = Draft(
            warc,
            earlier=self._remembered.records.get,
            holding=self._holding,
            holding_at=self._holding_at,
            head_at=self._head_at,
            told_before=self._remembered.answers.get,
        )
        with warc.batch():
            yield draft
        self._remembered.add(draft)

    def _file(self) -> WarcFile:
        if self._open and self._open.size >= self.settings.warc_max_bytes:
            self._open.close()
            self._open = None
        if self._open is None:
            self._open = WarcFile(self.folder, _warcinfo(self.settings))
        return self._open

    def _holding(self, url: str, digest: str) -> RecordRef | None:
        """A response with this payload whose bytes are there: a revisit of a lost record would be a loss.

        One of this URL where there is one: its revisit need not tell a head that did not change.
        """
        if known := self._remembered.at.get((url, digest)):
            return known
        with self._database.reading() as session:
            found = index.holding(session, digest, ("response",), url)
        whole = (record for record in found if self._in_place(record))
        other = self._remembered.payloads.get(digest)
        return next((record for record in whole if record.url == url or not other), other)

    def _holding_at(self, url: str, digest: str) -> RecordRef | None:
        """The `resource` record of this URL with this payload, if its bytes are there."""
        if known := self._remembered.at.get((url, digest)):
            return known if known.type == "resource" else None
        with self._database.reading() as session:
            found = index.holding(session, digest, ("resource",), url)
        return next((record for record in found if record.url == url and self._in_place(record)), None)

    def _head_at(self, record: RecordRef) -> bytes | None:
        try:
            return head_at(locate(self.folder, record.file), record.offset, record.size)
        except (RecordMissing, OSError):
            return None

    def _in_place(self, record: RecordRef) -> bool:
        try:
            return locate(self.folder, record.file).stat().st_size >= record.offset + record.size
        except (RecordMissing, OSError):
            return False

    def _original(self, revisit: RecordRef) -> RecordRef:
        with self._database.reading() as session:
            told = index.by_id(session, revisit.refers_to or "")
            same = [told] if told else index.holding(session, revisit.digest)
        found = next((record for record in same if record and record.type != "revisit"), None)
        found = found or self._remembered.records.get(revisit.refers_to or "")
        if found is None:
            raise RecordMissing(revisit.refers_to or revisit.id)
        return found

    def _known(self, ids: Any) -> set[str]:
        with self._database.reading() as session:
            return index.known_snapshots(session, ids)

    def _end_of(self, file: str) -> int:
        with self._database.reading() as session:
            return index.end_of(session, file)

    def _in_file(self, file: str) -> list[RecordRef]:
        with self._database.reading() as session:
            return index.in_file(session, file)


def _warcinfo(settings: Settings) -> dict[str, str]:
    """Fields of ISO 28500, then the settings that decided how much of a page was kept."""
    return {
        "software": f"{pageinfo.PROGRAM} Python/{platform.python_version()}",
        "format": "WARC File Format 1.1",
        "conformsTo": CONFORMS_TO,
        "http-header-user-agent": settings.user_agent,
        **{f"cunzhao-{name}": str(getattr(settings, name)) for name in SETTINGS_TOLD},
    }
