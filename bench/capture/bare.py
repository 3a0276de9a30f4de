"""The limit for http: the known resources of each page, fetched and written to files, and nothing else.

No parsing, no digest, no compression, no archive, no gate. Once over httpcore, the HTTP library that our
engine is built on, and once over bare sockets, with as much of HTTP as this one server speaks.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpcore

PAGES_AT_ONCE = 4
CONNECTIONS_PER_HOST = 6


class Client(Protocol):
    async def get(self, url: str) -> tuple[str, bytes]:
        """Content-Encoding and the body as sent."""


class Library:
    """httpcore's pool with kept connections."""

    def __init__(self) -> None:
        self._pool = httpcore.AsyncConnectionPool(max_connections=64, max_keepalive_connections=64)
        self._permits: dict[str, asyncio.Semaphore] = {}

    async def get(self, url: str) -> tuple[str, bytes]:
        async with self._permits.setdefault(urlsplit(url).netloc, asyncio.Semaphore(CONNECTIONS_PER_HOST)):
            answer = await self._pool.request("GET", url, headers={"Accept-Encoding": "gzip, br"})
        return next((v.decode() for k, v in answer.headers if k == b"Content-Encoding"), ""), answer.content

    async def __aenter__(self) -> Library:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        await self._pool.aclose()


class Sockets:
    """Kept connections and nothing of HTTP but Content-Length."""

    def __init__(self) -> None:
        self._permits: dict[str, asyncio.Semaphore] = {}
        self._idle: dict[str, list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]] = {}

    async def get(self, url: str) -> tuple[str, bytes]:
        parts = urlsplit(url)
        async with self._permits.setdefault(parts.netloc, asyncio.Semaphore(CONNECTIONS_PER_HOST)):
            idle = self._idle.setdefault(parts.netloc, [])
            if idle:
                reader, writer = idle.pop()
            else:
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 20)
            ask = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip, br\r\n\r\n"
            writer.write(ask.encode("ascii"))
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            told = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
            body = await reader.readexactly(int(told["content-length"]))
            idle.append((reader, writer))
            return told.get("content-encoding", ""), body

    async def __aenter__(self) -> Sockets:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        for _, writer in (one for idle in self._idle.values() for one in idle):
            writer.close()


async def fetch_all(client: Client, manifest: dict[str, Any], out: Path) -> None:
    """Every page with all it needs, four pages at once; bodies in files, an index line for each."""
    at_once = asyncio.Semaphore(PAGES_AT_ONCE)
    run = out / f"run{len(list(out.glob('run*')))}"
    run.mkdir()
    index: list[str] = []

    async def one(url: str, path: Path) -> None:
        coding, body = await client.get(url)
        path.write_bytes(body)
        index.append(json.dumps([url, coding, str(path)]))

    async def page(n: int, told: dict[str, Any]) -> None:
        async with at_once:
            await one(told["url"], run / f"{n}.body")
            rest = told["required"][1:]
            await asyncio.gather(*(one(url, run / f"{n}-{i}.body") for i, url in enumerate(rest)))

    await asyncio.gather(*(page(n, told) for n, told in enumerate(manifest["pages"])))
    (out / f"{run.name}.index").write_text("\n".join(index), "utf-8")
