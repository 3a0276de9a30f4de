"""The page of a link: its snapshots in time, and what two of them have apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.access.types import AuditEntry
from cunzhao.core.values.links import LinkPage
from cunzhao.language import either
from cunzhao.web.door.rights import deed_words
from cunzhao.web.showing.show import Show, may

if TYPE_CHECKING:
    from cunzhao.core import Core

AUDITED = 10  # snapshots of the link about which the audit log is asked


@dataclass(frozen=True, slots=True)
class LinkedPages:
    core: Core
    show: Show

    def link(self, link: str, after: str = "") -> Response:
        page = self.core.link_page(link, after=after)
        return self.show.html(
            "link.html",
            page=page,
            after=after,
            suggestions=self.core.suggestions(link),
            collections=self.core.collections().collections if may("editor") else (),
            tags=self.core.tags().tags if may("editor") else (),
            deeds=self._deeds(page) if may("administrator") else (),
            deed=lambda code: either(*deed_words(code)),
        )

    def compare(self, link: str, a: str = "", b: str = "") -> Response:
        return self.show.html("compare.html", page=self.core.compare_snapshots(link, a, b))

    def _deeds(self, page: LinkPage) -> tuple[AuditEntry, ...]:
        places = [f"/links/{page.link.id}", f"/api/links/{page.link.id}"]
        for version in page.versions[:AUDITED]:
            places += [f"/snapshot/{version.snapshot.id}", f"/api/snapshots/{version.snapshot.id}"]
        return self.core.access.audited_about(places)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/links/{link}", self.link)
        routes.add_api_route("/links/{link}/compare", self.compare)
        return routes
