"""Many URLs at once: a thread with its own event loop captures, the caller takes Captures as they finish."""

from __future__ import annotations

import asyncio
import logging
import queue
import ssl
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial

from cunzhao.collect.browsing import browsing
from cunzhao.collect.conditions import session_conditions
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.following import Following, with_next_pages
from cunzhao.collect.page import Browse, MainText, Means, capture_page, failed_capture
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture, Conditions, EngineAsked, Progress, Step
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError
from cunzhao.settings import Settings

_log = logging.getLogger(__name__)

#: Called in the capturing thread; must return soon.
OnProgress = Callable[[Progress], None]
#: Called in the consumer's thread, when it asks for the next capture.
Further = Callable[[], Sequence[str]]


def capture_batch(
    urls: Sequence[str],
    *,
    settings: Settings,
    gate: Gate,
    on_progress: OnProgress | None = None,
    tls: ssl.SSLContext | None = None,
    operator: str = "cli",
    engine: EngineAsked = "http",
    main_text: MainText | None = None,
    following: Following | None = None,
    browse: Browse | None = None,
    further: Further | None = None,
) -> Generator[tuple[int, Capture], None, None]:
    """Capture many URLs; yield (index in `urls`, Capture) as they finish.

    One Capture for each URL, in whatever way it ended: text that is no URL, a refused address, a fault of
    ours. Pages of the batch share requisites: the same Exchange objects, with the same id. At most twice
    `pages_at_once` captures are under way or wait to be taken, so a slow consumer bounds memory. Closing
    the generator stops the rest. `gate` must be started; `tls` replaces the default context; `operator` says
    who asked (`collect.conditions`).

    `engine`: "http", "browser", or "auto": http first, the browser only where `collect.choice` says that the
    page needs one; where none can be had, what http brought is kept as partial. `main_text` is the reader's
    judgement for pages in doubt, `following` the one on where an article goes on (without it none is
    followed). `browse` replaces the system's browser.

    `further` is asked after each capture for addresses that came up (attachments): they are captured before
    what of `urls` has not begun, numbered on from its end, and by the browser only where "auto" would.
    """
    asked = _Asked(on_progress, tls, operator, engine, main_text, following, browse)
    batch = _Batch(urls, settings, gate, asked)
    batch.start()
    try:
        while batch.left:
            item = batch.finished.get()
            if isinstance(item, BaseException):
                raise item
            yield item
            batch.taken(further() if further else ())
    except BaseException:  # a closed generator too
        batch.cancel()
        raise
    finally:
        batch.join()


def capture(url: str, *, settings: Settings, gate: Gate) -> Capture:
    """Capture one URL."""
    [(_, made)] = capture_batch([url], settings=settings, gate=gate)
    return made


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of a batch beside its addresses."""

    on_progress: OnProgress | None
    tls: ssl.SSLContext | None
    operator: str
    engine: EngineAsked
    main_text: MainText | None
    following: Following | None
    browse: Browse | None


class _Batch:
    """The capturing thread of one batch."""

    def __init__(self, urls: Sequence[str], settings: Settings, gate: Gate, asked: _Asked) -> None:
        self.finished: queue.SimpleQueue[tuple[int, Capture] | BaseException] = queue.SimpleQueue()
        self._settings, self._gate, self._asked = settings, gate, asked
        self._waiting = deque(enumerate(urls))  # index and URL; changed in the capturing thread only
        self._given = self._known = self.left = len(urls)  # how many: as given; with what came up; not taken
        self._session = session_conditions(settings, operator=asked.operator, browser=None)
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._permits: asyncio.Semaphore | None = None
        self._changed = asyncio.Event()  # something waits, or nothing more will

    def start(self) -> None:
        self._thread.start()
        self._begun.wait()

    def taken(self, further: Sequence[str] = ()) -> None:
        """The consumer has done with a capture: one more may begin, `further` first."""
        asked = list(enumerate(further, self._known))
        self._known += len(asked)
        self.left += len(asked) - 1
        self._call(partial(self._take, asked))

    def _take(self, asked: list[tuple[int, str]]) -> None:
        assert self._permits
        self._waiting.extendleft(reversed(asked))
        self._permits.release()
        self._changed.set()

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
        async with AsyncExitStack() as ends:
            means = await self._means(ends)
            async with asyncio.TaskGroup() as tasks:
                while self.left:
                    await self._permits.acquire()
                    await pages.acquire()
                    if not await self._something_waits():
                        return
                    index, url = self._waiting.popleft()
                    task = tasks.create_task(self._one(index, url, means))
                    task.add_done_callback(lambda _: pages.release())

    async def _something_waits(self) -> bool:
        """False when the consumer has taken the last capture and no more came up."""
        while not self._waiting and self.left:
            self._changed.clear()
            await self._changed.wait()
        return bool(self._waiting)

    async def _means(self, ends: AsyncExitStack) -> Means:
        settings, gate, asked = self._settings, self._gate, self._asked
        fetcher = await ends.enter_async_context(Fetcher(settings, gate, asked.tls))
        shared, browse = Shared(fetcher, settings.max_decoded_bytes), asked.browse
        if asked.engine != "http" and browse is None:
            browse = await ends.enter_async_context(browsing(settings, gate, fetcher, shared))
        return Means(
            fetcher=fetcher,
            shared=shared,
            settings=settings,
            engine=asked.engine,
            browse=browse,
            main_text=asked.main_text,
        )

    async def _one(self, index: int, url: str, means: Means) -> None:
        def tell(step: Step, fetched: int = 0, known: int = 0) -> None:
            self._tell(Progress(index=index, url=url, step=step, fetched=fetched, known=known))

        tell("started")
        if index >= self._given and means.engine == "browser":
            means = replace(means, engine="auto")  # files, as a rule
        try:
            made = await capture_page(url, means, tell)
            if self._asked.following:
                made = await with_next_pages(made, means, self._asked.following, tell)
            made = replace(made, conditions=self._conditions(made, means.fetcher))
        except Exception as exc:  # a fault of ours with one URL must not cost the others
            _log.exception("capture of %s failed", url)
            made = failed_capture(url, CunzhaoError(url, detail=repr(exc)))
        tell("done", len(made.requisites) + len(made.missing), len(made.requisites) + len(made.missing))
        self.finished.put((index, made))

    def _conditions(self, made: Capture, fetcher: Fetcher) -> Conditions:
        """The session's and the http engine's, and what the browser saw itself, if it made the capture."""
        ours, theirs = fetcher.connections.conditions(made, self._session), made.conditions
        if theirs is None:
            return ours
        return replace(
            ours,
            session={**ours.session, **theirs.session},
            lookups=tuple(dict.fromkeys((*theirs.lookups, *ours.lookups))),
            certificates=tuple(dict.fromkeys((*theirs.certificates, *ours.certificates))),
            fresh_profile=theirs.fresh_profile,
        )

    def _tell(self, progress: Progress) -> None:
        if not self._asked.on_progress:
            return
        try:
            self._asked.on_progress(progress)
        except Exception:  # whoever watches must not stop what is watched
            _log.exception("a progress callback failed")
