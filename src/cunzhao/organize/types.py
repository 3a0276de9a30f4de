"""What `organize` hands on: search passages and hits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """One fact as the search index wants it."""

    kind: str
    start: int
    end: int
    words: tuple[str, ...]  # everything it says: any of it may be searched
    indicators: tuple[str, ...] = ()  # of a figure: what it is called, as printed and as compared
    regions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # GB/T 2260 codes
    years: tuple[str, ...] = ()  # of its reference period


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexable:
    """One document as the search index wants it."""

    snapshot: str
    title: str
    text: str
    tags: tuple[str, ...]
    date: str  # ISO date or ""
    collections: tuple[str, ...] = ()  # ids
    areas: tuple[str, ...] = ()  # GB/T 2260 codes of what it is about
    source: str = ""
    verdict: str = ""
    facts: tuple[FactEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that holds the query, with the first places in its text (code points)."""

    snapshot: str
    key: str  # what a page that begins behind this hit is asked by
    score: float
    places: tuple[tuple[int, int], ...]  # (start, end) in the document's text; empty: only title or tag


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPlace:
    """A fact that was found: where it stands."""

    snapshot: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsWanted:
    """What a fact shall say. Of `indicators`, and of `regions` with `areas`, any will do; all empty:
    any fact."""

    terms: tuple[tuple[str, ...], ...] = ()  # of each its folded spellings, any of which will do
    indicators: tuple[str, ...] = ()  # folded; a part of the name is enough
    regions: tuple[str, ...] = ()  # folded; a part of the name is enough
    areas: tuple[str, ...] = ()  # codes
    year: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many hits have a value of a facet."""

    value: str
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of the text around one place; `marks` are (start, end) within `text`."""

    text: str
    marks: tuple[tuple[int, int], ...]
    start: int  # place of the match in the document's text
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A snapshot that shall no longer be found (its link went to the trash)."""

    snapshot: str


Pair = tuple[int, int]  # two texts by number, the smaller first


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts are the same, by shingles; both from 0 to 1."""

    same: float  # Jaccard similarity
    held: float  # how much of the shorter stands in the longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One of several texts that are the same in large part."""

    text: str
    date: str  # ISO date or date-time, "" if unknown
    source: str | None  # whom it names as its source (来源)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A proposal, with its reasons."""

    index: int  # of the copy
    reasons: tuple[str, ...]
    source: str | None  # whom most of the copies name


ChangeKind = Literal["added", "left-out", "changed"]


@dataclass(frozen=True, slots=True)
class TextChange:
    """Where a copy departs from the original; (start, end) in each text, empty where one has nothing."""

    kind: ChangeKind
    original: tuple[int, int]
    copy: tuple[int, int]
