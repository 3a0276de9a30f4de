"""A real file system that is nearly full: a tmpfs of some megabytes, with a ballast file that can be let go.

Mounting needs root. Other users get the same by running the test again inside a user namespace of their own
(`unshare`), where they are root; there no PostgreSQL server can be started, so they see SQLite only.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_BALLAST = "ballast"


class SmallDisk:
    """A mounted tmpfs of `size` bytes."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size

    @property
    def free(self) -> int:
        told = os.statvfs(self.folder)
        return told.f_bavail * told.f_frsize

    def fill(self, leave: int) -> None:
        """Let no more than about `leave` bytes be free."""
        with (self.folder / _BALLAST).open("ab") as ballast:
            while (rest := self.free - leave) >= 4096:
                ballast.write(bytes(min(rest, 1_000_000) // 4096 * 4096))
                ballast.flush()

    def make_room(self) -> None:
        (self.folder / _BALLAST).unlink()


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[SmallDisk]:
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder, size)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def on_a_small_disk(test: Callable[..., None]) -> Callable[..., None]:
    """Run the test where file systems can be mounted: here as root, else in a namespace where we are."""

    @functools.wraps(test)
    def wherever(request: pytest.FixtureRequest, **given: Any) -> None:
        if os.geteuid() == 0:
            test(request=request, **given)
            return
        if "postgresql" in request.node.name:
            pytest.skip("only root can both mount a file system and start this server as another user")
        again = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", request.node.nodeid]
        done = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", *again], cwd=ROOT, check=False,
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    return wherever
