"""What the pages of reposts show; see `pages`."""

from __future__ import annotations

from dataclasses import dataclass

from cunzhao.core.values.pages import SnapshotRow
from cunzhao.organize.types import ChangeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostChange:
    """Where a copy departs from the proposed original; offsets are of the two documents' texts."""

    kind: ChangeKind
    before: str  # what the original says there; a long passage is shortened
    after: str  # what the copy says
    start: int  # in the copy
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostCopy:
    """One of the texts of a group: a document, or an article of a compilation."""

    snapshot: SnapshotRow
    title: str
    source: str | None
    date: str | None
    start: int  # of the compared text in its document
    end: int
    same: float | None  # similarity to the proposed original, 0 to 1; None: alike only by way of others
    changes: tuple[RepostChange, ...]
    more: int  # changes beyond those told
    original: bool  # the proposed one
    own: bool  # of the snapshot asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostGroup:
    """Texts that are the same, wholly or in large part; the proposed original first, then by date."""

    copies: tuple[RepostCopy, ...]
    reasons: tuple[str, ...]  # for the proposal: "earliest", "attributed", "longest", "only-dated"
    source: str | None  # whom most copies name as their source


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostPage:
    snapshot: SnapshotRow
    groups: tuple[RepostGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostGroupRow:
    original: SnapshotRow  # the proposed one
    title: str
    copies: int
    first: str | None  # ISO dates
    last: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepostsPage:
    groups: tuple[RepostGroupRow, ...]  # the largest first
    total: int
    next: str | None = None  # cursor of the following page
