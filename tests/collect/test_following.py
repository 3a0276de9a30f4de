"""The further pages of an article come with its first one; what came up meanwhile is captured in the batch."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cunzhao.collect.batch import capture_batch
from cunzhao.collect.types import Body, Capture, Exchange, Rendition
from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings
from tests.collect.conftest import Save
from tests.collect.site import PNG, Site, redirect


def following(exchange: Exchange) -> str | None:
    """The reader's part, played by a pattern: `next="…"` somewhere in the page."""
    found = re.search(r'next="([^"]*)"', exchange.body.read().decode())
    return found[1] if found else None


def article(site: Site, pages: int) -> None:
    """/1.html to /N.html, each naming the next, with one image of its own and one of all."""
    for n in range(1, pages + 1):
        onward = f'next="/{n + 1}.html"' if n < pages else ""
        site.pages[f"/{n}.html"] = f"<p {onward}>第{n}页</p><img src=/own{n}.png><img src=/all.png>"
        site.pages[f"/own{n}.png"] = PNG
    site.pages["/all.png"] = PNG


def pages_of(made: Capture, site: Site) -> list[str]:
    return [r.url.removeprefix(site.url("")) for r in made.requisites if r.role == "next-page"]


def test_the_pages_of_an_article_are_kept_in_order_with_what_they_need(site: Site, save: Save):
    article(site, 3)
    [made] = save(site.url("/1.html"), following=following)
    assert (made.verdict, made.missing, made.final_url) == ("complete", (), site.url("/1.html"))
    assert pages_of(made, site) == ["/2.html", "/3.html"]
    kept = [r.url.removeprefix(site.url("")) for r in made.requisites]
    assert sorted(kept) == ["/2.html", "/3.html", "/all.png", "/own1.png", "/own2.png", "/own3.png"]
    assert site.times("/all.png") == 1
    assert made.conditions and made.conditions.ended >= made.started


def test_without_the_readers_judgement_no_page_is_followed(site: Site, save: Save):
    article(site, 2)
    [made] = save(site.url("/1.html"))
    assert pages_of(made, site) == [] and site.times("/2.html") == 0


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b"<h1>404</h1>"), "status-404"),
        ((412, {}, b"<script>$_ts={}</script>"), "status-412"),
        ("<title>404</title><p>您访问的页面不存在或已删除</p>".encode(), "soft-404"),
        (redirect("http://127.0.0.2:9/"), "address-refused"),
    ],
)
def test_a_page_that_does_not_come_is_told_and_the_article_is_partial(
    site: Site, save: Save, answer: object, reason: str
):
    article(site, 3)
    site.pages["/2.html"] = answer if isinstance(answer, tuple) else (200, {}, answer)
    [made] = save(site.url("/1.html"), following=following)
    assert [(m.url, m.role, m.reason) for m in made.missing] == [(site.url("/2.html"), "next-page", reason)]
    assert (made.verdict, made.reason, pages_of(made, site)) == ("partial", reason, [])


def test_an_article_ends_where_its_pages_lead_back_and_leaves_no_host(site: Site, save: Save):
    article(site, 3)
    site.pages["/3.html"] = '<p next="/1.html">第3页</p>'
    site.pages["/4.html"] = redirect("/1.html")
    site.pages["/a.html"] = '<p next="/4.html">后面没有了，站点把人送回第一页</p>'
    site.pages["/b.html"] = '<p next="http://elsewhere.example/2.html">另一个网站</p>'
    round_, back, out = save(*(site.url(f"/{name}.html") for name in ("1", "a", "b")), following=following)
    assert pages_of(round_, site) == ["/2.html", "/3.html"]
    assert [made.verdict for made in (round_, back, out)] == ["complete"] * 3
    assert pages_of(out, site) == [] and out.missing == ()


def test_no_more_pages_than_the_settings_say_and_the_rest_is_told(site: Site, save: Save):
    article(site, 5)
    [made] = save(site.url("/1.html"), following=following, next_pages=2)
    assert pages_of(made, site) == ["/2.html", "/3.html"]
    assert [(m.role, m.reason) for m in made.missing] == [("next-page", "too-many")]
    [alone] = save(site.url("/1.html"), following=following, next_pages=0)
    assert (alone.verdict, pages_of(alone, site)) == ("complete", [])


def test_of_a_browsers_capture_the_reader_is_asked_about_the_page_after_its_scripts(site: Site, save: Save):
    article(site, 2)
    drawn = site.pages["/1.html"]
    site.pages["/1.html"] = "<script>document.write(…)</script>"

    async def browse(given: str, report: object, reason: str) -> Capture:
        [made] = save(given)
        shown = Body([str(drawn).encode()])
        dom = Rendition(kind="dom", mime="text/html; charset=utf-8", made=datetime.now(UTC), body=shown)
        return replace(made, renditions=(dom,), engine="browser")

    [made] = save(site.url("/1.html"), following=following, engine="browser", browse=browse)
    assert (made.engine, pages_of(made, site)) == ("browser", ["/2.html"])


def test_addresses_that_come_up_are_captured_before_what_waits_and_numbered_on(site: Site, tmp_path: Path):
    site.pages |= {f"/{n}.html": f"<p>第{n}页</p>" for n in range(6)} | {"/a.pdf": b"%PDF-1.7"}
    urls = [site.url(f"/{n}.html") for n in range(6)]
    came_up = [[site.url("/a.pdf")]]
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",), pages_at_once=1)
    with Gate(settings) as gate:
        taken = [
            (index, made.final_url)
            for index, made in capture_batch(
                urls, settings=settings, gate=gate, further=lambda: came_up.pop() if came_up else []
            )
        ]
    assert sorted(taken) == [*enumerate(urls), (6, site.url("/a.pdf"))]
    assert [index for index, _ in taken].index(6) <= 4  # two were under way or waited to be taken
