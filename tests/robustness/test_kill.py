"""`kill -9` at any moment of the real program: what it said is there and whole, the rest is asked for again.

Before each kill the program captures, archives, commits, reads and indexes. After it a new start must sweep up
with a word in the log, and the disk must hold nothing that nobody knows.
"""

from __future__ import annotations

import json
import random
import time
import urllib.request
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from cunzhao.archive.warcfile import LOCKS, OPEN
from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.robustness.program import Program
from tests.robustness.site import Site, marker, served
from tests.serving import free_port
from tests.waiting import until

LINKS = 300  # more than any child gets done before it is killed


@pytest.fixture
def site() -> Iterator[Site]:
    with served(delay_s=0.01) as site:
        yield site


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def whole(core: Core, snapshot: str, url: str) -> None:
    """The snapshot is there with its text, its requisites and its place in the search index."""
    page = core.snapshot(snapshot)
    assert page.snapshot.url == url and page.snapshot.verdict == "complete"
    assert page.document and marker(path_of(url)) in page.document.text
    wanted = {"stylesheet": 1} if "/drawn" in url else {"stylesheet": 1, "image": 3}
    roles = [kept.role for kept in page.kept]
    assert {role: roles.count(role) for role in wanted} == wanted
    assert snapshot in [hit.snapshot.id for hit in core.search(marker(path_of(url))).hits]


def nothing_is_orphaned(settings: Settings, core: Core, temp: Path) -> None:
    """After a start: every WARC file is closed and known, no lock stays, nothing lies in the temporary folder."""
    assert list(settings.archive_folder.glob(f"*{OPEN}")) == []
    assert list((settings.archive_folder / LOCKS).glob("*.warc.gz.lock")) == []
    assert core._archive.unindexed() == []
    assert [path.name for path in temp.iterdir()] == []


def a_moment(moments: random.Random, most: int) -> Callable[[Program], list[str]]:
    """Of its work, not of the clock: what it does in a second a busy machine does in ten. What it said till then."""
    lines, pause_s = moments.randrange(most), moments.uniform(0, 0.3)

    def wait(program: Program) -> list[str]:
        said = [line.decode() for line in islice(program.process.stdout or (), lines)]
        time.sleep(pause_s)
        return said

    return wait


def kill_a_batch(
    settings: Settings, site: Site, temp: Path, name: str, engine: str, wait: Callable[[Program], list[str]]
) -> list[dict]:
    """Save links in a process, `wait` once it has fetched something, kill it; what it said."""
    site.first.clear()
    kind = "drawn" if engine != "http" else "k"
    urls = [f"{site.address}/{(kind, 'k')[n % 2]}{name}/{n}.html" for n in range(LINKS)]
    program = Program(settings, temp, "save", "--json", "--engine", engine, *urls)
    assert site.first.wait(120)
    said = wait(program)
    return [json.loads(line) for line in (*said, *program.kill())]


def kill_and_look(
    settings: Settings, site: Site, temp: Path, kills: int, seed: int, engine: str, most: int
) -> int:
    moments, said, log = random.Random(seed), list[dict](), list[str]()
    for n in range(kills):
        told = kill_a_batch(settings, site, temp, f"{seed}n{n}", engine, a_moment(moments, most))
        left_open = list(settings.archive_folder.glob(f"*{OPEN}"))
        begun = time.monotonic()
        with Core.open(settings) as core:
            assert time.monotonic() - begun < 100
            assert [row for row in told if row["error"]] == []
            for row in told:
                whole(core, row["snapshot"], row["url"])
            assert list(core.verify().damages) == []
            nothing_is_orphaned(settings, core, temp)
        said += told
        log += [path.name for path in left_open]
    with Core.open(settings) as core:
        for row in said:
            whole(core, row["snapshot"], row["url"])
        for link in core.home().links:  # what was swept up without having been said is whole too
            assert link.best
            whole(core, link.best.id, link.url)
    return len(said)


def test_a_killed_batch_keeps_what_it_said(settings: Settings, site: Site, temp: Path) -> None:
    assert kill_and_look(settings, site, temp, kills=2, seed=1, engine="http", most=20) > 0


@pytest.mark.parametrize(
    "settings", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True
)
def test_a_killed_batch_of_pages_in_the_browser_keeps_what_it_said_and_leaves_no_browser(
    settings: Settings, site: Site, temp: Path
) -> None:
    kill_and_look(settings, site, temp, kills=1, seed=5, engine="auto", most=4)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_batch_with_the_browser_killed_twenty_times_keeps_what_it_said(
    settings: Settings, site: Site, temp: Path
) -> None:
    assert kill_and_look(settings, site, temp, kills=20, seed=6, engine="auto", most=8) > 20


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_batch_killed_fifty_times_keeps_what_it_said(settings: Settings, site: Site, temp: Path) -> None:
    assert kill_and_look(settings, site, temp, kills=50, seed=2, engine="http", most=30) > 50


def test_what_a_kill_left_is_swept_up_with_a_word_in_the_log(
    settings: Settings, site: Site, temp: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def writing(_: Program) -> list[str]:
        until(lambda: list(settings.archive_folder.glob(f"*{OPEN}")))
        return []

    for n in range(5):  # it may close its file in the very moment
        kill_a_batch(settings, site, temp, f"w{n}", "http", writing)
        if list(settings.archive_folder.glob(f"*{OPEN}")):
            break
    (left,) = settings.archive_folder.glob(f"*{OPEN}")
    with Core.open(settings):
        assert any(left.name.removesuffix(OPEN) in record.message for record in caplog.records)


def ask(port: int, path: str, body: dict | None = None) -> dict:
    address, data = f"http://127.0.0.1:{port}{path}", json.dumps(body).encode() if body else None
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.loads(answer.read())


def serving(settings: Settings, temp: Path) -> tuple[Program, int]:
    port = free_port()
    program = Program(settings, temp, "serve", "--port", str(port))
    assert program.process.stdout and b"http://" in program.process.stdout.readline()
    return program, port


def kill_the_server(
    settings: Settings, site: Site, temp: Path, kills: int, links: int, seed: int, most_s: float
) -> None:
    """Ask for links, kill the server again and again; each start takes the job up by itself, to its end."""
    moments = random.Random(seed)
    urls = [f"{site.address}/j{seed}/{n}.html" for n in range(links)]
    program, port = serving(settings, temp)
    job = ask(port, "/api/jobs", {"text": "\n".join(urls)})["id"]
    for _ in range(kills):
        time.sleep(moments.uniform(0, most_s))
        program.kill()
        program, port = serving(settings, temp)
        items = ask(port, f"/api/jobs/{job}")["items"]
        assert {item["state"] for item in items} <= {"waiting", "running", "done"}
    until(lambda: {item["state"] for item in ask(port, f"/api/jobs/{job}")["items"]} == {"done"}, 250)
    program.kill()
    with Core.open(settings) as core:
        items = core.job(job).items
        assert [item.url for item in items] == urls
        for item in items:
            whole(core, item.snapshot or "", item.url)
        assert core.home().total == links
        assert list(core.verify().damages) == []
        nothing_is_orphaned(settings, core, temp)


def test_a_killed_server_takes_its_job_up_again(settings: Settings, site: Site, temp: Path) -> None:
    kill_the_server(settings, site, temp, kills=1, links=16, seed=3, most_s=0.6)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_server_killed_ten_times_saves_all_that_was_asked_for(
    settings: Settings, site: Site, temp: Path
) -> None:
    kill_the_server(settings, site, temp, kills=10, links=400, seed=4, most_s=1.2)
