"""What CDP tells of one page's requests as they begin and end, and what follows from it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from cunzhao.collect.browser.asking import Asking
from cunzhao.collect.browser.chromium import Tab
from cunzhao.collect.browser.failures import ABORTED, BLOCKED, code_of, refusal_of
from cunzhao.collect.browser.heads import header
from cunzhao.collect.browser.reuse import Reuse
from cunzhao.collect.browser.traffic import Traffic
from cunzhao.collect.types import Missing
from cunzhao.egress.gate import Gate, Refused
from cunzhao.errors import ConnectFailed, FetchTimeout, ServerBroke
from cunzhao.settings import Settings

_UNCHANGED = 304
_CACHES = ("DiskCache", "PrefetchCache", "ServiceWorker")
_OWN_PAGE = "net::ERR_HTTP_RESPONSE_CODE_FAILURE"
_LISTENING_S = 8.0  # an XHR that takes longer is a page that listens, not one that loads


class Hearing:
    """Requests of one page, by what the domains `Network` and `Page` tell of them."""

    def __init__(self, tab: Tab, settings: Settings, gate: Gate, reuse: Reuse) -> None:
        self.traffic = Traffic()
        self.requests: dict[str, Asking] = {}  # by network id, in the order first heard of
        self.committed: list[str] = []  # network ids of the main documents that were shown, in order
        self.sockets: list[Missing] = []  # WebSockets, and shared workers, whose traffic is not seen
        self.astray: list[Missing] = []  # where the shown page wanted to go and could not
        self.too_many = False  # more navigations than `max_redirects`
        self.stuck = asyncio.Event()  # the page's own document will not come, or not to its end
        self.frozen = False  # the page goes nowhere else any more
        self.tls: dict[str, str] = {}  # origin to the protocol spoken with it
        self._cdp, self._label, self._login, self._settings = tab.cdp, tab.label, tab.login, settings
        self._gate, self._reuse = gate, reuse
        self._main = ""
        self._depth: dict[str, int] = {}
        self._latest: dict[str, str] = {}  # URL last asked for, redirects followed, by network id
        self._under_way: set[str] = set()
        self._navigations = 0

    def peer_of(self, url: str) -> str | None:
        return self._reuse.peers.of(url)

    @property
    def file(self) -> bool:
        """Is the page a file that Chromium does not show?"""
        return any(asking.file for asking in self._mains())

    @property
    def has_answer(self) -> bool:
        return any(asking.answered for asking in self._mains())

    @property
    def has_page(self) -> bool:
        """Has a document come that is shown?"""
        return any(self.requests[network_id].answered for network_id in self.committed)

    @property
    def last_url(self) -> str:
        """Where the last navigation went; "" if there was none."""
        mains = list(self._mains())
        return self._latest.get(mains[-1].id, mains[-1].url) if mains else ""

    @property
    def failure(self) -> str:
        """Why the last navigation failed, a code; "" if it did not."""
        return next((asking.failure for asking in reversed(list(self._mains()))), "")

    @property
    def refused_page(self) -> Refused | None:
        return refusal_of(self.last_url, self._gate.seen(self._label))

    def _mains(self) -> Iterator[Asking]:
        return (asking for asking in self.requests.values() if self.is_main(asking))

    def is_main(self, asking: Asking) -> bool:
        return asking.kind == "Document" and asking.frame == self._main

    def _of(self, network_id: str) -> Asking:
        if network_id not in self.requests:
            self.requests[network_id] = Asking(id=network_id)
        return self.requests[network_id]

    def _on_asked(self, event: Mapping[str, Any]) -> None:
        if event["request"]["url"].startswith(("http:", "https:")):
            asking = self._of(event["requestId"])
            self._latest[asking.id] = event["request"]["url"]
            if asking.url:
                return  # a redirect of it
            self._began(asking, event["request"], event.get("type", ""), event.get("frameId", ""))
            asking.started = datetime.fromtimestamp(event["wallTime"], UTC)
            asking.told = bool(event.get("loaderId"))

    def _began(self, asking: Asking, request: Mapping[str, Any], kind: str, frame: str) -> None:
        asking.url, asking.kind, asking.frame = request["url"], kind, frame
        asking.referer = header(request["headers"].items(), "referer")
        if kind == "EventSource":
            asking.endless = True
            return
        self._under_way.add(asking.id)
        self.traffic.began()
        if kind in ("XHR", "Fetch", "Media"):
            asyncio.get_running_loop().call_later(_LISTENING_S, self._rests, asking.id)

    def _rests(self, network_id: str) -> None:
        if network_id in self._under_way:
            self._under_way.discard(network_id)
            self.traffic.ended()

    def _over(self, asking: Asking) -> None:
        asking.over = True
        self._rests(asking.id)

    def _on_answered(self, event: Mapping[str, Any]) -> None:
        asking, response = self._of(event["requestId"]), event["response"]
        asking.protocol = response.get("protocol", "")
        asking.cached = any(response.get(f"from{name}") for name in _CACHES)
        if security := response.get("securityDetails"):
            parts = response["url"].split("/", 3)[:3]
            self.tls.setdefault("/".join(parts), security.get("protocol", ""))

    def _on_finished(self, event: Mapping[str, Any]) -> None:
        asking = self._of(event["requestId"])
        asking.encoded = int(event.get("encodedDataLength", 0))
        self._over(asking)
        self._whole(asking)

    def _whole(self, asking: Asking) -> None:
        """Once the body is read and `Network` has told its end, whichever comes first."""
        if asking.encoded is None or not asking.answered or asking.given:
            return
        last = asking.hops[-1]
        # What came of a cache came before: with no byte, or with the few of a 304.
        cached = asking.cached or any(head.get("statusCode") == _UNCHANGED for head in asking.got)
        short = last.coded and asking.encoded < last.announced
        lost = not asking.encoded and not asking.sure  # an error may have been forgotten
        if (short or lost) and not cached:
            asking.cut()
        self._reuse.done(asking)

    def _on_failed(self, event: Mapping[str, Any]) -> None:
        asking = self._of(event["requestId"])
        if not asking.failure:
            blocked = event.get("blockedReason") or event.get("corsErrorStatus")
            asking.failure = BLOCKED if blocked else code_of(event.get("errorText", ""))
            if event.get("canceled") and not blocked:
                asking.failure = ABORTED
            if not blocked and (refused := self._refused(asking)):
                asking.failure = refused.code
        # An error page without a body is an answer, of which Chromium shows a page of its own.
        shown = event.get("errorText") != _OWN_PAGE
        if shown and asking.failure in (ServerBroke.code, FetchTimeout.code, ConnectFailed.code):
            asking.cut()
        if self.is_main(asking) and asking.failure != ABORTED:
            self.stuck.set()
        self._over(asking)

    def _on_socket(self, event: Mapping[str, Any]) -> None:
        self.sockets.append(Missing(url=event["url"], role="websocket", reason="not-capturable"))

    def _on_frame(self, event: Mapping[str, Any]) -> None:
        self._depth[event["frameId"]] = self._depth.get(event["parentFrameId"], 0) + 1

    def _on_shown(self, event: Mapping[str, Any]) -> None:
        frame = event["frame"]
        if frame["id"] == self._main and frame["loaderId"] in self.requests:
            self.committed.append(frame["loaderId"])

    def _refused(self, asking: Asking) -> Refused | None:
        """What the gate refused of where the request had come to."""
        return refusal_of(self._latest.get(asking.id, asking.url), self._gate.seen(self._label))
