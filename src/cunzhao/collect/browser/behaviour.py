"""What a patient reader does with a page before it is kept: looks at all of it, and waits until it rests.

The page is made as tall as it is long, so that everything in it is in sight at once: images with
`loading=lazy` load, IntersectionObservers fire, and a `scroll` event tells the loaders that listen for one.
What is in sight a page is told when it is drawn, which a busy machine does seldom: that is waited for first.
Then it is waited for quiet, once for a plain page. Only where a page that is quiet shows signs that it has
not said all (an empty root, 加载中, a timer in an inline script that fetches) it gets more time.
Nothing is clicked; `<details>` are opened.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.traffic import Traffic
from cunzhao.collect.browser.world import ScriptFailed, frames, run, world_of

_TALLEST = 60_000  # CSS pixels to which the viewport grows; what stands below is not scrolled to
_GROWTHS = 8  # times a page may grow under our eyes; an endless list is left then
_ELEMENTS = 20_000  # looked at for a scroll bar of their own
_MOST_IMAGES = 5_000
_MOST_FRAMES = 20
_SIZE = {"width": 1366, "height": 900}  # where the page was opened without any
_STEP_S = 0.1  # between looks at a page that is not quiet yet
_SCRIPTLESS_S = 0.1  # of quiet that are enough where no script could ask for more
_SIGN_S = 4.0  # for a page that says it is loading
_ACTIVE_S = 1.5  # for a page that still adds elements
_STALLED_S = 5.0  # a request under way this long, alone, in a page that has loaded: a long poll
_DRAWN_S = 4.0  # for a page to be drawn after it has grown; one that is not drawn loads nothing by sight
_OVER_S = 1.0  # above its time, for a script of ours under way
_RESTORE_S = 2.0
_SCRIPT_S = 10.0  # for one of our scripts, in a page whose own keep it busy


@dataclass(slots=True)
class _Reader:
    page: Page
    cdp: CDPSession
    traffic: Traffic
    quiet_s: float
    ends: float
    world: int = 0
    tall: int = 0  # the height the viewport has been given; 0: its own
    growths: int = 0
    seen: dict[str, Any] | None = None

    async def read(self) -> bool:
        await self.unfold()
        rested = await self.rest()
        if rested and await self.run("lazy", {"most": _MOST_IMAGES}):
            rested = await self.rest()
        if rested and await self.look_into_frames():
            rested = await self.rest()
        if rested and self.seen and self.seen["scripts"]:
            rested = await self.wait_for_signs()
        return rested

    async def run(self, name: str, options: Any = None) -> Any:
        limit = min(_SCRIPT_S, max(0.5, self.ends - _now()))
        try:
            return await run(self.cdp, self.world, name, options, limit_s=limit)
        except ScriptFailed:
            return None

    async def unfold(self) -> bool:
        """Make the viewport as tall as the page; whether it grew."""
        self.seen = await self._unfold(inner=not self.tall) or self.seen
        height = min(_TALLEST, int(self.seen["height"]) if self.seen else 0)
        if height <= self.tall + 20 or self.growths >= _GROWTHS:
            return False
        size = self.page.viewport_size or _SIZE
        before = max(self.tall, size["height"])
        self.growths += 1
        self.tall = height
        if self.growths == 1:
            await self.drawn()  # what it is not told to be in sight now, cannot come into sight again
        if height > size["height"]:
            # a little lower than the page, so that a real step of scrolling is left
            await self._size(size["width"], max(size["height"], height - 10))
        if self._follows_the_viewport(await self._unfold(inner=True, scroll=True), before):
            self.growths = _GROWTHS  # no height is enough
        await self.drawn()
        return True

    def _follows_the_viewport(self, now: dict[str, Any] | None, before: int) -> bool:
        """Whether it grew with its viewport though nothing was added to it: it measures itself by 100vh."""
        if not now or not self.seen or self.tall <= before:
            return False
        return bool(
            now["added"] == self.seen["added"] and now["height"] - self.tall > 0.8 * (self.tall - before)
        )

    async def _unfold(self, *, inner: bool, scroll: bool = False) -> dict[str, Any] | None:
        asked = {"elements": _ELEMENTS, "inner": inner, "scroll": scroll}
        told: dict[str, Any] | None = await self.run("unfold", asked)
        return told

    async def look_into_frames(self) -> bool:
        """Scroll frames, which have a viewport of their own; whether that began anything."""
        mark, top = self.traffic.last, self.world
        for frame in (await frames(self.cdp, most=_MOST_FRAMES))[1:]:
            with contextlib.suppress(PlaywrightError):  # gone meanwhile
                self.world = await world_of(self.cdp, frame.id)
                await self._unfold(inner=True, scroll=True)
                await self.run("lazy", {"most": _MOST_IMAGES})
        self.world = top
        return self.traffic.last != mark

    async def _size(self, width: int, height: int) -> None:
        asked = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.cdp.send("Emulation.setDeviceMetricsOverride", asked)
        await self.drawn(height)

    async def drawn(self, height: int = 0) -> None:
        """Wait until the page is drawn (with this height): it is not told what is in sight before."""
        await self.run("drawn", {"height": height, "limit": 1000 * _DRAWN_S})

    async def restore(self) -> None:
        """The viewport as it was."""
        size = self.page.viewport_size
        if self.tall and size:
            await self._size(size["width"], size["height"])

    async def rest(self) -> bool:
        """Wait until nothing has been under way for `quiet_s`, looking again for what has come meanwhile."""
        while (left := self.ends - _now()) > 0:
            enough = (
                self.quiet_s if not self.seen or self.seen["scripts"] else min(self.quiet_s, _SCRIPTLESS_S)
            )
            quiet = self.traffic.quiet_for()
            if quiet < enough or not (self.seen and self.seen["ready"]):
                await asyncio.sleep(max(0.01, min(left, _STEP_S, enough - quiet)))
            if not await self.unfold() and self._rests(enough):
                return True
        return False

    def _rests(self, enough: float) -> bool:
        if not self.seen or not self.seen["ready"]:
            return False
        if self.traffic.quiet_for() >= enough:
            return True
        stalled = _now() - self.traffic.last >= _STALLED_S
        return stalled and not self.seen["pending"]

    async def wait_for_signs(self) -> bool:
        """More time for a page that shows signs of more to come; whether it rests then."""
        begun, mark = _now(), self.traffic.last
        while (left := self.ends - _now()) > 0:
            signs = await self.run("signs") or {"waiting": "", "until": 0}
            clock = await self._clock()
            spent = _now() - begun
            grown = self.seen["grown"] if self.seen else 0
            active = grown < self.quiet_s * 1000 and spent < _ACTIVE_S
            due = signs["until"] > clock
            if not (active or due or (signs["waiting"] and spent < _SIGN_S)):
                return True
            await asyncio.sleep(min(left, _STEP_S))
            await self.unfold()
            if self.traffic.last != mark:
                if not await self.rest():
                    return False
                mark = self.traffic.last
        return False

    async def _clock(self) -> float:
        told = await self.cdp.send(
            "Runtime.evaluate",
            {"expression": "performance.now()", "contextId": self.world, "returnByValue": True},
        )
        return float(told.get("result", {}).get("value") or 0)


async def behave(page: Page, cdp: CDPSession, traffic: Traffic, *, quiet_s: float, ends: float) -> bool:
    """Bring a page that has reached DOMContentLoaded to rest; True if it rested before `ends` (loop time).

    `quiet_s` is the time in seconds without traffic after which a page with scripts rests; a page without
    any needs less. A request that hangs alone in a page that has loaded (a long poll) does not hold it.
    Raises PlaywrightError where the page goes elsewhere meanwhile; never longer than `ends` and one script.
    """
    reader = _Reader(page, cdp, traffic, quiet_s, ends)
    try:
        async with asyncio.timeout_at(ends + _OVER_S):
            tree = await cdp.send("Page.getFrameTree")
            reader.world = await world_of(cdp, tree["frameTree"]["frame"]["id"])
            return await reader.read()
    except TimeoutError:
        return False
    finally:
        with contextlib.suppress(PlaywrightError, TimeoutError):  # gone, or busy for ever
            async with asyncio.timeout(_RESTORE_S):
                await reader.restore()


def _now() -> float:
    return asyncio.get_running_loop().time()
