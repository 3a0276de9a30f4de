"""What every request passes and every answer carries: host check, cross-site check, body limit, headers."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cunzhao.errors import CrossSiteRefused, CunzhaoError, FileTooLarge, HostRefused, UsageWrong

OWN_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
FORM_BYTES = 2_000_000  # a body that brings no file: pasted links, tags

Refuse = Callable[[Request, CunzhaoError], Response]


class Guard:
    """ASGI middleware. `hosts` are the names we answer under (any port), with `any_address` every IP address
    too; `refuse` makes the error page.

    Archived bytes carry a policy of their own: a header that an answer already has is left alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: frozenset[str],
        max_body_bytes: int,
        refuse: Refuse,
        any_address: bool = False,
    ) -> None:
        self.app = app
        self.hosts = hosts
        self.any_address = any_address
        self.max_body_bytes = max_body_bytes
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._limit(headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in OWN_HEADERS.items():
                    own.setdefault(name, value)
            await send(message)

        error = self._objection(scope, headers, limit)
        if error:
            await self.refuse(Request(scope, receive), error)(scope, receive, send_with_headers)
        else:
            await self.app(scope, _bounded(receive, limit, scope["path"]), send_with_headers)

    def _ours(self, name: str) -> bool:
        return name in self.hosts or (self.any_address and _is_address(name))

    def _limit(self, headers: Headers) -> int:
        files = headers.get("content-type", "").lower().startswith("multipart/form-data")
        return self.max_body_bytes if files else min(self.max_body_bytes, FORM_BYTES)

    def _objection(self, scope: Scope, headers: Headers, limit: int) -> CunzhaoError | None:
        host = headers.get("host", "")
        if not self._ours(_name(host)):
            return HostRefused(host)
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not same_site(headers):
            return CrossSiteRefused(scope["path"])
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:  # PostgreSQL holds no NUL
            return UsageWrong(scope["path"], detail="地址中含有空字符", detail_en="a NUL in the address")
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > limit:
            return FileTooLarge(scope["path"], limit=limit)
        return None


def same_site(headers: Headers) -> bool:
    """Whether a writing request comes from our own pages, or from a program that is no browser.

    Browsers send Sec-Fetch-Site to trustworthy addresses (loopback, https) and Origin to all.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin") or headers.get("referer")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _bounded(receive: Receive, limit: int, path: str) -> Receive:
    """A body without a declared length is counted as it comes."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise FileTooLarge(path, limit=limit)
        return message

    return counted
