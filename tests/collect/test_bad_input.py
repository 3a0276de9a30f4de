"""Each bad input ends with a clear error for that input, and the rest of the batch is captured."""

from __future__ import annotations

import gzip
import itertools
import socket
import time

import pytest

from cunzhao.collect import batch
from cunzhao.collect.types import Capture
from tests.collect.conftest import Save
from tests.collect.site import Site, bomb, raw, redirect, stream


def test_every_bad_input_of_one_batch_is_named_and_the_rest_is_captured(site: Site, save: Save):
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    site.pages |= {
        "/good.html": "<p>正文",
        "/loop1": redirect("/loop2"),
        "/loop2": redirect("/loop1"),
        "/bomb": bomb(30_000_000),
        "/stream": stream(200_000_000, chunked=True),
        "/huge": stream(200_000_000, chunked=False),
        "/slow": raw(b"", then_wait=60),
        "/slow-body": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", then_wait=60),
        "/short": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nabc"),
        "/nonsense": raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        "/silent": raw(b""),
        "/inside": redirect("http://10.0.0.1/admin"),
        "/file": redirect("file:///etc/passwd"),
        "/nowhere": redirect("http://[::1"),
        "/empty": b"",
        "/bad-gzip": (
            200,
            {"Content-Type": "text/html", "Content-Encoding": "gzip"},
            gzip.compress(b"x" * 9999)[:-9],
        ),
        "/412": (412, {"Content-Type": "text/html"}, b"<script>check()</script>"),
        "/503": (503, {"Content-Type": "text/html"}, "<script>check()</script>请稍候".encode()),
        "/503-page": (
            503,
            {"Content-Type": "text/html"},
            ("<script>x()</script>" + "系统维护中，请于明日再来。" * 9).encode(),
        ),
        "/500": (500, {"Content-Type": "text/html"}, "服务器出错，请与管理员联系".encode()),
    }
    rows = [
        (site.url("/good.html"), "complete", ""),
        ("http://nowhere.invalid/", "unreachable", "host-unknown"),
        (f"http://127.0.0.1:{closed}/", "unreachable", "connect-failed"),
        (site.url("/404"), "error", "http-status"),
        (site.url("/500"), "error", "http-status"),
        (site.url("/503-page"), "error", "http-status"),
        (site.url("/slow"), "unreachable", "timeout"),
        (site.url("/slow-body"), "unreachable", "timeout"),
        (site.url("/loop1"), "unreachable", "redirect-loop"),
        (site.url("/stream"), "unreachable", "body-too-large"),
        (site.url("/huge"), "unreachable", "body-too-large"),
        (site.url("/bomb"), "error", "decompression-bomb"),
        (site.url("/bad-gzip"), "error", "server-broke"),
        (site.url("/short"), "unreachable", "server-broke"),
        (site.url("/nonsense"), "unreachable", "server-broke"),
        (site.url("/silent"), "unreachable", "server-broke"),
        (site.url("/empty"), "error", "empty"),
        ("http://10.0.0.1/", "refused", "address-refused"),
        ("http://169.254.169.254/latest/meta-data/", "refused", "address-refused"),
        ("http://[::ffff:7f00:1]/", "refused", "address-refused"),
        (site.url("/inside"), "refused", "address-refused"),
        (site.url("/file"), "refused", "scheme-refused"),
        (site.url("/nowhere"), "unreachable", "server-broke"),
        (site.url("/412"), "challenge", "challenge"),
        (site.url("/503"), "challenge", "challenge"),
        ("file:///etc/passwd", "refused", "scheme-refused"),
        ("ftp://ftp.gov.cn/a", "refused", "scheme-refused"),
        ("javascript:alert(1)", "refused", "scheme-refused"),
        ("这不是网址", "refused", "not-a-url"),
        ("http://user:pw@127.0.0.1/", "refused", "url-credentials"),
        ("", "refused", "not-a-url"),
        (site.url("/good.html"), "complete", ""),
    ]
    made = save(
        *(url for url, _, _ in rows),
        fetch_timeout_s=10.0,  # enough for the good ones on a busy machine
        max_body_bytes=5_000_000,
        max_decoded_bytes=20_000_000,
    )
    assert [(m.requested_url, m.verdict, m.reason) for m in made] == rows
    for capture in made:
        if capture.verdict != "complete":
            assert capture.error is not None and capture.error.code == capture.reason
            assert capture.error.message("zh") and capture.error.mend("en")


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_of_200_mb_is_stopped_at_50_mb(site: Site, save: Save, chunked: bool):
    site.pages |= {"/stream": stream(200_000_000, chunked=chunked), "/good.html": "<p>正文"}
    large, good = save(
        site.url("/stream"), site.url("/good.html"), fetch_timeout_s=30, max_body_bytes=50_000_000
    )
    assert (large.verdict, large.reason, good.verdict) == ("unreachable", "body-too-large", "complete")
    assert large.error is not None and large.error.message("zh") == "正文超过上限 50000000 字节"


def test_the_answer_is_kept_where_one_came(site: Site, save: Save):
    site.pages |= {"/bomb": bomb(3_000_000), "/inside": redirect("http://10.0.0.1/")}
    missing, bomb_made, inside = save(
        site.url("/404"), site.url("/bomb"), site.url("/inside"), max_decoded_bytes=1_000_000
    )
    assert (
        missing.page is not None
        and missing.page.status == 404
        and "没有这一页" in missing.page.body.read().decode()
    )
    assert bomb_made.page is not None and gzip.decompress(bomb_made.page.body.read()) == bytes(3_000_000)
    assert [e.status for e in inside.exchanges] == [302] and inside.final_url == site.url("/inside")


@pytest.mark.parametrize("redirects", [3, 4])
def test_redirects_end_at_the_limit(site: Site, save: Save, redirects: int):
    site.pages |= {f"/{n}": redirect(f"/{n + 1}") for n in range(redirects)} | {f"/{redirects}": "<p>到了"}
    [made] = save(site.url("/0"), max_redirects=3)
    assert (made.verdict, len(made.exchanges)) == (("complete", 4) if redirects == 3 else ("unreachable", 4))


def test_an_error_names_the_address_that_failed(site: Site, save: Save):
    site.pages["/a"] = redirect("http://127.0.0.1:1/gone")
    [made] = save(site.url("/a"))
    assert made.error is not None and made.error.input == "http://127.0.0.1:1/gone"
    assert made.error.text("zh").startswith("http://127.0.0.1:1/gone：无法连接 127.0.0.1:1")


def test_a_page_that_is_too_slow_is_waited_for_no_longer_than_its_limit(site: Site, save: Save):
    site.pages["/slow"] = raw(b"", then_wait=60)
    begun = time.monotonic()
    [made] = save(site.url("/slow"), fetch_timeout_s=0.5)
    assert made.reason == "timeout" and time.monotonic() - begun < 50
    assert made.error is not None and made.error.message("zh") == "0.5 秒内没有响应完"


def test_a_dead_host_of_requisites_is_not_waited_for_again_and_again(site: Site, save: Save):
    """127.0.0.2 is allowed and hangs: after three timeouts in a row the rest is not tried."""
    with socket.create_server(("127.0.0.2", 0)) as hanging:
        port = hanging.getsockname()[1]
        site.pages["/p.html"] = "".join(f"<img src=http://127.0.0.2:{port}/{n}.png>" for n in range(30))
        [made] = save(
            site.url("/p.html"),
            fetch_timeout_s=4,
            connections_per_host=3,
            allow_hosts=("127.0.0.1", "127.0.0.2"),
        )
        tried = connections(hanging)
    assert (
        made.verdict == "partial"
        and len(made.missing) == 30
        and {m.reason for m in made.missing} == {"timeout"}
    )
    assert tried == 3


def connections(server: socket.socket) -> int:
    """How many have come that nobody accepted."""
    server.setblocking(False)
    for count in itertools.count():
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
    raise AssertionError


def test_a_host_that_answers_now_and_then_is_not_given_up(site: Site, save: Save):
    names = ["slow0", "slow1", "ok0", "slow2", "ok1"]
    site.pages["/p.html"] = "".join(f"<img src=/{n}.png>" for n in names)
    site.pages |= {"/favicon.ico": b"x"} | {
        f"/{n}.png": raw(b"", then_wait=60) if "slow" in n else b"png" for n in names
    }
    [made] = save(site.url("/p.html"), fetch_timeout_s=4, connections_per_host=1)
    assert len(made.requisites) == 3 and [m.url[-9:] for m in made.missing] == [
        "slow0.png",
        "slow1.png",
        "slow2.png",
    ]


def test_a_body_announced_as_too_large_is_not_waited_for(site: Site, save: Save):
    site.pages["/p"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", then_wait=60)
    [made] = save(site.url("/p"), fetch_timeout_s=30, max_body_bytes=1000)
    assert made.reason == "body-too-large"


def test_a_bomb_among_the_stylesheets_makes_the_page_partial(site: Site, save: Save):
    site.pages["/p.html"] = "<link rel=stylesheet href=/a.css>"
    site.pages["/a.css"] = (
        200,
        {"Content-Type": "text/css", "Content-Encoding": "gzip"},
        gzip.compress(bytes(3_000_000)),
    )
    [made] = save(site.url("/p.html"), max_decoded_bytes=1_000_000)
    assert (made.verdict, made.missing[0].reason, len(made.requisites)) == (
        "partial",
        "decompression-bomb",
        1,
    )


def test_a_fault_of_ours_costs_one_url_only(site: Site, save: Save, monkeypatch: pytest.MonkeyPatch):
    whole = batch.capture_page

    async def faulty(given: str, *rest: object) -> Capture:
        if given.endswith("boom"):
            raise ZeroDivisionError("a bug")
        return await whole(given, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "capture_page", faulty)
    site.pages |= {"/good.html": "<p>正文"}
    boom, good = save(site.url("/boom"), site.url("/good.html"))
    assert (boom.verdict, boom.reason) == ("unreachable", "error") and good.verdict == "complete"
    assert boom.error is not None and "ZeroDivisionError" in boom.error.text("zh")


def test_a_closed_gate_fails_each_url_and_reaches_nothing(site: Site, tmp_path):
    from cunzhao.egress.gate import Gate
    from cunzhao.settings import Settings

    settings = Settings(home=tmp_path, allow_hosts=("127.0.0.1",))
    with Gate(settings) as gate:
        pass
    [(_, made)] = batch.capture_batch([site.url("/good.html")], settings=settings, gate=gate)
    assert made.verdict == "unreachable" and site.asked == []
