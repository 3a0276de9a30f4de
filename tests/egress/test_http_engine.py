"""The table of tricks through the http engine: pages, redirects, requisites; and an allowed host on each path."""

from __future__ import annotations

from pathlib import Path

import pytest

from cunzhao.collect.batch import capture_batch
from cunzhao.collect.types import Capture
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings
from tests.collect.site import Site
from tests.egress.hostile import Trap, eventually_quiet, hostile_pages, intranet_pages
from tests.egress.tricks import HOSTS, JOURNEYS


def capture(tmp_path: Path, url: str, *allow: str) -> Capture:
    settings = Settings(home=tmp_path, allow_hosts=allow, fetch_timeout_s=60)
    with Gate(settings) as gate:
        [(_, made)] = capture_batch([url], settings=settings, gate=gate)
    return made


@pytest.fixture
def trap():
    with Trap() as made:
        yield made


@pytest.mark.parametrize("page", ["/all", "/hosts"])
def test_no_requisite_of_a_hostile_page_is_had_from_where_it_must_not(tmp_path: Path, trap: Trap, page: str):
    with Site(pages=hostile_pages(trap)) as site:
        made = capture(tmp_path, site.url(page), f"127.0.0.1:{site.port}")
    assert eventually_quiet(trap) == []
    assert made.verdict == "partial" and made.page and made.page.status == 200
    wanted = {m.url: m.reason for m in made.missing if m.url.split("/")[2] != f"127.0.0.1:{site.port}"}
    assert set(wanted.values()) <= {"address-refused", "host-unknown"}
    if page == "/hosts":
        assert len(wanted) > len(HOSTS) / 2
    else:
        named = {url.rsplit("/", 1)[1] for url in wanted}
        assert {
            "image.png", "set2.png", "source.png", "background.png", "sheet.css", "import.css", "imported.css",
            "in-sheet.png", "font.woff2", "script.js", "icon.ico", "frame", "preload.png",
        } - named == set()  # fmt: skip


def test_no_redirect_leads_where_it_must_not(tmp_path: Path, trap: Trap):
    with Site(pages=hostile_pages(trap)) as site:
        for name in JOURNEYS:
            made = capture(tmp_path, site.url(f"/{name}"), f"127.0.0.1:{site.port}")
            if name.startswith("redirect"):
                assert (made.verdict, made.reason) == ("refused", "address-refused")
    assert eventually_quiet(trap) == []


@pytest.mark.parametrize("form", ["host", "host:port"])
def test_an_allowed_host_works_on_every_path(tmp_path: Path, form: str):
    with Site() as site, Site() as other:
        site.pages |= intranet_pages(other)
        site.pages["/start"] = (302, {"Location": site.url("/")}, b"")
        allow = ("127.0.0.1",) if form == "host" else (f"127.0.0.1:{site.port}", f"127.0.0.1:{other.port}")
        made = capture(tmp_path, site.url("/start"), *allow)
    had = {r.url.rsplit("/", 1)[1]: r.exchanges[-1].status for r in made.requisites}
    assert {"a.css": 200, "a.png": 200, "moved.png": 200, "f": 200}.items() <= had.items()
    assert all("refused" not in m.reason for m in made.missing)
