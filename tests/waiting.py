"""Waiting for what another thread, process or page does a moment later, instead of asking once."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(holds: Callable[[], object], within_s: float = 150) -> None:
    """Return as soon as it holds; fails where it does not within this time. For a browser's page see
    `expect` of Playwright, which lets the browser go on meanwhile."""
    ends = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < ends, f"waited {within_s} s in vain"
        time.sleep(0.02)
