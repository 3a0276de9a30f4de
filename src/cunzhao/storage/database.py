"""Opening the database: SQLite in the data folder, or PostgreSQL by URL, at the newest migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from cunzhao.errors import DatabaseDamaged, DatabaseUnreachable
from cunzhao.settings import Settings

SQLITE_WAIT_S = 30  # another process may be writing


class Database:
    """One engine and its transactions."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._writers = sessionmaker(engine, expire_on_commit=False)
        self._readers = sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back on an error."""
        with self._writers.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; on SQLite it never waits for a writer."""
        with self._readers.begin() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Connect and bring the tables to the newest migration. Raises DatabaseUnreachable, DatabaseDamaged."""
    engine = _engine_of(settings.database_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.home / "migrate.lock"):
            _migrate(engine)
    except (DatabaseError, CommandError) as exc:  # CommandError: tables of a newer version
        engine.dispose()
        cause = getattr(exc, "orig", None) or exc
        # the bare class says "file is not a database" and the like; its subclasses, what may pass
        kind = DatabaseDamaged if type(cause) is sqlite3.DatabaseError else DatabaseUnreachable
        raise kind(engine.url.render_as_string(), detail=str(cause).strip()) from exc
    return Database(engine)


def _engine_of(url: str) -> sa.Engine:
    shown = "storage.database"  # an address that cannot be read may hold a password: it is not shown
    try:
        parsed = sa.make_url(_driver_named(url))
        shown = parsed.render_as_string(hide_password=True)
        return _engine(parsed)
    except (ArgumentError, ValueError, ImportError) as exc:  # no address, or of a driver that is not here
        raise DatabaseUnreachable(shown, detail=str(exc)) from exc


def _driver_named(url: str) -> str:
    """`postgresql://…` means psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    engine = sa.create_engine(url, connect_args={"timeout": SQLITE_WAIT_S})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A deferred transaction that reads, then writes, fails at once if another process wrote in between;
        # IMMEDIATE waits its turn instead.
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _migrate(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(resources.files("cunzhao.storage") / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
