"""One browser for a batch: started at the first page, anew when it died; a fresh context for each page."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from cunzhao.collect.browser.program import (
    arguments,
    digest_of,
    find_program,
    is_root,
    plain_user_agent,
    real_program,
    resident,
)
from cunzhao.collect.browser.temporary import Temporary
from cunzhao.egress.gate import Gate
from cunzhao.errors import BrowserFailed, BrowserMissing
from cunzhao.settings import Settings

_log = logging.getLogger(__name__)

_START_S = 60.0  # a cold start on a busy machine
_OPEN_S = 20.0
_CLOSE_S = 5.0
_SIZE = {"width": 1366, "height": 900}
_LOCALE, _TIME_ZONE = "zh-CN", "Asia/Shanghai"
_MOST_MEMORY = 2_000_000_000  # bytes of the browser's own process, where the system tells them
_LOOK_S = 0.25
_MOST = 10  # times `max_body_bytes` that all servers together may send to one page


@dataclass(frozen=True, slots=True)
class Tab:
    """A fresh page of its own context, and the label under which the gate knows it."""

    page: Page
    cdp: CDPSession
    context: BrowserContext
    browser: Browser
    label: str
    login: tuple[str, str]  # that opens the gate for this label
    fresh: bool  # no cookie stood in the context before the page


class Chromium:
    """Pages of one batch, at most `browser_pages` at once. An async context manager, for one event loop.

    Nothing is started before the first page.
    """

    def __init__(self, settings: Settings, gate: Gate) -> None:
        self.gate = gate
        self._settings = settings
        self._places = asyncio.Semaphore(max(1, settings.browser_pages))
        self._alone = asyncio.Lock()
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._user_agent = ""
        self._temporary: list[Temporary] = []  # of each browser that was started
        self._guarding: asyncio.Task[None] | None = None
        self._told: asyncio.Task[dict[str, Any]] | None = None

    async def __aenter__(self) -> Chromium:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        await self._stop_browser()
        for task in (self._told, self._guarding):
            if task:
                task.cancel()
        await self._stop_driver()
        for temporary in self._temporary:
            temporary.close()

    async def observed(self) -> dict[str, Any] | None:
        """What is known of the browser, plain JSON; None while none was started."""
        return await asyncio.shield(self._told) if self._told else None

    @contextlib.asynccontextmanager
    async def tab(self, *, alone: bool = False) -> AsyncIterator[Tab]:
        """A page, when its turn has come. Raises BrowserMissing, BrowserFailed, PlaywrightError.

        `alone`: with no other page open, so that what it does to the browser costs no other.
        """
        async with self._turn(alone):
            label = f"page-{uuid.uuid4().hex}"
            login = self.gate.login(label, limit_bytes=_MOST * self._settings.max_body_bytes)
            try:
                tab = await self._open(label, login)
                try:
                    yield tab
                finally:
                    if not await _closed(tab.context):
                        await self._stop_browser(tab.browser)  # it no longer listens
            finally:
                self.gate.forget(label)

    async def _open(self, label: str, login: tuple[str, str]) -> Tab:
        """A page; of a new browser where the one that there was does not answer any more."""
        for tries_left in (1, 0):
            browser = await self._running()
            try:
                async with asyncio.timeout(_OPEN_S):
                    context = await self._context(browser)
                    fresh = not await context.cookies()
                    page = await context.new_page()
                    cdp = await context.new_cdp_session(page)
                    return Tab(page, cdp, context, browser, label, login, fresh)
            except (PlaywrightError, TimeoutError):
                async with self._starting:  # or it would end a browser that another page just starts
                    if self._browser is browser:
                        told = not browser.is_connected()  # by the driver, which is alive then and cleans up
                        await self._stop_browser()
                        if not told:
                            await self._stop_driver()  # it may have died as well, and is not heard of then
                if not tries_left:
                    raise
        raise AssertionError("unreachable")

    @contextlib.asynccontextmanager
    async def _turn(self, alone: bool) -> AsyncIterator[None]:
        places = max(1, self._settings.browser_pages) if alone else 1
        async with contextlib.AsyncExitStack() as taken:
            if alone:
                await taken.enter_async_context(self._alone)
            for _ in range(places):
                await taken.enter_async_context(self._places)
            yield

    async def _context(self, browser: Browser) -> BrowserContext:
        return await browser.new_context(
            service_workers="block",
            accept_downloads=False,
            viewport=_SIZE,  # type: ignore[arg-type]
            locale=_LOCALE,
            timezone_id=_TIME_ZONE,
            user_agent=self._user_agent,
        )

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser and self._browser.is_connected():
                return self._browser
            if self._browser:  # it died, and the driver may have died of the same
                await self._stop_driver()
            self._playwright = self._playwright or await async_playwright().start()
            try:
                self._browser = await self._start(self._playwright)
            except PlaywrightError:  # it ended while it started
                self._browser = await self._start_again()
            return self._browser

    async def _start_again(self) -> Browser:
        """One more start, of a new driver. Raises BrowserFailed."""
        await self._stop_driver()
        try:
            self._playwright = await async_playwright().start()
            return await self._start(self._playwright)
        except PlaywrightError as exc:
            raise BrowserFailed(str(find_program(self._settings.browser)), detail=_first_line(exc)) from exc

    async def _start(self, playwright: Playwright) -> Browser:
        """A browser. Raises BrowserMissing, BrowserFailed where it took too long, else PlaywrightError."""
        program, flags = find_program(self._settings.browser), arguments(self.gate.address)
        self._temporary.append(Temporary())
        try:
            browser = await playwright.chromium.launch(
                executable_path=program,
                headless=True,
                args=flags,
                env=self._temporary[-1].environment(),
                ignore_default_args=["--disable-popup-blocking"],
                timeout=_START_S * 1000,
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except PlaywrightError as exc:
            if "executable doesn't exist" in str(exc).lower():
                raise BrowserMissing(str(program)) from exc
            if isinstance(exc, PlaywrightTimeout):  # another start would take as long
                raise BrowserFailed(str(program), detail=_first_line(exc)) from exc
            raise
        self._temporary[-1].started()
        session = await browser.new_browser_cdp_session()
        version = await session.send("Browser.getVersion")
        process = await _process_of(session)
        self._user_agent = plain_user_agent(version)
        self._guarding = asyncio.create_task(_guard(process, browser))
        if self._told is None:
            self._told = asyncio.create_task(self._tell(version, process, program, flags))
        return browser

    async def _tell(
        self, version: dict[str, Any], process: int, started: Path, flags: list[str]
    ) -> dict[str, Any]:
        program = await asyncio.to_thread(real_program, process, started)
        return {
            "name": str(version.get("product", "")).partition("/")[0],
            "version": str(version.get("product", "")).partition("/")[2],
            "revision": version.get("revision"),
            "program": program.name,
            "digest": await asyncio.to_thread(digest_of, program) or None,
            "user_agent": self._user_agent,
            "headless": True,
            "sandbox": not is_root(),
            "flags": flags,
            "window": dict(_SIZE),
            "locale": _LOCALE,
            "time_zone": _TIME_ZONE,
            "service_workers": "blocked",
            "profile": "a fresh one for each page, in memory",
        }

    async def _stop_driver(self) -> None:
        """End the driver, and with it whatever it started."""
        driver, self._playwright = self._playwright, None
        if driver:
            with contextlib.suppress(Exception):  # a dead one says so in many ways
                async with asyncio.timeout(_CLOSE_S):
                    await driver.stop()

    async def _stop_browser(self, which: Browser | None = None) -> None:
        browser = self._browser
        if browser is None or (which is not None and browser is not which):
            return
        self._browser = None
        with contextlib.suppress(PlaywrightError, TimeoutError):
            async with asyncio.timeout(_CLOSE_S):
                await browser.close()


async def _process_of(session: CDPSession) -> int:
    """The browser's own process; 0 if it does not say."""
    try:
        told = await session.send("SystemInfo.getProcessInfo")
    except PlaywrightError:
        return 0
    return next((int(p["id"]) for p in told["processInfo"] if p["type"] == "browser"), 0)


async def _guard(process: int, browser: Browser) -> None:
    """End a browser that takes too much memory: a body of a megabyte may unpack to all there is."""
    while browser.is_connected():
        if resident(process) > _MOST_MEMORY:
            _log.warning("the browser took more than %d bytes of memory and was ended", _MOST_MEMORY)
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGTERM)
        await asyncio.sleep(_LOOK_S)


async def _closed(context: BrowserContext) -> bool:
    """Close it, even where the capture is being cancelled; False if the browser did not answer in time."""
    try:
        async with asyncio.timeout(_CLOSE_S):
            await context.close()
    except PlaywrightError:
        pass  # it has gone with its browser
    except TimeoutError:
        _log.warning("a browser context did not close within %g s", _CLOSE_S)
        return False
    return True


def _first_line(exc: Exception) -> str:
    return str(exc).strip().partition("\n")[0][:300]
