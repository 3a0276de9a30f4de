"""The page `docs/fidelity.md`, made of what the test measured and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.fidelity.case import Can, Case
from tests.fidelity.measuring import Measured

ENGINES = ("http", "browser")
_HEAD = """# Fidelity

What of a page is kept and shown, feature by feature, in the spirit of the Archival Acid Test. A site on two
origins is captured through the product (`save`), once with each engine. Two questions are asked of each case:

- **kept**: does the WARC, read by warcio, hold the exact bytes of the page and of every resource it needs, under
  their addresses (as sent, or with the content coding undone where a browser has undone it)?
- **shown**: does the frozen view, opened in Chromium as the product serves it (no script runs there), show the
  feature: the picture with its own width, the painted pixel, the computed style, the words a reader sees?

This page is written by the test and compared with what it measures: `pytest tests/fidelity` fails where they
differ, `pytest tests/fidelity --update` writes it anew.
"""


def page(cases: Sequence[Case], measured: Mapping[str, Mapping[str, Measured]]) -> str:
    """`measured` by engine and case."""
    engines = [engine for engine in ENGINES if engine in measured]
    parts = [_HEAD, _totals(cases, measured, engines), table(cases, measured, engines)]
    parts.append(reasons(cases, measured, engines))
    return "\n".join(parts)


def _totals(
    cases: Sequence[Case], measured: Mapping[str, Mapping[str, Measured]], engines: Sequence[str]
) -> str:
    lines = [
        f"## Score: {len(cases)} cases",
        "",
        "| engine | kept | shown | files kept |",
        "|---|---|---|---|",
    ]
    for engine in engines:
        told = measured[engine].values()
        kept, shown = sum(not m.lost for m in told), sum(m.shown for m in told)
        files = sum(len(m.kept) for m in told), sum(len(m.kept) + len(m.lost) for m in told)
        lines.append(
            f"| {engine} | {kept} of {len(cases)} | {shown} of {len(cases)} | {files[0]} of {files[1]} |"
        )
    return "\n".join(lines) + "\n"


def table(
    cases: Sequence[Case], measured: Mapping[str, Mapping[str, Measured]], engines: Sequence[str]
) -> str:
    lines, group = ["## Cases"], ""
    for case in cases:
        if case.group != group:
            group = case.group
            names = " | ".join(f"{engine}: kept | shown" for engine in engines)
            lines += ["", f"### {group}", "", f"| case | {names} |", "|---" * (1 + 2 * len(engines)) + "|"]
        marks = [
            mark
            for engine in engines
            for mark in (
                _mark(not measured[engine][case.name].lost),
                _mark(measured[engine][case.name].shown),
            )
        ]
        lines.append(f"| {case.title} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def reasons(
    cases: Sequence[Case], measured: Mapping[str, Mapping[str, Measured]], engines: Sequence[str]
) -> str:
    lines = ["## What is not possible, and why", ""]
    for engine in engines:
        by_reason: dict[str, list[str]] = {}
        for case in cases:
            told, can = measured[engine][case.name], _can(case, engine)
            if told.lost or not told.shown:
                by_reason.setdefault(can.why or "not yet known", []).append(case.title)
        lines += [f"- **{engine}**, {why}: {'; '.join(titles)}." for why, titles in by_reason.items()]
    return "\n".join(lines) + "\n"


def _can(case: Case, engine: str) -> Can:
    return case.http if engine == "http" else case.browser


def _mark(yes: bool) -> str:
    return "yes" if yes else "**no**"
