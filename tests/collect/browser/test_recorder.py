"""What the servers sent is what is kept: bodies, heads, redirects, frames, workers, what did not come."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Mapping
from typing import Any

import brotli
import pytest
import zstandard

from cunzhao.collect.browser import bodies
from cunzhao.collect.types import Body
from tests.collect.browser.conftest import Browsing, answers, missing, png
from tests.collect.browser.stage import Stage, chunked, coded, moved, ranged, silent

TEXT = "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：" * 40


def test_bodies_are_kept_byte_for_byte_whatever_their_coding(browsing: Browsing, stage: Stage):
    css, script, data = b"body{color:#123}" * 200, b"window.x=1;" * 300, TEXT.encode()
    gbk = f"<meta charset=gb2312><title>通知</title><p>{TEXT}".encode("gb18030")
    stage.pages = {
        "/": "<link rel=stylesheet href=/a.css><script src=/a.js></script><img src=/p.png>"
        "<script>fetch('/d.txt')</script><iframe src=/gbk.htm></iframe>",
        "/a.css": coded("text/css", "br", brotli.compress(css)),
        "/a.js": coded("text/javascript", "gzip", gzip.compress(script)),
        "/d.txt": coded("text/plain", "zstd", zstandard.compress(data)),
        "/gbk.htm": (200, [("Content-Type", "text/html; charset=gb2312")], gbk),
        "/p.png": png(1),
    }
    made = browsing.one(stage.url("/"))
    kept = {path: exchange.body.read() for path, exchange in answers(made).items()}
    assert kept == {
        "/": stage.pages["/"].encode(),  # type: ignore[union-attr]
        "/a.css": css,
        "/a.js": script,
        "/d.txt": data,
        "/gbk.htm": gbk,
        "/p.png": png(1),
    }
    assert (made.verdict, made.engine, made.engine_reason) == ("complete", "browser", "asked")
    sheet = answers(made)["/a.css"]
    assert sheet.header("content-encoding") == "" and sheet.header("x-archive-orig-content-encoding") == "br"
    assert sheet.header("x-archive-orig-content-length") == str(len(brotli.compress(css)))
    assert answers(made)["/p.png"].header("content-length") == str(len(png(1)))


def test_heads_are_kept_as_sent_and_hold_nothing_of_the_gate(browsing: Browsing, stage: Stage):
    cookies = [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; HttpOnly")]
    stage.pages = {
        "/": (
            200,
            [("Content-Type", "text/html"), *cookies, ("X-Odd", "é")],
            b"<img src=/p.png?q=%E4%B8%AD>",
        ),
        "/p.png?q=%E4%B8%AD": png(2),
    }
    made = browsing.one(stage.url("/"))
    page, picture = answers(made)["/"], answers(made)["/p.png?q=%E4%B8%AD"]
    assert page.response_head.startswith(b"HTTP/1.1 200 OK\r\n") and page.response_head.endswith(b"\r\n\r\n")
    assert b"Set-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; HttpOnly\r\n" in page.response_head
    assert b"X-Odd: \xe9\r\n" in page.response_head
    host = f"Host: 127.0.0.1:{stage.port}\r\n".encode()
    assert picture.request_head.startswith(b"GET /p.png?q=%E4%B8%AD HTTP/1.1\r\n" + host)
    assert b"Cookie: a=1; b=2\r\n" in picture.request_head
    for exchange in (page, picture):
        assert b"proxy-" not in exchange.request_head.lower() and b"Headless" not in exchange.request_head
        assert (exchange.peer, exchange.protocol, exchange.status) == ("127.0.0.1", "http/1.1", 200)
    sent = {name.lower() for name in stage.asked[0].headers}
    told = {line.split(b":")[0].decode().lower() for line in page.request_head.split(b"\r\n")[1:] if line}
    assert told == sent - {"connection", "proxy-connection"}


@pytest.mark.parametrize("announced", [pytest.param(True, marks=pytest.mark.long), False])
def test_a_large_body_is_kept_whole_and_the_page_gets_it_too(
    browsing: Browsing, stage: Stage, announced: bool
):
    large = os.urandom(1000) * 30_000
    headers = [("Content-Type", "application/octet-stream")]
    pieces = [large[at : at + 5_000_000] for at in range(0, len(large), 5_000_000)]
    stage.pages = {
        "/": "<title>…</title><script>fetch('/large').then(r => r.arrayBuffer())"
        ".then(b => fetch('/seen', {method: 'POST', body: String(b.byteLength)}))</script>",
        "/large": (200, headers, large) if announced else chunked(pieces, headers),
        "/seen": "thanks",
    }
    made = browsing.one(stage.url("/"))
    assert answers(made)["/large"].body.read() == large
    assert answers(made)["/seen"].request_body == b"30000000"
    assert made.verdict == "complete"


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_too_large_for_one_piece_is_streamed_and_one_that_breaks_off_is_not_kept(
    browsing: Browsing, stage: Stage, monkeypatch: pytest.MonkeyPatch, whole: bool
):
    streamed, read = [], bodies._streamed

    async def watched(send: bodies.Send, paused: Mapping[str, Any]) -> Body:
        streamed.append(paused["request"]["url"])
        return await read(send, paused)

    def broken(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "7000000")
        handler.end_headers()
        handler.wfile.write(large)
        handler.close_connection = True

    monkeypatch.setattr(bodies, "_WHOLE", 1_000_000)
    monkeypatch.setattr(bodies, "_streamed", watched)
    large, headers = os.urandom(5_000_000), [("Content-Type", "application/octet-stream")]
    stage.pages = {
        "/": "<title>…</title><script>fetch('/large').then(r => r.arrayBuffer())"
        ".then(b => fetch('/seen', {method: 'POST', body: String(b.byteLength)})).catch(e => 0)</script>",
        "/large": (200, headers, large) if whole else broken,
        "/seen": "thanks",
    }
    made = browsing.one(stage.url("/"))
    assert streamed == [stage.url("/large")]
    if whole:
        assert answers(made)["/large"].body.read() == large
        assert answers(made)["/seen"].request_body == b"5000000"
    else:
        assert missing(made) == {stage.url("/large"): "server-broke"} and "/seen" not in answers(made)


def test_a_body_above_the_limit_is_missing_by_its_name(browsing: Browsing, stage: Stage):
    headers = [("Content-Type", "application/octet-stream")]
    stage.pages = {
        "/": "<script>fetch('/announced').catch(e => 0); fetch('/chunked').catch(e => 0)</script>",
        "/announced": (200, headers, bytes(300_000)),
        "/chunked": chunked([bytes(100_000)] * 3, headers),
    }
    made = browsing.one(stage.url("/"), max_body_bytes=200_000)
    assert missing(made) == {stage.url(p): "body-too-large" for p in ("/announced", "/chunked")}
    assert made.verdict == "partial" and made.reason == "body-too-large"


def test_a_post_is_kept_with_what_was_sent(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<script>fetch('/api?a=1', {method: 'POST', body: new Uint8Array([0, 255, 128, 10])});"
        "const x = new XMLHttpRequest(); x.open('POST', '/form');"
        "x.send(new URLSearchParams({'名': '值'}))</script>",
        "/api?a=1": (200, [("Content-Type", "application/json")], b"[1]"),
        "/form": "ok",
    }
    made = browsing.one(stage.url("/"))
    api, form = answers(made)["/api?a=1"], answers(made)["/form"]
    assert (api.method, api.request_body, api.body.read()) == ("POST", b"\x00\xff\x80\n", b"[1]")
    assert form.request_body == b"%E5%90%8D=%E5%80%BC"
    assert form.request_head.startswith(b"POST /form HTTP/1.1\r\n")
    assert b"Content-Length: 19\r\n" in form.request_head


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_exchanges_of_their_own(browsing: Browsing, stage: Stage, status: int):
    stage.pages = {
        "/old": moved(status, "/new"),
        "/new": "<p>here</p><img src=/old.png>",
        "/old.png": moved(status, "/new.png"),
        "/new.png": png(3),
    }
    made = browsing.one(stage.url("/old"))
    assert [(e.url, e.status) for e in made.exchanges] == [
        (stage.url("/old"), status),
        (stage.url("/new"), 200),
    ]
    assert made.exchanges[0].header("location") == "/new" and made.final_url == stage.url("/new")
    [picture] = [r for r in made.requisites if r.role == "image"]
    assert picture.url == stage.url("/old.png")
    assert [e.status for e in picture.exchanges] == [status, 200]
    assert picture.exchanges[-1].body.read() == png(3)


@pytest.mark.parametrize(
    "first",
    [
        "<meta http-equiv=refresh content='0;url=/there'>",
        "<meta http-equiv=Refresh content='2; URL=/there'><p>三秒后跳转",
        "<script>location.href = '/there'</script>",
        "<script>setTimeout(() => location.replace('/there'), 300)</script>",
        "<form action=/there method=get></form><script>document.forms[0].submit()</script>",
    ],
)
def test_a_page_that_sends_on_by_itself_is_followed(browsing: Browsing, stage: Stage, first: str):
    stage.pages = {"/": first, "/there": "<p>there</p>", "/there?": "<p>there</p>"}
    made = browsing.one(stage.url("/"))
    assert [e.url.removesuffix("?") for e in made.exchanges] == [stage.url("/"), stage.url("/there")]
    assert made.verdict == "complete"


def test_frames_of_any_origin_are_recorded_in_full(browsing: Browsing, stage: Stage):
    other = stage.url("", "localhost")
    stage.pages = {
        "/": f"<iframe src={other}/inner.html></iframe>"
        f"<iframe sandbox=allow-scripts src={other}/boxed.html></iframe>"
        "<iframe srcdoc=\"<img src='/doc.png'>\"></iframe>",
        "/inner.html": "<img src=/inner.png><iframe src=/deep.html></iframe>",
        "/deep.html": "<script>fetch('/deep.json')</script>",
        "/boxed.html": "<script>fetch('/boxed.txt').catch(e => 0); new Image().src = '/boxed.png'</script>",
        "/deep.json": "{}",
        "/boxed.txt": "for nobody",
        **{f"/{name}.png": png(n) for n, name in enumerate(("inner", "boxed", "doc"), 10)},
    }
    made = browsing.one(stage.url("/"))
    assert set(answers(made)) == set(stage.pages)
    roles = {r.url.rpartition("/")[2]: r.role for r in made.requisites}
    assert roles == {
        "inner.html": "frame", "deep.html": "frame", "boxed.html": "frame", "inner.png": "image",
        "boxed.png": "image", "doc.png": "image", "deep.json": "xhr", "boxed.txt": "xhr",
    }  # fmt: skip
    assert made.verdict == "complete"


def test_what_a_worker_asks_for_is_recorded(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<script>new Worker('/w.js'); new SharedWorker('/s.js')</script>",
        "/w.js": "importScripts('/lib.js'); fetch('/data.json'); fetch('http://127.0.0.1:9/').catch(e => 0)",
        "/lib.js": "var lib = 1",
        "/data.json": "[1, 2]",
        "/s.js": "1",
    }
    made = browsing.one(stage.url("/"))
    assert set(answers(made)) == set(stage.pages)
    roles = {r.url.rpartition("/")[2]: r.role for r in made.requisites}
    assert roles == {"w.js": "worker", "lib.js": "script", "data.json": "xhr", "s.js": "worker"}
    assert missing(made)[stage.url("/s.js")] == "not-capturable"  # what a shared worker fetches is not seen


def test_a_partial_answer_is_fetched_whole_and_never_kept_for_the_whole(browsing: Browsing, stage: Stage):
    video = os.urandom(50_000)
    stage.pages = {
        "/": "<video src=/v.mp4 preload=auto></video>"
        "<script>fetch('/r.txt', {headers: {Range: 'bytes=2-3'}})</script>",
        "/v.mp4": ranged(video, "video/mp4"),
        "/r.txt": ranged(b"0123456789", "text/plain"),
    }
    made = browsing.one(stage.url("/"))
    kept = {path: (e.status, e.body.read()) for path, e in answers(made).items() if path != "/"}
    assert kept == {"/v.mp4": (200, video), "/r.txt": (200, b"0123456789")}
    assert {r.role for r in made.requisites} == {"media", "xhr"}


def test_sockets_and_endless_streams_are_told_and_not_waited_for(browsing: Browsing, stage: Stage):
    open_until = threading.Event()

    def events(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        handler.wfile.write(b"data: 1\n\n")
        handler.wfile.flush()
        open_until.wait(120)
        handler.close_connection = True

    stage.pages = {
        "/": "<script>new WebSocket('ws://' + location.host + '/ws'); new EventSource('/events')</script>",
        "/events": events,
    }
    made = browsing.one(stage.url("/"))
    open_until.set()
    assert missing(made) == {
        f"ws://127.0.0.1:{stage.port}/ws": "not-capturable",
        stage.url("/events"): "late",
    }


def test_what_did_not_come_is_told_with_its_reason(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<img src=http://no-such-host.invalid/a.png><img src=http://127.0.0.1:9999/b.png>"
        "<img src=/404.png><img src=http://10.0.0.1/c.png><img src=http://127.0.0.2/d.png>"
        "<script src=/cut.js></script><img src=https://10.0.0.1/e.png>"
        f"<img src=https://127.0.0.1:{stage.port}/f.png>",
        "/cut.js": chunked([b"var a = 1;"], [("Content-Type", "text/javascript")], whole=False),
    }
    made = browsing.one(stage.url("/"))
    assert missing(made) == {
        "http://no-such-host.invalid/a.png": "host-unknown",
        "http://127.0.0.1:9999/b.png": "connect-failed",
        stage.url("/404.png"): "status-404",
        "http://10.0.0.1/c.png": "address-refused",
        "http://127.0.0.2/d.png": "address-refused",
        stage.url("/cut.js"): "server-broke",
        "https://10.0.0.1/e.png": "address-refused",
        f"https://127.0.0.1:{stage.port}/f.png": "tls-failed",
    }
    assert made.verdict == "partial"


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_a_body_shorter_than_announced_is_not_kept(browsing: Browsing, stage: Stage, coding: str):
    body = {
        "": TEXT.encode(),
        "gzip": gzip.compress(os.urandom(9000)),
        "br": brotli.compress(os.urandom(9000)),
    }[coding]

    def cut(handler):
        handler.send_response(200)
        for name, value in [
            ("Content-Type", "text/css"),
            ("Content-Encoding", coding),
            ("Content-Length", str(len(body))),
        ]:
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    stage.pages = {
        "/": "<p>正文</p><script>fetch('/cut').then(r => r.text()).catch(e => 0)</script>",
        "/cut": cut,
    }
    made = browsing.one(stage.url("/"))
    assert missing(made) == {stage.url("/cut"): "server-broke"} and "/cut" not in answers(made)


def test_what_chromiums_own_cache_brings_again_is_whole(browsing: Browsing, stage: Stage):
    script = b"var a = 1;" * 5000
    cached = [("Content-Type", "text/javascript"), ("Cache-Control", "max-age=600")]
    stage.pages = {
        "/": "<p>正文</p><iframe src=/inner.html></iframe><script>"
        "fetch('/a.js').then(() => { const s = document.createElement('script'); s.src = '/a.js';"
        "document.body.append(s); fetch('/a.js') })</script>",
        "/inner.html": "<script src=/a.js></script>",
        "/a.js": (200, [*cached, ("Content-Encoding", "gzip")], gzip.compress(script)),
    }
    made = browsing.one(stage.url("/"))
    assert made.verdict == "complete" and answers(made)["/a.js"].body.read() == script
    assert b"X-Archive-Orig-Content-Encoding: gzip\r\n" in answers(made)["/a.js"].response_head


def test_what_the_page_itself_forbids_is_told_and_does_no_harm(browsing: Browsing, stage: Stage):
    policy = ("Content-Security-Policy", "img-src 'none'")
    stage.pages = {
        "/": (200, [("Content-Type", "text/html"), policy], b"<img src=/p.png>"),
        "/p.png": png(4),
    }
    made = browsing.one(stage.url("/"))
    assert missing(made) == {stage.url("/p.png"): "blocked"} and made.verdict == "complete"


def test_what_a_script_is_told_no_belongs_to_the_page(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<script>fetch('/who.json'); navigator.sendBeacon('http://127.0.0.1:9998/count', 'x')</script>",
        "/who.json": (401, [("Content-Type", "application/json")], b"{}"),
    }
    made = browsing.one(stage.url("/"))
    assert made.verdict == "complete" and answers(made)["/who.json"].status == 401 and made.missing == ()


def test_a_requisite_that_never_answers_makes_the_page_partial_in_time(browsing: Browsing, stage: Stage):
    until = threading.Event()
    stage.pages = {"/": "<p>text</p><img src=/slow.png>", "/slow.png": silent(until)}
    made = browsing.one(stage.url("/"), browser_timeout_s=12.0)
    until.set()
    assert missing(made)[stage.url("/slow.png")] == "late"
    assert made.verdict == "partial" and made.page and made.page.status == 200 and made.seconds < 80


def test_json_seen_by_the_page_is_what_was_served(browsing: Browsing, stage: Stage):
    rows = json.dumps([{"名称": "指标", "值": n} for n in range(500)], ensure_ascii=False)
    stage.pages = {
        "/": "<div id=app></div><script type=module>const r = await fetch('/rows.json');"
        "document.title = (await r.json()).length</script>",
        "/rows.json": coded("application/json", "gzip", gzip.compress(rows.encode())),
    }
    made = browsing.one(stage.url("/"))
    assert answers(made)["/rows.json"].body.read() == rows.encode()
