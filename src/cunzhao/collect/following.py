"""The further pages of an article (下一页), kept with the page on which it begins."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from cunzhao.collect.gathering import Gathered, Report, gather
from cunzhao.collect.look import Look, look_at
from cunzhao.collect.page import Means
from cunzhao.collect.references import Reference
from cunzhao.collect.types import Capture, Exchange, Missing, Requisite, Role
from cunzhao.collect.urls import host_of, join
from cunzhao.collect.verdict import judge
from cunzhao.errors import CunzhaoError

__all__ = ["Following", "with_next_pages"]

#: The reader's judgement: the address on which the article of this page goes on; None at its end. Called in
#: a thread.
Following = Callable[[Exchange], str | None]

_ROLE: Role = "next-page"
_KEPT = ("complete", "partial")  # verdicts of pages whose article is followed
_TOO_MANY = "too-many"


async def with_next_pages(made: Capture, means: Means, following: Following, report: Report) -> Capture:
    """The capture with the pages that follow, one after the other, and with what those need to be shown.

    By the http engine, whatever engine brought the first; on its host only, at most `next_pages` of them. A
    page that does not come ends it and is told as missing: the capture is then partial at best.
    """
    first = made.page
    if first is None or made.verdict not in _KEPT or not means.settings.next_pages:
        return made
    clock = time.monotonic()
    held = {exchange.url for exchange in made.exchanges} | {made.requested_url}
    requisites, missing = list[Requisite](), list[Missing]()
    at, shown = first, _as_shown(made, first)
    while onward := await _onward(shown, at, following, held):
        held.add(onward)
        if sum(one.role == _ROLE for one in requisites) == means.settings.next_pages:
            missing.append(Missing(url=onward, role=_ROLE, reason=_TOO_MANY))
            break
        page, found = await _fetch(onward, at, means, report)
        if page is None or page.exchanges[-1].url in held - {onward}:  # led back to where we were
            missing += found.missing if page is None else ()
            break
        held |= {exchange.url for exchange in page.exchanges}
        requisites += (page, *found.requisites)
        missing += found.missing
        at = shown = page.exchanges[-1]
    if not requisites and not missing:
        return made
    return _joined(made, requisites, missing, time.monotonic() - clock)


def _as_shown(made: Capture, page: Exchange) -> Exchange:
    """What the reader is asked about: the page after its scripts, where a browser has written it down."""
    drawn = next((one for one in made.renditions if one.kind == "dom"), None)
    return page if drawn is None else replace(page, headers=(("Content-Type", drawn.mime),), body=drawn.body)


async def _onward(shown: Exchange, at: Exchange, following: Following, held: set[str]) -> str | None:
    """The next page, if there is one on the same host that was not seen yet."""
    told = await asyncio.to_thread(following, shown)
    url = join(at.url, told) if told else None
    return url if url and url not in held and host_of(url) == host_of(at.url) else None


async def _fetch(
    url: str, before: Exchange, means: Means, report: Report
) -> tuple[Requisite | None, Gathered]:
    """One page with what it needs; (None, why it is missing) where no page came."""
    fetched = await means.shared.fetch(Reference(url, _ROLE), before.url)
    try:
        if fetched.error:
            raise fetched.error
        answer = fetched.exchanges[-1]
        look = await asyncio.to_thread(look_at, answer, means.settings.max_decoded_bytes)
    except CunzhaoError as exc:  # it did not come, or is a bomb or in a damaged coding
        return None, Gathered(missing=(Missing(url=url, role=_ROLE, reason=exc.code),))
    if reason := _unfit(url, fetched.exchanges, look, host_of(before.url)):
        return None, Gathered(missing=(Missing(url=url, role=_ROLE, reason=reason),))
    page = Requisite(url=url, role=_ROLE, exchanges=fetched.exchanges)
    return page, await gather(answer, look, means.shared, means.settings, report)


def _unfit(url: str, exchanges: tuple[Exchange, ...], look: Look, host: str) -> str:
    """Why an answer is not the page that was looked for; "" if it is."""
    answer = exchanges[-1]
    if host_of(answer.url) != host:
        return "elsewhere"
    if not 200 <= answer.status < 300:
        return f"status-{answer.status}"
    return judge(url, exchanges, look.sight).reason


def _joined(made: Capture, requisites: list[Requisite], missing: list[Missing], seconds: float) -> Capture:
    """Each thing once, though several pages need it."""
    have = {one.url for one in made.requisites}
    lost = {one.url for one in made.missing}
    new = {one.url: one for one in reversed(requisites) if one.role == _ROLE or one.url not in have}
    gone = {one.url: one for one in reversed(missing) if one.url not in lost}
    partial = gone and made.verdict == "complete"
    return replace(
        made,
        seconds=made.seconds + seconds,
        verdict="partial" if partial else made.verdict,
        reason=next(reversed(gone.values())).reason if partial else made.reason,
        requisites=(*made.requisites, *reversed(new.values())),
        missing=(*made.missing, *reversed(gone.values())),
    )
