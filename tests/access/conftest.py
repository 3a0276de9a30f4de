"""Access with a clock that can be set forward, and a hasher that costs nothing."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from cunzhao.access.access import Access
from cunzhao.access.passwords import Hashing
from cunzhao.storage.database import Database

ROOMS = ("accounts", "auditing", "logins", "shares", "tokens")
GOOD = "竹林里的七把雨伞 lamp"
OTHER = "seven umbrellas 竹林 wind"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for room in ROOMS:
        monkeypatch.setattr(importlib.import_module(f"cunzhao.access.{room}"), "now_utc", made)
    return made


@pytest.fixture(scope="session")
def quick() -> Hashing:
    return Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def access(database: Database, clock: Clock, quick: Hashing) -> Iterator[Access]:
    yield Access(database, quick)


@pytest.fixture
def people(access: Access) -> Access:
    """One of each role, all with the password GOOD."""
    for name, role in (("陈静", "administrator"), ("李编辑", "editor"), ("王看", "viewer")):
        access.add_account(name, GOOD, role)
    return access
