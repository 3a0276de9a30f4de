"""Corrections of facts: a field put right, a fact rejected, a missed one marked, a kind checked; all undone.

Each is journalled beside the WARC files before it is committed, and the facts of the snapshot, and of the
others of its link, are stored again with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unicodedata import category

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.corrections.fields import FIELDS, filled
from cunzhao.core.corrections.opened import Opened, check_kind, open_facts, span_in
from cunzhao.core.derived import entered
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.ids import new_id
from cunzhao.core.keeping.entries import Entries
from cunzhao.core.queries import listing
from cunzhao.core.values.corrected import (
    Action,
    Bare,
    Checked,
    Correction,
    applied,
    around,
    bared,
    with_fields,
)
from cunzhao.core.values.corrections import NewCorrection
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.extract.types import Fact, Kind, Span
from cunzhao.storage import acting
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import CheckedRow, CorrectionRow

NOTE_CHARS = 1000


class Correcting:
    """The part of `Core` by which users correct facts. A fact is named by its `fact_key`."""

    _database: Database
    _deriver: Deriver
    _entries: Entries

    def correct(self, snapshot_id: str, key: str, given: Mapping[str, Any], *, note: str = "") -> Correction:
        """Put fields of a fact right; what is not given is empty.

        Put back as the program reads it, the fact is corrected no more. Raises NotFound, FactChanged,
        FieldsWrong, UsageWrong (nothing is changed).
        """
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            return self._change(session, at, at.fact(key), given, note)

    def reject(self, snapshot_id: str, key: str, *, note: str = "") -> Correction:
        """Say that a fact does not stand there. One that a user added is only taken back.

        Raises NotFound, FactChanged.
        """
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            return self._reject(session, at, at.fact(key), note)

    def add_fact(
        self, snapshot_id: str, kind: Kind, start: int, end: int, given: Mapping[str, Any], *, note: str = ""
    ) -> Correction:
        """Mark a fact that was missed. Raises NotFound, QuoteMissing, FieldsWrong."""
        check_kind(kind)
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            new = with_fields({}, filled(kind, given))
            one = _correction(at, kind, span_in(at.text, start, end), "add", new=new, note=note)
            self._enter(session, at, one, None)
            return one

    def enter(self, snapshot_id: str, new: NewCorrection) -> Correction:
        """`correct`, `reject` or `add_fact`, as a program asks for it: fields not named stay as they are."""
        check_kind(new.kind)
        unknown = set(map(_plain, new.fields)) - {field.name for field in FIELDS[new.kind]}
        if unknown:
            known = "、".join(field.name for field in FIELDS[new.kind])
            detail = {"detail": "没有这个字段", "detail_en": "there is no such field"}
            mend = {"mend": f"可选：{known}。", "mend_en": f"Use one of {known}."}
            raise UsageWrong("、".join(sorted(unknown)), **detail, **mend)
        if new.action == "add":
            return self.add_fact(snapshot_id, new.kind, new.start, new.end, new.fields, note=new.note)
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            fact = at.fact_at(new.kind, new.start, new.end, new.was)
            if new.action == "reject":
                return self._reject(session, at, fact, new.note)
            return self._change(session, at, fact, {**fact.fields, **new.fields}, new.note)

    def undo(self, correction_id: str) -> Correction:
        """Take a correction back: the fact is again as the program reads it. Raises NotFound."""
        with self._changing() as session:
            row = session.get(CorrectionRow, correction_id)
            if row is None:
                raise NotFound(correction_id, what="改正", what_en="correction")
            made = entered.correction_of(row)
            self._take_back(session, open_facts(session, made.snapshot, hold=True), made)
            return made

    def check(self, snapshot_id: str, kind: Kind) -> None:
        """Say that the facts of a kind, as they are shown, are all that stand in the text, and right."""
        check_kind(kind)
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            self._check(session, at, kind, [fact for fact in at.done.facts if fact.kind == kind])
            self._store(session, at)

    def uncheck(self, snapshot_id: str, kind: Kind) -> None:
        """Take `check` back."""
        with self._changing() as session:
            at = open_facts(session, snapshot_id, hold=True)
            self._uncheck(session, at, kind)
            self._store(session, at)

    # --- inside: the journal first, then the rows -----------------------------------------------------

    def _change(
        self, session: Session, at: Opened, fact: Fact, given: Mapping[str, Any], note: str
    ) -> Correction:
        check_kind(fact.kind)
        asked = filled(fact.kind, given)
        if not any(fact.fields.get(name) != value for name, value in asked.items()):
            _nothing_changed(fact)
        earlier, old, action = _before(at, fact)
        new = {name: value for name, value in asked.items() if old.get(name) != value}
        if earlier and not new:
            self._take_back(session, at, earlier)
            return earlier
        one = _correction(at, fact.kind, fact.span, action, old=old, new=new, note=note)
        self._enter(session, at, one, fact, instead_of=earlier)
        return one

    def _reject(self, session: Session, at: Opened, fact: Fact, note: str) -> Correction:
        check_kind(fact.kind)
        earlier, old, _ = _before(at, fact)
        if earlier and earlier.action == "add":
            self._take_back(session, at, earlier)
            return earlier
        one = _correction(at, fact.kind, fact.span, "reject", old=old or fact.fields, note=note)
        self._enter(session, at, one, fact, instead_of=earlier)
        return one

    def _enter(
        self,
        session: Session,
        at: Opened,
        one: Correction,
        fact: Fact | None,
        instead_of: Correction | None = None,
    ) -> None:
        """`fact` is the one corrected, as it is shown; None of one that is missing."""
        if instead_of:
            self._retract(session, at, instead_of)
        told = _told(entered.correction_values(one))
        self._entries.journal(at.link, [("correct", told)], one.at)
        session.add(entered.correction_row(one))
        if any(checked.kind == one.kind for checked in at.said.checked):
            # what was checked stays checked: the user knows what he corrects
            left = [other for other in at.done.facts if other.kind == one.kind and other is not fact]
            made = applied(one, one.span, fact).fact
            self._check(session, at, one.kind, [*left, made] if made else left)
        self._store(session, at)

    def _take_back(self, session: Session, at: Opened, made: Correction) -> None:
        self._retract(session, at, made)
        self._uncheck(session, at, made.kind)  # what the program reads there was not checked
        self._store(session, at)

    def _retract(self, session: Session, at: Opened, made: Correction) -> None:
        told = {"id": made.id, "snapshot_id": made.snapshot}
        self._entries.journal(at.link, [("uncorrect", _told(told))])
        session.execute(sa.delete(CorrectionRow).where(CorrectionRow.id == made.id))

    def _check(self, session: Session, at: Opened, kind: Kind, facts: Sequence[Fact]) -> None:
        bare = Bare(at.text)
        ordered = sorted(facts, key=lambda fact: (fact.span.start, fact.span.end))
        one = Checked(
            snapshot=at.snapshot,
            kind=kind,
            digest=bare.digest,
            facts=tuple(bared(fact, bare) for fact in ordered),
            who=acting.name(),
            at=now_utc(),
        )
        values = entered.checked_values(one)
        self._entries.journal(at.link, [("check", _told(values))], one.at)
        session.merge(CheckedRow(**values, at=one.at))

    def _uncheck(self, session: Session, at: Opened, kind: Kind) -> None:
        row = session.get(CheckedRow, (at.snapshot, kind))
        if row is not None:
            told = {"snapshot_id": at.snapshot, "kind": kind}
            self._entries.journal(at.link, [("uncheck", _told(told))])
            session.delete(row)

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """A transaction after which the facts can be found as they are then."""
        with self._database.writing() as session:
            yield session
        self._deriver.drain()

    def _store(self, session: Session, at: Opened) -> None:
        for snapshot in listing.snapshots_of(session, at.link.id):
            entered.store_again(session, snapshot)


def _before(at: Opened, fact: Fact) -> tuple[Correction | None, Mapping[str, Any], Action]:
    """The correction on this snapshot that a new one stands for, what it is a change of, and what it is.

    One made on another snapshot of the link stays there; here the new one goes before it.
    """
    made = at.made(fact)
    if made and made.correction.snapshot == at.snapshot:
        return made.correction, made.correction.old, made.correction.action
    if made:
        return (None, made.read.fields, "change") if made.read else (None, {}, "add")
    return None, fact.fields, "change"


def _plain(note: str) -> str:
    """One line, with nothing in it that a database or a page cannot hold."""
    return " ".join("".join(" " if category(c) in ("Cc", "Cs") else c for c in note).split())[:NOTE_CHARS]


def _told(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)  # the journal's line sees to that


def _nothing_changed(fact: Fact) -> None:
    detail = {"detail": "没有改动任何一项", "detail_en": "nothing was changed"}
    mend = {"mend": "请改好不对的那一项再保存。", "mend_en": "Change what is wrong, then save."}
    raise UsageWrong(fact.span.quote[:80], **detail, **mend)


def _correction(
    at: Opened,
    kind: Kind,
    span: Span,
    action: Action,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    note: str,
) -> Correction:
    before, after = around(at.text, span.start, span.end)
    return Correction(
        id=new_id(),
        snapshot=at.snapshot,
        kind=kind,
        action=action,
        span=span,
        before=before,
        after=after,
        old=dict(old or {}),
        new=dict(new or {}),
        note=_plain(note),
        who=acting.name(),
        at=now_utc(),
    )
