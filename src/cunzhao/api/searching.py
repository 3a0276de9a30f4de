"""Operations that search: documents, titles as they are typed, facts, and the abbreviations search knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import JSONResponse, Response

from cunzhao.api.keeping import Operation, add_operations
from cunzhao.api.shapes import plain
from cunzhao.core.values.search import (
    FactsAsked,
    FactsPage,
    SearchAlias,
    SearchAliasesPage,
    SearchPage,
    SearchWanted,
    TitleHit,
)
from cunzhao.core.values.workbench import BulkAct, BulkDone
from cunzhao.errors import UsageWrong

if TYPE_CHECKING:
    from cunzhao.core import Core

_NARROW = ("tag", "collection", "area", "source", "kind", "verdict", "has")


def _many(description: str, **more: Any) -> Any:
    return Query(description=description, **more)


Many = list[str] | None


def wanted(
    *,
    q: Annotated[str, Query(description='words, all of which must occur; "…" is a literal phrase')] = "",
    tag: Annotated[Many, _many("each of them; what stands below a tag counts")] = None,
    collection: Annotated[Many, _many("title or id; any of them")] = None,
    area: Annotated[Many, _many("name or GB/T 2260 code; any of them, and what lies in it")] = None,
    source: Annotated[Many, _many("any of them")] = None,
    kind: Annotated[Many, _many("kind of document (文种), any of them")] = None,
    verdict: Annotated[Many, _many("any of them")] = None,
    has: Annotated[Many, _many("kinds of facts that are in it, each of them")] = None,
    since: Annotated[Many, _many("first day, month or year", alias="from")] = None,
    until: Annotated[Many, _many("last day, month or year", alias="to")] = None,
    sort: Annotated[str, Query(description="relevance, date, date-asc or title")] = "",
    cursor: Annotated[str, Query(description="`next` of the page before")] = "",
) -> SearchWanted:
    """What an address asks for, unchecked; what is empty does not narrow."""
    given = dict(zip(_NARROW, (tag, collection, area, source, kind, verdict, has), strict=True))
    given |= {"from": since, "to": until}
    narrow = {name: tuple(v for v in values or () if v.strip()) for name, values in given.items()}
    return SearchWanted(q=q, narrow={name: v for name, v in narrow.items() if v}, sort=sort, cursor=cursor)


Wanted = Annotated[SearchWanted, Depends(wanted)]
Facts = Annotated[FactsAsked, Depends()]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSearchAlias:
    """Two names that shall mean the same in a search."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnFound:
    """What is to be done to all that a search finds."""

    action: Literal["tag", "untag", "collect", "uncollect", "trash"]
    tags: tuple[str, ...] = ()
    collection: str = ""  # its id


@dataclass(frozen=True, slots=True)
class Searching:
    core: Core

    def search(self, wanted: Wanted, limit: Annotated[int, Query(ge=1, le=500)] = 20) -> Response:
        """Full-text search over texts, titles and tags, with snippets, their places, and counted facets."""
        return JSONResponse(plain(self.core.search(wanted=wanted, limit=limit)))

    def act(self, wanted: Wanted, act: ActOnFound) -> Response:
        """Do one thing to all links that the search finds; `/links/bulk` takes back what `undo` holds."""
        if not (wanted.q.strip() or wanted.narrow):
            raise UsageWrong(
                "q",
                detail="没有检索条件",
                detail_en="nothing is sought",
                mend="请给出词语或筛选条件。",
                mend_en="Give words or a filter.",
            )
        one = BulkAct(action=act.action, links=(), tags=act.tags, collection=act.collection)
        return JSONResponse(plain(self.core.bulk_matching(wanted, one)))

    def titles(self, q: str = "", limit: Annotated[int, Query(ge=1, le=50)] = 8) -> Response:
        """Documents whose title, or the pinyin initials of it, hold what is typed."""
        return JSONResponse(plain(self.core.titles(q, limit=limit)))

    def facts(self, asked: Facts, limit: Annotated[int, Query(ge=1, le=500)] = 20) -> Response:
        """Facts that say what is asked: an indicator, an area, a year, words; each with its place."""
        return JSONResponse(plain(self.core.facts(asked, limit=limit)))

    def aliases(self) -> Response:
        """Abbreviations that search knows: bundled ones and those that users added."""
        return JSONResponse(plain(self.core.search_aliases()))

    def add_alias(self, new: NewSearchAlias) -> Response:
        """Who searches one name finds the other too, and the other way round."""
        return JSONResponse(plain(self.core.add_search_alias(new.name, new.meaning)), 201)

    def drop_alias(self, name: str, meaning: str) -> Response:
        """Take back what a user added."""
        self.core.drop_search_alias(name, meaning)
        return Response(status_code=204)


def add_searching(api: APIRouter, core: Core) -> None:
    do = Searching(core)
    operations: list[Operation] = [
        ("GET", "/search", do.search, "全文检索", 200, SearchPage),
        ("POST", "/search/bulk", do.act, "对检索到的全部链接做同一件事（可撤销）", 200, BulkDone),
        ("GET", "/search/titles", do.titles, "按标题或拼音首字母找文档", 200, list[TitleHit]),
        ("GET", "/search/facts", do.facts, "检索事实：指标、地区、年份", 200, FactsPage),
        ("GET", "/search/aliases", do.aliases, "检索用的简称", 200, SearchAliasesPage),
        ("POST", "/search/aliases", do.add_alias, "加一个简称", 201, SearchAlias),
        ("DELETE", "/search/aliases", do.drop_alias, "撤销一个简称", 204, None),
    ]
    add_operations(api, operations)
