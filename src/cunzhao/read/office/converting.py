"""Office files of other kinds (.doc, .wps, .rtf, .odt, .ods …) made into .docx or .xlsx by LibreOffice.

LibreOffice runs alone for one file: profile and folder of its own, macros off, links never followed, every
connection sent to a proxy that does not exist. It is given a time and ended with all its processes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from threading import Event
from time import monotonic

from cunzhao.errors import (
    ConversionFailed,
    ConverterMissing,
    DecompressionBomb,
    FileBroken,
    ReadCrashed,
    ReadTimeout,
)
from cunzhao.formats import CONVERTED, OLE
from cunzhao.settings import Settings

_NAMES = ("soffice", "libreoffice", "soffice.com")
_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_FILTERS = {"docx": "MS Word 2007 XML", "xlsx": "Calc MS Excel 2007 XML"}
_LOOK_S = 0.05  # how often is seen whether it has ended
_NOWHERE = ("127.0.0.1", "9")  # the discard port: nothing answers there
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
_SETTINGS: tuple[tuple[str, str, str, str], ...] = (  # node, name, type, value
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "boolean", "true"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "boolean", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "int", "3"),
    ("Common/Misc", "UseLocking", "boolean", "false"),
    ("Common/Load", "UpdateDocMode", "int", "0"),
    ("Writer/Content/Update", "Link", "int", "0"),  # never
    ("Calc/Content/Update", "Link", "int", "1"),  # never, in its own count
    ("Calc/Formula/Load", "OOXMLRecalcMode", "int", "1"),  # never: the saved values are read
    ("Calc/Formula/Load", "ODFRecalcMode", "int", "1"),
)
_PROXY = (
    ("ooInetProxyType", "int", "1"),  # as told here, whatever the desktop says
    ("ooInetNoProxy", "string", ""),
    *((f"ooInet{kind}ProxyName", "string", _NOWHERE[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *((f"ooInet{kind}ProxyPort", "int", _NOWHERE[1]) for kind in ("HTTP", "HTTPS", "FTP")),
)


def find_office(settings: Settings) -> str | None:
    """The program of LibreOffice: as set, on the path, or where its installers put it; None: not found."""
    if settings.office:
        return shutil.which(settings.office)
    found = (shutil.which(name) for name in (*_NAMES, *_USUAL))
    return next((path for path in found if path), None)


def converted(data: bytes, form: str, called: str, settings: Settings, ended: Event | None = None) -> bytes:
    """The file as .docx, or .xlsx: what `formats.CONVERTED` says of `form`. `ended`: give up when it is set.

    Raises ConverterMissing, ConversionFailed, ReadTimeout (after `parse_timeout_s`), ReadCrashed (given up),
    FileBroken, DecompressionBomb (what comes out is larger than `max_decoded_bytes`).
    """
    if data.startswith(OLE) and not _has_root(data):  # LibreOffice would take its bytes for text
        raise FileBroken(called, format=form.upper(), detail="no directory in the compound file")
    program = find_office(settings)
    if program is None:
        raise ConverterMissing(called, format=form.upper())
    wanted = CONVERTED[form]
    with tempfile.TemporaryDirectory(prefix="cunzhao-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"document.{'xml' if data[:5] == b'<?xml' else form}"
        source.write_bytes(data)
        _write_profile(home / "profile" / "user")
        command = _command(program, home, source, wanted)
        said = _run(command, home, called, settings, ended or Event())
        made = home / "out" / f"document.{wanted}"
        if not made.is_file():
            raise ConversionFailed(called, format=form.upper(), detail=said)
        if made.stat().st_size > settings.max_decoded_bytes:
            raise DecompressionBomb(called, limit=settings.max_decoded_bytes)
        return made.read_bytes()


def _has_root(data: bytes) -> bool:
    """Whether a compound file has its directory: the first entry is the root ([MS-CFB] 2.2, 2.6.2)."""
    shift = int.from_bytes(data[30:32], "little")
    at = int.from_bytes(data[48:52], "little") + 1 << shift if shift in (9, 12) else len(data)
    return data[at : at + 2] == b"R\x00"


def _command(program: str, home: Path, source: Path, wanted: str) -> list[str]:
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    target = f"{wanted}:{_FILTERS[wanted]}"
    return [program, profile, *_OPTIONS, "--convert-to", target, "--outdir", str(home / "out"), str(source)]


def _write_profile(folder: Path) -> None:
    """The settings of a profile that nobody has used (`registrymodifications.xcu`)."""
    items = [("Inet/Settings", *setting) for setting in _PROXY]
    rows = "\n".join(
        f'<item oor:path="/org.openoffice.{"" if node.startswith("Inet") else "Office."}{node}">'
        f'<prop oor:name="{name}" oor:op="fuse" oor:type="xs:{kind}"><value>{value}</value></prop></item>'
        for node, name, kind, value in (*_SETTINGS, *items)
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{rows}\n</oor:items>\n',
        "utf-8",
    )


def _run(command: list[str], home: Path, called: str, settings: Settings, ended: Event) -> str:
    """Run LibreOffice; what it said. Whatever happens, none of its processes is left."""
    log = home / "said.txt"
    with log.open("wb") as said:
        try:
            process = subprocess.Popen(
                command,
                cwd=home,
                env=_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=sys.platform != "win32",
            )
        except OSError as exc:
            raise ConversionFailed(called, format="Office", detail=str(exc)) from exc
        _limit_memory(process.pid, settings.parse_memory_bytes)
        try:
            _wait(process, called, settings.parse_timeout_s, ended)
        finally:
            _end(process)
    return log.read_bytes()[-200:].decode("utf-8", "replace").strip() or f"exit {process.returncode}"


def _wait(process: subprocess.Popen[bytes], called: str, limit_s: float, ended: Event) -> None:
    deadline = monotonic() + limit_s
    while process.poll() is None:
        if monotonic() > deadline:
            raise ReadTimeout(called, limit=f"{limit_s:g}")
        if ended.wait(_LOOK_S):
            raise ReadCrashed(called)


def _limit_memory(process: int, memory_bytes: int) -> None:
    """Bound the address space of the process and of those it will begin, where the system can (Linux)."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError, ValueError):
            resource.prlimit(process, resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _environment(home: Path) -> Mapping[str, str] | None:
    """Nothing of ours: no proxies, no keys. Windows needs its own (None)."""
    if sys.platform == "win32":
        return None
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(home)}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those it began: on Windows its tree, elsewhere its session's group."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
