"""What the archive holds, read back: payloads with their digests checked, requests, conditions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cunzhao.archive import conditions, index, pageinfo
from cunzhao.archive.heads import changed
from cunzhao.archive.reading import Scanned, head_at, headers_of_record, locate, record_at, request_after
from cunzhao.archive.remembered import Remembered
from cunzhao.archive.types import Kept, PageInfo, RecordRef, Stored
from cunzhao.collect.types import Conditions
from cunzhao.errors import DecompressionBomb, DigestMismatch, RecordMissing
from cunzhao.settings import Settings
from cunzhao.storage.database import Database


class StoredRecords:
    """The reading half of `store.Archive`."""

    settings: Settings
    folder: Path
    _database: Database
    _remembered: Remembered

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
        record, found = self._scanned(record, record.length + 1)
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
        now = self._scanned(answer, 0)[0]
        return request_after(locate(self.folder, now.file), now)

    def head(self, answer: RecordRef, info: PageInfo) -> bytes:
        """The head of a response or revisit of this snapshot as it was received.

        Raises RecordMissing, also for a record that has none and of which `info` does not tell.
        """
        found = self._scanned(answer, 0)[1].head
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

    def _head_at(self, record: RecordRef) -> bytes | None:
        try:
            return head_at(locate(self.folder, record.file), record.offset, record.size)
        except (RecordMissing, OSError):
            return None

    def _original(self, revisit: RecordRef) -> RecordRef:
        with self._database.reading() as session:
            told = index.by_id(session, revisit.refers_to or "")
            same = [told] if told else index.holding(session, revisit.digest)
        found = next((record for record in same if record and record.type != "revisit"), None)
        found = found or self._remembered.records.get(revisit.refers_to or "")
        if found is None:
            raise RecordMissing(revisit.refers_to or revisit.id)
        return found

    def _scanned(self, record: RecordRef, limit: int) -> tuple[RecordRef, Scanned]:
        """The record and its place, which a compaction may have changed since it was looked up."""
        try:
            return record, record_at(locate(self.folder, record.file), record.offset, record.size, limit)
        except RecordMissing:
            with self._database.reading() as session:
                now = index.by_id(session, record.id)
            if now is None or (now.file, now.offset) == (record.file, record.offset):
                raise
        moved = replace(record, file=now.file, offset=now.offset, size=now.size)
        return moved, record_at(locate(self.folder, now.file), now.offset, now.size, limit)
