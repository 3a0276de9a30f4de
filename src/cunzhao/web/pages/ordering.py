"""Pages that keep order: tags, collections, saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.api import answer_to
from cunzhao.core.search.facets import called
from cunzhao.core.values.pages import ListedLink
from cunzhao.core.values.workbench import BulkAct
from cunzhao.errors import EditConflict, InputError
from cunzhao.language import N_, tr
from cunzhao.web.showing.addresses import FACET_NAMES, SORT_NAMES
from cunzhao.web.showing.sheetfiles import sheet_file
from cunzhao.web.showing.show import Show, query
from cunzhao.web.showing.tagtree import tree_of
from cunzhao.web.showing.words import VERDICTS, utc

if TYPE_CHECKING:
    from cunzhao.core import Core

Field = Annotated[str, Form()]
Many = Annotated[list[str] | None, Form()]


CSV_HEAD = (
    N_("题名"), N_("网址"), N_("来源"), N_("发布日期"), N_("存照时间（UTC）"), N_("结论"), N_("标签"),
    N_("备注"), N_("快照"),
)  # fmt: skip


def _see(path: str) -> Response:
    return RedirectResponse(path, 303)


@dataclass(frozen=True, slots=True)
class OrderPages:
    core: Core
    show: Show

    # --- tags ---

    def tags(self, did: str = "") -> Response:
        return self._tags(did=did)

    def _tags(
        self, *, did: str = "", typed: tuple[str, str] = ("", ""), error: InputError | None = None
    ) -> Response:
        page = self.core.tags()
        return self.show.html(
            "tags.html",
            answer_to(error, "/tags").status if error else 200,
            page=page,
            tree=tree_of(page.tags),
            last=next((one for one in page.changes if one.id == did), None),
            typed=typed,
            error=self.show.words_of(error) if error else None,
        )

    def rename(self, old: Field = "", new: Field = "") -> Response:
        try:
            change = self.core.rename_tag(old, new)
        except InputError as error:
            return self._tags(typed=(old[:200], new[:200]), error=error)
        return _see(f"/tags{query(did=change.id)}")

    def undo(self, change: str) -> Response:
        self.core.undo_tag_change(change)
        return _see(f"/tags{query(did=change)}")

    # --- collections ---

    def collections(self, removed: str = "") -> Response:
        return self._collections(removed=removed)

    def _collections(
        self, *, removed: str = "", typed: tuple[str, str] = ("", ""), error: InputError | None = None
    ) -> Response:
        page = self.core.collections()
        return self.show.html(
            "collections.html",
            answer_to(error, "/collections").status if error else 200,
            page=page,
            gone=next((card for card in page.removed if card.id == removed), None),
            typed=typed,
            error=self.show.words_of(error) if error else None,
        )

    def make(self, title: Field = "", note: Field = "") -> Response:
        try:
            made = self.core.make_collection(title, note)
        except InputError as error:
            return self._collections(typed=(title[:200], note), error=error)
        return _see(f"/collections/{made.id}")

    def collection(self, collection: str, cursor: str | None = None) -> Response:
        return self._collection(collection, cursor=cursor)

    def _collection(
        self,
        collection: str,
        *,
        cursor: str | None = None,
        typed: tuple[str, str] | None = None,
        error: InputError | None = None,
    ) -> Response:
        """`typed` is what a user wrote and could not save: it stays in the form, beside what there is now."""
        page = self.core.collection(collection, cursor=cursor or None)
        return self.show.html(
            "collection.html",
            answer_to(error, "/collections").status if error else 200,
            page=page,
            cursor=cursor,
            typed=typed or (page.collection.title, page.collection.note),
            written=typed is not None,
            conflict=isinstance(error, EditConflict),
            error=self.show.words_of(error) if error else None,
        )

    def listed(self, collection: str) -> Response:
        """All links in their order, for spreadsheets (UTF-8 with a mark, formulas defused)."""
        title, links = self.core.collection_links(collection)
        return sheet_file(title, tuple(map(tr, CSV_HEAD)), map(_csv_row, links), "csv")

    def edit(self, collection: str, title: Field = "", note: Field = "", version: Field = "") -> Response:
        try:
            self.core.edit_collection(collection, title=title, note=note, version=version or None)
        except InputError as error:
            return self._collection(collection, typed=(title[:200], note), error=error)
        return _see(f"/collections/{collection}")

    def arrange(
        self,
        collection: str,
        links: Many = None,
        up: Field = "",
        down: Field = "",
        version: Field = "",
    ) -> Response:
        """The links as they are shown; one of them is to go one place `up` or `down`."""
        order = list(links or ())
        moved = up or down
        if moved in order:
            at = order.index(moved)
            order.insert(max(at - 1, 0) if up else at + 1, order.pop(at))
        try:
            self.core.arrange_collection(collection, order, version=version or None)
        except EditConflict as error:
            return self._collection(collection, error=error)
        return _see(
            f"/collections/{collection}#link-{moved}" if moved in order else f"/collections/{collection}"
        )

    def take(self, collection: str, link: Field = "") -> Response:
        done = self.core.bulk(BulkAct(action="uncollect", links=(link,), collection=collection))
        return self.show.html("bulk.html", done=done, back=f"/collections/{collection}")

    def remove(self, collection: str) -> Response:
        self.core.remove_collection(collection)
        return _see(f"/collections{query(removed=collection)}")

    def restore(self, collection: str) -> Response:
        try:
            self.core.restore_collection(collection)
        except InputError as error:
            return self._collections(error=error)
        return _see(f"/collections/{collection}")

    # --- saved searches ---

    def searches(self, dropped: str = "", was: str = "") -> Response:
        return self._searches(dropped=(dropped, was))

    def _searches(
        self,
        *,
        dropped: tuple[str, str] = ("", ""),
        typed: dict[str, str] | None = None,
        error: InputError | None = None,
    ) -> Response:
        titles = {one.id: one.title for one in self.core.collection_names()}
        return self.show.html(
            "searches.html",
            answer_to(error, "/searches").status if error else 200,
            rows=[
                (one, _said(one.query, titles), f"/search?{one.query}") for one in self.core.saved_searches()
            ],
            facet_names=FACET_NAMES,
            sort_names=SORT_NAMES,
            dropped=dropped,
            typed=typed or {"id": "", "name": "", "q": "", "was": ""},
            error=self.show.words_of(error) if error else None,
        )

    def save_search(self, name: Field = "", q: Field = "", was: Field = "") -> Response:
        """`q` is what is sought for; `was`, in its place, the query of a search page with its filters."""
        asked = was or query(q=q.strip())
        try:
            self.core.save_search(name, asked)
        except InputError as error:
            typed = {"id": "", "name": name[:200], "q": q[:200], "was": was[:2000]}
            return self._searches(typed=typed, error=error)
        return _see("/searches")

    def edit_search(
        self, search: str, *, name: Field = "", q: Field = "", keep: Many = None, version: Field = ""
    ) -> Response:
        """`keep` are the filters that stay, each as it stands in the address of the search page."""
        asked = query(q=q.strip()).removeprefix("?")
        asked = "&".join(filter(None, (asked, *(one.removeprefix("?") for one in keep or ()))))
        try:
            self.core.edit_search(search, name=name, query=asked, version=version or None)
        except InputError as error:
            return self._searches(typed={"id": search, "name": name[:200], "q": q[:200]}, error=error)
        return _see("/searches")

    def drop_search(self, search: str) -> Response:
        gone = self.core.drop_search(search)
        return _see(f"/searches{query(dropped=gone.name, was=gone.query)}")

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/tags", self.tags)
        routes.add_api_route("/tags/rename", self.rename, methods=["POST"])
        routes.add_api_route("/tags/changes/{change}/undo", self.undo, methods=["POST"])
        routes.add_api_route("/collections", self.collections)
        routes.add_api_route("/collections", self.make, methods=["POST"])
        routes.add_api_route("/collections/{collection}.csv", self.listed)
        routes.add_api_route("/collections/{collection}", self.collection)
        routes.add_api_route("/collections/{collection}", self.edit, methods=["POST"])
        for name, act in (
            ("order", self.arrange),
            ("take", self.take),
            ("remove", self.remove),
            ("restore", self.restore),
        ):
            routes.add_api_route(f"/collections/{{collection}}/{name}", act, methods=["POST"])
        routes.add_api_route("/searches", self.searches)
        routes.add_api_route("/searches", self.save_search, methods=["POST"])
        routes.add_api_route("/searches/{search}", self.edit_search, methods=["POST"])
        routes.add_api_route("/searches/{search}/drop", self.drop_search, methods=["POST"])
        return routes


def _said(asked: str, titles: dict[str, str]) -> list[tuple[str, str, str]]:
    """What a saved search asks for: name and value for reading, and both as in its address."""
    return [
        (name, called(name, value, titles) or value, query(**{name: value}))
        for name, value in parse_qsl(asked)
    ]


def _csv_row(row: ListedLink) -> tuple[str, ...]:
    captured = utc(row.captured) if row.captured else ""
    verdict = tr(VERDICTS.get(row.verdict, row.verdict))
    told = row.title, row.url, row.source, row.published, captured, verdict
    return *told, "，".join(row.tags), row.note, row.snapshot
