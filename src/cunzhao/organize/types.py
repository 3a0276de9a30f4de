"""What `organize` hands on: search passages and hits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexable:
    """One document as the search index wants it."""

    snapshot: str
    title: str
    text: str
    tags: tuple[str, ...]
    date: str  # ISO date or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that holds the query, with the first places in its text (code points)."""

    snapshot: str
    score: float
    places: tuple[tuple[int, int], ...]  # (start, end) in the document's text; empty: only title or tag


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
