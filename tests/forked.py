"""Processes that begin with all of Cunzhao imported: forked from a server that has imported it once.

A command or a reading worker of the product starts anew and imports what it needs, for most of a second. Of
hundreds of them in the tests only some are about that; the others are forked where the system can.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.forkserver
import os
import sys
from multiprocessing.context import BaseContext
from pathlib import Path

_PRELOADED = [
    "cunzhao.cli", "cunzhao.extract.facts", "cunzhao.read.page.html", "cunzhao.read.structure.finishing",
    "cunzhao.read.worker", "tests.forked",
]  # fmt: skip


def context() -> BaseContext | None:
    """What makes such processes; None where the system has none (Windows)."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return None
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(_PRELOADED)
    multiprocessing.forkserver.ensure_running()  # its socket lies in the temporary folder of the first who asks
    return made


def command(words: tuple[str, ...], environ: dict[str, str], out: Path, err: Path) -> None:
    """In such a process: `cunzhao` with these words, its output in files. Ends with SystemExit."""
    os.environ.clear()
    os.environ.update(environ)
    for fd, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), fd)
    sys.argv = ["cunzhao", *words]
    from cunzhao.cli import main

    main()
