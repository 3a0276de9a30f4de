"""People and bodies: the list of them, and where one is named. Paged by key. Read only."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.data.sources import ROWS, counted, shown, sources_of
from cunzhao.core.queries.cursors import before, cursor, key_of
from cunzhao.core.values.filed import Mention, Named, NameFilter, NamesPage, Position, Related
from cunzhao.storage.filed import NamedRow
from cunzhao.storage.models import DocumentRow

ROLES = 3  # shown of a name in the list
POSITIONS = 60  # shown of one name
RELATED = 60
LOOKED_AT = 200  # positions that begin with a body's name
AT_ONCE = 500  # names in one statement; SQLite bounds the parameters
LONGEST = 40  # characters of a body's name at the beginning of a position

Where = list[sa.ColumnElement[bool]]
RolesOf = Callable[[tuple[str, ...]], Mapping[str, tuple[str, ...]]]


def every(session: Session, kind: str) -> list[Named]:
    """All names, those in most documents first."""
    documents = sa.func.count(NamedRow.snapshot_id.distinct())
    query = sa.select(NamedRow.name, documents, sa.func.count()).group_by(NamedRow.name)
    told = session.execute(query.where(NamedRow.kind == kind, shown(NamedRow.snapshot_id)))
    return sorted(
        (Named(name=name, documents=documents, mentions=n) for name, documents, n in told), key=_usual
    )


def listed(names: Sequence[Named], wanted: NameFilter, roles_of: RolesOf) -> NamesPage:
    """A page of those in which the word stands."""
    part = wanted.q.casefold()
    found = [row for row in names if part in row.name.casefold()] if part else names
    key = key_of(wanted.after, int, int, str)
    left = found[bisect_right(found, key, key=_usual) :] if key else found
    rows = left[:ROWS]
    roles = roles_of(tuple(row.name for row in rows))
    return NamesPage(
        filter=wanted,
        rows=tuple(replace(row, roles=roles.get(row.name, ())) for row in rows),
        mentions=(),
        total=len(found),
        next=cursor(*_usual(rows[-1])) if len(left) > ROWS else None,
    )


def mentions(session: Session, wanted: NameFilter) -> NamesPage:
    """Where one is named, its positions in time, and who or what these join it with."""
    row, day = NamedRow, sa.func.coalesce(DocumentRow.published, "")
    where: Where = [row.kind == wanted.kind, row.name == wanted.name, shown(row.snapshot_id)]
    positions = _positions(session, where)
    if wanted.role:
        where.append(row.role == wanted.role)
    key = key_of(wanted.after, str, int)
    query = sa.select(row, day).join(DocumentRow, DocumentRow.snapshot_id == row.snapshot_id).where(*where)
    if key:
        query = query.where(before((day, row.id), key))
    told = session.execute(query.order_by(day.desc(), row.id.desc()).limit(ROWS + 1)).all()
    found = [one for one, _ in told]
    sources = sources_of(session, found[:ROWS])
    return NamesPage(
        filter=wanted,
        rows=(),
        mentions=tuple(Mention(role=r.role, source=s) for r, s in zip(found, sources, strict=False)),
        positions=positions,
        related=_related(session, wanted, [one.role for one in positions]),
        total=counted(session, row.id, where)[0],
        next=cursor(told[ROWS - 1][1], found[ROWS - 1].id) if len(found) > ROWS else None,
    )


def _usual(row: Named) -> tuple[int, int, str]:
    return -row.documents, -row.mentions, row.name


def roles_of(session: Session, kind: str, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The most usual positions or parts of these names."""
    row, times = NamedRow, sa.func.count()
    query = sa.select(row.name, row.role).where(row.kind == kind, row.name.in_(names), row.role != "")
    made: dict[str, list[str]] = defaultdict(list)
    for name, role in session.execute(query.group_by(row.name, row.role).order_by(times.desc(), row.role)):
        made[name].append(role)
    return {name: tuple(roles[:ROLES]) for name, roles in made.items()}


def _positions(session: Session, where: Where) -> tuple[Position, ...]:
    row, day = NamedRow, sa.func.nullif(DocumentRow.published, "")
    last: Any = sa.func.coalesce(sa.func.max(day), "")
    query = (
        sa.select(row.role, sa.func.count(), sa.func.coalesce(sa.func.min(day), ""), last)
        .join(DocumentRow, DocumentRow.snapshot_id == row.snapshot_id)
        .where(*where)
        .group_by(row.role)
        .order_by(last.desc(), row.role)
        .limit(POSITIONS)
    )
    return tuple(
        Position(role=role, mentions=n, first=first, last=until)
        for role, n, first, until in session.execute(query)
    )


def _related(session: Session, wanted: NameFilter, roles: Sequence[str]) -> tuple[Related, ...]:
    """A position begins with the name of its body (绍兴市发展和改革委员会主任)."""
    row = NamedRow
    if wanted.kind == "body":
        held = row.role.startswith(wanted.name, autoescape=True)
        query = sa.select(row.name, row.role).where(row.kind == "person", held, shown(row.snapshot_id))
        query = query.distinct().order_by(row.role, row.name).limit(LOOKED_AT)
        found = [(name, role) for name, role in session.execute(query)]
        body = _bodies(session, [role for _, role in found])
        own = (Related(name=name, role=role) for name, role in found if body[role] == wanted.name)
        return tuple(islice(own, RELATED))
    return tuple(Related(name=name, role=role) for role, name in _bodies(session, roles).items() if name)


def _bodies(session: Session, roles: Sequence[str]) -> dict[str, str]:
    """The body of each position: the longest that it begins with (绍兴市人民政府办公室主任: the office)."""
    row = NamedRow
    heads = sorted({role[:end] for role in roles for end in range(2, min(len(role), LONGEST) + 1)})
    names: set[str] = set()
    for n in range(0, len(heads), AT_ONCE):
        some = row.name.in_(heads[n : n + AT_ONCE])
        query = sa.select(row.name).where(row.kind == "body", some, shown(row.snapshot_id))
        names.update(session.scalars(query.distinct()))
    return {role: max((n for n in names if role.startswith(n)), key=len, default="") for role in roles}
