"""Who may come in: the one place where a request meets the table of rights, before its body is read.

A browser says who it is by a cookie, a program by a token (`Authorization: Bearer …`). What is done is
written into the audit log when it has been done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import Pattern
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cunzhao.access.types import Credentials, Person
from cunzhao.access.visiting import visiting
from cunzhao.errors import CunzhaoError, FormStale, InternalError, LoginNeeded, RoleRefused
from cunzhao.storage.acting import Actor, acting
from cunzhao.web.door.cookies import LOGIN, read
from cunzhao.web.door.rights import NOWHERE, RIGHTS, ROLE_WORDS, UNKNOWN, Right

if TYPE_CHECKING:
    from cunzhao.core import Core

log = logging.getLogger(__name__)

SAFE = ("GET", "HEAD", "OPTIONS")
FEEDS = "/feeds/"  # here alone a token may stand in the address: a feed reader sends no header
#: A request that came through somebody else's server is not one of the owner of this machine.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
STATE = "cunzhao.admitted"

Refuse = Callable[[Request, CunzhaoError], Response]


@dataclass(frozen=True, slots=True)
class Door:
    """A route as the table knows it."""

    method: str
    path: str  # template
    pattern: Pattern[str]
    endpoint: Any

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def right(self) -> Right:
        return RIGHTS.get(self.key, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Admitted:
    door: Door | None
    person: Person | None


def doors_of(routes: Iterable[Any], prefix: str = "") -> list[Door]:
    """The doors of an application's or a router's routes, in their order. A mount is one, with all below."""
    doors = []
    for route in routes:
        path = getattr(route, "path", None)
        if path is None:
            continue  # a router that was included: its routes are given by themselves
        template = prefix + path
        methods = getattr(route, "methods", None)
        if methods is None:
            below = compile_path(f"{template}/{{below:path}}")[0]
            doors.append(Door("MOUNT", template, below, getattr(route, "app", None)))
        for method in sorted(methods or ()):
            if method != "HEAD":
                doors.append(Door(method, template, compile_path(template)[0], route.endpoint))
    return doors


class Admission:
    """ASGI middleware. `local`: served on loopback alone; nobody needs an account until there is one."""

    def __init__(self, app: ASGIApp, *, core: Core, doors: list[Door], local: bool, refuse: Refuse) -> None:
        self.app = app
        self.access = core.access
        self.doors = doors
        self.local = local
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        if scope["type"] == "websocket":  # none is served
            await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        door = self._door(scope)
        right = door.right if door else NOWHERE
        if right.need == "anyone" and door and door.method == "MOUNT":
            await self.app(scope, receive, send)
            return
        person = await to_thread.run_sync(self.access.who, self._credentials(request))
        scope[STATE] = Admitted(door, person)
        with visiting(person), acting(_actor(request, person)):
            await self._admit(request, right, person, send)

    async def _admit(self, request: Request, right: Right, person: Person | None, send: Send) -> None:
        scope, receive = request.scope, request.receive
        if refusal := self._refusal(request, right, person):
            await refusal(scope, receive, send)
            return
        status = 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if person and person.by != "local":  # no cache between us may show it to another
                    headers = MutableHeaders(raw=message.setdefault("headers", []))
                    headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        await self.app(scope, receive, noted)
        if right.zh and status < 400:
            await self._note(scope)

    async def _note(self, scope: Scope) -> None:
        try:
            await to_thread.run_sync(self.access.audit, scope[STATE].door.key, scope["path"])
        except Exception:  # what was asked for is done, and has been said to be
            log.exception("%s was not written into the audit log", scope["path"])

    def _refusal(self, request: Request, right: Right, person: Person | None) -> Response | None:
        if right.need == "anyone":
            return None
        path = request.url.path
        if person is None:
            if request.method == "GET" and not path.startswith(("/api/", "/view/", "/icon/", FEEDS)):
                back = path + (f"?{request.url.query}" if request.url.query else "")
                return RedirectResponse(f"/login?{urlencode({'back': back})}", 303)
            response = self.refuse(request, LoginNeeded(path))
            response.headers["WWW-Authenticate"] = 'Bearer realm="cunzhao"'
            return response
        if right.need == "person":
            if person.by != "token":
                return None
            return self.refuse(request, RoleRefused(path, needed="本人登录", needed_en="a login of your own"))
        if person.may(right.need):
            return None
        zh, en = ROLE_WORDS[right.need]
        return self.refuse(request, RoleRefused(path, needed=zh, needed_en=en))

    def _door(self, scope: Scope) -> Door | None:
        for door in self.doors:
            if door.method in (scope["method"], "MOUNT") and door.pattern.match(scope["path"]):
                return door
        return None

    def _credentials(self, request: Request) -> Credentials:
        headers = request.headers
        kind, _, token = headers.get("authorization", "").partition(" ")
        return Credentials(
            cookie=read(request, LOGIN),
            bearer=token.strip() if kind.lower() == "bearer" else "",
            feed=request.query_params.get("token", "") if request.url.path.startswith(FEEDS) else "",
            local=self.local and not any(name in headers for name in FORWARDED),
        )


def _actor(request: Request, person: Person | None) -> Actor:
    door = "api" if request.url.path.startswith("/api/") else "web"
    name, account = (person.name, person.id) if person else ("", "")
    return Actor(name=name, account=account, address=request.client.host if request.client else "", door=door)


async def checked(request: Request) -> None:
    """Every route depends on this: it is the one that was admitted, and a request with a cookie that changes
    something comes from a page of ours (the field `csrf` of a form, or the header X-CSRF-Token)."""
    admitted: Admitted | None = request.scope.get(STATE)
    door = admitted.door if admitted else None
    if admitted is None or door is None or door.endpoint != request.scope["endpoint"]:
        raise InternalError(request.url.path)  # the table was asked about another route than is served
    person = admitted.person
    if request.method in SAFE or person is None or person.by != "session":
        return
    if not person.word_is(await word_of(request)):
        raise FormStale(request.url.path)


async def word_of(request: Request) -> str:
    """The word against forged requests that came with this one; "" of none."""
    headers = Headers(scope=request.scope)
    if "x-csrf-token" in headers:
        return headers["x-csrf-token"]
    kind = headers.get("content-type", "").lower()
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        return ""
    given = (await request.form()).get("csrf", "")
    return given if isinstance(given, str) else ""
