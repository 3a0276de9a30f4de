"""Opening the database: SQLite in the data folder, or PostgreSQL by URL, at the newest migration."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from cunzhao.errors import DatabaseDamaged, DatabaseUnreachable, DiskFull
from cunzhao.settings import Settings

SQLITE_WAIT_S = 30  # another process may be writing
SQLITE_NEEDS_BYTES = 64 * 1024  # for the files that it opens beside the database
POSTGRES_DISK_FULL = "53100"  # SQLSTATE disk_full


class Database:
    """One engine and its transactions."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._writers = sessionmaker(engine, expire_on_commit=False)
        self._readers = sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back on an error. Raises DiskFull."""
        with _disk_full_told(self.engine.url), self._writers.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view; on SQLite it never waits for a writer. Raises DiskFull."""
        with _disk_full_told(self.engine.url), self._readers.begin() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """Connect and bring the tables to the newest migration.

    Raises DatabaseUnreachable, DatabaseDamaged, DiskFull.
    """
    engine = _engine_of(settings.database_url)
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.home / "migrate.lock"), _disk_full_told(engine.url):
            _migrate(engine)
    except DiskFull:
        engine.dispose()
        raise
    except (DatabaseError, CommandError) as exc:  # CommandError: tables of a newer version
        engine.dispose()
        cause = getattr(exc, "orig", None) or exc
        # the bare class says "file is not a database" and the like; its subclasses, what may pass
        kind = DatabaseDamaged if type(cause) is sqlite3.DatabaseError else DatabaseUnreachable
        raise kind(engine.url.render_as_string(), detail=str(cause).strip()) from exc
    return Database(engine)


@contextmanager
def _disk_full_told(url: sa.URL) -> Iterator[None]:
    """The database's word for a full disk as DiskFull; its input is the file, or the server's address."""
    try:
        yield
    except DatabaseError as exc:
        if not _is_disk_full(exc.orig, url):
            raise
        place = url.database if _is_sqlite(url) else None
        raise DiskFull(place or url.render_as_string()) from exc


def _is_disk_full(error: BaseException | None, url: sa.URL) -> bool:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the lower byte is the primary code
        # Its files beside the database (-wal, -shm) are told as faults of input or of opening.
        maybe = code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and _is_sqlite(url)
        return code == sqlite3.SQLITE_FULL or (maybe and _no_room_beside(Path(url.database or "")))
    return getattr(error, "sqlstate", "") == POSTGRES_DISK_FULL


def _no_room_beside(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < SQLITE_NEEDS_BYTES
    except OSError:
        return False


def _is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


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
    if not _is_sqlite(url):
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
