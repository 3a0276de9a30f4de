"""Every page of the web application among 100,000 links and a million facts: server time and weight.

    python -m bench.pages [--home DIR] [--links 100000] [--facts 1000000] [--times 20] [--write]

Makes a data folder where there is none (some ten minutes; `--home` keeps it), then asks every page some times
in this process, from the request to the whole answer, with an administrator logged in. `first` is the first
visit since the start, `changed` the first one after a link went into the trash. `KB` is the page with the
styles and scripts that it loads, before charts. With --write the table goes into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.pages.asked import Address, addresses, routes, turned
from bench.pages.filling import PASSWORD, filled
from bench.pages.rows import link_id
from starlette.testclient import TestClient

from bench import tables
from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app
from cunzhao.web.door import cookies
from cunzhao.web.showing.show import STATIC

MS, KB = 200, 300  # the goals
_LOADED = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="/static/([^"?]+)')


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds and kilobytes of one page; `cpu` is the p95 of the process's own time."""

    asked: Address
    first: float
    changed: float
    p50: float
    p95: float
    cpu: float
    kb: float

    @property
    def missed(self) -> bool:
        return self.p95 > MS or self.kb > KB


class NotShown(Exception):
    """A page that answers with an error."""


class Visitor:
    """A browser that is logged in, without its cache."""

    def __init__(self, core: Core) -> None:
        self.site = app(core)
        self._core = core
        self._client = TestClient(self.site, base_url="http://127.0.0.1")
        opened = core.access.login("管理员", PASSWORD, address="127.0.0.1")
        self._client.cookies.set(cookies.LOGIN, opened.cookie)
        self._removed = False

    def get(self, url: str) -> str:
        return self._client.get(url, follow_redirects=False).text

    def timed(self, asked: Address) -> tuple[float, float, bytes]:
        """Milliseconds by the clock and of the processor, and the page."""
        began, worked = time.perf_counter(), time.process_time()
        answer = self._client.get(asked.url, follow_redirects=False)
        took, worked = time.perf_counter() - began, time.process_time() - worked
        if answer.status_code not in (200, 303):
            raise NotShown(f"{asked.route} {asked.name}: {answer.status_code} for {asked.url}")
        return took * 1000, worked * 1000, answer.content

    def change(self) -> None:
        """A link goes into the trash, or comes back."""
        (self._core.restore if self._removed else self._core.remove)(link_id(1))
        self._removed = not self._removed

    def measure(self, asked: Address, times: int) -> Measured:
        first, _, body = self.timed(asked)
        took = [self.timed(asked)[:2] for _ in range(times)]
        clock, worked = sorted(wall for wall, _ in took), sorted(cpu for _, cpu in took)
        self.change()
        at = min(times - 1, round(0.95 * times))
        return Measured(
            asked=asked,
            first=first,
            changed=self.timed(asked)[0],
            p50=statistics.median(clock),
            p95=clock[at],
            cpu=worked[at],
            kb=weight(body) / 1000,
        )


def weight(body: bytes) -> int:
    """Bytes of a page and of what it loads of ours."""
    loaded = set(_LOADED.findall(body.decode("utf-8", "replace")))
    return len(body) + sum((STATIC / name).stat().st_size for name in loaded)


def table(found: list[Measured]) -> str:
    lines = [
        "| page | asked | first ms | changed ms | p50 ms | p95 ms | CPU p95 | KB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        mark = "**" if one.missed else ""
        said = [f"`{one.asked.route}`", one.asked.name]
        said += [f"{ms:.0f}" for ms in (one.first, one.changed, one.p50)]
        said += [f"{mark}{one.p95:.0f}{mark}", f"{one.cpu:.0f}", f"{one.kb:.0f}"]
        lines.append(f"| {' | '.join(said)} |")
    return "\n".join(lines)


def told(found: list[Measured], known: dict[str, str], times: int) -> str:
    slow, heavy = [m for m in found if m.p95 > MS], [m for m in found if m.kb > KB]
    among = f"{int(known['links']):,} links and {int(known['facts']):,} facts"
    return (
        f"`python -m bench.pages --write`, {among} on SQLite; each page asked {times} times in turn. "
        f"{len(found)} addresses of {len({m.asked.route for m in found})} pages: {len(found) - len(slow)} "
        f"with p95 under {MS} ms, {len(found) - len(heavy)} under {KB} KB. {tables.machine()}"
        f"\n\n{table(found)}"
    )


def measured(home: Path, known: dict[str, str], times: int, only: str) -> list[Measured]:
    core = Core.open(Settings(home=home))
    try:
        began = time.perf_counter()
        core.keep_warm().asked.wait()  # as a server does after its start
        print(f"counted in {time.perf_counter() - began:.1f} s", flush=True)
        visitor = Visitor(core)
        known |= {"removed": link_id(7), "link": link_id(7), "snapshot": known["small"]}
        text = visitor.get("/api/snapshots/0s0000010/text")
        known |= {"two": text[200:202], "four": text[300:304]}
        known["fact"] = fact_of(visitor.get(f"/snapshot/{known['small']}?pane=text"))
        found = []
        for asked in addresses(routes(visitor.site), known):
            if only and asked.route != only:
                continue
            for one in (asked, turned(asked, visitor.get)):
                if one is None:
                    continue
                try:
                    found.append(visitor.measure(one, times))
                    print(table(found[-1:]).splitlines()[-1], flush=True)
                except NotShown as wrong:  # a new page, of which `asked` should know what it wants
                    print(f"not measured: {wrong}", flush=True)
        return found
    finally:
        core.close()


def fact_of(page: str) -> str:
    found = re.search(r"/facts/([^\"?/]+)\"", page)
    assert found, "no form of a fact on the page of a snapshot"
    return found[1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="one route")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = given.home or Path(name)
        known = filled(home, given.links, given.facts)
        text = told(measured(home, dict(known), given.times, given.only), known, given.times)
        print(text)
        if given.write:
            tables.put("pages", text)


if __name__ == "__main__":
    main()
