"""The page of indicators: what they are called, and names that users add, merge and take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from cunzhao.api.indicators import Asked
from cunzhao.core.values.indicators import IndicatorFilter
from cunzhao.errors import NotFound, UsageWrong
from cunzhao.web.showing.safe import plain
from cunzhao.web.showing.show import Show, query

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class IndicatorPages:
    core: Core
    show: Show

    def listed(self, wanted: Asked, merge: str = "", did: str = "", name: str = "") -> Response:
        """`merge` fills the form with the name of an indicator; `did` tells what was done last, to `name`."""
        return self._page(wanted, alias=plain(merge), did=(did, plain(name)))

    def name(self, alias: Text = "", name: Text = "", q: Text = "") -> Response:
        try:
            made = self.core.name_indicator(plain(alias), plain(name))
        except UsageWrong as error:
            return self._page(IndicatorFilter(q=plain(q)), alias=plain(alias), name=plain(name), error=error)
        return RedirectResponse(f"/indicators{query(q=q, did='named', name=made.alias)}", 303)

    def unname(self, alias: Text = "", q: Text = "") -> Response:
        try:
            self.core.unname_indicator(plain(alias))
        except NotFound:  # taken back already, in another window
            return RedirectResponse(f"/indicators{query(q=q)}", 303)
        return RedirectResponse(f"/indicators{query(q=q, did='unnamed', name=alias)}", 303)

    def _page(
        self,
        wanted: IndicatorFilter,
        *,
        alias: str = "",
        name: str = "",
        did: tuple[str, str] = ("", ""),
        error: UsageWrong | None = None,
    ) -> Response:
        page = self.core.indicators(wanted)
        last = next((one for one in page.aliases if did == ("named", one.alias)), None)
        return self.show.html(
            "indicators.html",
            422 if error else 200,
            page=page,
            alias=alias,
            name=name,
            last=last,
            undone=did[1] if did[0] == "unnamed" else "",
            error=self.show.words_of(error) if error else None,
        )

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/indicators", self.listed)
        routes.add_api_route("/indicators", self.name, methods=["POST"])
        routes.add_api_route("/indicators/undo", self.unname, methods=["POST"])
        return routes
