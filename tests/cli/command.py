"""The command line as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import fresh

LIMITS = {"CUNZHAO_FETCH_TIMEOUT": "10", "CUNZHAO_MAX_BODY": "50000000", "CUNZHAO_ALLOW_HOSTS": "127.0.0.1"}


class Cunzhao:
    """The real command in a process of its own, with a data folder (None: the default) and a database."""

    def __init__(self, home: Path | None, database: str = "") -> None:
        self.home = home
        self.database = database

    def __call__(self, *words: str, lang: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
        own = {"CUNZHAO_HOME": str(self.home or ""), "CUNZHAO_DATABASE": self.database}
        environ = {**os.environ, **LIMITS, **own, "LANG": lang, "LC_ALL": lang}
        command = [sys.executable, "-m", "cunzhao", *words]
        return subprocess.run(
            command, env=environ, capture_output=True, encoding="utf-8", timeout=280, check=False
        )


def database(request: pytest.FixtureRequest) -> str:
    """The URL of a new database of the kind that the fixture is asked for."""
    return fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
