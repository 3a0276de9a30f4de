"""The generated site, served by a process of its own: `python -m bench.capture.site PAGES MANIFEST`.

Writes the manifest (pages, what each needs, digests), says `ready`, serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.capture.content import Coding, Maker, Resource, Site

_CODINGS: tuple[Coding, ...] = ("br", "gzip", "identity")


class Answers:
    """Every answer, made before the first request, so that serving costs next to nothing."""

    def __init__(self, site: Site) -> None:
        self._all: dict[tuple[str, str, Coding], bytes] = {}
        for url, resource in site.resources.items():
            parts = urlsplit(url)
            for coding in _CODINGS if resource.coding != "identity" else ("identity",):
                answer = _answer(resource, coding)
                self._all[parts.netloc, parts.path, coding] = answer

    def of(self, host: str, path: str, accepted: str, prefers: Coding) -> bytes:
        coding = next((c for c in (prefers, "gzip") if c in accepted), "identity")
        for one in (coding, "identity"):
            if found := self._all.get((host, path, one)):
                return found
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\nContent-Type: text/plain\r\n\r\nnot found"


def _answer(resource: Resource, coding: Coding) -> bytes:
    body = resource.sent(coding)
    encoding = "" if coding == "identity" else f"Content-Encoding: {coding}\r\nVary: Accept-Encoding\r\n"
    head = (
        "HTTP/1.1 200 OK\r\nServer: nginx\r\nConnection: keep-alive\r\n"
        f"Content-Type: {resource.mime}\r\nContent-Length: {len(body)}\r\n"
        f'Last-Modified: Mon, 03 Aug 2026 02:00:00 GMT\r\nETag: "{resource.digest[:12]}-{coding}"\r\n'
        f"Access-Control-Allow-Origin: *\r\nCache-Control: max-age=600\r\n{encoding}\r\n"
    )
    return head.encode("ascii") + body


class Connection(asyncio.Protocol):
    """One connection: GET after GET, answers in order."""

    def __init__(self, host: str, answers: Answers, prefers: dict[str, Coding]) -> None:
        self._host, self._answers, self._prefers = host, answers, prefers
        self._pending = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            head, _, self._pending = self._pending.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1].split("?")[0]
            accepted = next(
                (v for k, _, v in (h.partition(":") for h in lines[1:]) if k.lower() == "accept-encoding"), ""
            )
            prefers = self._prefers.get(path, "identity")
            self._transport.write(self._answers.of(self._host, path, accepted, prefers))
            if any(line.lower() == "connection: close" for line in lines) or lines[0].endswith("HTTP/1.0"):
                self._transport.close()


def manifest(site: Site) -> dict[str, Any]:
    """What a measured tool is told, and what it is judged by."""
    resources = {}
    for url, resource in site.resources.items():
        sent = resource.sent(resource.coding)
        resources[url] = {
            "decoded": resource.digest, "sent": hashlib.sha256(sent).hexdigest(),
            "decoded_bytes": len(resource.body), "sent_bytes": len(sent),
        }  # fmt: skip
    pages = [{"url": p.url, "kind": p.kind, "required": p.required} for p in site.pages]
    return {"pages": pages, "resources": resources}


def _listening() -> tuple[socket.socket, socket.socket]:
    """Two loopback hosts; where the second address is not to be had (macOS), another port of the first."""
    first = socket.create_server(("127.0.0.1", 0))
    try:
        return first, socket.create_server(("127.0.0.2", 0))
    except OSError:
        return first, socket.create_server(("127.0.0.1", 0))


async def serve(pages: int, told: Path) -> None:
    sockets = _listening()
    hosts = ["{}:{}".format(*s.getsockname()) for s in sockets]
    site = Maker(*(f"http://{host}" for host in hosts)).made(pages)
    answers = Answers(site)
    prefers = {urlsplit(url).path: resource.coding for url, resource in site.resources.items()}
    loop = asyncio.get_running_loop()
    for host, listener in zip(hosts, sockets, strict=True):
        await loop.create_server(lambda host=host: Connection(host, answers, prefers), sock=listener)
    told.write_text(json.dumps(manifest(site)), "utf-8")
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
