"""The command line as a user runs it: a process of its own, in the environment of a user."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from tests import forked
from tests.databases import fresh

TIMEOUT_S = 280
LIMITS = {"CUNZHAO_FETCH_TIMEOUT": "10", "CUNZHAO_MAX_BODY": "50000000", "CUNZHAO_ALLOW_HOSTS": "127.0.0.1"}


class Cunzhao:
    """The command with a data folder (None: the default) and a database; `anew`: its process imports it anew."""

    def __init__(self, home: Path | None, database: str = "") -> None:
        self.home = home
        self.database = database

    def __call__(
        self, *words: str, lang: str = "zh_CN.UTF-8", anew: bool = False
    ) -> subprocess.CompletedProcess[str]:
        own = {"CUNZHAO_HOME": str(self.home or ""), "CUNZHAO_DATABASE": self.database}
        return run(words, {**os.environ, **LIMITS, **own, "LANG": lang, "LC_ALL": lang}, anew=anew)


def run(
    words: tuple[str, ...], environ: dict[str, str], *, anew: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command with these words in just this environment."""
    if not anew and (made := forked.context()):
        return _forked(made, words, environ)
    command = [sys.executable, "-m", "cunzhao", *words]
    return subprocess.run(
        command, env=environ, capture_output=True, encoding="utf-8", timeout=TIMEOUT_S, check=False
    )


def _forked(
    made: BaseContext, words: tuple[str, ...], environ: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = made.Process(target=forked.command, args=(words, environ, out, err))  # type: ignore[attr-defined]
        process.start()
        process.join(TIMEOUT_S)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(words, TIMEOUT_S)
        told = (path.read_text("utf-8") if path.exists() else "" for path in (out, err))
        return subprocess.CompletedProcess(words, process.exitcode, *told)


def database(request: pytest.FixtureRequest) -> str:
    """The URL of a new database of the kind that the fixture is asked for."""
    return fresh(request.getfixturevalue("postgres")) if request.param == "postgresql" else ""
