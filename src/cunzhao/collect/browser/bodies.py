"""Bodies of paused responses: read whole in one piece, or streamed and given back to the page."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.heads import Pairs, header, is_coded, shown_headers
from cunzhao.collect.types import Body
from cunzhao.settings import Settings

Send = Callable[[str, Mapping[str, Any]], Awaitable[Any]]

_WHOLE = 64_000_000  # bytes announced up to which a body is asked for in one piece
_PIECE = 2_000_000


class TooLarge(Exception):
    """The body is above the limit; the page does not get it either."""


def pairs_of(paused: Mapping[str, Any]) -> Pairs:
    """The headers of a paused response, in their order."""
    return tuple((entry["name"], entry["value"]) for entry in paused.get("responseHeaders", ()))


class Cut(Exception):
    """Fewer bytes came than were announced."""


async def read_body(
    send: Send, paused: Mapping[str, Any], settings: Settings, *, for_page: bool = True
) -> Body:
    """The body of a paused response, content coding undone by Chromium; the page gets it too.

    `for_page=False`: the page does not (a file to be kept, not shown). Raises TooLarge, Cut, PlaywrightError
    (the connection broke, or the page went away). Only a body whose length is known as it is can be streamed:
    Chromium ends a stream that broke off like a whole one. Of other bodies `Network` tells later.
    """
    pairs = pairs_of(paused)
    coded = is_coded(header(pairs, "content-encoding"))
    announced = header(pairs, "content-length")
    length = int(announced) if announced.isdecimal() else None
    if length is not None and length > settings.max_body_bytes:
        await refuse(send, paused)
        raise TooLarge
    if length is None or coded:
        body = await _whole(send, paused, for_page)
        if body.length > (settings.max_decoded_bytes if coded else settings.max_body_bytes):
            raise TooLarge
        return body
    if length <= _WHOLE:
        body = await _at_once(send, paused, for_page)
        if body.length < length and paused["request"]["method"] != "HEAD":
            raise Cut
        return body
    body = await _streamed(send, paused)
    if body.length != length:
        await refuse(send, paused)
        raise Cut
    if for_page:
        await give(send, paused["requestId"], int(paused["responseStatusCode"]), pairs, body.read())
    else:
        await refuse(send, paused)
    return body


async def _at_once(send: Send, paused: Mapping[str, Any], for_page: bool) -> Body:
    """A body of known length, both commands in one go: the page does not wait for our answer."""
    if not for_page:
        return await _whole(send, paused, for_page)
    request = {"requestId": paused["requestId"]}
    told, _ = await asyncio.gather(
        send("Fetch.getResponseBody", request),
        send("Fetch.continueRequest", request),
        return_exceptions=True,
    )
    if isinstance(told, BaseException):
        raise told
    return _body_of(told)


async def _whole(send: Send, paused: Mapping[str, Any], for_page: bool) -> Body:
    """A body whose length nobody knows: only `Network` can say later whether it broke off.

    Chromium lets the page go on as soon as the body's pipe ends, and forgets an error that its network
    service tells a moment later: a cut body would count as finished. Hence a question that the network
    service must answer, before the page goes on: what it told of the body has arrived with the answer.
    """
    request = {"requestId": paused["requestId"]}
    try:
        return _body_of(await send("Fetch.getResponseBody", request))
    finally:
        if for_page:
            with contextlib.suppress(PlaywrightError):  # the page has gone: the bytes are kept all the same
                await send("Network.getCookies", {"urls": [paused["request"]["url"]]})
                await send("Fetch.continueRequest", request)
        else:
            await refuse(send, paused)


def _body_of(told: Mapping[str, Any]) -> Body:
    return Body([_bytes_of(told["body"], told["base64Encoded"])])


async def _streamed(send: Send, paused: Mapping[str, Any]) -> Body:
    stream = (await send("Fetch.takeResponseBodyAsStream", {"requestId": paused["requestId"]}))["stream"]
    body = Body()
    try:
        while True:
            piece = await send("IO.read", {"handle": stream, "size": _PIECE})
            body.append(_bytes_of(piece["data"], piece.get("base64Encoded", False)))
            if piece["eof"]:
                return body
    except BaseException:
        body.close()
        raise
    finally:
        with contextlib.suppress(PlaywrightError):
            await send("IO.close", {"handle": stream})


async def give(send: Send, request: str, status: int, pairs: Pairs, content: bytes) -> None:
    """Answer a paused request with these headers and this body, content codings undone."""
    answer = {
        "requestId": request,
        "responseCode": status,
        "responseHeaders": shown_headers(pairs),
        "body": base64.b64encode(content).decode("ascii"),
    }
    with contextlib.suppress(PlaywrightError):  # the page has gone: the bytes are kept all the same
        await send("Fetch.fulfillRequest", answer)


async def refuse(send: Send, paused: Mapping[str, Any]) -> None:
    """End a paused request without an answer."""
    with contextlib.suppress(PlaywrightError):
        await send("Fetch.failRequest", {"requestId": paused["requestId"], "errorReason": "Aborted"})


def _bytes_of(data: str, coded: bool) -> bytes:
    return base64.b64decode(data) if coded else data.encode("utf-8")
