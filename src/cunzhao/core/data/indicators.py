"""What indicators are called: the list of them, and names that users add, merge and take back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core.derived import observing
from cunzhao.core.derived.deriving import Deriver
from cunzhao.core.keeping.entries import tell
from cunzhao.core.queries import counted
from cunzhao.core.queries.cursors import cursor, key_of
from cunzhao.core.queries.remembered import Remembering
from cunzhao.core.values.indicators import IndicatorAlias, IndicatorFilter, IndicatorRow, IndicatorsPage
from cunzhao.errors import NameInUse, NotFound, UsageWrong
from cunzhao.ledger.naming import folded, lexicon
from cunzhao.storage import acting
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import IndicatorAliasRow

ROWS = 100  # indicators on one page
LABELS = 6  # shown of one
LONGEST = 80  # characters of a name
CHOICES = 500  # indicators of the archive to choose from, beside those of the bundled table


class Indicators(Remembering):
    """The part of `Core` that knows what indicators are called."""

    _database: Database
    _archive: Archive
    _deriver: Deriver

    def indicators(self, wanted: IndicatorFilter) -> IndicatorsPage:
        with self._database.reading() as session:
            every = self._remembered.get(session, "indicators", _listed, kept=True)
            return _page(session, wanted, every)

    def name_indicator(self, alias: str, name: str) -> IndicatorAlias:
        """Figures called `alias` (a label, or the name of an indicator, which is merged) go under `name`.

        A name given to the same alias before is replaced. Raises UsageWrong; then nothing is changed.
        """
        alias, name = _clean(alias), _clean(name)
        with self._database.writing() as session:
            name = _checked(session, alias, name)
            now = now_utc()
            told = {"alias": folded(alias), "shown": alias, "name": name, "who": acting.name()}
            tell(self._archive, "alias", told, now)
            session.merge(IndicatorAliasRow(**told, at=now))
            observing.rename(session)
        self._deriver.drain()
        return IndicatorAlias(alias=alias, name=name, at=now)

    def unname_indicator(self, alias: str) -> IndicatorAlias:
        """Take a name back: figures called so are again what the bundled table says. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(IndicatorAliasRow, folded(alias))
            if row is None:
                raise NotFound(alias, what="指标名称", what_en="name of an indicator")
            gone = _alias(row)
            tell(self._archive, "unalias", {"alias": row.alias}, now_utc())
            session.delete(row)
            observing.rename(session)
        self._deriver.drain()
        return gone


def replay(session: Session, op: str, told: Mapping[str, Any], at: datetime) -> None:
    """One line of the journal, in a rebuild."""
    if op == "alias":
        session.merge(IndicatorAliasRow(**told, at=at))
    else:
        session.execute(sa.delete(IndicatorAliasRow).where(IndicatorAliasRow.alias == told["alias"]))
    session.flush()


def _clean(text: str) -> str:
    """One line without control characters; brackets and the rest stay as typed."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def _checked(session: Session, alias: str, name: str) -> str:
    """The name as it is to be stored: that of the indicator meant. Raises UsageWrong."""
    for said, what, what_en in (
        (alias, "原来的名称", "the name as it is"),
        (name, "归入的指标", "the indicator"),
    ):
        if not said:
            _wrong(
                said, f"没有填写{what}", f"{what_en} is missing", "请填好两个名称。", "Fill in both names."
            )
        if len(said) > LONGEST or len(folded(said)) > 2 * LONGEST:
            _wrong(
                f"{said[:20]}…",
                f"{what}超过 {LONGEST} 个字",
                f"{what_en} is longer than {LONGEST} characters",
                "请写短一些的名称。",
                "Use a shorter name.",
            )
    words = observing.words_of(session)
    meant = words.names.get(folded(name), name)
    if folded(meant) == folded(words.names.get(folded(alias), alias)):
        same = folded(alias) == folded(name)
        raise NameInUse(
            alias,
            detail="两个名称相同" if same else f"“{alias}”和“{name}”已经是同一个指标",
            detail_en="both names are the same" if same else f"{alias} and {name} are one indicator already",
            mend="请检查是否填错；要改变归并的方向，请先撤销原来的一条。",
            mend_en="Check what was typed; to turn a merger round, take the earlier entry back first.",
        )
    return meant


def _wrong(said: str, detail: str, detail_en: str, mend: str, mend_en: str) -> None:
    raise UsageWrong(said or "指标名称", detail=detail, detail_en=detail_en, mend=mend, mend_en=mend_en)


@dataclass(frozen=True, slots=True)
class _Listed:
    row: IndicatorRow
    words: str  # its names and labels, folded


def _listed(session: Session) -> list[_Listed]:
    """All indicators, those with the most figures first."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    for indicator, label, count in counted.labels(session):
        labels[indicator][label] += count
    bundled, words = lexicon(), observing.words_of(session)
    others: dict[str, str] = defaultdict(str)  # of each indicator all its names in one string
    for alias, name in words.names.items():
        others[name] += f"\n{alias}"
    every = [
        _Listed(
            _row(name, found, known=folded(name) in bundled.names),
            folded("\n".join((name, *found))) + others[name],
        )
        for name, found in labels.items()
    ]
    return sorted(every, key=lambda one: _usual(one.row))


def _page(session: Session, wanted: IndicatorFilter, every: list[_Listed]) -> IndicatorsPage:
    part = folded(wanted.q)
    rows = [one.row for one in every if part in one.words]
    key, query = key_of(wanted.after, int, str), sa.select(IndicatorAliasRow)
    left = rows[bisect_right(rows, key, key=_usual) :] if key else rows
    usual = (one.row.name for one in every[:CHOICES])
    return IndicatorsPage(
        rows=tuple(left[:ROWS]),
        total=len(rows),
        filter=wanted,
        next=cursor(*_usual(left[ROWS - 1])) if len(left) > ROWS else None,
        aliases=tuple(_alias(row) for row in session.scalars(query.order_by(IndicatorAliasRow.at.desc()))),
        names=tuple(sorted({*usual, *lexicon().names.values()})),
    )


def _usual(row: IndicatorRow) -> tuple[int, str]:
    return -row.figures, row.name


def _alias(row: IndicatorAliasRow) -> IndicatorAlias:
    return IndicatorAlias(alias=row.shown, name=row.name, at=row.at)


def _row(name: str, found: Counter[str], *, known: bool) -> IndicatorRow:
    shown = [label for label, _ in found.most_common() if folded(label) != folded(name)]
    return IndicatorRow(
        name=name,
        figures=found.total(),
        labels=tuple(shown[:LABELS]),
        more=len(shown[LABELS:]),
        known=known,
    )
