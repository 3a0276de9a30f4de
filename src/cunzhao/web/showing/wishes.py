"""What a browser has asked for on the settings page, in cookies: the language and the colours of pages,
and whether single keys do something."""

from __future__ import annotations

from contextvars import ContextVar

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from cunzhao.language import LANGUAGES, N_, speaking
from cunzhao.web.door import cookies

THEMES = {"system": N_("跟随系统"), "light": N_("浅色"), "dark": N_("深色")}

KEYS = {"on": N_("启用快捷键"), "off": N_("不用快捷键")}

_THEME: ContextVar[str] = ContextVar("theme", default="system")
_KEYS: ContextVar[str] = ContextVar("keys", default="on")


def theme() -> str:
    """One of THEMES."""
    return _THEME.get()


def keys() -> str:
    """One of KEYS."""
    return _KEYS.get()


class Wishes:
    """ASGI middleware: answers in the language asked for, else in `lang`.

    A browser asks by the choice made on the settings page; a program by `Accept-Language`, which a browser
    sends whatever was chosen.
    """

    def __init__(self, app: ASGIApp, *, lang: str) -> None:
        self.app = app
        self.lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        wanted = _language(request)
        chosen = cookies.read(request, cookies.THEME)
        token = _THEME.set(chosen if chosen in THEMES else "system")
        keys_token = _KEYS.set("off" if cookies.read(request, cookies.KEYS) == "off" else "on")
        try:
            with speaking(wanted if wanted in LANGUAGES else self.lang):
                await self.app(scope, receive, send)
        finally:
            _THEME.reset(token)
            _KEYS.reset(keys_token)


def _language(request: Request) -> str:
    if request.url.path.startswith("/api/") and "sec-fetch-site" not in request.headers:
        return request.headers.get("accept-language", "")[:2].lower()
    return cookies.read(request, cookies.LANG)
