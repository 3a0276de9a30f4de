"""A stop ends the job in work soon, and what was not saved stays asked for until the next start saves it."""

from __future__ import annotations

import http.server
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.badsite import GOOD
from tests.waiting import until

LINKS = 24
EARLY = {
    "/favicon.ico",
    *(f"/{n}.html" for n in range(11)),
}  # the others take so long that a stop is before them
EARLY_S, LATE_S = 1.0, 10.0
HANG_S = 90


@contextmanager
def slow_site(delay: Callable[[str], float]) -> Iterator[str]:
    """A site whose pages take `delay(path)` seconds to come."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(delay(self.path))
            try:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(GOOD)))
                self.end_headers()
                self.wfile.write(GOOD)
            except OSError:
                self.close_connection = True  # we were cut off

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def states(core: Core, job: str) -> Counter[str]:
    return Counter(item.state for item in core.job(job).items)


def all_slow(path: str) -> float:
    return EARLY_S if path in EARLY else LATE_S


def the_first_hangs(path: str) -> float:
    return HANG_S if path == "/0.html" else all_slow(path)


@pytest.mark.parametrize("delay", [all_slow, the_first_hangs], ids=["all slow", "the first hangs"])
def test_a_stop_leaves_waiting_what_was_not_saved_and_the_next_start_saves_it(
    settings: Settings, delay: Callable[[str], float]
) -> None:
    hurried: list[bool] = []
    with slow_site(lambda path: 0 if hurried else delay(path)) as site:
        with Core.open(settings) as core:
            job = core.add("\n".join(f"{site}/{n}.html" for n in range(LINKS))).id
            until(lambda: states(core, job)["done"] >= 2)
            began = time.monotonic()
        assert time.monotonic() - began < 60  # what hangs takes longer
        hurried.append(True)

        with Core.open(settings) as core:
            left = states(core, job)
            assert set(left) == {"done", "waiting"} and left["waiting"] >= LINKS / 2
            saved = core.home().total
            assert saved == left["done"]
            core.start_jobs()
            until(lambda: states(core, job) == {"done": LINKS})
            assert core.home().total == LINKS
            assert {link.snapshots for link in core.home().links} == {1}  # none was saved twice


def test_a_job_that_was_not_stopped_saves_all_and_names_what_failed(settings: Settings) -> None:
    with slow_site(lambda _: 0) as site, Core.open(settings) as core:
        job = core.add(f"{site}/a.html http://127.0.0.1:1/ {site}/b.html").id
        until(lambda: not states(core, job).keys() & {"waiting", "running"})
        items = core.job(job).items
    assert [item.state for item in items] == ["done", "failed", "done"]
    assert items[1].error and items[1].error.code == "connect-failed"
