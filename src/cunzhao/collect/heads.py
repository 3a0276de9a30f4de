"""Request and response heads: what we ask with, and what came back as bytes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpcore

from cunzhao.collect.types import Role
from cunzhao.collect.urls import origin_of
from cunzhao.egress.backend import Wire

_ACCEPT: dict[Role, str] = {
    "page": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "frame": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "stylesheet": "text/css,*/*;q=0.1",
    "image": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "icon": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
}


def request_headers(url: str, role: Role, referer: str, user_agent: str) -> list[tuple[str, str]]:
    """What a browser in Chinese would send for this role; `referer` is the page (or sheet) that names it."""
    headers = [
        ("Host", urlsplit(url).netloc),
        ("User-Agent", user_agent),
        ("Accept", _ACCEPT.get(role, "*/*")),
        ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5"),
        ("Accept-Encoding", "gzip, deflate, br"),
        ("Connection", "keep-alive"),
    ]
    if shown := shown_referer(referer, url):
        headers.append(("Referer", shown))
    return headers


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
    return re.sub(rb"(?im)^transfer-encoding(?=[ \t]*:)", b"X-Archive-Orig-Transfer-Encoding", head)


def headers_of(head: bytes) -> tuple[tuple[str, str], ...]:
    """Names and values of a response head, latin-1 decoded, folded lines joined."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()[1:]
    pairs = (line.partition(b":") for line in lines if b":" in line)
    return tuple((k.decode("latin-1").strip(), v.decode("latin-1").strip()) for k, _, v in pairs)
