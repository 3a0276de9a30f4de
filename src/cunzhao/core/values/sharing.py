"""Values of the pages about shared collections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cunzhao.access.types import Share
from cunzhao.core.values.pages import SnapshotRow
from cunzhao.extract.types import Fact
from cunzhao.read.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    share: Share
    title: str  # of the collection; "" of one that is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesPage:
    shares: tuple[ShareRow, ...]
    collections: tuple[tuple[str, str], ...]  # id and title of those that may be shared


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLink:
    url: str
    best: SnapshotRow | None  # None while no capture has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """A collection as whoever has the address sees it."""

    title: str
    note: str
    ends: datetime  # of the address
    links: tuple[SharedLink, ...]
    total: int
    next: str | None = None  # cursor of the following page


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSnapshot:
    collection: str  # its title
    snapshot: SnapshotRow
    others: tuple[SnapshotRow, ...]  # of the same link
    document: Document | None
    facts: tuple[Fact, ...]
    digest: str | None
