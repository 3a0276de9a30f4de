"""A page becomes a capture: verdicts, files, what is fetched besides, what the batch shares, time and death."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from cunzhao.collect.browser import visit
from cunzhao.collect.fetch import Fetched, Fetcher
from cunzhao.collect.references import Reference
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture
from tests.collect.browser.conftest import Browsing, answers, missing, png
from tests.collect.browser.stage import Stage, chunked, moved, reply, silent

HTML = [("Content-Type", "text/html; charset=utf-8")]


@pytest.mark.parametrize(
    ("url", "verdict", "reason"),
    [
        ("不是网址", "refused", "not-a-url"),
        ("file:///etc/passwd", "refused", "scheme-refused"),
        ("http://10.1.2.3/", "refused", "address-refused"),
        ("https://10.1.2.3/", "refused", "address-refused"),
        ("http://no-such-host.invalid/", "unreachable", "host-unknown"),
        ("http://127.0.0.1:9999/", "unreachable", "connect-failed"),
    ],
)
def test_what_cannot_be_reached_says_why(browsing: Browsing, url: str, verdict: str, reason: str):
    made = browsing.one(url)
    assert (made.verdict, made.reason, made.exchanges) == (verdict, reason, ())
    assert made.error and made.error.code == reason and made.requested_url == url


def test_answers_that_are_no_page_have_their_verdict(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/gone": (404, HTML, "<h1>页面不存在</h1>".encode()),
        "/broken": (500, HTML, b"<h1>500</h1>"),
        "/check": (412, HTML, b"<script>1</script>"),
        "/wait": (503, HTML, "<title>请稍候</title><script>1</script>".encode()),
        "/empty": (200, HTML, b""),
        "/nothing": (204, [], b""),
        "/cut": chunked([b"<p>half"], HTML, whole=False),
        "/mute": mute,
    }
    paths = list(stage.pages)
    made = dict(zip(paths, browsing.capture(*map(stage.url, paths)), strict=True))
    told = {
        path: (one.verdict, one.reason, one.page.status if one.page else None) for path, one in made.items()
    }
    assert told == {
        "/gone": ("error", "http-status", 404),
        "/broken": ("error", "http-status", 500),
        "/check": ("challenge", "challenge", 412),
        "/wait": ("challenge", "challenge", 503),
        "/empty": ("error", "empty", 200),
        "/nothing": ("error", "empty", 204),
        "/cut": ("unreachable", "server-broke", None),
        "/mute": ("unreachable", "server-broke", None),
    }


def mute(handler):
    handler.close_connection = True


@pytest.mark.parametrize("to", ["/round", "/self"])
def test_redirects_without_end_are_given_up(browsing: Browsing, stage: Stage, to: str):
    stage.pages = {
        "/round": moved(302, "/round"),
        "/self": "<script>location = '/self?' + Math.random()</script>",
    }
    stage.answer = following(stage)  # type: ignore[method-assign]
    made = browsing.one(stage.url(to), max_redirects=4)
    assert made.reason == "redirect-loop"
    assert len(made.exchanges) <= 6


def following(stage: Stage):
    usual = stage.answer

    def answer(handler):
        handler.path = handler.path.partition("?")[0]
        usual(handler)

    return answer


@pytest.mark.parametrize(
    "headers",
    [
        [("Content-Type", "application/pdf")],
        [("Content-Type", "application/vnd.ms-excel")],
        [("Content-Type", "text/html"), ("Content-Disposition", 'attachment; filename="a.html"')],
    ],
)
def test_a_file_is_kept_and_not_shown(browsing: Browsing, stage: Stage, headers: list[tuple[str, str]]):
    stage.pages = {"/old": moved(302, "/file"), "/file": (200, headers, b"%PDF-1.4 bytes")}
    made = browsing.one(stage.url("/old"))
    assert made.verdict == "complete" and made.page and made.page.body.read() == b"%PDF-1.4 bytes"
    assert [e.status for e in made.exchanges] == [302, 200] and stage.times("/file") == 1


def test_plain_text_and_pictures_are_pages_too(browsing: Browsing, stage: Stage):
    stage.pages = {"/a.txt": "文本".encode("gbk"), "/p.png": png(7)}
    made = browsing.capture(stage.url("/a.txt"), stage.url("/p.png"))
    assert [one.verdict for one in made] == ["complete", "complete"]
    assert [one.page.body.read() for one in made if one.page] == ["文本".encode("gbk"), png(7)]


def test_what_is_named_and_not_asked_for_by_the_browser_is_fetched_besides(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<link rel=stylesheet href=/print.css media=print><link rel=stylesheet href=/a.css>"
        "<img src=/s.png srcset='/m.png 2x, /l.png 3x'>"
        "<picture><source media='(max-width: 100px)' srcset=/phone.png><img src=/desk.png></picture>",
        "/print.css": "body { background: url(/paper.png) }",
        "/a.css": "@media (max-width: 10px) { p { background: url(/narrow.png) } }"
        "@font-face { font-family: f; src: url(/f.woff2) }",
        "/favicon.ico": png(9),
        "/f.woff2": b"wOF2",
        **{
            f"/{n}.png": png(i) for i, n in enumerate(("s", "m", "l", "phone", "desk", "paper", "narrow"), 20)
        },
    }
    made = browsing.one(stage.url("/"))
    assert set(answers(made)) == set(stage.pages) and made.verdict == "complete"
    assert all(stage.times(path) == 1 for path in stage.pages)


def test_pages_of_a_batch_share_requisites(browsing: Browsing, stage: Stage):
    page = "<link rel=stylesheet href=/a.css><img src=/p.png><script src=/a.js></script><title>{}</title>"
    stage.pages = {f"/{n}.html": page.format(n) for n in range(6)}
    stage.pages |= {
        "/a.css": "p { background: url(/bg.png) }",
        "/p.png": png(30),
        "/a.js": "var a",
        "/bg.png": png(31),
    }
    stage.pages["/a.css"] = (200, [("Content-Type", "text/css")], b"body { background: url(/bg.png) }")
    made = browsing.capture(*(stage.url(f"/{n}.html") for n in range(6)), browser_pages=3)
    assert {one.verdict for one in made} == {"complete"}
    for path in ("/a.css", "/p.png", "/a.js", "/bg.png"):
        assert stage.times(path) == 1
        assert len({id(answers(one)[path]) for one in made}) == 1


def test_both_engines_share_requisites(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<link rel=stylesheet href=/a.css><img src=/p.png><img src=/q.png>",
        "/a.css": "p { color: red }",
        "/p.png": png(40),
        "/q.png": png(41),
    }

    async def run() -> tuple[list[Fetched], Capture, Fetched]:
        settings = browsing.settings
        async with Fetcher(settings, browsing.gate) as fetcher:
            shared = Shared(fetcher, settings.max_decoded_bytes)
            named = [Reference(stage.url("/a.css"), "stylesheet"), Reference(stage.url("/p.png"), "image")]
            before = [await shared.fetch(wanted, stage.url("/")) for wanted in named]
            made = await browsing.capture_with(stage.url("/"), fetcher, shared, settings)
            return before, made, await shared.fetch(Reference(stage.url("/q.png"), "image"), stage.url("/"))

    before, made, after = browsing.do(run())
    assert made.verdict == "complete"
    assert [stage.times(path) for path in ("/a.css", "/p.png", "/q.png")] == [1, 1, 1]
    assert [answers(made)[path] for path in ("/a.css", "/p.png")] == [one.exchanges[0] for one in before]
    assert after.exchanges == (answers(made)["/q.png"],)


def test_what_was_made_for_one_visitor_is_not_shared(browsing: Browsing, stage: Stage):
    count = iter(range(100))

    def personal(handler):
        headers = [("Content-Type", "image/png"), ("Vary", "Cookie")]
        reply(handler, 200, headers, png(50 + next(count)))

    stage.pages = {"/1": "<img src=/p.png>", "/2": "<img src=/p.png>", "/p.png": personal}
    made = browsing.capture(stage.url("/1"), stage.url("/2"))
    assert stage.times("/p.png") == 2
    assert answers(made[0])["/p.png"].body.read() != answers(made[1])["/p.png"].body.read()


def test_pages_know_nothing_of_each_other(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<script>document.cookie = 'seen=1'; localStorage.seen = 1</script>",
        "/after": "<script>fetch('/told', {method: 'POST', body: document.cookie + localStorage.seen})</script>",
        "/told": "ok",
    }
    first, then = browsing.one(stage.url("/")), browsing.one(stage.url("/after"))
    assert answers(then)["/told"].request_body == b"undefined"
    assert (
        first.conditions
        and then.conditions
        and first.conditions.fresh_profile is then.conditions.fresh_profile is True
    )


def test_popups_dialogs_and_permissions_do_not_hold_a_page_up(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/": "<script>alert(1); confirm(2); prompt(3); window.open('/pop'); onbeforeunload = () => 1;"
        "Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0)</script><p>text",
        "/pop": "<p>pop",
    }
    made = browsing.one(stage.url("/"))
    assert made.verdict == "complete"


def test_time_is_bounded_where_the_page_itself_does_not_come(browsing: Browsing, stage: Stage):
    until = threading.Event()
    stage.pages = {"/": silent(until)}
    began = time.monotonic()
    made = browsing.one(stage.url("/"), browser_timeout_s=2.0)
    until.set()
    assert (made.verdict, made.reason) == ("unreachable", "timeout") and time.monotonic() - began < 80


def test_a_page_that_hangs_is_tried_once_more_and_keeps_what_came(
    browsing: Browsing, stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(visit, "_HANG_S", 5.0)
    monkeypatch.setattr(visit, "_PING_S", 0.3)
    until = threading.Event()
    waiting = "<script>x = new XMLHttpRequest(); x.open('GET', '/x', false); x.send()</script>"
    stage.pages = {
        "/": f"<img src=/p.png>{waiting}",  # hangs as one that counts for ever does, and costs no processor
        "/x": silent(until),
        "/p.png": png(60),
        "/next": "<p>next",
    }
    made, fine = browsing.capture(stage.url("/"), stage.url("/next"))
    until.set()
    assert stage.times("/") == 2 and made.page and made.page.status == 200
    assert (made.verdict, missing(made)[stage.url("/")]) == ("partial", "browser-failed")
    assert fine.verdict == "complete" and made.seconds < 200


def test_a_page_that_crashes_is_tried_once_more(
    browsing: Browsing, stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    stage.pages = {"/": "<p>text</p>", "/bad": "<p>text</p>"}
    real, crashes = visit.behave, []

    async def behave(page, cdp, traffic, *, quiet_s, ends):
        if page.url.endswith("/bad") or not crashes:
            crashes.append(page.url)
            asyncio.ensure_future(cdp.send("Page.crash")).add_done_callback(lambda done: done.exception())
            await asyncio.sleep(150)  # till it has crashed
        return await real(page, cdp, traffic, quiet_s=quiet_s, ends=ends)

    monkeypatch.setattr(visit, "behave", behave)
    assert browsing.one(stage.url("/")).verdict == "complete"
    assert len(crashes) == 1
    made = browsing.one(stage.url("/bad"))
    assert len(crashes) == 3 and (made.verdict, made.reason) == ("partial", "browser-failed")


def test_what_was_observed_is_told(browsing: Browsing, stage: Stage):
    stage.pages = {"/": f"<img src={stage.url('/p.png', 'localhost')}>", "/p.png": png(70)}
    made = browsing.one(stage.url("/"))
    assert made.conditions
    told = made.conditions.session["browser"]
    assert (
        told["version"].split(".")[0].isdecimal() and told["digest"].startswith("sha256:") and told["program"]
    )
    assert "Headless" not in told["user_agent"] and stage.asked[0].headers["User-Agent"] == told["user_agent"]
    reached = {(one.host, one.port, one.address) for one in made.conditions.lookups}
    assert reached == {("127.0.0.1", stage.port, "127.0.0.1"), ("localhost", stage.port, "127.0.0.1")}
    assert browsing.gate.seen("page-anything").opened == ()


def test_the_verdict_is_read_from_the_page_after_its_scripts(browsing: Browsing, stage: Stage):
    gone = "document.body.innerHTML = '<h1>抱歉，您访问的页面不存在</h1>'; document.title = '页面不存在'"
    stage.pages = {
        "/gone": f"<body><script>{gone}</script>",
        "/drawn": f"<body><div id=app></div><script>app.innerHTML = '<p>{'本项目由市政府组织实施。' * 40}'</script>",
    }
    missing_page, drawn = browsing.capture(stage.url("/gone"), stage.url("/drawn"))
    assert (missing_page.verdict, drawn.verdict) == ("soft-404", "complete")


def test_a_picture_that_had_to_be_cut_is_told_and_the_page_is_complete(browsing: Browsing, stage: Stage):
    stage.pages = {
        "/tall": (200, HTML, "<p style='height:30000px'>很长的一页</p>".encode()),
        "/short": (200, HTML, "<p>很短的一页</p>".encode()),
    }
    tall, short = browsing.capture(stage.url("/tall"), stage.url("/short"), renditions=("screenshot",))
    assert (tall.verdict, tall.reason) == (short.verdict, short.reason) == ("complete", "")
    assert missing(tall) == {f"urn:screenshot:{stage.url('/tall')}": "not-rendered"}
    assert short.missing == () and [r.kind for r in tall.renditions] == ["screenshot"]
