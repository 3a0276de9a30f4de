"""What users said to keep order, replayed in a rebuild: collections, saved searches, tags renamed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.keeping import keeping
from cunzhao.core.queries import collected, retagging
from cunzhao.storage.models import Link
from cunzhao.storage.organized import CollectedRow, CollectionRow, SavedSearchRow


def replay(session: Session, op: str, told: Mapping[str, Any], at: datetime) -> None:
    """One line of the journal that is not of one link."""
    session.flush()
    match op:
        case "collection":
            _collection(session, told, at)
        case "arrange":
            collected.arrange(session, told["id"], told["links"])
        case "search":
            known = session.get(SavedSearchRow, told["id"])
            session.merge(SavedSearchRow(**told, made=known.made if known else at))
        case "unsearch":
            session.execute(sa.delete(SavedSearchRow).where(SavedSearchRow.id == told["id"]))
        case "retag":
            retagging.rename(session, told["id"], told["old"], told["new"], at)
        case "unretag":
            retagging.undo(session, told["id"], at)
    session.flush()
    session.expire_all()  # tags were changed behind the links' backs


def _collection(session: Session, told: Mapping[str, Any], at: datetime) -> None:
    """As it is after a user made, edited or removed it, or brought it back."""
    row = session.get(CollectionRow, told["id"])
    if row is None:
        row = CollectionRow(id=told["id"], made=at)
        session.add(row)
    row.title, row.note, row.removed = told["title"], told["note"], at if told["removed"] else None


def replay_collected(session: Session, link: Link, op: str, value: str) -> None:
    """A link put into a collection at a place, or taken out of it."""
    collection_id, _, place = value.partition(" ")
    if op == "uncollect":
        collected.take(session, collection_id, link.id)
    elif session.get(CollectionRow, collection_id) is not None:
        keeping.collect(session, link, collection_id, int(place))
        session.get_one(CollectedRow, (collection_id, link.id)).place = int(place)
