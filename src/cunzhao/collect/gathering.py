"""The requisites of a page: what it names, and what its sheets and frames name in their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from cunzhao.collect.fetch import Fetched
from cunzhao.collect.look import Look
from cunzhao.collect.page_references import default_icon
from cunzhao.collect.references import Reference
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Exchange, Missing, Requisite, Step
from cunzhao.errors import CunzhaoError, FileTooLarge
from cunzhao.settings import Settings

_FRAME_DEPTH = 2  # frames in frames that are followed
_TOO_MANY, _TOO_DEEP = "too-many", "too-deep"

#: Called with the step, the number of requisites that have come or failed, and the number known so far.
Report = Callable[[Step, int, int], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The requisites of a page, in the order in which they were named."""

    requisites: tuple[Requisite, ...] = ()
    missing: tuple[Missing, ...] = ()


async def gather(page: Exchange, look: Look, shared: Shared, settings: Settings, report: Report) -> Gathered:
    """Fetch what a page names, and what its sheets and frames name in their turn."""
    gathering = _Gathering(page, shared, settings.max_requisites, report)
    async with asyncio.TaskGroup() as tasks:
        for reference in look.named.references:
            gathering.want(tasks, reference, page.url, (0,))
        if look.html and not look.named.names_icon:
            # Browsers look there unasked; that it is not there does no harm to the page.
            gathering.want(tasks, Reference(default_icon(page.url), "icon"), page.url, (0,), guessed=True)
    found = gathering.result()
    if look.whole:
        return found
    unseen = Missing(url=page.url, role="page", reason=FileTooLarge.code)
    return Gathered(found.requisites, (*found.missing, unseen))


@dataclass(slots=True)
class _Gathering:
    page: Exchange
    shared: Shared
    limit: int
    report: Report
    seen: set[str] = field(default_factory=set)
    found: dict[tuple[int, ...], Requisite | Missing] = field(default_factory=dict)
    done: int = 0

    def want(
        self,
        tasks: asyncio.TaskGroup,
        reference: Reference,
        referer: str,
        above: tuple[int, ...],
        *,
        guessed: bool = False,
    ) -> None:
        """Have a reference fetched, unless this page has it already. `above`: the place of what names it."""
        if reference.url in self.seen or reference.url == self.page.url:
            return
        place = (*above, len(self.seen))
        self.seen.add(reference.url)
        if len(self.seen) > self.limit:
            self.found[place] = Missing(url=reference.url, role=reference.role, reason=_TOO_MANY)
            return
        self.report("requisites", self.done, len(self.seen))
        tasks.create_task(self._have(tasks, reference, referer, place, guessed))

    async def _have(
        self, tasks: asyncio.TaskGroup, wanted: Reference, referer: str, place: tuple[int, ...], guessed: bool
    ) -> None:
        fetched = await self.shared.fetch(wanted, referer)
        reason = _reason(fetched)
        self.done += 1
        self.report("requisites", self.done, len(self.seen))
        if reason and guessed:
            return
        if reason:
            self.found[place] = Missing(url=wanted.url, role=wanted.role, reason=reason)
            return
        self.found[place] = Requisite(url=wanted.url, role=wanted.role, exchanges=fetched.exchanges)
        try:
            named = await self.shared.references(wanted, fetched)
        except CunzhaoError as exc:  # a bomb among the sheets: kept, but what it names is not known
            self.found[(*place, 0)] = Missing(url=wanted.url, role=wanted.role, reason=exc.code)
            return
        for number, reference in enumerate(named):
            if reference.role == "frame" and len(place) > _FRAME_DEPTH:
                self.found[(*place, number)] = Missing(url=reference.url, role="frame", reason=_TOO_DEEP)
            else:
                self.want(tasks, reference, fetched.exchanges[-1].url, place)

    def result(self) -> Gathered:
        ordered = [self.found[place] for place in sorted(self.found)]
        return Gathered(
            tuple(item for item in ordered if isinstance(item, Requisite)),
            tuple(item for item in ordered if isinstance(item, Missing)),
        )


def _reason(fetched: Fetched) -> str:
    """Why a requisite counts as missing; "" if it is there."""
    if fetched.error:
        return fetched.error.code
    status = fetched.exchanges[-1].status
    return "" if 200 <= status < 300 else f"status-{status}"
