"""Shared collections: the page where they are made and ended, and what whoever has the address sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.access.types import NewShare
from cunzhao.archive.types import Emitted
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.web.pages.archived import part_of, safe_answer
from cunzhao.web.pages.entering import SECRET
from cunzhao.web.pages.reading import grouped
from cunzhao.web.showing.portions import Portion
from cunzhao.web.showing.segments import lay_out, place_of
from cunzhao.web.showing.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]
NOT_FOUND_BY_ROBOTS = {**SECRET, "X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True, slots=True)
class SharePages:
    """For editors."""

    core: Core
    show: Show

    def shares(self, request: Request, did: str = "", collection: str = "") -> Response:
        return self._page(request, did=did, wanted=collection)

    def share(self, request: Request, collection: Text = "", days: Annotated[int, Form()] = 30) -> Response:
        """Shows the address, this once."""
        try:
            made = self.core.share(collection, days=days)
        except (NotFound, UsageWrong) as error:
            return self._page(request, wanted=collection, error=error)
        return self._page(request, wanted=collection, made=made)

    def revoke(self, share: str) -> Response:
        self.core.access.revoke_share(share)
        return RedirectResponse(f"/shares{query(did='revoked')}", 303)

    def _page(
        self,
        request: Request,
        *,
        did: str = "",
        wanted: str = "",
        made: NewShare | None = None,
        error: NotFound | UsageWrong | None = None,
    ) -> Response:
        address = f"{request.url.scheme}://{request.url.netloc}/shared/{made.secret}" if made else ""
        response = self.show.html(
            "shares.html",
            422 if error else 200,
            page=self.core.shares(),
            did=did,
            wanted=wanted,
            address=address,
            error=self.show.words_of(error) if error else None,
        )
        response.headers.update(SECRET)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/shares", self.shares)
        routes.add_api_route("/shares", self.share, methods=["POST"])
        routes.add_api_route("/shares/{share}/revoke", self.revoke, methods=["POST"])
        return routes


@dataclass(frozen=True, slots=True)
class SharedPages:
    """For whoever has the address. Every answer asks first whether it opens this very snapshot."""

    core: Core
    show: Show

    def collection(self, secret: str, after: str = "") -> Response:
        return self._shown("shared.html", secret, page=self.core.shared(secret, after=after), after=after)

    def snapshot(self, secret: str, snapshot: str, at: str = "", part: int = 0) -> Response:
        asked = place_of(at)
        portion = Portion(part, asked[0] if asked else None)
        page, shown = self.core.shared_snapshot(secret, snapshot, portion), portion.part
        return self._shown(
            "shared_snapshot.html",
            secret,
            page=page,
            pieces=lay_out(page.document, page.facts, asked, (shown.start, shown.end))
            if page.document
            else (),
            facts=grouped(tuple(fact for fact in page.facts if shown.holds(fact.span.start))),
            portion=shown,
            counts=portion.counts,
        )

    def view(self, secret: str, snapshot: str) -> Response:
        self.core.check_shared(secret, snapshot)
        return _private(self.core.view(snapshot, _address(secret, snapshot)))

    def requisite(self, request: Request, secret: str, snapshot: str, u: str) -> Response:
        self.core.check_shared(secret, snapshot)
        answer = _private(self.core.requisite(snapshot, u, _address(secret, snapshot)))
        return part_of(answer, request.headers.get("range", ""))

    def page(self, secret: str, snapshot: str, page: int) -> Response:
        self.core.check_shared(secret, snapshot)
        image = self.core.page_image(snapshot, page)
        return _private(Emitted(body=image.png, content_type="image/png"))

    def _shown(self, template: str, secret: str, **values: Any) -> Response:
        response = self.show.html(template, base=f"/shared/{quote(secret, safe='')}", **values)
        response.headers.update(NOT_FOUND_BY_ROBOTS)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/shared/{secret}", self.collection)
        routes.add_api_route("/shared/{secret}/snapshot/{snapshot}", self.snapshot)
        routes.add_api_route("/shared/{secret}/view/{snapshot}", self.view)
        routes.add_api_route("/shared/{secret}/view/{snapshot}/r", self.requisite)
        routes.add_api_route("/shared/{secret}/view/{snapshot}/page/{page}.png", self.page)
        return routes


def _address(secret: str, snapshot: str) -> Callable[[str, str], str]:
    """Where the frozen view finds the things of this snapshot: under the same address."""
    under = f"/shared/{quote(secret, safe='')}/view/{quote(snapshot, safe='')}"
    return lambda url, _: f"{under}/r?u={quote(url, safe='')}"


def _private(emitted: Emitted) -> Response:
    answer = safe_answer(emitted)
    answer.headers.update(NOT_FOUND_BY_ROBOTS)
    return answer
