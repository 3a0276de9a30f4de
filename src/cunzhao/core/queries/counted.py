"""Queries over what counts: the snapshot shown for each link that is not in the trash. Read only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries import rows
from cunzhao.core.values.pages import SourcedObservation
from cunzhao.ledger.types import Observation
from cunzhao.storage.models import DocumentRow, FactRow, Link, ObservationRow, Snapshot

CONTEXT = 80  # characters shown on either side of a quote
SENTENCE_END = re.compile("[。！？；\\n]")


def shown(snapshot_id: Any) -> sa.ColumnElement[bool]:
    return sa.exists().where(Link.best_id == snapshot_id, Link.removed.is_(None))


def shown_among(session: Session, ids: Sequence[str]) -> set[str]:
    """Which of these snapshots are the one shown for a live link."""
    query = sa.select(Link.best_id).where(Link.best_id.in_(ids), Link.removed.is_(None))
    return {best for best in session.scalars(query) if best}


def labels(session: Session) -> list[tuple[str, str, int]]:
    """Indicators, what documents call them, and how many figures so called there are."""
    o = ObservationRow
    query = sa.select(o.indicator, o.label, sa.func.count()).where(shown(o.snapshot_id))
    return [
        (name, label, count) for name, label, count in session.execute(query.group_by(o.indicator, o.label))
    ]


def sourced(session: Session, found: Sequence[Observation]) -> tuple[SourcedObservation, ...]:
    """Each observation with what its document is called."""
    query = (
        sa.select(
            DocumentRow.snapshot_id,
            DocumentRow.title,
            DocumentRow.published,
            DocumentRow.source,
            Link.title,
            Snapshot.final_url,
        )
        .join(Snapshot, Snapshot.id == DocumentRow.snapshot_id)
        .join(Link, Link.id == Snapshot.link_id)
        .where(DocumentRow.snapshot_id.in_({o.snapshot for o in found}))
    )
    named = {
        snapshot: (rows.shown_title(title, called, url), date or None, origin or None, url)
        for snapshot, title, date, origin, called, url in session.execute(query)
    }
    return tuple(_sourced(o, *named[o.snapshot]) for o in found)


def _sourced(
    o: Observation, title: str, date: str | None, origin: str | None, url: str
) -> SourcedObservation:
    return SourcedObservation(observation=o, title=title, date=date, origin=origin, url=url)


def in_context(session: Session, found: Sequence[SourcedObservation]) -> tuple[SourcedObservation, ...]:
    """Each with the words around its quote, cut at the ends of the sentence."""
    result = []
    for sourced_one in found:
        span = sourced_one.observation.span
        start = max(0, span.start - CONTEXT)
        cut = sa.func.substr(DocumentRow.text, start + 1, span.end - start + CONTEXT)
        query = sa.select(cut).where(DocumentRow.snapshot_id == sourced_one.observation.snapshot)
        text = session.scalar(query) or ""
        before, after = text[: span.start - start], text[span.end - start :]
        result.append(
            replace(
                sourced_one,
                before=SENTENCE_END.split(before)[-1].lstrip(),
                after=SENTENCE_END.split(after)[0].rstrip(),
            )
        )
    return tuple(result)


def facts_of(
    session: Session, snapshot_id: str, kind: str = "", within: tuple[int, int | None] = (0, None)
) -> list[FactRow]:
    """All, or those of one kind, or those that reach into a part of the text."""
    start, end = within
    query = sa.select(FactRow).where(FactRow.snapshot_id == snapshot_id)
    query = query.where(FactRow.kind == kind) if kind else query
    query = query.where(FactRow.end > start) if start else query
    query = query.where(FactRow.start < end) if end is not None else query
    return list(session.scalars(query.order_by(FactRow.start, FactRow.id)))


def starts_of(session: Session, snapshot_id: str) -> dict[str, list[int]]:
    """Where the facts of each kind begin, in the order of the text; an index alone is read."""
    found: dict[str, list[int]] = {}
    query = sa.select(FactRow.kind, FactRow.start).where(FactRow.snapshot_id == snapshot_id)
    for kind, start in session.execute(query.order_by(FactRow.kind, FactRow.start)):
        found.setdefault(kind, []).append(start)
    return found


def observations_of(session: Session, snapshot_id: str) -> list[Observation]:
    query = sa.select(ObservationRow).where(ObservationRow.snapshot_id == snapshot_id)
    return [
        rows.observation_of(row)
        for row in session.scalars(query.order_by(ObservationRow.snapshot_id, ObservationRow.start))
    ]
