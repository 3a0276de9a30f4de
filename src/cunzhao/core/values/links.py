"""What the page of a link shows, and the page that compares two of its snapshots; see `pages`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cunzhao.core.values.pages import AttachmentRow, LinkRow, SnapshotRow
from cunzhao.organize.types import ChangeKind

#: bytes: the very same page; text: another page that reads the same; changed: its text is another.
Against = Literal["", "bytes", "text", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A snapshot of a link, beside the one before it in time."""

    snapshot: SnapshotRow
    chars: int | None  # of its text; None where none was read
    grown: int | None  # characters more than the one before
    against: Against  # how it differs from the one before; "" where nothing can be said


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    link: LinkRow
    removed: bool  # it is in the trash
    versions: tuple[Version, ...]  # newest first, no more than are told on one page
    total: int  # snapshots of the link
    attachments: tuple[AttachmentRow, ...]  # that the best snapshot names
    attached_to: tuple[SnapshotRow, ...]
    copies: int  # other links whose text is the same in large part
    next: str | None = None  # cursor of the snapshots before these


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDifference:
    """A place where two texts part; offsets are of the two documents' texts."""

    kind: ChangeKind
    before: str  # what the earlier one says; a long passage is shortened
    after: str
    start: int  # in the later one
    end: int
    original_start: int
    original_end: int
    lead: str = ""  # the words in front, and behind, that both have
    tail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPage:
    """Two snapshots of one link, the earlier one first."""

    link: LinkRow
    before: SnapshotRow
    after: SnapshotRow
    chars: tuple[int | None, int | None]
    against: Against
    differences: tuple[TextDifference, ...]
    more: int  # differences beyond those told
    cut: bool  # the texts part in so much that only the first of it was compared
