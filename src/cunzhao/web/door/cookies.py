"""The cookies of our own pages: what they are called and how they are guarded.

All are unreadable for scripts (HttpOnly) and stay with us (SameSite); over https they are Secure and bound to
the host by their name (`__Host-`; source: RFC 6265bis, 4.1.3).
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

LOGIN = "cunzhao_login"
DEVICE = "cunzhao_device"  # tells a browser that has logged in before
FORM = "cunzhao_form"  # of whoever sees the login form
LANG = "cunzhao_lang"
THEME = "cunzhao_theme"
KEYS = "cunzhao_keys"
_YEAR_S = 365 * 86_400
_LASTS_S = {
    LOGIN: 7 * 86_400, DEVICE: 180 * 86_400, FORM: 86_400, LANG: _YEAR_S, THEME: _YEAR_S, KEYS: _YEAR_S,
}  # fmt: skip


def read(request: Request, name: str) -> str:
    return request.cookies.get(_named(request, name), "")


def keep(request: Request, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        _named(request, name),
        value,
        max_age=_LASTS_S[name],
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="strict" if name == FORM else "lax",
    )


def drop(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _named(request, name), path="/", secure=_secure(request), httponly=True, samesite="lax"
    )


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _named(request: Request, name: str) -> str:
    return f"__Host-{name}" if _secure(request) else name
