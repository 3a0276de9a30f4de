"""The index in the database: records and what snapshots keep, written and looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urldefrag

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.surt import same_page
from cunzhao.archive.types import Kept, RecordRef, Written
from cunzhao.storage import models
from cunzhao.storage.upsert import insert_new

_COLUMNS = [field.name for field in fields(RecordRef)]
_AT_ONCE = 500  # rows in one statement; SQLite bounds the parameters


def ref(row: models.Record) -> RecordRef:
    return RecordRef(**{name: getattr(row, name) for name in _COLUMNS})


def index(session: Session, written: Written) -> tuple[Kept, ...]:
    """Add the rows of what was written, in the caller's transaction, after the snapshot's own row.

    A record that another transaction has added (a shared requisite) stays as it is. Returns what could not
    be added because the index has no such record: empty, unless an archive with a file gone is rebuilt, or
    one file before another that it refers to. To be asked again once that is indexed.
    """
    add_records(session, (*written.shared, *written.records))
    wanted = {k.record for k in written.kept}
    known = wanted.intersection(record.id for record in (*written.shared, *written.records))
    known |= set(_present(session, sorted(wanted - known)))
    rows = [
        {"snapshot_id": written.snapshot, "n": n, "url": k.url, "role": k.role, "record_id": k.record}
        for n, k in enumerate(written.kept)
        if k.record in known
    ]
    for part in _parts(rows):
        session.execute(insert_new(session, models.Kept), part)
    return tuple(k for k in written.kept if k.record not in known)


def add_records(session: Session, records: Iterable[RecordRef]) -> None:
    """Add index lines; those already there stay as they are."""
    # In the order of ids: two transactions adding the same shared records cannot wait for each other.
    rows = sorted((asdict(record) for record in records), key=lambda row: str(row["id"]))
    for part in _parts(rows):
        session.execute(insert_new(session, models.Record), part)


def contents(session: Session, snapshot: str) -> list[tuple[Kept, RecordRef]]:
    """What a snapshot consists of, in the order it was kept."""
    rows = session.execute(
        sa.select(models.Kept, models.Record)
        .join(models.Record, models.Record.id == models.Kept.record_id)
        .where(models.Kept.snapshot_id == snapshot)
        .order_by(models.Kept.n)
    )
    return [(Kept(url=kept.url, role=kept.role, record=kept.record_id), ref(row)) for kept, row in rows]


def find(session: Session, snapshot: str, url: str) -> RecordRef | None:
    """The record that answers `url` in this snapshot: exactly, else in another spelling or scheme."""
    return look_up(contents(session, snapshot), url)


def look_up(held: Sequence[tuple[Kept, RecordRef]], url: str) -> RecordRef | None:
    """As `find`, in contents already loaded. An answer is preferred to a redirect."""
    plain, key = urldefrag(url)[0], same_page(url)
    ranked = sorted(
        (kept.url != plain, kept.role == "redirect", n)
        for n, (kept, _) in enumerate(held)
        if kept.url == plain or same_page(kept.url) == key
    )
    answers = [rank for rank in ranked if not rank[1]] or ranked
    return held[answers[0][2]][1] if answers else None


def by_id(session: Session, id: str) -> RecordRef | None:
    row = session.get(models.Record, id)
    return ref(row) if row else None


def holding(
    session: Session, digest: str, types: Sequence[str] = ("response", "resource"), url: str | None = None
) -> list[RecordRef]:
    """Records of these types that hold this payload, those of `url` first, then the oldest; at most four."""
    query = sa.select(models.Record).where(models.Record.digest == digest, models.Record.type.in_(types))
    if url is not None:
        query = query.order_by(sa.case((models.Record.url == url, 0), else_=1))
    rows = session.scalars(query.order_by(models.Record.timestamp, models.Record.id).limit(4))
    return [ref(row) for row in rows]


def end_of(session: Session, file: str) -> int:
    """The end of the last record of this file that the database knows, in bytes; 0 for none."""
    last = sa.select(models.Record.offset + models.Record.size).where(models.Record.file == file)
    return session.scalar(last.order_by(models.Record.offset.desc()).limit(1)) or 0


def in_file(session: Session, file: str) -> list[RecordRef]:
    rows = session.scalars(sa.select(models.Record).where(models.Record.file == file))
    return [ref(row) for row in rows]


def files(session: Session) -> set[str]:
    return set(session.scalars(sa.select(models.Record.file).distinct()))


def known_snapshots(session: Session, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for n in range(0, len(ids), _AT_ONCE):
        chosen = models.Snapshot.id.in_(ids[n : n + _AT_ONCE])
        found.update(session.scalars(sa.select(models.Snapshot.id).where(chosen)))
    return found


def _present(session: Session, ids: Sequence[str]) -> list[str]:
    found: list[str] = []
    for n in range(0, len(ids), _AT_ONCE):
        chosen = models.Record.id.in_(ids[n : n + _AT_ONCE])
        found += session.scalars(sa.select(models.Record.id).where(chosen))
    return found


def _parts(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[n : n + _AT_ONCE] for n in range(0, len(rows), _AT_ONCE))
