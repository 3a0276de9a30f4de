"""Captures URLs in a process of its own, and tells what the gate did: for test_browser_egress.

usage: python -m tests.collect.browser_child '{"urls": […], "allow": […], "home": "…", "engine": "browser"}'

With `engine` the whole program saves them; without, the browser engine alone captures them. `without` leaves
one of Chromium's flags out, `extra` adds some.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

from cunzhao.collect.browser import chromium as starting
from cunzhao.collect.browser.chromium import Chromium
from cunzhao.collect.browser.engine import capture_in_browser
from cunzhao.collect.fetch import Fetcher
from cunzhao.collect.shared import Shared
from cunzhao.collect.types import Capture
from cunzhao.core import app
from cunzhao.core.app import Core
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.egress.gate import Gate, Opened
from cunzhao.settings import Settings
from tests.egress.tricks import NAMES

_KNOWN = {"localhost": ["127.0.0.1", "::1"], "a.localhost": ["127.0.0.1"], "intranet.example": ["127.0.0.1"]}


async def resolve(host: str, port: int) -> list[str]:
    """Names of the table alone: whatever asks the system's resolver was not the gate."""
    known = _KNOWN | {name: rounds[0] for name, rounds in NAMES.items()}
    if found := known.get(host.lower()):
        return found
    raise OSError(host)


def start_otherwise(without: str, extra: list[str]) -> None:
    """Start Chromium without one of its flags, to see whether that is noticed, or with some more."""
    whole = starting.arguments

    def changed(gate: tuple[str, int]) -> list[str]:
        given = whole(gate)
        kept = [argument for argument in given if not without or without not in argument]
        assert not without or len(kept) < len(given), f"there is no {without} to leave out"
        return [*kept, *extra]

    starting.arguments = changed


async def capture_all(urls: list[str], settings: Settings, gate: Gate) -> list[Capture]:
    async with Fetcher(settings, gate) as fetcher, Chromium(settings, gate) as browser:
        shared = Shared(fetcher, settings.max_decoded_bytes)
        captures = (
            capture_in_browser(url, browser, fetcher, shared, settings, lambda *_: None, reason="asked")
            for url in urls
        )
        return await asyncio.gather(*captures)


def told(made: Capture | SaveRow) -> dict[str, Any]:
    capture = isinstance(made, Capture)
    return {
        "url": made.requested_url if capture else made.url,
        "verdict": made.verdict,
        "reason": made.reason,
        "engine": made.engine,
        "missing": {m.url: m.reason for m in made.missing},
        "had": {r.url: r.exchanges[-1].status for r in made.requisites} if capture else {},
        "seconds": round(made.seconds, 1),
    }


def main() -> None:
    asked = json.loads(sys.argv[1])
    settings = Settings(
        home=Path(asked["home"]),
        allow_hosts=tuple(asked["allow"]),
        fetch_timeout_s=20.0,
        browser_timeout_s=120.0,
        renditions=tuple(asked.get("renditions", ("screenshot", "pdf", "dom", "text"))),
    )
    start_otherwise(asked.get("without", ""), asked.get("extra", []))
    opened: list[Opened] = []
    gate = Gate(settings, resolve=resolve, on_open=opened.append)
    if engine := asked.get("engine"):
        app.Gate = lambda _: gate  # type: ignore[assignment,misc]
        with Core.open(settings) as core:
            made: list[Any] = list(core.save(asked["urls"], engine=engine))
    else:
        with gate:
            made = asyncio.run(capture_all(asked["urls"], settings, gate))
    answer = {
        "gate": gate.address,
        "opened": [dataclasses.asdict(o) for o in opened],
        "captures": [told(one) for one in made],
    }
    print(json.dumps(answer, default=str))


if __name__ == "__main__":
    main()
