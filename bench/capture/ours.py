"""Our engines as the product runs them: gate, capture, WARC (fsync), index rows (commit); or a whole save."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from cunzhao.core import Core
from cunzhao.core.values.outcomes import SaveRow
from cunzhao.settings import Settings

HOSTS = ("127.0.0.1", "127.0.0.2")


def settings(home: Path, renditions: Iterable[str]) -> Settings:
    """The product's own defaults; only the two hosts of the site are let through."""
    return Settings(home=home, allow_hosts=HOSTS, renditions=tuple(renditions))


class Ours:
    """An opened data folder. `reading=False` leaves out text, facts and the search index."""

    def __init__(self, home: Path, engine: str, *, renditions: Iterable[str], reading: bool) -> None:
        self._engine, self._home = engine, home
        self._core = Core.open(settings(home, renditions))
        if not reading:
            self._read_nothing()

    def _read_nothing(self) -> None:
        deriver = self._core._deriver
        deriver.derive = lambda _snapshot: None  # type: ignore[method-assign]
        deriver.drain = lambda: None  # type: ignore[method-assign]

    def warm(self) -> None:
        """What a server has done before the first link comes."""
        self._core._gate_open()

    def all(self, urls: list[str]) -> None:
        rows = [_told(row) for row in self._core.save(urls, engine=self._engine)]
        self._core._archive.close()
        with (self._home / "rows.jsonl").open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def close(self) -> None:
        self._core.close()


def _told(row: SaveRow) -> dict[str, object]:
    missing = [f"{m.url} {m.reason}" for m in row.missing]
    return {
        "url": row.url,
        "verdict": row.verdict,
        "engine": row.engine,
        "reason": row.reason,
        "missing": missing,
    }
