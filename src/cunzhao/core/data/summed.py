"""Projects summed by stage and by place. Read only.

Rows of one name, amount and place are one project, at its last stage told. Those that say no amount are of
the project of that name and place of which an amount is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.values.filed import Sum
from cunzhao.extract.places.codes import name_of
from cunzhao.storage.filed import ProjectRow

STAGES = ("planned", "negotiating", "signed", "building", "done", "")
PLACES = 200  # to choose from

Where = Sequence[sa.ColumnElement[bool]]


def by_stage(session: Session, where: Where) -> tuple[Sum, ...]:
    each = _each(where)
    row = ProjectRow
    query = sa.select(row.stage, *_sums(each)).join(each, each.c.last == row.id).group_by(row.stage)
    found = {stage: sums for stage, *sums in session.execute(query)}
    return tuple(_sum(stage or "none", stage, found[stage]) for stage in STAGES if stage in found)


def by_area(session: Session, where: Where) -> tuple[Sum, ...]:
    """Those with most money first."""
    each = _each(where)
    sums = _sums(each)
    query = sa.select(each.c.area, sa.func.max(each.c.place), *sums).where(each.c.area != "")
    query = query.group_by(each.c.area).order_by(sums[1].desc(), sums[0].desc(), each.c.area).limit(PLACES)
    return tuple(_sum(area, name_of(area) or place, told) for area, place, *told in session.execute(query))


def _each(where: Where) -> sa.Subquery:
    row = ProjectRow
    columns = (row.name, row.amount, row.currency, row.area)
    query = sa.select(*columns, sa.func.max(row.place).label("place"), sa.func.max(row.id).label("last"))
    told = query.where(*where).group_by(*columns).subquery()

    def of_all(what: sa.FunctionElement[Any]) -> sa.ColumnElement[Any]:
        return sa.over(what, partition_by=(told.c.name, told.c.area))

    amounts = of_all(sa.func.sum(sa.case((told.c.amount > 0, 1), else_=0))).label("amounts")
    beside = sa.select(told, amounts, of_all(sa.func.max(told.c.last)).label("last_of_all")).subquery()
    last = sa.case((beside.c.amounts == 1, beside.c.last_of_all), else_=beside.c.last).label("last")
    each = sa.select(beside.c.name, beside.c.amount, beside.c.currency, beside.c.area, beside.c.place, last)
    alone = sa.or_(beside.c.amount > 0, beside.c.amounts == 0, beside.c.name == "")
    return each.where(alone).subquery()


def _sums(each: sa.Subquery) -> tuple[Any, Any, Any, Any]:
    """How many, their 元, how many of no stated amount, how many of another currency."""

    def of(condition: Any, value: Any = 1) -> Any:
        return sa.func.sum(sa.case((condition, value), else_=0))

    yuan = each.c.currency == "元"
    unknown = each.c.amount == 0
    return sa.func.count(), of(yuan, each.c.amount), of(unknown), of(sa.not_(sa.or_(yuan, unknown)))


def _sum(key: str, name: str, told: Sequence[Any]) -> Sum:
    projects, amount, unknown, foreign = told
    return Sum(
        key=key, name=name, projects=projects, amount=amount, unknown=int(unknown), foreign=int(foreign)
    )
