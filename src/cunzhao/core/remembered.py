"""What is dear to count and seldom changes: kept in memory until the database holds something else.

Whether it does is told by the newest ids and the trash, which cost next to nothing to ask for. Where counting
takes long (a million facts), what was counted a moment ago is good enough while links come in: no more than
a thirtieth of the time goes into counting.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.storage.models import FactRow, IndicatorAliasRow, Link, ObservationRow, Snapshot

T = TypeVar("T")

LONG_S = 0.1  # what takes less is always counted anew
SHARE = 30
MOST = 64  # values; pages have few, charts one for each choice


class Remembered:
    """Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[Hashable, tuple[Hashable, float, float, object]] = {}

    def forget(self) -> None:
        """What is asked for next is counted anew."""
        with self._lock:
            self._held.clear()

    def get(
        self,
        session: Session,
        key: Hashable,
        make: Callable[[Session], T],
        told_by: Callable[[Session], Hashable] | None = None,
    ) -> T:
        """What `make` counts of the database as it is, or was a moment ago.

        `told_by` gives something else whenever the database does.
        """
        with self._lock:
            stamp = (told_by or _stamp)(session)
            if key in self._held:
                told, until, cost, value = self._held[key]
                if told == stamp or (cost > LONG_S and time.monotonic() < until):
                    return value  # type: ignore[return-value]
            began = time.monotonic()
            made = make(session)
            ended = time.monotonic()
            self._held[key] = (stamp, ended + SHARE * (ended - began), ended - began, made)
            while len(self._held) > MOST:
                del self._held[next(iter(self._held))]
            return made


class Remembering:
    """A part of `Core` that remembers; all parts share one memory."""

    @cached_property
    def _remembered(self) -> Remembered:
        return Remembered()


def _stamp(session: Session) -> Hashable:
    """Another one whenever facts, shown snapshots, the trash or names of indicators are others."""
    ids = (FactRow.id, ObservationRow.id, Snapshot.id)
    newest = (sa.select(sa.func.max(id)).scalar_subquery() for id in ids)
    trash = (
        sa.select(told).where(Link.removed.is_not(None)).scalar_subquery()
        for told in (sa.func.count(), sa.func.max(Link.removed))
    )
    names = (
        sa.select(told).select_from(IndicatorAliasRow).scalar_subquery()
        for told in (sa.func.count(), sa.func.max(IndicatorAliasRow.at))
    )
    return tuple(session.execute(sa.select(*newest, *trash, *names)).one())
