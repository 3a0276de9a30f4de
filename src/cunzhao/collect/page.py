"""A page with its requisites becomes a Capture, with an honest verdict, by the engine it needs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from cunzhao.collect.choice import ASKED, STATIC, Choice, Signals, asks_frames, choose, settle
from cunzhao.collect.fetch import Fetched, Fetcher
from cunzhao.collect.gathering import Gathered, Report, gather
from cunzhao.collect.look import Look, look_at
from cunzhao.collect.shared import Shared
from cunzhao.collect.sight import Sight
from cunzhao.collect.types import Capture, EngineAsked, Exchange, Missing
from cunzhao.collect.urls import check_url
from cunzhao.collect.verdict import Judged, judge
from cunzhao.errors import (
    AddressRefused,
    BrowserFailed,
    BrowserMissing,
    CunzhaoError,
    NotAUrl,
    SchemeRefused,
    UrlCredentials,
)
from cunzhao.settings import Settings

__all__ = ["Browse", "MainText", "Means", "Report", "capture_page", "failed", "failed_capture"]

#: Captures an address (as given) with the browser; the last argument is the reason, a code of `choice`.
#: Failures of the input are Captures; BrowserMissing and BrowserFailed may also be raised.
Browse = Callable[[str, Report, str], Awaitable[Capture]]
#: The reader's judgement: the main text of an answer, "" if it finds none. Called in a thread.
MainText = Callable[[Exchange], str]

_FRAMES = 3  # frames of a page without text of its own that are looked into before the choice
_NOTHING = ("unreachable", "refused")  # verdicts of a browser that came to no answer, perhaps after redirects
_KEPT = ("complete", "partial", "soft-404", "login")  # verdicts of pages that are shown with their requisites


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a batch has to capture its pages with."""

    fetcher: Fetcher
    shared: Shared
    settings: Settings
    engine: EngineAsked = "http"
    browse: Browse | None = None  # None: no browser can be had, nor is one missed
    main_text: MainText | None = None


@dataclass(slots=True)
class _Page:
    """What becomes the capture."""

    given: str
    fetched: Fetched = field(default_factory=lambda: Fetched(exchanges=()))
    look: Look | None = None
    judged: Judged = field(default_factory=lambda: Judged("unreachable"))
    choice: Choice = field(default_factory=lambda: Choice(False, STATIC))
    gathered: Gathered = field(default_factory=Gathered)
    lost: list[Missing] = field(default_factory=list)  # of the page itself: where it leads, a browser


async def capture_page(given: str, means: Means, report: Report) -> Capture:
    """Capture one URL as a user gave it. Every failure of the input is a Capture, none is raised."""
    started, clock = datetime.now(UTC), time.monotonic()
    if means.engine == "browser" and means.browse:
        return await _in_browser(given, means.browse, report)
    page = _Page(given)
    try:
        await _arrive(page, means, report)
        await _choose(page, means)
        if page.choice.browser and means.engine == "auto" and means.browse:
            made = await _tried_in_browser(page, means.browse, report)
            if made:
                return made
        if page.look and page.judged.verdict in _KEPT:
            answer = page.fetched.exchanges[-1]
            page.gathered = await gather(answer, page.look, means.shared, means.settings, report)
    except CunzhaoError as exc:
        page.judged = failed(exc)
    return _capture_of(page, means.engine, started, time.monotonic() - clock)


def failed_capture(given: str, error: CunzhaoError, engine: Literal["http", "browser"] = "http") -> Capture:
    """The Capture of an input that brought nothing."""
    return Capture(
        requested_url=given.strip(),
        final_url=given.strip(),
        engine=engine,
        engine_reason=ASKED,
        started=datetime.now(UTC),
        seconds=0.0,
        verdict=failed(error).verdict,
        reason=error.code,
        error=error,
    )


def failed(error: CunzhaoError) -> Judged:
    """The verdict of an input that brought no answer."""
    refused = isinstance(error, AddressRefused | SchemeRefused | NotAUrl | UrlCredentials)
    return Judged("refused" if refused else "unreachable", error)


def _capture_of(page: _Page, engine: EngineAsked, started: datetime, seconds: float) -> Capture:
    """The http engine's capture. A page that needs a browser, and had none, is partial."""
    verdict, reason = page.judged.verdict, page.judged.reason
    missing = (*page.lost, *page.gathered.missing)
    if verdict == "complete" and page.choice.browser:
        verdict, reason = "partial", page.choice.lacks
    elif verdict == "complete" and missing:
        verdict, reason = "partial", missing[0].reason
    exchanges = page.fetched.exchanges
    return Capture(
        requested_url=page.given.strip(),
        final_url=exchanges[-1].url if exchanges else page.given,
        engine="http",
        engine_reason=page.choice.reason if engine == "auto" else ASKED,
        started=started,
        seconds=seconds,
        verdict=verdict,
        reason=reason,
        error=page.judged.error,
        exchanges=exchanges,
        requisites=page.gathered.requisites,
        missing=missing,
    )


# --- the answer ---------------------------------------------------------------------------------------


async def _arrive(page: _Page, means: Means, report: Report) -> None:
    """Fetch the page, follow where it sends its visitor on to, look at it, judge it."""
    page.fetched = await means.fetcher.fetch(check_url(page.given))
    report("page", 0, 0)
    await _consider(page, means)
    while page.look and page.look.onward and page.judged.verdict == "complete":
        before, onward = page.fetched.exchanges, page.look.onward
        fetched = await means.fetcher.fetch(onward, referer=before[-1].url, before=before)
        if fetched.error:  # what was shown before is kept, and what is missing is said
            page.lost.append(Missing(url=onward, role="page", reason=fetched.error.code))
            return
        page.fetched = fetched
        await _consider(page, means)


async def _consider(page: _Page, means: Means) -> None:
    if page.fetched.error:
        page.judged, page.look = failed(page.fetched.error), None
        return
    answer = page.fetched.exchanges[-1]
    try:
        page.look = await asyncio.to_thread(look_at, answer, means.settings.max_decoded_bytes)
    except CunzhaoError as exc:  # a bomb or a damaged coding: the bytes are kept, unread
        page.judged, page.look = Judged("error", exc), None
        return
    page.judged = judge(page.given, page.fetched.exchanges, page.look.sight)


# --- the choice ---------------------------------------------------------------------------------------


async def _choose(page: _Page, means: Means) -> None:
    """Does the page need a browser? Its frames and the reader's main text are asked only in doubt."""
    sight = page.look.sight if page.look else None
    if page.look is None or sight is None or page.judged.verdict not in ("complete", "challenge"):
        return
    signals = Signals(checked=page.judged.verdict == "challenge", sight=sight)
    choice = await asyncio.to_thread(choose, signals) if sight.scripts else choose(signals)
    if asks_frames(signals) and (frames := await _frames(page, means)):
        choice = choose(replace(signals, frames=frames))
    if choice.doubt and means.main_text:
        choice = settle(choice, sight, await asyncio.to_thread(means.main_text, page.fetched.exchanges[-1]))
    page.choice = choice


async def _frames(page: _Page, means: Means) -> list[Sight]:
    """What the first frames of the page show; they are fetched once, whatever the choice will be."""
    assert page.look is not None
    url = page.fetched.exchanges[-1].url
    wanted = [one for one in page.look.named.references if one.role == "frame" and one.url != url][:_FRAMES]
    answers = await asyncio.gather(*(means.shared.fetch(one, url) for one in wanted))
    seen = await asyncio.gather(*(_sight_of_frame(one, means) for one in answers if not one.error))
    return [sight for sight in seen if sight]


async def _sight_of_frame(fetched: Fetched, means: Means) -> Sight | None:
    try:
        look = await asyncio.to_thread(look_at, fetched.exchanges[-1], means.settings.max_decoded_bytes)
    except CunzhaoError:
        return None
    return look.sight


# --- the browser --------------------------------------------------------------------------------------


async def _in_browser(given: str, browse: Browse, report: Report) -> Capture:
    """By the browser because the user asked for it."""
    try:
        check_url(given)
        return await browse(given, report, ASKED)
    except CunzhaoError as exc:
        return failed_capture(given, exc, "browser")


async def _tried_in_browser(page: _Page, browse: Browse, report: Report) -> Capture | None:
    """The browser's capture; None where it brought less than what is here already, with the reason kept."""
    try:
        made = await browse(page.given, report, page.choice.reason)
        error = made.error
    except (BrowserMissing, BrowserFailed) as exc:
        made, error = None, exc
    if made and made.verdict not in _NOTHING and not isinstance(error, BrowserMissing | BrowserFailed):
        return made
    code = error.code if error else BrowserFailed.code
    page.lost.append(Missing(url=page.fetched.exchanges[-1].url, role="page", reason=code))
    return None
