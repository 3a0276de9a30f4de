"""One browser for a batch: started when needed, anew when it died, and gone with the batch."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import ssl
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from cunzhao.collect.browser import chromium as chromium_module
from cunzhao.collect.browser.chromium import Chromium
from cunzhao.collect.browser.engine import capture_in_browser
from cunzhao.collect.browser.program import arguments, digest_of, find_program, plain_user_agent
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture
from cunzhao.egress.gate import Gate
from cunzhao.errors import BrowserMissing
from cunzhao.settings import Settings
from tests.collect.browser.stage import Handler, Stage, reply, silent

#: Of the certificate in self-signed.pem: base64 of the SHA-256 of its public key, as Chromium names it.
SPKI = "dmPwYv3P3/TQVJkeXKojiKAZCSLVYFPs5HmpENp87RE="

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def browsers(gate: Gate) -> list[int]:
    """The processes of browsers that were started for this gate, helpers of the browser left out."""
    flag = f"--proxy-server=http://{gate.address[0]}:{gate.address[1]}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if flag in words and not any(word.startswith(b"--type=") for word in words):
                found.append(int(path.parent.name))
    return found


def settings_of(folder: Path, **values: object) -> Settings:
    given = {"allow_hosts": ("127.0.0.1",), "browser_timeout_s": 90.0, "renditions": (), **values}
    return Settings(home=folder, **given)  # type: ignore[arg-type]


def in_a_batch(settings: Settings, gate: Gate, work) -> Capture:
    """Run `work(capture, chromium)` in an event loop of a thread of its own."""

    async def main() -> Capture:
        async with Fetcher(settings, gate) as fetcher, Chromium(settings, gate) as chromium:
            shared = Shared(fetcher, settings.max_decoded_bytes)

            async def capture(url: str) -> Capture:
                return await capture_in_browser(
                    url, chromium, fetcher, shared, settings, lambda *_: None, reason="asked"
                )

            return await work(capture, chromium)

    done: list[Capture | BaseException] = []

    def run() -> None:
        try:
            done.append(asyncio.run(main()))
        except BaseException as exc:
            done.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(280)
    if isinstance(done[0], BaseException):
        raise done[0]
    return done[0]


def driver_of(browser: int) -> int:
    """The process that started it: Playwright's driver."""
    return int(Path(f"/proc/{browser}/stat").read_text("latin-1").rpartition(")")[2].split()[1])


@linux
@pytest.mark.parametrize("of", [int, driver_of], ids=["browser", "driver"])
def test_what_is_killed_is_started_anew_and_its_page_tried_again(
    stage: Stage, tmp_path: Path, of: Callable[[int], int]
):
    asked, killed = threading.Event(), threading.Event()

    def slow(handler: Handler) -> None:
        first = not asked.is_set()
        asked.set()
        if first:
            killed.wait(120)  # the page waits while its browser dies
        handler.close_connection = True

    stage.pages = {"/": "<p>正文</p><script src=/slow.js></script>", "/slow.js": slow}
    settings = settings_of(tmp_path, browser_timeout_s=25.0)  # only then is the driver known to be gone
    with Gate(settings) as gate:

        async def work(capture, chromium):
            made = asyncio.create_task(capture(stage.url("/")))
            while not asked.is_set():
                await asyncio.sleep(0.02)
            [first] = browsers(gate)
            os.kill(of(first), signal.SIGKILL)
            killed.set()
            done = await made
            while first in browsers(gate):  # of a killed driver the browser ends by itself, a little later
                await asyncio.sleep(0.05)
            assert len(browsers(gate)) == 1
            return done

        made = in_a_batch(settings, gate, work)
        assert stage.times("/") == 2 and made.page and made.page.status == 200
        assert browsers(gate) == []


@linux
def test_a_browser_that_takes_too_much_memory_is_ended(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stage.pages = {"/": "<p>正文</p>"}
    settings = settings_of(tmp_path)
    with Gate(settings) as gate, monkeypatch.context() as patch:
        patch.setattr(chromium_module, "_MOST_MEMORY", 1_000)
        made = in_a_batch(settings, gate, lambda capture, _: capture(stage.url("/")))
        assert made.reason == "browser-failed" and browsers(gate) == []


@linux
def test_nothing_is_started_before_the_first_page_nor_left_after_the_last(stage: Stage, tmp_path: Path):
    stage.pages = {"/": "<p>正文</p>"}
    settings = settings_of(tmp_path)
    with Gate(settings) as gate:

        async def work(capture, chromium):
            assert browsers(gate) == [] and await chromium.observed() is None
            made = await capture(stage.url("/"))
            assert len(browsers(gate)) == 1
            assert made.verdict == (await capture(stage.url("/"))).verdict == "complete"
            assert len(browsers(gate)) == 1  # the same one, warm
            return made

        in_a_batch(settings, gate, work)
        assert browsers(gate) == []


@linux
def test_a_batch_that_is_stopped_leaves_no_process(stage: Stage, tmp_path: Path):
    until = threading.Event()
    stage.pages = {"/": silent(until)}
    settings = settings_of(tmp_path)
    with Gate(settings) as gate:

        async def work(capture, chromium):
            pages = [asyncio.create_task(capture(stage.url("/"))) for _ in range(3)]
            while len(stage.asked) < 3:
                await asyncio.sleep(0.02)
            assert len(browsers(gate)) == 1
            me = asyncio.current_task()
            assert me
            asyncio.get_running_loop().call_later(0.1, me.cancel)
            try:
                await asyncio.gather(*pages)
            finally:
                for page in pages:
                    page.cancel()

        with pytest.raises(asyncio.CancelledError):
            in_a_batch(settings, gate, work)
        until.set()
        assert browsers(gate) == []


def test_at_most_so_many_pages_are_open_as_the_settings_allow(stage: Stage, tmp_path: Path):
    busy, most, lock = [0], [0], threading.Lock()
    two = threading.Barrier(2)  # the first two wait for each other, however slowly they come

    def slow(handler):
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        with contextlib.suppress(threading.BrokenBarrierError):
            two.wait(0.3 if most[0] == 2 else 60)
        threading.Event().wait(0.3)
        with lock:
            busy[0] -= 1
        reply(handler, 200, [("Content-Type", "text/html")], "<p>正文</p>".encode())

    stage.pages = {f"/{n}": slow for n in range(5)}
    settings = settings_of(tmp_path, browser_pages=2)
    with Gate(settings) as gate:

        async def work(capture, chromium):
            return (await asyncio.gather(*(capture(stage.url(f"/{n}")) for n in range(5))))[0]

        assert in_a_batch(settings, gate, work).verdict == "complete"
    assert most[0] == 2


def test_a_browser_that_is_not_there_is_named(stage: Stage, tmp_path: Path):
    stage.pages = {"/": "<p>正文</p>"}
    settings = settings_of(tmp_path, browser="/no/such/chromium")
    with pytest.raises(BrowserMissing):
        find_program(settings.browser)
    with Gate(settings) as gate:
        made = in_a_batch(settings, gate, lambda capture, _: capture(stage.url("/")))
    assert (made.verdict, made.reason, stage.asked) == ("unreachable", "browser-missing", [])
    assert made.error and "collect.browser" in made.error.mend("en")


def test_a_program_that_is_no_browser_is_told(stage: Stage, tmp_path: Path):
    settings = settings_of(tmp_path, browser=sys.executable)
    with Gate(settings) as gate:
        made = in_a_batch(settings, gate, lambda capture, _: capture(stage.url("/")))
    assert (made.verdict, made.reason) == ("unreachable", "browser-failed")


def test_the_program_is_told_by_its_bytes(tmp_path: Path):
    program = tmp_path / "program"
    program.write_bytes(b"abc")
    assert digest_of(program) == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest_of(tmp_path / "none") == ""


def test_only_the_last_list_of_disabled_features_counts_so_there_is_one():
    given = arguments(("127.0.0.1", 1))
    assert [flag.partition("=")[0] for flag in given].count("--disable-features") == 1
    assert "--proxy-server=http://127.0.0.1:1" in given and "--proxy-bypass-list=<-loopback>" in given


def test_the_user_agent_is_chromiums_own_without_headless():
    told = {"userAgent": "Mozilla/5.0 (X11) HeadlessChrome/156.0.0.0 Safari/537.36"}
    assert plain_user_agent(told) == "Mozilla/5.0 (X11) Chrome/156.0.0.0 Safari/537.36"


def test_over_tls_certificate_and_protocol_are_told(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pem = Path(__file__).parents[1] / "self-signed.pem"
    stage.pages = {"/": "<p>正文</p><img src=/p.png>", "/p.png": b"GIF89a"}
    stage.over_tls(pem)
    flags = chromium_module.arguments
    trusted = f"--ignore-certificate-errors-spki-list={SPKI}"
    monkeypatch.setattr(chromium_module, "arguments", lambda gate: [*flags(gate), trusted])
    settings = settings_of(tmp_path)
    with Gate(settings) as gate:
        made = in_a_batch(settings, gate, lambda capture, _: capture(stage.url("/")))
    assert made.verdict == "complete" and made.page and made.conditions
    assert (made.page.peer, made.page.protocol) == ("127.0.0.1", "http/1.1")
    [told] = made.conditions.certificates
    assert (told.host, told.port, told.protocol) == ("127.0.0.1", stage.port, "TLSv1.3")
    assert told.chain[0] == ssl.PEM_cert_to_DER_cert(certificate_in(pem)) and not told.whole


def certificate_in(pem: Path) -> str:
    text = pem.read_text("ascii")
    return text[text.index("-----BEGIN CERTIFICATE") :]
