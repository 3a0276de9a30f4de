"""The settings page: language, colours and keys for this browser, and what is set for this installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cunzhao.language import LANGUAGES
from cunzhao.web import cookies, safe
from cunzhao.web.show import Show
from cunzhao.web.wishes import KEYS, THEMES

if TYPE_CHECKING:
    from cunzhao.core import Core

Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class LookPages:
    core: Core
    show: Show

    def settings(self) -> Response:
        return self.show.html("settings.html")

    def look(self, request: Request, lang: Text = "", theme: Text = "", keys: Text = "") -> Response:
        """Keeps what is asked for; back to the page it was asked from."""
        came = urlsplit(request.headers.get("referer", ""))
        back = safe.local_path(came.path + (f"?{came.query}" if came.query else ""))
        response = RedirectResponse(back, 303)
        if lang in LANGUAGES:
            cookies.keep(request, response, cookies.LANG, lang)
        if theme in THEMES:
            cookies.keep(request, response, cookies.THEME, theme)
        if keys in KEYS:
            cookies.keep(request, response, cookies.KEYS, keys)
        return response

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/settings", self.settings)
        routes.add_api_route("/settings/look", self.look, methods=["POST"])
        return routes
