"""The real product in a real browser: `cunzhao serve` in a process of its own, the sample site, Chromium."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.badsite import served as bad_site
from tests.databases import fresh
from tests.serving import free_port
from tests.web.journeys import morning
from tests.web.tensite import served as ten_site


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database; each data folder has one of its own."""
    kind: str = request.param
    return kind


def url_of(database: str, request: pytest.FixtureRequest) -> str:
    return fresh(request.getfixturevalue("postgres")) if database == "postgresql" else ""


def start(home: Path, port: int, sample_port: int, url: str) -> subprocess.Popen[bytes]:
    """`cunzhao serve --sample`, until its first page answers."""
    own = {"LANG": "zh_CN.UTF-8", "CUNZHAO_ALLOW_HOSTS": "127.0.0.1", "CUNZHAO_DATABASE": url}
    environ = {**os.environ, **own}
    words = ["--home", str(home), "serve", "--sample", "--port", str(port), "--sample-port", str(sample_port)]
    running = subprocess.Popen([sys.executable, "-m", "cunzhao", *words], env=environ, stdout=subprocess.PIPE)
    until = time.monotonic() + 200
    while time.monotonic() < until and running.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120).close()
            return running
        except OSError:
            time.sleep(0.1)
    running.kill()
    raise AssertionError(running.communicate()[0].decode())


@pytest.fixture(scope="module")
def product(
    database: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path, int, int]]:
    """Address, home, port and port of the sample site of a running product."""
    home, port, sample_port = tmp_path_factory.mktemp("product") / "home", free_port(), free_port()
    running = start(home, port, sample_port, url_of(database, request))
    yield f"http://127.0.0.1:{port}", home, port, sample_port
    running.send_signal(signal.SIGINT)
    assert running.wait(120) == 0


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Without script; with it goes the way from ten links to a brief."""
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1366, "height": 768}, locale="zh-CN"
    )
    page = context.new_page()
    yield page
    context.close()


def test_paste_a_link_watch_it_open_it_and_click_a_figure(page: Page, product, request) -> None:
    address = product[0]
    with bad_site() as site:
        page.goto(address)
        page.fill("#text", f"{site}/good.html?{request.node.name}\n{site}/gone.html\nhttp://10.0.0.1/")
        page.fill("#tags", "轨道")
        page.click("button.main")
        job = page.locator("[data-job]").first.get_attribute("data-job")
        page.goto(f"{address}/jobs/{job}")  # the job's own page, which renews itself without script too
        expect(page.locator(".job li.done")).to_contain_text("已保存")
        expect(page.locator(".job li.failed")).to_have_count(2)
        expect(page.locator(".job")).to_contain_text("内部地址")
        page.locator(".job li.done a").first.click()

    expect(page.frame_locator("iframe").locator("body")).to_contain_text("轨道交通运营里程达到65公里")
    page.click("a[data-fact]:has-text('28.6亿元')")
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_have_text("28.6亿元")
    expect(page.frame_locator("iframe").locator("#cunzhao-mark")).to_be_in_viewport()
    page.click("nav.tabs >> text=正文")
    expect(page.locator(".at").first).to_be_in_viewport()
    # Cut where another fact ends inside it.
    assert "".join(page.locator(".at").all_text_contents()) == "28.6亿元"


def test_a_two_character_word_is_found_and_opens_at_its_place(page: Page, product) -> None:
    page.goto(product[0])
    page.fill("input[type=search], input[name=q]", "港口")
    page.press("input[type=search], input[name=q]", "Enter")
    expect(page.locator("mark").first).to_have_text("港口")
    page.locator("a:has(mark), mark a").first.click()
    expect(page).to_have_url(re.compile(r"/snapshot/\w+\?"))
    expect(page.locator(".at").first).to_have_text("港口")


def test_tasks_contradictions_and_a_brief(page: Page, product) -> None:
    address = product[0]
    page.goto(f"{address}/tasks")
    expect(page.locator("table tbody tr").nth(9)).to_be_visible()
    page.goto(f"{address}/contradictions")
    expect(page.locator("body")).to_contain_text("192.3亿元")
    expect(page.locator("body")).to_contain_text("198.6亿元")
    page.goto(f"{address}/")
    page.locator("input[type=checkbox][name=s]").nth(0).check()
    page.locator("input[type=checkbox][name=s]").nth(1).check()
    page.click("text=用所选生成简报")
    with page.expect_download() as waiting:
        page.locator("main button[type=submit], main button:not([type])").last.click()
    path = waiting.value.path()
    assert path.read_bytes()[:2] == b"PK" and waiting.value.suggested_filename.endswith(".docx")


def test_the_frozen_view_has_the_page_s_own_styles_and_images_and_runs_no_script(page: Page, product) -> None:
    page.goto(f"{product[0]}/tasks")
    page.locator("main a[href^='/snapshot/']").first.click()
    frame = page.frame_locator("iframe")
    images = frame.locator("img")
    expect(images.first).to_be_visible()
    expect(frame.locator("img[src]").first).to_have_js_property("complete", True)
    assert images.first.evaluate("image => image.naturalWidth") > 10  # it has really come
    assert frame.locator("script").count() == 0


def test_a_second_start_finds_everything_there_at_once(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    home, url = tmp_path / "home", url_of(database, request)
    port, sample_port = free_port(), free_port()
    running = start(home, port, sample_port, url)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=120)
    running = start(home, port, sample_port, url)
    running.send_signal(signal.SIGKILL)  # and a killed server does not block the next start
    after_an_end = running.communicate(timeout=120)[0].decode()
    last = start(home, port, sample_port, url)
    last.send_signal(signal.SIGINT)
    after_a_kill = last.communicate(timeout=120)[0].decode()
    for told in (after_an_end, after_a_kill):
        assert "正在抓取" not in told and f"http://127.0.0.1:{port}/" in told


@pytest.mark.parametrize(
    ("width", "keys"), [pytest.param(1280, True, id="desktop"), pytest.param(390, False, id="phone")]
)
def test_from_ten_links_to_a_brief(chromium: Browser, product, width: int, keys: bool) -> None:
    context = chromium.new_context(
        base_url=product[0], viewport={"width": width, "height": 800}, locale="zh-CN", has_touch=not keys
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    with ten_site() as site:
        made = morning(page, site, keys=keys)
    assert made.suggested_filename == "绍兴经济运行简报.docx" and made.path().read_bytes()[:2] == b"PK"
    context.close()
    assert faults == []
