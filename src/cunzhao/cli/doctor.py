"""`cunzhao doctor`: what this machine lacks, and the one step that mends it."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import IPv4Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread

from cunzhao.core import check_service, database_works, find_office, find_program
from cunzhao.errors import BrowserMissing, CunzhaoError
from cunzhao.settings import Settings

KNOWN_NAME = "www.gov.cn"
RESOLVE_WAIT_S = 2.0
OCR = "rapidocr_onnxruntime"  # of the extra `ocr`
MADE_UP = IPv4Network("198.18.0.0/15")  # RFC 2544; no site of the Internet has an address here
ROOM_BYTES = 1_000_000_000  # below this a capture of a larger site may fill the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    good: bool
    needed: bool  # False: works without it, with less
    zh: str
    en: str


Resolve = Callable[[str], Sequence[str]]  # a name to its addresses; raises OSError


def _look_up(name: str) -> Sequence[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(name, 80, socket.AF_INET, socket.SOCK_STREAM)]


def examine(settings: Settings, resolve: Resolve = _look_up) -> Iterator[Check]:
    yield _home(settings)
    yield _database(settings)
    yield _browser(settings)
    yield _font()
    yield _office(settings)
    yield _ocr()
    yield _model(settings)
    yield from _names(resolve)


def _names(resolve: Resolve) -> Iterator[Check]:
    """Does the system answer names with made-up addresses, as Clash with fake-ip does? Silent offline."""
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(KNOWN_NAME))
        except OSError:
            answers.put(())

    Thread(target=ask, daemon=True).start()  # a resolver without a network may take long
    try:
        addresses = answers.get(timeout=RESOLVE_WAIT_S)
    except Empty:
        return
    if made_up := next((a for a in addresses if ip_address(a) in MADE_UP), None):
        yield Check(
            good=False,
            needed=False,
            zh=f"{KNOWN_NAME} 被解析为 {made_up}：代理软件的 fake-ip 模式使所有网站看似内部地址，"
            "抓取会被拒绝。"
            "请关闭 fake-ip（Clash 的 enhanced-mode 改为 redir-host），"
            "或把要抓取的网站写进 egress.allow（CUNZHAO_ALLOW_HOSTS）",
            en=f"{KNOWN_NAME} resolves to {made_up}: with a proxy's fake-ip every site seems to be "
            "internal and is refused. Turn fake-ip off (in Clash: enhanced-mode: redir-host), "
            "or name the sites in egress.allow (CUNZHAO_ALLOW_HOSTS)",
        )


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


def _browser(settings: Settings) -> Check:
    try:
        found = find_program(settings.browser)
    except BrowserMissing as error:
        return Check(
            good=False,
            needed=False,
            zh=f"没有找到浏览器（{error.input}），由脚本生成的网页取不全："
            "请安装 Chromium、Chrome 或 Edge（Debian：apt-get install chromium），"
            "或在设置 collect.browser 中写明它的路径",
            en=f"no browser ({error.input}): pages drawn by script are kept in part only. Install Chromium, "
            "Chrome or Edge (Debian: apt-get install chromium), or name its program in collect.browser",
        )
    return Check(good=True, needed=False, zh=f"浏览器 {found}", en=f"browser {found}")


def _office(settings: Settings) -> Check:
    found = find_office(settings)
    if found is None:
        named = settings.office or "LibreOffice"
        return Check(
            good=False,
            needed=False,
            zh=f"没有找到 {named}，.doc、.wps 等旧版办公文件只留存、不读：请安装 LibreOffice"
            "（Debian：apt-get install libreoffice-writer libreoffice-calc），或在设置 read.office 中"
            "写明它的路径，然后运行 cunzhao rebuild",
            en=f"no {named}: old office files (.doc, .wps) are kept, not read. Install LibreOffice (Debian: "
            "apt-get install libreoffice-writer libreoffice-calc) or name its program in read.office, then "
            "run `cunzhao rebuild`",
        )
    return Check(good=True, needed=False, zh=f"LibreOffice {found}", en=f"LibreOffice {found}")


def _ocr() -> Check:
    if find_spec(OCR) is None:
        return Check(
            good=False,
            needed=False,
            zh="没有文字识别，扫描件只留存、不读：pip install 'cunzhao[ocr]'，然后运行 cunzhao rebuild",
            en="no OCR: scans are kept, not read: pip install 'cunzhao[ocr]', then run `cunzhao rebuild`",
        )
    return Check(good=True, needed=False, zh="文字识别（扫描件）", en="OCR for scans")


def _model(settings: Settings) -> Check:
    if not settings.model_address:
        return Check(
            good=True,
            needed=False,
            zh="语言模型：未启用（需要时见 docs/model.md）",
            en="language model: off (see docs/model.md)",
        )
    try:
        check_service(settings)
    except CunzhaoError as error:
        return Check(good=False, needed=False, zh=error.text("zh"), en=error.text("en"))
    named = f"{settings.model_name or '-'}, {settings.model_address}"
    return Check(good=True, needed=False, zh=f"语言模型 {named}", en=f"language model {named}")


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
