"""What a shown page names and the browser did not ask for: other sizes, print styles, formats, icons."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cunzhao.charset import declared_in, decode
from cunzhao.collect.fetch import Fetched
from cunzhao.collect.look import look_at, mime_of
from cunzhao.collect.page_references import default_icon, parse, references_in
from cunzhao.collect.references import Reference
from cunzhao.collect.shared import Shared
from cunzhao.collect.sight import Sight, sight_of
from cunzhao.collect.types import Exchange, Missing, Requisite, Role
from cunzhao.collect.urls import join
from cunzhao.errors import CunzhaoError

_FRAME_DEPTH = 2
_HTML = ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the DOM after scripts names, and what there is to see of it (None: it is no HTML)."""

    named: tuple[Reference, ...] = ()
    sight: Sight | None = None


def look_at_dom(html: str | None, page: Exchange, limit: int) -> Shown:
    """Look at a DOM as the browser has written it down; at the answer itself where there is none.

    Raises DecompressionBomb, ServerBroke (a body that another engine brought, damaged).
    """
    if not html or mime_of(page) not in _HTML:
        seen = look_at(page, limit)
        return Shown(seen.named.references, seen.sight)
    root = parse(html)
    if root is None:
        return Shown((), Sight())
    charset = decode(page.body.read(), declared_in(page.header("content-type"))).charset
    return Shown(references_in(root, page.url, charset).references, sight_of(root))


def key_of(url: str) -> str:
    """The form in which an address of Chromium's and one of a reference are the same."""
    return join(url, url) or url


class Rest:
    """Fetches what is named and not yet there, each once, and what those name in their turn."""

    def __init__(self, shared: Shared, limit: int, had: Iterable[str]) -> None:
        self.requisites: list[Requisite] = []
        self.missing: list[Missing] = []
        self._shared, self._limit = shared, limit
        self._seen = {key_of(url) for url in had}

    async def fetch(
        self, page: Exchange, named: Sequence[Reference], shown: Iterable[tuple[Role, Exchange]]
    ) -> None:
        """`named` by the page, and by the sheets and frames that the browser has `shown`."""
        async with asyncio.TaskGroup() as tasks:
            for reference in named:
                self._want(tasks, reference, page.url, 0)
            for role, exchange in shown:
                tasks.create_task(self._look(tasks, role, exchange, 0))

    async def fetch_whole(self, url: str, role: Role, referer: str) -> None:
        """A part of this came to the page; the whole is fetched."""
        await self._have(None, Reference(url, role), referer, 0)

    def _want(self, tasks: asyncio.TaskGroup, wanted: Reference, referer: str, depth: int) -> None:
        if wanted.url in self._seen:
            return
        self._seen.add(wanted.url)
        if len(self._seen) > self._limit:
            self.missing.append(Missing(url=wanted.url, role=wanted.role, reason="too-many"))
        elif wanted.role == "frame" and depth >= _FRAME_DEPTH:
            self.missing.append(Missing(url=wanted.url, role="frame", reason="too-deep"))
        else:
            tasks.create_task(self._have(tasks, wanted, referer, depth))

    async def _have(
        self, tasks: asyncio.TaskGroup | None, wanted: Reference, referer: str, depth: int
    ) -> None:
        fetched = await self._shared.fetch(wanted, referer)
        if reason := _reason(fetched):
            if not (wanted.role == "icon" and wanted.url == default_icon(referer)):
                self.missing.append(Missing(url=wanted.url, role=wanted.role, reason=reason))
            return
        found = Requisite(url=wanted.url, role=wanted.role, exchanges=fetched.exchanges)
        self.requisites.append(found)
        if tasks:
            await self._look(tasks, wanted.role, fetched.exchanges[-1], depth + (wanted.role == "frame"))

    async def _look(self, tasks: asyncio.TaskGroup, role: Role, exchange: Exchange, depth: int) -> None:
        try:
            fetched = Fetched(exchanges=(exchange,))
            named = await self._shared.references(Reference(exchange.url, role), fetched)
        except CunzhaoError as exc:  # a bomb: kept, but what it names is not known
            self.missing.append(Missing(url=exchange.url, role=role, reason=exc.code))
            return
        for reference in named:
            self._want(tasks, reference, exchange.url, depth)


def _reason(fetched: Fetched) -> str:
    if fetched.error:
        return fetched.error.code
    status = fetched.exchanges[-1].status
    return "" if 200 <= status < 300 and status != 206 else f"status-{status}"
