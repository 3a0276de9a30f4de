"""A real Chromium in a thread of its own: pages brought to rest and written down, then shown without script."""

from __future__ import annotations

import asyncio
import base64
import shutil
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import Browser, Page, async_playwright

from cunzhao.collect.browser.behaviour import behave
from cunzhao.collect.browser.program import _ONE_PROCESS, _QUIET, is_root
from cunzhao.collect.browser.renditions import Rendered, render
from cunzhao.collect.browser.traffic import Traffic
from tests.collect.site import Site

T = TypeVar("T")


@dataclass
class Seen:
    """What one look at a page brought."""

    rested: bool
    seconds: float  # of the behaviour
    rendered: Rendered

    @property
    def html(self) -> str:
        return self.rendered.html

    @property
    def text(self) -> str:
        return self.rendered.text

    def body(self, kind: str) -> bytes:
        return next(r.body.read() for r in self.rendered.renditions if r.kind == kind)


@dataclass
class Again:
    """The written DOM, loaded where no script runs."""

    text: str
    answers: list[Any] = field(default_factory=list)  # to the questions asked
    picture: bytes = b""


class Looker:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T], limit_s: float = 280) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(limit_s)

    async def start(self) -> None:
        self._playwright = await async_playwright().start()
        self.browser: Browser = await self._playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            timeout=250_000,
            args=[
                *(["--no-sandbox"] if is_root() else []),
                "--disable-site-isolation-trials",
                f"--disable-features={','.join((*_QUIET, *_ONE_PROCESS))}",
            ],
        )

    async def stop(self) -> None:
        await self.browser.close()
        await self._playwright.stop()

    def look(self, url: str, *wanted: str, quiet_s: float = 0.3, limit_s: float = 90) -> Seen:
        """Load, bring to rest, render."""
        return self.do(self._look(url, wanted or ("dom", "text"), quiet_s, limit_s))

    async def _look(self, url: str, wanted: tuple[str, ...], quiet_s: float, limit_s: float) -> Seen:
        context = await self.browser.new_context(viewport={"width": 1000, "height": 700})
        try:
            page = await context.new_page()
            cdp = await context.new_cdp_session(page)
            traffic = counted(page)
            with suppress(Exception):
                await page.goto(url, wait_until="domcontentloaded", timeout=150_000)
            now = self.loop.time
            begun = now()
            rested = await behave(page, cdp, traffic, quiet_s=quiet_s, ends=begun + limit_s)
            seconds = now() - begun
            return Seen(rested, seconds, await render(page, cdp, wanted, ends=now() + 120))
        finally:
            with suppress(Exception):
                await asyncio.wait_for(context.close(), 60)

    def again(self, seen: Seen, site: Site, *questions: str, picture: bool = False) -> Again:
        """Show the written DOM at the address "/", script-free, and ask it questions (JavaScript)."""
        site.pages["/"] = seen.html
        return self.do(self._again(site.url("/"), questions, picture))

    async def _again(self, url: str, questions: tuple[str, ...], picture: bool) -> Again:
        context = await self.browser.new_context(
            viewport={"width": 1000, "height": 700}, java_script_enabled=False
        )
        try:
            page = await context.new_page()
            await page.goto(url, timeout=150_000)
            text = [
                await frame.evaluate("document.body ? document.body.innerText : ''") for frame in page.frames
            ]
            again = Again("\n".join(text), [await page.evaluate(question) for question in questions])
            if picture:
                again.picture = await page.screenshot()
            return again
        finally:
            await context.close()

    def pixels(self, png: bytes, *places: tuple[int, int]) -> list[tuple[int, int, int]]:
        """The colours of a PNG at these places, by the browser's own decoder."""
        return self.do(self._pixels(png, places))

    async def _pixels(self, png: bytes, places: tuple[tuple[int, int], ...]) -> list[tuple[int, int, int]]:
        page = await self.browser.new_page()
        try:
            told = await page.evaluate(
                """async ([data, places]) => {
                  const image = new Image();
                  image.src = "data:image/png;base64," + data;
                  await image.decode();
                  const canvas = document.createElement("canvas");
                  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
                  const context = canvas.getContext("2d");
                  context.drawImage(image, 0, 0);
                  return places.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
                }""",
                [base64.b64encode(png).decode(), list(places)],
            )
            return [tuple(each) for each in told]
        finally:
            await page.close()


def size_of(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def counted(page: Page) -> Traffic:
    """Traffic by Playwright's own events; a stream that listens is not counted."""
    traffic = Traffic()
    listening = ("eventsource", "websocket")
    page.on("request", lambda r: traffic.began() if r.resource_type not in listening else None)
    page.on("requestfinished", lambda r: traffic.ended() if r.resource_type not in listening else None)
    page.on("requestfailed", lambda r: traffic.ended() if r.resource_type not in listening else None)
    return traffic


@contextmanager
def looking() -> Iterator[Looker]:
    looker = Looker()
    looker.do(looker.start())
    try:
        yield looker
    finally:
        looker.do(looker.stop())
        looker.loop.call_soon_threadsafe(looker.loop.stop)
