"""Request and response heads: what we ask with, and what came back as bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpcore

from cunzhao.collect.types import Role
from cunzhao.collect.urls import origin_of
from cunzhao.egress.backend import Wire

_ACCEPT: dict[Role, str] = {
    "page": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "next-page": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "frame": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "stylesheet": "text/css,*/*;q=0.1",
    "image": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "icon": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to be made."""

    url: str  # as `check_url` or `join` gave it
    role: Role
    referer: str  # the page or sheet that names it; "" for none
    cookie: str = ""  # the value of Cookie; "" for none


def request_headers(ask: Ask, user_agent: str) -> list[tuple[bytes, bytes]]:
    """What a browser in Chinese would send for this role."""
    headers = [
        ("Host", urlsplit(ask.url).netloc),
        ("User-Agent", user_agent),
        ("Accept", _ACCEPT.get(ask.role, "*/*")),
        ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Connection", "keep-alive"),
        ("Referer", shown_referer(ask.referer, ask.url)),
        ("Cookie", ask.cookie),
    ]
    return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers if value]


def request_url(url: str) -> httpcore.URL:
    """The URL in httpcore's parts. (Its own parser drops `;jsessionid=…` at the end of a path.)"""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return httpcore.URL(scheme=parts.scheme, host=parts.hostname or "", port=parts.port, target=target)


def shown_referer(page: str, url: str) -> str:
    """As browsers do by default (strict-origin-when-cross-origin)."""
    if not page or (page.startswith("https:") and url.startswith("http:")):
        return ""
    return page if origin_of(page) == origin_of(url) else origin_of(page) + "/"


def response_head(wire: Wire, response: httpcore.Response) -> bytes:
    """The head as received; but the transfer coding, which h11 has undone, under a renamed header.

    (Design, invariant 1.) Rebuilt from h11's reading of it only where it was too long to be kept.
    """
    head = wire.response
    if not re.match(rb"HTTP/1\.\d %d\b" % response.status, head):
        reason = response.extensions.get("reason_phrase", b"")
        lines = [b"HTTP/1.1 %d %s" % (response.status, reason)]
        head = b"\r\n".join([*lines, *(k + b": " + v for k, v in response.headers), b"", b""])
    if bare := re.search(rb"(?<!\r)\n", head):
        # Readers of WARC take such a head for one line: mend it, and say so.
        head = re.sub(
            rb"\r?\n",
            b"\r\n",
            head[: bare.start()] + b"\nX-Archive-Orig-Line-Ends: LF" + head[bare.start() :],
        )
    return re.sub(rb"(?im)^transfer-encoding(?=[ \t]*:)", b"X-Archive-Orig-Transfer-Encoding", head)


def headers_of(head: bytes) -> tuple[tuple[str, str], ...]:
    """Names and values of a response head, latin-1 decoded, folded lines joined."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()[1:]
    pairs = (line.partition(b":") for line in lines if b":" in line)
    return tuple((k.decode("latin-1").strip(), v.decode("latin-1").strip()) for k, _, v in pairs)
