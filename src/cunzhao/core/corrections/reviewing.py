"""What users said of facts, as pages and exports tell it: forms, lists, checked facts, scores. Read only."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.corrections.fields import FIELDS, typed
from cunzhao.core.corrections.gold import gold_lines
from cunzhao.core.corrections.opened import (
    Opened,
    check_kind,
    fact_key,
    open_facts,
    span_in,
    text_of,
    title_of,
    titles_of,
)
from cunzhao.core.corrections.scored import holding, scores, scores_of
from cunzhao.core.corrections.suggested import places_of, suggested
from cunzhao.core.derived import entered
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.queries import rows
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.queries.remembered import Remembering, stamp
from cunzhao.core.values.corrected import Bare, Checked, Outcome, around
from cunzhao.core.values.corrections import (
    CheckedView,
    CorrectionFilter,
    CorrectionsPage,
    CorrectionView,
    FactForm,
    Found,
    GoldFile,
    Review,
    ScoreRow,
)
from cunzhao.errors import QuoteMissing
from cunzhao.extract.types import Kind, Span
from cunzhao.storage.database import Database
from cunzhao.storage.models import CheckedRow, CorrectionRow, DocumentRow

ROWS = 50  # corrections on one page
LOOKED_AT = 500  # corrections, for those of one state


class Reviewing(Remembering):
    """The part of `Core` that tells of corrections."""

    _database: Database
    _deriver: Deriver

    def fact_form(self, snapshot_id: str, key: str) -> FactForm:
        """The form to correct a fact. Raises NotFound, FactChanged."""
        with self._database.reading() as session:
            at = open_facts(session, snapshot_id)
            fact, title = at.fact(key), title_of(session, snapshot_id)
            made = at.made(fact)
        check_kind(fact.kind)
        form = _form(at, title, fact.kind, fact.span, fact.fields)
        one = made.correction if made else None
        return replace(form, fact=key, correction=one.id if one else "", note=one.note if one else "")

    def missing_form(self, snapshot_id: str, kind: Kind, start: int, end: int) -> FactForm:
        """The form to mark a fact that was missed, filled as far as the words tell.

        Raises NotFound, QuoteMissing.
        """
        check_kind(kind)
        with self._database.reading() as session:
            at, row = open_facts(session, snapshot_id), session.get_one(DocumentRow, snapshot_id)
            document, title = rows.document_of(row), title_of(session, snapshot_id)
        span = span_in(at.text, start, end)
        facts = self._deriver.facts
        read = suggested(document, at.done.facts, kind, span, lambda d, k: facts(d, [k], None, None))
        return _form(at, title, kind, span, read)

    def places_of(self, snapshot_id: str, quote: str) -> tuple[Found, ...]:
        """Where copied words stand in the text. Raises NotFound, QuoteMissing."""
        with self._database.reading() as session:
            text = text_of(session, snapshot_id)
        found = tuple(_found(text, *place) for place in places_of(text, quote))
        if not found:
            raise QuoteMissing(quote[:200])
        return found

    def corrections(self, wanted: CorrectionFilter) -> CorrectionsPage:
        """What users corrected, newest first, a page at a time, and checked last. Raises UsageWrong."""
        with self._database.reading() as session:
            listed, following = _listed(session, wanted)
            checked, checks = _last_checked(session, wanted)
            ids = [wanted.snapshot] if wanted.snapshot else None
            scored = self._remembered.get(
                session, ("scores", wanted.snapshot), lambda s: _scored(s, ids), _said, kept=ids is None
            )
            total = session.scalar(sa.select(sa.func.count()).select_from(_those(wanted).subquery())) or 0
        return CorrectionsPage(
            rows=listed,
            filter=wanted,
            total=total,
            checked=checked,
            checks=checks,
            scores=scored,
            next=following,
        )

    def gold(self, snapshot_id: str = "") -> tuple[GoldFile, ...]:
        """The checked facts of a snapshot, or of all, where the text is as it was when they were checked."""
        with self._database.reading() as session:
            ids = [snapshot_id] if snapshot_id else _read(session, CheckedRow.snapshot_id)
            files = [_gold_of(session, snapshot) for snapshot in ids]
        return tuple(file for file in files if file.facts or snapshot_id)


def _those(wanted: CorrectionFilter) -> sa.Select[str, str]:
    """Corrections of snapshots that are read: in a rebuild some are not yet."""
    query = sa.select(CorrectionRow.id, CorrectionRow.snapshot_id)
    query = query.join(DocumentRow, DocumentRow.snapshot_id == CorrectionRow.snapshot_id)
    return query.where(CorrectionRow.snapshot_id == wanted.snapshot) if wanted.snapshot else query


def _listed(session: Session, wanted: CorrectionFilter) -> tuple[tuple[CorrectionView, ...], str | None]:
    """A page of corrections, and the cursor behind it.

    What state one is in is told by its text: of corrections that this was not kept beside, those made before
    it was, a page may end early.
    """
    query = _those(wanted).order_by(CorrectionRow.id.desc())
    query = query.where(CorrectionRow.kind == wanted.kind) if wanted.kind else query
    query = query.where(CorrectionRow.state.in_((wanted.state, ""))) if wanted.state else query
    key = key_of(wanted.after, str)
    query = query.where(CorrectionRow.id < key[0]) if key else query
    most = LOOKED_AT if wanted.state else ROWS
    found = session.execute(query.limit(most + 1)).all()
    views: dict[str, CorrectionView] = {}
    looked_at: set[str] = set()
    shown: list[CorrectionView] = []
    last = ""
    for last, snapshot in found[:most]:
        if snapshot not in looked_at:
            looked_at.add(snapshot)
            views |= {view.id: view for view in review_of(session, snapshot, own=True).corrections}
        if last in views and wanted.state in ("", views[last].state):
            shown.append(views[last])
        if len(shown) == ROWS:
            break
    ended = not found or last == found[-1].id
    return tuple(shown), None if ended else cursor(last)


def _last_checked(session: Session, wanted: CorrectionFilter) -> tuple[tuple[CheckedView, ...], int]:
    """Those checked last, and how many there are."""
    query = sa.select(CheckedRow, DocumentRow.text)
    query = query.join(DocumentRow, DocumentRow.snapshot_id == CheckedRow.snapshot_id)
    query = query.where(CheckedRow.kind == wanted.kind) if wanted.kind else query
    query = query.where(CheckedRow.snapshot_id == wanted.snapshot) if wanted.snapshot else query
    total = session.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
    order = CheckedRow.at.desc(), CheckedRow.snapshot_id.desc(), CheckedRow.kind
    found = session.execute(query.order_by(*order).limit(ROWS)).all()
    titles = titles_of(session, (row.snapshot_id for row, _ in found))
    return tuple(
        _checked_view(entered.checked_of(row), titles[row.snapshot_id], Bare(text).digest)
        for row, text in found
    ), total


def _scored(session: Session, snapshots: list[str] | None) -> tuple[ScoreRow, ...]:
    return scores(session, _read(session, CheckedRow.snapshot_id) if snapshots is None else snapshots)


def _said(session: Session) -> Hashable:
    """Another one whenever users have said something else, or texts were read again."""
    told = (
        sa.select(said).scalar_subquery()
        for column in (CorrectionRow.id, CheckedRow.at)
        for said in (sa.func.count(column), sa.func.max(column))
    )
    return stamp(session), tuple(session.execute(sa.select(*told)).one())


def _read(session: Session, *columns: Any) -> list[str]:
    """The snapshots these columns name, newest first; in a rebuild some are not read yet."""
    named = sa.union(*(sa.select(column) for column in columns)).subquery()
    query = sa.select(DocumentRow.snapshot_id).where(DocumentRow.snapshot_id.in_(sa.select(named)))
    return list(session.scalars(query.order_by(DocumentRow.snapshot_id.desc())))


def review_of(session: Session, snapshot_id: str, *, own: bool = False) -> Review:
    """What users said of a snapshot's facts; with `own` only what was said on this snapshot."""
    said = entered.entered(session, snapshot_id)
    if not said:
        return Review()
    at, by_kind = open_facts(session, snapshot_id, said=said), list(FIELDS)
    told = (one.snapshot for one in (*said.corrections, *said.elsewhere))
    titles = titles_of(session, (snapshot_id, *told))
    views = [_view(o, titles) for o in at.done.outcomes if not own or o.correction.snapshot == snapshot_id]
    bare = Bare(at.text)
    scored = [] if own else scores_of(holding(said.checked, bare), at.read, at.text)
    return Review(
        corrections=tuple(sorted(views, key=lambda view: view.id, reverse=True)),
        checked=tuple(_checked_view(one, titles[snapshot_id], bare.digest) for one in said.checked),
        scores=tuple(sorted(scored, key=lambda row: by_kind.index(row.kind))),
    )


def _view(outcome: Outcome, titles: Mapping[str, str]) -> CorrectionView:
    one, span = outcome.correction, outcome.span
    return CorrectionView(
        id=one.id,
        snapshot=one.snapshot,
        title=titles[one.snapshot],
        kind=one.kind,
        action=one.action,
        state=outcome.state,
        quote=one.span.quote,
        before=one.before,
        after=one.after,
        start=span.start if span else None,
        end=span.end if span else None,
        old=one.old,
        new=one.new,
        note=one.note,
        who=one.who,
        at=one.at,
        fact=fact_key(outcome.fact) if outcome.fact else None,
    )


def _checked_view(one: Checked, title: str, digest: str) -> CheckedView:
    return CheckedView(
        snapshot=one.snapshot,
        title=title,
        kind=one.kind,
        facts=len(one.facts),
        at=one.at,
        who=one.who,
        holds=one.digest == digest,
    )


def _gold_of(session: Session, snapshot_id: str) -> GoldFile:
    text = text_of(session, snapshot_id)
    checked = holding(entered.entered(session, snapshot_id).checked, Bare(text))
    return GoldFile(
        snapshot=snapshot_id,
        title=title_of(session, snapshot_id),
        text=text,
        facts=tuple(gold_lines(fact for one in checked for fact in one.facts)),
    )


def _found(text: str, start: int, end: int) -> Found:
    before, after = around(text, start, end)
    return Found(start=start, end=end, quote=text[start:end], before=before, after=after)


def _form(at: Opened, title: str, kind: Kind, span: Span, fields: Mapping[str, Any]) -> FactForm:
    before, after = around(at.text, span.start, span.end)
    return FactForm(
        snapshot=at.snapshot,
        title=title,
        kind=kind,
        fact="",
        start=span.start,
        end=span.end,
        quote=span.quote,
        before=before,
        after=after,
        values={field.name: typed(field, fields.get(field.name)) for field in FIELDS[kind]},
        note="",
        correction="",
    )
