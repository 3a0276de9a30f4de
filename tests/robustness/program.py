"""The program as a user starts it, with a temporary folder of its own, to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from cunzhao.settings import Settings
from tests.robustness.processes import below, ended

ROOT = Path(__file__).parents[2]
LEAVE_S = 60  # what the program had started is given so long to end after it


class Program:
    """A command in a process of its own."""

    def __init__(self, settings: Settings, temp: Path, *words: str, **limits: str) -> None:
        self.temp = temp
        environ = {
            **os.environ, "CUNZHAO_HOME": str(settings.home), "CUNZHAO_DATABASE": settings.database,
            "CUNZHAO_ALLOW_HOSTS": "127.0.0.1", "CUNZHAO_FETCH_TIMEOUT": "60", "CUNZHAO_BROWSER_QUIET": "0.1",
            "TMPDIR": str(temp), "LANG": "zh_CN.UTF-8", "LC_ALL": "", **limits,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cunzhao", *words],
            env=environ, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def kill(self) -> list[str]:
        """Whole lines that it said before it was killed; of a line cut by the kill nothing was said."""
        children = below(self.process.pid)
        self.process.kill()
        stdout = self.process.stdout.read() if self.process.stdout else b""  # behind what has been read of it
        self.process.communicate()
        assert_gone(children)
        return [line for line in stdout.decode().splitlines(keepends=True) if line.endswith("\n")]


def assert_gone(children: list[int]) -> None:
    """They have ended by themselves; what has not is ended here, and told."""
    left = [pid for pid in children if not ended(pid, LEAVE_S)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == [], "what the program had started outlived it"
