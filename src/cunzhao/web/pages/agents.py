"""The door for agents over http: one request, one answer in JSON, at /mcp; a token of scope read opens it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

if TYPE_CHECKING:
    from cunzhao.core import Core


class Answering(Response):
    """Answered by the protocol's server itself."""

    def __init__(self, served: Any) -> None:
        self._served = served
        self.background = None
        self.status_code = 200

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from cunzhao.mcp.server import answer_http

        await answer_http(self._served, scope, receive, send)


@dataclass(frozen=True)
class Agents:
    core: Core

    @cached_property
    def _server(self) -> Any:
        from cunzhao.mcp.server import server  # only here: it is dear to import, and few ask for it

        return server(self.core)

    def answer(self) -> Response:
        return Answering(self._server)

    def router(self) -> APIRouter:
        routes = APIRouter()
        routes.add_api_route("/mcp", self.answer, methods=["POST"])
        return routes
