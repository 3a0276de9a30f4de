"""Opening the database: SQLite in the data folder, or PostgreSQL by URL, at the newest migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from cunzhao.errors import DatabaseUnreachable
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
    """Connect and bring the tables to the newest migration. Raises DatabaseUnreachable."""
    url = _driver_named(settings.database_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)
    shown = sa.make_url(url).render_as_string(hide_password=True)
    try:
        with FileLock(settings.home / "migrate.lock"):
            _migrate(engine)
    except (OperationalError, ProgrammingError) as exc:
        engine.dispose()
        raise DatabaseUnreachable(shown, detail=str(exc.orig).strip()) from exc
    return Database(engine)


def _driver_named(url: str) -> str:
    """`postgresql://…` means psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
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
