"""A browser or a page that dies or hangs costs its page at most a second try, and no other page anything."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cunzhao.settings import Settings
from tests.robustness.processes import below, command
from tests.robustness.program import Program, assert_gone
from tests.robustness.site import Site, served

PAGES = 6


@pytest.fixture
def site() -> Iterator[Site]:
    with served(delay_s=0.15) as site:
        yield site


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """What happens to the browser is no matter of the database."""
    return Settings(home=tmp_path / "home", allow_hosts=("127.0.0.1",))


def is_browser(words: str) -> bool:
    return "--remote-debugging" in words and "--type=" not in words


def is_renderer(words: str) -> bool:
    return "--type=renderer" in words


class Killer:
    """Kills processes of a kind below the program: the first `most` that live for `after_s` seconds."""

    def __init__(self, program: Program, kind: Callable[[str], bool], most: int, after_s: float) -> None:
        self.killed: list[int] = []
        self._root, self._kind, self._most, self._after_s = program.process.pid, kind, most, after_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Killer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        seen: dict[int, float] = {}
        while not self._over.wait(0.05) and len(self.killed) < self._most:
            for pid in below(self._root):
                if pid in self.killed or not self._kind(command(pid)):
                    continue
                if time.monotonic() - seen.setdefault(pid, time.monotonic()) >= self._after_s:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                        self.killed.append(pid)
                    break


def ending(program: Program, within_s: float) -> tuple[int, list[dict], str]:
    """Exit code, rows, and what it said on standard error; nothing it had started is left."""
    seen: set[int] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            seen.update(below(program.process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        stdout, stderr = program.process.communicate(timeout=within_s)
    finally:
        over.set()
        watching.join()
        if program.process.poll() is None:
            program.kill()
    assert_gone(sorted(seen))
    # Of a browser killed while it starts, Playwright may leave an empty `playwright-artifacts-…`.
    assert [path.name for path in program.temp.iterdir() if any(path.iterdir())] == []
    assert b"Traceback" not in stderr
    return program.process.returncode, [json.loads(line) for line in stdout.splitlines()], stderr.decode()


def save(settings: Settings, temp: Path, urls: list[str], **limits: str) -> Program:
    limits = {"CUNZHAO_RENDITIONS": "dom,text", "CUNZHAO_BROWSER_TIMEOUT": "120", **limits}
    return Program(settings, temp, "save", "--json", "--engine", "browser", *urls, **limits)


def urls_of(site: Site, count: int = PAGES) -> list[str]:
    return [f"{site.address}/drawn/{n}.html" for n in range(count)]


def test_a_renderer_that_is_killed_costs_its_page_a_second_try_and_nothing_else(
    settings: Settings, site: Site, temp: Path
) -> None:
    program = save(settings, temp, urls_of(site, 4))
    with Killer(program, is_renderer, most=1, after_s=0.2) as killer:
        code, rows, _ = ending(program, 600)
    assert len(killer.killed) == 1
    assert [(row["verdict"], row["reason"]) for row in rows] == [("complete", "")] * 4 and code == 0


@pytest.mark.parametrize("after_s", [0.0, 1.0], ids=["while-it-starts", "at-a-page"])
def test_a_browser_that_is_killed_is_started_again_and_every_page_is_saved(
    settings: Settings, site: Site, temp: Path, after_s: float
) -> None:
    program = save(settings, temp, urls_of(site))
    with Killer(program, is_browser, most=1, after_s=after_s) as killer:
        code, rows, _ = ending(program, 600)
    assert len(killer.killed) == 1
    assert [(row["verdict"], row["reason"]) for row in rows] == [("complete", "")] * PAGES and code == 0


@pytest.mark.long
def test_a_browser_that_dies_each_time_is_told_for_each_page_and_the_batch_ends(
    settings: Settings, site: Site, temp: Path
) -> None:
    site.delay_s = 3
    urls = [*urls_of(site, 3), "http://127.0.0.1:1/"]
    program = save(settings, temp, urls)
    with Killer(program, is_browser, most=1000, after_s=0.5) as killer:
        code, rows, stderr = ending(program, 600)
    assert killer.killed and code == 1
    assert [row["url"] for row in rows] == urls
    assert {row["error"]["code"] for row in rows[:3]} == {"browser-failed"}
    assert all(site.asked[f"/drawn/{n}.html"] <= 2 for n in range(3)), (
        "a page is tried once more, not oftener"
    )
    assert "重试一次" in stderr


def test_a_page_whose_script_never_ends_is_bounded_and_the_others_are_saved(
    settings: Settings, site: Site, temp: Path
) -> None:
    urls = [f"{site.address}/hang/0.html", *urls_of(site, 3)]
    begun = time.monotonic()
    program = save(settings, temp, urls, CUNZHAO_BROWSER_TIMEOUT="15")
    _, rows, _ = ending(program, 600)
    assert time.monotonic() - begun < 500
    assert [row["verdict"] for row in rows[1:]] == ["complete"] * 3
    hung = rows[0]
    assert hung["verdict"] in ("partial", "unreachable") and (hung["missing"] or hung["error"])
    assert site.asked["/hang/0.html"] <= 2
