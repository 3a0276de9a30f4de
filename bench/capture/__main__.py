"""Measure all tools on one generated site in one run: `python -m bench.capture [--write]`.

Prints the tables; `--write` puts them into docs/benchmarks.md. About ten minutes in full on two cores; the
machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

from bench.capture import kept, report
from bench.capture.content import NEED_NO_SCRIPT, Kind
from bench.capture.report import Group, Measured, Result
from bench.capture.roster import FEW, MIX, ROOT, STILL, Job, Tool, manifest_of

from bench import tables

KINDS: tuple[str, ...] = get_args(Kind)


class Bench:
    """One generated site, and what was measured on it."""

    def __init__(self, folder: Path, manifest: dict[str, Any], runs: int, heavy_runs: int) -> None:
        self._folder, self._manifest = folder, manifest
        self._runs, self._heavy_runs = runs, heavy_runs
        self._numbers = iter(range(10**6))

    def group(self, title: str, tools: tuple[Tool, ...], kinds: tuple[str, ...]) -> Group:
        """All tools on the pages of these kinds; within a round in an order drawn anew."""
        taken: dict[str, list[Measured]] = defaultdict(list)
        why = {tool.name: tool.absent() for tool in tools}
        for n in range(max(self._runs, self._heavy_runs)):
            round_ = [t for t in tools if not why[t.name] and n < self._times(t)]
            random.Random(n).shuffle(round_)
            for tool in round_:
                taken[tool.name].append(self._measure(tool, kinds, first=n == 0))
        results = tuple(Result(tool, tuple(taken[tool.name]), why[tool.name]) for tool in tools)
        return Group(title, manifest_of(self._manifest, kinds), results)

    def _times(self, tool: Tool) -> int:
        return 1 if tool.once else self._heavy_runs if tool.heavy else self._runs

    def _measure(self, tool: Tool, kinds: tuple[str, ...], *, first: bool) -> Measured:
        told = manifest_of(self._manifest, kinds, FEW if tool.few else None)
        out = self._folder / f"{tool.name}-{next(self._numbers)}"
        out.mkdir()
        path = self._folder / f"{out.name}.json"
        path.write_text(json.dumps(told), "utf-8")
        urls = [page["url"] for page in told["pages"]]
        cost = self._run(tool, Job(urls, path, out, again=False))
        have = kept.size(out, tool.patterns)
        has = tool.read(out) if first else {}
        shares = {kind: kept.completeness(told, has, (kind,)) for kind in KINDS} if first else {}
        shares |= {
            "all": kept.completeness(told, has, KINDS),
            "images": kept.completeness(told, has, KINDS, images=True),
        }
        again = None
        if first and tool.second:
            again = self._run(tool, Job(urls, path, out, again=True)), kept.size(out, tool.patterns) - have
        rows = report.rows_told(out / "home" / "rows.jsonl") if first else {}
        shutil.rmtree(out)
        print(
            f"{tool.name:20} {cost['wall'] / len(urls):7.4f} s {cost['cpu'] / len(urls):7.4f} CPU s",
            file=sys.stderr,
        )
        return Measured(len(urls), cost["wall"], cost["cpu"], cost["peak"], have, shares, again, rows)

    def _run(self, tool: Tool, job: Job) -> dict[str, Any]:
        staged = "staged" if tool.staged else "whole"
        asked = [sys.executable, "-m", "bench.capture.measure", staged, *tool.command(job)]
        done = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)
        cost: dict[str, Any] = json.loads(done.stdout)
        if cost["code"] not in (0, 8):  # 8: wget, where a server answered with an error
            raise SystemExit(f"{tool.name} ended with {cost['code']}:\n{cost['tail']}")
        return cost


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.capture")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5, help="of tools without a browser; the median counts")
    parser.add_argument("--heavy-runs", type=int, default=2, help="of tools with a browser")
    parser.add_argument("--only", default="", help="names of tools, separated by commas")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    given = parser.parse_args()
    wanted = set(filter(None, given.only.split(",")))
    with tempfile.TemporaryDirectory(prefix="cunzhao-bench-") as name:
        folder = Path(name)
        path = folder / "site.json"
        asked = [sys.executable, "-m", "bench.capture.site", str(given.pages), str(path)]
        server = subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        try:
            assert server.stdout and server.stdout.readline().strip() == b"ready"
            bench = Bench(folder, json.loads(path.read_text("utf-8")), given.runs, given.heavy_runs)
            groups = [
                bench.group(title, tuple(t for t in tools if not wanted or t.name in wanted), kinds)
                for title, tools, kinds in (
                    ("Pages that need no script", STILL, NEED_NO_SCRIPT),
                    ("The whole mix", MIX, KINDS),
                )
            ]
        finally:
            server.kill()
            server.wait()
    page = report.page(groups)
    print(page)
    if given.write:
        tables.put("capture", page)


if __name__ == "__main__":
    main()
