"""Which tools are measured, how each is started, and how what it kept is read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.capture import kept

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".bench"  # an environment of its own for single-file-cli, made on demand, ignored by git
SINGLE_FILE = "single-file-cli@2.0.83"
FEW = 20  # pages for a tool that takes seconds for each


@dataclass(frozen=True, slots=True)
class Job:
    """One tool at work: which pages, where to, and whether it was there before."""

    urls: list[str]
    manifest: Path
    out: Path
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    name: str
    label: str
    command: Callable[[Job], list[str]]
    read: Callable[[Path], kept.Kept]
    patterns: tuple[str, ...]  # files that hold what was captured
    staged: bool = False  # see `measure`
    heavy: bool = False  # a browser is at work: fewer runs
    second: bool = True  # a second capture into the same folder is measured too
    once: bool = False  # reported apart, or too slow to be repeated
    few: bool = False  # takes seconds for a page: only some pages
    absent: Callable[[], str] = lambda: ""  # why it cannot run on this machine


def _python(name: str) -> Callable[[Job], list[str]]:
    def command(job: Job) -> list[str]:
        return [sys.executable, "-m", "bench.capture.tools", name, str(job.manifest), str(job.out)]

    return command


def _wget(*, dedup: bool) -> Callable[[Job], list[str]]:
    def command(job: Job) -> list[str]:
        urls = job.out / "urls.txt"
        urls.write_text("\n".join(job.urls), "utf-8")
        known = [f"--warc-dedup={job.out / 'first.cdx'}"] if dedup and job.again else []
        warc = [f"--warc-file={job.out / ('second' if job.again else 'first')}", "--warc-cdx", *known]
        told = ["-nv", "-e", "robots=off", "--delete-after", f"--directory-prefix={job.out}/tree"]
        return ["wget", "-p", "-H", *told, f"--input-file={urls}", *warc]

    return command


def _single_file(job: Job) -> list[str]:
    urls = job.out / "urls.txt"
    urls.write_text("\n".join(job.urls), "utf-8")
    into = job.out / ("second" if job.again else "first")
    into.mkdir()
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    told = [f"--urls-file={urls}", f"--output-directory={into}", "--max-parallel-workers=3"]
    told += [f"--browser-executable-path={shutil.which('chromium')}"]
    told += ["--browser-arg=--no-sandbox"] if root else []
    return [str(NODE / "node_modules" / ".bin" / "single-file"), *told]


def _needs(*programs: str) -> Callable[[], str]:
    def absent() -> str:
        missing = [program for program in programs if not shutil.which(program)]
        return f"{', '.join(missing)} is not on this machine" if missing else ""

    return absent


def _single_file_absent() -> str:
    """Bring it into a folder of its own, once."""
    if why := _needs("node", "npm", "chromium")():
        return why
    if not (NODE / "node_modules" / ".bin" / "single-file").exists():
        NODE.mkdir(exist_ok=True)
        asked = ["npm", "install", "--prefix", str(NODE), "--no-audit", "--no-fund", SINGLE_FILE]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"npm could not bring it ({done.stderr.strip().splitlines()[-1:]})"
    return ""


def _ours(name: str, label: str, *, heavy: bool = False, second: bool = True, once: bool = False) -> Tool:
    return Tool(
        name=name,
        label=label,
        command=_python(name),
        read=kept.of_warcs,
        patterns=("*.warc.gz",),
        staged=True,
        heavy=heavy,
        second=second,
        once=once,
        absent=_needs("chromium") if heavy else _needs(),
    )


def _limit(name: str, label: str, *, heavy: bool = False) -> Tool:
    """Bodies in files, and an index of them."""
    return Tool(
        name=name,
        label=label,
        command=_python(name),
        read=kept.of_files,
        patterns=("*.body",),
        staged=True,
        heavy=heavy,
        second=False,
        absent=_needs("chromium") if heavy else _needs(),
    )


def _wget_tool(name: str, label: str, *, dedup: bool) -> Tool:
    return Tool(
        name=name,
        label=label,
        command=_wget(dedup=dedup),
        read=kept.of_warcs,
        patterns=("*.warc.gz",),
        absent=_needs("wget"),
    )


SINGLE = Tool(
    name="single-file",
    label="single-file-cli, batch",
    command=_single_file,
    read=kept.of_single_files,
    patterns=("*.html",),
    heavy=True,
    once=True,
    few=True,
    absent=_single_file_absent,
)

#: Pages that need no script: the limit is the bare fetch.
STILL = (
    _limit("bare", "bare asynchronous fetch (limit)"),
    _limit("sockets", "the same over bare sockets"),
    _wget_tool("wget", "wget -p --warc-file", dedup=False),
    _wget_tool("wget-dedup", "wget with CDX dedup", dedup=True),
    _ours("http", "**http**"),
    _ours("http+save", "http, whole save", second=False),
)
#: The whole mix: the limit is the warm Chromium.
MIX = (
    _limit("chromium", "one warm Chromium over CDP (limit)", heavy=True),
    SINGLE,
    _ours("browser", "**browser**", heavy=True),
    _ours(
        "browser+renditions", "browser with screenshot, PDF, DOM, text", heavy=True, second=False, once=True
    ),
    _ours("auto", "**auto**", heavy=True),
    _ours("auto+save", "auto with renditions, whole save", heavy=True, second=False, once=True),
)


def manifest_of(told: dict[str, Any], kinds: tuple[str, ...], most: int | None = None) -> dict[str, Any]:
    """The same site, only the pages of these kinds, the first so many."""
    pages = [page for page in told["pages"] if page["kind"] in kinds]
    return {**told, "pages": pages[:most]}
