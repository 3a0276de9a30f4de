"""What the real browser brought is read by other programs: warcio, fastwarc and pywb."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from cunzhao.core import Core
from cunzhao.settings import Settings
from tests.archive.test_pywb import _index_with_posts, _served, got, program, pywb

__all__ = ["pywb"]  # the fixture

DRAWN = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>绍兴</title></head><body><div id=app></div><script>"
    "fetch('/rows.json').then(a => a.json()).then(rows => {"
    "document.body.innerHTML = '<img src=/dot.svg>' + rows.map(row => '<p>' + row + '</p>').join('')})"
    "</script></body></html>"
).encode()
ROWS = ('["' + "2019年全市生产总值增长7.2%。" * 30 + '"]').encode()
DOT = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>" + b"<!-- dot -->" * 60 + b"</svg>"
FILES = {
    "/": ("text/html", DRAWN),
    "/rows.json": ("application/json", ROWS),
    "/dot.svg": ("image/svg+xml", DOT),
}


@pytest.fixture
def site() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mime, body = FILES.get(self.path, ("", b""))
            self.send_response(200 if mime else 404)
            self.send_header("Content-Type", mime or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def times(site: str, tmp_path: Path) -> list[str]:
    """When the page was captured, twice, in the 14 digits that readers ask by."""
    settings = Settings(home=tmp_path / "home", allow_hosts=("127.0.0.1",), browser_timeout_s=90)
    with Core.open(settings) as core:
        rows = [row for _ in range(2) for row in core.save([f"{site}/"], engine="browser")]
        assert [(row.verdict, row.engine) for row in rows] == [("complete", "browser")] * 2
        return [core.snapshot(row.snapshot or "").snapshot.captured.strftime("%Y%m%d%H%M%S") for row in rows]


def test_what_scripts_have_drawn_is_read_searched_and_read_again_after_a_rebuild(
    site: str, times: list[str], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home", allow_hosts=("127.0.0.1",))
    with Core.open(settings) as core:
        (link,) = core.home().links
        assert link.best
        for _ in range(2):
            page = core.snapshot(link.best.id)
            assert page.document and "生产总值增长7.2%" in page.document.text
            assert {fact.kind for fact in page.facts} >= {"figure"}
            assert core.search("生产总值").total == 1
            core.rebuild(lambda _: None)


def files_of(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "archive").glob("*.warc.gz"))


@pytest.mark.usefixtures("times")
def test_warcio_and_fastwarc_read_a_browser_capture_and_its_revisit(tmp_path: Path) -> None:
    files = files_of(tmp_path)
    checked = subprocess.run(
        [Path(sys.executable).parent / "warcio", "check", *files], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    kinds: list[str] = []
    for file in files:
        with file.open("rb") as opened:
            for record in ArchiveIterator(opened, parse_http=False):
                kinds.append(record.headers["WARC-Type"])
                # a revisit whose head did not change has no block, and so no digest of one
                assert record.content_length == 0 or record.verify_block_digest(), record.headers.asdict()
    assert kinds.count("revisit") == 3 and kinds.count("resource") >= 8


def test_pywb_replays_a_browser_capture_and_its_revisit(
    pywb: None, site: str, times: list[str], tmp_path: Path
) -> None:
    files = files_of(tmp_path)
    subprocess.run([program("wb-manager"), "init", "kept"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(
        [program("wb-manager"), "add", "kept", *files], cwd=tmp_path, check=True, capture_output=True
    )
    _index_with_posts(tmp_path / "collections" / "kept", files)
    for replay in _served(tmp_path):
        for when in times:
            for path, (_, body) in FILES.items():
                assert got(f"{replay}/{when}id_/{site}{path}")[0] == body, (when, path)
