"""The gate: a forward proxy on loopback that vets every address before it connects to that very address."""

from __future__ import annotations

import asyncio
import base64
import binascii
import contextlib
import hmac
import re
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cunzhao.egress.addresses import is_allowed, judge, literal, plain, read_allow
from cunzhao.settings import Settings

#: Asked once for each connection: host and port to addresses, in the order to try. Raises OSError.
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

_HEAD_LIMIT = 64 * 1024  # bytes of a request head
_HEAD_TIMEOUT_S = 10.0
_PIECE = 64 * 1024
_LOOKUPS = 16  # names looked up at the same time
_CONNECT = re.compile(rb"CONNECT (\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5}) HTTP/1\.[01]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A connection the gate made: for whom, to which vetted address, from which local port of ours."""

    host: str
    port: int
    address: str
    local_port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why no connection was made; `code` is a code of `errors`, `values` what its message needs."""

    status: bytes  # the status line's rest: b"403 Forbidden"
    code: str
    values: tuple[tuple[str, str], ...] = ()


class Gate:
    """Start it, go through `address` with `credential`, stop it; a context manager, usable from any thread.

    `own`: (ip, port) pairs that are never reached, allow-listed or not: the program's own listeners. Add to
    it before the listener serves; `0.0.0.0` and `::` stand for every address of this machine. The gate's
    own port is always refused. `on_open` is called in the gate's thread for each connection made.
    Raises SettingWrong for an allow-list that cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolver | None = None,
        on_open: Callable[[Opened], None] | None = None,
    ) -> None:
        self.own: set[tuple[str, int]] = set()
        self.credential = ("cunzhao", secrets.token_urlsafe(32))
        self.address: tuple[str, int] = ("127.0.0.1", 0)
        self.connect_timeout_s = settings.fetch_timeout_s
        self._allow = read_allow(settings.allow_hosts)
        self._resolve = resolve or self._look_up
        self._on_open = on_open
        self._lookups = ThreadPoolExecutor(_LOOKUPS, "gate-lookup")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Gate:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen on a free loopback port. Raises OSError if there is none."""
        ready: list[BaseException] = []
        listening = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listening, ready), name="gate", daemon=True)
        self._thread.start()
        listening.wait()
        if ready:
            raise ready[0]

    def stop(self) -> None:
        """Close the listener and every tunnel. A second call does nothing."""
        if self._loop and self._ended and self._thread and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):  # the loop may have closed in this instant
                self._loop.call_soon_threadsafe(self._ended.set)
            self._thread.join(10)
        self._lookups.shutdown(wait=False, cancel_futures=True)

    @property
    def authorization(self) -> bytes:
        """The value of Proxy-Authorization that opens the gate."""
        return b"Basic " + base64.b64encode(":".join(self.credential).encode("ascii"))

    def _run(self, listening: threading.Event, failed: list[BaseException]) -> None:
        try:
            asyncio.run(self._serve(listening))
        except BaseException as exc:
            failed.append(exc)
            raise
        finally:
            listening.set()

    async def _serve(self, listening: threading.Event) -> None:
        server = await asyncio.start_server(self._take, "127.0.0.1", 0, limit=_HEAD_LIMIT, backlog=512)
        self.address = server.sockets[0].getsockname()[:2]
        self.own.add(self.address)
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        listening.set()
        await self._ended.wait()
        server.close()  # asyncio.run cancels the tunnels that are still open

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the caller went away or did not speak HTTP: there is nobody to tell
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_TIMEOUT_S)
        if not self._may_pass(head):
            return await _reply(writer, b"407 Proxy Authentication Required", b"Proxy-Authenticate: Basic")
        asked = _CONNECT.fullmatch(head.split(b"\r\n", 1)[0])
        if not asked:
            return await _refuse(writer, Refusal(status=b"501 Not Implemented", code="method"))
        opened = await self.open(asked[1].decode("latin-1"), int(asked[2]))
        if isinstance(opened, Refusal):
            return await _refuse(writer, opened)
        there_reader, there_writer, record = opened
        try:
            await _reply(writer, b"200 Connection established", b"X-Cunzhao-Peer: " + record.address.encode())
            await _join((reader, writer), (there_reader, there_writer))
        finally:
            there_writer.close()

    def _may_pass(self, head: bytes) -> bool:
        given = re.search(rb"\r\nProxy-Authorization:[ \t]*Basic[ \t]+([^\r\n]*)", head, re.IGNORECASE)
        try:
            return bool(given) and hmac.compare_digest(
                base64.b64decode(given[1].strip(), validate=True),  # type: ignore[index]
                ":".join(self.credential).encode("ascii"),
            )
        except binascii.Error:
            return False

    async def open(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, Opened] | Refusal:
        """Resolve once, vet, connect to the first vetted address that answers. Runs in the gate's loop."""
        found = await self._addresses(host, port)
        if isinstance(found, Refusal):
            return found
        vetted = self.vet(host, port, found)
        if isinstance(vetted, Refusal):
            return vetted
        ends = asyncio.get_running_loop().time() + self.connect_timeout_s
        timed_out = False
        for tried, address in enumerate(vetted):
            left = ends - asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(left / (len(vetted) - tried)):
                    reader, writer = await asyncio.open_connection(address, port, limit=_PIECE)
            except TimeoutError:
                timed_out = True
                continue
            except OSError:
                continue
            opened = self._opened(writer, host, port, address)
            return reader, writer, opened
        if timed_out:
            return Refusal(status=b"504 Gateway Timeout", code="timeout")
        return Refusal(status=b"502 Bad Gateway", code="connect-failed")

    def _opened(self, writer: asyncio.StreamWriter, host: str, port: int, address: str) -> Opened:
        local = writer.get_extra_info("sockname")[1]
        opened = Opened(host=host, port=port, address=address, local_port=local)
        if self._on_open:
            self._on_open(opened)
        return opened

    async def _addresses(self, host: str, port: int) -> Sequence[str] | Refusal:
        """Read where the host is an address as written, asked of the resolver once where it is a name."""
        try:
            if (written := literal(host)) is not None:
                return [str(written)]
            async with asyncio.timeout(self.connect_timeout_s):
                found = await self._resolve(host.removesuffix("."), port)
        except TimeoutError:
            return Refusal(status=b"504 Gateway Timeout", code="timeout")
        except (OSError, UnicodeError, ValueError):
            found = []
        return found or Refusal(status=b"502 Bad Gateway", code="host-unknown")

    def vet(self, host: str, port: int, addresses: Sequence[str]) -> list[str] | Refusal:
        """Those addresses of a host that may be reached; a Refusal that names the first where none may."""
        allowed = is_allowed(host, port, self._allow)
        reasons = {address: self._objection(address, port, allowed) for address in addresses}
        if vetted := [address for address, why in reasons.items() if not why]:
            return vetted
        values = (("address", addresses[0]), ("why", reasons[addresses[0]]))
        return Refusal(status=b"403 Forbidden", code="address-refused", values=values)

    def _objection(self, address: str, port: int, allowed: bool) -> str:
        why = judge(address)
        if why == "not-an-address":
            return why
        if self._is_own(address, port):
            return "own"
        return "" if allowed else why

    def _is_own(self, address: str, port: int) -> bool:
        end = plain(address)
        listeners = [ip for ip, own_port in self.own.copy() if own_port == port]
        if any(ip in ("0.0.0.0", "::", "") for ip in listeners):  # noqa: S104 (compared, not bound)
            return _is_local(str(end))
        return any(plain(ip) == end for ip in listeners)

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            self._lookups, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _is_local(address: str) -> bool:
    """Is this an address of this machine? Only those can be bound."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


async def _refuse(writer: asyncio.StreamWriter, refusal: Refusal) -> None:
    values = "".join(f"; {key}={value}" for key, value in refusal.values)
    await _reply(writer, refusal.status, f"X-Cunzhao-Refusal: {refusal.code}{values}".encode("latin-1"))


async def _reply(writer: asyncio.StreamWriter, status: bytes, header: bytes) -> None:
    length = b"" if status.startswith(b"200") else b"\r\nContent-Length: 0\r\nConnection: close"
    writer.write(b"HTTP/1.1 " + status + b"\r\n" + header + length + b"\r\n\r\n")
    await writer.drain()


_Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _join(here: _Stream, there: _Stream) -> None:
    """Carry bytes both ways until one side ends; an HTTP caller that closes has no more use of the other."""
    pumps = {
        asyncio.ensure_future(_pump(here[0], there[1])),
        asyncio.ensure_future(_pump(there[0], here[1])),
    }
    try:
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for pump in pumps:
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while piece := await source.read(_PIECE):
        target.write(piece)
        await target.drain()
