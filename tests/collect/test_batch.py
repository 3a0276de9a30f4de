"""Captures over real sockets: requisites, sharing, politeness, faithful bytes."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import http.server
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cunzhao.collect import look, shared
from cunzhao.collect.batch import capture, capture_batch
from cunzhao.collect.fetch import Fetched
from cunzhao.collect.references import Reference
from cunzhao.collect.types import Body, Capture, Exchange, Progress
from cunzhao.egress.gate import Gate, Opened
from cunzhao.errors import CunzhaoError
from cunzhao.settings import Settings
from tests import loops
from tests.collect.conftest import Save
from tests.collect.site import PNG, Site, raw, redirect


def an_exchange(url: str) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    return Exchange(
        id=str(uuid.uuid4()), url=url, started=datetime.now(UTC), seconds=0.0, peer=None, request_head=b"",
        response_head=head, status=200, headers=(), body=Body([b"x"]),
    )  # fmt: skip


def brought(made: Capture, site: Site) -> dict[str, str]:
    return {r.url.removeprefix(site.url("")): r.role for r in made.requisites}


def fill(site: Site) -> None:
    site.pages |= {
        "/plan.html": """<html><head><link rel=stylesheet href=/css/a.css><link rel=icon href=/i.png></head>
            <body background=/bg.png><img srcset="/s1.png 1x, /s2.png 2x" src=/s1.png><img data-src=/lazy.png>
            <script src=/a.js></script><iframe src=/frame.html></iframe></body></html>""",
        "/css/a.css": "@import 'b.css'; @font-face{src:url(/f.woff2)}",
        "/css/b.css": "@import 'a.css'; h1{background:url(../deep.png)}",
        "/frame.html": "<img src=/in-frame.png><iframe src=/frame2.html></iframe>",
        "/frame2.html": "<img src=/in-frame2.png>",
        "/f.woff2": b"font", "/a.js": "1",
    } | {f"/{n}.png": PNG for n in ("i", "bg", "s1", "s2", "lazy", "deep", "in-frame", "in-frame2")}  # fmt: skip


def test_a_page_is_kept_with_everything_it_names(site: Site, save: Save):
    fill(site)
    [made] = save(site.url("/plan.html"))
    assert (made.verdict, made.reason, made.missing, made.error) == ("complete", "", (), None)
    assert brought(made, site) == {
        "/css/a.css": "stylesheet", "/css/b.css": "stylesheet", "/i.png": "icon", "/bg.png": "image",
        "/s1.png": "image", "/s2.png": "image", "/lazy.png": "image", "/a.js": "script", "/f.woff2": "font",
        "/frame.html": "frame", "/frame2.html": "frame", "/deep.png": "image", "/in-frame.png": "image",
        "/in-frame2.png": "image",
    }  # fmt: skip
    assert {site.times(a.path) for a in site.asked} == {1}
    assert next(r for r in made.requisites if r.role == "font").exchanges[-1].body.read() == b"font"


def test_requisites_of_a_batch_are_fetched_once_and_shared(site: Site, save: Save):
    """Asked for at the same moment too: the sheet is slow, and all pages are under way together."""
    site.slow = 0.1
    site.pages |= {
        f"/{n}.html": "<link rel=stylesheet href=/a.css><link rel=icon href=/i.png>" for n in range(6)
    }
    site.pages |= {"/a.css": "h1{background:url(/bg.png)}", "/bg.png": PNG, "/i.png": PNG}
    made = save(*(site.url(f"/{n}.html") for n in range(6)), pages_at_once=6)
    assert [m.verdict for m in made] == ["complete"] * 6
    assert {p: site.times(p) for p in ("/a.css", "/bg.png", "/i.png")} == {
        "/a.css": 1,
        "/bg.png": 1,
        "/i.png": 1,
    }
    assert len({r.exchanges[0].id for m in made for r in m.requisites}) == 3


def test_order_is_restored_by_the_index(site: Site, tmp_path: Path):
    site.pages |= {"/fast.html": "<p>x"}
    fast_has_come = threading.Event()

    def slowly(handler: object) -> None:
        fast_has_come.wait(60)
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi")(handler)

    site.pages["/slow.html"] = slowly
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",), fetch_timeout_s=60)
    with Gate(settings) as gate:
        order = []
        for index, _ in capture_batch(
            [site.url("/slow.html"), site.url("/fast.html")], settings=settings, gate=gate
        ):
            order.append(index)
            fast_has_come.set()
    assert order == [1, 0]


def test_a_missing_requisite_makes_a_page_partial_and_says_why(site: Site, save: Save):
    site.pages["/p.html"] = (
        "<link rel=icon href=/gone.ico><img src=/gone.png><img src=http://10.0.0.1/a.png><img src=/ok.png>"
    )
    site.pages["/ok.png"] = PNG
    [made] = save(site.url("/p.html"))
    assert made.verdict == "partial" and made.reason == "status-404" and made.error is None
    assert [(m.url.removeprefix(site.url("")), m.role, m.reason) for m in made.missing] == [
        ("/gone.ico", "icon", "status-404"),
        ("/gone.png", "image", "status-404"),
        ("http://10.0.0.1/a.png", "image", "address-refused"),
    ]


def test_an_icon_that_no_page_names_is_tried_and_not_missed(site: Site, save: Save):
    site.pages["/p.html"] = "<p>正文"
    [made] = save(site.url("/p.html"))
    assert site.times("/favicon.ico") == 1 and made.verdict == "complete" and made.requisites == ()
    site.pages["/favicon.ico"] = PNG
    [made] = save(site.url("/p.html"))
    assert brought(made, site) == {"/favicon.ico": "icon"}


def test_what_is_not_html_has_no_requisites(site: Site, save: Save):
    site.pages["/a.pdf"] = b"%PDF-1.4 <img src=/no.png>"
    [made] = save(site.url("/a.pdf"))
    assert (made.verdict, made.requisites, len(site.asked)) == ("complete", (), 1)


def test_more_requisites_than_allowed_are_named_as_missing(site: Site, save: Save):
    site.pages["/p.html"] = "<link rel=icon href=/i0.png>" + "".join(f"<img src=/i{n}.png>" for n in range(9))
    site.pages |= {f"/i{n}.png": PNG for n in range(9)}
    [made] = save(site.url("/p.html"), max_requisites=5)
    assert (
        len(made.requisites) == 5
        and {m.reason for m in made.missing} == {"too-many"}
        and len(made.missing) == 4
    )


def test_frames_are_followed_two_deep_and_the_third_is_named_as_missing(site: Site, save: Save):
    site.pages |= {f"/{n}.html": f"<iframe src=/{n + 1}.html></iframe>" for n in range(5)}
    [made] = save(site.url("/0.html"))
    assert brought(made, site) == {"/1.html": "frame", "/2.html": "frame"}
    assert [(m.url, m.reason) for m in made.missing] == [(site.url("/3.html"), "too-deep")]


def test_a_frame_that_shows_its_own_page_ends(site: Site, save: Save):
    site.pages["/p.html"] = "<iframe src=/p.html></iframe><iframe src='?a'></iframe>"
    site.pages["/p.html?a"] = "<iframe src=/p.html></iframe>"
    [made] = save(site.url("/p.html"))
    assert made.verdict == "complete" and site.times("/p.html") == 1


def test_bytes_are_kept_as_they_came(site: Site, save: Save):
    body = gzip.compress("嘉委〔2008〕8号".encode() * 9, mtime=0)
    head = (
        b"HTTP/1.1 200 Fine\r\nsErVer:  odd \r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nX-Raw: \xce\xc4\r\nContent-Length: %d\r\n\r\n"
        % len(body)
    )
    site.pages["/a"] = raw(head + body)
    [made] = save(site.url("/a#part"))
    assert made.page is not None
    assert made.page.response_head == head and made.page.body.read() == body
    assert made.page.request_head.startswith(b"GET /a HTTP/1.1\r\nHost: 127.0.0.1:")
    assert made.page.request_head.endswith(b"\r\n\r\n") and b"Proxy" not in made.page.request_head
    assert made.page.peer == "127.0.0.1" and made.page.url == site.url("/a")
    assert made.page.header("server") == "odd" and ("X-Raw", "\xce\xc4") in made.page.headers


def test_a_transfer_coding_that_is_undone_stands_under_a_renamed_header(site: Site, save: Save):
    site.pages["/a"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    )
    [made] = save(site.url("/a"))
    assert made.page is not None and made.page.body.read() == b"abcde"
    assert (
        made.page.response_head
        == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n"
    )
    assert made.page.header("Transfer-Encoding") == "" and made.page.header("Content-Length") == ""


def test_redirects_are_followed_and_each_hop_is_kept(site: Site, save: Save):
    site.pages |= {"/a": redirect("/b?x#frag", 301), "/b?x": redirect("c/", 307), "/c/": "<p>到了"}
    [made] = save(site.url("/a"))
    assert [(e.url.removeprefix(site.url("")), e.status) for e in made.exchanges] == [
        ("/a", 301),
        ("/b?x", 307),
        ("/c/", 200),
    ]
    assert made.final_url == site.url("/c/") and made.requested_url == site.url("/a")


def test_a_redirected_requisite_keeps_its_hops(site: Site, save: Save):
    site.pages |= {
        "/p.html": "<link rel=stylesheet href=/a.css>",
        "/a.css": redirect("/sub/a.css"),
        "/sub/a.css": "a{b:url(x.png)}",
        "/sub/x.png": PNG,
    }
    [made] = save(site.url("/p.html"))
    assert [len(r.exchanges) for r in made.requisites] == [2, 1]
    assert brought(made, site) == {"/a.css": "stylesheet", "/sub/x.png": "image"}


def test_pages_of_other_charsets_name_their_requisites(site: Site, save: Save):
    html = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><img src='/图.png'><img src='/p.asp?n=图'>"
    site.pages["/gbk"] = (200, {"Content-Type": "text/html"}, html.encode("gb18030"))
    site.pages["/utf16"] = (200, {"Content-Type": "text/html"}, "<img src=/u.png>".encode("utf-16"))
    site.pages |= {
        "/%E5%9B%BE.png": PNG,
        "/p.asp?n=%CD%BC": (200, {"Content-Type": "image/png"}, PNG),
        "/u.png": PNG,
    }
    assert [m.verdict for m in save(site.url("/gbk"), site.url("/utf16"))] == ["complete", "complete"]
    assert all(site.times(p) == 1 for p in ("/%E5%9B%BE.png", "/p.asp?n=%CD%BC", "/u.png"))


def test_requests_look_like_a_chinese_browsers_and_carry_no_cookie(site: Site, save: Save):
    site.pages["/p.html"] = (200, {"Content-Type": "text/html", "Set-Cookie": "a=1"}, b"<img src=/i.png>")
    site.pages["/i.png"] = PNG
    save(site.url("/p.html"))
    page, image = (next(a for a in site.asked if a.path == p) for p in ("/p.html", "/i.png"))
    assert (
        page.headers["Accept-Language"].startswith("zh-CN")
        and page.headers["Accept-Encoding"] == "gzip, deflate, br"
    )
    assert "Referer" not in page.headers and image.headers["Referer"] == site.url("/p.html")
    assert image.headers["Accept"].startswith("image/") and "Cookie" not in image.headers


def test_no_more_connections_than_allowed_are_open_to_a_host(site: Site, save: Save, opened: list[Opened]):
    three = threading.Barrier(3)  # the first of them wait for each other, however slowly they come

    def together(handler: http.server.BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            three.wait(120)
        time.sleep(0.05)  # for a fourth, were there one
        raw(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\nx", close=False)(handler)

    site.pages["/p.html"] = "<link rel=icon href='data:,'>" + "".join(
        f"<img src=/i{n}.png>" for n in range(12)
    )
    site.pages |= {f"/i{n}.png": together for n in range(12)}
    save(site.url("/p.html"), connections_per_host=3, fetch_timeout_s=150)
    assert site.busiest == 3 and len({a.peer_port for a in site.asked}) <= 3


def test_requests_to_one_host_keep_their_distance(site: Site, save: Save):
    site.pages |= {f"/{n}.html": "<p>x" for n in range(4)} | {"/favicon.ico": PNG}
    begun = time.monotonic()
    save(*(site.url(f"/{n}.html") for n in range(4)), host_delay_s=0.2)
    times = sorted(a.at - begun for a in site.asked)
    # A busy machine may bring a request late, never early: the n-th is let go 0.2 s after the one before.
    assert len(times) == 5 and all(at > 0.2 * n for n, at in enumerate(times))


def test_every_connection_that_reaches_the_site_has_passed_the_gate(
    site: Site, save: Save, opened: list[Opened]
):
    fill(site)
    save(site.url("/plan.html"), site.url("/none.html"))
    with Site(tls=True) as secure:
        save(secure.url("/plan.html"))
        passed = {o.local_port for o in opened}
        assert [a for s in (site, secure) for a in s.asked if a.peer_port not in passed] == []
    assert len(site.asked) > 10


def test_https_is_verified_end_to_end(save: Save):
    import ssl

    with Site({"/p.html": "<img src=/i.png>", "/i.png": PNG}, tls=True) as secure:
        [made] = save(secure.url("/p.html"))
        assert (made.verdict, made.reason) == ("unreachable", "tls-failed") and secure.asked == []
        assert made.error is not None and "self-signed" in made.error.values["detail"]
        trusting = ssl.create_default_context(cafile=str(Path(__file__).with_name("self-signed.pem")))
        [made] = save(secure.url("/p.html"), tls=trusting)
        assert made.verdict == "complete" and made.page is not None and made.page.peer == "127.0.0.1"


def test_progress_is_told_and_a_broken_watcher_stops_nothing(site: Site, save: Save):
    fill(site)
    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        raise RuntimeError("broken watcher")

    [made] = save(site.url("/plan.html"), on_progress=watch)
    assert made.verdict == "complete"
    assert (seen[0].step, seen[1].step, seen[-1].step) == ("started", "page", "done")
    assert [p.fetched for p in seen] == sorted(p.fetched for p in seen)
    assert (seen[-1].fetched, seen[-1].known) == (14, 14)


def test_a_slow_taker_holds_the_batch_back(site: Site, tmp_path: Path):
    site.pages |= {f"/{n}.html": "<link rel=icon href='data:,'>x" for n in range(30)}
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",), pages_at_once=2)
    with Gate(settings) as gate:
        taking = capture_batch([site.url(f"/{n}.html") for n in range(30)], settings=settings, gate=gate)
        next(taking)
        time.sleep(0.4)
        assert len([a for a in site.asked if a.path != "/favicon.ico"]) <= 5
        assert len(list(taking)) == 29


def test_a_batch_that_is_left_ends_its_thread(site: Site, tmp_path: Path):
    site.slow = 0.2
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",))
    with Gate(settings) as gate:
        taking = capture_batch([site.url(f"/{n}") for n in range(50)], settings=settings, gate=gate)
        next(taking)
        taking.close()  # type: ignore[attr-defined]
        assert not [t for t in threading.enumerate() if t.name == "capture"]
    assert len(site.asked) < 50


def test_a_server_that_sends_more_than_it_announced_does_not_shift_the_next_answer(site: Site, save: Save):
    forged = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 6\r\n\r\nforged"
    site.pages["/p.html"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\n<img src=/i.png>" + forged,
        close=False,
    )
    site.pages["/i.png"] = PNG
    [made] = save(site.url("/p.html"), connections_per_host=1)
    assert [r.exchanges[0].body.read() for r in made.requisites] == [PNG]


def test_a_kept_connection_that_the_server_has_closed_is_tried_anew(site: Site, save: Save):
    calls = []

    def once(handler: object) -> None:
        calls.append(1)
        answer = (
            b""
            if len(calls) == 1
            else b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
        )
        raw(answer)(handler)

    site.pages["/p.html"] = once
    assert save(site.url("/p.html"))[0].verdict == "complete"


def test_what_stands_after_a_semicolon_in_a_path_is_asked_for(site: Site, save: Save):
    """httpcore's own reading of a URL drops it."""
    site.pages["/a.do;jsessionid=1F?x=1;y=2"] = "<link rel=icon href='data:,'>x"
    assert save(site.url("/a.do;jsessionid=1F?x=1;y=2"))[0].verdict == "complete"


def test_a_site_that_sends_visitors_back_with_a_cookie_is_passed(site: Site, save: Save):
    def check(handler: http.server.BaseHTTPRequestHandler) -> None:
        ok = handler.headers.get("Cookie") == "seen=1"
        answer = (
            b"200 OK\r\n" if ok else b"302 Found\r\nSet-Cookie: seen=1; Path=/; HttpOnly\r\nLocation: /p\r\n"
        )
        handler.wfile.write(
            b"HTTP/1.1 " + answer + b"Content-Type: text/html\r\nContent-Length: 16\r\n\r\n<img src=/i.png>"
        )

    site.pages |= {"/p": check, "/i.png": PNG, "/other": "<p>x"}
    made, other = save(site.url("/p"), site.url("/other"), pages_at_once=1)
    assert [e.status for e in made.exchanges] == [302, 200] and made.verdict == "complete"
    assert b"\r\nCookie: seen=1\r\n" in made.exchanges[1].request_head and other.page is not None
    later = [a for a in site.asked if a.path != "/p"]
    assert later and not any("Cookie" in a.headers for a in later)  # not kept for requisites or other pages


def test_a_head_with_bare_line_feeds_is_mended_and_says_so(site: Site, save: Save):
    """Readers of WARC (fastwarc) take it for one line, and the page for empty."""
    site.pages["/a"] = raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 2\n\nhi")
    [made] = save(site.url("/a"))
    assert made.page is not None and made.page.body.read() == b"hi"
    assert made.page.response_head == (
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Line-Ends: LF\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n"
    )


def test_a_page_too_large_to_be_searched_to_its_end_is_partial(
    site: Site, save: Save, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(look, "_LOOKED_AT", 1000)
    site.pages |= {
        "/p.html": "<link rel=icon href=/i.png>" + " " * 2000 + "<img src=/late.png>",
        "/i.png": PNG,
    }
    [made] = save(site.url("/p.html"))
    assert (made.verdict, made.reason) == ("partial", "file-too-large") and brought(made, site) == {
        "/i.png": "icon"
    }


def test_bodies_of_a_long_batch_are_let_go_the_longest_unasked_first(
    site: Site, save: Save, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared, "_HELD_BYTES", 2 * len(PNG) + 10)
    site.pages |= {f"/{n}.html": f"<link rel=icon href=/i.png><img src=/{n}.png>" for n in range(6)}
    site.pages |= {f"/{n}.png": PNG for n in (*range(6), "i")}
    made = save(*(site.url(f"/{n}.html") for n in (0, 1, 2, 3, 4, 5, 0)), pages_at_once=1)
    assert {m.verdict for m in made} == {"complete"}
    assert site.times("/0.png") == 2 and site.times("/i.png") == 1


def test_a_page_that_is_given_up_leaves_the_shared_fetch_to_the_others():
    class Slow:
        async def fetch(self, url: str, role: str, referer: str) -> Fetched:
            await asyncio.sleep(0.05)
            return Fetched(exchanges=())

    async def both() -> Fetched:
        made = shared.Shared(Slow(), 1)  # type: ignore[arg-type]
        wanted = Reference("http://a.cn/a.css", "stylesheet")
        first, second = (asyncio.create_task(made.fetch(wanted, "")) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert loops.run(both()) == Fetched(exchanges=())


@pytest.mark.long
def test_a_thousand_pages_end_with_a_thousand_captures(site: Site, save: Save):
    site.pages |= {f"/{n}.html": f"<link rel=stylesheet href=/a.css><img src=/{n}.png>" for n in range(1000)}
    site.pages |= {f"/{n}.png": PNG for n in range(1000)} | {"/a.css": ""}
    made = save(*(site.url(f"/{n}.html") for n in range(1000)))
    assert {m.verdict for m in made} == {"complete"} and site.times("/a.css") == 1


def test_one_url_alone(site: Site, tmp_path: Path):
    site.pages["/p.html"] = "x"
    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",))
    with Gate(settings) as gate:
        assert capture(site.url("/p.html"), settings=settings, gate=gate).verdict == "complete"


def test_what_another_engine_fetched_is_shared_and_told_without_waiting():
    async def run() -> None:
        asked: list[str] = []

        class Web:
            async def fetch(self, url: str, role: str, referer: str) -> Fetched:
                asked.append(url)
                await asyncio.sleep(0.02)
                return Fetched(exchanges=())

        made = shared.Shared(Web(), 1)  # type: ignore[arg-type]
        wanted = Reference("http://a.cn/a.css", "stylesheet")
        assert made.ready(wanted.url) is None
        theirs = Fetched(exchanges=(an_exchange(wanted.url),))
        made.put(wanted.url, theirs)
        made.put(wanted.url, Fetched(exchanges=(an_exchange(wanted.url),)))  # the first one stays
        assert made.ready(wanted.url) is theirs and await made.fetch(wanted, "") is theirs and asked == []
        other = Reference("http://a.cn/b.css", "stylesheet")
        waiting = asyncio.create_task(made.fetch(other, ""))
        await asyncio.sleep(0)
        assert made.ready(other.url) is None  # on its way
        await waiting
        made.put("http://a.cn/c.css", Fetched(exchanges=(), error=CunzhaoError("http://a.cn/c.css")))
        assert made.ready("http://a.cn/c.css") is None  # a failure is nothing to share

    loops.run(run())
