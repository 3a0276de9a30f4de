"""Heads of exchanges as bytes, from what Chromium tells of them; what it has undone is renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from cunzhao.collect.types import Role

Pairs = tuple[tuple[str, str], ...]

#: Codings that Chromium undoes before its `Fetch` domain hands a body on.
_CODINGS = frozenset(("gzip", "x-gzip", "deflate", "br", "zstd"))
#: Said of the body as it travelled; untrue of the body as the page is given it.
_OF_TRANSFER = frozenset(("content-encoding", "content-length", "transfer-encoding"))
_ROLES: dict[str, Role] = {
    "Document": "frame", "Stylesheet": "stylesheet", "Image": "image", "Media": "media", "Font": "font",
    "Script": "script", "TextTrack": "media", "XHR": "xhr", "Fetch": "xhr",
}  # fmt: skip
_DESTINATIONS: dict[str, Role] = {
    "serviceworker": "worker", "image": "icon",
    "frame": "frame", "iframe": "frame", "object": "frame", "embed": "frame", "style": "stylesheet",
    "script": "script", "font": "font", "video": "media", "audio": "media", "track": "media",
}  # fmt: skip


def role_of(kind: str, destination: str) -> Role:
    """What a request was for: Chromium's resource type, or the destination it told the server."""
    if destination in ("worker", "sharedworker"):
        return "worker"
    return _ROLES.get(kind) or _DESTINATIONS.get(destination, "other")


def header(pairs: Iterable[tuple[str, str]], name: str) -> str:
    """The first header of that name (lower case), or an empty string."""
    return next((value for key, value in pairs if key.lower() == name), "")


def request_head(method: str, url: str, sent: Mapping[str, str]) -> bytes:
    """Request line and headers as the server got them.

    Chromium tells the headers without their order. What speaks to the gate (Proxy-…, a credential among it)
    never reached the server and is left out.
    """
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = header(sent.items(), "host") or parts.netloc.rpartition("@")[2]
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}"]
    for name, value in sent.items():
        if name.lower() != "host" and not name.lower().startswith(("proxy-", ":")):
            lines.append(f"{name}: {value}")
    return _bytes("\r\n".join([*lines, "", ""]))


def exact_pairs(pairs: Pairs, told: Mapping[str, str]) -> Pairs:
    """Headers in the order of `pairs` (of `Fetch`) with the values of `told` (of the head as received).

    `Fetch` hides Set-Cookie and empties values that are not UTF-8; `told` has every byte as Latin-1, but no
    order, and several values of one name joined by line ends.
    """
    values = {name.lower(): value.split("\n") for name, value in told.items()}
    found = []
    for name, value in pairs:
        left = values.get(name.lower())
        found.append((name, left.pop(0) if left else value))
    names = {name.lower(): name for name in told}
    return (*found, *((names[key], value) for key, left in values.items() for value in left))


def response_head(status: int, reason: str, text: str, pairs: Pairs, length: int) -> bytes:
    """Status line and headers of a response with a body of `length` bytes as stored.

    `text` is the head as received where Chromium tells it unharmed (http/1.1, ASCII); else it is empty and
    the head is made of `pairs`. A coding that was undone, and a length that no longer holds, stand under
    X-Archive-Orig-… (design, invariant 1).
    """
    if not re.match(rf"HTTP/\d(\.\d)? {status}\b", text):
        text = "\r\n".join([f"HTTP/1.1 {status} {reason}".rstrip(), *(f"{k}: {v}" for k, v in pairs), "", ""])
    first, *lines = re.split(r"\r?\n", text.strip("\r\n"))
    kept = [first, *(_renamed(line, length) for line in lines if ":" in line)]
    return _bytes("\r\n".join([*kept, "", ""]))


def _renamed(line: str, length: int) -> str:
    name, _, value = line.partition(":")
    key = name.strip().lower()
    undone = (
        key == "transfer-encoding"
        or (key == "content-encoding" and is_coded(value))
        or (key == "content-length" and value.strip() != str(length))
    )
    return f"X-Archive-Orig-{line}" if undone else line


def is_coded(content_encoding: str) -> bool:
    """Does this header name a coding that Chromium undoes?"""
    return any(part.strip().lower() in _CODINGS for part in content_encoding.split(","))


def shown_headers(pairs: Pairs) -> list[dict[str, str]]:
    """The headers with which the page is given a body that Chromium has handed over whole."""
    return [{"name": k, "value": v} for k, v in pairs if k.lower() not in _OF_TRANSFER]


def _bytes(text: str) -> bytes:
    """Chromium tells header bytes as Latin-1 where they are no ASCII; a few places tell UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8")
