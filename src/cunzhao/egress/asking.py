"""One question to a service by HTTP, through the gate: for what is no capture."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpcore

from cunzhao.egress.backend import GateBackend
from cunzhao.egress.gate import Gate
from cunzhao.egress.tls import default_tls
from cunzhao.errors import BodyTooLarge, CunzhaoError, FetchTimeout, NotAUrl, ServerBroke


@dataclass(frozen=True, slots=True)
class Question:
    url: str  # http or https
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: bytes = b""
    limit_s: float = 30.0  # for the whole of it, the answer's last byte included
    limit_bytes: int = 1_000_000  # of the answer's body


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


def ask(gate: Gate, question: Question) -> Reply:
    """The answer, of whatever status; redirects are not followed, nothing is asked twice.

    Blocks, and may be called where an event loop runs. Raises NotAUrl, FetchError, or a bare CunzhaoError if
    the gate is closed; none of them tells headers or body.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ask") as thread:
        return thread.submit(asyncio.run, _within_limits(gate, question)).result()


async def _within_limits(gate: Gate, question: Question) -> Reply:
    try:
        async with asyncio.timeout(question.limit_s):
            return await _asked(gate, question)
    except CunzhaoError as exc:
        raise type(exc)(question.url, **exc.values) from exc
    except TimeoutError as exc:
        raise FetchTimeout(question.url, limit=f"{question.limit_s:g}") from exc
    except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError, ValueError) as exc:
        raise NotAUrl(question.url) from exc
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as exc:
        raise ServerBroke(question.url, detail=type(exc).__name__) from exc


async def _asked(gate: Gate, question: Question) -> Reply:
    headers = {"Accept-Encoding": "identity", "Connection": "close", **(question.headers or {})}
    tls = default_tls() if question.url.startswith("https:") else None
    content = question.body or None
    async with (
        httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=GateBackend(gate)) as pool,
        pool.stream(
            question.method, question.url, headers=list(headers.items()), content=content
        ) as response,
    ):
        body = bytearray()
        async for piece in response.aiter_stream():
            body += piece
            if len(body) > question.limit_bytes:
                raise BodyTooLarge(question.url, limit=question.limit_bytes)
        return Reply(response.status, bytes(body))
