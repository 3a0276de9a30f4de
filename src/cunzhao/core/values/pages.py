"""One frozen dataclass for each page: what a page shows, and what the API returns as JSON.

A page renders these values and nothing else; the API prints the same value. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cunzhao.collect.types import Missing, Verdict
from cunzhao.core.values.corrections import Review
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.outcomes import ErrorView
from cunzhao.core.values.workbench import CollectionCard, CollectionName, SavedSearch, TagCount
from cunzhao.evaluate.capture import Section
from cunzhao.evaluate.types import CaptureRecord, Finding
from cunzhao.extract.types import Fact
from cunzhao.ledger.types import Observation, Task
from cunzhao.read.types import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """A snapshot in a list."""

    id: str
    link: str
    url: str  # requested
    final_url: str
    title: str  # of the document, else the URL
    source: str | None
    published: str | None
    captured: datetime
    verdict: Verdict
    reason: str
    engine: str
    seconds: float
    bytes: int
    missing: tuple[Missing, ...]
    icon: str | None  # URL of an icon kept with it
    figures: int  # how many figures were read in it
    error: ErrorView | None  # why the page could not be read
    engine_reason: str = ""  # why this engine


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link in the list, shown by its best snapshot (a worse capture never replaces a better one)."""

    id: str
    url: str
    added: datetime
    tags: tuple[str, ...]
    collections: tuple[CollectionName, ...]
    snapshots: int  # how many
    best: SnapshotRow | None  # None while no capture has ended
    attachments: int = 0  # links that came with it
    attached: bool = False  # it came with a page; the user did not give it himself
    note: str = ""
    version: str = ""  # another as soon as tags or note are others: an edit says which one it is of


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    links: tuple[LinkRow, ...]  # newest first
    total: int  # all that match
    next: str | None  # cursor of the following page
    tags: tuple[TagCount, ...]
    tag: str | None  # the filter in force
    jobs: tuple[JobPage, ...]  # not ended, and the last one that did, unless it was dismissed; `FEW` of each
    trash: int  # links in the trash
    attachments: bool = False  # whether what came with a page stands in the list too
    collections: tuple[CollectionName, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    busy: tuple[str, ...] = ()  # addresses of its links that are being saved, or wait for it


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionPage:
    collection: CollectionCard
    links: tuple[LinkRow, ...]  # in the user's order
    next: str | None  # cursor of the following page


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """A link of a collection as its file for spreadsheets tells it."""

    title: str
    url: str
    source: str
    published: str
    captured: datetime | None  # of the snapshot shown for it; None while no capture has ended
    verdict: str
    tags: tuple[str, ...]
    note: str
    snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashPage:
    links: tuple[LinkRow, ...]  # those removed last first
    total: int = 0
    next: str | None = None  # cursor of the following page


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A record of a snapshot, for the list of what was kept."""

    url: str
    role: str
    status: int | None
    mime: str
    length: int
    digest: str
    file: str
    offset: int
    revisit: bool
    record: str = ""  # WARC-Record-ID without <urn:uuid:…>
    same_as: datetime | None = None  # of a revisit: when the record was captured that holds the payload


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """A file that a page names (附件)."""

    name: str  # as the page shows it
    url: str | None  # None where it is only named
    snapshot: SnapshotRow | None  # None where it is not kept
    removed: bool  # it is in the trash


#: Chooses the characters of a document that a page shows, by where the facts of each kind begin.
Within = Callable[[Document, Mapping[str, Sequence[int]]], tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPage:
    snapshot: SnapshotRow
    link: LinkRow
    others: tuple[SnapshotRow, ...]  # of the same link, newest first, this one included
    document: Document | None  # None: nothing was read, see `snapshot.error`
    facts: tuple[Fact, ...]
    tasks: tuple[Task, ...]
    kept: tuple[KeptRow, ...]
    digest: str | None  # of the page's payload
    attachments: tuple[AttachmentRow, ...] = ()
    attached_to: tuple[SnapshotRow, ...] = ()  # pages that name this file as theirs
    copies: int = 0  # other links whose text is the same in large part
    review: Review = Review()  # what users said of its facts

    def without_runs(self) -> SnapshotPage:
        """The page without the place of every character, which is most of a long document."""
        return replace(self, document=replace(self.document, runs=())) if self.document else self


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecordPage:
    """取证记录: the values, and the same in Chinese sections as the page and the Word file show them."""

    snapshot: SnapshotRow
    record: CaptureRecord
    summary: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedObservation:
    observation: Observation
    title: str  # of the document
    date: str | None
    origin: str | None  # its source (来源)
    url: str  # where the page was captured
    before: str = ""  # the text in front of the quote and behind it, where the page shows it in context
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    snapshot: str
    title: str
    date: str | None
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPage:
    plans: tuple[PlanRow, ...]
    plan: PlanRow | None  # the one shown
    tasks: tuple[Task, ...]
    next: str | None = None  # cursor of the following plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """The values of a finding as they stand under each other: one unit, the same decimals."""

    a: str
    b: str
    unit: str
    difference: str  # at least, as both are printed
    ratio: str  # of levels that differ twofold or more; else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedFinding:
    finding: Finding
    a: SourcedObservation
    b: SourcedObservation
    against: Against


@dataclass(frozen=True, slots=True, kw_only=True)
class ContradictionsPage:
    findings: tuple[SourcedFinding, ...]
    compared: int  # observations that had something to be compared with
    total: int = 0  # findings there are; the gravest some thousands can be turned to
    next: str | None = None  # cursor of the following page
    severity: str = ""  # the one chosen
    severities: tuple[tuple[str, int], ...] = ()  # how many findings there are of each


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefChoices:
    """What a brief can be made of."""

    links: tuple[LinkRow, ...]
    chosen: tuple[str, ...]  # snapshot ids
