"""Pages that search: documents with facets, facts by what they say, and the abbreviations search knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.api.searching import Facts, Wanted
from cunzhao.core.values.search import FactsAsked, SearchPage, SearchWanted
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.extract.types import KINDS
from cunzhao.web.showing.addresses import FACET_NAMES, SORT_NAMES, Addresses
from cunzhao.web.showing.safe import plain
from cunzhao.web.showing.show import Show, may, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
FINDABLE = tuple(kind for kind in KINDS if kind != "heading")
TRIED = 6  # searches with less asked, where nothing was found


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The same search with less asked: the word that stays, or the filter that goes, and what is found."""

    address: str
    hits: int
    word: str = ""
    facet: str = ""
    value: str = ""


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

    def _shown(self, wanted: SearchWanted, page: SearchPage | None, error: UsageWrong | None) -> Response:
        links = Addresses(wanted)
        return self.show.html(
            "search.html",
            422 if error else 200,
            page=page,
            q=wanted.q,
            wanted=wanted,
            links=links,
            relaxed=self._relaxed(wanted, page, links) if page and not page.total else (),
            facet_names=FACET_NAMES,
            sort_names=SORT_NAMES,
            collections=self.core.collection_names() if may("editor") else (),
            error=self.show.words_of(error) if error else None,
        )

    def _relaxed(self, wanted: SearchWanted, page: SearchPage, links: Addresses) -> tuple[Relaxed, ...]:
        """What one word alone would find, and what all would find with one filter less."""
        tried = []
        for term in page.terms if len(page.terms) > 1 else ():
            less = replace(wanted, q=f'"{term}"' if " " in term else term, cursor="")
            tried.append((less, {"word": term}))
        for name, value in links.said():
            less = replace(wanted, narrow=links.without(name, value), cursor="")
            tried.append((less, {"facet": name, "value": value}))
        found = []
        for less, words in tried[:TRIED]:
            hits = self.core.count(less)
            if hits:
                found.append(Relaxed(address=Addresses(less).here(), hits=hits, **words))
        return tuple(sorted(found, key=lambda one: -one.hits))

    def facts(self, asked: Facts) -> Response:
        asked = FactsAsked(**{name: plain(getattr(asked, name)) for name in FactsAsked.__slots__})
        try:
            page, error = self.core.facts(asked), None
        except UsageWrong as exc:
            page, error = None, exc
        said = _said(asked)
        return self.show.html(
            "search_facts.html",
            422 if error else 200,
            page=page,
            asked=asked,
            findable=FINDABLE,
            turned=lambda cursor: f"/search/facts{query(**{**said, 'cursor': cursor})}",
            less=[
                (name, f"/search/facts{query(**{**said, name: '', 'cursor': ''})}") for name in _given(said)
            ],
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


def _given(said: dict[str, str]) -> list[str]:
    """The fields that ask for something."""
    given = [name for name, value in said.items() if value and name != "cursor"]
    return given if len(given) > 1 else []
