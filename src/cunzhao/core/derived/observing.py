"""Observations of a snapshot's figures, by the names of indicators that its users want; made anew when these
change.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.derived import filing
from cunzhao.core.queries import rows
from cunzhao.extract.places.codes import codes_of, current
from cunzhao.extract.types import Fact
from cunzhao.ledger.naming import Lexicon, indicator_name, lexicon
from cunzhao.ledger.observations import Places, observations
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, FactRow, IndicatorAliasRow, ObservationRow

VERSION = 2  # one more whenever the same facts give other observations; older ones are then made anew
LARGEST = Decimal(10) ** 30  # the column's scale; no quantity of the world is larger
PLACES = Places(codes=lru_cache(maxsize=4096)(codes_of), current=lru_cache(maxsize=4096)(current))


def words_of(session: Session) -> Lexicon:
    """The names of indicators, with what users said."""
    query = sa.select(IndicatorAliasRow.alias, IndicatorAliasRow.name).order_by(IndicatorAliasRow.alias)
    return _lexicon(tuple((alias, name) for alias, name in session.execute(query)))


@lru_cache(maxsize=8)
def _lexicon(aliases: tuple[tuple[str, str], ...]) -> Lexicon:
    return lexicon().with_aliases(dict(aliases))


def observe(session: Session, snapshot_id: str, facts: Sequence[Fact]) -> None:
    """Store the observations of facts of a document that has none, and file its other facts."""
    made = observations(snapshot_id, facts, places=PLACES, words=words_of(session))
    session.add_all(rows.observation_row(o) for o in made if _fits(o.value) and _fits(o.value_high))
    filing.file(session, snapshot_id, facts)
    document = sa.update(DocumentRow).where(DocumentRow.snapshot_id == snapshot_id)
    session.execute(document.values(observed=VERSION))


def _fits(value: Decimal | None) -> bool:
    return value is None or abs(value) < LARGEST


def observe_again(session: Session, snapshot_id: str) -> None:
    session.execute(sa.delete(ObservationRow).where(ObservationRow.snapshot_id == snapshot_id))
    query = sa.select(FactRow).where(FactRow.snapshot_id == snapshot_id, FactRow.kind.in_(filing.KINDS))
    observe(session, snapshot_id, [rows.fact_of(row) for row in session.scalars(query.order_by(FactRow.id))])


def mend(database: Database) -> None:
    """Observations that an older version made are made anew, a snapshot at a time."""
    old = sa.select(DocumentRow.snapshot_id).where(DocumentRow.observed < VERSION)
    with database.reading() as session:
        left = list(session.scalars(old.order_by(DocumentRow.snapshot_id)))
    for snapshot_id in left:
        with database.writing() as session:
            observe_again(session, snapshot_id)


def rename(session: Session) -> None:
    """Give every observation the name that its label has now."""
    session.flush()
    words, o = words_of(session), ObservationRow
    for indicator, label, region in session.execute(
        sa.select(o.indicator, o.label, o.region).distinct()
    ).all():
        name = indicator_name(label, region, words)
        if name != indicator:
            these = o.indicator == indicator, o.label == label, o.region == region
            of = DocumentRow.snapshot_id.in_(sa.select(o.snapshot_id).where(*these))
            session.execute(sa.update(DocumentRow).where(of).values(indexed=False))
            session.execute(sa.update(o).where(*these).values(indicator=name))
