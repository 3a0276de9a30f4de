"""No way round the gate for the browser: every connection of the program and of its Chromium is counted.

The captures run in a child process. Two witnesses: the servers of the test, which compare who came with what
the gate says it opened; and, where there is one, strace, which sees each connection and each datagram of the
child and of everything it started, whoever it goes to.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.collect.site import Site
from tests.egress.hostile import Trap, eventually_quiet, hostile_pages, intranet_pages
from tests.egress.tricks import HOSTS, JOURNEYS
from tests.waiting import until

#: Tens of pages in a browser under strace: a busy machine takes minutes.
pytestmark = pytest.mark.timeout(900)
ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
_WATCH = ["-f", "-qq", "-yy", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-s", "40"]
_TCP = re.compile(
    r"connect\(\d+<TCP.*sin6?_port=htons\((\d+)\).*(?:inet_addr\(\"|AF_INET6, \")([0-9a-f.:]+)\""
)
_DATAGRAM = re.compile(r"send(?:to|msg|mmsg)\(\d+<UDP")


@dataclass
class Witnessed:
    """What a run of the child did, as it says itself and as the witnesses say."""

    answer: dict[str, Any]
    traced: bool = False
    connections: Counter[tuple[str, int]] = field(default_factory=Counter)  # TCP, by address and port
    datagrams: list[str] = field(default_factory=list)  # lines of strace

    @property
    def opened(self) -> Counter[tuple[str, int]]:
        return Counter((o["address"], o["port"]) for o in self.answer["opened"])

    @property
    def local_ports(self) -> set[int]:
        return {o["local_port"] for o in self.answer["opened"]}

    def beside_the_gate(self) -> list[str]:
        """Connections and datagrams that neither went to the gate nor were opened by it."""
        gate = (self.answer["gate"][0], self.answer["gate"][1])
        assert not self.traced or self.connections[gate] > 0, "strace saw nothing"
        others = Counter({end: n for end, n in self.connections.items() if end != gate}) - self.opened
        return [f"tcp {address}:{port} x{n}" for (address, port), n in others.items()] + self.datagrams

    def captured(self, url: str) -> dict[str, Any]:
        return next(c for c in self.answer["captures"] if c["url"] == url)


def read_trace(text: str) -> tuple[Counter[tuple[str, int]], list[str]]:
    """TCP connections by address and port, and the lines that sent a datagram. A `connect` of a UDP socket
    sends nothing: Chromium asks the routing table so which address it would have."""
    connections: Counter[tuple[str, int]] = Counter()
    datagrams = []
    for line in text.splitlines():
        if found := _TCP.search(line):
            connections[found[2], int(found[1])] += 1
        elif _DATAGRAM.search(line):
            datagrams.append(line)
    return connections, datagrams


def run(tmp_path: Path, urls: list[str], allow: list[str], *, trace: bool = True, **more: Any) -> Witnessed:
    """Capture these in a child; `more` as `browser_child` says."""
    asked = json.dumps({"urls": urls, "allow": allow, "home": str(tmp_path / "home"), **more})
    log = tmp_path / "trace"
    watch = [STRACE, *_WATCH, "-o", str(log)] if STRACE and trace else []
    done = subprocess.run(
        [*watch, sys.executable, "-m", "tests.collect.browser_child", asked],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    witnessed = Witnessed(json.loads(done.stdout.splitlines()[-1]))
    if watch:
        witnessed.connections, witnessed.datagrams = read_trace(log.read_text(errors="replace"))
        witnessed.traced = True
    return witnessed


def strangers(witnessed: Witnessed, *sites: Site) -> list[str]:
    """Requests that came to a server of the test from a port that the gate did not open."""
    return [
        f"{asked.path} from port {asked.peer_port}"
        for site in sites
        for asked in site.asked
        if asked.peer_port not in witnessed.local_ports
    ]


def refusals(made: dict[str, Any]) -> set[str]:
    """Last parts of the URLs that a capture names as refused."""
    refused = ("address-refused", "host-unknown")
    return {url.rsplit("/", 1)[1] for url, reason in made["missing"].items() if reason in refused}


@pytest.fixture
def trap():
    with Trap() as made:
        yield made


def test_the_trace_is_read_right():
    trace = """\
7501  connect(18<TCP:[1123909]>, {sa_family=AF_INET, sin_port=htons(37087), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS
7501  connect(19<TCPv6:[1]>, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28 <unfinished ...>
7501  <... connect resumed>) = 0
7501  connect(18<UDPv6:[1125238]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:4860:4860::8888", &sin6_addr), sin6_scope_id=0}, 28) = 0
7501  connect(9<UNIX-STREAM:[5]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0
7501  sendto(28<TCP:[127.0.0.1:40848->127.0.0.1:37087]>, "CONNECT", 309, MSG_NOSIGNAL, NULL, 0) = 309
7552  sendmmsg(20<UDP:[192.0.2.2:53252->10.255.255.53:53]>,  <unfinished ...>
7501  sendto(28<UDP:[0.0.0.0:41039]>, "x", 20, 0, {sa_family=AF_INET, sin_port=htons(57033), sin_addr=inet_addr("127.0.0.1")}, 16) = 20
"""
    connections, datagrams = read_trace(trace)
    assert connections == {("127.0.0.1", 37087): 1, ("::1", 80): 1} and len(datagrams) == 2


@dataclass
class Attack:
    """A run over every hostile page, and who came where."""

    witnessed: Witnessed
    strangers: list[str]
    trapped: list[str]
    site: Site


ALL = ["screenshot", "pdf", "dom", "text"]  # what prints and pictures ask for is seen in the long form


@pytest.fixture(
    scope="module",
    params=[
        ("browser", ["dom", "text"]),
        pytest.param(("browser", ALL), marks=pytest.mark.long),
        pytest.param(("auto", ALL), marks=pytest.mark.long),
    ],
    ids=["browser", "browser-all", "auto"],
)
def attack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Attack:
    """The whole program saves every hostile page: capture, store, reading, database, browser."""
    with Trap() as trap, Site(pages=hostile_pages(trap)) as site:
        urls = [site.url(f"/{name}") for name in ("all", "hosts", *JOURNEYS)]
        allow = [f"127.0.0.1:{site.port}"]
        engine, renditions = request.param
        folder = tmp_path_factory.mktemp("attack")
        witnessed = run(folder, urls, allow, engine=engine, renditions=renditions)
        return Attack(witnessed, strangers(witnessed, site), list(eventually_quiet(trap)), site)


def test_no_page_makes_a_connection_beside_the_gate(attack: Attack):
    assert attack.witnessed.beside_the_gate() == []
    assert attack.strangers == []
    assert attack.trapped == []
    seen, passed = sum(attack.witnessed.connections.values()), sum(attack.witnessed.opened.values())
    print(f"\n{seen} connections seen, {passed} of them made by the gate to servers, the rest to the gate")


def test_what_was_refused_is_named_as_missing(attack: Attack):
    captured = attack.witnessed.captured(attack.site.url("/all"))
    wanted = {"image.png", "source.png", "background.png", "sheet.css", "import.css", "imported.css", "script.js",
              "module.js", "frame", "preload.png", "font.woff2", "to-bad?redirected-sheet", "to-to-bad"}  # fmt: skip
    if captured["engine"] == "browser":
        wanted |= {"srcdoc.png", "svg.png", "fetch", "opaque", "xhr", "imported.js", "dynamic.png", "in-worker",
                   "imported-by-worker.js", "video.mp4", "object.svg"}  # fmt: skip
    assert wanted - refusals(captured) == set()
    hosts = refusals(attack.witnessed.captured(attack.site.url("/hosts")))
    assert len(hosts) > len(HOSTS) * 2 / 3  # the rest is no URL for a browser


@pytest.mark.parametrize("name", JOURNEYS)
def test_no_journey_leads_round_the_gate(attack: Attack, name: str):
    made = attack.witnessed.captured(attack.site.url(f"/{name}"))
    if "redirect" in name:
        assert (made["verdict"], made["reason"]) == ("refused", "address-refused")
    elif made["engine"] == "browser":
        assert made["verdict"] == "partial" and refusals(made)


@pytest.mark.parametrize(
    "flag", ["proxy-bypass-list", pytest.param("webrtc-ip-handling-policy", marks=pytest.mark.long)]
)
def test_a_browser_that_goes_round_the_gate_is_noticed(tmp_path: Path, trap: Trap, flag: str):
    """The tests above can fail: they do for a Chromium that was started without one of its flags."""
    with Site(pages=hostile_pages(trap)) as site:
        allow = [f"127.0.0.1:{site.port}"]
        witnessed = run(tmp_path, [site.url("/all")], allow, without=flag, renditions=[])
        if flag == "proxy-bypass-list":
            until(lambda: any(c.startswith("tcp") for c in trap.came))
            assert strangers(witnessed, site)
        else:
            until(lambda: any(c.startswith("udp") for c in trap.came))
        assert not witnessed.traced or witnessed.beside_the_gate()


def test_an_allowed_host_works_in_the_browser_on_every_path(tmp_path: Path):
    """By address and port, and by name; over http and https; as page, redirect, requisite, frame and socket."""
    with Site() as site, Site() as named, Site() as other, Site(tls=True) as secure:
        for each in (site, named, secure):
            each.pages |= {**intranet_pages(other), "/start": (302, {"Location": "/"}, b"")}
        secure.pages |= intranet_pages(secure)
        urls = [each.url("/start") for each in (site, named, secure)]
        urls[1] = urls[1].replace("127.0.0.1", "intranet.example")
        allow = [f"127.0.0.1:{port}" for port in (site.port, other.port, secure.port)]
        witnessed = run(
            tmp_path, urls, [*allow, "intranet.example"], extra=["--ignore-certificate-errors"],
            trace=False, renditions=[],
        )  # fmt: skip
        assert strangers(witnessed, site, named, other, secure) == []
        for url, each in zip(urls, (site, named, secure), strict=True):
            made = witnessed.captured(url)
            had = {name.rsplit("/", 1)[1]: status for name, status in made["had"].items()}
            assert {
                "a.css": 200,
                "a.png": 200,
                "moved.png": 200,
                "f": 200,
                "x.json": 200,
            }.items() <= had.items()
            assert refusals(made) == set()
            assert each.times("/said?hi") == 1, "the socket did not speak"
