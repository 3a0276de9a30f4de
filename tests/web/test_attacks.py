"""Hostile snapshots in a real browser, through every route that emits archived bytes: none gets out.

Pages are captured as a user would capture them and looked at in the real product. A server that nobody may
ask counts who asks it; the application counts what it is asked; pages that run say so. The same pages served
bare show that the counters count.
"""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from cunzhao.archive.view import VIEW_HEADERS
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.archive.making import capture, exchange, requisite
from tests.serving import served
from tests.web.attacks import DRAWN, PAGES, RUN, THINGS

#: Tests wait for dozens of captures in a browser, in the long form for 150; a busy machine takes minutes.
pytestmark = pytest.mark.timeout(1500)
#: Of the attacks each sixth is tried in the short form (of those that are captured already each other one), all
#: in the long one.
SOME = [6, pytest.param(1, marks=pytest.mark.long)]
PATIENCE_MS = 120  # after each page; what comes later is still counted, under the attack's name


@dataclass
class Counting:
    """A server of any bytes under any address, which counts who asks. `pages` by path."""

    pages: dict[str, tuple[bytes, str, Mapping[str, str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Counting:
        counting = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 120

            def handle(self) -> None:
                counting.connections += 1
                line = self.rfile.readline(8000).decode("latin-1")
                while self.rfile.readline(8000).strip():
                    pass
                path = line.split(" ")[1] if line.count(" ") >= 2 else line
                counting.asked.append(path)
                body, mime, headers = counting.pages.get(path, (b"", "", {}))
                status = "200 OK" if path in counting.pages else "404 Not Found"
                told = {"Content-Length": str(len(body)), "Connection": "close", **headers}
                told |= {"Content-Type": mime} if mime else {}
                head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
                self.wfile.write(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.origin = f"http://{self.host}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Product:
    """The real application on a real core, and every request that it was asked."""

    core: Core
    origin: str
    asked: list[tuple[str, str]]


@contextmanager
def running(home: Path, site: Counting) -> Iterator[Product]:
    settings = Settings(
        home=home,
        allow_hosts=(site.host,),
        fetch_timeout_s=60,
        browser_timeout_s=120,
        browser_pages=8,  # the pages mostly wait
        renditions=("dom", "text"),  # pictures and prints are attacked with made-up ones below
    )
    asked: list[tuple[str, str]] = []
    with Core.open(settings) as core:
        inner = app(core)

        async def counted(scope: dict, receive: object, send: object) -> None:
            if scope["type"] in ("http", "websocket"):
                asked.append((scope.get("method", "WS"), scope["path"]))
            await inner(scope, receive, send)  # type: ignore[arg-type]

        with served(counted) as origin:
            yield Product(core, origin, asked)


@dataclass
class World:
    site: Counting  # where the hostile pages come from
    evil: Counting  # whom nobody may ask
    product: Product
    other: str  # an innocent snapshot
    kept: dict[tuple[str, str], str | None]  # by engine and attack: the snapshot
    things: str  # a snapshot whose things are hostile

    def filled(self, body: str | bytes, name: str) -> bytes:
        text = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        words = {
            "{evil}": f"{self.evil.origin}/{name}", "{evil-host}": f"{self.evil.host}/{name}",
            "{app}": self.product.origin, "{other}": self.other,
        }  # fmt: skip
        for word, meant in words.items():
            text = text.replace(word.encode(), meant.encode())
            text = text.replace(word.encode("utf-16")[2:], meant.encode("utf-16")[2:])
        return text

    def snapshots(self, engine: str, every: int) -> dict[str, str]:
        """By attack, of each `every`-th one: its page as this engine keeps it, captured when first asked for."""
        attacks = [a for a in PAGES[::every] if engine == "browser" or not a.drawn]
        wanted = [a.name for a in attacks if (engine, a.name) not in self.kept]
        rows = self.product.core.save([f"{self.site.origin}/{name}" for name in wanted], engine=engine)  # type: ignore[arg-type]
        self.kept |= {(engine, name): row.snapshot for name, row in zip(wanted, rows, strict=True)}
        self.evil.asked.clear()
        self.evil.connections = 0
        return {a.name: snapshot for a in attacks if (snapshot := self.kept[engine, a.name])}

    def state(self) -> object:
        """What an attack must not change: links, tags, trash."""
        home = self.product.core.home()
        return home.links, self.product.core.trash().links


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with (
        Counting() as site,
        Counting() as evil,
        running(tmp_path_factory.mktemp("attacked") / "home", site) as product,
    ):
        site.pages["/innocent"] = b"<title>innocent</title><p>secret-words</p>", "text/html", {}
        [row] = product.core.save([f"{site.origin}/innocent"], engine="http")
        assert row.snapshot
        made = World(site, evil, product, row.snapshot, {}, "")
        for attack in PAGES:
            site.pages[f"/{attack.name}"] = made.filled(attack.page, attack.name), attack.mime, {}
        made.things = kept_things(made)
        yield made


def kept_things(world: World) -> str:
    """A snapshot with hostile things, each in the role that its name suggests."""
    told = []
    for name, body, mime in THINGS:
        role = "stylesheet" if name.endswith(".css") else "script" if name.endswith(".js") else "image"
        told.append(requisite(role, f"{world.site.origin}/{name}", world.filled(body, name), mime))  # type: ignore[arg-type]
    page = exchange(f"{world.site.origin}/things", b"<title>things</title><p>things</p>")
    row, error = world.product.core._saver.keep(capture(page, *told), _entry(page.url))
    assert error is None and row.snapshot
    return row.snapshot


def _entry(url: str) -> object:
    from cunzhao.collect.types import Entry

    return Entry(url=url)


@dataclass
class Watched:
    """What a browser does that a page without script cannot: it is all written down."""

    context: BrowserContext
    page: Page
    noises: list[str]

    def visit(self, url: str) -> None:
        """Open, wait a little, click whatever asks to be clicked, in every frame."""
        if not self.open(url):
            return
        for frame in (frame for frame in self.page.frames if frame.url):
            for found in frame.locator(".go").all():
                try:
                    found.click(timeout=300, force=True, no_wait_after=True)
                except Error:
                    continue
        self.page.wait_for_timeout(PATIENCE_MS)

    def open(self, url: str) -> bool:
        """False for what becomes a download instead of a page."""
        try:
            self.page.goto(url, wait_until="load")
        except Error as exc:
            if "Download is starting" not in str(exc):
                raise
            return False
        self.page.wait_for_timeout(PATIENCE_MS)
        return True

    def comes_to(self, holds: Callable[[], object], within_s: float) -> bool:
        """Wait until it holds, the browser going on meanwhile."""
        ends = time.monotonic() + within_s
        while not holds() and time.monotonic() < ends:
            self.page.wait_for_timeout(50)
        return bool(holds())

    def strayed(self, url: str) -> list[str]:
        """Where the page went by itself; a place in the same page (`#x`) is no other."""
        return [] if self.page.url.partition("#")[0] == url else [self.page.url]


@contextmanager
def watching(chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, accept_downloads=True)
    page, noises = context.new_page(), []

    def heard(dialog: object) -> None:
        noises.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", heard)
    page.on(
        "console",
        lambda message: (
            noises.append(message.text) if "PWNED" in message.text and message.type == "log" else None
        ),
    )
    context.on("page", lambda popup: noises.append(f"popup {popup.url}"))
    context.on("serviceworker", lambda worker: noises.append(f"service worker {worker.url}"))
    page.on(
        "response",
        lambda told: noises.append(f"status {told.status} {told.url}") if told.status >= 500 else None,
    )
    page.on("worker", lambda worker: noises.append(f"worker {worker.url}"))
    yield Watched(context, page, noises)
    context.close()


def allowed(snapshot: str, path: str) -> bool:
    """What a look at a snapshot may ask the application for."""
    own = (
        f"/view/{snapshot}",
        f"/snapshot/{snapshot}",
        f"/icon/{snapshot}",
        f"/download/{snapshot}",
        "/static/",
        "/favicon.ico",
    )
    return path.startswith(own) and not path.endswith("/remove")


@pytest.mark.parametrize(
    ("engine", "route", "every"),
    [
        ("browser", "/snapshot/{}?pane=view", 6),
        ("http", "/view/{}", 12),
        *(
            pytest.param(engine, route, 1, marks=pytest.mark.long)
            for engine in ("browser", "http")
            for route in ("/snapshot/{}?pane=view", "/view/{}")
        ),
    ],
)
def test_no_hostile_page_gets_out_of_its_view(
    world: World, chromium: Browser, engine: str, route: str, every: int
) -> None:
    snapshots, earlier = world.snapshots(engine, every), ""
    before, found = world.state(), []
    with watching(chromium) as watched:
        for name, snapshot in snapshots.items():
            world.product.asked.clear()
            url = world.product.origin + route.format(snapshot)
            watched.visit(url)
            looked = watched.comes_to(lambda s=snapshot: ("GET", f"/view/{s}") in world.product.asked, 150)
            found += [f"{name}: {noise}" for noise in watched.noises]
            found += [f"{name}: strayed to {where}" for where in watched.strayed(url)]
            found += [
                f"{name}: asked for {m} {p}"
                for m, p in world.product.asked
                if m != "GET" or not (allowed(snapshot, p) or (earlier and allowed(earlier, p)))
            ]
            found += [] if looked else [f"{name}: not looked at"]
            earlier = snapshot  # the page before may have been asking still when it was left
            if watched.page.evaluate("window.ran || 0"):
                found.append(f"{name}: ran")
            watched.noises.clear()
        watched.page.wait_for_timeout(1200)  # for what is refreshed after a second
        assert watched.context.service_workers == []
        watched.page.goto(world.product.origin)
        assert watched.page.evaluate("Object.keys(localStorage).length") == 0
        assert [c for c in watched.context.cookies() if c.get("value") == "stolen"] == []
    print(f"\n{len(snapshots)} attacks by way of {route} ({engine}): {' '.join(snapshots)}")
    assert len(snapshots) >= 40 / every
    assert found == []
    assert (world.evil.asked, world.evil.connections) == ([], 0)
    assert world.state() == before


@pytest.mark.parametrize("every", SOME)
def test_pages_drawn_by_script_are_attacked_with_too(world: World, every: int) -> None:
    drawn = {a.name for a in PAGES[::every]} & {a.name for a in DRAWN}
    assert len(drawn) >= len(DRAWN) // every and drawn <= world.snapshots("browser", every).keys()


@pytest.mark.parametrize("every", SOME)
def test_the_headers_alone_stop_pages_that_nothing_was_taken_out_of(
    world: World, chromium: Browser, every: int
) -> None:
    """Sanitiser and headers do not depend on each other."""
    found = []
    with watching(chromium) as watched, Counting() as raw, Counting() as evil:
        # One of its own: a connection that a page opened early is often told only when it closes, tests later.
        real, world.evil = world.evil, evil
        try:
            for attack in PAGES[::every]:
                raw.pages[f"/{attack.name}"] = (
                    world.filled(attack.page, attack.name), attack.mime, VIEW_HEADERS,
                )  # fmt: skip
                opened = watched.open(f"{raw.origin}/{attack.name}")
                strayed = watched.strayed(f"{raw.origin}/{attack.name}") if opened else []
                found += [f"{attack.name}: {noise}" for noise in (*watched.noises, *strayed)]
                watched.noises.clear()
        finally:
            world.evil = real
    assert found == []
    # A preconnect opens a connection that nothing is asked on; the sanitiser takes such links out.
    assert evil.asked == [""] * len(evil.asked)


@pytest.mark.parametrize("every", SOME)
def test_the_same_pages_served_bare_get_out(world: World, chromium: Browser, every: int) -> None:
    """The control: the counters count, and each loud attack is one."""
    loud, got_out = {attack.name for attack in PAGES[::every] if attack.loud}, set()
    with watching(chromium) as watched, Counting() as raw, Counting() as evil:
        real, world.evil = world.evil, evil
        try:
            for attack in PAGES[::every]:
                if attack.name in loud:
                    raw.pages[f"/{attack.name}"] = world.filled(attack.page, attack.name), attack.mime, {}
                    if _gets_out(watched, evil, f"{raw.origin}/{attack.name}", attack.name):
                        got_out.add(attack.name)
                    watched.noises.clear()
        finally:
            world.evil = real
    print(
        f"\n{len(got_out & loud)} of {len(loud)} loud attacks get out of a bare page; {len(evil.asked)} hits"
    )
    assert len(evil.asked) > len(loud)
    assert loud - got_out <= NEEDS_ITS_SERVER


def _gets_out(watched: Watched, evil: Counting, url: str, name: str) -> bool:
    """Visited as a view is, on a busy machine again; such a page may take the browser anywhere."""

    def out() -> bool:
        told = {path.split("/")[1] for path in [*evil.asked] if path.startswith("/")}
        return bool(watched.noises or watched.strayed(url) or name in told)

    for _ in range(1 if name in NEEDS_ITS_SERVER else 5):
        try:
            watched.visit(url)
        except Error:
            watched.page.wait_for_timeout(PATIENCE_MS)
        if watched.comes_to(out, 0 if name in NEEDS_ITS_SERVER else 5):
            return True
    return False


#: Loud only on the application's own origin or with an old browser: nothing to be counted on a bare page.
NEEDS_ITS_SERVER = {"api-get", "api-post", "other-snapshot", "application-pages", "service-worker"}


def test_hostile_things_opened_by_themselves_do_nothing(world: World, chromium: Browser) -> None:
    found = []
    with watching(chromium) as watched:
        for name, _, _ in THINGS:
            address = quote(f"{world.site.origin}/{name}", safe="")
            for route in ("/view/{}/r?u={}", "/icon/{}?u={}"):
                world.product.asked.clear()
                watched.visit(world.product.origin + route.format(world.things, address))
                found += [f"{name}: {noise}" for noise in watched.noises]
                found += [
                    f"{name}: asked for {p}" for _, p in world.product.asked if not allowed(world.things, p)
                ]
                watched.noises.clear()
    print(f"\n{len(THINGS)} things by two routes")
    assert found == []
    assert (world.evil.asked, world.evil.connections) == ([], 0)


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.long)])
def test_records_and_downloads_are_files_whatever_they_hold(
    world: World, chromium: Browser, every: int
) -> None:
    core = world.product.core
    snapshots = [*world.snapshots("browser", every).values(), *world.snapshots("http", every).values()]
    paths = [f"/download/{snapshot}" for snapshot in snapshots]
    for snapshot in (*snapshots, world.things):
        paths += [f"/record/{record.id}" for _, record in core._archive.contents(snapshot)]
        paths += [f"/view/{snapshot}/pdf"]
    with watching(chromium) as watched:
        asking = watched.context.request
        for path in dict.fromkeys(paths):
            answer = asking.get(world.product.origin + path)
            if answer.status == 404 and path.endswith("/pdf"):  # of the http engine there is none
                continue
            told = answer.headers
            assert answer.status == 200, path
            assert told["content-disposition"].startswith("attachment; filename="), path
            assert told["content-type"] in ("application/octet-stream", "application/pdf"), path
            assert told["content-security-policy"] == VIEW_HEADERS["Content-Security-Policy"], path
            assert told["x-content-type-options"] == "nosniff" and "set-cookie" not in told, path
        for path in paths[:5]:
            watched.visit(world.product.origin + path)
        assert watched.noises == []
    assert world.evil.asked == []


def test_a_screenshot_or_text_that_is_no_such_thing_is_not_shown_as_a_page(
    world: World, chromium: Browser
) -> None:
    """A foreign WARC file may hold anything under the name of a rendition."""
    from cunzhao.collect.types import Body, Rendition
    from tests.archive.making import WHEN

    html = world.filled(f"<html><script>{RUN}</script><img src='{{evil}}/img'>", "rendition")
    kinds = (
        ("screenshot", "image/png"),
        ("text", "text/html"),
        ("pdf", "text/html"),
        ("dom", "text/html; charset=utf-8"),
    )
    made = tuple(Rendition(kind=kind, mime=mime, made=WHEN, body=Body([html])) for kind, mime in kinds)  # type: ignore[arg-type]
    page = exchange(f"{world.site.origin}/renditions", b"<title>r</title><p>r</p>")
    row, _ = world.product.core._saver.keep(
        capture(page, renditions=made, engine="browser"), _entry(page.url)
    )  # type: ignore[arg-type]
    with watching(chromium) as watched:
        for route in (
            "/view/{}",
            "/view/{}/screenshot",
            "/view/{}/text",
            "/view/{}/pdf",
            "/snapshot/{}?pane=shot",
        ):
            watched.visit(world.product.origin + route.format(row.snapshot))
        assert watched.noises == []
    assert (world.evil.asked, world.evil.connections) == ([], 0)


WORDS = (
    "<img src={evil}/word onerror=alert('PWNED')>",
    "</title><script>alert('PWNED')</script>",
    "\"'><svg onload=alert('PWNED')>",
    "{{7*7}}{%25 raw %25}${7*7}",
    "javascript:alert('PWNED')",
    "a\r\nSet-Cookie: session=stolen\r\n\r\n<script>alert('PWNED')</script>",
    '=HYPERLINK("{evil}/cell")',
    "\u202egnp.exe\u2066\x00\x1b[31m",
)


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_hostile_words_stay_words_on_every_page_of_the_application(
    world: World, chromium: Browser, every: int
) -> None:
    """Titles in lists, the text tab, search snippets, facts, the capture record, names of files."""
    import html

    names = []
    for n, word in enumerate(WORDS):
        told = html.escape(world.filled(word, "words").decode("utf-8", "replace")).replace("\x00", "")
        names.append(f"/words{n}")
        body = (
            f'<html><head><title>{told}</title><meta name=ContentSource content="{told}"><meta name=Author content="{told}"></head>'
            f"<body><h1>{told}</h1><p>敌意词语 {told} 2024年一般公共预算收入达到100亿元，{told} 同比增长5%。</p><p>{told}</p></body></html>"
        )
        world.site.pages[names[-1]] = body.encode(), "text/html; charset=utf-8", {}
    rows = list(
        world.product.core.save([world.site.origin + name for name in names], engine="http", tags=["敌意"])
    )
    ids = [row.snapshot for row in rows if row.snapshot]
    assert len(ids) == len(WORDS)
    links = [world.product.core.link_of(i) for i in ids]
    routes = [
        "/",
        "/?tag=敌意",
        "/trash",
        "/search?q=敌意词语",
        "/search?q=" + quote(WORDS[0]),
        "/figures",
        "/tasks",
        "/contradictions",
        "/brief",
    ]
    # Four pages of each word: each fifth of them is a page of every kind and of every word.
    own = (
        (f"/snapshot/{i}?pane=text", f"/snapshot/{i}?pane=view", f"/snapshot/{i}/record", f"/link/{link}")
        for i, link in zip(ids, links, strict=True)
    )
    routes += [route for of_one in own for route in of_one][::every]
    found, opened = [], 0
    with watching(chromium) as watched:
        for route in routes:
            world.product.asked.clear()
            watched.visit(world.product.origin + route)
            opened += 1
            found += [f"{route}: {noise}" for noise in watched.noises]
            found += [f"{route}: {m} {p}" for m, p in world.product.asked if m != "GET"]
            watched.noises.clear()
            links_out = watched.page.evaluate(
                "[...document.querySelectorAll('a')].filter(a => /^(javascript|data):/i.test(a.href)).length"
            )
            found += [f"{route}: a link that runs"] if links_out else []
        for i in ids:
            told = watched.context.request.get(f"{world.product.origin}/download/{i}").headers
            name = told["content-disposition"]
            assert re.fullmatch(r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%~()-]+", name), (
                name
            )
            assert "set-cookie" not in told
    print(f"\n{len(WORDS)} hostile words on {opened} pages")
    assert found == []
    assert (world.evil.asked, world.evil.connections) == ([], 0)
