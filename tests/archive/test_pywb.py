"""Another program replays what was written: pywb (GPL, so only beside the project, in an environment of its own)."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from cunzhao.archive.cdxj import cdxj
from cunzhao.archive.store import Archive
from cunzhao.collect.types import Capture, Requisite
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from tests.archive.making import capture, exchange, requisite, save
from tests.archive.test_browser_capture import post, rendition, shown
from tests.serving import free_port
from tests.waiting import until

ENVIRONMENT = Path(__file__).parents[2] / ".venv-pywb"
REQUIREMENTS = Path(__file__).with_name("pywb-requirements.txt")
PAGE = "<html><head><link rel=stylesheet href=/s.css></head><h1>绍兴</h1>".encode() + b" " * 2000
DOM = "<html><h1>绍兴</h1><p>drawn by script</p></html>".encode()
SITE = "http://drawn.example"
CSS = b"h1 { color: red }" + b"\n" * 1000


def program(name: str) -> str:
    scripts = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin")
    return str(scripts / name)


@pytest.fixture(scope="session")
def pywb() -> None:
    """In an environment of its own beside the project, made once and used again."""
    with FileLock(f"{ENVIRONMENT}.lock"):
        if not Path(program("wayback")).exists():
            subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
            subprocess.run([program("python"), "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)


def on_day(day: int) -> datetime:
    return datetime(2026, 3, day, 8, 30, 15, 250000, UTC)


def browsed(day: int) -> Capture:
    """As the browser engine brings a page: its coding undone, a POST, renditions, the conditions."""
    when = on_day(day)
    page = exchange(f"{SITE}/drawn", PAGE + b"drawn", when=when)
    head = page.response_head.replace(
        b"\r\n\r\n", b"\r\nX-Archive-Orig-Content-Encoding: br\r\nDate: day %d\r\n\r\n" % day
    )
    return shown(
        f"{SITE}/drawn",
        renditions=(rendition("dom", DOM, when), rendition("screenshot", b"\x89PNG" * 200, when)),
        exchanges=(replace(page, response_head=head),),
        started=when,
        requisites=tuple(
            Requisite(url=f"{SITE}/api", role="xhr", exchanges=(replace(told, started=when),))
            for told in (post(f"{SITE}/api", b"page=%d" % n, b'{"n":%d}' % n) for n in (1, 2))
        ),
    )


@pytest.fixture
def replay(pywb: None, lite: Settings, tmp_path: Path) -> Iterator[str]:
    """The address of a wayback machine that has our WARC files, and nothing else of ours."""
    database = open_database(lite)
    archive = Archive(lite, database)
    page = exchange("http://gov.example/a.html", PAGE, when=on_day(1))
    css = requisite("stylesheet", "http://gov.example/s.css", CSS, "text/css", when=on_day(1))
    save(archive, database, capture(page, css), "s1")
    again = exchange("http://gov.example/a.html", PAGE, when=on_day(2), headers=(("X-Told", "second"),))
    elsewhere = exchange("http://other.example/copy.html", PAGE, when=on_day(3))
    written = [save(archive, database, capture(again), "s2")]
    archive.close()  # the third refers to a record in another file
    written.append(save(archive, database, capture(elsewhere), "s3"))
    assert [one.records[0].type for one in written] == ["revisit", "revisit"]
    for day in (4, 5):
        save(archive, database, browsed(day), f"s{day}")
    (_, again_drawn), *_ = archive.contents("s5")
    assert again_drawn.type == "revisit" and again_drawn.size < 400  # it tells no head
    archive.close()
    database.close()
    subprocess.run([program("wb-manager"), "init", "kept"], cwd=tmp_path, check=True, capture_output=True)
    files = sorted(lite.archive_folder.glob("*.warc.gz"))
    added = subprocess.run(
        [program("wb-manager"), "add", "kept", *files], cwd=tmp_path, check=True, capture_output=True
    )
    assert b"Error" not in added.stdout + added.stderr
    _index_with_posts(tmp_path / "collections" / "kept", files)
    yield from _served(tmp_path)


def _index_with_posts(collection: Path, files: list[Path]) -> None:
    """pywb's own index of our files with what was posted, in place of the one that knows no POST."""
    index = collection / "indexes" / "index.cdxj"
    made = [program("cdx-indexer"), "--sort", "--cdxj", "--postappend", "--output", index, *files]
    subprocess.run(made, check=True, capture_output=True)


def _served(folder: Path) -> Iterator[str]:
    port = free_port()
    asked = [program("wayback"), "-b", "127.0.0.1", "-p", str(port), "-t", "1"]
    process = subprocess.Popen(asked, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None, "pywb ended"
        yield f"http://127.0.0.1:{port}/kept"
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).close()
    except OSError:
        return False
    return True


def got(url: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=120) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def test_pywb_replays_a_page_its_stylesheet_and_revisits(replay: str) -> None:
    assert got(f"{replay}/20260301083015id_/http://gov.example/a.html")[0] == PAGE
    assert got(f"{replay}/20260301083015id_/http://gov.example/s.css")[0] == CSS
    revisit, headers = got(f"{replay}/20260302083015id_/http://gov.example/a.html")
    assert revisit == PAGE
    assert "second" in (
        headers.get("x-archive-orig-x-told"),
        headers.get("x-told"),
    )  # the revisit's own headers
    assert got(f"{replay}/20260303083015id_/http://other.example/copy.html")[0] == PAGE
    shown = got(f"{replay}/20260302083015mp_/http://gov.example/a.html")[0].decode()
    assert "绍兴" in shown and "/kept/20260302083015cs_/http://gov.example/s.css" in shown
    with pytest.raises(urllib.error.HTTPError, match="404"):
        got(f"{replay}/20260301083015id_/http://gov.example/never-kept")


def test_pywb_replays_a_browser_capture_its_posts_and_a_revisit_without_a_head(replay: str) -> None:
    first = got(f"{replay}/20260304083015id_/{SITE}/drawn")
    again = got(f"{replay}/20260305083015id_/{SITE}/drawn")
    assert first[0] == again[0] == PAGE + b"drawn"
    assert again[1]["content-type"] == "text/html; charset=utf-8"
    assert "content-encoding" not in again[1]  # the body has none any more
    assert got(f"{replay}/20260304083015id_/urn:dom:{SITE}/drawn")[0] == DOM
    for n in (1, 2):
        asked = urllib.request.Request(f"{replay}/20260305083015id_/{SITE}/api", data=b"page=%d" % n)
        with urllib.request.urlopen(asked, timeout=120) as answer:
            assert answer.read() == b'{"n":%d}' % n


def test_the_keys_of_our_index_are_those_of_pywb_posts_included(pywb: None, lite: Settings) -> None:
    database = open_database(lite)
    archive = Archive(lite, database)
    save(archive, database, browsed(4), "s4")
    archive.close()
    (path,) = lite.archive_folder.glob("*.warc.gz")
    told = subprocess.run(
        [program("cdx-indexer"), "--sort", "--cdxj", "--postappend", path],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    theirs = {line.split(" ")[0] for line in told.stdout.splitlines() if "{" in line and "urn:" not in line}
    ours = {line.split(" ")[0] for line in cdxj(r for _, r in archive.contents("s4") if "urn:" not in r.url)}
    database.close()
    assert ours == theirs and sum("__wb_method=post" in key for key in ours) == 2
