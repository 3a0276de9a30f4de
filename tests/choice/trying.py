"""The choice set captured without a browser: what `auto` would have taken one for, and how often it asked the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cunzhao.charset import declared_in
from cunzhao.collect.batch import capture_batch
from cunzhao.collect.gathering import Report
from cunzhao.collect.page import failed_capture
from cunzhao.collect.types import Body, Capture, Exchange
from cunzhao.egress.decode import decode_body
from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError
from cunzhao.read import read
from cunzhao.settings import Settings
from tests.choice.making import Page
from tests.collect.site import Site

BROUGHT = b"<p>by the browser"


@dataclass
class Tried:
    captures: list[Capture]
    asked_reader: list[str]  # URLs of pages for which the reader's main text was asked


def main_text(exchange: Exchange) -> str:
    """As core hands it in, without a worker process."""
    data = decode_body(exchange.body.read(), exchange.header("content-encoding"), 10**8, exchange.url)
    try:
        document = read(data, mime="text/html", charset=declared_in(exchange.header("content-type")))
    except CunzhaoError:
        return ""
    return document.text.removeprefix(document.title or "").lstrip("\n")


async def browse(given: str, report: Report, reason: str) -> Capture:
    """Stands in for the browser: a capture that brings the reason it was asked for."""
    made = failed_capture(given, CunzhaoError(given), "browser")
    answer = Exchange(
        id="7d2a3a40-0000-4000-8000-000000000000", url=given, started=made.started, seconds=0, peer=None,
        request_head=b"", response_head=b"", status=200, headers=(), body=Body([BROUGHT]),
    )  # fmt: skip
    return replace(made, error=None, verdict="complete", reason="", engine_reason=reason, exchanges=(answer,))


def served(pages: Sequence[Page], site: Site) -> list[str]:
    for page in pages:
        site.pages |= page.served()
    return [site.url(f"/{page.name}/index.html") for page in pages]


def tried(pages: Sequence[Page], home: Path, engine: str = "auto") -> Tried:
    asked: list[str] = []

    def reader(exchange: Exchange) -> str:
        asked.append(exchange.url)
        return main_text(exchange)

    settings = Settings(home=home, allow_hosts=("127.0.0.1",))
    with Site() as site, Gate(settings) as gate:
        urls = served(pages, site)
        made = dict(
            capture_batch(urls, settings=settings, gate=gate, engine=engine, main_text=reader, browse=browse)  # type: ignore[arg-type]
        )
    return Tried([made[n] for n in range(len(urls))], asked)
