"""Processes that a test has started, and whether they are gone. Linux: it reads /proc."""

from __future__ import annotations

import time
from pathlib import Path


def _stat(pid: int) -> list[str]:
    """State, parent and what follows; empty if there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("latin-1").rpartition(")")[2].split()
    except OSError:
        return []


def below(root: int) -> list[int]:
    """All living processes that descend from `root`."""
    parents = {int(path.name): _stat(int(path.name)) for path in Path("/proc").glob("[0-9]*")}
    found, pending = list[int](), [root]
    while pending:
        above = pending.pop()
        children = [pid for pid, told in parents.items() if told and int(told[1]) == above]
        found += children
        pending += children
    return found


def alive(pid: int) -> bool:
    """A zombie is not: it has ended, and waits for its parent to look."""
    told = _stat(pid)
    return bool(told) and told[0] != "Z"


def ended(pid: int, within_s: float) -> bool:
    """Whether the process ends by itself in this time."""
    ends = time.monotonic() + within_s
    while alive(pid):
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def command(pid: int) -> str:
    """Its command line, words separated by blanks; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""
