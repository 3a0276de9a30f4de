"""A plan's tasks (任务) as a table: each item with the figures stated inside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cunzhao.extract.types import Fact, Span
from cunzhao.ledger.types import Observation, Task


def tasks(snapshot: str, facts: Sequence[Fact], observations: Sequence[Observation]) -> list[Task]:
    """The task facts of a snapshot in the order of the text, with its observations inside their spans.

    Nothing is proposed: where the text names several responsible units and no lead, `lead` stays empty.
    """
    own = sorted(
        (o for o in observations if o.snapshot == snapshot), key=lambda o: (o.span.start, o.span.end)
    )
    items = sorted((f for f in facts if f.kind == "task"), key=lambda f: (f.span.start, f.span.end))
    return [_task(snapshot, item, own) for item in items]


def _task(snapshot: str, item: Fact, observations: Sequence[Observation]) -> Task:
    fields, span = item.fields, item.span
    return Task(
        snapshot=snapshot,
        number=str(fields.get("number") or ""),
        title=str(fields.get("title") or ""),
        area=fields.get("area") or None,
        lead=tuple(fields.get("lead") or ()),
        units=tuple(fields.get("units") or ()),
        deadline=fields.get("deadline") or None,
        span=span,
        figures=tuple(o for o in _from(observations, span) if o.span.end <= span.end),
    )


def _from(observations: Sequence[Observation], span: Span) -> Sequence[Observation]:
    """Those that begin within the span."""
    first = bisect_left(observations, span.start, key=lambda o: o.span.start)
    return observations[first : bisect_left(observations, span.end, key=lambda o: o.span.start)]
