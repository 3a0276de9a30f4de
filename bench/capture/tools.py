"""The tools in Python, each in a process of its own: `python -m bench.capture.tools NAME MANIFEST OUT`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.capture import bare

ENGINES = ("http", "browser", "auto")
ALL_RENDITIONS = ("screenshot", "pdf", "dom", "text")


def _say_ready_and_wait() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


async def _run_bare(manifest: dict[str, Any], out: Path) -> None:
    _say_ready_and_wait()
    async with bare.Library() as client:
        await bare.fetch_all(client, manifest, out)
        print("done", flush=True)


async def _run_sockets(manifest: dict[str, Any], out: Path) -> None:
    _say_ready_and_wait()
    async with bare.Sockets() as client:
        await bare.fetch_all(client, manifest, out)
        print("done", flush=True)


async def _run_chromium(manifest: dict[str, Any], out: Path) -> None:
    from bench.capture.warm import Warm

    from cunzhao.settings import Settings

    ours = Settings(home=out)
    warm = Warm(out, ours.browser_pages, ours.browser_quiet_s)
    await warm.start()
    _say_ready_and_wait()
    await warm.all([page["url"] for page in manifest["pages"]])
    print("done", flush=True)
    await warm.stop()


def _run_ours(name: str, manifest: dict[str, Any], out: Path) -> None:
    """`http`, `browser`, `auto`; `+renditions`: with what the browser makes of it; `+save`: with reading."""
    from bench.capture.ours import Ours

    engine, _, extra = name.partition("+")
    renditions = ("none",) if not extra or engine == "http" else ALL_RENDITIONS
    ours = Ours(out / "home", engine, renditions=renditions, reading=extra == "save")
    ours.warm()
    _say_ready_and_wait()
    ours.all([page["url"] for page in manifest["pages"]])
    print("done", flush=True)
    ours.close()


_ASYNC: dict[str, Callable[[dict[str, Any], Path], Awaitable[None]]] = {
    "bare": _run_bare,
    "sockets": _run_sockets,
    "chromium": _run_chromium,
}


def main(name: str, manifest: str, out: str) -> None:
    told = json.loads(Path(manifest).read_text("utf-8"))
    if name in _ASYNC:
        asyncio.run(_ASYNC[name](told, Path(out)))  # type: ignore[arg-type]
    else:
        _run_ours(name, told, Path(out))


if __name__ == "__main__":
    main(*sys.argv[1:4])
