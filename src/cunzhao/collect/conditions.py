"""Under which conditions a capture is made: what this program can observe of them, and nothing beyond.

A session is what is the same for a whole batch, as plain JSON. `None` in it, or a missing part, means "not
observed"; nothing is guessed. Its keys:

- `observed`: when (ISO 8601, UTC); `operator`: who asked: "cli", "web" (a page or the API), "import",
  "schedule"; `account`: user account that ran the program; `privileged`: whether it is root
- `program`, `python`: name and version of each; `libraries`: of what speaks to the servers
- `system`: `name`, `release` (kernel), `version`, `machine`, `distribution`
- `time_zone`: `name`, `utc_offset_s`
- `clock`: `source` ("system clock"), `synchronised` and `told_by` ("adjtimex": the Linux kernel says so),
  `max_error_s` as the kernel estimates it while it is synchronised
- `resolver`: `addresses` and the file they were read `from`
- `proxy`: `kind` ("own gate": our egress gate on loopback), `environment_used` (False: proxies that the
  environment names are not used)
- `options`: settings that decide what is fetched and kept
- `browser`: what the browser engine says of the browser (name, version, digest, …); None: no browser
"""

from __future__ import annotations

import ctypes
import getpass
import os
import platform
import ssl
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cunzhao import __version__
from cunzhao.collect.types import Certificates, Conditions, Exchange
from cunzhao.settings import Settings

OPTIONS = (
    "fetch_timeout_s", "max_body_bytes", "max_redirects", "max_requisites", "connections_per_host",
    "host_delay_s", "user_agent", "browser_timeout_s", "browser_quiet_s", "renditions",
)  # fmt: skip
RESOLV_CONF = Path("/etc/resolv.conf")
_LIBRARIES = ("httpcore", "playwright")  # what speaks to servers and to the browser
_STA_UNSYNC, _TIME_ERROR = 0x40, 5  # <sys/timex.h>


def session_conditions(
    settings: Settings, *, operator: str, browser: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What can be observed once for a batch of captures; keys as the module says. Raises nothing."""
    return {
        "observed": datetime.now(UTC).isoformat(timespec="seconds"),
        "operator": operator,
        "account": _account(),
        "privileged": os.geteuid() == 0 if hasattr(os, "geteuid") else None,
        "program": {"name": "cunzhao", "version": __version__},
        "python": {"name": platform.python_implementation(), "version": platform.python_version()},
        "libraries": _libraries(),
        "system": _system(),
        "time_zone": _time_zone(),
        "clock": _clock(),
        "resolver": _resolver(),
        "proxy": {"kind": "own gate", "environment_used": False},
        "options": {name: _plain(getattr(settings, name)) for name in OPTIONS},
        "browser": dict(browser) if browser is not None else None,
    }


def file_conditions(settings: Settings) -> Conditions:
    """The conditions of a file that was read and not fetched: no address, no certificate, no other clock."""
    session = session_conditions(settings, operator="import", browser=None)
    return Conditions(session={**session, "resolver": None, "proxy": None}, ended=datetime.now(UTC))


def server_date_offset(exchange: Exchange) -> tuple[str, float] | None:
    """The host of an answer, and its Date header minus our clock (middle of the exchange), in seconds.

    The header counts whole seconds, so the figure is good to a second plus half the exchange's duration.
    None where there is no readable Date, or where a cache answered (`Age`): its Date is an old one.
    """
    if exchange.header("age").strip() not in ("", "0"):
        return None
    try:
        told = parsedate_to_datetime(exchange.header("date"))
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told  # RFC 9110: always GMT
        seconds = (told - exchange.started).total_seconds() - exchange.seconds / 2
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return urlsplit(exchange.url).hostname or "", round(seconds, 1)


def server_dates(exchanges: Iterable[Exchange]) -> tuple[tuple[str, float], ...]:
    """The offset of every host, by its first answer that tells one, in the order of the hosts."""
    found: dict[str, float] = {}
    for exchange in exchanges:
        if told := server_date_offset(exchange):
            found.setdefault(*told)
    return tuple(found.items())


def certificates_of(tls: ssl.SSLObject | ssl.SSLSocket | None, host: str, port: int) -> Certificates | None:
    """What the server of a TLS connection showed, as DER; None without TLS or without a certificate."""
    if tls is None:
        return None
    chain = _whole_chain(tls)
    leaf = tls.getpeercert(binary_form=True)
    if not chain and not leaf:
        return None
    return Certificates(
        host=host,
        port=port,
        protocol=tls.version() or "",
        chain=chain or (leaf or b"",),
        whole=bool(chain),
    )


def _whole_chain(tls: Any) -> tuple[bytes, ...]:
    """The chain as the server sent it: by a public method since Python 3.13, by a private one before."""
    try:
        if sys.version_info >= (3, 13):
            return tuple(bytes(der) for der in tls.get_unverified_chain())
        told = tls._sslobj.get_unverified_chain() or ()
        return tuple(ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in told)
    except (AttributeError, TypeError, ValueError, ssl.SSLError):
        return ()


def _account() -> str | None:
    """The account that the system says runs us; the environment's word (LOGNAME) only elsewhere."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, AttributeError, KeyError):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def _libraries() -> dict[str, str]:
    found = {"openssl": ssl.OPENSSL_VERSION}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _system() -> dict[str, str | None]:
    told = platform.uname()
    try:
        distribution = platform.freedesktop_os_release().get("PRETTY_NAME")
    except OSError:
        distribution = None
    return {
        "name": told.system or None,
        "release": told.release or None,
        "version": told.version or None,
        "machine": told.machine or None,
        "distribution": distribution,
    }


def _time_zone() -> dict[str, Any]:
    here = time.localtime()
    return {"name": here.tm_zone, "utc_offset_s": here.tm_gmtoff}


class _Timex(ctypes.Structure):
    """The head of `struct timex`; the rest is room for whatever the system writes."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),  # microseconds
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 512),
    )


def _clock() -> dict[str, Any]:
    """Whether the kernel holds the clock for synchronised: asked by adjtimex(2), which changes nothing."""
    unknown = {"source": "system clock", "synchronised": None, "told_by": None, "max_error_s": None}
    if sys.platform != "linux":
        return unknown
    told = _Timex()
    try:
        state = ctypes.CDLL(None).adjtimex(ctypes.byref(told))
    except (OSError, AttributeError):
        return unknown
    if state < 0:
        return unknown
    synchronised = state != _TIME_ERROR and not told.status & _STA_UNSYNC
    error = round(told.maxerror / 1e6, 6) if synchronised else None
    return unknown | {"synchronised": synchronised, "told_by": "adjtimex", "max_error_s": error}


def _resolver() -> dict[str, Any] | None:
    """The name servers that the system asks, where a file says so."""
    try:
        lines = RESOLV_CONF.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    words = [line.split() for line in lines]
    addresses = [told[1] for told in words if len(told) > 1 and told[0] == "nameserver"]
    return {"addresses": addresses, "from": str(RESOLV_CONF)} if addresses else None


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
