"""Agreements between places, projects by stage and amount, people and bodies: paged by key. Read only."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core import circle
from cunzhao.core.cursors import before, cursor, key_of
from cunzhao.core.filed_pages import (
    Agreement,
    AgreementFilter,
    AgreementsPage,
    Mention,
    Named,
    NameFilter,
    NamesPage,
    Network,
    Project,
    ProjectFilter,
    ProjectsPage,
    Sum,
)
from cunzhao.core.remembered import Remembering
from cunzhao.core.sources import ROWS, counted, shown, sources_of
from cunzhao.extract.places.codes import name_of
from cunzhao.storage.database import Database
from cunzhao.storage.filed import AgreementPlaceRow, AgreementRow, NamedRow, ProjectRow

STAGES = ("planned", "negotiating", "signed", "building", "done", "")
PLACES = 200  # to choose from
ROLES = 3  # shown of a name in the list

Where = list[sa.ColumnElement[bool]]


class Filed(Remembering):
    """The part of `Core` that shows agreements, projects, people and bodies."""

    _database: Database

    def agreements(self, wanted: AgreementFilter) -> AgreementsPage:
        with self._database.reading() as session:
            drawn, names = self._remembered.get(session, "network", _network)
            where = _agreements_where(wanted)
            total, capped = counted(session, AgreementRow.id, where)
            found = _after(session, AgreementRow, AgreementRow.date, where, key_of(wanted.after, str, int))
            return AgreementsPage(
                rows=_agreements(session, found[:ROWS]),
                filter=wanted,
                total=total,
                capped=capped,
                next=_next(found, AgreementRow.date),
                network=drawn,
                names=names[:PLACES],
            )

    def projects(self, wanted: ProjectFilter) -> ProjectsPage:
        with self._database.reading() as session:
            where = _projects_where(wanted)
            total, capped = counted(session, ProjectRow.id, where)
            found = _after(session, ProjectRow, ProjectRow.amount, where, key_of(wanted.after, Decimal, int))
            stages, areas = self._remembered.get(session, "sums", _sums)
            return ProjectsPage(
                rows=_projects(session, found[:ROWS]),
                filter=wanted,
                total=total,
                capped=capped,
                next=_next(found, ProjectRow.amount),
                stages=stages,
                areas=areas,
            )

    def names(self, wanted: NameFilter) -> NamesPage:
        with self._database.reading() as session:
            if wanted.name:
                return _mentions(session, wanted)
            every = self._remembered.get(session, ("names", wanted.kind), lambda s: _names(s, wanted.kind))
        part = wanted.q.casefold()
        found = [row for row in every if part in row.name.casefold()] if part else every
        key = key_of(wanted.after, int, int, str)
        left = found[bisect_right(found, key, key=_usual) :] if key else found
        rows = left[:ROWS]
        with self._database.reading() as session:
            named = tuple(row.name for row in rows)
            roles = self._remembered.get(
                session, ("roles", wanted.kind, named), lambda s: _roles(s, wanted.kind, named)
            )
        return NamesPage(
            filter=wanted,
            rows=tuple(replace(row, roles=roles.get(row.name, ())) for row in rows),
            mentions=(),
            roles=(),
            total=len(found),
            next=cursor(*_usual(rows[-1])) if len(left) > ROWS else None,
        )


def _after(session: Session, table: Any, by: Any, where: Where, key: tuple[Any, ...] | None) -> list[Any]:
    """One page and one row more, the greatest first."""
    query = sa.select(table).where(*where).order_by(by.desc(), table.id.desc()).limit(ROWS + 1)
    return list(session.scalars(query.where(before((by, table.id), key)) if key else query))


def _next(found: Sequence[Any], by: Any) -> str | None:
    """The cursor of the following page, where a row of it was found."""
    last = found[ROWS - 1] if len(found) > ROWS else None
    return cursor(getattr(last, by.key), last.id) if last else None


def _agreements_where(wanted: AgreementFilter) -> Where:
    row, where = AgreementRow, [shown(AgreementRow.snapshot_id)]
    for place in filter(None, (wanted.place, wanted.other)):
        held = sa.select(AgreementPlaceRow.agreement_id).where(AgreementPlaceRow.place == place)
        where.append(row.id.in_(held))
    if wanted.nature:
        where.append(row.nature == wanted.nature)
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


def _network(session: Session) -> tuple[Network, tuple[tuple[str, str], ...]]:
    """The picture, and all places with their names."""
    query = (
        sa.select(AgreementPlaceRow.agreement_id, AgreementPlaceRow.place, AgreementPlaceRow.name)
        .join(AgreementRow, AgreementRow.id == AgreementPlaceRow.agreement_id)
        .where(shown(AgreementRow.snapshot_id))
    )
    of: dict[int, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    times: dict[str, int] = defaultdict(int)
    for agreement, place, name in session.execute(query):
        of[agreement].add(place)
        names[place] = name
        times[place] += 1
    usual = sorted(names, key=lambda place: (-times[place], place))
    drawn = circle.network(map(frozenset, of.values()), names)
    return drawn, tuple((place, names[place]) for place in usual)


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


def _sums(session: Session) -> tuple[tuple[Sum, ...], tuple[Sum, ...]]:
    """By stage and by place. Rows of one name, amount and place are one project, at its last stage told."""
    row = ProjectRow
    each = (
        sa.select(
            row.name, row.amount, row.currency, row.area,
            sa.func.max(row.place).label("place"), sa.func.max(row.id).label("last"),
        )
        .where(shown(row.snapshot_id))
        .group_by(row.name, row.amount, row.currency, row.area)
        .subquery()
    )  # fmt: skip
    yuan = sa.func.sum(sa.case((each.c.currency == "元", each.c.amount), else_=0))
    staged = sa.select(row.stage, sa.func.count(), yuan).join(each, each.c.last == row.id).group_by(row.stage)
    found = {stage: (n, amount) for stage, n, amount in session.execute(staged)}
    stages = tuple(
        Sum(key=stage or "none", name=stage, projects=found[stage][0], amount=found[stage][1])
        for stage in STAGES
        if stage in found
    )
    placed = sa.select(each.c.area, sa.func.max(each.c.place), sa.func.count(), yuan)
    by_area = placed.where(each.c.area != "").group_by(each.c.area).order_by(yuan.desc(), each.c.area)
    areas = tuple(
        Sum(key=area, name=name_of(area) or place, projects=n, amount=amount)
        for area, place, n, amount in session.execute(by_area.limit(PLACES))
    )
    return stages, areas


def _names(session: Session, kind: str) -> list[Named]:
    documents = sa.func.count(NamedRow.snapshot_id.distinct())
    query = sa.select(NamedRow.name, documents, sa.func.count()).group_by(NamedRow.name)
    told = session.execute(query.where(NamedRow.kind == kind, shown(NamedRow.snapshot_id)))
    return sorted(
        (Named(name=name, documents=documents, mentions=n) for name, documents, n in told), key=_usual
    )


def _usual(row: Named) -> tuple[int, int, str]:
    return -row.documents, -row.mentions, row.name


def _roles(session: Session, kind: str, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The most usual positions or parts of these names."""
    row, times = NamedRow, sa.func.count()
    query = sa.select(row.name, row.role).where(row.kind == kind, row.name.in_(names), row.role != "")
    made: dict[str, list[str]] = defaultdict(list)
    for name, role in session.execute(query.group_by(row.name, row.role).order_by(times.desc(), row.role)):
        made[name].append(role)
    return {name: tuple(roles[:ROLES]) for name, roles in made.items()}


def _mentions(session: Session, wanted: NameFilter) -> NamesPage:
    row = NamedRow
    where = [row.kind == wanted.kind, row.name == wanted.name, shown(row.snapshot_id)]
    key = key_of(wanted.after, int)
    ahead = [row.id < key[0]] if key else []
    query = sa.select(row).where(*where, *ahead).order_by(row.id.desc()).limit(ROWS + 1)
    found = list(session.scalars(query))
    roles = sa.select(row.role, sa.func.count()).where(*where).group_by(row.role)
    total, _ = counted(session, row.id, where)
    sources = sources_of(session, found[:ROWS])
    return NamesPage(
        filter=wanted,
        rows=(),
        mentions=tuple(Mention(role=r.role, source=s) for r, s in zip(found, sources, strict=False)),
        roles=tuple(
            (role, n) for role, n in session.execute(roles.order_by(sa.func.count().desc()).limit(20))
        ),
        total=total,
        next=cursor(found[ROWS - 1].id) if len(found) > ROWS else None,
    )
