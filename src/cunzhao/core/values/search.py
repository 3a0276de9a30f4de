"""The pages of search: what is asked for, what is found, and what the finds can be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cunzhao.core.values.pages import SnapshotRow
from cunzhao.extract.types import Fact
from cunzhao.ledger.types import Observation
from cunzhao.organize.types import Snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWanted:
    """A query with its filters, as an address has them: text that is still to be checked.

    `narrow`: tag, collection (id or title), area (name or GB/T 2260 code), source, kind, verdict, has (a kind
    of fact), from, to (a day, month or year); each with its values.
    """

    q: str = ""
    narrow: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""  # relevance (the usual), date, date-asc, title
    cursor: str = ""  # `next` of the page before


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    snapshot: SnapshotRow
    tags: tuple[str, ...]
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    value: str  # as the filter takes it
    name: str  # for reading
    hits: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """What hits can be narrowed by, with how many would be left; `year` narrows by `from` and `to`."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleHit:
    """A document whose title, or the initials of it, hold what was typed."""

    snapshot: str
    title: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactHit:
    """A fact with its document. `observation`: of a figure, as it is compared."""

    fact: Fact
    observation: Observation | None
    snapshot: str
    title: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    wanted: SearchWanted
    also: tuple[str, ...]  # other spellings that were looked for: abbreviations in full, and the like
    hits: tuple[SearchHit, ...]
    total: int
    before: int  # hits on the pages before, as far as none came or went
    next: str | None  # cursor of the following page
    facets: tuple[Facet, ...]
    titles: tuple[TitleHit, ...]  # where letters were typed: titles with these initials
    facts: tuple[FactHit, ...]  # the first few that say all of it
    facts_total: int
    seconds: float
    waiting: int  # documents not yet in the index
    terms: tuple[str, ...] = ()  # what was understood: each of them must occur

    @property
    def query(self) -> str:
        return self.wanted.q


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAsked:
    """What a fact shall say, as an address has it; empty strings ask for nothing."""

    q: str = ""  # words, all of which it says
    indicator: str = ""  # any name of it
    area: str = ""  # name or GB/T 2260 code
    year: str = ""  # of its reference period
    kind: str = ""  # of fact
    cursor: str = ""  # `next` of the page before


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsPage:
    asked: FactsAsked
    also: tuple[str, ...]  # other names of the indicator that were looked for
    hits: tuple[FactHit, ...]
    total: int
    before: int
    next: str | None  # cursor of the following page
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAlias:
    """A user's entry: who searches `name` finds `meaning` too, and the other way round."""

    name: str
    meaning: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAliasesPage:
    own: tuple[SearchAlias, ...]  # the newest first
    bundled: tuple[tuple[str, ...], ...]  # groups that mean the same
