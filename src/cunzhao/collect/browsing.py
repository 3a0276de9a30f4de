"""The browser of one batch, loaded and started when the first page needs it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.page import Browse, Report
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings


@contextlib.asynccontextmanager
async def browsing(settings: Settings, gate: Gate, fetcher: Fetcher, shared: Shared) -> AsyncIterator[Browse]:
    """A function that captures with the browser; what it started is ended with the batch."""
    async with AsyncExitStack() as ends:
        started: list[Browse] = []
        starting = asyncio.Lock()

        async def start() -> Browse:
            # Playwright is a second of work to load: a batch of static pages does without.
            from cunzhao.collect.browser.chromium import Chromium
            from cunzhao.collect.browser.engine import capture_in_browser

            chromium = await ends.enter_async_context(Chromium(settings, gate))

            async def capture(given: str, report: Report, reason: str) -> Capture:
                return await capture_in_browser(
                    given, chromium, fetcher, shared, settings, report, reason=reason
                )

            return capture

        async def browse(given: str, report: Report, reason: str) -> Capture:
            async with starting:
                if not started:
                    started.append(await start())
            return await started[0](given, report, reason)

        yield browse
