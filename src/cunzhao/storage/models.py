"""The tables. Everything but users' entries can be rebuilt from the archive folder (`cunzhao rebuild`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, Numeric, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.sql import text, true

from cunzhao.storage.utc import UtcTime as UtcTime  # noqa: PLC0414  others import it from here

NUMBER = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    pass


def _among(name: str, *columns: str, where: str) -> Index:
    """An index of some rows: to walk them in their order, and chosen for nothing else."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class LinkTag(Base):
    __tablename__ = "link_tag"
    link_id: Mapped[str] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)


class Attached(Base):
    """A link whose file is attached (附件) to the page of another."""

    __tablename__ = "attached"
    link_id: Mapped[str] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), primary_key=True)
    parent_id: Mapped[str] = mapped_column(
        ForeignKey("link.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Link(Base):
    """What a user keeps, or what came with it as an attachment."""

    __tablename__ = "link"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # first 16 hex digits of SHA-256 of url
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text, default="", server_default="")  # where its document has none
    note: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(16), default="", server_default="", index=True)
    added: Mapped[datetime] = mapped_column(UtcTime, index=True)
    given: Mapped[bool] = mapped_column(default=True, server_default=true())  # False: only attached
    removed: Mapped[datetime | None] = mapped_column(UtcTime, default=None)  # in the trash since
    best_id: Mapped[str | None] = mapped_column(String(16), default=None, index=True)  # snapshot shown for it
    tags: Mapped[list[LinkTag]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    __table_args__ = (
        Index("link_in_order", "added", "id"),
        _among("link_live", "added", "id", "given", where="removed IS NULL"),
        _among("link_trash", "removed", "id", where="removed IS NOT NULL"),
    )


class Snapshot(Base):
    """One capture of a link. Rows are only added."""

    __tablename__ = "snapshot"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # sortable by time
    link_id: Mapped[str] = mapped_column(ForeignKey("link.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(String(40), default="")
    engine: Mapped[str] = mapped_column(String(16))
    engine_reason: Mapped[str] = mapped_column(String(40), default="")
    requested_url: Mapped[str] = mapped_column(Text)
    final_url: Mapped[str] = mapped_column(Text)
    captured: Mapped[datetime] = mapped_column(UtcTime, index=True)
    seconds: Mapped[float]
    bytes: Mapped[int] = mapped_column(BigInteger)
    page_record: Mapped[str | None] = mapped_column(String(36))
    info_record: Mapped[str | None] = mapped_column(String(36), index=True)  # its pageinfo
    missing: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # collect.types.Missing


class Record(Base):
    """The index: one line for each WARC record that holds or stands for a payload."""

    __tablename__ = "record"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    type: Mapped[str] = mapped_column(String(12))
    url: Mapped[str] = mapped_column(Text)
    urlkey: Mapped[str] = mapped_column(Text)
    timestamp: Mapped[datetime] = mapped_column(UtcTime)
    status: Mapped[int | None]
    mime: Mapped[str] = mapped_column(String(200), default="")
    digest: Mapped[str] = mapped_column(String(71), index=True)
    length: Mapped[int] = mapped_column(BigInteger)
    file: Mapped[str] = mapped_column(String(200))
    offset: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int] = mapped_column(BigInteger)
    refers_to: Mapped[str | None] = mapped_column(String(36), index=True)


class Kept(Base):
    """What a snapshot consists of; a requisite shared by several snapshots stands once in `record`."""

    __tablename__ = "kept"
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), index=True)


class DocumentRow(Base):
    """What a reader made of a snapshot's page. Derived."""

    __tablename__ = "document"
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    title: Mapped[str] = mapped_column(Text, default="")
    published: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[str] = mapped_column(Text, default="", index=True)
    text: Mapped[str] = mapped_column(Text)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)  # read.types.to_json without `text`
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)  # why it could not be read
    indexed: Mapped[bool] = mapped_column(default=False, index=True)  # False: waits for the search index
    observed: Mapped[int] = mapped_column(default=0, server_default="0")  # core.observing.VERSION when made


class FactRow(Base):
    """A fact. Derived."""

    __tablename__ = "fact"
    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("document.snapshot_id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    extractor: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    confidence: Mapped[float | None]
    why: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")

    __table_args__ = (
        Index("fact_by_snapshot", "snapshot_id", "kind", "start"),
        Index("fact_by_kind", "kind", "snapshot_id"),
    )  # fmt: skip


class ExtractedRow(Base):
    """What the extractor said of a snapshot whose facts a user has corrected or checked. Derived."""

    __tablename__ = "extracted"
    snapshot_id: Mapped[str] = mapped_column(
        ForeignKey("document.snapshot_id", ondelete="CASCADE"), primary_key=True
    )
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # core.rows.fact_values


class CorrectionRow(Base):
    """What a user said of a fact: journalled, never derived."""

    __tablename__ = "correction"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)  # sortable by time
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    action: Mapped[str] = mapped_column(String(8))  # change, reject, add
    start: Mapped[int]  # in the text as it was then
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)  # characters around it without white space
    after: Mapped[str] = mapped_column(Text)
    old: Mapped[dict[str, Any]] = mapped_column(JSON)  # all fields as they were read; {} of one added
    new: Mapped[dict[str, Any]] = mapped_column(JSON)  # the fields that were changed
    note: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcTime)
    # What became of it in the text as it was last read; "" of one that this was not told of. Derived.
    state: Mapped[str] = mapped_column(String(8), default="", server_default="")

    __table_args__ = (Index("correction_by_state", "state", "id"),)


class CheckedRow(Base):
    """The facts of one kind as a user has gone through all of them: journalled, never derived."""

    __tablename__ = "checked"
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the text without white space
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # places in the text without white space
    who: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcTime)


class ObservationRow(Base):
    """A figure made comparable. Derived."""

    __tablename__ = "observation"
    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    snapshot_id: Mapped[str] = mapped_column(ForeignKey("document.snapshot_id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    indicator: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(Text)
    area: Mapped[str] = mapped_column(Text, default="", server_default="")  # GB/T 2260
    period: Mapped[str] = mapped_column(String(40))
    days: Mapped[str] = mapped_column(String(24), default="", server_default="")
    measure: Mapped[str] = mapped_column(String(8))
    nature: Mapped[str] = mapped_column(String(8))
    comparator: Mapped[str] = mapped_column(String(2))
    value: Mapped[Any] = mapped_column(Numeric(38, 6))
    value_high: Mapped[Any | None] = mapped_column(Numeric(38, 6))
    unit: Mapped[str] = mapped_column(String(40))
    step: Mapped[Any] = mapped_column(Numeric(38, 6))
    at_area: Mapped[str] = mapped_column(Text, default="", server_default="")  # code, else the region's name
    at_days: Mapped[str] = mapped_column(String(40), default="", server_default="")  # days, else the period

    __table_args__ = (
        Index("ix_observation_snapshot_id", "snapshot_id"),
        Index("observation_in_order", "indicator", "at_area", "at_days", "measure", "unit"),
        Index("observation_by_area", "at_area", "indicator", "at_days", "measure", "unit"),
        Index("observation_by_days", "at_days", "indicator", "at_area", "measure", "unit"),
        Index("observation_by_nature", "nature", "indicator", "at_area", "at_days", "measure", "unit"),
    )


class IndicatorAliasRow(Base):
    """A name that shall mean an indicator, as a user says: journalled, never derived."""

    __tablename__ = "indicator_alias"
    alias: Mapped[str] = mapped_column(String(200), primary_key=True)  # ledger.naming.folded
    shown: Mapped[str] = mapped_column(Text)  # as the user wrote it
    name: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcTime)


class SketchRow(Base):
    """What a document, or one article of a compilation, is compared with others by. Derived."""

    __tablename__ = "sketch"
    id: Mapped[int] = mapped_column(NUMBER, primary_key=True, autoincrement=True)
    snapshot_id: Mapped[str] = mapped_column(
        ForeignKey("document.snapshot_id", ondelete="CASCADE"), index=True
    )
    start: Mapped[int]  # in the document's text
    end: Mapped[int]
    sketch: Mapped[bytes] = mapped_column(LargeBinary)  # organize.sketch.Sketch
    compared: Mapped[bool] = mapped_column(default=False, index=True)  # False: its likes are to be sought


class LikeRow(Base):
    """Two sketched texts that are the same, wholly or in large part. Derived."""

    __tablename__ = "alike"
    a: Mapped[int] = mapped_column(ForeignKey("sketch.id", ondelete="CASCADE"), primary_key=True)
    b: Mapped[int] = mapped_column(ForeignKey("sketch.id", ondelete="CASCADE"), primary_key=True, index=True)
    same: Mapped[float]  # Jaccard similarity, 0 to 1
    held: Mapped[float]  # how much of the shorter stands in the longer, 0 to 1


class JobRow(Base):
    """Links a user asked for on the page; survives the process so that nothing asked for is forgotten."""

    __tablename__ = "job"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    created: Mapped[datetime] = mapped_column(UtcTime, index=True)
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    collection: Mapped[str] = mapped_column(String(200), default="")
    engine: Mapped[str] = mapped_column(String(16), default="auto", server_default="auto")  # as asked for
    stopped: Mapped[datetime | None] = mapped_column(UtcTime, default=None)  # by a user, until he resumes it
    dismissed: Mapped[datetime | None] = mapped_column(UtcTime, default=None)  # by a user, after it ended
    items: Mapped[list[JobItemRow]] = relationship(
        cascade="all, delete-orphan", order_by="JobItemRow.n", lazy="selectin"
    )


class JobItemRow(Base):
    __tablename__ = "job_item"
    job_id: Mapped[str] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), index=True)  # core.values.jobs.JobState
    snapshot_id: Mapped[str | None] = mapped_column(String(16))
    verdict: Mapped[str | None] = mapped_column(String(16))
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # {"code", "input", "values"}
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")  # collect.linklists
