"""Bytes from one side of the gate to the other, unaltered, counted, and never waited for without end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
from collections.abc import Callable, Iterable

from cunzhao.egress.heads import CHUNKED, Unacceptable, check_trailer, read_chunk_line
from cunzhao.egress.reaching import PIECE

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_LINGER_S = 10.0  # for a caller to take the last bytes
_SWALLOW_S, _SWALLOW = 2.0, 64  # seconds, pieces
_TRAILERS = 100  # lines behind the last chunk


class Broken(Exception):
    """A side broke off, or had its limit of bytes: the other side must not take it for an ordinary end."""


class Enough(Broken):
    """Servers have sent all that this label may have."""


class Pulse:
    """When something last moved on a connection, in loop time; `count` says False when it is enough."""

    def __init__(self, count: Callable[[int], bool]) -> None:
        self._count = count
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()

    def beat(self, received: int = 0) -> None:
        self._last = self._loop.time()
        if received and not self._count(received):
            raise Enough

    def left(self, idle_s: float) -> float:
        return self._last + idle_s - self._loop.time()


async def pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, beat: Callable[[int], None]
) -> None:
    """Carry bytes until the source ends. Raises Broken where it broke off."""
    try:
        while piece := await source.read(PIECE):
            beat(len(piece))
            target.write(piece)
            await target.drain()
            beat(0)
    except OSError as exc:
        raise Broken(str(exc)) from exc


async def until_over(over: asyncio.Future[None], pulse: Pulse, idle_s: float) -> None:
    """Wait until this is set; raises what it holds, and Broken after `idle_s` of silence."""
    while (left := pulse.left(idle_s)) > 0:
        done, _ = await asyncio.wait({over}, timeout=left)
        if done:
            return over.result()
    raise Broken("idle")


async def stop(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in (tasks := list(tasks)):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def carry_body(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, body: int, pulse: Pulse
) -> None:
    """Pass a request's body on as it is framed: so many bytes, or chunks.

    A chunk's first line is checked before it is passed on, so that both sides agree where the body ends.
    Raises Unacceptable, EOFError, OSError.
    """
    if body != CHUNKED:
        return await _carry(source, target, body, pulse)
    while size := read_chunk_line(line := await source.readuntil(b"\r\n")):
        target.write(line)
        await _carry(source, target, size, pulse)
        if await source.readexactly(2) != b"\r\n":
            raise Unacceptable("chunk")
        target.write(b"\r\n")
    target.write(line)
    for _ in range(_TRAILERS):
        check_trailer(line := await source.readuntil(b"\r\n"))
        target.write(line)
        if line == b"\r\n":
            return await target.drain()
    raise Unacceptable("trailer")


async def _carry(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, length: int, pulse: Pulse
) -> None:
    while length:
        piece = await source.read(min(length, PIECE))
        if not piece:
            raise EOFError("the body is cut")
        length -= len(piece)
        target.write(piece)
        await target.drain()
        pulse.beat()


async def swallow(reader: asyncio.StreamReader) -> None:
    """Take what a caller still sends, a little of it: closing on unread bytes would lose him the answer."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(_SWALLOW_S):
            for _ in range(_SWALLOW):
                if not await reader.read(PIECE):
                    return


async def close(writer: asyncio.StreamWriter) -> None:
    """Close once the last bytes are taken, and after `_LINGER_S` in any case."""
    writer.close()
    try:
        async with asyncio.timeout(_LINGER_S):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()
    except asyncio.CancelledError:
        writer.transport.abort()
        raise


def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off (RST), so that a body that ends with its connection does not look whole."""
    with contextlib.suppress(OSError, AttributeError):
        linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
