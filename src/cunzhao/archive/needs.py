"""Which records are needed, and where they stand after a compaction: the database's half of a purge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from cunzhao.archive.restoring import ADOPTED, UNKNOWN
from cunzhao.storage.models import Kept, Record, Snapshot

_AT_ONCE = 500  # ids in one statement; SQLite bounds the parameters


def files_of(session: Session, snapshots: Sequence[str]) -> set[str]:
    """Files with records that these snapshots keep or that hold a payload for them."""
    files: set[str] = set()
    for n in range(0, len(snapshots), _AT_ONCE):
        part = snapshots[n : n + _AT_ONCE]
        kept = sa.select(Kept.record_id).where(Kept.snapshot_id.in_(part))
        told = sa.select(Snapshot.info_record).where(Snapshot.id.in_(part), Snapshot.info_record.is_not(None))
        payloads = sa.select(Record.refers_to).where(Record.id.in_(kept), Record.refers_to.is_not(None))
        for ids in (kept, told, payloads):
            files.update(session.scalars(sa.select(Record.file).where(Record.id.in_(ids)).distinct()))
    return files


def needed(session: Session, file: str) -> set[str]:
    """Ids of the records of a file that a snapshot needs, itself or for the payload of a revisit."""
    return set(session.scalars(sa.select(Record.id).where(Record.file == file, _is_needed())))


def unused_adopted(session: Session, file: str) -> bool:
    """Whether no snapshot needs anything of this adopted file."""
    own = aliased(Record)
    elsewhere = sa.exists().where(
        own.type == "revisit", own.refers_to == Record.id, own.file != file, _is_kept(own)
    )
    query = sa.select(Record.id).where(Record.file == file, sa.or_(_is_kept(Record), elsewhere))
    return session.scalar(query.limit(1)) is None


def drop_unneeded(session: Session) -> None:
    """Take away index lines of our own files that no snapshot needs: a crash or a purge left the records."""
    adopted = Record.file.startswith(ADOPTED, autoescape=True)
    session.execute(sa.delete(Record).where(~adopted, ~_is_needed()))


def drop_file(session: Session, file: str) -> None:
    session.execute(sa.delete(Record).where(Record.file == file))


def move(session: Session, file: str, new: str, places: Mapping[str, tuple[int, int]]) -> None:
    """The records in `places` (id: offset, size) now stand in `new`; other lines of `file` go."""
    rows = session.execute(sa.select(Record.id).where(Record.file == file)).scalars().all()
    kept = [
        {"id": id, "file": new, "offset": places[id][0], "size": places[id][1]} for id in rows if id in places
    ]
    for part in _parts(kept):
        session.execute(sa.update(Record), part)
    drop_file(session, file)


def complete(session: Session) -> None:
    """Revisits that tell no head and of which no pageinfo told yet: as the answers that they repeat."""
    query = sa.select(Record).where(Record.length == UNKNOWN, Record.type == "revisit")
    for row in session.scalars(query).all():
        original = session.get(Record, row.refers_to) if row.refers_to else None
        if original:
            row.length, row.status, row.mime = original.length, original.status, original.mime
    session.flush()


def _is_kept(record: Any) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.exists().where(Kept.record_id == record.id), sa.exists().where(Snapshot.info_record == record.id)
    )


def _is_needed() -> sa.ColumnElement[bool]:
    """Kept, or holding the payload of a revisit that is kept or stands in an adopted file."""
    revisit, original = aliased(Record), aliased(Record)
    adopted = revisit.file.startswith(ADOPTED, autoescape=True)
    refers = sa.exists().where(
        revisit.refers_to == Record.id, revisit.type == "revisit", sa.or_(adopted, _is_kept(revisit))
    )
    # an adopted revisit may name a record that is nowhere: any with the same payload then stands in for it
    stands_in = sa.exists().where(
        revisit.digest == Record.digest,
        revisit.type == "revisit",
        adopted,
        ~sa.exists().where(original.id == revisit.refers_to),
    )
    return sa.or_(_is_kept(Record), refers, stands_in)


def _parts(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[n : n + _AT_ONCE] for n in range(0, len(rows), _AT_ONCE))
