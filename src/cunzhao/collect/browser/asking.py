"""One request of a page with its redirects, put together from the events of two CDP domains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cunzhao.collect.browser.heads import (
    Pairs,
    exact_pairs,
    header,
    is_coded,
    request_head,
    response_head,
    role_of,
)
from cunzhao.collect.heads import headers_of
from cunzhao.collect.record_ids import record_id
from cunzhao.collect.types import Body, Exchange, Role
from cunzhao.errors import ServerBroke

_PROXY_ASKS = 407

#: The address that the gate connected to for a URL; None if unknown.
PeerOf = Callable[[str], str | None]


@dataclass(slots=True, kw_only=True)
class Hop:
    """One response, as `Fetch` paused it; `body` comes later, and not at all if it broke off."""

    url: str
    method: str
    asked: Mapping[str, str]  # request headers as `Fetch` tells them: not all that were sent
    post: bytes
    status: int
    reason: str
    pairs: Pairs
    started: datetime
    seconds: float = 0.0
    body: Body | None = None
    moved: bool = False  # a redirect
    exchange: Exchange | None = None

    @property
    def coded(self) -> bool:
        return is_coded(header(self.pairs, "content-encoding"))

    @property
    def announced(self) -> int:
        """Content-Length of the answer, 0 if it has none."""
        told = header(self.pairs, "content-length")
        return int(told) if told.isdecimal() else 0


@dataclass(slots=True, kw_only=True)
class Asking:
    """What the page asked for under one network id."""

    id: str
    url: str = ""  # as first asked for
    kind: str = ""  # Chromium's resource type
    frame: str = ""
    started: datetime | None = None
    referer: str = ""
    protocol: str = ""
    hops: list[Hop] = field(default_factory=list)
    sent: list[Mapping[str, str]] = field(default_factory=list)  # headers that really went out, by hop
    got: list[Mapping[str, Any]] = field(default_factory=list)  # heads that really came in, by hop
    given: Exchange | None = None  # what this batch had already, given to the page in place of a fetch
    failure: str = ""  # a code; "" while nothing failed
    broken: str = ""  # what `Fetch` says of a failure, in its own words
    broke: bool = False  # the answer was not whole
    told: bool = False  # `Network` will tell its end: not of a worker's script, nor of what workers ask for
    cached: bool = False  # it came out of a cache of Chromium's
    encoded: int | None = None  # bytes that came over the wire, as `Network` tells at the end
    endless: bool = False  # a stream that is not waited for
    partial: bool = False  # an answer 206: the whole is fetched apart
    file: bool = False  # the page itself is a file that is kept and not shown
    over: bool = False

    @property
    def destination(self) -> str:
        """What the browser told the server that it is for (Sec-Fetch-Dest)."""
        return header(self.sent[0].items(), "sec-fetch-dest") if self.sent else ""

    @property
    def role(self) -> Role:
        return role_of(self.kind, self.destination)

    @property
    def answered(self) -> bool:
        """Has the last hop's body come whole? A redirect is no answer."""
        last = self.hops[-1] if self.hops else None
        return bool(self.given or (last and last.body is not None and not last.moved))

    @property
    def sure(self) -> bool:
        """Is the last body, if there is any, known to be whole by its own length?"""
        last = self.hops[-1] if self.hops and not self.given else None
        if last is None or not last.body or not last.body.length:
            return True
        return bool(last.announced) and not last.coded

    def cut(self) -> None:
        """The answer broke off: what came of its body is not the body."""
        self.broke, self.failure = True, self.failure or ServerBroke.code
        if self.hops and not self.given:
            self.hops[-1].body = None

    @property
    def post(self) -> bytes:
        return self.hops[0].post if self.hops else b""

    def exchanges(self, peer_of: PeerOf) -> tuple[Exchange, ...]:
        """The hops whose body has come, each made into an Exchange once."""
        if self.given:
            return (self.given,)
        whole = [(place, hop) for place, hop in enumerate(self.hops) if hop.body is not None]
        return tuple(hop.exchange or self._exchange(place, hop, peer_of) for place, hop in whole)

    def _exchange(self, place: int, hop: Hop, peer_of: PeerOf) -> Exchange:
        assert hop.body is not None
        sent, got = self._told(place, hop)
        told = got.get("headers", {})
        text = str(got.get("headersText", "")) if all(value.isascii() for value in told.values()) else ""
        head = response_head(hop.status, hop.reason, text, exact_pairs(hop.pairs, told), hop.body.length)
        hop.exchange = Exchange(
            id=record_id(),
            url=hop.url,
            started=hop.started,
            seconds=hop.seconds,
            peer=peer_of(hop.url),
            request_head=request_head(hop.method, hop.url, sent),
            response_head=head,
            status=hop.status,
            headers=headers_of(head),
            body=hop.body,
            method=hop.method,
            request_body=hop.post,
            protocol=self.protocol or ("http/1.1" if got.get("headersText") else ""),
        )
        return hop.exchange

    def _told(self, place: int, hop: Hop) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        """Heads as sent and received for a hop; what the gate answered to open itself is no answer."""
        asked_by_gate = sum(head.get("statusCode") == _PROXY_ASKS for head in self.got)
        got = [head for head in self.got if head.get("statusCode") != _PROXY_ASKS]
        sent = self.sent[asked_by_gate:] if len(self.sent) > asked_by_gate else self.sent
        head = got[place] if place < len(got) else {}
        if head.get("statusCode") != hop.status:  # answered by a cache: `Fetch` alone knows
            head = {}
        return (sent[place] if place < len(sent) else hop.asked), head
