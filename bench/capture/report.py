"""Measurements become the page docs/benchmarks.md: ratios against the limits, goals met or missed."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.capture.roster import FEW, Tool

_HEAD = """# Capture measured

Made by `python -m bench.capture --write`: one run on one generated site on two loopback hosts, {pages} pages
({static} static, {lazy} with lazy images whose addresses stand in the page, {hidden} whose script alone makes
them, {script} drawn by script; one in twenty GB2312; br, gzip and plain in turn). A page needs {needed}
resources of {raw} KB as sent, {distinct} KB where each address of the site counts once. The site is served by
a process that is not counted.

Wall and CPU seconds are a page's share of those of the whole process tree after start-up (interpreter,
browser), medians of several runs in shuffled order; memory is the largest sum of proportional set sizes seen.
**Complete** is the share of required resources whose exact bytes, after decoding, are in what the tool left
on disk, read back by other code. Ratios are worth quoting; seconds are of a machine with {cores} cores
({machine}, Python {python}) and only for context.
"""
KINDS = ("static", "lazy", "hidden", "script")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of one tool."""

    pages: int
    wall: float  # seconds, all pages
    cpu: float
    peak: int  # bytes
    kept: int  # bytes
    shares: dict[
        str, float
    ]  # of what is needed, how much is kept; by kind, "all", "images"; of the first run
    again: tuple[dict[str, Any], int] | None  # cost and bytes of a second capture
    rows: dict[str, Any]  # what our engines said


@dataclass(frozen=True, slots=True)
class Result:
    tool: Tool
    runs: tuple[Measured, ...]
    absent: str

    @property
    def wall(self) -> float:
        """Seconds a page, median of the runs."""
        return statistics.median(run.wall / run.pages for run in self.runs)

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu / run.pages for run in self.runs)

    @property
    def kept(self) -> float:
        """Bytes a page."""
        return self.runs[0].kept / self.runs[0].pages

    @property
    def again(self) -> float | None:
        """Bytes of a second capture, as a share of the first."""
        return self.runs[0].again[1] / self.runs[0].kept if self.runs[0].again else None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    manifest: dict[str, Any]
    results: tuple[Result, ...]

    def of(self, name: str) -> Result | None:
        return next((r for r in self.results if r.tool.name == name and r.runs), None)

    @property
    def raw(self) -> float:
        """Bytes as sent that a page needs, shared ones counted for each page."""
        resources = self.manifest["resources"]
        sizes = [resources[url]["sent_bytes"] for page in self.manifest["pages"] for url in page["required"]]
        return sum(sizes) / len(self.manifest["pages"])

    @property
    def distinct(self) -> float:
        """The same, each address of the site counted once."""
        resources = self.manifest["resources"]
        urls = {url for page in self.manifest["pages"] for url in page["required"]}
        return sum(resources[url]["sent_bytes"] for url in urls) / len(self.manifest["pages"])


def rows_told(path: Path) -> dict[str, Any]:
    """What our engine said of the pages of its first capture: engines, verdicts, what it missed."""
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = rows[: len({row["url"] for row in rows})]
    return {
        "engines": dict(Counter(row["engine"] for row in rows)),
        "verdicts": dict(Counter(row["verdict"] for row in rows)),
        "missing": [told for row in rows for told in row["missing"]],
        "errors": dict(
            Counter(row["reason"] for row in rows if row["verdict"] not in ("complete", "partial"))
        ),
    }


def page(groups: list[Group]) -> str:
    """The whole page."""
    return "\n".join([_head(groups), *(_table(group) for group in groups), _goals(*groups)]) + "\n"


def _head(groups: list[Group]) -> str:
    """What was measured, and on what."""
    mix = groups[-1]
    kinds = Counter(page["kind"] for page in mix.manifest["pages"])
    told = {
        "pages": len(mix.manifest["pages"]), **kinds,
        "needed": f"{_needed(mix):.0f}", "raw": f"{mix.raw / 1000:.0f}",
        "distinct": f"{mix.distinct / 1000:.0f}", "cores": os.cpu_count(), "machine": platform.machine(),
        "python": platform.python_version(),
    }  # fmt: skip
    return _HEAD.format_map(defaultdict(int, told))


def _needed(group: Group) -> float:
    return statistics.mean(len(page["required"]) for page in group.manifest["pages"])


def _table(group: Group) -> str:
    limit = next((r for r in group.results if "(limit)" in r.tool.label and r.runs), None)
    shown = [kind for kind in KINDS if any(page["kind"] == kind for page in group.manifest["pages"])]
    columns = ["tool", "wall × limit", "CPU × limit", "wall s", "CPU s", "peak MB", "KB kept", "kept / raw"]
    columns += ["2nd / 1st bytes", "complete", *shown, "images"]
    lines = [f"## {group.title}", "", f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    for result in group.results:
        if not result.runs:
            lines.append(f"| {result.tool.label} | not measured: {result.absent or 'not asked for'} |")
            continue
        shares = result.runs[0].shares
        told = [
            _ratio(result.wall, limit and limit.wall), _ratio(result.cpu, limit and limit.cpu),
            f"{result.wall:.4f}", f"{result.cpu:.4f}", f"{max(run.peak for run in result.runs) / 1e6:.0f}",
            f"{result.kept / 1000:.0f}", f"{result.kept / group.raw:.2f}",
            "–" if result.again is None else f"{result.again:.3f}",
            *(f"{shares[name]:.1%}" for name in ("all", *shown, "images")),
        ]  # fmt: skip
        lines.append(f"| {result.tool.label} | " + " | ".join(told) + " |")
    return "\n".join([*lines, "", *_notes(group)])


def _notes(group: Group) -> list[str]:
    notes = []
    for result in group.results:
        if result.runs and result.runs[0].rows:
            rows = result.runs[0].rows
            few = ", ".join(rows["missing"][:3])
            missed = f"; said to be missing: {len(rows['missing'])} ({few})" if rows["missing"] else ""
            notes.append(
                f"- {result.tool.name}: engines {rows['engines']}, verdicts {rows['verdicts']}{missed}."
            )
    if group.of("single-file"):
        notes.append(
            f"- single-file-cli was given the first {FEW} pages once. It keeps pictures as they came and "
            "rewrites everything else, so only the column `images` says something of it."
        )
    if group.of("wget"):
        notes.append(
            "- wget asks for plain bodies and compresses records itself; what pages share it fetches once."
        )
    return [*notes, ""]


def _ratio(value: float, limit: float | None) -> str:
    return f"{value / limit:.2f}" if limit else "–"


def _goals(still: Group, mix: Group) -> str:
    lines = ["## Goals", "", "| goal | measured | |", "|---|---|---|"]
    for text, value, most in [*_http_goals(still), *_browser_goals(mix), *_auto_goals(mix)]:
        word = (
            "–"
            if value is None
            else "met"
            if value <= most + 1e-9
            else f"missed by {value / most - 1:.0%}"
            if most
            else "missed"
        )
        lines.append(f"| {text} | {'not measured' if value is None else f'{value:.3g}'} | {word} |")
    return "\n".join([*lines, "", WHY])


#: From profiles of the http engine on this site, archive and database included.
WHY = """\
Where http costs more than twice the bare fetch: about two fifths of its CPU is capturing (the same HTTP
library as the limit, the look at the page, its references and the verdict), three fifths is what the limit
does not do at all (WARC records with SHA-256 over block and payload, gzip, the index rows in the database,
one fsync and one commit a page). What was tuned after profiling: bodies that do not shrink are stored, not
deflated; one look-up in the index for all payloads of a page; ids in the order of the index; one parse of a
page for references, verdict and choice. Installing sniffio, for which the HTTP library otherwise searches
the disk at every lock, halved the limit as well, so the same engine was 1.4 times the limit before. Next
would be the database rows, which still go through the ORM."""

Goal = tuple[str, float | None, float]  # words, what was measured, the most it may be


def _against(over: Result | None, under: Result | None, what: str) -> float | None:
    return getattr(over, what) / getattr(under, what) if over and under else None


def _missing(result: Result | None, *kinds: str) -> float | None:
    return 1 - min(result.runs[0].shares[kind] for kind in kinds) if result else None


def _http_goals(still: Group) -> list[Goal]:
    bare, http = still.of("bare"), still.of("http")
    return [
        ("http: wall at most 2 × the bare fetch", _against(http, bare, "wall"), 2),
        ("http: CPU at most 2 × the bare fetch", _against(http, bare, "cpu"), 2),
        ("http: nothing missing on pages that need no script", _missing(http, "all"), 0),
        ("http: bytes kept at most 0.8 of the raw bytes", http and http.kept / still.raw, 0.8),
        ("http: second capture at most 3% of the first", http and http.again, 0.03),
    ]


def _browser_goals(mix: Group) -> list[Goal]:
    warm, browser, full = mix.of("chromium"), mix.of("browser"), mix.of("browser+renditions")
    return [
        ("browser: wall at most 1.4 × the warm Chromium", _against(browser, warm, "wall"), 1.4),
        ("browser: CPU at most 1.4 × the warm Chromium", _against(browser, warm, "cpu"), 1.4),
        ("browser: nothing missing", _missing(browser, "all"), 0),
        ("browser with screenshot and PDF: wall at most 2.5 ×", _against(full, warm, "wall"), 2.5),
        ("browser with screenshot and PDF: CPU at most 2.5 ×", _against(full, warm, "cpu"), 2.5),
        ("browser: bytes kept at most 0.8 of the raw bytes", browser and browser.kept / mix.raw, 0.8),
        ("browser: second capture at most 3% of the first", browser and browser.again, 0.03),
    ]


def _auto_goals(mix: Group) -> list[Goal]:
    auto, browser = mix.of("auto"), mix.of("browser")
    return [
        ("auto: wall at most a third of browser's", _against(auto, browser, "wall"), 1 / 3),
        ("auto: CPU at most a third of browser's", _against(auto, browser, "cpu"), 1 / 3),
        ("auto: nothing missing", _missing(auto, "all"), 0),
        ("auto: bytes kept at most 0.8 of the raw bytes", auto and auto.kept / mix.raw, 0.8),
        ("auto: second capture at most 3% of the first", auto and auto.again, 0.03),
    ]
