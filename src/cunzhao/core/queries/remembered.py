"""What is dear to count and seldom changes: kept in memory until the database holds something else.

Whether it does is told by the newest ids and the trash, which cost next to nothing to ask for. Where counting
takes long (a million facts), what was counted a moment ago is good enough while links come in; in a server
`warm` counts it anew before that moment has passed, so that no visitor waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.storage.models import FactRow, IndicatorAliasRow, Link, ObservationRow, Snapshot

T = TypeVar("T")
Make = Callable[[Session], Any]
Tell = Callable[[Session], Hashable]

LONG_S = 0.1  # what takes less is always counted anew
SHARE = 60  # no more than so small a part of the time goes into counting one thing
MOST = 64  # values; pages have few, charts one for each choice


@dataclass(frozen=True, slots=True)
class _How:
    """How something is counted."""

    make: Make
    tell: Tell
    kept: bool


@dataclass(frozen=True, slots=True)
class _Held:
    stamp: Hashable
    ended: float  # when it was counted
    cost: float  # seconds
    value: Any
    how: _How

    def older(self, times: int) -> bool:
        """Whether it was counted longer ago than so many times its share."""
        return time.monotonic() > self.ended + times * SHARE * self.cost

    def good(self, now: Hashable) -> bool:
        """Good enough for whoever asks."""
        return self.stamp == now or (self.cost > LONG_S and not self.older(2))


class Remembered:
    """Safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[Hashable, _Held] = {}
        self._making: dict[Hashable, threading.Lock] = {}

    def forget(self) -> None:
        """What is asked for next is counted anew."""
        with self._lock:
            self._held.clear()

    def get(
        self,
        session: Session,
        key: Hashable,
        make: Callable[[Session], T],
        told_by: Tell | None = None,
        *,
        kept: bool = False,
    ) -> T:
        """What `make` counts of the database as it is, or was a moment ago.

        `told_by` gives something else whenever the database does; `kept` is what `refresh` counts anew.
        """
        how = _How(make, told_by or stamp, kept)
        now = how.tell(session)
        held = self._held.get(key)
        if held and held.good(now):
            return held.value  # type: ignore[no-any-return]
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        if not making.acquire(blocking=held is None or held.cost <= LONG_S) and held:
            return held.value  # type: ignore[no-any-return]  # another thread counts it at this moment
        try:
            held = self._held.get(key)
            if held is None or not held.good(now):
                held = self._make(session, key, now, how)
            return held.value  # type: ignore[no-any-return]
        finally:
            making.release()

    def refresh(self, session: Session) -> bool:
        """Count anew what is kept, dear and no longer so; whether there was anything."""
        counted = False
        with self._lock:
            kept = [(key, held) for key, held in self._held.items() if held.how.kept and held.cost > LONG_S]
        for key, held in kept:
            now = held.how.tell(session)
            if now != held.stamp and held.older(1):
                with self._making[key]:
                    self._make(session, key, now, held.how)
                counted = True
        return counted

    def _make(self, session: Session, key: Hashable, now: Hashable, how: _How) -> _Held:
        began = time.monotonic()
        made = how.make(session)
        ended = time.monotonic()
        with self._lock:
            self._held[key] = new = _Held(now, ended, ended - began, made, how)
            if len(self._held) > MOST:
                passing = (known for known, held in self._held.items() if not held.how.kept and known != key)
                gone = next(passing, None)
                self._held.pop(gone, None)
                self._making.pop(gone, None)
        return new


class Remembering:
    """A part of `Core` that remembers; all parts share one memory."""

    @cached_property
    def _remembered(self) -> Remembered:
        return Remembered()


def stamp(session: Session) -> Hashable:
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
