"""Agreements between places, projects by stage and amount, people and bodies: paged by key. Read only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.data import named, summed
from cunzhao.core.data.network import PAST, agreed, network
from cunzhao.core.data.sources import ROWS, counted, shown, sources_of
from cunzhao.core.queries.cursors import before, cursor, key_of
from cunzhao.core.queries.remembered import Remembering
from cunzhao.core.values.filed import (
    Agreement,
    AgreementFilter,
    AgreementsPage,
    NameFilter,
    NamesPage,
    Project,
    ProjectFilter,
    ProjectsPage,
    Sum,
)
from cunzhao.storage.database import Database
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow, ProjectRow

PLACES = 200  # to choose from

Where = list[sa.ColumnElement[bool]]


class Filed(Remembering):
    """The part of `Core` that shows agreements, projects, people and bodies."""

    _database: Database

    def agreements(self, wanted: AgreementFilter) -> AgreementsPage:
        with self._database.reading() as session:
            known = self._remembered.get(session, "agreed", agreed)
            where = _agreements_where(wanted)
            total, capped = counted(session, AgreementRow.id, where)
            found = _after(session, AgreementRow, AgreementRow.date, where, key_of(wanted.after, str, int))
            return AgreementsPage(
                rows=_agreements(session, found[:ROWS]),
                filter=wanted,
                total=total,
                capped=capped,
                next=_next(found, AgreementRow.date),
                network=network(known, wanted, _with_word(session, wanted)),
                names=tuple(known.names.items())[:PLACES],
                kinds=known.kinds,
                years=known.years,
            )

    def projects(self, wanted: ProjectFilter) -> ProjectsPage:
        with self._database.reading() as session:
            where = _projects_where(wanted)
            total, capped = counted(session, ProjectRow.id, where)
            found = _after(session, ProjectRow, ProjectRow.amount, where, key_of(wanted.after, Decimal, int))
            stages, areas = self._sums(session, wanted)
            return ProjectsPage(
                rows=_projects(session, found[:ROWS]),
                filter=wanted,
                total=total,
                capped=capped,
                next=_next(found, ProjectRow.amount),
                stages=stages,
                areas=areas,
            )

    def _sums(self, session: Session, wanted: ProjectFilter) -> tuple[tuple[Sum, ...], tuple[Sum, ...]]:
        """By stage and by area: each of what else is chosen, so that one can go on to the next."""
        staged = replace(wanted, stage="", after="")
        placed = replace(wanted, area="", after="")
        return (
            self._remembered.get(
                session, ("stages", staged), lambda s: summed.by_stage(s, _projects_where(staged))
            ),
            self._remembered.get(
                session, ("areas", placed), lambda s: summed.by_area(s, _projects_where(placed))
            ),
        )

    def names(self, wanted: NameFilter) -> NamesPage:
        with self._database.reading() as session:
            if wanted.name:
                return named.mentions(session, wanted)
            every = self._remembered.get(
                session, ("names", wanted.kind), lambda s: named.every(s, wanted.kind)
            )

            def roles(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
                return self._remembered.get(
                    session, ("roles", wanted.kind, names), lambda s: named.roles_of(s, wanted.kind, names)
                )

            return named.listed(every, wanted, roles)


def _after(session: Session, table: Any, by: Any, where: Where, key: tuple[Any, ...] | None) -> list[Any]:
    """One page and one row more, the greatest first."""
    query = sa.select(table).where(*where).order_by(by.desc(), table.id.desc()).limit(ROWS + 1)
    return list(session.scalars(query.where(before((by, table.id), key)) if key else query))


def _next(found: Sequence[Any], by: Any) -> str | None:
    """The cursor of the following page, where a row of it was found."""
    last = found[ROWS - 1] if len(found) > ROWS else None
    return cursor(getattr(last, by.key), last.id) if last else None


def _with_word(session: Session, wanted: AgreementFilter) -> set[int] | None:
    if not wanted.q:
        return None
    where = _agreements_where(AgreementFilter(q=wanted.q))
    return set(session.scalars(sa.select(AgreementRow.id).where(*where)))


def _agreements_where(wanted: AgreementFilter) -> Where:
    row, where = AgreementRow, [shown(AgreementRow.snapshot_id)]
    for place in filter(None, (wanted.place, wanted.other)):
        held = sa.select(AgreementPlaceRow.agreement_id).where(AgreementPlaceRow.place == place)
        where.append(row.id.in_(held))
    if wanted.kind:
        where.append(row.form == wanted.kind)
    if wanted.nature:
        where.append(row.nature == wanted.nature)
    if wanted.since:
        where.append(row.date >= wanted.since)
    if wanted.until:
        where += [row.date < wanted.until + PAST, row.date != ""]
    if wanted.q:
        words = row.quote, row.form, row.about
        where.append(sa.or_(*(column.contains(wanted.q, autoescape=True) for column in words)))
    return where


def _agreements(session: Session, found: Sequence[AgreementRow]) -> tuple[Agreement, ...]:
    return tuple(
        Agreement(
            parties=tuple(row.parties),
            form=row.form,
            about=row.about,
            date=row.date,
            nature=row.nature,
            source=source,
        )
        for row, source in zip(found, sources_of(session, found), strict=True)
    )


def _projects_where(wanted: ProjectFilter) -> Where:
    where = [shown(ProjectRow.snapshot_id)]
    if wanted.area:
        where.append(ProjectRow.area == wanted.area)
    if wanted.stage:
        stage = ProjectRow.stage.concat("") if wanted.area else ProjectRow.stage
        where.append(stage == ("" if wanted.stage == "none" else wanted.stage))
    if wanted.q:
        where.append(ProjectRow.name.contains(wanted.q, autoescape=True))
    return where


def _projects(session: Session, found: Sequence[ProjectRow]) -> tuple[Project, ...]:
    return tuple(
        Project(
            name=row.name,
            place=row.place,
            parties=tuple(row.parties),
            amount=row.amount,
            currency=row.currency,
            stage=row.stage,
            source=source,
        )
        for row, source in zip(found, sources_of(session, found), strict=True)
    )
