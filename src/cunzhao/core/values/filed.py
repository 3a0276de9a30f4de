"""Pages of agreements, projects, people and bodies: each row with its quote and its document."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NameKind = Literal["person", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The place a row was read from, and what its document is called."""

    snapshot: str
    start: int
    end: int
    quote: str
    title: str
    origin: str | None
    date: str | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    parties: tuple[str, ...]
    form: str
    about: str
    date: str  # ISO as far as given
    nature: str  # target: it is sought
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFilter:
    place: str = ""  # code or name of a division, as the network gives it
    other: str = ""  # a second one
    q: str = ""  # part of a party, form or matter
    kind: str = ""  # its form (形式), as it is
    nature: str = ""
    since: str = ""  # ISO as far as given: from this year, month or day on
    until: str = ""  # up to the end of this one
    after: str = ""  # cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    place: str
    name: str
    agreements: int
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    a: Node
    b: Node
    agreements: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Places with agreements between each other; x, y, r, width and height in pixels."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]  # with most agreements first
    places: int  # all there are; those with most agreements are drawn
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementsPage:
    rows: tuple[Agreement, ...]  # newest first
    filter: AgreementFilter
    total: int
    capped: bool
    next: str | None  # cursor of the following page
    network: Network  # of all that match but for the places chosen
    names: tuple[tuple[str, str], ...]  # of places: key and name, those with most agreements first
    kinds: tuple[str, ...] = ()  # forms to choose from, the most usual first
    years: tuple[str, ...] = ()  # the latest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    name: str
    place: str
    parties: tuple[str, ...]
    amount: Decimal  # in `currency`; 0: not said
    currency: str
    stage: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    stage: str = ""
    area: str = ""  # code or name of a division
    q: str = ""  # part of the name
    after: str = ""  # cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Projects of one stage or place; each counts once, however many documents tell of it."""

    key: str
    name: str
    projects: int
    amount: Decimal  # of those in 元
    unknown: int = 0  # whose amount is not said
    foreign: int = 0  # whose amount is in another currency


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectsPage:
    rows: tuple[Project, ...]  # the largest amount first
    filter: ProjectFilter
    total: int
    capped: bool
    next: str | None  # cursor of the following page
    stages: tuple[Sum, ...]  # of all that match but for the stage chosen
    areas: tuple[Sum, ...]  # with most money first; of all that match but for the place chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    name: str
    documents: int
    mentions: int
    roles: tuple[str, ...] = ()  # the most usual ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    role: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFilter:
    kind: NameKind = "person"
    q: str = ""  # part of the name
    name: str = ""  # whose mentions are shown
    role: str = ""  # only mentions with this position or part
    after: str = ""  # cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position of a person, or a part that a body has (签约, 项目, 牵头, 责任)."""

    role: str  # "" where none is said
    mentions: int
    first: str  # days on which documents that say so were published, ISO; "" where none is known
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Of a person the bodies, of a body the people, that a position joins."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPage:
    """Names, those in most documents first; or the places where one of them is named."""

    filter: NameFilter
    rows: tuple[Named, ...]
    mentions: tuple[Mention, ...]  # the latest document first
    total: int
    next: str | None  # cursor of the following page
    positions: tuple[Position, ...] = ()  # of the name shown, the latest first
    related: tuple[Related, ...] = ()
