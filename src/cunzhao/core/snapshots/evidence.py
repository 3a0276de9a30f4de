"""What a capture record is made of: the stored facts, and every record of the snapshot read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cunzhao.archive import index
from cunzhao.archive.reading import locate, record_at
from cunzhao.archive.records import sha256
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Kept, PageInfo, RecordRef
from cunzhao.collect.types import Conditions, Entry, Missing
from cunzhao.core.queries import listing
from cunzhao.core.snapshots.capture_log import CaptureLogs
from cunzhao.core.values.pages import CaptureRecordPage
from cunzhao.errors import CunzhaoError, RecordMissing
from cunzhao.evaluate.capture import capture_document, capture_record, sections, summary
from cunzhao.evaluate.types import CaptureRecord, RecordSeen, RecordState
from cunzhao.language import language
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, Snapshot


class CaptureRecords(CaptureLogs):
    """What `Core` answers about capture records."""

    settings: Settings
    _database: Database
    _archive: Archive

    def capture_record(self, snapshot_id: str) -> CaptureRecordPage:
        """取证记录 of a snapshot; every record of it is read again and compared with its digest."""
        with self._database.reading() as session:
            record = record_of(session, self._archive, snapshot_id)
            rows = listing.snapshot_rows(session, [snapshot_id], language(self.settings.lang))
        return CaptureRecordPage(
            snapshot=rows[snapshot_id], record=record, summary=summary(record), sections=sections(record)
        )

    def capture_document(self, snapshot_id: str) -> bytes:
        """The same as the bytes of a .docx file."""
        with self._database.reading() as session:
            return capture_document(record_of(session, self._archive, snapshot_id))


def record_of(session: Session, archive: Archive, snapshot_id: str) -> CaptureRecord:
    """The capture record of a snapshot, its records read now. Raises NotFound."""
    snapshot = listing.snapshot_by_id(session, snapshot_id)
    document = session.get(DocumentRow, snapshot_id)
    own = index.by_id(session, snapshot.info_record) if snapshot.info_record else None
    contents = index.contents(session, snapshot_id)
    info, conditions = _told(archive, snapshot, own, [kept for kept, _ in contents])
    originals = _originals(session, contents)
    return capture_record(
        info,
        conditions,
        contents,
        originals=originals,
        seen=_Looking(archive, info, originals).at([*(ref for _, ref in contents), *([own] if own else [])]),
        info_record=own,
        title=document.title if document else "",
        made=now_utc(),
    )


def _told(
    archive: Archive, snapshot: Snapshot, own: RecordRef | None, kept: Sequence[Kept]
) -> tuple[PageInfo, Conditions | None]:
    """What the pageinfo record tells; where it cannot be read, what the database does, no conditions."""
    try:
        info = _named_here(archive.info(own.id), kept) if own else _of_row(snapshot)
    except (CunzhaoError, OSError):
        return _of_row(snapshot), None
    try:
        return info, archive.conditions(info)
    except (CunzhaoError, OSError):
        return info, _without_certificates(archive, info)


def _without_certificates(archive: Archive, info: PageInfo) -> Conditions | None:
    """Where a certificate's record is not here (one file of an archive was imported), the rest is."""
    try:
        bare = replace(info.conditions, certificates=()) if info.conditions else None
        return archive.conditions(replace(info, conditions=bare))
    except (CunzhaoError, OSError):
        return None


def _named_here(info: PageInfo, kept: Sequence[Kept]) -> PageInfo:
    """With the ids that the records have in this archive: those of an imported file are its own."""
    same = [(k.url, k.role) for k in kept] == [(k.url, k.role) for k in info.kept]
    names = {there.record: here.record for there, here in zip(info.kept, kept, strict=True)} if same else {}
    answers = {names.get(id, id): told for id, told in info.answers.items()}
    return replace(info, kept=tuple(kept), answers=answers)


def _of_row(row: Snapshot) -> PageInfo:
    return PageInfo(
        snapshot=row.id,
        entry=Entry(url=row.requested_url),
        requested_url=row.requested_url,
        final_url=row.final_url,
        engine=row.engine,  # type: ignore[arg-type]  # only ever written from a Capture
        engine_reason=row.engine_reason,
        captured=row.captured,
        seconds=row.seconds,
        verdict=row.verdict,  # type: ignore[arg-type]
        reason=row.reason,
        missing=tuple(Missing(**told) for told in row.missing),
        page=row.page_record,
        kept=(),
        program="",
    )


def _originals(session: Session, contents: list[tuple[Kept, RecordRef]]) -> dict[str, RecordRef]:
    """By the id of a revisit: the record that holds its payload."""
    found = {}
    for _, ref in contents:
        if ref.type == "revisit" and ref.id not in found:
            told = index.by_id(session, ref.refers_to or "")
            same = [told] if told and told.type != "revisit" else index.holding(session, ref.digest)
            if same:
                found[ref.id] = same[0]
    return found


class _Looking:
    """Reads records again, each once; none of it is kept in memory."""

    def __init__(self, archive: Archive, info: PageInfo, originals: dict[str, RecordRef]) -> None:
        self._archive, self._info, self._originals = archive, info, originals
        self._states: dict[str, tuple[RecordState, str | None]] = {}  # by record id: state, peer

    def at(self, refs: list[RecordRef]) -> dict[str, RecordSeen]:
        return {ref.id: self._seen(ref) for ref in {ref.id: ref for ref in refs}.values()}

    def _seen(self, ref: RecordRef) -> RecordSeen:
        state, peer = self._state(ref)
        if ref.type == "revisit" and state == "intact":
            original = self._originals.get(ref.id)
            same = original is not None and original.digest == ref.digest
            state = self._state(original)[0] if original and same else "gone"
        request = self._request(ref) if ref.type in ("response", "revisit") else None
        line = request.split(b"\r\n", 1)[0].decode("latin-1") if request else None
        return RecordSeen(
            state=state,
            peer=peer,
            request_line=line or None,
            request_digest=sha256(request) if request else None,
        )

    def _state(self, ref: RecordRef) -> tuple[RecordState, str | None]:
        if ref.id not in self._states:
            self._states[ref.id] = self._read(ref)
        return self._states[ref.id]

    def _read(self, ref: RecordRef) -> tuple[RecordState, str | None]:
        try:
            path = locate(self._archive.folder, ref.file)
        except RecordMissing:
            return "gone", None
        try:
            told = record_at(path, ref.offset, ref.size, 1)
        except (CunzhaoError, OSError):
            return "broken", None
        block = told.headers.get("warc-block-digest", "")
        whole = (ref.type == "revisit" or told.payload == ref.digest) and (
            not block.startswith("sha256:") or block == told.block
        )
        return "intact" if whole else "changed", told.headers.get("warc-ip-address")

    def _request(self, ref: RecordRef) -> bytes | None:
        try:
            return self._archive.request(ref, self._info)
        except (CunzhaoError, OSError):
            return None
