"""The audit log: who did what, when, from where. Rows are only added; the database refuses the rest."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.access.types import AuditEntry, AuditFilter, AuditPage
from cunzhao.storage.account_models import AccountRow, AuditRow
from cunzhao.storage.acting import actor
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database

ROWS = 100  # on one page
CHUNK = 2_000  # of a file at a time
LOOKED_BACK = 20_000  # entries in which those about one thing are sought: they have no index
TARGET_CHARS = 500


def note(
    session: Session, action: str, target: str = "", *, who: str | None = None, account: str = ""
) -> None:
    """Add an entry, within the transaction that does what it tells of. `who` is else whoever acts."""
    acting = actor()
    session.add(
        AuditRow(
            at=now_utc(),
            who=acting.name if who is None else who,
            account_id=acting.account if who is None else account,
            action=action[:120],
            target=_line(target),
            address=acting.address[:64],
            door=acting.door,
        )
    )


class Auditing:
    _database: Database

    def audit(self, action: str, target: str = "") -> None:
        """Add an entry about whoever acts."""
        with self._database.writing() as session:
            note(session, action, target)

    def audited(self, wanted: AuditFilter) -> AuditPage:
        """The newest first, a page at a time."""
        with self._database.reading() as session:
            rows = [_entry(row) for row in session.scalars(_those(wanted, ROWS + 1))]
            names = tuple(session.scalars(sa.select(AccountRow.name).order_by(AccountRow.name)))
        more = rows[ROWS - 1].id if len(rows) > ROWS else None
        return AuditPage(entries=tuple(rows[:ROWS]), filter=wanted, next=more, names=names)

    def audited_about(self, places: Sequence[str], most: int = 20) -> tuple[AuditEntry, ...]:
        """What was done at these addresses and below them, the newest first; of the last entries alone."""
        newest = sa.select(sa.func.max(AuditRow.id)).scalar_subquery()
        under = (AuditRow.target.startswith(f"{place}/", autoescape=True) for place in places)
        query = (
            sa.select(AuditRow)
            .where(AuditRow.id > newest - LOOKED_BACK, sa.or_(AuditRow.target.in_(places), *under))
            .order_by(AuditRow.id.desc())
            .limit(most)
        )
        with self._database.reading() as session:
            return tuple(map(_entry, session.scalars(query)))

    def every_entry(self, wanted: AuditFilter) -> Iterator[AuditEntry]:
        """All that match, the newest first, some thousands in memory at a time."""
        more = True
        while more:
            with self._database.reading() as session:
                entries = [_entry(row) for row in session.scalars(_those(wanted, CHUNK))]
            yield from entries
            more = len(entries) == CHUNK
            wanted = replace(wanted, before=entries[-1].id) if more else wanted


def _those(wanted: AuditFilter, most: int) -> sa.Select[AuditRow]:
    query = sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(most)
    if wanted.who:
        query = query.where(AuditRow.who == wanted.who)
    if wanted.action:
        query = query.where(AuditRow.action == wanted.action)
    return query.where(AuditRow.id < wanted.before) if wanted.before > 0 else query


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        at=row.at,
        who=row.who,
        action=row.action,
        target=row.target,
        address=row.address,
        door=row.door,
    )


def _line(text: str) -> str:
    """One line, with nothing in it that a database cannot hold."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)[:TARGET_CHARS]
