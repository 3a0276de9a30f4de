"""The limit for the browser: one warm Chromium over CDP that loads, scrolls and reads every body.

Bodies go to files as Chromium gives them (content coding undone). A fresh context for each page, as many
pages at once as our engine has, the same time of quiet; no gate, no digest, no archive.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, async_playwright

_CEILING_S = 30.0
_TALLEST = 16_000  # pixels; beyond this Chromium's surfaces end


class Warm:
    """A started browser; `capture` may be asked of many pages."""

    def __init__(self, out: Path, pages_at_once: int, quiet_s: float) -> None:
        self._out, self._quiet_s = out, quiet_s
        self._at_once = asyncio.Semaphore(pages_at_once)
        self.index: list[str] = []

    async def start(self) -> None:
        self._playwright = await async_playwright().start()
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        self._browser: Browser = await self._playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"] if root else [],
        )
        context = await self._browser.new_context()
        await (await context.new_page()).goto("about:blank")
        await context.close()

    async def stop(self) -> None:
        await self._browser.close()
        await self._playwright.stop()

    async def all(self, urls: list[str]) -> None:
        await asyncio.gather(*(self._one(n, url) for n, url in enumerate(urls)))
        (self._out / "run0.index").write_text("\n".join(self.index), "utf-8")

    async def _one(self, n: int, url: str) -> None:
        async with self._at_once:
            context = await self._browser.new_context(viewport={"width": 1280, "height": 1200})
            page = await context.new_page()
            traffic = _Traffic(await context.new_cdp_session(page))
            await traffic.watch()
            await page.goto(url, wait_until="load")
            height = await page.evaluate("document.documentElement.scrollHeight")
            await page.set_viewport_size({"width": 1280, "height": max(1200, min(height, _TALLEST))})
            await page.evaluate(
                "scrollTo(0, document.documentElement.scrollHeight); dispatchEvent(new Event('scroll'))"
            )
            await traffic.quiet(self._quiet_s)
            for i, (address, body) in enumerate(await traffic.bodies()):
                path = self._out / f"{n}-{i}.body"
                path.write_bytes(body)
                self.index.append(json.dumps([address, "", str(path)]))
            await context.close()


class _Traffic:
    """What a page asked for, and what came."""

    def __init__(self, cdp: CDPSession) -> None:
        self._cdp = cdp
        self._urls: dict[str, str] = {}
        self._charsets: dict[str, str] = {}
        self._open: set[str] = set()
        self._reading: list[asyncio.Task[tuple[str, bytes]]] = []
        self._last = asyncio.get_running_loop().time()

    async def watch(self) -> None:
        self._cdp.on("Network.requestWillBeSent", self._asked)
        self._cdp.on("Network.responseReceived", self._answered)
        self._cdp.on("Network.loadingFinished", self._came)
        self._cdp.on("Network.loadingFailed", lambda told: self._ended(told["requestId"]))
        await self._cdp.send("Network.enable", {"maxTotalBufferSize": 100_000_000})

    def _asked(self, told: dict[str, Any]) -> None:
        if told["request"]["url"].startswith("http"):
            self._urls[told["requestId"]] = told["request"]["url"]
            self._open.add(told["requestId"])
            self._last = asyncio.get_running_loop().time()

    def _answered(self, told: dict[str, Any]) -> None:
        self._charsets[told["requestId"]] = told["response"].get("charset") or "utf-8"

    def _ended(self, request: str) -> None:
        self._open.discard(request)
        self._last = asyncio.get_running_loop().time()

    def _came(self, told: dict[str, Any]) -> None:
        self._ended(told["requestId"])
        if told["requestId"] in self._urls:
            self._reading.append(asyncio.ensure_future(self._body(told["requestId"])))

    async def _body(self, request: str) -> tuple[str, bytes]:
        told = await self._cdp.send("Network.getResponseBody", {"requestId": request})
        if told["base64Encoded"]:
            return self._urls[request], base64.b64decode(told["body"])
        return self._urls[request], told["body"].encode(self._charsets[request])

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing was under way for so long."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + _CEILING_S
        while loop.time() < ends and (self._open or loop.time() - self._last < seconds):
            await asyncio.sleep(0.02)

    async def bodies(self) -> list[tuple[str, bytes]]:
        done = await asyncio.gather(*self._reading, return_exceptions=True)
        return [told for told in done if not isinstance(told, BaseException)]
