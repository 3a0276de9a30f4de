"""Abbreviations that search knows: bundled ones, those of the lexicons of extraction, and what users add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from cunzhao.archive.store import Archive
from cunzhao.core.keeping.entries import tell
from cunzhao.core.values.search import SearchAlias, SearchAliasesPage
from cunzhao.errors import NameInUse, NotFound, UsageWrong
from cunzhao.extract.lexicons import lines
from cunzhao.organize.aliases import Aliases, bundled
from cunzhao.organize.fold import fold
from cunzhao.organize.names import check_line
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.organized import SearchAliasRow

LONGEST = 60  # characters of a name
_SHORTEST = 2


class SearchAliases:
    """The part of `Core` by which users say what means the same in a search."""

    _database: Database
    _archive: Archive

    def search_aliases(self) -> SearchAliasesPage:
        with self._database.reading() as session:
            rows = session.scalars(sa.select(SearchAliasRow).order_by(SearchAliasRow.at.desc()))
            return SearchAliasesPage(own=tuple(map(_alias, rows)), bundled=_known())

    def add_search_alias(self, name: str, meaning: str) -> SearchAlias:
        """Who searches one finds the other too. Raises UsageWrong; one that stands already is kept."""
        name = check_line(name, "简称", "abbreviation", LONGEST)
        meaning = check_line(meaning, "全称", "meaning", LONGEST)
        short, full = fold(name), fold(meaning)
        if short == full or min(len(short), len(full)) < _SHORTEST:
            kind = NameInUse if short == full else UsageWrong
            raise kind(
                f"{name} = {meaning}",
                detail="两个名称相同，或不足两个字",
                detail_en="the names are the same, or shorter than two characters",
                mend="请填写两个不同的名称，各至少两个字。",
                mend_en="Give two different names of at least two characters.",
            )
        with self._database.writing() as session:
            known = session.get(SearchAliasRow, (short, full))
            if known is None:
                now = now_utc()
                told = {"name": short, "meaning": full, "shown": f"{name} = {meaning}"}
                tell(self._archive, "abbreviate", told, now)
                known = session.merge(SearchAliasRow(**told, at=now))
            return _alias(known)

    def drop_search_alias(self, name: str, meaning: str) -> SearchAlias:
        """Adding it again undoes this. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(SearchAliasRow, (fold(name), fold(meaning)))
            if row is None:
                raise NotFound(f"{name} = {meaning}", what="简称", what_en="abbreviation")
            gone = _alias(row)
            told = {"name": row.name, "meaning": row.meaning}
            tell(self._archive, "unabbreviate", told, now_utc())
            session.delete(row)
        return gone


def aliases_of(session: Session) -> Aliases:
    """Everything that means the same, with what users said."""
    query = sa.select(SearchAliasRow.name, SearchAliasRow.meaning)
    pairs = session.execute(query.order_by(SearchAliasRow.name, SearchAliasRow.meaning))
    return _aliases(tuple((name, meaning) for name, meaning in pairs))


@lru_cache(maxsize=8)
def _aliases(own: tuple[tuple[str, str], ...]) -> Aliases:
    return Aliases((*_known(), *own))


@cache
def _known() -> tuple[tuple[str, ...], ...]:
    """Bundled groups; departments by their full names; regions with their short names."""
    departments: dict[str, list[str]] = defaultdict(list)
    for line in lines("departments.tsv"):
        short, full = line.split("\t")[:2]
        if "#" not in full:
            departments[full].append(short)
    regions = [
        (name, *others.split()) for name, others, _ in (line.split("\t") for line in lines("groups.tsv"))
    ]
    groups = [tuple(dict.fromkeys((full, *shorts))) for full, shorts in departments.items()]
    return tuple(group for group in (*bundled(), *groups, *regions) if len(group) > 1)


def _alias(row: SearchAliasRow) -> SearchAlias:
    name, _, meaning = row.shown.partition(" = ")
    return SearchAlias(name=name, meaning=meaning, at=row.at)


def replay(session: Session, op: str, told: Mapping[str, Any], at: datetime) -> None:
    """One line of the journal, in a rebuild."""
    if op == "abbreviate":
        session.merge(SearchAliasRow(**told, at=at))
    elif row := session.get(SearchAliasRow, (told["name"], told["meaning"])):
        session.delete(row)
    session.flush()
