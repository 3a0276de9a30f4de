"""Capture every case with an engine, then ask: are the exact bytes in the WARC, is it seen in the view."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from warcio.archiveiterator import ArchiveIterator

from cunzhao.core import Core
from cunzhao.settings import Settings
from cunzhao.web import app
from tests.fidelity.case import Case, is_shown
from tests.fidelity.serving import CODINGS, Site
from tests.serving import served

PATIENCE_S = 60.0  # for what is expected to be shown
GLANCE_S = 0.15


@dataclass(frozen=True)
class Measured:
    """Of one case and engine. `kept` and `lost` are files by name."""

    verdict: str
    kept: tuple[str, ...]
    lost: tuple[str, ...]
    shown: bool
    missing: tuple[str, ...]  # what the snapshot says it misses, with the reason


def set_up(site: Site, cases: Sequence[Case]) -> None:
    for case in cases:
        for path, answer in case.answers().items():
            site.add(path, answer)


def measure(
    site: Site, cases: Sequence[Case], engine: str, home: Path, chromium: Browser
) -> dict[str, Measured]:
    """All cases in one batch, as a user would save them; then their frozen views in a real browser."""
    settings = Settings(
        home=home,
        allow_hosts=("127.0.0.1", "localhost"),
        fetch_timeout_s=60,
        browser_timeout_s=120,
        browser_pages=8,  # most of these pages are so empty that signs of more to come are waited for
        renditions=("dom", "text"),
    )
    urls = {case.name: site.origin(case.path(case.entry)) + case.path(case.entry) for case in cases}
    with Core.open(settings) as core:
        rows = dict(zip(urls, core.save(list(urls.values()), engine=engine), strict=True))
        with served(app(core)) as origin:
            shown = dict(
                _shown(cases, engine, {name: row.snapshot for name, row in rows.items()}, origin, chromium)
            )
    stored = payloads(settings.archive_folder)
    return {
        case.name: Measured(
            verdict=rows[case.name].verdict,
            kept=tuple(file for file in case.needs if is_kept(site, case, file, stored)),
            lost=tuple(file for file in case.needs if not is_kept(site, case, file, stored)),
            shown=shown[case.name],
            missing=tuple(f"{m.url} {m.reason}" for m in rows[case.name].missing),
        )
        for case in cases
    }


def is_kept(site: Site, case: Case, file: str, stored: Mapping[str, set[str]]) -> bool:
    """Whether a record of this address holds what the server sent, coded as it was sent or decoded."""
    path = case.path(file)
    answer = site.answers[path]
    sent = CODINGS[answer.coding](answer.body) if answer.coding else answer.body
    digests = {hashlib.sha256(body).hexdigest() for body in (sent, answer.body)}
    return bool(stored.get(site.origin(path) + path, set()) & digests)


def payloads(folder: Path) -> dict[str, set[str]]:
    """By target URI the SHA-256 of every payload of a response, read by warcio; of a revisit its digest."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*.warc.gz*")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if record.rec_type not in ("response", "revisit"):
                    continue
                told = record.rec_headers.get_header("WARC-Payload-Digest").removeprefix("sha256:")
                if record.rec_type == "response":
                    actual = hashlib.sha256(record.raw_stream.read()).hexdigest()
                    assert told == actual, "a payload differs from its digest"
                found.setdefault(record.rec_headers.get_header("WARC-Target-URI"), set()).add(told)
    return found


def _shown(
    cases: Sequence[Case], engine: str, snapshots: Mapping[str, str | None], origin: str, chromium: Browser
) -> Iterator[tuple[str, bool]]:
    page = chromium.new_page(viewport={"width": 900, "height": 700})
    for case in cases:
        snapshot = snapshots[case.name]
        if snapshot is None:
            yield case.name, False
            continue
        page.goto(f"{origin}/view/{snapshot}", wait_until="load")
        expected = (case.http if engine == "http" else case.browser).shown
        yield case.name, is_shown(case.seen, page, PATIENCE_S if expected else GLANCE_S)
    page.close()
