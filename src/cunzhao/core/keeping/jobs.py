"""Links asked for on the page are saved in the background, one job at a time.

Jobs stand in the database: what was asked for survives the process, and is taken up again by the next
server on the same data folder. Only one process works on them (a file lock, freed by `kill -9`). A full
disk pauses them: nothing is fetched until there is room again, a link is added, or minutes have passed.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import sqlalchemy as sa
from filelock import FileLock, Timeout

from cunzhao.collect.types import EngineAsked, Entry
from cunzhao.core.ids import new_id
from cunzhao.core.queries import rows
from cunzhao.core.values.jobs import JobPage
from cunzhao.core.values.outcomes import ErrorView, SaveRow
from cunzhao.errors import CunzhaoError, DiskFull, UsageWrong
from cunzhao.language import language
from cunzhao.organize.names import check_title
from cunzhao.organize.tags import check_tag
from cunzhao.settings import Settings
from cunzhao.storage.clock import now_utc
from cunzhao.storage.database import Database
from cunzhao.storage.models import JobItemRow, JobRow

log = logging.getLogger(__name__)

MAX_LINKS = 1000  # in one job
LOOK_AGAIN_S = 1.0  # another process may have added a job
ROOM_BYTES = 20_000_000  # so much more room in the data folder, and paused jobs go on
PAUSE_S = 300.0  # after which they go on anyway: the disk that is full may be the database server's

#: Saves URLs; calls the second argument with the place of a URL when its capture starts, the third with the
#: place, the row and the error when it has ended, its attachments too, and the last one after each capture.
#: What they raise ends the batch: rows come in the order asked, so one slow link would hold up a `close`
#: between them while all the others go on.
Save = Callable[
    [
        Sequence[str],
        "Wish",
        Callable[[int], None],
        Callable[[int, SaveRow, CunzhaoError | None], None],
        Callable[[], None],
    ],
    None,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How the links of a job shall be saved."""

    tags: tuple[str, ...]
    collection: str
    engine: EngineAsked
    said: tuple[Entry, ...] = ()  # of each link, what a file says of it


class _Stopped(Exception):
    """Ends a batch from within, at the first capture that ends after a stop."""


def new_job(
    links: Sequence[tuple[str, Mapping[str, Any]]],
    text: str,
    tags: Sequence[str],
    collection: str,
    engine: EngineAsked,
) -> JobRow:
    """The links of a text (or file: its name) as a job, none of them begun; each with what is said of it.

    Raises UsageWrong.
    """
    if not links:
        detail = {"detail": "没有网址", "detail_en": "no URL given"}
        raise UsageWrong(text[:200], **detail, mend="请给出至少一个网址。", mend_en="Give at least one URL.")
    if len(links) > MAX_LINKS:
        detail = {"detail": f"一次最多 {MAX_LINKS} 个网址", "detail_en": f"at most {MAX_LINKS} URLs at once"}
        raise UsageWrong(f"{len(links)}", **detail, mend="请分几次粘贴。", mend_en="Paste them in parts.")
    if engine not in get_args(EngineAsked):
        detail = {"detail": "没有这种抓取方式", "detail_en": "there is no such engine"}
        mend = {"mend": "可选 auto、http、browser。", "mend_en": "Use auto, http or browser."}
        raise UsageWrong(engine, **detail, **mend)
    return JobRow(
        id=new_id(),
        created=now_utc(),
        tags=[check_tag(tag) for tag in tags],
        collection=check_title(collection) if collection else "",
        engine=engine,
        items=[
            JobItemRow(n=n, url=url, state="waiting", said=dict(said)) for n, (url, said) in enumerate(links)
        ],
    )


class Jobs:
    """The thread that works through the waiting jobs."""

    def __init__(self, settings: Settings, database: Database, save: Save) -> None:
        self._full: DiskFull | None = None  # why the jobs wait, while they do
        self._settings = settings
        self._database = database
        self._save = save
        self._lock = FileLock(settings.home / "jobs.lock")
        self._wake = threading.Event()
        self._stopping = False
        self._try_again = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """There is a new job; paused jobs try again too."""
        self._try_again = True
        self._wake.set()

    def stop(self) -> None:
        """Wait for the next capture to end, and cut off the others; they and what waits stay asked for."""
        self._stopping = True
        self._wake.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    def told(self, page: JobPage) -> JobPage:
        """The page of a job, with why it waits if it does: only the process that saves knows."""
        if self._full is None or page.ended == page.total:
            return page
        return replace(page, paused=ErrorView(**self._full.as_json(language(self._settings.lang))["error"]))

    def _work(self) -> None:
        while not self._stopping:
            try:
                with self._lock.acquire(timeout=0):
                    self._retry_interrupted()
                    self._work_holding_lock()
            except Timeout:
                self._pause()  # another server works on them
            except DiskFull as exc:
                self._wait_for_room(exc)
            except Exception:
                log.exception("jobs stopped; looking again")
                self._pause()

    def _work_holding_lock(self) -> None:
        while not self._stopping:
            job = self._next()
            if job is None:
                self._pause()
            else:
                self._run(*job)

    def _pause(self) -> None:
        self._wake.wait(LOOK_AGAIN_S)
        self._wake.clear()

    def _wait_for_room(self, full: DiskFull) -> None:
        """What was not saved stays asked for."""
        log.error("%s", full.text(self._settings.lang))
        self._full, self._try_again = full, False
        with contextlib.suppress(CunzhaoError):  # no room even for that: it is done when the work goes on
            self._retry_interrupted()
        room, ends = self._room() + ROOM_BYTES, time.monotonic() + PAUSE_S
        while not (self._stopping or self._try_again or self._room() >= room or time.monotonic() >= ends):
            self._pause()
        self._full = None

    def _room(self) -> int:
        return shutil.disk_usage(self._settings.home).free

    def _retry_interrupted(self) -> None:
        """What a killed process left running, or we cut off, is asked for again."""
        with self._database.writing() as session:
            session.execute(
                sa.update(JobItemRow).where(JobItemRow.state == "running").values(state="waiting")
            )

    def _next(self) -> tuple[str, list[tuple[int, str]], Wish] | None:
        with self._database.reading() as session:
            waiting = sa.select(JobItemRow.job_id).where(JobItemRow.state == "waiting")
            query = sa.select(JobRow).where(JobRow.id.in_(waiting), JobRow.stopped.is_(None))
            job = session.scalars(query.order_by(JobRow.id).limit(1)).first()
            if job is None:
                return None
            items = [item for item in job.items if item.state == "waiting"]
            wish = Wish(
                tags=tuple(job.tags),
                collection=job.collection,
                engine=job.engine if job.engine in get_args(EngineAsked) else "auto",  # type: ignore[arg-type]
                said=tuple(
                    Entry(url=item.url, **{**item.said, "tags": tuple(item.said.get("tags", ()))})
                    for item in items
                ),
            )
            return job.id, [(item.n, item.url) for item in items], wish

    def _run(self, job: str, items: list[tuple[int, str]], wish: Wish) -> None:
        try:
            self._save_items(job, items, wish)
        except _Stopped:
            self._retry_interrupted()  # captures that were cut off

    def _save_items(self, job: str, items: list[tuple[int, str]], wish: Wish) -> None:
        numbers = [n for n, _ in items]

        def started(place: int) -> None:
            self._set(job, numbers[place], state="running")

        def ended(place: int, row: SaveRow, error: CunzhaoError | None) -> None:
            if isinstance(error, DiskFull):
                raise error
            self._set(
                job,
                numbers[place],
                state="failed" if error else "done",
                snapshot_id=row.snapshot,
                verdict=row.verdict,
                error=rows.error_to_row(error) if error else None,
            )

        def kept() -> None:
            if self._stopping or self._stopped(job):
                raise _Stopped

        self._save([url for _, url in items], wish, started, ended, kept)

    def _stopped(self, job: str) -> bool:
        """By a user, perhaps of another process."""
        with self._database.reading() as session:
            return session.scalar(sa.select(JobRow.stopped).where(JobRow.id == job)) is not None

    def _set(self, job: str, n: int, **values: object) -> None:
        with self._database.writing() as session:
            session.execute(
                sa.update(JobItemRow).where(JobItemRow.job_id == job, JobItemRow.n == n).values(**values)
            )
