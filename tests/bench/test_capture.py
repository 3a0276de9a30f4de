"""What the benchmark of capture measures is so: seconds of the whole tree, and bytes that are exactly there."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bench.capture import kept
from bench.capture.content import HABITS, NEED_NO_SCRIPT, Maker

ROOT = Path(__file__).parents[2]
BURN = "import time\nends=time.process_time()+0.5\nwhile time.process_time()<ends: pass\n"


def measured(staged: str, code: str) -> dict[str, Any]:
    asked = [sys.executable, "-m", "bench.capture.measure", staged, sys.executable, "-c", code]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT, timeout=200)
    return json.loads(done.stdout)


def test_cpu_seconds_of_a_grandchild_count_even_if_its_parent_leaves_it_behind() -> None:
    child = f"import subprocess,sys; subprocess.Popen([sys.executable,'-c',{BURN!r}])"
    cost = measured("whole", child)
    assert cost["code"] == 0 and 0.5 <= cost["cpu"] < 10


def test_what_a_staged_tool_does_before_it_begins_and_after_it_has_done_does_not_count() -> None:
    code = (
        f"{BURN}\nprint('ready',flush=True); input()\nx=bytes(60_000_000)\nprint('done',flush=True)\n{BURN}"
    )
    cost = measured("staged", code)
    assert cost["cpu"] < 0.5 and cost["wall"] < 60 and cost["code"] == 0


def test_the_most_memory_of_the_tree_is_seen() -> None:
    code = "print('ready',flush=True); input(); import time; x=b'1'*80_000_000; time.sleep(3); print('done',flush=True)"
    assert 80_000_000 < measured("staged", code)["peak"] < 140_000_000


def test_the_site_holds_every_kind_of_page_and_every_habit_and_is_the_same_each_time() -> None:
    site, some, again = (Maker("http://a.example", "http://b.example").made(n) for n in (60, 8, 8))
    assert {page.kind for page in site.pages} == {"static", "lazy", "hidden", "script"}
    assert again.resources == some.resources and again.pages == some.pages
    assert all(url in site.resources for page in site.pages for url in page.required)
    assert {resource.coding for resource in site.resources.values()} == {"br", "gzip", "identity"}
    html = {page.url: site.resources[page.url] for page in site.pages}
    assert sum("gb2312" in resource.mime for resource in html.values()) == 3
    assert all(
        25_000 < len(html[page.url].body) < 75_000 for page in site.pages if page.kind in NEED_NO_SCRIPT
    )
    assert len(HABITS) == 5


@pytest.fixture
def left(tmp_path: Path) -> Iterator[tuple[dict[str, Any], Path]]:
    """A manifest of one page with two resources, and a folder in which a bare fetch left both."""
    bodies = {"http://a.example/": b"<html>page", "http://a.example/p.png": b"\x89PNG picture"}
    lines = []
    for n, (url, body) in enumerate(bodies.items()):
        coding, sent = ("gzip", gzip.compress(body)) if n == 0 else ("", body)
        (tmp_path / f"{n}.body").write_bytes(sent)
        lines.append(json.dumps([url, coding, str(tmp_path / f"{n}.body")]))
    (tmp_path / "run0.index").write_text("\n".join(lines))
    resources = {url: {"decoded": kept._sha(body)} for url, body in bodies.items()}
    page = {"url": "http://a.example/", "kind": "static", "required": list(bodies)}
    yield {"pages": [page], "resources": resources}, tmp_path


def test_a_resource_is_kept_if_its_decoded_bytes_are_exactly_there(left: tuple[dict[str, Any], Path]) -> None:
    manifest, folder = left
    assert kept.completeness(manifest, kept.of_files(folder), ("static",)) == 1
    assert kept.size(folder, ("*.body",)) == sum(path.stat().st_size for path in folder.glob("*.body"))


def test_one_changed_byte_is_missing(left: tuple[dict[str, Any], Path]) -> None:
    manifest, folder = left
    (folder / "1.body").write_bytes(b"\x89PNG pictura")
    assert kept.completeness(manifest, kept.of_files(folder), ("static",)) == 0.5
    assert kept.completeness(manifest, kept.of_files(folder), ("static",), images=True) == 0
