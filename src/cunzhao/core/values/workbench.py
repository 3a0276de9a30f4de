"""How users keep order, as told and asked for: tags, collections, saved searches, many links at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BulkAction = Literal["tag", "untag", "collect", "uncollect", "trash", "restore", "recapture"]
BULK_ACTIONS: tuple[BulkAction, ...] = (
    "tag", "untag", "collect", "uncollect", "trash", "restore", "recapture",
)  # fmt: skip
BULK_LINKS = 1000  # in one act

#: What becomes of a link that is kept already: the user is asked; a new snapshot of the link there is; a link
#: of its own (where only the spelling differs).
IfKnown = Literal["ask", "snapshot", "separate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag in use, or one above such a tag: 领域 of 领域/交通."""

    name: str
    links: int  # with this very tag
    all: int = 0  # with this tag or one below it


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionName:
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLink:
    """A link that is kept already."""

    id: str
    url: str
    title: str
    same: bool  # by the very same address: it cannot be kept as a link of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class TagChange:
    """A tag that was renamed with all below it, or merged into another."""

    id: str
    old: str
    new: str
    links: int
    merged: bool  # some of the links had the new tag already
    at: datetime
    undone: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsPage:
    tags: tuple[TagCount, ...]  # by name, so that those below a tag follow it
    changes: tuple[TagChange, ...]  # the last ones first


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A tag that the document itself suggests."""

    tag: str
    reason: Literal["area", "field", "document-kind", "source"]
    words: str  # of the document, that say so


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionCard:
    id: str
    title: str
    note: str
    made: datetime
    removed: datetime | None
    links: int  # not those in the trash
    version: str  # another as soon as title, note or the order of links are others


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionsPage:
    collections: tuple[CollectionCard, ...]  # by title
    removed: tuple[CollectionCard, ...]  # those taken away, the last one first


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    id: str
    name: str
    query: str  # as in the address of the search page: q=…&tag=…
    made: datetime
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAct:
    """One thing to be done to many links.

    `tags` are for tag and untag; `collection` (an id) is for collect and uncollect. What came with a link as
    its attachment goes along, unless `alone`. `places`, one for each link, say where in the collection it
    stood before it was taken out.
    """

    action: BulkAction
    links: tuple[str, ...]
    tags: tuple[str, ...] = ()
    collection: str = ""
    places: tuple[int, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkDone:
    action: BulkAction
    changed: tuple[str, ...]  # links; those that were so already are not among them
    missing: tuple[str, ...]  # there are no such links (any more)
    undo: tuple[BulkAct, ...]  # what takes it back, in this order
    job: str | None = None  # of new snapshots


# --- what is asked for --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRename:
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEdit:
    note: str
    version: str | None = None  # of the link that was edited; without, whatever it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCollection:
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionEdit:
    """What is None stays."""

    title: str | None = None
    note: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Links of a collection in the order wanted: they change places with each other, others stay."""

    links: tuple[str, ...]
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSearch:
    name: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEdit:
    """What is None stays."""

    name: str | None = None
    query: str | None = None
    version: str | None = None
