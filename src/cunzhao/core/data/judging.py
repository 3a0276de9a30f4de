"""What `Core` tells of contradictions between figures and of the tasks of plans, a page at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao import ledger
from cunzhao.core.data.against import against
from cunzhao.core.queries import counted, listing, rows
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.queries.remembered import Remembering
from cunzhao.core.values.pages import ContradictionsPage, PlanRow, SourcedFinding, TasksPage
from cunzhao.evaluate import check, order
from cunzhao.evaluate.types import Finding
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, FactRow, ObservationRow

FINDINGS = 50  # on one page
LATEST = 50
LEVELS = ("high", "medium", "low")
HELD = 5_000  # the gravest findings; all are counted
PLANS = 100  # on one page, to choose from
KEY = (int, int, *(str,) * 5, str, int, int, str, int, int)

O = ObservationRow  # noqa: E741


@dataclass(frozen=True, slots=True)
class _Found:
    findings: Sequence[Finding]  # the gravest first
    latest: Sequence[Finding]  # whose later side was captured last, the newest first
    held: Mapping[str, Sequence[Finding]]  # of each severity, the gravest first
    severities: Mapping[str, int]
    total: int
    compared: int


class Judging(Remembering):
    """The part of `Core` that tells what does not agree, and what was undertaken."""

    _database: Database

    def contradictions(self, *, severity: str = "", after: str = "") -> ContradictionsPage:
        """Those of a severity, or all; the gravest first. Raises UsageWrong for a forged cursor."""
        key = key_of(after, *KEY)
        with self._database.reading() as session:
            found = self._findings(session)
            held = found.findings if not severity else found.held.get(severity, ())
            start = bisect_right(held, key, key=_key) if key else 0
            shown = held[start : start + FINDINGS]
            return ContradictionsPage(
                findings=_sourced(session, shown),
                compared=found.compared,
                total=found.severities.get(severity, 0) if severity else found.total,
                next=cursor(*_key(shown[-1])) if start + FINDINGS < len(held) else None,
                severity=severity,
                severities=tuple((one, found.severities[one]) for one in LEVELS if one in found.severities),
            )

    def new_contradictions(self) -> tuple[SourcedFinding, ...]:
        """Those whose second side was captured last, the newest first."""
        with self._database.reading() as session:
            return _sourced(session, self._findings(session).latest)

    def _findings(self, session: Session) -> _Found:
        return self._remembered.get(session, "contradictions", _checked, kept=True)

    def tasks(self, snapshot_id: str | None, *, after: str = "") -> TasksPage:
        """The tasks of a plan, or of the newest; plans to choose from, a page of them. Raises UsageWrong."""
        with self._database.reading() as session:
            plans, following = _plans(session, after)
            if snapshot_id is None:
                plan = plans[0] if plans else None
            else:
                plan = next((p for p in plans if p.snapshot == snapshot_id), None) or _plan(
                    session, snapshot_id
                )
            if plan is None:
                return TasksPage(plans=plans, plan=None, tasks=(), next=following)
            facts = [rows.fact_of(row) for row in counted.facts_of(session, plan.snapshot, "task")]
            observed = counted.observations_of(session, plan.snapshot)
            tasks = tuple(ledger.tasks(plan.snapshot, facts, observed))
            return TasksPage(plans=plans, plan=plan, tasks=tasks, next=following)


def _key(finding: Finding) -> tuple[Any, ...]:
    """The order of findings in texts and numbers."""
    grave, slip, *key, a, b = order(finding)
    return (grave, int(bool(slip)), *key, *a, *b)  # type: ignore[misc]


def _checked(session: Session) -> _Found:
    """Only what has a neighbour under its key that says anything else need be compared."""
    where = O.indicator, sa.func.rtrim(O.at_area, "省市"), O.at_days, O.measure, O.nature
    differs = sa.or_(
        sa.func.min(O.value) != sa.func.max(O.value),
        sa.func.min(O.comparator) != sa.func.max(O.comparator),
        sa.func.count(O.value_high) > 0,
    )
    names = "indicator", "area", "days", "measure", "nature"
    keys: list[Any] = [column.label(name) for column, name in zip(where, names, strict=True)]
    alike = sa.select(*keys).group_by(*where).having(sa.func.count() > 1, differs).subquery()
    same = sa.and_(*(column == alike.c[name] for column, name in zip(where, names, strict=True)))
    query = sa.select(*O.__table__.columns).join(alike, same).where(counted.shown(O.snapshot_id))
    found = check(map(rows.observation_of, session.execute(query)))  # type: ignore[arg-type]
    every = sa.select(sa.func.count().label("n")).select_from(O).where(counted.shown(O.snapshot_id))
    grouped = every.group_by(O.indicator, O.at_area, O.at_days, O.measure, O.unit, O.nature).subquery()
    compared = session.scalar(sa.select(sa.func.sum(grouped.c.n)).where(grouped.c.n > 1))
    latest = sorted(found, key=lambda f: max(f.a.snapshot, f.b.snapshot), reverse=True)[:LATEST]
    of = {level: [one for one in found if one.severity == level] for level in LEVELS}
    return _Found(
        findings=found[:HELD],
        latest=latest,
        held={level: some[:HELD] for level, some in of.items()},
        severities={level: len(some) for level, some in of.items() if some},
        total=len(found),
        compared=int(compared or 0),
    )


def _sourced(session: Session, found: Sequence[Finding]) -> tuple[SourcedFinding, ...]:
    told = counted.sourced(session, [side for finding in found for side in (finding.a, finding.b)])
    sides = counted.in_context(session, told)
    return tuple(
        SourcedFinding(finding=f, a=a, b=b, against=against(f.a, f.b))
        for f, a, b in zip(found, sides[::2], sides[1::2], strict=True)
    )


def _plans(session: Session, after: str) -> tuple[tuple[PlanRow, ...], str | None]:
    """Documents that hold plan tasks, newest first, and the cursor behind the last of them."""
    query = (
        sa.select(FactRow.snapshot_id, sa.func.count())
        .where(FactRow.kind == "task", counted.shown(FactRow.snapshot_id))
        .group_by(FactRow.snapshot_id)
        .order_by(FactRow.snapshot_id.desc())
        .limit(PLANS + 1)
    )
    key = key_of(after, str)
    found = session.execute(query.where(FactRow.snapshot_id < key[0]) if key else query).all()
    shown = {snapshot: tasks for snapshot, tasks in found[:PLANS]}
    columns = sa.select(DocumentRow.snapshot_id, DocumentRow.title, DocumentRow.published)
    named = {id: told for id, *told in session.execute(columns.where(DocumentRow.snapshot_id.in_(shown)))}
    plans = tuple(
        PlanRow(snapshot=id, title=named[id][0] or id, date=named[id][1] or None, tasks=tasks)
        for id, tasks in shown.items()
    )
    return plans, cursor(plans[-1].snapshot) if len(found) > PLANS else None


def _plan(session: Session, snapshot_id: str) -> PlanRow:
    """An older snapshot, not among the plans listed, or a document without tasks."""
    listing.snapshot_by_id(session, snapshot_id)
    query = sa.select(DocumentRow.title, DocumentRow.published)
    told = session.execute(query.where(DocumentRow.snapshot_id == snapshot_id)).first()
    title, date = told or ("", "")
    tasks = len(counted.facts_of(session, snapshot_id, "task"))
    return PlanRow(snapshot=snapshot_id, title=title or snapshot_id, date=date or None, tasks=tasks)
