"""httpcore's way through the gate: every connection, http and https, is a CONNECT tunnel."""

from __future__ import annotations

import re
import select
import ssl
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import httpcore

from cunzhao.egress.addresses import same_host
from cunzhao.egress.gate import Gate, Opened
from cunzhao.egress.seen import BAD_REQUEST
from cunzhao.errors import AddressRefused, ConnectFailed, CunzhaoError, FetchTimeout, HostUnknown

_HEAD_LIMIT = 128 * 1024  # a name may have many addresses
_WIRE_LIMIT = 256 * 1024  # bytes of a response head that are kept as they came


class Wire:
    """What went over a connection for the request in hand: both heads, byte for byte.

    `request` and `response` end with the empty line (`response` is empty until it has come, and if it is
    larger than 256 KB); `received` counts all bytes of the answer so far. Interim answers (1xx) are left out.
    """

    __slots__ = ("_gathering", "_heard", "received", "request", "response")

    def __init__(self) -> None:
        self.request = b""
        self.response = b""
        self.received = 0
        self._heard = False
        self._gathering = bytearray()

    def wrote(self, data: bytes) -> None:
        if self._heard:
            self.__init__()  # type: ignore[misc]  # the next request of a kept connection
        self.request += data

    def read(self, data: bytes) -> None:
        self._heard = True
        self.received += len(data)
        if self.response or len(self._gathering) > _WIRE_LIMIT:
            return
        self._gathering += data
        while end := re.search(rb"\n\r?\n", self._gathering):
            head = bytes(self._gathering[: end.end()])
            if not re.match(rb"HTTP/1\.\d 1(?!01)", head):
                self.response = head
                self._gathering.clear()
                return
            del self._gathering[: end.end()]
            self.received -= len(head)


class GateStream(httpcore.AsyncNetworkStream):
    """A tunnel through the gate. `opened` is what the gate tells of it; `wire` what went over it last."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, opened: Opened, ahead: bytes = b"") -> None:
        self.opened = opened
        self.wire = Wire()
        self._inner = inner
        self._ahead = ahead  # bytes that came in one piece with the gate's own answer
        self._socket: Any = None

    @property
    def peer(self) -> str:
        """The address at the far end."""
        return self.opened.address

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead[:max_bytes], self._ahead[max_bytes:]
        else:
            data = await self._inner.read(max_bytes, timeout)
        self.wire.read(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if buffer:
            self.wire.wrote(buffer)
            await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return GateStream(await self._inner.start_tls(ssl_context, server_hostname, timeout), self.opened)

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._inner.get_extra_info(info)
        # A pool asks this of every idle connection at every request: the socket is looked up once.
        self._socket = self._socket or self._inner.get_extra_info("socket")
        return _is_readable(self._socket)


def _is_readable(socket: Any) -> bool:
    """Has something come, or has the other side closed? A closed socket counts as readable."""
    if socket is None or socket.fileno() < 0:
        return True
    if not hasattr(select, "poll"):  # Windows
        return bool(select.select([socket.fileno()], [], [], 0)[0])
    waiting = select.poll()
    waiting.register(socket.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


class GateBackend(httpcore.AsyncNetworkBackend):
    """Hand it to an httpcore pool as `network_backend`: nothing then leaves but through this gate.

    `connect_tcp` raises AddressRefused, HostUnknown, ConnectFailed, FetchTimeout (with `host:port` as
    input), or a bare CunzhaoError if the gate itself is closed.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            stream = await self._sockets.connect_tcp(*self._gate.address, timeout=timeout)
        except httpcore.ConnectError as exc:
            raise CunzhaoError(f"{host}:{port}", detail="the egress gate is closed") from exc
        try:
            return await self._tunnel(stream, host, port, timeout)
        except BaseException:
            await stream.aclose()
            raise

    async def _tunnel(
        self, stream: httpcore.AsyncNetworkStream, host: str, port: int, timeout: float | None
    ) -> GateStream:
        target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        await stream.write(
            f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n".encode("ascii")
            + b"Proxy-Authorization: " + self._gate.authorization + b"\r\n\r\n",
            timeout,
        )  # fmt: skip
        head, ahead = await _read_head(stream, timeout)
        if not re.match(rb"HTTP/1\.[01] 200 ", head):
            raise _error(head, host, target, self._gate.connect_timeout_s)
        return GateStream(stream, _opened(head, self._gate.credential[0], host, port), ahead)

    async def sleep(self, seconds: float) -> None:
        await self._sockets.sleep(seconds)


async def _read_head(stream: httpcore.AsyncNetworkStream, timeout: float | None) -> tuple[bytes, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = await stream.read(4096, timeout)
        if not piece or len(data) > _HEAD_LIMIT:
            raise httpcore.ConnectError("the gate closed without an answer")
        data += piece
    head, _, ahead = data.partition(b"\r\n\r\n")
    return head, ahead


def _header(head: bytes, name: bytes) -> str:
    found = re.search(rb"\r\n" + name + rb":[ \t]*([^\r\n]*)", head, re.IGNORECASE)
    return found[1].decode("latin-1").strip() if found else ""


def _opened(head: bytes, label: str, host: str, port: int) -> Opened:
    answers = (answer.strip() for answer in _header(head, b"X-Cunzhao-Answers").split(","))
    return Opened(
        label=label,
        host=host,
        port=port,
        answers=tuple(answer for answer in answers if answer),
        address=_header(head, b"X-Cunzhao-Peer"),
        local_port=int(_header(head, b"X-Cunzhao-Local-Port")),
        at=datetime.fromisoformat(_header(head, b"X-Cunzhao-At")),
    )


def _error(head: bytes, host: str, target: str, limit: float) -> CunzhaoError:
    """The gate's refusal as an error of ours."""
    code, *pairs = (part.strip() for part in _header(head, b"X-Cunzhao-Refusal").split(";"))
    values = dict(pair.partition("=")[::2] for pair in pairs)
    if code == AddressRefused.code:
        address = values.get("address", "")
        return AddressRefused(target, host=same_host(host), address=address, why=values.get("why", ""))
    if code in (HostUnknown.code, BAD_REQUEST):  # a host that no URL may have is no host either
        return HostUnknown(target, host=host)
    if code == ConnectFailed.code:
        return ConnectFailed(target, host=target)
    if code == FetchTimeout.code:
        return FetchTimeout(target, limit=f"{limit:g}")
    return CunzhaoError(target, detail=head.split(b"\r\n", 1)[0].decode("latin-1"))
