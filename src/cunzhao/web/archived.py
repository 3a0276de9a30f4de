"""The routes that emit archived bytes: view, requisites, icons, downloads. All carry VIEW_HEADERS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from cunzhao.core import VIEW_HEADERS
from cunzhao.web.safe import attachment

if TYPE_CHECKING:
    from cunzhao.archive.types import Emitted
    from cunzhao.core import Core


@dataclass(frozen=True, slots=True)
class ArchivedBytes:
    core: Core

    def view(self, snapshot: str) -> Response:
        return _safe(self.core.view(snapshot, _address(snapshot)))

    def requisite(self, snapshot: str, u: str) -> Response:
        return _safe(self.core.requisite(snapshot, u, _address(snapshot)))

    def download(self, snapshot: str) -> Response:
        """The page's payload as a file; never shown, whatever its type says."""
        name, body = self.core.download(snapshot)
        headers = {**dict(VIEW_HEADERS), "Content-Disposition": attachment(name)}
        return Response(body, media_type="application/octet-stream", headers=headers)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/view/{snapshot}", self.view)
        routes.add_api_route("/view/{snapshot}/r", self.requisite)
        routes.add_api_route("/icon/{snapshot}", self.requisite)
        routes.add_api_route("/download/{snapshot}", self.download)
        return routes


def _address(snapshot: str) -> Callable[[str, str], str]:
    """Where the frozen view finds the things of this snapshot, of whatever kind."""
    name = quote(snapshot, safe="")
    return lambda url, _: f"/view/{name}/r?u={quote(url, safe='')}"


def _safe(emitted: Emitted) -> Response:
    response = Response(emitted.body, emitted.status, dict(VIEW_HEADERS))
    response.headers["Content-Type"] = emitted.content_type  # as stored: no charset is added
    if emitted.attachment:
        response.headers["Content-Disposition"] = attachment(emitted.attachment)
    return response
