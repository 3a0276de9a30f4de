"""Reposts (转载) as pages show them: groups of kept texts, the proposed original, what each copy changed."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries import counted, listing, rows
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.queries.remembered import Remembering, stamp
from cunzhao.core.values.pages import SnapshotRow
from cunzhao.core.values.reposts import (
    RepostChange,
    RepostCopy,
    RepostGroup,
    RepostGroupRow,
    RepostPage,
    RepostsPage,
)
from cunzhao.language import language
from cunzhao.organize import reposts
from cunzhao.organize.changes import changes
from cunzhao.organize.types import Copy, Original, TextChange
from cunzhao.read.types import Article
from cunzhao.settings import Settings
from cunzhao.storage.database import Database
from cunzhao.storage.models import Attached, DocumentRow, LikeRow, Link, SketchRow, Snapshot

_CHANGES = 200  # shown of one copy
_QUOTED = 400  # characters shown of one change
_GROUPS = 50  # on one page


@dataclass(frozen=True, slots=True)
class _Piece:
    """A compared text with what is known of it."""

    id: int
    snapshot: str
    start: int
    end: int
    text: str
    article: Article | None  # of a compilation
    date: str
    source: str | None


class Reposts(Remembering):
    """The part of `Core` that tells of reposts."""

    _database: Database
    settings: Settings

    def reposts(self, *, after: str = "") -> RepostsPage:
        """All groups of which two or more links are kept, the largest first. Raises UsageWrong."""
        key = key_of(after, int, int)
        with self._database.reading() as session:
            every = self._remembered.get(session, "reposts", _several, _compared, kept=True)
            start = bisect_right(every, key, key=_size) if key else 0
            shown = every[start : start + _GROUPS]
            wanted = [id for group in shown for id in group]
            held = {s.id: s for s in session.scalars(sa.select(SketchRow).where(SketchRow.id.in_(wanted)))}
            there = ([held[id] for id in group if id in held] for group in shown)
            return RepostsPage(
                groups=_group_rows(session, list(filter(None, there)), language(self.settings.lang)),
                total=len(every),
                next=cursor(*_size(shown[-1])) if start + _GROUPS < len(every) else None,
            )

    def reposts_of(self, snapshot_id: str) -> RepostPage:
        """The groups that this snapshot's text, or an article in it, belongs to."""
        with self._database.reading() as session:
            snapshot_id = listing.snapshot_by_id(session, snapshot_id).id
            shown = listing.snapshot_rows(session, [snapshot_id], language(self.settings.lang))
            groups = []
            for own in session.scalars(sa.select(SketchRow.id).where(SketchRow.snapshot_id == snapshot_id)):
                group = _live(session, _around(session, own), keep=own)
                if len(group) > 1:
                    groups.append(_group(session, group, own, language(self.settings.lang)))
            return RepostPage(snapshot=shown[snapshot_id], groups=tuple(groups))


def _size(group: Sequence[int]) -> tuple[int, int]:
    return -len(group), group[0]


def _several(session: Session) -> list[tuple[int, ...]]:
    """The groups of which more than one link is kept, as `_live` says, all of them at once."""
    alike = sa.or_(SketchRow.id.in_(sa.select(LikeRow.a)), SketchRow.id.in_(sa.select(LikeRow.b)))
    query = sa.select(SketchRow.id, Link.id).join(Snapshot, Snapshot.id == SketchRow.snapshot_id)
    shown = sa.and_(Link.id == Snapshot.link_id, Link.best_id == Snapshot.id, Link.removed.is_(None))
    links = {id: link for id, link in session.execute(query.join(Link, shown).where(alike)).all()}
    pages: dict[str, set[str]] = defaultdict(set)
    for file, page in session.execute(sa.select(Attached.link_id, Attached.parent_id)):
        pages[file].add(page)
    found = session.execute(sa.select(LikeRow.a, LikeRow.b)).all()
    several = []
    for group in reposts.groups((a, b) for a, b in found):
        kept: dict[str, int] = {}
        for id in group:
            if id in links:
                kept.setdefault(links[id], id)
        alone = sorted(id for link, id in kept.items() if pages.get(link, set()).isdisjoint(kept))
        if len(alone) > 1:
            several.append(tuple(alone))
    return sorted(several, key=_size)


def _compared(session: Session) -> Hashable:
    newest = sa.select(sa.func.count(), sa.func.max(LikeRow.b)).select_from(LikeRow)
    return stamp(session), tuple(session.execute(newest).one())


def copies_of(session: Session, snapshot_id: str) -> int:
    """How many other links hold the same text, wholly or in large part."""
    own = session.scalars(sa.select(SketchRow.id).where(SketchRow.snapshot_id == snapshot_id))
    others: set[str] = set()
    for sketch_id in own:
        group = _live(session, _around(session, sketch_id), keep=sketch_id)
        others |= {s.snapshot_id for s in group} - {snapshot_id}
    return len(others)


def _around(session: Session, sketch_id: int) -> list[int]:
    """Everything that hangs together with one text."""
    found, border = {sketch_id}, {sketch_id}
    while border:
        near = sa.or_(LikeRow.a.in_(border), LikeRow.b.in_(border))
        pairs = session.execute(sa.select(LikeRow.a, LikeRow.b).where(near)).all()
        border = {i for pair in pairs for i in pair} - found
        found |= border
    return sorted(found)


def _live(session: Session, sketches: Iterable[int], keep: int | None = None) -> list[SketchRow]:
    """Those in the snapshot shown for a link that is kept, one for each link; `keep` stands for its own.

    A page and the file attached to it are one publication: the page stands for both.
    """
    held = list(session.scalars(sa.select(SketchRow).where(SketchRow.id.in_(list(sketches)))))
    ids = {s.snapshot_id for s in held}
    links = listing.pairs(session, sa.select(Snapshot.id, Snapshot.link_id).where(Snapshot.id.in_(ids)))
    shown = counted.shown_among(session, sorted(ids))
    kept: dict[str, SketchRow] = {}
    for sketch in sorted(held, key=lambda s: (s.id != keep, s.id)):
        if sketch.id == keep or sketch.snapshot_id in shown:
            kept.setdefault(links[sketch.snapshot_id], sketch)
    both = Attached.link_id.in_(kept), Attached.parent_id.in_(kept)
    for file, page in session.execute(sa.select(Attached.link_id, Attached.parent_id).where(*both)).all():
        kept.pop(page if file in kept and kept[file].id == keep else file, None)
    return sorted(kept.values(), key=lambda s: s.id)


def _pieces(session: Session, group: Sequence[SketchRow]) -> list[_Piece]:
    found = []
    ids = {sketch.snapshot_id for sketch in group}
    query = sa.select(DocumentRow).where(DocumentRow.snapshot_id.in_(ids))
    held = {row.snapshot_id: row for row in session.scalars(query)}
    for sketch in group:
        row = held[sketch.snapshot_id]
        place = (sketch.start, sketch.end)
        article = next((a for a in _articles(row) if (a.start, a.end) == place), None)
        date = (article.date if article else row.published or row.document.get("document_date")) or ""
        source = article.source if article else row.source or None
        found.append(
            _Piece(sketch.id, sketch.snapshot_id, *place, row.text[slice(*place)], article, date, source)
        )
    return found


def _articles(row: DocumentRow) -> tuple[Article, ...]:
    return rows.document_of(row).articles if row.document.get("articles") else ()


def _proposal(found: Sequence[_Piece]) -> Original:
    return reposts.original([Copy(text=p.text, date=p.date, source=p.source) for p in found])


def _group_rows(
    session: Session, groups: Sequence[Sequence[SketchRow]], lang: str
) -> tuple[RepostGroupRow, ...]:
    pieces = iter(_pieces(session, [sketch for group in groups for sketch in group]))
    found = [list(islice(pieces, len(group))) for group in groups]
    firsts = [group[_proposal(group).index] for group in found]
    shown = listing.snapshot_rows(session, (first.snapshot for first in firsts), lang)
    return tuple(
        _group_row(group, first, shown[first.snapshot]) for group, first in zip(found, firsts, strict=True)
    )


def _group_row(found: Sequence[_Piece], first: _Piece, original: SnapshotRow) -> RepostGroupRow:
    dates = sorted(p.date[:10] for p in found if p.date)
    return RepostGroupRow(
        original=original,
        title=first.article.title if first.article else original.title,
        copies=len(found),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        sources=tuple(dict.fromkeys(p.source for p in found if p.source)),
    )


def _group(session: Session, group: Sequence[SketchRow], own: int, lang: str) -> RepostGroup:
    from cunzhao.organize.alike import alike  # numpy: see `comparing`

    found = _pieces(session, group)
    proposal = _proposal(found)
    shown = listing.snapshot_rows(session, [p.snapshot for p in found], lang)
    first = found[proposal.index]
    copies = []
    for piece in sorted(found, key=lambda p: (p.id != first.id, p.date or "9", p.id)):
        likeness = alike(first.text, piece.text)
        told = [] if piece is first else changes(first.text, piece.text)
        copies.append(
            RepostCopy(
                snapshot=shown[piece.snapshot],
                title=piece.article.title if piece.article else shown[piece.snapshot].title,
                source=piece.source,
                date=piece.date or None,
                start=piece.start,
                end=piece.end,
                same=likeness.same if likeness else None,
                changes=tuple(_shown(c, first, piece) for c in told[:_CHANGES]),
                more=max(0, len(told) - _CHANGES),
                original=piece is first,
                own=piece.id == own,
            )
        )
    return RepostGroup(copies=tuple(copies), reasons=proposal.reasons, source=proposal.source)


def _shown(change: TextChange, first: _Piece, copy: _Piece) -> RepostChange:
    def quoted(text: str, place: tuple[int, int]) -> str:
        said = text[slice(*place)]
        return said if len(said) <= _QUOTED else f"{said[: _QUOTED // 2]}……{said[-_QUOTED // 2 :]}"

    return RepostChange(
        kind=change.kind,
        before=quoted(first.text, change.original),
        after=quoted(copy.text, change.copy),
        start=copy.start + change.copy[0],
        end=copy.start + change.copy[1],
        original_start=first.start + change.original[0],
        original_end=first.start + change.original[1],
    )
