"""What rows of derived tables are shown with: their document, and how many of them count. Read only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries import rows
from cunzhao.core.values.filed import Source
from cunzhao.storage.filed import Placed
from cunzhao.storage.models import DocumentRow, Link, Snapshot

COUNTED = 2_000
ROWS = 100  # on one page


def shown(snapshot_id: Any) -> sa.ColumnElement[bool]:
    """It is of the snapshot shown for a link that is not in the trash."""
    return sa.exists().where(Link.best_id == snapshot_id, Link.removed.is_(None))


def counted(session: Session, id: Any, where: Sequence[sa.ColumnElement[bool]]) -> tuple[int, bool]:
    """How many there are, and whether that is only as far as they were counted."""
    first = sa.select(id).where(*where).limit(COUNTED + 1).subquery()
    total = session.scalar(sa.select(sa.func.count()).select_from(first)) or 0
    return min(total, COUNTED), total > COUNTED


def sources_of(session: Session, found: Iterable[Placed]) -> list[Source]:
    """In the order given."""
    placed = list(found)
    query = (
        sa.select(
            DocumentRow.snapshot_id, DocumentRow.title, DocumentRow.published, DocumentRow.source,
            Link.title, Snapshot.final_url,
        )
        .join(Snapshot, Snapshot.id == DocumentRow.snapshot_id)
        .join(Link, Link.id == Snapshot.link_id)
        .where(DocumentRow.snapshot_id.in_({row.snapshot_id for row in placed}))
    )  # fmt: skip
    told = {snapshot: rest for snapshot, *rest in session.execute(query)}
    made = []
    for row in placed:
        title, date, origin, called, url = told[row.snapshot_id]
        named = rows.shown_title(title, called, url)
        made.append(
            Source(
                snapshot=row.snapshot_id,
                start=row.start,
                end=row.end,
                quote=row.quote,
                title=named,
                origin=origin or None,
                date=date or None,
                url=url,
            )
        )
    return made
