"""One caller's connection to the gate: a tunnel, or requests for absolute http URLs one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol

from cunzhao.egress import carrying
from cunzhao.egress.carrying import Broken, Enough, Pulse, Stream
from cunzhao.egress.heads import Asked, Unacceptable, credentials, is_connect, read_head
from cunzhao.egress.reaching import Reached
from cunzhao.egress.seen import BAD_REQUEST, Opened, Refusal

_HEAD_TIMEOUT_S = 10.0


class Rules(Protocol):
    """What a passage asks of the gate."""

    idle_s: float

    def label_of(self, head: bytes) -> str | None: ...
    async def open(self, label: str, host: str, port: int) -> tuple[Reached, Opened] | Refusal: ...
    def refuse(self, label: str, host: str, port: int, refusal: Refusal) -> None: ...
    def count(self, label: str, received: int) -> bool: ...
    def exceeded(self, label: str) -> Refusal | None: ...


class Passage:
    """Serves one connection from its first head to its end, and leaves nothing open behind it."""

    def __init__(self, gate: Rules, here: Stream) -> None:
        self._gate = gate
        self._reader, self._writer = here
        self._label = ""
        self._target = ("", 0)
        self._there: Reached | None = None
        self._answers: asyncio.Task[None] | None = None  # carries the server's bytes back
        self._tasks: set[asyncio.Task[None]] = set()
        self._over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pulse = Pulse(lambda received: gate.count(self._label, received))

    async def serve(self) -> None:
        """Raises nothing but cancellation and bugs."""
        try:
            await self._serve()
            await carrying.close(self._writer)
        except (Broken, asyncio.CancelledError) as exc:
            if isinstance(exc, Enough) and (refusal := self._gate.exceeded(self._label)):
                self._gate.refuse(self._label, *self._target, refusal)
            carrying.reset(self._writer)
            if isinstance(exc, asyncio.CancelledError):
                raise
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            self._writer.transport.abort()  # he went away or does not speak HTTP: there is nobody to tell

    async def _serve(self) -> None:
        head = await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), _HEAD_TIMEOUT_S)
        label = self._gate.label_of(head)
        if label is None:
            return await self._ask_who(head)
        self._label = label
        try:
            await (self._tunnel(head) if is_connect(head) else self._forward(head))
            await self._leave()
        finally:
            self._over.cancel()
            await carrying.stop(self._tasks)
            if self._there:
                self._there.writer.transport.abort()

    async def _ask_who(self, head: bytes) -> None:
        """A browser says who it is only when asked. Who has said it wrongly gets an answer for a tunnel
        only: elsewhere it would be taken for the server's."""
        if is_connect(head) or credentials(head) is None:
            await _reply(
                self._writer, b"407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="gate"'
            )
            self._writer.write_eof()
            await carrying.swallow(self._reader)

    async def _tunnel(self, head: bytes) -> None:
        refusal = await self._reach(self._read(head))
        if isinstance(refusal, Refusal):
            values = "".join(f"; {key}={value}" for key, value in refusal.values)
            return await _reply(self._writer, refusal.status, f"X-Cunzhao-Refusal: {refusal.code}{values}")
        assert self._there
        told = "\r\n".join(f"{name}: {value}" for name, value in _told(refusal))
        await _reply(self._writer, b"200 Connection established", told)
        self._start_answers()
        # An HTTP caller that closes has no more use of the other side, and the other way round.
        self._start(carrying.pump(self._reader, self._there.writer, lambda _: self._pulse.beat()))
        await carrying.until_over(self._over, self._pulse, self._gate.idle_s)

    async def _forward(self, head: bytes) -> None:
        """Each request is vetted as if it were the first, whatever the connection was used for before.

        What may not pass gets no answer at all: any answer would look like the server's own.
        """
        self._start(self._requests(head))
        await carrying.until_over(self._over, self._pulse, self._gate.idle_s)

    async def _requests(self, head: bytes) -> None:
        while not is_connect(head) and self._gate.label_of(head) == self._label:
            asked = self._read(head)
            if isinstance(asked, Refusal) or not await self._turn_to(asked):
                return
            assert self._there
            self._there.writer.write(asked.head)
            try:
                await carrying.carry_body(self._reader, self._there.writer, asked.body, self._pulse)
            except Unacceptable as exc:
                self._gate.refuse(self._label, *self._target, _unacceptable(exc))
                raise Broken(str(exc)) from exc
            head = await self._reader.readuntil(b"\r\n\r\n")
            self._pulse.beat()

    async def _turn_to(self, asked: Asked) -> bool:
        """Have the server of this request at the other end: the one that is there, or a new one."""
        if self._there and self._target == (asked.host, asked.port):
            return True
        if self._answers:
            await carrying.stop([self._answers])
        await self._leave()
        if isinstance(await self._reach(asked), Refusal):
            return False
        self._start_answers()
        return True

    def _read(self, head: bytes) -> Asked | Refusal:
        try:
            return read_head(head)
        except Unacceptable as exc:
            refusal = _unacceptable(exc)
            self._gate.refuse(self._label, "", 0, refusal)
            return refusal

    async def _reach(self, asked: Asked | Refusal) -> Opened | Refusal:
        if isinstance(asked, Refusal):
            return asked
        found = await self._gate.open(self._label, asked.host, asked.port)
        if isinstance(found, Refusal):
            return found
        self._there, opened = found
        self._target = (asked.host, asked.port)
        self._pulse.beat()
        return opened

    async def _leave(self) -> None:
        if self._there:
            there, self._there = self._there, None
            await carrying.close(there.writer)

    def _start_answers(self) -> None:
        assert self._there
        self._answers = self._start(carrying.pump(self._there.reader, self._writer, self._pulse.beat))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        """The first task to end by itself ends the passage; a server that was left does not."""
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()  # looked at in any case, or asyncio would print it
        if self._over.done():
            return
        if error:
            self._over.set_exception(error)
        else:
            self._over.set_result(None)


def _unacceptable(exc: Unacceptable) -> Refusal:
    return Refusal(status=b"400 Bad Request", code=BAD_REQUEST, values=(("why", str(exc)),))


def _told(opened: Opened) -> list[tuple[str, str]]:
    """The gate's own headers to a tunnel: what `backend.GateStream` tells the engine."""
    return [
        ("X-Cunzhao-Peer", opened.address),
        ("X-Cunzhao-Local-Port", str(opened.local_port)),
        ("X-Cunzhao-Answers", ", ".join(opened.answers)),
        ("X-Cunzhao-At", opened.at.isoformat()),
    ]


async def _reply(writer: asyncio.StreamWriter, status: bytes, header: str) -> None:
    length = b"" if status.startswith(b"200") else b"\r\nContent-Length: 0\r\nConnection: close"
    writer.write(b"HTTP/1.1 " + status + b"\r\n" + header.encode("latin-1") + length + b"\r\n\r\n")
    await writer.drain()
