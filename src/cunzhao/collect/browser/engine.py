"""A page captured with the browser: visited, recorded, and what it names besides fetched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cunzhao.collect.browser.chromium import Chromium
from cunzhao.collect.browser.failures import BLOCKED, LATE, NOT_RENDERED, error_with
from cunzhao.collect.browser.rest import Rest, look_at_dom
from cunzhao.collect.browser.visit import Visit, visit_page
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.page import Report
from cunzhao.collect.references import Reference
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture, Conditions, Exchange, Missing, Requisite, Verdict
from cunzhao.collect.urls import check_url
from cunzhao.collect.verdict import judge
from cunzhao.errors import (
    AddressRefused,
    BrowserFailed,
    CunzhaoError,
    NotAUrl,
    SchemeRefused,
    ServerBroke,
    UrlCredentials,
)
from cunzhao.settings import Settings

_FILES = ("stylesheet", "image", "script", "font", "media")  # what is asked for by a plain GET


@dataclass(slots=True)
class _Made:
    """What becomes the capture."""

    visit: Visit = field(default_factory=Visit)
    verdict: Verdict = "unreachable"
    error: CunzhaoError | None = None
    page: tuple[Exchange, ...] = ()
    requisites: list[Requisite] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


async def capture_in_browser(  # noqa: PLR0917 (what a batch has)
    given: str,
    chromium: Chromium,
    fetcher: Fetcher,
    shared: Shared,
    settings: Settings,
    report: Report,
    *,
    reason: str,
) -> Capture:
    """Capture one URL in the browser. Every failure of the input is a Capture, none is raised.

    `reason`: why the browser, a code of `collect.choice`. A page or browser that dies or hangs is tried once
    more; what the second try had recorded is kept.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    made = _Made()
    try:
        url = check_url(given)
        made.visit = await visit_page(url, chromium, shared, settings, report)
        if made.visit.died:  # once more, and so that it can take no other page with it
            made.visit = await visit_page(url, chromium, shared, settings, report, alone=True)
        await _take(made, url, shared, settings, report)
    except CunzhaoError as exc:
        made.verdict, made.error = _failed(exc)
    return Capture(
        requested_url=given.strip(),
        final_url=made.page[-1].url if made.page else given.strip(),
        engine="browser",
        engine_reason=reason,
        started=started,
        seconds=time.monotonic() - clock,
        verdict=made.verdict,
        reason=_reason_of(made),
        error=made.error,
        exchanges=made.page,
        requisites=tuple(made.requisites),
        missing=tuple(made.missing),
        renditions=made.visit.rendered.renditions if made.visit.rendered else (),
        conditions=_conditions(made.visit, await chromium.observed()),
    )


async def _take(made: _Made, url: str, shared: Shared, settings: Settings, report: Report) -> None:
    """Take what the visit recorded, judge it, and fetch what the browser left. Raises CunzhaoError."""
    visit, recorded = made.visit, made.visit.recording
    if recorded:
        made.page = recorded.page
        made.requisites, made.missing = list(recorded.requisites), list(recorded.missing)
    if visit.error:
        raise visit.error
    if not recorded or not recorded.answered:
        if recorded and recorded.failure and not visit.died:
            values = {"limit": str(settings.max_body_bytes)}
            raise error_with(recorded.failure, url, limit_s=settings.browser_timeout_s, values=values)
        raise BrowserFailed(url, detail=visit.died or "no answer")
    if recorded.unsure:
        await _fetch_file(made, shared)
    page, html = made.page[-1], visit.rendered.html if visit.rendered else None
    shown = await asyncio.to_thread(look_at_dom, html, page, settings.max_decoded_bytes)
    judged = judge(url, made.page, shown.sight)
    made.verdict, made.error = judged.verdict, judged.error
    if made.verdict != "complete":
        return
    await _fetch_rest(made, shown.named, shared, settings, report)
    if visit.died:
        made.missing.append(Missing(url=page.url, role="page", reason=BrowserFailed.code))
    elif not visit.settled:
        made.missing.append(Missing(url=page.url, role="page", reason=LATE))
    made.verdict = "partial" if any(m.reason != BLOCKED for m in made.missing) else "complete"
    made.missing += _not_rendered(visit, page.url)  # told; what the page is made of is there all the same


async def _fetch_file(made: _Made, shared: Shared) -> None:
    """A file that Chromium did not show, so that it told no end of it: http does. Raises ServerBroke."""
    fetched = await shared.fetch(Reference(made.page[-1].url, "page"), "")
    if isinstance(fetched.error, ServerBroke):
        made.page = made.page[:-1]
        raise fetched.error
    if not fetched.error and fetched.exchanges[-1].status == made.page[-1].status:
        made.page = (*made.page[:-1], *fetched.exchanges)
    else:  # it is for the browser alone, which may have a part of it
        made.missing.append(Missing(url=made.page[-1].url, role="page", reason=ServerBroke.code))


def _failed(error: CunzhaoError) -> tuple[Verdict, CunzhaoError]:
    refused = isinstance(error, AddressRefused | SchemeRefused | NotAUrl | UrlCredentials)
    return ("refused" if refused else "unreachable"), error


async def _fetch_rest(
    made: _Made, named: Sequence[Reference], shared: Shared, settings: Settings, report: Report
) -> None:
    """What the shown page, its sheets and its frames name and the browser did not bring."""
    recorded, page = made.visit.recording, made.page[-1]
    assert recorded is not None
    had = [page.url, *(r.url for r in made.requisites), *(m.url for m in made.missing)]
    rest = Rest(shared, settings.max_requisites, [*had, *(part.url for part in recorded.parts)])
    shown = [(r.role, r.exchanges[-1]) for r in made.requisites if r.role in ("stylesheet", "frame")]
    parts = {part.url: part for part in recorded.parts}.values()  # a reader of PDF asks for many of one file
    wholes = (rest.fetch_whole(part.url, part.role, part.referer) for part in parts)
    again = (rest.fetch_whole(lost.url, lost.role, page.url) for lost in _take_lost(made))
    await asyncio.gather(rest.fetch(page, named, shown), *wholes, *again)
    made.requisites += rest.requisites
    made.missing += rest.missing
    count = len(made.requisites) + len(made.missing)
    report("requisites", count, count)


def _not_rendered(visit: Visit, url: str) -> list[Missing]:
    """Renditions that could not be made, or are not whole: a picture cut at its greatest height."""
    kinds = dict.fromkeys(kind for kind, _ in visit.rendered.failed) if visit.rendered else ()
    return [Missing(url=f"urn:{kind}:{url}", role="rendition", reason=NOT_RENDERED) for kind in kinds]


def _take_lost(made: _Made) -> list[Missing]:
    """Files whose answer broke off on its way to the browser: worth asking for once more by http."""
    lost = [m for m in made.missing if m.reason == ServerBroke.code and m.role in _FILES]
    made.missing = [m for m in made.missing if m not in lost]
    return lost


def _reason_of(made: _Made) -> str:
    if made.error:
        return made.error.code
    return next((m.reason for m in made.missing if m.reason not in (BLOCKED, NOT_RENDERED)), "")


def _conditions(visit: Visit, browser: dict[str, Any] | None) -> Conditions:
    """The browser's part of the conditions; the session's and the http engine's are added by the batch."""
    return Conditions(
        session={"browser": browser},
        ended=datetime.now(UTC),
        lookups=visit.lookups,
        certificates=visit.certificates,
        fresh_profile=visit.fresh,
    )
