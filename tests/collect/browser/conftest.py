from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from cunzhao.collect.browser import behaviour
from cunzhao.collect.browser.chromium import Chromium
from cunzhao.collect.browser.engine import capture_in_browser
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture, Exchange
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings
from tests.collect.browser.stage import Stage


@dataclass
class Browsing:
    """One Chromium in an event loop of its own thread; every `capture` is a batch of its own."""

    settings: Settings
    gate: Gate
    chromium: Chromium
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(250)

    def capture(self, *urls: str, **values: Any) -> list[Capture]:
        """Capture these URLs at once in one batch; settings by name."""
        return self.do(self.batch(urls, replace(self.settings, **values)))  # type: ignore[no-any-return]

    def one(self, url: str, **values: Any) -> Capture:
        return self.capture(url, **values)[0]

    async def batch(self, urls: tuple[str, ...], settings: Settings) -> list[Capture]:
        async with Fetcher(settings, self.gate) as fetcher:
            shared = Shared(fetcher, settings.max_decoded_bytes)
            return await asyncio.gather(*(self.capture_with(url, fetcher, shared, settings) for url in urls))

    async def capture_with(self, url: str, fetcher: Fetcher, shared: Shared, settings: Settings) -> Capture:
        return await capture_in_browser(
            url, self.chromium, fetcher, shared, settings, lambda *_: None, reason="asked"
        )


@pytest.fixture(scope="package")
def browsing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    home = tmp_path_factory.mktemp("browsing")
    settings = Settings(
        home=home,
        allow_hosts=("127.0.0.1", "localhost"),
        fetch_timeout_s=30,
        browser_timeout_s=90,
        renditions=(),
    )
    patience = pytest.MonkeyPatch()
    patience.setattr(behaviour, "_SIGN_S", 0.2)  # the pages of these tests are nearly empty
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    with Gate(settings) as gate:

        async def make() -> Chromium:
            return Chromium(settings, gate)

        chromium = asyncio.run_coroutine_threadsafe(make(), loop).result(100)
        made = Browsing(settings, gate, chromium, loop)
        yield made
        made.do(chromium.__aexit__(None, None, None))
    patience.undo()
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with Stage() as made:
        yield made


def answers(made: Capture) -> dict[str, Exchange]:
    """The last exchange of the page and of every requisite, by path and query of the URL asked for."""
    found = {requisite.url: requisite.exchanges[-1] for requisite in made.requisites}
    if made.page:
        found[made.page.url] = made.page
    return {"/" + url.split("/", 3)[3]: exchange for url, exchange in found.items()}


def missing(made: Capture) -> dict[str, str]:
    return {lost.url: lost.reason for lost in made.missing}


def png(shade: int) -> bytes:
    """A picture of one pixel, another for each shade."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0" + bytes([shade % 256, shade // 256 % 256, 0]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
