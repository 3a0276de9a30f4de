"""`cunzhao doctor`: what this machine lacks, and the one step that mends it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

from cunzhao.core import database_works
from cunzhao.errors import CunzhaoError
from cunzhao.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ROOM_BYTES = 1_000_000_000  # below this a capture of a larger site may fill the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    good: bool
    needed: bool  # False: works without it, with less
    zh: str
    en: str


def examine(settings: Settings) -> Iterator[Check]:
    yield _home(settings)
    yield _database(settings)
    yield _browser()
    yield _font()


def _home(settings: Settings) -> Check:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        (settings.home / ".write-test").write_bytes(b"")
        (settings.home / ".write-test").unlink()
    except OSError as error:
        return Check(
            good=False,
            needed=True,
            zh=f"数据文件夹 {settings.home} 不能写入（{error.strerror}）：请用 --home 换一个文件夹",
            en=f"cannot write to {settings.home} ({error.strerror}): choose another folder with --home",
        )
    free = shutil.disk_usage(settings.home).free
    room = f"{free / 1e9:.1f} GB"
    return Check(
        good=free > ROOM_BYTES,
        needed=False,
        zh=f"数据文件夹 {settings.home}，剩余空间 {room}",
        en=f"data folder {settings.home}, {room} free",
    )


def _database(settings: Settings) -> Check:
    try:
        name = database_works(settings)
    except CunzhaoError as error:
        return Check(good=False, needed=True, zh=error.text("zh"), en=error.text("en"))
    return Check(good=True, needed=True, zh=f"数据库 {name}", en=f"database {name}")


def _browser() -> Check:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return Check(
        good=found is not None,
        needed=False,
        zh=f"浏览器 {found}"
        if found
        else "没有 Chromium（本版抓取不需要；测试需要）：apt-get install chromium",
        en=f"browser {found}" if found else "no Chromium (tests need it): apt-get install chromium",
    )


def _font() -> Check:
    lister = shutil.which("fc-list")
    if lister is None:
        return Check(good=True, needed=False, zh="字体：由系统提供", en="fonts: the system's own")
    listed = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout
    return Check(
        good=bool(listed.strip()),
        needed=False,
        zh="中文字体" if listed.strip() else "没有中文字体：apt-get install fonts-noto-cjk",
        en="CJK font" if listed.strip() else "no CJK font: apt-get install fonts-noto-cjk",
    )
