"""What a body in JSON may hold: no text that a database or a page cannot.

JSON can write a NUL (`\\u0000`), half of a character (`\\ud800`) and numbers without end; no field of ours
takes one, so they are refused in one place, before any field is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from cunzhao.errors import UsageWrong

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class CleanRequest(Request):
    async def json(self) -> Any:
        """Raises UsageWrong."""
        try:
            value = await super().json()
        except RecursionError:
            raise _wrong("层次太深", "nested too deeply") from None
        check(value)
        return value


class CleanRoute(APIRoute):
    """A route whose JSON is looked through as soon as it is read."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def clean(request: Request) -> Response:
            return await handle(CleanRequest(request.scope, request.receive))

        return clean


def check(value: Any) -> None:
    """Raises UsageWrong for a text with a NUL or a lone surrogate, and for a number that is none."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, str) and ("\0" in one or not _whole(one)):
            raise _wrong("文字中含有空字符或半个字符", "a text holds a NUL or half a character")
        elif isinstance(one, float) and not math.isfinite(one):
            raise _wrong("不是有限的数", "a number is not finite")


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _wrong(detail: str, detail_en: str) -> UsageWrong:
    return UsageWrong(
        "JSON",
        detail=detail,
        detail_en=detail_en,
        mend="请去掉这些字符或数后再发送。",
        mend_en="Take it away and send the rest again.",
    )
