"""Many URLs at once: a thread with its own event loop captures, the caller takes Captures as they finish."""

from __future__ import annotations

import asyncio
import logging
import queue
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cunzhao.collect.conditions import session_conditions
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.page import capture_page, failed_capture
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture, Progress, Step
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError
from cunzhao.settings import Settings

_log = logging.getLogger(__name__)

#: Called in the capturing thread; must return soon.
OnProgress = Callable[[Progress], None]


def capture_batch(
    urls: Sequence[str],
    *,
    settings: Settings,
    gate: Gate,
    on_progress: OnProgress | None = None,
    tls: ssl.SSLContext | None = None,
    operator: str = "cli",
) -> Iterator[tuple[int, Capture]]:
    """Capture many URLs with the http engine; yield (index in `urls`, Capture) as they finish.

    One Capture for each URL, in whatever way it ended: text that is no URL, a refused address, a fault of
    ours. Pages of the batch share requisites: the same Exchange objects, with the same id. At most twice
    `pages_at_once` captures are under way or wait to be taken, so a slow consumer bounds memory. Closing
    the generator stops the rest. `gate` must be started; `tls` replaces the default context; `operator` says
    who asked (`collect.conditions`).
    """
    batch = _Batch(urls, settings, gate, on_progress, tls, operator=operator)
    batch.start()
    try:
        for _ in urls:
            item = batch.finished.get()
            if isinstance(item, BaseException):
                raise item
            yield item
            batch.taken()
    except BaseException:  # a closed generator too
        batch.cancel()
        raise
    finally:
        batch.join()


def capture(url: str, *, settings: Settings, gate: Gate) -> Capture:
    """Capture one URL."""
    [(_, made)] = capture_batch([url], settings=settings, gate=gate)
    return made


class _Batch:
    """The capturing thread of one batch."""

    def __init__(
        self,
        urls: Sequence[str],
        settings: Settings,
        gate: Gate,
        on_progress: OnProgress | None,
        tls: ssl.SSLContext | None,
        *,
        operator: str,
    ) -> None:
        self.finished: queue.SimpleQueue[tuple[int, Capture] | BaseException] = queue.SimpleQueue()
        self._urls, self._settings, self._gate, self._tls = list(urls), settings, gate, tls
        self._on_progress = on_progress
        self._session = session_conditions(settings, operator=operator, browser=None)
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._permits: asyncio.Semaphore | None = None

    def start(self) -> None:
        self._thread.start()
        self._begun.wait()

    def taken(self) -> None:
        """The consumer has done with a capture: one more may begin."""
        if self._permits:
            self._call(self._permits.release)

    def cancel(self) -> None:
        if self._work:
            self._call(self._work.cancel)

    def join(self) -> None:
        self._thread.join()

    def _call(self, function: Callable[[], object]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:  # the loop has ended: nothing is left to be told
            _log.debug("the batch had ended")

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            pass  # the consumer went away
        except BaseException as exc:
            self.finished.put(exc)
        finally:
            self._begun.set()

    async def _main(self) -> None:
        self._loop, self._work = asyncio.get_running_loop(), asyncio.current_task()
        at_once = max(1, self._settings.pages_at_once)
        self._permits = asyncio.Semaphore(2 * at_once)
        self._begun.set()
        pages = asyncio.Semaphore(at_once)
        async with Fetcher(self._settings, self._gate, self._tls) as fetcher, asyncio.TaskGroup() as tasks:
            shared = Shared(fetcher, self._settings.max_decoded_bytes)
            for index, url in enumerate(self._urls):
                await self._permits.acquire()
                await pages.acquire()
                task = tasks.create_task(self._one(index, url, fetcher, shared))
                task.add_done_callback(lambda _: pages.release())

    async def _one(self, index: int, url: str, fetcher: Fetcher, shared: Shared) -> None:
        def tell(step: Step, fetched: int = 0, known: int = 0) -> None:
            self._tell(Progress(index=index, url=url, step=step, fetched=fetched, known=known))

        tell("started")
        try:
            made = await capture_page(url, fetcher, shared, self._settings, tell)
            made = replace(made, conditions=fetcher.connections.conditions(made, self._session))
        except Exception as exc:  # a fault of ours with one URL must not cost the others
            _log.exception("capture of %s failed", url)
            made = failed_capture(url, CunzhaoError(url, detail=repr(exc)))
        tell("done", len(made.requisites) + len(made.missing), len(made.requisites) + len(made.missing))
        self.finished.put((index, made))

    def _tell(self, progress: Progress) -> None:
        if not self._on_progress:
            return
        try:
            self._on_progress(progress)
        except Exception:  # whoever watches must not stop what is watched
            _log.exception("a progress callback failed")
