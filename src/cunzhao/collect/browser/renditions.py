"""What is made of a page that rests: its DOM after scripts, its text, a picture of all of it, a print.

The DOM comes first, because a verdict and the search need it; each has its own time, and one that fails is
told and leaves the others alone.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.browser.dom import Written, write_dom
from cunzhao.collect.browser.pictures import pdf, screenshot
from cunzhao.collect.browser.world import ScriptFailed, frames, free_page, run, world_of
from cunzhao.collect.types import Body, Rendition, RenditionKind

T = TypeVar("T")

_DOM_S, _PICTURE_S, _PDF_S = 20.0, 15.0, 30.0  # that each may take at most
_FONTS_MS = 1000
_STILL_S = 4.0
_PING_S = 4.0  # a busy machine may take its time
HUNG = "the page hangs"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made. `title`, `text`, `html` are there whether or not they were wanted as renditions.

    `html` and `text` are empty where the page could not be read. `failed` holds (kind, why): of what was
    wanted and did not come, and of what came and is not whole ("cut at 16384 of 90000 px", "canvas-tainted").
    """

    renditions: tuple[Rendition, ...]
    title: str
    text: str
    html: str
    failed: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Work:
    ends: float
    made: list[Rendition] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    async def attempt(self, kind: str, work: Awaitable[T], limit_s: float) -> T | None:
        """What the work brings within its time; None, and a word why, if it fails."""
        try:
            async with asyncio.timeout_at(min(self.ends, _now() + limit_s)):
                return await work
        except TimeoutError:
            self.failed.append((kind, "timeout"))
        except (ScriptFailed, PlaywrightError, ValueError) as exc:
            self.failed.append((kind, str(exc).partition("\n")[0][:200]))
        return None

    def keep(self, kind: RenditionKind, mime: str, data: bytes) -> None:
        self.made.append(Rendition(kind=kind, mime=mime, made=datetime.now(UTC), body=Body([data])))


async def render(page: Page, cdp: CDPSession, wanted: Sequence[str], *, ends: float) -> Rendered:
    """Make the `wanted` renditions (kinds of `RenditionKind`) of a page, until `ends` (loop time).

    A script that hangs is ended first, and the page's scripts with it. Raises PlaywrightError where the page
    is gone before anything was made.
    """
    work = _Work(ends)
    if not await free_page(cdp, limit_s=min(_PING_S, max(0.5, ends - _now()))):
        return Rendered((), "", "", "", tuple((kind, HUNG) for kind in wanted))
    await _still(cdp)
    written = await work.attempt("dom", write_dom(cdp), _DOM_S)
    if written:
        work.failed += [("dom", note) for note in written.notes]
        if "dom" in wanted:
            work.keep("dom", "text/html; charset=utf-8", written.html.encode("utf-8", "replace"))
        if "text" in wanted:
            work.keep("text", "text/plain; charset=utf-8", written.text.encode("utf-8", "replace"))
    elif "text" in wanted:
        work.failed.append(("text", work.failed[-1][1]))
    if "screenshot" in wanted:
        await _screenshot(cdp, work)
    if "pdf" in wanted and (
        printed := await work.attempt("pdf", pdf(cdp, page.url, datetime.now(UTC)), _PDF_S)
    ):
        work.keep("pdf", "application/pdf", printed)
    told = written or Written("", "", "")
    return Rendered(tuple(work.made), told.title, told.text, told.html, tuple(work.failed))


async def _still(cdp: CDPSession) -> None:
    """Back to the top, nothing moving; a page that does not take it is shown as it is."""
    with contextlib.suppress(ScriptFailed, TimeoutError, PlaywrightError):
        top = (await frames(cdp, most=1))[0]
        await run(cdp, await world_of(cdp, top.id), "still", {"fonts": _FONTS_MS}, limit_s=_STILL_S)


async def _screenshot(cdp: CDPSession, work: _Work) -> None:
    picture = await work.attempt("screenshot", screenshot(cdp), _PICTURE_S)
    if picture:
        work.keep("screenshot", "image/png", picture.data)
        if picture.cut:
            work.failed.append(("screenshot", f"cut at {picture.height} of {picture.whole} px"))


def _now() -> float:
    return asyncio.get_running_loop().time()
