"""The tables of what users make to keep order: collections, saved searches, tags that were renamed.

All of it but what only waits to be taken back is journalled (`archive.journal`), never derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from cunzhao.storage.models import Base, UtcTime


class CollectionRow(Base):
    """专题: a thing of its own; of those that are not removed no two have the same title."""

    __tablename__ = "collection"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # core.ids.named_id of its first title
    title: Mapped[str] = mapped_column(String(200), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime] = mapped_column(UtcTime)
    removed: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    turn: Mapped[int] = mapped_column(default=0, server_default="0")  # another whenever its links are others


class CollectedRow(Base):
    """A link in a collection. Places order them; they may have gaps."""

    __tablename__ = "collected"
    collection_id: Mapped[str] = mapped_column(
        ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True
    )
    link_id: Mapped[str] = mapped_column(
        ForeignKey("link.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    place: Mapped[int] = mapped_column(Integer)

    __table_args__ = (Index("collected_in_order", "collection_id", "place", "link_id"),)


class SavedSearchRow(Base):
    """A query with its filters under a name."""

    __tablename__ = "saved_search"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # core.ids.named_id of its first name
    name: Mapped[str] = mapped_column(String(200), index=True)
    query: Mapped[str] = mapped_column(Text)  # as in the address of the search page: q=…&tag=…
    made: Mapped[datetime] = mapped_column(UtcTime)


class TagChangeRow(Base):
    """A tag that was renamed, or merged into another, with all below it: enough to undo it."""

    __tablename__ = "tag_change"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # sortable by time
    old: Mapped[str] = mapped_column(String(200))
    new: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcTime)
    undone: Mapped[datetime | None] = mapped_column(UtcTime, default=None)
    moved: Mapped[Sequence[Any]] = mapped_column(JSON)  # [link, tag before, tag after, had both before]


class UndoRow(Base):
    """What takes back an act on more links than a page carries: only the last ones, and never journalled."""

    __tablename__ = "undo"
    word: Mapped[str] = mapped_column(String(32), primary_key=True)  # known to whoever acted
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    acts: Mapped[Sequence[Any]] = mapped_column(JSON)  # core.values.workbench.BulkAct


class SearchAliasRow(Base):
    """Two names that mean the same in a search, by their folds."""

    __tablename__ = "search_alias"
    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    meaning: Mapped[str] = mapped_column(String(400), primary_key=True)
    shown: Mapped[str] = mapped_column(Text)  # as typed: name = meaning
    at: Mapped[datetime] = mapped_column(UtcTime)
