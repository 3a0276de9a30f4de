"""Which kept texts are alike: sketches are stored with the documents, their likes sought after each batch.

A document is compared as a whole, a compilation (专题信息) article by article. What waits stands in the
database, so a kill leaves nothing undone that the next batch or start does not see to. What computes is
imported when there is something to compare: numpy takes a tenth of a second, and most commands need it not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.organize.types import Likeness, Pair
from cunzhao.read.types import Document
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, LikeRow, SketchRow
from cunzhao.storage.upsert import insert_new

log = logging.getLogger(__name__)

_LEAST = 80  # characters; shorter pieces say too little to be a copy of anything
_TEXTS = 500  # kept in memory while pairs are looked at


def pieces(document: Document) -> list[tuple[int, int]]:
    """What of a document is compared with others, as (start, end) of its text."""
    whole = [(0, len(document.text))]
    articles = [(a.start, a.end) for a in document.articles]
    return [(start, end) for start, end in articles or whole if end - start >= _LEAST]


def sketch_rows(snapshot_id: str, document: Document) -> list[SketchRow]:
    from cunzhao.organize.sketch import sketches

    places = pieces(document)
    made = sketches([document.text[start:end] for start, end in places])
    return [
        SketchRow(snapshot_id=snapshot_id, start=start, end=end, sketch=sketch.to_bytes(), compared=False)
        for (start, end), sketch in zip(places, made, strict=True)
    ]


def settle(database: Database) -> int:
    """Compare what waits with everything kept; how many new pairs are alike."""
    with database.reading() as session:
        waiting = set(session.scalars(sa.select(SketchRow.id).where(~SketchRow.compared)))
        if not waiting:
            return 0
        from cunzhao.organize.alike import candidates
        from cunzhao.organize.sketch import Sketch

        columns = sa.select(SketchRow.id, SketchRow.snapshot_id, SketchRow.sketch).order_by(SketchRow.id)
        rows = session.execute(columns).all()
        made = [Sketch.from_bytes(row.sketch) for row in rows]
        pairs = candidates(made, [row.id in waiting for row in rows])
        named = [(rows[a].id, rows[b].id) for a, b in pairs if rows[a].snapshot_id != rows[b].snapshot_id]
        found = list(_verified(session, named))
    try:
        _keep(database, waiting, found)
    except (
        sa.exc.IntegrityError
    ):  # another process read a document anew in this moment: the next batch sees to it
        log.warning("texts changed while they were compared; they will be compared again")
        return 0
    return len(found)


def _verified(session: Session, pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Likeness]]:
    from cunzhao.organize.alike import alike

    @lru_cache(_TEXTS)
    def text_of(sketch_id: int) -> str:
        query = sa.select(DocumentRow.text, SketchRow.start, SketchRow.end)
        query = query.join(SketchRow, SketchRow.snapshot_id == DocumentRow.snapshot_id)
        text, start, end = session.execute(query.where(SketchRow.id == sketch_id)).one()
        return str(text)[start:end]

    for a, b in pairs:
        likeness = alike(text_of(a), text_of(b))
        if likeness:
            yield (a, b), likeness


def _keep(database: Database, waiting: set[int], found: Sequence[tuple[Pair, Likeness]]) -> None:
    """A document may have been read anew meanwhile: its old sketches are gone, the new ones wait."""
    with database.writing() as session:
        there = set(session.scalars(sa.select(SketchRow.id)))
        rows = [
            {"a": a, "b": b, "same": likeness.same, "held": likeness.held}
            for (a, b), likeness in found
            if a in there and b in there
        ]
        if rows:
            session.execute(insert_new(session, LikeRow), rows)
        compared = [{"id": i, "compared": True} for i in sorted(waiting & there)]
        session.execute(sa.update(SketchRow), compared)
