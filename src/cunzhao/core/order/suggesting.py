"""What `Core` suggests as tags for a link, from the document that is shown for it."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries import listing, rows
from cunzhao.core.values.workbench import Suggestion
from cunzhao.extract.places.areas import read_areas
from cunzhao.extract.places.codes import codes_of, name_of
from cunzhao.organize.suggesting import Subject, suggest
from cunzhao.read.types import Document, shown
from cunzhao.storage.database import Database
from cunzhao.storage.models import DocumentRow, ObservationRow

LONGEST = 2_000  # characters of a title that are looked at
SOURCE = 200
HEADINGS = 500  # of one document
_NO_PLACE = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


class Suggesting:
    _database: Database

    def suggestions(self, link_id: str) -> tuple[Suggestion, ...]:
        """Tags that the link's document suggests and the link has not. Raises NotFound."""
        with self._database.reading() as session:
            link = listing.link_by_id(session, link_id)
            row = session.get(DocumentRow, link.best_id) if link.best_id else None
            if row is None or row.error:
                return ()
            subject = _subject(rows.document_of(row), _most_spoken_of(session, row.snapshot_id))
            found = suggest(subject, [t.tag for t in link.tags])
        return tuple(Suggestion(tag=one.tag, reason=one.reason, words=one.words) for one in found)


def _subject(document: Document, spoken_of: str) -> Subject:
    title = " ".join((document.title or "").split())[:LONGEST]
    codes, words = _own_area([title, *document.issuers, document.source or ""])
    if not codes and spoken_of:
        codes, words = (spoken_of,), name_of(spoken_of) or ""
    return Subject(
        title=title,
        source=(document.source or "")[:SOURCE],
        headings=[shown(heading) for heading in document.outline[:HEADINGS]],
        topics=[value for key, value in document.index if "主题" in key or "分类" in key],
        area=_path(codes[0]) if codes else (),
        area_words=words,
    )


def _own_area(texts: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The code of the first area that these name as theirs, and the words."""
    for text in texts:
        for area in read_areas(text[:LONGEST]):
            codes = codes_of(area.name) if area.known and area.role != "aside" else ()
            if len(codes) == 1:
                return codes, text[area.start : area.end]
    return (), ""


def _path(code: str) -> tuple[str, ...]:
    """The names of an area and of those it lies in: 330681 -> 浙江省, 绍兴市, 诸暨市."""
    codes = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(name for one in codes if (name := name_of(one)) and name not in _NO_PLACE)


def _most_spoken_of(session: Session, snapshot_id: str) -> str:
    """The area of most figures, where it is that of more than half of them; "" for none."""
    count = sa.func.count()
    query = sa.select(ObservationRow.area, count).where(ObservationRow.snapshot_id == snapshot_id)
    counted = session.execute(query.group_by(ObservationRow.area).order_by(count.desc())).all()
    in_all = sum(n for _, n in counted)
    first = next(((area, n) for area, n in counted if area and " " not in area), None)
    return first[0] if first and first[1] * 2 > in_all and first[0].isdigit() else ""
