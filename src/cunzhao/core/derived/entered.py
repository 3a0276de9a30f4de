"""What users said of facts, in the database and in the journal's words; and the facts as they want them.

`fact` and `observation` hold the facts as they are shown. What the extractor said is kept beside them
wherever a user has said something, so that an undo, and a score, need not read the page again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.derived import observing
from cunzhao.core.queries import rows
from cunzhao.core.values.corrected import Checked, Corrected, Correction, Entered, Outcome, as_entered
from cunzhao.extract.types import Fact, Span
from cunzhao.storage.models import (
    CheckedRow,
    CorrectionRow,
    DocumentRow,
    ExtractedRow,
    FactRow,
    ObservationRow,
    Snapshot,
)


def entered(session: Session, snapshot_id: str) -> Entered:
    link = sa.select(Snapshot.link_id).where(Snapshot.id == snapshot_id).scalar_subquery()
    of_link = sa.select(Snapshot.id).where(Snapshot.link_id == link)
    query = sa.select(CorrectionRow).where(CorrectionRow.snapshot_id.in_(of_link)).order_by(CorrectionRow.id)
    every = [correction_of(row) for row in session.scalars(query)]
    checked = sa.select(CheckedRow).where(CheckedRow.snapshot_id == snapshot_id).order_by(CheckedRow.kind)
    return Entered(
        corrections=tuple(one for one in every if one.snapshot == snapshot_id),
        elsewhere=tuple(one for one in reversed(every) if one.snapshot != snapshot_id),
        checked=tuple(checked_of(row) for row in session.scalars(checked)),
    )


def read_facts(session: Session, snapshot_id: str) -> list[Fact]:
    """What the extractor said of a snapshot."""
    kept = session.get(ExtractedRow, snapshot_id)
    if kept is not None:
        return [rows.fact_from(values) for values in kept.facts]
    query = sa.select(FactRow).where(FactRow.snapshot_id == snapshot_id)
    return [rows.fact_of(row) for row in session.scalars(query.order_by(FactRow.start, FactRow.id))]


def store_facts(session: Session, snapshot_id: str, text: str, read: Sequence[Fact]) -> None:
    """The facts of a document that has none yet, as its users want them, and what follows from them."""
    said = entered(session, snapshot_id)
    if said:
        session.add(ExtractedRow(snapshot_id=snapshot_id, facts=[rows.fact_values(fact) for fact in read]))
    done = as_entered(read, said, text) if said else Corrected(tuple(read), ())
    facts = done.facts
    _tell_states(session, snapshot_id, done.outcomes)
    session.add_all(rows.fact_row(snapshot_id, fact) for fact in facts)
    observing.observe(session, snapshot_id, facts)


def _tell_states(session: Session, snapshot_id: str, outcomes: Sequence[Outcome]) -> None:
    """Beside each correction that was made on the snapshot, what became of it."""
    for outcome in outcomes:
        if outcome.correction.snapshot == snapshot_id:
            row = sa.update(CorrectionRow).where(CorrectionRow.id == outcome.correction.id)
            session.execute(row.values(state=outcome.state))


def store_again(session: Session, snapshot_id: str) -> None:
    """The same facts after a user's word about them or about another snapshot of the link."""
    session.flush()
    text = session.scalar(sa.select(DocumentRow.text).where(DocumentRow.snapshot_id == snapshot_id))
    if text is None:
        return
    read = read_facts(session, snapshot_id)
    for derived in (ObservationRow, FactRow, ExtractedRow):
        session.execute(sa.delete(derived).where(derived.snapshot_id == snapshot_id))
    store_facts(session, snapshot_id, text, read)
    document = sa.update(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id)
    session.execute(document.values(indexed=False))  # its facts are searched too


# --- rows and the journal -----------------------------------------------------------------------------


def correction_of(row: CorrectionRow) -> Correction:
    return Correction(
        id=row.id,
        snapshot=row.snapshot_id,
        kind=row.kind,  # type: ignore[arg-type]  # only ever written from a Correction
        action=row.action,  # type: ignore[arg-type]
        span=Span(row.start, row.end, row.quote),
        before=row.before,
        after=row.after,
        old=row.old,
        new=row.new,
        note=row.note,
        who=row.who,
        at=row.at,
    )


def correction_row(one: Correction) -> CorrectionRow:
    return CorrectionRow(**correction_values(one), at=one.at)


def correction_values(one: Correction) -> dict[str, Any]:
    """A correction as the journal holds it, but for its time: that of the line."""
    return {
        "id": one.id,
        "snapshot_id": one.snapshot,
        "kind": one.kind,
        "action": one.action,
        "start": one.span.start,
        "end": one.span.end,
        "quote": one.span.quote,
        "before": one.before,
        "after": one.after,
        "old": dict(one.old),
        "new": dict(one.new),
        "note": one.note,
        "who": one.who,
    }


def checked_of(row: CheckedRow) -> Checked:
    return Checked(
        snapshot=row.snapshot_id,
        kind=row.kind,  # type: ignore[arg-type]
        digest=row.digest,
        facts=tuple(rows.fact_from(values) for values in row.facts),
        at=row.at,
        who=row.who,
    )


def checked_values(one: Checked) -> dict[str, Any]:
    """As the journal holds it, but for its time."""
    return {
        "snapshot_id": one.snapshot,
        "kind": one.kind,
        "digest": one.digest,
        "facts": [rows.fact_values(fact) for fact in one.facts],
        "who": one.who,
    }


def replay(session: Session, op: str, told: Mapping[str, Any], at: datetime) -> None:
    """One line of the journal, in a rebuild. Of a snapshot that is gone nothing is to be said any more."""
    if op == "uncorrect":
        session.execute(sa.delete(CorrectionRow).where(CorrectionRow.id == told["id"]))
    elif session.get(Snapshot, told["snapshot_id"]) is None:
        return
    elif op == "correct":
        session.merge(CorrectionRow(**told, at=at))
    elif op == "check":
        session.merge(CheckedRow(**told, at=at))
    elif op == "uncheck":
        found = session.get(CheckedRow, (told["snapshot_id"], told["kind"]))
        if found:
            session.delete(found)
