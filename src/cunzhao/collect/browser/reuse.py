"""Requisites that the batch has already: given to the page without a fetch, kept for the pages to come."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cunzhao.collect.browser.asking import Asking
from cunzhao.collect.browser.bodies import Send, give
from cunzhao.collect.browser.heads import header
from cunzhao.collect.fetch import Fetched
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Exchange
from cunzhao.egress.decode import decode_body
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError

#: Chromium's resource types that are the same for every page that names them.
REUSED = ("Stylesheet", "Script", "Image", "Font")
_LARGEST = 4_000_000  # bytes; Chromium takes larger ones from us more slowly than from the net
_PATIENCE_S = 5.0  # for another page that is fetching the same


class Peers:
    """The addresses that the gate connected to for one page."""

    def __init__(self, gate: Gate, label: str) -> None:
        self._gate, self._label = gate, label
        self._known: dict[tuple[str, int], str] = {}

    def of(self, url: str) -> str | None:
        """The address last connected to for this URL's host and port; None if there was none."""
        parts = urlsplit(url)
        key = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if key not in self._known:
            self._known = {(o.host.lower(), o.port): o.address for o in self._gate.seen(self._label).opened}
        return self._known.get(key)


class Reuse:
    """One page's dealings with what its batch shares."""

    def __init__(self, shared: Shared, peers: Peers, limit: int) -> None:
        self.peers = peers
        self._shared, self._limit = shared, limit
        self._claimed: set[str] = set()

    async def give(self, asking: Asking, paused: Mapping[str, Any], send: Send) -> bool:
        """Answer a paused request from what the batch has. False: it has nothing that fits, fetch it."""
        request = paused["request"]
        url = request["url"]
        if request["method"] != "GET" or asking.hops or header(request["headers"].items(), "range"):
            return False
        if self._shared.claim(url):
            self._claimed.add(url)
            return False
        try:
            async with asyncio.timeout(_PATIENCE_S):
                fetched = await self._shared.held(url)
        except TimeoutError:
            return False
        if fetched is None or fetched.error or len(fetched.exchanges) != 1:
            return False
        exchange = fetched.exchanges[0]
        if not is_reusable(exchange) or not _fits(exchange, header(request["headers"].items(), "origin")):
            return False
        try:
            coding = exchange.header("content-encoding")
            content = decode_body(exchange.body.read(), coding, self._limit, exchange.url)
        except CunzhaoError:
            return False
        asking.given = exchange
        await give(send, paused["requestId"], exchange.status, exchange.headers, content)
        return True

    def done(self, asking: Asking) -> None:
        """Keep for the batch what came, where it may be kept."""
        if asking.url not in self._claimed or asking.given or not asking.answered:
            return
        exchanges = asking.exchanges(self.peers.of)
        self._claimed.discard(asking.url)
        fit = len(exchanges) == 1 and is_reusable(exchanges[0])
        self._shared.keep(asking.url, Fetched(exchanges=exchanges) if fit else None)

    def close(self) -> None:
        """Let others fetch what this page asked for and did not get."""
        for url in self._claimed:
            self._shared.keep(url, None)
        self._claimed.clear()


def is_reusable(exchange: Exchange) -> bool:
    """May another page of the batch be given this answer? Not if it was made for one visitor."""
    varies = {part.strip().lower() for part in exchange.header("vary").split(",")}
    return (
        exchange.status == 200
        and exchange.body.length <= _LARGEST
        and exchange.method == "GET"
        and not varies & {"*", "cookie", "origin", "authorization"}
        and "no-store" not in exchange.header("cache-control").lower()
        and not exchange.header("set-cookie")
    )


def _fits(exchange: Exchange, origin: str) -> bool:
    """A request across origins needs an answer that allows every origin (CORS)."""
    return not origin or exchange.header("access-control-allow-origin").strip() == "*"
