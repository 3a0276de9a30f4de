"""Which program is Chromium on this machine, how it is started, and what can be told of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cunzhao.egress.chromium_flags import chromium_flags
from cunzhao.errors import BrowserMissing

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
    "microsoft-edge",
)  # fmt: skip
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_UNDER_PROGRAM_FILES = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
_PROGRAM_FILES = (r"C:\Program Files", r"C:\Program Files (x86)")

#: Frames of other sites stay in the page's process, so that one CDP session records them all. That is
#: acceptable because each page has a throw-away context: there is no login and no cookie to steal in it.
_ONE_PROCESS = (
    "IsolateOrigins",
    "site-per-process",
    "IsolateSandboxedIframes",
    "OriginKeyedProcessesByDefault",
)
#: Chromium takes the last --disable-features alone, so Playwright's own are repeated here: http stays http,
#: nothing is looked up, offered or asked for behind the page. The last two draw the list of suggestions under
#: an address bar that nobody sees: two more pages for each page, and nearly half of its processor time.
_QUIET = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
    "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints",
    "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "Translate",
    "InterestFeedContentSuggestions", "GlobalMediaControls", "AutofillServerCommunication",
    "SpareRendererForSitePerProcess", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
)  # fmt: skip

_digests: dict[tuple[str, int, int], str] = {}  # of programs already read, by path, size and time


def find_program(named: str) -> Path:
    """The browser to start: as the settings name it, else looked for. Raises BrowserMissing."""
    if named:
        found = shutil.which(named)
        if not found:
            raise BrowserMissing(named)
        return Path(found)
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    places = [Path(place) for place in _PLACES]
    places += [Path(folder) / place for folder in _PROGRAM_FILES for place in _UNDER_PROGRAM_FILES]
    if sys.platform == "win32":
        places += [Path.home() / "AppData/Local" / place for place in _UNDER_PROGRAM_FILES]
    for place in places:
        if place.is_file():
            return place
    raise BrowserMissing("chromium")


def arguments(gate: tuple[str, int]) -> list[str]:
    """What Chromium is started with, beside what Playwright adds: everything goes through the gate."""
    told = [
        *chromium_flags(gate),
        "--disable-site-isolation-trials",
        f"--disable-features={','.join((*_QUIET, *_ONE_PROCESS))}",
    ]
    return [*told, "--no-sandbox"] if is_root() else told


def is_root() -> bool:
    """As root Chromium refuses to start with its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def real_program(process: int, started: Path) -> Path:
    """The file that really runs: Debian's `chromium` is a shell script that becomes another program."""
    try:
        return Path(f"/proc/{process}/exe").readlink()
    except (OSError, ValueError):
        return started.resolve()


def resident(process: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say (it has no /proc)."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return 0


def digest_of(program: Path) -> str:
    """`sha256:` and 64 hex digits of the program's file, read once in this process; "" if unreadable."""
    try:
        told = program.stat()
        key = str(program), told.st_size, told.st_mtime_ns
        if key not in _digests:
            with program.open("rb") as file:
                _digests[key] = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
        return _digests[key]
    except OSError:
        return ""


def plain_user_agent(version: Mapping[str, Any]) -> str:
    """Chromium's own User-Agent, without the word that says that no window is shown."""
    return str(version.get("userAgent", "")).replace("HeadlessChrome/", "Chrome/")
