"""Answers that Chromium treats in its own way are kept, judged and told as the server gave them."""

from __future__ import annotations

import gzip
import os

import pytest

from tests.collect.browser.conftest import Browsing, missing
from tests.collect.browser.stage import Handler, Stage, chunked, coded, ranged, reply

FILE = b"%PDF-1.4 " + bytes(9000)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_without_a_body_is_the_servers_answer(status: int, browsing: Browsing, stage: Stage):
    stage.pages = {"/": (status, [("Content-Type", "text/html")], b"")}
    made = browsing.one(stage.url("/"))
    assert (made.verdict, made.reason, made.renditions) == ("error", "http-status", ())
    assert made.page is not None and (made.page.status, made.page.body.length) == (status, 0)


def test_what_has_not_changed_when_asked_for_again_is_there(browsing: Browsing, stage: Stage):
    def list_of(handler: Handler) -> None:
        if handler.headers.get("If-None-Match"):
            handler.send_response(304)
            return handler.end_headers()
        headers = [("Content-Type", "text/plain"), ("ETag", '"1"'), ("Cache-Control", "no-cache")]
        reply(handler, 200, [*headers, ("Content-Encoding", "gzip")], gzip.compress(os.urandom(3000)))

    ask = "await (await fetch('/d.txt')).text();"
    stage.pages = {"/": f"<script type=module>{ask}{ask}</script><p>公告</p>", "/d.txt": list_of}
    made = browsing.one(stage.url("/"))
    assert stage.times("/d.txt") == 2 and (made.verdict, made.missing) == ("complete", ())


def test_an_address_of_a_hundred_thousand_characters_is_told_in_part(browsing: Browsing, stage: Stage):
    stage.pages = {"/": f"<p>公告</p><img src='/data:image/png;base64,{'A' * 210_000}'>"}
    made = browsing.one(stage.url("/"))
    assert [(len(m.url), m.reason) for m in made.missing] == [(100_000, "not-a-url")]


@pytest.mark.parametrize("kind", ["text/csv", "image/tiff"])
def test_of_a_file_that_chromium_does_not_show_nothing_is_rendered(
    kind: str, browsing: Browsing, stage: Stage
):
    stage.pages = {"/x": (200, [("Content-Type", kind)], b"a,b")}
    made = browsing.one(stage.url("/x"), renditions=("dom", "text", "screenshot"))
    assert (made.verdict, made.renditions) == ("complete", ())
    assert made.page is not None and made.page.body.read() == b"a,b"


def test_a_file_of_which_many_parts_came_is_told_once(browsing: Browsing, stage: Stage):
    ask = "".join(f"fetch('/x.pdf',{{headers:{{Range:'bytes={n}00-{n}99'}}}});" for n in range(1, 5))
    stage.pages = {
        "/": f"<p>公告</p><script>{ask}</script>",
        "/x.pdf": ranged(bytes(9000), "application/pdf"),
    }
    made = browsing.one(stage.url("/"))
    assert [(r.url, r.exchanges[-1].body.length) for r in made.requisites] == [(stage.url("/x.pdf"), 9000)]


def test_a_file_without_a_length_that_breaks_off_is_not_kept(browsing: Browsing, stage: Stage):
    stage.pages = {"/x.pdf": chunked([FILE[:500]], [("Content-Type", "application/pdf")], whole=False)}
    made = browsing.one(stage.url("/x.pdf"))
    assert (made.verdict, made.reason, made.page) == ("unreachable", "server-broke", None)


def test_a_file_without_a_length_is_kept_whole(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/x.pdf": chunked([FILE[:500], FILE[500:]], [("Content-Type", "application/pdf")]),
        "/y.pdf": coded("application/pdf", "gzip", gzip.compress(FILE)),
    }
    for made in browsing.capture(stage.url("/x.pdf"), stage.url("/y.pdf")):
        assert made.verdict == "complete" and made.page is not None
        kept = made.page.body.read()
        assert FILE in (kept, gzip.decompress(kept) if kept[:2] == b"\x1f\x8b" else b"")


def test_a_file_for_the_browser_alone_is_told_as_perhaps_not_whole(browsing: Browsing, stage: Stage):
    def choosy(handler: Handler) -> None:
        if stage.times("/x.pdf") == 1:
            return chunked([FILE], [("Content-Type", "application/pdf")])(handler)  # type: ignore[operator]
        reply(handler, 403, [("Content-Type", "text/html")], b"no")

    stage.pages = {"/x.pdf": choosy}
    made = browsing.one(stage.url("/x.pdf"))
    assert made.verdict == "partial" and missing(made) == {stage.url("/x.pdf"): "server-broke"}
    assert made.page is not None and made.page.body.read() == FILE
