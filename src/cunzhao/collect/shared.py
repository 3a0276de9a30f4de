"""Requisites of a batch: each fetched once, looked into once, whoever asks and however many at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from cunzhao.collect.fetch import Fetched, Fetcher
from cunzhao.collect.look import references_of
from cunzhao.collect.references import Reference
from cunzhao.errors import CunzhaoError

_HELD_BYTES = 256_000_000  # of bodies held for pages that may ask again


class Shared:
    """What was fetched in this batch, by URL. The longest unasked is let go above 256 MB of bodies."""

    def __init__(self, fetcher: Fetcher, max_decoded_bytes: int) -> None:
        self._fetcher = fetcher
        self._limit = max_decoded_bytes
        self._fetches: OrderedDict[str, asyncio.Future[Fetched | None]] = OrderedDict()
        self._looks: dict[tuple[str, str], asyncio.Task[tuple[Reference, ...]]] = {}
        self._held = 0

    async def fetch(self, wanted: Reference, referer: str) -> Fetched:
        """The requisite's exchanges; the same objects for everyone who asks in this batch."""
        while True:
            under_way = self._fetches.get(wanted.url)
            if under_way is None:
                under_way = asyncio.create_task(self._fetch(wanted, referer))
                self._fetches[wanted.url] = under_way
            self._fetches.move_to_end(wanted.url)
            if fetched := await asyncio.shield(under_way):
                return fetched

    def claim(self, url: str) -> bool:
        """Say that the caller brings this URL by its own way (a browser); `keep` must follow. False: it is
        held or being fetched already."""
        if url in self._fetches:
            return False
        self._fetches[url] = asyncio.get_running_loop().create_future()
        return True

    def keep(self, url: str, fetched: Fetched | None) -> None:
        """End a claim with what it brought; None: nothing that others may have, let them fetch it."""
        claimed = self._fetches.get(url)
        if claimed is None or claimed.done():
            return
        if fetched is None:
            del self._fetches[url]
        else:
            self._held += _bytes_of(fetched)
        claimed.set_result(fetched)
        self._let_go()

    async def held(self, url: str) -> Fetched | None:
        """What the batch has of this URL, or is fetching; None if nothing, or if it did not come."""
        under_way = self._fetches.get(url)
        return await asyncio.shield(under_way) if under_way else None

    def ready(self, url: str) -> Fetched | None:
        """What has come of this URL already; None if nothing, if it failed, or if it is on its way."""
        ended = self._fetches.get(url)
        if ended is None or not ended.done() or ended.cancelled():
            return None
        fetched = ended.result()
        return fetched if fetched and not fetched.error else None

    def put(self, url: str, fetched: Fetched) -> None:
        """Share what another engine fetched; the first one stays, and failures are not shared."""
        if not fetched.error and self.claim(url):
            self.keep(url, fetched)

    async def references(self, wanted: Reference, fetched: Fetched) -> tuple[Reference, ...]:
        """What a stylesheet or a frame names. Raises DecompressionBomb, ServerBroke."""
        if wanted.role not in ("stylesheet", "frame"):
            return ()
        key = fetched.exchanges[-1].id, wanted.role
        task = self._looks.get(key)
        if task is None:
            exchange = fetched.exchanges[-1]
            work = asyncio.to_thread(references_of, exchange, wanted.role, self._limit)
            task = self._looks[key] = asyncio.create_task(work)
        return await asyncio.shield(task)

    async def _fetch(self, wanted: Reference, referer: str) -> Fetched | None:
        try:
            fetched = await self._fetcher.fetch(wanted.url, wanted.role, referer)
        except Exception as exc:  # a fault of ours with one requisite must not cost the pages that name it
            return Fetched(exchanges=(), error=CunzhaoError(wanted.url, detail=repr(exc)))
        self._held += _bytes_of(fetched)
        self._let_go()
        return fetched

    def _let_go(self) -> None:
        if self._held <= _HELD_BYTES:
            return
        for url, task in list(self._fetches.items()):
            if self._held <= _HELD_BYTES:
                return
            if task.done() and not task.cancelled():
                self._held -= _bytes_of(task.result())
                del self._fetches[url]


def _bytes_of(fetched: Fetched | None) -> int:
    return 0 if fetched is None else sum(exchange.body.length for exchange in fetched.exchanges)
