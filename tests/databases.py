"""Empty databases of a PostgreSQL server, for tests that start from nothing."""

from __future__ import annotations

import itertools
import os

import psycopg

_numbers = itertools.count()


def fresh(server: str) -> str:
    """The URL of a new database on this server."""
    name = f"t{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return server.replace("/postgres?", f"/{name}?")
