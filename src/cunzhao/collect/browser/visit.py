"""One visit to a page: there, to rest, its renditions; watched, so that a dead or hung page ends it."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.behaviour import behave
from cunzhao.collect.browser.chromium import Chromium, Tab
from cunzhao.collect.browser.failures import ABORTED, code_of, error_of, error_with
from cunzhao.collect.browser.observing import certificates, lookups
from cunzhao.collect.browser.recorder import Recorder
from cunzhao.collect.browser.recording import Recording, recording_of
from cunzhao.collect.browser.renditions import Rendered, render
from cunzhao.collect.browser.reuse import Peers, Reuse
from cunzhao.collect.page import Report
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Certificates, Lookup
from cunzhao.errors import CunzhaoError, FetchTimeout, ServerBroke, TooManyRedirects
from cunzhao.settings import Settings

_HANG_S = 12.0  # without an answer from the page's main thread
_PING_S = 3.0
_GRACE_S = 5.0  # above their time, for a behaviour or a rendition that does not watch it
_RENDER_S = 20.0  # for renditions, which begin when the page's time may be over
_STUCK_S = 0.5  # for a navigation to end once nothing more can come of it
_BODIES_S = 2.0  # for bodies still being read when the page rests
_WANDERS = 5  # navigations of its own, after each of which the behaviour begins anew
_REFRESH_S = 5.0  # delay up to which a meta refresh is followed: a longer one leaves time to read
_REFRESH = r"""(() => {
  const meta = document.querySelector('meta[http-equiv="refresh" i]');
  const said = meta && /^\s*([\d.]+)\s*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]+)/i.exec(meta.content);
  return said && new URL(said[2].trim(), document.baseURI).href !== location.href ? Number(said[1]) : -1;
})()"""


class Died(Exception):
    """The page's process or the browser ended or hung; the text says which."""


@dataclass(slots=True)
class Visit:
    """What one visit brought."""

    recording: Recording | None = None
    rendered: Rendered | None = None
    settled: bool = False  # the page came to rest before its time was over
    error: CunzhaoError | None = None
    died: str = ""  # why the browser broke off; "" if it did not
    lookups: tuple[Lookup, ...] = ()
    certificates: tuple[Certificates, ...] = ()
    fresh: bool | None = None


async def visit_page(
    url: str, chromium: Chromium, shared: Shared, settings: Settings, report: Report, *, alone: bool = False
) -> Visit:
    """Visit a URL once. Raises BrowserMissing, BrowserFailed (no start); all else is in the Visit."""
    visit = Visit()
    try:
        async with chromium.tab(alone=alone) as tab:
            visit.fresh = tab.fresh
            reuse = Reuse(shared, Peers(chromium.gate, tab.label), settings.max_decoded_bytes)
            recorder = Recorder(tab, settings, chromium.gate, reuse)
            try:
                trip = _Trip(url, tab, recorder, visit, settings, report)
                await _unless_dead(tab, recorder, trip.make())
            finally:
                await recorder.close()
                visit.recording = recording_of(recorder, settings.max_requisites)
                visit.lookups = lookups(chromium.gate.seen(tab.label))
    except (Died, PlaywrightError, TimeoutError) as exc:
        visit.died = str(exc).strip().partition("\n")[0][:300] or "timeout"
    return visit


@dataclass(slots=True)
class _Trip:
    """To a page, to its rest, through its renditions."""

    url: str
    tab: Tab
    recorder: Recorder
    visit: Visit
    settings: Settings
    report: Report
    blank: bool = False  # an answer came, and Chromium shows nothing of it

    async def make(self) -> None:
        loop, recorder, visit = asyncio.get_running_loop(), self.recorder, self.visit
        ends = loop.time() + self.settings.browser_timeout_s
        await recorder.begin()
        self.tab.context.on("page", lambda page: asyncio.ensure_future(_shut(page, self.tab.page)))
        visit.error = await self._go()
        if visit.error or recorder.file or self.blank:
            await recorder.rest(max(0.0, ends - loop.time()))
            visit.settled = recorder.file or self.blank
            return
        self.report("page", 0, 0)
        visit.settled = await self._settle(ends)
        if recorder.too_many:
            visit.error = TooManyRedirects(self.url, limit=self.settings.max_redirects)
            return
        self.report("requisites", len(recorder.requests), len(recorder.requests))
        recorder.frozen = True
        late = max(ends, loop.time() + _RENDER_S)
        async with asyncio.timeout_at(late + _GRACE_S):
            visit.rendered = await render(self.tab.page, self.tab.cdp, self.settings.renditions, ends=late)
        visit.certificates = await certificates(self.tab.cdp, recorder.tls)
        await recorder.rest(_BODIES_S)

    async def _go(self) -> CunzhaoError | None:
        """Navigate; the error, if no page came of it."""
        recorder, page, limit = self.recorder, self.tab.page, self.settings.browser_timeout_s
        try:
            await self._unless_stuck(page.goto(self.url, wait_until="domcontentloaded", timeout=limit * 1000))
            return None
        except PlaywrightError as exc:
            said = str(exc)
        if recorder.file:
            return None
        if page.is_closed() or "crash" in said.lower() or not self.tab.browser.is_connected():
            raise Died(said)
        if recorder.too_many:
            return TooManyRedirects(self.url, limit=self.settings.max_redirects)
        if "interrupted by another navigation" in said or recorder.has_page:
            await self._loaded(limit)
            return None
        if recorder.has_answer:  # 204, or a file of a type that Chromium does not show: nothing is rendered
            self.blank = True
            return None
        url = recorder.last_url or self.url
        if found := re.search(r"net::ERR_\w+", said):
            if code_of(found[0]) in (ABORTED, ServerBroke.code):
                await self._still_there()
            return error_of(url, found[0], recorder.refused_page, limit)
        return error_with(recorder.failure or FetchTimeout.code, url, limit_s=limit)

    async def _still_there(self) -> None:
        """Raise Died if the page crashed, which may show first as a connection that broke off."""
        try:
            async with asyncio.timeout(_HANG_S):
                await self.tab.cdp.send("Runtime.evaluate", {"expression": "1"})
        except TimeoutError as exc:
            raise Died("the page hangs") from exc
        except PlaywrightError as exc:
            if "crash" in str(exc).lower() or self.tab.page.is_closed():
                raise Died(str(exc)) from exc

    async def _unless_stuck(self, going: Coroutine[Any, Any, object]) -> None:
        """Wait for the navigation, but not on once the recorder knows that nothing more comes."""
        gone = asyncio.ensure_future(going)
        stuck = asyncio.ensure_future(self.recorder.stuck.wait())
        try:
            await asyncio.wait((gone, stuck), return_when=asyncio.FIRST_COMPLETED)
            async with asyncio.timeout(_STUCK_S):
                await gone
        except TimeoutError:
            raise PlaywrightError("the navigation is stuck") from None
        finally:
            stuck.cancel()
            gone.cancel()
            await asyncio.gather(stuck, gone, return_exceptions=True)

    async def _loaded(self, limit_s: float) -> None:
        with contextlib.suppress(PlaywrightError):
            await self.tab.page.wait_for_load_state("domcontentloaded", timeout=max(0.1, limit_s) * 1000)

    async def _settle(self, ends: float) -> bool:
        """Behave until the page rests; anew where it went elsewhere meanwhile. False: its time was over."""
        loop, tab, recorder = asyncio.get_running_loop(), self.tab, self.recorder
        quiet = self.settings.browser_quiet_s
        for _ in range(_WANDERS):
            shown = len(recorder.committed)
            settled = False
            try:
                async with asyncio.timeout_at(ends + _GRACE_S):
                    settled = await behave(tab.page, tab.cdp, recorder.traffic, quiet_s=quiet, ends=ends)
                    await _refreshed(tab.cdp, recorder, shown)
            except TimeoutError:
                return False
            except PlaywrightError as exc:
                if tab.page.is_closed() or not tab.browser.is_connected():
                    raise Died(str(exc)) from exc
            if (settled and len(recorder.committed) == shown) or loop.time() >= ends:
                return settled
            await self._loaded(ends - loop.time())
        return False


async def _refreshed(cdp: CDPSession, recorder: Recorder, shown: int) -> None:
    """Wait where the page is about to go elsewhere by itself."""
    told = await cdp.send("Runtime.evaluate", {"expression": _REFRESH, "returnByValue": True})
    delay = told.get("result", {}).get("value", -1)
    if not isinstance(delay, int | float) or not 0 <= delay <= _REFRESH_S:
        return
    ends = asyncio.get_running_loop().time() + delay + 1
    while len(recorder.committed) == shown and asyncio.get_running_loop().time() < ends:
        await asyncio.sleep(0.05)


async def _unless_dead(tab: Tab, recorder: Recorder, work: Coroutine[Any, Any, None]) -> None:
    """Do the work unless the page crashes, hangs, or loses its browser; then raise Died."""
    died: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def die(why: str) -> None:
        if not died.done():
            died.set_exception(Died(why))

    tab.page.on("crash", lambda _: die("the page crashed"))
    tab.browser.on("disconnected", lambda _: die("the browser ended"))
    tasks = {asyncio.ensure_future(work), asyncio.ensure_future(_watch(tab.cdp, recorder)), died}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(cdp: CDPSession, recorder: Recorder) -> None:
    """Ask the page's main thread for a sign of life, again and again, until the renditions begin."""
    while True:
        await asyncio.sleep(_PING_S)
        if recorder.frozen:
            continue
        try:
            async with asyncio.timeout(_HANG_S):
                await cdp.send("Runtime.evaluate", {"expression": "1"})
        except TimeoutError as exc:
            if not recorder.frozen:
                raise Died("the page hangs") from exc
        except PlaywrightError:
            continue  # between two documents


async def _shut(page: Page, ours: Page) -> None:
    """Popups are closed."""
    if page is not ours:
        with contextlib.suppress(PlaywrightError):
            await page.close()
