"""A snapshot's facts opened for reading over: as they are read, as users want them, and by whose word."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.derived import entered
from cunzhao.core.keeping import keeping
from cunzhao.core.queries import listing, rows
from cunzhao.core.values.corrected import Corrected, Entered, Outcome, as_entered
from cunzhao.errors import FactChanged, NotFound, QuoteMissing, UsageWrong
from cunzhao.extract.types import Fact, Span
from cunzhao.storage.models import DocumentRow, Link, Snapshot


def fact_key(fact: Fact) -> str:
    """Names a fact on a page; another as soon as anything of it is another."""
    said = [fact.kind, fact.span.start, fact.span.end, fact.span.quote, dict(fact.fields)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Opened:
    link: Link
    snapshot: str
    text: str
    read: tuple[Fact, ...]  # what the extractor said
    said: Entered
    done: Corrected  # the facts as they are shown

    def fact(self, key: str) -> Fact:
        """Raises FactChanged."""
        found = next((fact for fact in self.done.facts if fact_key(fact) == key), None)
        if found is None:
            raise FactChanged(self.snapshot)
        return found

    def fact_at(self, kind: str, start: int, end: int, was: Mapping[str, Any]) -> Fact:
        """The fact at a place; `was` tells several there apart. Raises FactChanged."""
        for fact in self.done.facts:
            same = (fact.kind, fact.span.start, fact.span.end) == (kind, start, end)
            if same and all(fact.fields.get(name) == value for name, value in was.items()):
                return fact
        raise FactChanged(f"{self.snapshot} {kind} {start}-{end}")

    def made(self, fact: Fact) -> Outcome | None:
        """The correction that made a fact what it is."""
        key = fact_key(fact)
        return next((o for o in self.done.outcomes if o.fact and fact_key(o.fact) == key), None)


def open_facts(
    session: Session, snapshot_id: str, *, hold: bool = False, said: Entered | None = None
) -> Opened:
    """With `hold` nobody else enters anything about the link meanwhile; `said` is what users said, where
    that is known already. Raises NotFound."""
    link_id = listing.snapshot_by_id(session, snapshot_id).link_id
    link = (keeping.locked_link(session, link_id) if hold else None) or listing.link_by_id(session, link_id)
    text = text_of(session, snapshot_id)
    read = tuple(entered.read_facts(session, snapshot_id))
    said = said or entered.entered(session, snapshot_id)
    return Opened(link, snapshot_id, text, read, said, as_entered(read, said, text))


def text_of(session: Session, snapshot_id: str) -> str:
    """Raises NotFound."""
    listing.snapshot_by_id(session, snapshot_id)
    text = session.scalar(sa.select(DocumentRow.text).where(DocumentRow.snapshot_id == snapshot_id))
    if text is None:
        raise NotFound(snapshot_id, what="正文", what_en="text of this snapshot")
    return text


def title_of(session: Session, snapshot_id: str) -> str:
    """Raises NotFound."""
    listing.snapshot_by_id(session, snapshot_id)
    return titles_of(session, [snapshot_id])[snapshot_id]


def titles_of(session: Session, snapshots: Iterable[str]) -> dict[str, str]:
    query = (
        sa.select(Snapshot.id, DocumentRow.title, Link.title, Snapshot.final_url)
        .join(Link, Link.id == Snapshot.link_id)
        .outerjoin(DocumentRow, DocumentRow.snapshot_id == Snapshot.id)
        .where(Snapshot.id.in_(set(snapshots)))
    )
    found = session.execute(query).all()
    return {id: rows.shown_title(title or "", called, url) for id, title, called, url in found}


def span_in(text: str, start: int, end: int) -> Span:
    """The words of a place without white space at its ends. Raises QuoteMissing."""
    words = text[max(start, 0) : end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise QuoteMissing(f"{start}-{end}")
    start += len(words) - len(words.lstrip())
    return Span.of(text, start, start + len(words.strip()))


def check_kind(kind: str) -> None:
    """Raises UsageWrong for a kind whose facts are not corrected."""
    if kind not in FIELDS:
        detail = {"detail": "这类数据不能改正", "detail_en": "facts of this kind are not corrected"}
        mend = {"mend": f"可选：{'、'.join(FIELDS)}。", "mend_en": f"Use one of {', '.join(FIELDS)}."}
        raise UsageWrong(kind, **detail, **mend)
