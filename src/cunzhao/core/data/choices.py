"""The names that figures bear, to choose from and to find what was typed among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from cunzhao.core.corrections import typed
from cunzhao.core.corrections.typed import Wrong
from cunzhao.core.data.usual import Ranks, ranks
from cunzhao.core.values.figures import Choice
from cunzhao.ledger.naming import folded
from cunzhao.ledger.types import days_of
from cunzhao.storage.models import DocumentRow, ObservationRow

MOST = 400  # names that one word may mean


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    folded: str  # ledger.naming.folded
    figures: int  # of a source: documents


Names = tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All there are, the most usual first; of periods the latest."""

    indicators: Names
    regions: Names
    sources: Names
    areas: Mapping[str, frozenset[str]]  # of each region's name what its figures are ordered by
    periods: tuple[str, ...]
    usual: Mapping[str, Ranks]  # of the figures of a nature ("": all) their indicators, the most usual first

    def indicators_holding(self, part: str, most: int) -> tuple[list[Choice], int]:
        """The most usual ones, and how many more there are."""
        looked_for = folded(part)
        found = [n for n in self.indicators if looked_for in n.folded] if looked_for else self.indicators
        return [Choice(name=n.name, figures=n.figures) for n in found[:most]], len(found[most:])

    def indicators_like(self, word: str) -> list[str]:
        return _like(word, self.indicators)

    def sources_like(self, word: str) -> tuple[list[str], int]:
        """Sources, and how many documents are of them."""
        said = _like(word, self.sources)
        chosen = set(said)
        return said, sum(n.figures for n in self.sources if n.name in chosen)

    def areas_like(self, word: str) -> list[str]:
        """What they are ordered by: 上虞市 and 上虞区 are one."""
        return sorted({area for name in _like(word, self.regions) for area in self.areas[name]})

    def days_of(self, period: str) -> str:
        """What a period is ordered by; it may be said in words."""
        code = typed.period(period)
        code = period if isinstance(code, Wrong) else code
        return str(days_of(code) or code)


def _like(word: str, names: Names) -> list[str]:
    """The name itself, where there is such a one, else those that hold the word."""
    looked_for = folded(word)
    found = [n for n in names if looked_for in n.folded]
    exact = [n.name for n in found if n.folded == looked_for]
    return exact or [n.name for n in found[:MOST]]


def known(session: Session) -> Known:
    o = ObservationRow
    areas: dict[str, set[str]] = defaultdict(set)
    regions: Counter[str] = Counter()
    told = sa.select(o.at_area, o.region, sa.func.count()).where(o.region != "")
    for area, name, count in session.execute(told.group_by(o.at_area, o.region)):
        areas[name].add(area)
        regions[name] += count
    by_nature = _by_nature(session)
    return Known(
        indicators=tuple(Name(name, folded(name), n) for name, n in by_nature[""] if name),
        regions=_names(regions),
        sources=_names(_counted(session, DocumentRow.source)),
        areas={name: frozenset(found) for name, found in areas.items()},
        periods=tuple(sorted(_counted(session, o.period), key=_last, reverse=True)),
        usual=by_nature,
    )


def _by_nature(session: Session) -> dict[str, Ranks]:
    o = ObservationRow
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    query = sa.select(o.nature, o.indicator, sa.func.count()).group_by(o.nature, o.indicator)
    for nature, name, count in session.execute(query):
        figures[nature][name] += count
        figures[""][name] += count
    return {nature: ranks(told) for nature, told in figures.items()} or {"": ()}


def _counted(session: Session, column: InstrumentedAttribute[str]) -> Counter[str]:
    query = sa.select(column, sa.func.count()).where(column != "").group_by(column)
    return Counter({name: count for name, count in session.execute(query)})


def _names(counts: Counter[str]) -> Names:
    return tuple(Name(name, folded(name), figures) for name, figures in counts.most_common())


def _last(period: str) -> tuple[str, str]:
    days = days_of(period)
    return (str(days.last), str(days.first or "")) if days else ("", period)
