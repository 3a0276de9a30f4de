"""INSERT … ON CONFLICT DO NOTHING, in the words of either database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from cunzhao.storage.models import Base


def insert_new(session: Session, table: type[Base]) -> Any:
    """An insert into `table` that passes over rows already there; execute it with the rows."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing()
