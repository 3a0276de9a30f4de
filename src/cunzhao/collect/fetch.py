"""One fetch: through the gate, politely, within its limits, redirects followed, each hop an Exchange."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

import httpcore

from cunzhao.collect.connections import Connections
from cunzhao.collect.cookies import Jar
from cunzhao.collect.heads import Ask, headers_of, request_headers, request_url, response_head
from cunzhao.collect.record_ids import record_id
from cunzhao.collect.types import Body, Exchange, Role
from cunzhao.collect.urls import host_of, join
from cunzhao.egress.backend import GateBackend, GateStream
from cunzhao.egress.gate import Gate
from cunzhao.egress.tls import default_tls
from cunzhao.errors import (
    BodyTooLarge,
    ConnectFailed,
    CunzhaoError,
    FetchTimeout,
    HostUnknown,
    SchemeRefused,
    ServerBroke,
    TlsFailed,
    TooManyRedirects,
)
from cunzhao.settings import Settings

_AT_ONCE = 32  # requests under way in one batch, all hosts together: three sockets each
_IDLE = 64  # connections kept for the next request
_REDIRECTS = (301, 302, 303, 307, 308)
_STRIKES = 3  # failures in a row after which a host's further requisites are not tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a fetch brought: the exchanges in order, and the error that ended it, if one did.

    Without an error the last exchange is the answer (of whatever status); with one, the exchanges are the
    redirects that came before it.
    """

    exchanges: tuple[Exchange, ...]
    error: CunzhaoError | None = None


@dataclass(slots=True)
class _Host:
    """What politeness remembers of one host."""

    connections: asyncio.Semaphore
    next_start: float = 0.0  # loop time before which no request may start
    strikes: list[CunzhaoError] = field(default_factory=list)  # failures to reach it, since it last answered


class Fetcher:
    """Fetches of one batch: one pool of connections, one memory of hosts. An async context manager."""

    def __init__(self, settings: Settings, gate: Gate, tls: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or default_tls(),
            max_connections=_IDLE,
            max_keepalive_connections=_IDLE,
            keepalive_expiry=15,
            network_backend=GateBackend(gate),
        )
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._hosts: dict[str, _Host] = {}
        self.connections = Connections()

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    async def fetch(
        self, url: str, role: Role = "page", referer: str = "", before: tuple[Exchange, ...] = ()
    ) -> Fetched:
        """Fetch a URL that `check_url` or `join` gave. Raises nothing but cancellation and bugs.

        `before`: exchanges that led here by other means than a status (a meta refresh); they stand first in
        what comes back, count as redirects, and their cookies are known.
        """
        done = list(before)
        jar = Jar()
        asked: set[tuple[str, str]] = set()  # with which cookie: a second visit with a new one is no loop
        for exchange in before:
            asked.add((exchange.url, jar.header(exchange.url)))
            jar.take(exchange)
        try:
            while True:
                ask = Ask(url, role, referer, jar.header(url))
                if (url, ask.cookie) in asked or len(done) > self._settings.max_redirects:
                    raise TooManyRedirects(done[0].url, limit=self._settings.max_redirects)
                asked.add((url, ask.cookie))
                done.append(await self._polite(ask))
                jar.take(done[-1])
                following = _following(done[-1])
                if following is None:
                    return Fetched(exchanges=tuple(done))
                url = following
        except CunzhaoError as exc:
            return Fetched(exchanges=tuple(done), error=exc)

    async def _polite(self, ask: Ask) -> Exchange:
        """One request when its host's turn has come. Raises FetchError."""
        host = self._host(host_of(ask.url))
        async with host.connections, self._at_once:
            if ask.role != "page" and len(host.strikes) >= _STRIKES:
                raise type(host.strikes[-1])(ask.url, **host.strikes[-1].values)
            await self._turn(host)
            try:
                exchange = await self._within_limits(ask)
            except (HostUnknown, ConnectFailed, FetchTimeout) as exc:
                host.strikes += [exc] * (_STRIKES if isinstance(exc, HostUnknown) else 1)
                raise
            host.strikes.clear()
            return exchange

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(asyncio.Semaphore(max(1, self._settings.connections_per_host)))
        return self._hosts[name]

    async def _turn(self, host: _Host) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, host.next_start)
        host.next_start = start + self._settings.host_delay_s
        if start > now:
            await asyncio.sleep(start - now)

    async def _within_limits(self, ask: Ask) -> Exchange:
        limit = self._settings.fetch_timeout_s
        try:
            async with asyncio.timeout(limit), _our_errors(ask.url):
                try:
                    return await self._exchange(ask)
                except _Stale:  # a kept connection that the server had closed meanwhile
                    return await self._exchange(ask)
        except TimeoutError as exc:
            raise FetchTimeout(ask.url, limit=f"{limit:g}") from exc

    async def _exchange(self, ask: Ask) -> Exchange:
        headers = request_headers(ask, self._settings.user_agent)
        request = httpcore.Request("GET", request_url(ask.url), headers=headers)
        started, clock = datetime.now(UTC), asyncio.get_running_loop().time()
        try:
            response = await self._pool.handle_async_request(request)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError) as exc:
            raise _Stale(exc) from exc
        try:
            stream = response.extensions["network_stream"]
            assert isinstance(stream, GateStream), "the fetch did not pass the gate"
            exchange_id = record_id()
            self.connections.note(exchange_id, ask.url, stream)
            body = await self._body(ask.url, response)
            head = response_head(stream.wire, response)
            await _drop_if_more_came(stream, response, body)
        finally:
            await response.aclose()
        return Exchange(
            id=exchange_id,
            url=ask.url,
            started=started,
            seconds=asyncio.get_running_loop().time() - clock,
            peer=stream.peer or None,
            request_head=stream.wire.request,
            response_head=head,
            status=response.status,
            headers=headers_of(head),
            body=body,
        )

    async def _body(self, url: str, response: httpcore.Response) -> Body:
        limit = self._settings.max_body_bytes
        announced = next((v for k, v in response.headers if k.lower() == b"content-length"), b"0")
        body = Body()
        try:
            if int(announced) > limit:
                raise BodyTooLarge(url, limit=limit)
            async for chunk in response.aiter_stream():
                body.append(chunk)
                if body.length > limit:
                    raise BodyTooLarge(url, limit=limit)
        except BaseException:
            body.close()
            raise
        return body


def _following(exchange: Exchange) -> str | None:
    """Where a redirect leads; None for an answer. Raises SchemeRefused, ServerBroke."""
    location = exchange.header("location")
    if exchange.status not in _REDIRECTS or not location:
        return None
    with contextlib.suppress(UnicodeDecodeError):
        location = location.encode("latin-1").decode("utf-8")
    url = join(exchange.url, location)
    if url is None:
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", location, re.IGNORECASE)
        if scheme and scheme[1].lower() not in ("http", "https"):
            raise SchemeRefused(exchange.url, scheme=scheme[1].lower())
        raise ServerBroke(exchange.url, detail=f"Location: {location[:200]}")
    return url


class _Stale(Exception):
    """The connection ended before anything was answered; worth one more try."""


@contextlib.asynccontextmanager
async def _our_errors(url: str) -> AsyncIterator[None]:
    """The errors of httpcore, of TLS and of the gate as errors of ours that name this URL."""
    try:
        yield
    except CunzhaoError as exc:
        raise type(exc)(url, **exc.values) from exc
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
        cause = _cause(exc, ssl.SSLError)
        if cause is not None or url.startswith("https:"):
            detail = getattr(cause, "verify_message", "") or getattr(cause, "reason", "") or str(exc) or "EOF"
            raise TlsFailed(url, host=host_of(url), detail=detail) from exc
        raise ConnectFailed(url, host=host_of(url)) from exc
    except TimeoutError:
        raise  # the limit's own
    except (_Stale, httpcore.NetworkError, httpcore.ProtocolError, OSError) as exc:
        raise ServerBroke(url, detail=str(exc) or type(exc).__name__) from exc


def _cause(exc: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while exc is not None:
        if isinstance(exc, kind):
            return exc
        exc = exc.__cause__ or exc.__context__ or (exc.args[0] if _wraps(exc) else None)
    return None


def _wraps(exc: BaseException) -> bool:
    return bool(exc.args) and isinstance(exc.args[0], BaseException)


async def _drop_if_more_came(stream: GateStream, response: httpcore.Response, body: Body) -> None:
    """A server that sends more than it announced must not have the rest taken for the next answer."""
    announced = any(k.lower() == b"content-length" for k, _ in response.headers)
    if announced and stream.wire.received > len(stream.wire.response) + body.length:
        await stream.aclose()
