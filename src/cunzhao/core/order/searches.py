"""What `Core` does with saved searches: queries with their filters, under names. It does not search."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core.keeping.entries import tell
from cunzhao.core.queries import collected
from cunzhao.core.queries.rows import check_version, version_of
from cunzhao.core.values.workbench import SavedSearch
from cunzhao.errors import NameInUse, NotFound
from cunzhao.organize.names import check_title, wrong
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.organized import SavedSearchRow
from cunzhao.storage.upsert import insert_new

MAX_QUERY = 2000  # code points


class Searches:
    _database: Database
    _archive: Archive

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """By name."""
        with self._database.reading() as session:
            query = sa.select(SavedSearchRow).order_by(SavedSearchRow.name, SavedSearchRow.id)
            return tuple(map(_saved, session.scalars(query)))

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Raises UsageWrong, and NameInUse where the name is taken."""
        name, query = check_title(name, "检索名称", "name of the search"), check_query(query)
        with self._database.writing() as session:
            _demand_free(session, name)
            now = now_utc()
            id = collected.free_id(session, SavedSearchRow, name)
            row = {"id": id, "name": name, "query": query, "made": now}
            session.execute(insert_new(session, SavedSearchRow), [row])
            made = session.get_one(SavedSearchRow, id)
            self._journal_search(made, now)
            return _saved(made)

    def edit_search(
        self, search_id: str, *, name: str | None = None, query: str | None = None, version: str | None = None
    ) -> SavedSearch:
        """Raises NotFound, UsageWrong, EditConflict."""
        name = None if name is None else check_title(name, "检索名称", "name of the search")
        query = None if query is None else check_query(query)
        with self._database.writing() as session:
            row = _row(session, search_id)
            check_version(row.name, version, _version(row))
            if name is not None and name != row.name:
                _demand_free(session, name)
                row.name = name
            row.query = row.query if query is None else query
            self._journal_search(row, now_utc())
            return _saved(row)

    def drop_search(self, search_id: str) -> SavedSearch:
        """The search that is gone: saving it again under its name undoes this. Raises NotFound."""
        with self._database.writing() as session:
            row = _row(session, search_id)
            gone = _saved(row)
            tell(self._archive, "unsearch", {"id": search_id}, now_utc())
            session.delete(row)
        return gone

    def _journal_search(self, row: SavedSearchRow, at: datetime) -> None:
        tell(self._archive, "search", {"id": row.id, "name": row.name, "query": row.query}, at)


def check_query(text: str) -> str:
    """The part of a search page's address behind the `?`, in one form. Raises UsageWrong."""
    if len(text) > MAX_QUERY:
        detail = f"检索条件太长：最多 {MAX_QUERY} 个字"
        raise wrong(text, detail, f"the query is longer than {MAX_QUERY} characters")
    parts = [(key, value) for key, value in parse_qsl(text.removeprefix("?")) if value.strip()]
    if not parts or any(c < " " or c == "\x7f" for key, value in parts for c in key + value):
        raise wrong(text, "检索条件是空的，或含有控制字符", "the query is empty, or holds control characters")
    return urlencode(parts, errors="replace")


def _row(session: Session, search_id: str) -> SavedSearchRow:
    row = session.get(SavedSearchRow, search_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(search_id, what="保存的检索", what_en="saved search")
    return row


def _demand_free(session: Session, name: str) -> None:
    if session.scalar(sa.select(SavedSearchRow.id).where(SavedSearchRow.name == name).limit(1)):
        raise NameInUse(
            name,
            detail="已有同名的检索",
            detail_en="there is a saved search of this name",
            mend="请换一个名称，或先删除原来的。",
            mend_en="Use another name, or drop the other one first.",
        )


def _version(row: SavedSearchRow) -> str:
    return version_of(row.name, row.query)


def _saved(row: SavedSearchRow) -> SavedSearch:
    return SavedSearch(id=row.id, name=row.name, query=row.query, made=row.made, version=_version(row))
