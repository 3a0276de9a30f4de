"""What the servers sent to one page, its frames and its workers: recorded over CDP at the response stage."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.asking import Asking, Hop
from cunzhao.collect.browser.bodies import Cut, TooLarge, pairs_of, read_body, refuse
from cunzhao.collect.browser.chromium import Tab
from cunzhao.collect.browser.failures import ABORTED, code_of, refusal_of
from cunzhao.collect.browser.heads import Pairs, header
from cunzhao.collect.browser.hearing import Hearing
from cunzhao.collect.browser.reuse import REUSED, Reuse
from cunzhao.collect.types import Body, Missing
from cunzhao.egress.gate import Gate
from cunzhao.errors import BodyTooLarge, ServerBroke
from cunzhao.settings import Settings

_log = logging.getLogger(__name__)

_REDIRECTS = (301, 302, 303, 307, 308)
_FRAME_DEPTH = 5
_MEDIA_WHOLE = 4_000_000  # bytes up to which a video is read as it comes to the page
_ENDLESS = ("text/event-stream", "multipart/x-mixed-replace")
#: Main documents that Chromium shows as a page; others are files, kept and not shown.
_SHOWN = (
    "text/",
    "image/",
    "application/xhtml+xml",
    "application/xml",
    "application/json",
    "application/javascript",
)


class Recorder(Hearing):
    """Listens to one page from before its first request until `close`, and reads every body."""

    def __init__(self, tab: Tab, settings: Settings, gate: Gate, reuse: Reuse) -> None:
        super().__init__(tab, settings, gate, reuse)
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Listen. Raises PlaywrightError."""
        listeners = {
            "Fetch.requestPaused": lambda e: self._do(self._paused(e)),
            "Fetch.authRequired": lambda e: self._do(self._log_in(e)),
            "Network.requestWillBeSent": self._on_asked,
            "Network.requestWillBeSentExtraInfo": lambda e: self._of(e["requestId"]).sent.append(
                e["headers"]
            ),
            "Network.responseReceivedExtraInfo": lambda e: self._of(e["requestId"]).got.append(e),
            "Network.responseReceived": self._on_answered,
            "Network.loadingFinished": self._on_finished,
            "Network.loadingFailed": self._on_failed,
            "Network.webSocketCreated": self._on_socket,
            "Page.frameAttached": self._on_frame,
            "Page.frameNavigated": self._on_shown,
        }
        for name, listener in listeners.items():
            self._cdp.on(name, _safe(listener))
        patterns = [{"requestStage": "Response"}]
        patterns += [{"requestStage": "Request", "resourceType": kind} for kind in ("Document", *REUSED)]
        tree, *_ = await asyncio.gather(
            self._send("Page.getFrameTree", {}),
            self._send("Page.enable", {}),
            self._send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0}),
            self._send("Network.setBypassServiceWorker", {"bypass": True}),
            self._send("Fetch.enable", {"patterns": patterns, "handleAuthRequests": True}),
        )
        self._main = tree["frameTree"]["frame"]["id"]

    async def rest(self, within_s: float) -> None:
        """Wait for bodies that are being read, so long at most."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=within_s)

    async def close(self) -> None:
        """Stop listening; what is not whole by now will not be."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._reuse.close()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except PlaywrightError as exc:  # the page or the request has gone meanwhile
            _log.debug("a paused request ended: %s", exc)
        except Exception:
            _log.exception("a paused request was not recorded")

    async def _send(self, method: str, params: Mapping[str, Any]) -> Any:
        return await self._cdp.send(method, dict(params))

    async def _go_on(self, paused: Mapping[str, Any]) -> None:
        with contextlib.suppress(PlaywrightError):
            await self._send("Fetch.continueRequest", {"requestId": paused["requestId"]})

    async def _log_in(self, event: Mapping[str, Any]) -> None:
        answer: dict[str, str] = {"response": "CancelAuth"}
        if event["authChallenge"].get("source") == "Proxy":
            user, password = self._login
            answer = {"response": "ProvideCredentials", "username": user, "password": password}
        params = {"requestId": event["requestId"], "authChallengeResponse": answer}
        await self._send("Fetch.continueWithAuth", params)

    async def _paused(self, paused: Mapping[str, Any]) -> None:
        network_id = paused.get("networkId") or paused["requestId"].partition(".")[0]
        asking = self._of(network_id)
        if not asking.url:  # a worker's own request: `Network` does not tell of it
            self._began(asking, paused["request"], paused["resourceType"], paused.get("frameId", ""))
        self._latest[network_id] = paused["request"]["url"]
        if "responseErrorReason" in paused:
            return await self._failed(asking, paused)
        if "responseStatusCode" not in paused:
            return await self._asked(asking, paused)
        try:
            await self._answered(asking, paused)
        finally:
            if asking.broke:  # its end was told before its body was read
                asking.cut()
            self._whole(asking)
            if not asking.told or asking.partial or asking.endless:
                self._over(asking)

    async def _failed(self, asking: Asking, paused: Mapping[str, Any]) -> None:
        asking.broken = str(paused["responseErrorReason"])
        refused = self._refused(asking)
        if refused and not asking.failure:
            asking.failure = refused.code
        self._over(asking)
        if not self.is_main(asking) or not self.committed or asking.broken == "Aborted":
            return await self._go_on(paused)
        # The page that is shown wants to go elsewhere and cannot: it stays, Chromium's error page is not it.
        reason = asking.failure or code_of(asking.broken)
        self.astray.append(Missing(url=self._latest[asking.id], role="page", reason=reason))
        params = {"requestId": paused["requestId"], "responseCode": 204}
        with contextlib.suppress(PlaywrightError):
            await self._send("Fetch.fulfillRequest", params)

    async def _asked(self, asking: Asking, paused: Mapping[str, Any]) -> None:
        """At the request stage: documents are bounded, requisites of the batch are given from what it has."""
        if asking.kind == "Document":
            if self.is_main(asking):
                self._navigations += 1
                self.too_many = self._navigations > self._settings.max_redirects + 1
                if self.frozen or self.too_many:
                    asking.failure = ABORTED
                    self.stuck.set()
                    return await refuse(self._send, paused)
            elif self._depth.get(asking.frame, 0) > _FRAME_DEPTH:
                asking.failure = "too-deep"
                return await refuse(self._send, paused)
        elif await self._reuse.give(asking, paused, self._send):
            return None
        await self._go_on(paused)

    async def _post_of(self, asking: Asking, request: Mapping[str, Any]) -> bytes:
        """The request's body as sent; what it held of files is asked for apart, as text."""
        if not request.get("hasPostData"):
            return b""
        entries = [entry.get("bytes") for entry in request.get("postDataEntries", ())]
        if entries and all(entries):
            return b"".join(base64.b64decode(entry) for entry in entries)
        if "postData" in request:
            return str(request["postData"]).encode("utf-8", "surrogatepass")
        try:
            told = await self._send("Network.getRequestPostData", {"requestId": asking.id})
        except PlaywrightError:  # made of files or streams: Chromium does not tell it
            return b""
        return str(told["postData"]).encode("utf-8", "surrogatepass")

    async def _answered(self, asking: Asking, paused: Mapping[str, Any]) -> None:
        request, pairs = paused["request"], pairs_of(paused)
        named = header(pairs, "x-cunzhao-refusal")  # any server may say so: the gate's own log decides
        if named and (refused := refusal_of(request["url"], self._gate.seen(self._label))):
            asking.failure = refused.code
            return await refuse(self._send, paused)
        hop = Hop(
            url=request["url"],
            method=request["method"],
            asked=request["headers"],
            post=await self._post_of(asking, request),
            status=int(paused["responseStatusCode"]),
            reason=paused.get("responseStatusText", ""),
            pairs=pairs,
            started=(None if asking.hops else asking.started) or datetime.now(UTC),
        )
        kind = header(pairs, "content-type").partition(";")[0].strip().lower()
        asking.endless = asking.endless or kind in _ENDLESS
        asking.partial = hop.status == 206 or (asking.kind == "Media" and not _small(pairs))
        if asking.endless or asking.partial:
            return await self._go_on(paused)
        asking.hops.append(hop)
        if hop.status in _REDIRECTS and header(pairs, "location"):
            hop.moved, hop.body = True, Body()  # Chromium does not hand it out
            return await self._go_on(paused)
        asking.file = self.is_main(asking) and not _is_shown(kind, pairs)
        try:
            hop.body = await read_body(self._send, paused, self._settings, for_page=not asking.file)
        except TooLarge:
            asking.failure = BodyTooLarge.code
        except Cut:
            asking.failure = ServerBroke.code
        hop.seconds = (datetime.now(UTC) - hop.started).total_seconds()


def _safe(listener: Callable[[Any], object]) -> Callable[[Any], None]:
    """Playwright would raise what a listener raises at whatever is sent next."""

    def listen(event: Any) -> None:
        try:
            listener(event)
        except Exception:
            _log.exception("an event of the page was not understood")

    return listen


def _small(pairs: Pairs) -> bool:
    announced = header(pairs, "content-length")
    return announced.isdecimal() and int(announced) <= _MEDIA_WHOLE


def _is_shown(kind: str, pairs: Pairs) -> bool:
    """Does Chromium show such an answer as a page? Without a type it looks at the bytes."""
    if header(pairs, "content-disposition").strip().lower().startswith("attachment"):
        return False
    return not kind or kind.startswith(_SHOWN) or kind.endswith("+xml")
