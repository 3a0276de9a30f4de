"""Pages that search: documents with facets, facts by what they say, and the abbreviations search knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.api.searching import Facts, Wanted
from cunzhao.core.search_pages import FactsAsked, SearchWanted
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.extract.types import KINDS
from cunzhao.web.safe import plain
from cunzhao.web.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
FACET_NAMES = {
    "tag": "标签", "collection": "专题", "area": "地区", "year": "年份", "source": "来源", "kind": "文种",
    "verdict": "结论", "has": "含有", "from": "起始日期", "to": "截止日期",
}  # fmt: skip
SORT_NAMES = {"": "相关度", "date": "日期从新到旧", "date-asc": "日期从旧到新", "title": "标题拼音"}
FINDABLE = tuple(kind for kind in KINDS if kind != "heading")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses of the same search, changed a little."""

    wanted: SearchWanted

    def _of(self, wanted: SearchWanted) -> str:
        parts = {"q": wanted.q, **wanted.narrow, "sort": wanted.sort, "page": wanted.page}
        return f"/search{query(**parts)}"

    def narrowed(self, name: str, value: str) -> str:
        """By one more value of a facet; a year is its first day to its last."""
        if name == "year":
            return self._narrow({**self.wanted.narrow, "from": (value,), "to": (value,)})
        before = self.wanted.narrow.get(name, ())
        return self._narrow({**self.wanted.narrow, name: (*before, value)})

    def widened(self, name: str, value: str = "") -> str:
        """Without a value of a facet, or without all of them."""
        dropped = ("from", "to") if name == "year" else (name,)
        kept = {k: v for k, v in self.wanted.narrow.items() if k not in dropped}
        said = self.wanted.narrow.get(name, ())
        left = tuple(v for v in said if v != value) if value in said else ()
        return self._narrow({**kept, name: left} if left else kept)

    def free(self) -> str:
        """Without any filter."""
        return self._narrow({})

    def exact(self) -> str:
        """The query as one literal phrase."""
        phrase = self.wanted.q.replace('"', "")
        return self._of(replace(self.wanted, q=f'"{phrase}"', page=""))

    def ordered(self, sort: str) -> str:
        return self._of(replace(self.wanted, sort=sort, page=""))

    def page(self, number: int) -> str:
        return self._of(replace(self.wanted, page=str(number)))

    def _narrow(self, narrow: dict[str, tuple[str, ...]]) -> str:
        return self._of(replace(self.wanted, narrow=narrow, page=""))


@dataclass(frozen=True, slots=True)
class SearchPages:
    core: Core
    show: Show

    def search(self, wanted: Wanted) -> Response:
        wanted = replace(wanted, q=plain(wanted.q))  # pasted words bring hidden characters that no text holds
        asked = bool(wanted.q or wanted.narrow)
        try:
            page = self.core.search(wanted=wanted) if asked else None
        except UsageWrong as error:
            return self._shown(wanted, None, error)
        return self._shown(wanted, page, None)

    def _shown(self, wanted: SearchWanted, page: object, error: UsageWrong | None) -> Response:
        return self.show.html(
            "search.html",
            422 if error else 200,
            page=page,
            q=wanted.q,
            wanted=wanted,
            links=Addresses(wanted),
            facet_names=FACET_NAMES,
            sort_names=SORT_NAMES,
            error=self.show.words_of(error) if error else None,
        )

    def facts(self, asked: Facts) -> Response:
        asked = FactsAsked(**{name: plain(getattr(asked, name)) for name in FactsAsked.__slots__})
        try:
            page, error = self.core.facts(asked), None
        except UsageWrong as exc:
            page, error = None, exc
        return self.show.html(
            "search_facts.html",
            422 if error else 200,
            page=page,
            asked=asked,
            findable=FINDABLE,
            turned=lambda number: f"/search/facts{query(**{**_said(asked), 'page': number})}",
            error=self.show.words_of(error) if error else None,
        )

    def aliases(self) -> Response:
        return self._aliases()

    def add_alias(self, name: Text = "", meaning: Text = "") -> Response:
        try:
            self.core.add_search_alias(plain(name), plain(meaning))
        except UsageWrong as error:
            return self._aliases(plain(name), plain(meaning), error)
        return RedirectResponse("/search/aliases", 303)

    def drop_alias(self, name: Text = "", meaning: Text = "") -> Response:
        try:
            gone = self.core.drop_search_alias(plain(name), plain(meaning))
        except NotFound:  # taken back already, in another window
            return RedirectResponse("/search/aliases", 303)
        return self._aliases(gone.name, gone.meaning)

    def _aliases(self, name: str = "", meaning: str = "", error: UsageWrong | None = None) -> Response:
        """What was taken back stands in the form: to add it again is the undo."""
        return self.show.html(
            "search_aliases.html",
            422 if error else 200,
            page=self.core.search_aliases(),
            name=name,
            meaning=meaning,
            error=self.show.words_of(error) if error else None,
        )

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/search", self.search)
        routes.add_api_route("/search/facts", self.facts)
        routes.add_api_route("/search/aliases", self.aliases)
        routes.add_api_route("/search/aliases", self.add_alias, methods=["POST"])
        routes.add_api_route("/search/aliases/undo", self.drop_alias, methods=["POST"])
        return routes


def _said(asked: FactsAsked) -> dict[str, str]:
    return {name: getattr(asked, name) for name in FactsAsked.__slots__}
