"""The page of indicators: what they are called in the archive, and what users say they shall be called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAlias:
    """A user's entry: figures called `alias` are figures of the indicator `name`."""

    alias: str  # as typed
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """An indicator of the archive's figures."""

    name: str
    figures: int
    labels: tuple[str, ...]  # what documents call it, the most usual first; a few
    more: int  # further labels
    known: bool  # whether the bundled table of names knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorFilter:
    q: str = ""  # stands in the name, in a label, or in another name of it
    after: str = ""  # cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlias:
    """A name to be added; `name` may be an indicator of the archive or a new one."""

    alias: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsPage:
    rows: tuple[IndicatorRow, ...]  # with the most figures first
    total: int  # that match
    filter: IndicatorFilter
    next: str | None  # cursor of the following page
    aliases: tuple[IndicatorAlias, ...]  # of users, newest first
    names: tuple[str, ...]  # all there are to choose from, and those of the bundled table
