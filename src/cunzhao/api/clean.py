"""What a body in JSON may hold: no text that a database or a page cannot.

JSON can write a NUL (`\\u0000`), half of a character (`\\ud800`) and numbers without end; no field of ours
takes one, so they are refused in one place, before any field is looked at.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Annotated, Any

from fastapi.routing import APIRoute
from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError
from starlette.requests import Request
from starlette.responses import Response

from cunzhao.api import limits
from cunzhao.errors import UsageWrong

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from typing_extensions import TypeIs

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def whole(value: Any) -> int:
    """A number of JSON that is whole, 51.0 too; a text or a truth value is none. Raises as pydantic does."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PydanticKnownError("int_type")


Whole = Annotated[int, BeforeValidator(whole)]


class CleanRequest(Request):
    fields: frozenset[str] = frozenset()  # that may be sent; empty: any
    sent: tuple[str, str] = ("", "")  # the name of what is sent, and the path it is sent to

    async def json(self) -> Any:
        """Raises UsageWrong."""
        try:
            value = await super().json()
        except RecursionError:
            raise _wrong("层次太深", "nested too deeply") from None
        check(value)
        if self.fields and isinstance(value, dict) and (unknown := value.keys() - self.fields):
            _no_field(sorted(unknown)[0], self.fields)
        for name, limit in limits.of(*self.sent).items():
            _no_longer(value.get(name) if name and isinstance(value, dict) else value, limit)
        return value


class CleanRoute(APIRoute):
    """A route whose JSON is looked through as soon as it is read. A field that is misspelt is told."""

    def get_route_handler(self) -> Handler:
        handle, sent = super().get_route_handler(), self.body_field
        shape = sent.field_info.annotation if sent else None
        fields = frozenset(one.name for one in dataclasses.fields(shape)) if _is_shape(shape) else frozenset()
        name = shape.__name__ if _is_shape(shape) else ""

        async def clean(request: Request) -> Response:
            asked = CleanRequest(request.scope, request.receive)
            asked.fields, asked.sent = fields, (name, self.path)
            return await handle(asked)

        return clean


def _is_shape(sent: Any) -> TypeIs[type[DataclassInstance]]:
    return isinstance(sent, type) and dataclasses.is_dataclass(sent)


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


def _no_longer(value: Any, limit: limits.Schema) -> None:
    """Core counts what is left of a text without white space at its ends; here all of it counts."""
    most = limit.get("maxLength")
    if isinstance(value, str) and most and len(value) > most:
        raise UsageWrong(
            value[:60],
            detail=f"太长：最多 {most} 个字",
            detail_en=f"longer than {most} characters",
            mend="请缩短后再发送。",
            mend_en="Send something shorter.",
        )
    if isinstance(value, list) and "items" in limit:
        for one in value:
            _no_longer(one, limit["items"])


def _no_field(name: str, known: frozenset[str]) -> None:
    listed = sorted(known)
    raise UsageWrong(
        name[:60],
        detail="没有这个字段",
        detail_en="there is no such field",
        mend=f"可用的有：{'、'.join(listed)}。",
        mend_en=f"Use of these: {', '.join(listed)}.",
    )


def _wrong(detail: str, detail_en: str) -> UsageWrong:
    return UsageWrong(
        "JSON",
        detail=detail,
        detail_en=detail_en,
        mend="请去掉这些字符或数后再发送。",
        mend_en="Take it away and send the rest again.",
    )
