"""The log of a capture: what was asked and answered, in the order of time, from what the snapshot keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from cunzhao.archive import index
from cunzhao.archive.store import Archive
from cunzhao.collect.types import Lookup
from cunzhao.core.queries import listing
from cunzhao.errors import CunzhaoError
from cunzhao.storage.database import Database
from cunzhao.storage.models import Snapshot

#: Roles of records that tell of the capture and were not fetched.
OWN = ("session", "certificate", "pageinfo")

LogKind = Literal["began", "lookup", "answer", "made", "lost", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One thing that happened. What does not belong to its kind is empty."""

    kind: LogKind
    at: datetime | None  # aware UTC; None of what was lost, whose time is not kept
    url: str = ""
    role: str = ""
    status: int | None = None
    mime: str = ""
    bytes: int = 0
    same: bool = False  # byte for byte as kept before
    host: str = ""  # with its port
    addresses: tuple[str, ...] = ()  # the one connected to first
    reason: str = ""


class CaptureLogs:
    _database: Database
    _archive: Archive

    def capture_log(self, snapshot_id: str) -> tuple[LogEntry, ...]:
        """From the beginning to the end; what was lost stands before the end. Raises NotFound."""
        with self._database.reading() as session:
            row = listing.snapshot_by_id(session, snapshot_id)
            lookups = () if row.engine == "import" else self._lookups(row)
            found = [*map(_looked_up, _once(lookups)), *_answers(session, row)]
        began = LogEntry(kind="began", at=row.captured, url=row.requested_url, reason=row.engine_reason)
        found.append(began)  # a connection may be older: captures of a batch share them
        found.sort(key=lambda entry: (entry.at or row.captured, entry is not began))
        lost = (
            LogEntry(kind="lost", at=None, url=one["url"], role=one["role"], reason=one["reason"])
            for one in row.missing
        )
        ended = LogEntry(
            kind="ended", at=row.captured + timedelta(seconds=row.seconds), url=row.final_url,
            bytes=row.bytes, reason=row.reason,
        )  # fmt: skip
        return (*found, *lost, ended)

    def _lookups(self, row: Snapshot) -> Sequence[Lookup]:
        """None where the record that tells of them is of an older version, or cannot be read."""
        try:
            info = self._archive.info(row.info_record) if row.info_record else None
        except (CunzhaoError, OSError):
            return ()
        return info.conditions.lookups if info and info.conditions else ()


def _once(lookups: Sequence[Lookup]) -> list[Lookup]:
    """The first of those alike: a host is asked for again for every connection."""
    first: dict[tuple[str, int, str], Lookup] = {}
    for one in sorted(lookups, key=lambda lookup: lookup.at):
        first.setdefault((one.host, one.port, one.address), one)
    return list(first.values())


def _looked_up(one: Lookup) -> LogEntry:
    others = tuple(address for address in one.answers if address != one.address)
    return LogEntry(kind="lookup", at=one.at, host=f"{one.host}:{one.port}", addresses=(one.address, *others))


def _answers(session: Session, row: Snapshot) -> Iterator[LogEntry]:
    for kept, record in index.contents(session, row.id):
        if kept.role not in OWN:
            yield LogEntry(
                kind="answer" if record.type in ("response", "revisit") else "made",
                at=record.timestamp,
                url=kept.url,
                role=kept.role,
                status=record.status,
                mime=record.mime,
                bytes=record.length,
                same=record.type == "revisit",
            )
