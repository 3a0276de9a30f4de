"""Pages of figures: found by what is chosen, in the order in which one looks for them. Read only.

A page begins behind the last figure of the one before (its key, not its number), and no more than `COUNTED`
figures are counted: both take the same time among a million.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.data import series, usual
from cunzhao.core.data.choices import Known, known
from cunzhao.core.queries import counted, rows
from cunzhao.core.queries.remembered import Remembering
from cunzhao.core.values.figures import By, Chart, FigureChoices, FigureFilter, FiguresPage
from cunzhao.core.values.pages import SourcedObservation
from cunzhao.core.values.workbench import CollectionName
from cunzhao.language import language
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, Link, ObservationRow
from cunzhao.storage.organized import CollectedRow, CollectionRow

FIGURES = 100  # on one page
COUNTED = 2_000
BATCH = 2_000  # of a download
FEW = 400  # snapshots that are looked through one by one
DRAWN = 4_000  # figures that a chart chooses from
LISTED = 200  # names to choose from
CHIPS = 14  # indicators offered as links

O = ObservationRow  # noqa: E741  it stands in every line
ORDER: tuple[Any, ...] = (
    O.indicator, O.at_area, O.at_days, O.measure, O.unit, O.snapshot_id, O.start, O.id,
)  # fmt: skip


class Figures(Remembering):
    """The part of `Core` that shows observations."""

    _database: Database

    @cached_property
    def _orders(self) -> usual.Orders:
        return usual.Orders()

    def figures(self, wanted: FigureFilter) -> FiguresPage:
        with self._database.reading() as session:
            names = self._remembered.get(session, "choices", known, kept=True)
            where = conditions(session, wanted, names)
            each, now = self._order(session, wanted, names)
            called, order = self._orders.begun(wanted.after, replace(wanted, after=""), now)
            found = usual.page(session, order, each.of, wanted.after, FIGURES + 1)
            total = session.scalar(sa.select(sa.func.count()).select_from(_first(where).subquery())) or 0
            return FiguresPage(
                rows=counted.sourced(session, [rows.observation_of(row) for row in found[:FIGURES]]),
                filter=wanted,
                total=min(total, COUNTED),
                capped=total > COUNTED,
                next=usual.behind_row(order, found[FIGURES - 1], called) if len(found) > FIGURES else None,
                choices=_choices(session, wanted, names),
                indicator=_one(names.indicators_like(wanted.indicator)) if wanted.indicator else "",
            )

    def all_figures(self, wanted: FigureFilter) -> Iterator[tuple[SourcedObservation, ...]]:
        """Every figure that matches, some at a time."""
        after, order = "", usual.NONE
        while True:
            with self._database.reading() as session:
                names = self._remembered.get(session, "choices", known, kept=True)
                each, now = self._order(session, wanted, names)
                order = order or now  # the same for the whole of it
                found = usual.page(session, order, each.of, after, BATCH)
                yield counted.sourced(session, [rows.observation_of(row) for row in found])
            if len(found) < BATCH:
                return
            after = usual.behind_row(order, found[-1])

    def _order(self, session: Session, wanted: FigureFilter, names: Known) -> tuple[_Where, usual.Ranks]:
        """What is wanted beside the indicator, and the indicators, those with most figures of it first."""
        beside = replace(wanted, after="", indicator="")
        where = _where(session, beside, names)
        like = names.indicators_like(wanted.indicator) if wanted.indicator else []
        if wanted.indicator and len(like) < 2:
            return where, [(_one(like) or wanted.indicator, usual.AT_ONCE)]
        order = names.usual.get(wanted.nature, usual.NONE)
        if where.few or wanted.region or wanted.period:  # so few that they can be counted
            order = self._remembered.get(
                session, ("usual", beside), lambda s: usual.ranks(_figures_of(s, where))
            )
        held = set(like)
        return where, [told for told in order if told[0] in held] if held else order

    def chart(self, wanted: FigureFilter, by: By | None = None) -> Chart | None:
        """What can be drawn of one indicator; None where none was chosen, or nothing can be compared."""
        with self._database.reading() as session:
            names = self._remembered.get(session, "choices", known, kept=True)
            indicator = _one(names.indicators_like(wanted.indicator)) if wanted.indicator else ""
            if not indicator:
                return None
            by = by or ("area" if wanted.period else "time")
            chosen = replace(wanted, after="")
            return self._remembered.get(
                session, ("chart", chosen, by, language()), lambda s: _chart(s, chosen, names, indicator, by)
            )


def _chart(session: Session, wanted: FigureFilter, names: Known, indicator: str, by: By) -> Chart | None:
    where = conditions(session, wanted, names)
    query = sa.select(*O.__table__.columns).where(*where).order_by(*ORDER).limit(DRAWN)
    found = [rows.observation_of(row) for row in session.execute(query)]  # type: ignore[arg-type]
    drawn = series.over_time(found) if by == "time" else series.over_areas(found)
    sources = counted.sourced(session, [mark.observation for mark in drawn.marks])
    return series.chart(indicator, by, drawn, sources, len(found)) if drawn.marks else None


def _one(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ""


def _first(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    return sa.select(O.id).where(*where).limit(COUNTED + 1)


def _figures_of(session: Session, where: _Where) -> dict[str, int]:
    """How many figures of each indicator are where the filter looks, those of older snapshots too."""
    query = sa.select(O.indicator, sa.func.count()).where(*where.terms).group_by(O.indicator)
    return {name: figures for name, figures in session.execute(query)}


# --- what is chosen -----------------------------------------------------------------------------------


@dataclass
class _Where:
    """Conditions, the first of which finds the rows by an index and the others only look at them."""

    terms: list[sa.ColumnElement[bool]]  # of the figure itself
    looked_at: list[sa.ColumnElement[bool]]  # of its snapshot
    few: bool  # snapshots, so that they find the rows
    driven: bool

    def hold(self, column: Any, values: Sequence[str], *, leads: bool = True) -> None:
        seen = column if leads and not self.driven else column.concat("")
        self.terms.append(seen == values[0] if len(values) == 1 else seen.in_(values))
        self.driven = self.driven or leads

    def of(self, indicators: Sequence[str]) -> list[sa.ColumnElement[bool]]:
        """Those of these indicators."""
        held = O.indicator.concat("") if self.few else O.indicator
        one = held == indicators[0] if len(indicators) == 1 else held.in_(indicators)
        return [one, *self.terms, *self.looked_at]


def conditions(session: Session, wanted: FigureFilter, names: Known) -> list[sa.ColumnElement[bool]]:
    """Figures of the snapshots shown, as the filter says."""
    where = _where(session, wanted, names)
    return [*where.terms, *where.looked_at]


def _where(session: Session, wanted: FigureFilter, names: Known) -> _Where:
    few, looked_at = _snapshots(session, wanted, names)
    shown: list[sa.ColumnElement[bool]] = [] if few is None else [O.snapshot_id.in_(few)]
    where = _Where(shown, looked_at, few=few is not None, driven=few is not None)
    if wanted.indicator:
        where.hold(O.indicator, names.indicators_like(wanted.indicator) or [wanted.indicator])
    if wanted.region:
        where.hold(O.at_area, names.areas_like(wanted.region) or [wanted.region])
    if wanted.period:
        where.hold(O.at_days, [names.days_of(wanted.period)])
    if wanted.nature:
        where.hold(O.nature, [wanted.nature])
    if wanted.measure:
        where.hold(O.measure, [wanted.measure], leads=False)
    return where


def _snapshots(
    session: Session, wanted: FigureFilter, names: Known
) -> tuple[list[str] | None, list[sa.ColumnElement[bool]]]:
    """The snapshots that the filter leaves where they are few, and what is to be looked at in each row."""
    terms: list[sa.ColumnElement[bool]] = [Link.removed.is_(None)]
    if wanted.snapshot:
        terms.append(Link.best_id == wanted.snapshot)
    if wanted.collection:
        held = sa.select(CollectedRow.link_id).where(CollectedRow.collection_id == wanted.collection)
        terms.append(Link.id.in_(held))
    often: list[sa.ColumnElement[bool]] = []
    if wanted.source:
        said, documents = names.sources_like(wanted.source)
        of = DocumentRow.source.in_(said or [wanted.source])
        if documents > FEW:
            often.append(sa.exists().where(DocumentRow.snapshot_id == O.snapshot_id, of))
        else:
            terms.append(Link.best_id.in_(sa.select(DocumentRow.snapshot_id).where(of)))
    if len(terms) > 1:
        found = session.scalars(sa.select(Link.best_id).where(*terms).limit(FEW + 1)).all()
        if len(found) <= FEW:
            return [best for best in found if best], often
    return None, [sa.exists().where(Link.best_id == O.snapshot_id, *terms), *often]


def _choices(session: Session, wanted: FigureFilter, names: Known) -> FigureChoices:
    like, more = names.indicators_holding(wanted.indicator, CHIPS)
    query = sa.select(CollectionRow).where(CollectionRow.removed.is_(None)).order_by(CollectionRow.title)
    return FigureChoices(
        indicators=tuple(like),
        more=more,
        regions=tuple(n.name for n in names.regions[:LISTED]),
        periods=names.periods[:LISTED],
        sources=tuple(n.name for n in names.sources[:LISTED]),
        collections=tuple(
            CollectionName(id=row.id, title=row.title) for row in session.scalars(query.limit(LISTED))
        ),
    )
