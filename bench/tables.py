"""Tables in docs/benchmarks.md: each stands between two marks, and a bench puts its own there."""

from __future__ import annotations

import os
import platform
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def put(name: str, text: str) -> None:
    """Raises ValueError where the page has no marks of this name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    page = PAGE.read_text("utf-8")
    if begin not in page or end not in page:
        raise ValueError(f"{PAGE} has no place for {name}")
    before, rest = page.split(begin, 1)
    PAGE.write_text(f"{before}{begin}\n{text.strip()}\n\n{end}{rest.split(end, 1)[1]}", "utf-8")


def machine() -> str:
    """What ran it, and how busy that was."""
    one, five, _ = os.getloadavg() if hasattr(os, "getloadavg") else (0.0, 0.0, 0.0)
    cores = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return f"Machine: {cores}; load {one:.1f} in the last minute, {five:.1f} in five."
