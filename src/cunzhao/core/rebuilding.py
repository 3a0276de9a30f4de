"""`cunzhao rebuild`: the database and the index anew from the archive folder alone.

Links, snapshots and index lines are replaced in one transaction, so that a rebuild that is killed or fails
leaves what was there before. Reading and indexing follow; the next start mends what a kill leaves undone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive import needs
from cunzhao.archive.index import add_records, index
from cunzhao.archive.journal import OF_INDICATORS, OF_ORDER, OF_SEARCH
from cunzhao.archive.store import Archive
from cunzhao.archive.types import PageInfo, Restored, Written
from cunzhao.collect.types import Entry
from cunzhao.collect.urls import url_key
from cunzhao.core import ids
from cunzhao.core.data import indicators
from cunzhao.core.derived import entered
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping import keeping
from cunzhao.core.order import ordered
from cunzhao.core.search import aliases as search_aliases
from cunzhao.errors import CunzhaoError, InternalError
from cunzhao.storage.database import Database
from cunzhao.storage.models import (
    Attached,
    Base,
    CheckedRow,
    CorrectionRow,
    DocumentRow,
    ExtractedRow,
    FactRow,
    IndicatorAliasRow,
    Kept,
    LikeRow,
    Link,
    LinkTag,
    ObservationRow,
    Record,
    SketchRow,
    Snapshot,
)
from cunzhao.storage.organized import (
    CollectedRow,
    CollectionRow,
    SavedSearchRow,
    SearchAliasRow,
    TagChangeRow,
)
from cunzhao.storage.upsert import insert_new

log = logging.getLogger(__name__)

Say = Callable[[str], None]

#: Every table that is made anew, those that refer to others first.
REBUILT: tuple[type[Base], ...] = (
    ObservationRow, FactRow, ExtractedRow, LikeRow, SketchRow, DocumentRow, CorrectionRow, CheckedRow, Kept,
    Snapshot, Record, LinkTag, Attached, CollectedRow, CollectionRow, Link, IndicatorAliasRow,
    SavedSearchRow, TagChangeRow, SearchAliasRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a user said of a link: by saving it (`entry`), or afterwards (`line` of the journal)."""

    at: datetime
    link: str
    entry: Entry | None = None
    line: dict[str, Any] | None = None


def rebuild(
    database: Database, archive: Archive, deriver: Deriver, say: Say
) -> tuple[int, list[CunzhaoError]]:
    """How many snapshots there are, and what could not be restored or read. Jobs stay."""
    failed: list[CunzhaoError] = []
    with archive.turn(), database.writing() as session:
        for table in REBUILT:
            session.execute(sa.delete(table))
        said = _restore_files(session, archive, say, failed)
        needs.complete(session)
        needs.drop_unneeded(session)
        said += [
            Said(at=datetime.fromisoformat(line["at"]), link=line["link"], line=line)
            for line in archive.read_entries()
        ]
        for one in sorted(said, key=lambda s: s.at):
            _replay(session, one)
    deriver.index.clear()
    with database.reading() as session:
        snapshots = list(session.scalars(sa.select(Snapshot.id).order_by(Snapshot.id)))
    for n, snapshot in enumerate(snapshots, 1):
        say(f"[{n}/{len(snapshots)}] {snapshot}")
        if error := deriver.derive(snapshot):
            failed.append(error)
    deriver.drain()
    return len(snapshots), failed


def _restore_files(session: Session, archive: Archive, say: Say, failed: list[CunzhaoError]) -> list[Said]:
    said: list[Said] = []
    partly: list[Written] = []  # a process may refer to a file that another began later
    for file in archive.files():
        say(file)
        try:
            for told in archive.restore(file, rest=True):
                said += _restore(session, told, failed, partly)
        except CunzhaoError as exc:
            failed.append(exc)
    for written in partly:
        for kept in index(session, written):
            log.warning("%s keeps %s, which the archive does not hold", written.snapshot, kept.url)
    return said


def _restore(
    session: Session, told: Restored, failed: list[CunzhaoError], partly: list[Written]
) -> list[Said]:
    """Add one snapshot; one that no database takes costs no other."""
    try:
        with session.begin_nested():
            if told.info is None:
                add_records(session, (*told.written.shared, *told.written.records))
                return []
            return [_add(session, told.info, told, partly)]
    except Exception:
        log.exception("restoring %s failed", told.written.snapshot)
        failed.append(InternalError(told.written.snapshot))
        return []


def _add(session: Session, info: PageInfo, told: Restored, partly: list[Written]) -> Said:
    """The snapshot and, where it is the first of its link, the link, as yet without what was said of it."""
    link_id = ids.link_id(url_key(info.entry.url))
    url, captured = info.entry.url, info.captured
    session.execute(insert_new(session, Link), [keeping.link_values(link_id, url, captured, given=False)])
    link = session.get_one(Link, link_id)
    link.added = min(link.added, info.captured)
    if session.get(Snapshot, info.snapshot) is None:
        row = keeping.snapshot_of(info, info.captured, told.written, link_id)
        if not keeping.add_snapshot(session, link, row, told.written):
            partly.append(told.written)
    return Said(at=info.captured, link=link_id, entry=info.entry)


def _replay(session: Session, said: Said) -> None:
    for ops, replay in (
        (OF_INDICATORS, indicators.replay), (OF_ORDER, ordered.replay), (OF_SEARCH, search_aliases.replay)
    ):  # fmt: skip
        if said.line and said.line["op"] in ops:
            replay(session, said.line["op"], json.loads(said.line["value"]), said.at)
            return
    link = session.get(Link, said.link)
    if link is None:
        if not said.line or said.line["op"] not in ("purge", "keep"):
            log.info("journal: no link %s", said.link)  # deleted for good, or its file is gone
    elif said.entry:
        keeping.apply_entry(session, link, said.entry, said.at)
        link.note = link.note or said.entry.note
    elif said.line:
        match said.line["op"]:
            case "tag":
                keeping.add_tags(link, [said.line["value"]])
            case "untag":
                link.tags = [t for t in link.tags if t.tag != said.line["value"]]
            case "attach" | "give":
                keeping.belong(session, link, said.line["value"])
            case "note":
                link.note = said.line["value"]
            case "remove":
                link.removed = said.at
            case "restore":
                link.removed = None
            case "purge":  # whatever was said before was said of the link that is gone
                link.tags, link.note, link.removed = [], "", None
                session.execute(sa.delete(CollectedRow).where(CollectedRow.link_id == link.id))
            case "collect" | "uncollect":
                ordered.replay_collected(session, link, said.line["op"], said.line["value"])
            case "correct" | "uncorrect" | "check" | "uncheck":
                entered.replay(session, said.line["op"], json.loads(said.line["value"]), said.at)
