"""SURT keys: the host reversed, so that the lines of one site stand together in a sorted index.

Written after the canonicalisation that pywb and OpenWayback apply (Sort-friendly URI Reordering Transform):
scheme, user, `www.`, default port, fragment and last slash fall away; lower case; query fields sorted.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": 80, "https": 443}
_SAFE = "!\"$&'()*+,-./:;<=>@[\\]^_`{|}~"


def urlkey(url: str) -> str:
    """The SURT key: `http://www.gov.cn:80/A/?b=2&a=1` -> `cn,gov)/a?a=1&b=2`.

    A URL that has no host (`urn:`, `file:`) is its own key, in lower case. Raises nothing.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port or an IPv6 address that is none
        return _escaped(url.split("#", 1)[0]).lower()
    if not host:
        return _escaped(url.split("#", 1)[0]).lower()
    shown = "" if port in (None, _PORTS.get(parts.scheme)) else f":{port}"
    return f"{_reversed(host)}{shown}){_path(parts)}".lower()


def same_page(url: str) -> str:
    """A key under which two spellings of one URL meet, letter case of the path kept.

    Fragment, scheme http/https, default port and percent-encoding make no difference.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if not host:
        return url.split("#", 1)[0]
    shown = "" if port in (None, 80, 443) else f":{port}"
    query = f"?{_escaped(parts.query)}" if parts.query else ""
    return f"//{_ascii(host)}{shown}{_escaped(parts.path) or '/'}{query}"


def _reversed(host: str) -> str:
    host = quote(_WWW.sub("", _ascii(host)), safe=_SAFE)
    if ":" in host:  # IPv6
        return host
    return ",".join(reversed(host.rstrip(".").split(".")))


def _ascii(host: str) -> str:
    """An international name as it stands in DNS."""
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return quote(host.lower())


def _path(parts: SplitResult) -> str:
    path = _escaped(parts.path).rstrip("/") or "/"
    if not parts.query:
        return path
    return f"{path}?{'&'.join(sorted(_escaped(parts.query).split('&')))}"


def _escaped(text: str) -> str:
    """Percent-encoding in one form: `%e4` and `ä` alike, nothing escaped that need not be."""
    kept = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    # A coded separator is not a separator: it stays coded.
    pieces = re.split("(%(?:23|25|26|2[fF]|3[dDfF]|[01][0-9A-Fa-f]|20|7[fF]))", kept)
    return "".join(
        piece.upper() if n % 2 else quote(unquote_to_bytes(piece.encode("utf-8", "replace")), safe=_SAFE)
        for n, piece in enumerate(pieces)
    )
