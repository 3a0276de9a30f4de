"""The temporary folder of one browser: nothing of it outlives a browser, or us, that is killed.

Chromium makes a folder for its sockets and takes it away when it ends, but not when it is killed. So each
browser gets a folder of its own as its TMPDIR, under a lock that the system frees when we die; what lies in
folders whose lock is free is swept up at the next start.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "cunzhao-browser-"
_LOCK = "lock"
_PROFILES = "playwright_chromiumdev_profile-*"  # made by Playwright beside us, and taken away by it if it can
_WRITING_S = 3.0  # that processes of a killed browser may still write in its folders
_MAKING_S = 60  # a folder without a lock is left alone so long
_LONGEST = 60  # characters of the folder's path: a socket's name has 108, and Chromium adds up to 46

_log = logging.getLogger(__name__)


class Temporary:
    """A folder for one browser; `close` takes it away. Raises OSError where none can be made."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = FileLock(self.folder / _LOCK, thread_local=False, fallback_to_soft=False)
        self._lock.acquire(timeout=0)
        self._profiles: set[Path] = set()

    def started(self) -> None:
        """Its browser runs: from now on its profile is known. Of one that is killed it may be left half taken
        away, without the link that tells whose it is."""
        self._profiles |= _profiles_of(self.folder)

    def environment(self) -> dict[str, str | float | bool] | None:
        """Our own environment with this folder as the place for temporary files; None: leave it as it is."""
        if sys.platform != "linux" or len(str(self.folder)) > _LONGEST:
            return None
        return {**os.environ, "TMPDIR": str(self.folder)}

    def close(self) -> None:
        """Take the folder away; its browser must have ended."""
        self._lock.release()
        _take_away(self.folder, self._profiles)


def sweep() -> Iterator[Path]:
    """Take away what browsers left whose program was killed; yields each folder."""
    place = Path(tempfile.gettempdir())
    for folder in sorted(place.glob(PREFIX + "*")):
        try:
            if not (folder / _LOCK).exists() and time.time() - folder.stat().st_mtime < _MAKING_S:
                continue  # its program is about to lock it
            lock = FileLock(folder / _LOCK, thread_local=False, fallback_to_soft=False)
            lock.acquire(timeout=0)
        except (Timeout, OSError):  # a living program's, or another user's
            continue
        lock.release()
        _take_away(folder)
        yield folder


def _take_away(folder: Path, profiles: Iterable[Path] = ()) -> None:
    """The folder, and the profile whose browser had its socket there: Playwright may have been cut off."""
    ends = time.monotonic() + _WRITING_S
    for place in (*_profiles_of(folder), *profiles, folder):
        shutil.rmtree(place, ignore_errors=True)
        while place.exists() and time.monotonic() < ends:  # what a killed browser had started writes still
            time.sleep(0.05)
            shutil.rmtree(place, ignore_errors=True)


def _profiles_of(folder: Path) -> set[Path]:
    profiles = folder.parent.glob(_PROFILES)
    return {profile for profile in profiles if _leads_into(profile / "SingletonSocket", folder)}


def _leads_into(link: Path, folder: Path) -> bool:
    """A profile names the socket of its browser by a symbolic link."""
    try:
        return folder in link.readlink().parents
    except OSError:
        return False


def sweep_told() -> None:
    """Sweep, with a word in the log for each folder."""
    for folder in sweep():
        _log.warning("swept up %s, which a browser left whose program was killed", folder)
