"""Figures as a reader looks for them: of the indicators with most figures first, each by area and by time.

No index has that order. Indicators are taken one after the other, rare ones many at once, until a page is
full; each is read in its own order from an index.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.core.queries.cursors import behind, cursor, key_of
from cunzhao.storage.models import ObservationRow

O = ObservationRow  # noqa: E741  it stands in every line
WITHIN: tuple[Any, ...] = (O.at_area, O.at_days, O.measure, O.unit, O.snapshot_id, O.start, O.id)
_KEY = (str, int, str, str, str, str, str, str, int, int)
KEPT = 64  # orders in which somebody may still be reading
AT_ONCE = 2_000  # figures of rare indicators that are read together
NAMES = 500  # of them

#: Indicators in order, each with no fewer figures than it has among those that are wanted.
Ranks = Sequence[tuple[str, int]]
NONE: Ranks = ()
Of = Callable[
    [Sequence[str]], list[sa.ColumnElement[bool]]
]  # the figures wanted that are of these indicators


class Orders:
    """Orders that pages have been made in, so that the next page is of the same though figures come.

    In memory: after a restart, or in another process, the next page is of the order that holds then.
    """

    def __init__(self) -> None:
        self._kept: deque[tuple[str, Hashable, Ranks]] = deque(maxlen=KEPT)

    def begun(self, after: str, wanted: Hashable, now: Ranks) -> tuple[str, Ranks]:
        """The order of the walk that this cursor belongs to, and its name; `now` where it begins."""
        key = key_of(after, *_KEY)
        for name, of, order in tuple(self._kept):
            if of == wanted and (name == key[0] if key else order == now):
                return name, order
        name = uuid.uuid4().hex[:12]
        self._kept.append((name, wanted, now))
        return name, now


def ranks(figures: Mapping[str, int]) -> Ranks:
    """The most usual indicators first; what no indicator was read of comes last."""
    return sorted(figures.items(), key=_rank)


def page(session: Session, order: Ranks, of: Of, after: str, most: int) -> list[ObservationRow]:
    """So many figures, behind the one of this cursor. Raises UsageWrong for a forged one."""
    key = key_of(after, *_KEY)
    at, within = _begin(order, key) if key else (0, None)
    found: list[ObservationRow] = []
    while len(found) < most and at < len(order):
        left = most - len(found)
        some = order[at : at + 1] if within else _together(order[at : at + NAMES], left)
        query = sa.select(O).where(*of([name for name, _ in some]))
        if within:
            query = query.where(behind(WITHIN, within))
        if len(some) == 1:
            found += session.scalars(query.order_by(*WITHIN).limit(left))
        else:
            place = {name: n for n, (name, _) in enumerate(some)}
            found += sorted(session.scalars(query.order_by(*WITHIN)), key=lambda row: place[row.indicator])
        at, within = at + len(some), None
    return found[:most]


def behind_row(order: Ranks, row: ObservationRow, called: str = "") -> str:
    """The cursor of what follows this figure, in the order that is called so."""
    figures = next(n for name, n in order if name == row.indicator)
    return cursor(called, figures, row.indicator, *(getattr(row, column.key) for column in WITHIN))


def _rank(told: tuple[str, int]) -> tuple[bool, int, str]:
    name, figures = told
    return not name, -figures, name


def _begin(order: Ranks, key: tuple[Any, ...]) -> tuple[int, tuple[Any, ...] | None]:
    """The place of the cursor's indicator; where it is gone, of the one that would follow it."""
    _, figures, name, *within = key
    at = next((n for n, (other, _) in enumerate(order) if other == name), None)
    if at is not None:
        return at, tuple(within)
    was = _rank((name, figures))
    return next((n for n, other in enumerate(order) if _rank(other) > was), len(order)), None


def _together(order: Ranks, left: int) -> Ranks:
    """The first indicator, and as many rare ones behind it as a page may take."""
    held = 0
    for n, (_, figures) in enumerate(order):
        if n and (held >= 2 * left or held + figures > AT_ONCE):
            return order[:n]
        held += figures
        if figures > AT_ONCE or (not n and figures >= left):
            return order[: n + 1]
    return order
