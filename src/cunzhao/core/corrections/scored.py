"""How the extractor fares against what users have checked: its own facts, before any correction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.corrections.gold import gold_lines
from cunzhao.core.corrections.opened import text_of
from cunzhao.core.derived import entered
from cunzhao.core.values.corrected import Bare, Checked
from cunzhao.core.values.corrections import ScoreRow
from cunzhao.extract import scoring
from cunzhao.extract.types import Fact


def holding(checked: Iterable[Checked], bare: Bare) -> list[Checked]:
    """Those whose text is as it was when they were checked."""
    return [one for one in checked if one.digest == bare.digest]


def scores(session: Session, snapshots: Sequence[str]) -> tuple[ScoreRow, ...]:
    """One row for each kind that is checked in any of these snapshots, over all of them together."""
    rows: dict[str, ScoreRow] = {}
    for snapshot in snapshots:
        text = text_of(session, snapshot)
        checked = holding(entered.entered(session, snapshot).checked, Bare(text))
        read = entered.read_facts(session, snapshot) if checked else ()
        for one in scores_of(checked, read, text):
            known = rows.get(one.kind)
            rows[one.kind] = _together(known, one) if known else one
    return tuple(rows[kind] for kind in FIELDS if kind in rows)


def scores_of(checked: Iterable[Checked], read: Sequence[Fact], text: str) -> list[ScoreRow]:
    """One row for each kind that is checked and holds in this text."""
    return [_row(one, scoring.score(
        gold_lines(one.facts), [fact.to_json() for fact in read if fact.kind == one.kind], text
    ).get(one.kind)) for one in checked]  # fmt: skip


def _row(one: Checked, score: scoring.KindScore | None) -> ScoreRow:
    matches = score.matches if score else ()
    names = scoring.scored_fields(one.kind)
    return ScoreRow(
        kind=one.kind,
        snapshots=1,
        gold=score.gold if score else 0,
        found=score.found if score else 0,
        right=len(matches),
        complete=sum(not match.wrong for match in matches),
        fields={name: sum(name not in match.wrong for match in matches) for name in names},
    )


def _together(a: ScoreRow, b: ScoreRow) -> ScoreRow:
    return ScoreRow(
        kind=a.kind,
        snapshots=a.snapshots + b.snapshots,
        gold=a.gold + b.gold,
        found=a.found + b.found,
        right=a.right + b.right,
        complete=a.complete + b.complete,
        fields={name: count + b.fields[name] for name, count in a.fields.items()},
    )
