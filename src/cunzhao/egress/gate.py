"""The gate: a forward proxy on loopback that vets every address before it connects to that very address."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hmac
import secrets
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from cunzhao.egress.addresses import read_allow
from cunzhao.egress.heads import credentials
from cunzhao.egress.passage import Passage
from cunzhao.egress.reaching import Reach, Reached, Resolver
from cunzhao.egress.seen import Labels, Opened, Refusal, Refused, Seen
from cunzhao.settings import Settings

__all__ = ["Gate", "Opened", "Refusal", "Refused", "Resolver", "Seen"]

_HEAD_LIMIT = 256 * 1024  # bytes of a request head: cookies and queries are long
_IDLE_S = 120.0  # silence on a connection, and at least twice the time a fetch may take
_AT_ONCE = 400  # callers served at once, two sockets each; the next ones wait their turn
_ENGINE = "cunzhao"  # the label of whoever asked for none


class Gate:
    """Start it, go through `address` with `credential`, stop it; a context manager, usable from any thread.

    `login` gives a credential with a label, whose connections and refusals `seen` tells and `forget` ends;
    of `credential` itself nothing is kept. `own`: (ip, port) pairs that are never reached, allow-listed or
    not: the program's own listeners. Add to it before the listener serves; `0.0.0.0` and `::` stand for every
    address of this machine. The gate's own port is always refused. `on_open` is called in the gate's thread
    for each connection made. Raises SettingWrong for an allow-list that cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolver | None = None,
        on_open: Callable[[Opened], None] | None = None,
    ) -> None:
        self.own: set[tuple[str, int]] = set()
        self.credential = (_ENGINE, secrets.token_urlsafe(32))
        self.address: tuple[str, int] = ("127.0.0.1", 0)
        self.connect_timeout_s = settings.fetch_timeout_s
        self.idle_s = max(_IDLE_S, 2 * settings.fetch_timeout_s)
        self._reach = Reach(read_allow(settings.allow_hosts), self.own, self.connect_timeout_s, resolve)
        self._on_open = on_open
        self._labels = Labels()
        self._calls: dict[asyncio.Task[None], str] = {}  # connections being served, with their labels
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
        self._reach.close()

    @property
    def authorization(self) -> bytes:
        """The value of Proxy-Authorization that opens the gate."""
        return b"Basic " + base64.b64encode(":".join(self.credential).encode("ascii"))

    def login(self, label: str, *, limit_bytes: int | None = None) -> tuple[str, str]:
        """(user name, password) for a proxy client that acts for `label`, until `forget`.

        `limit_bytes` bounds what servers may send in all (TLS and heads included); above it the label's
        connections are broken off and refused with `body-too-large`. Raises ValueError for a label that is
        not 1 to 100 of A–Z a–z 0–9 _ . - or the engine's own.
        """
        if label == _ENGINE:
            raise ValueError(f"not a label: {label!r}")
        self._labels.admit(label, limit_bytes)
        return label, self.credential[1]

    def seen(self, label: str) -> Seen:
        """Everything opened and refused for a label so far; nothing for one that is not logged in."""
        return self._labels.seen(label)

    def forget(self, label: str) -> None:
        """Let nobody pass under this label any more, close its connections, drop its log."""
        self._labels.drop(label)
        if self._loop:
            with contextlib.suppress(RuntimeError):  # stopped: nothing is open
                self._loop.call_soon_threadsafe(self._end, label)

    def vet(self, host: str, port: int, addresses: Sequence[str]) -> list[str] | Refusal:
        """Those addresses of a host that may be reached; a Refusal that names the first where none may."""
        return self._reach.vet(host, port, addresses)

    def _end(self, label: str) -> None:
        for task, served in self._calls.items():
            if served == label:
                task.cancel()

    def _run(self, listening: threading.Event, failed: list[BaseException]) -> None:
        try:
            asyncio.run(self._serve(listening))
        except BaseException as exc:
            failed.append(exc)
            raise
        finally:
            listening.set()

    async def _serve(self, listening: threading.Event) -> None:
        self._turns = asyncio.Semaphore(_AT_ONCE)
        server = await asyncio.start_server(self._take, "127.0.0.1", 0, limit=_HEAD_LIMIT, backlog=512)
        self.address = server.sockets[0].getsockname()[:2]
        self.own.add(self.address)
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        listening.set()
        await self._ended.wait()
        server.close()  # asyncio.run cancels the tunnels that are still open

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._calls[task] = ""
        try:
            with contextlib.suppress(asyncio.CancelledError):  # forgotten or stopped: this task ends here
                async with self._turns:
                    await Passage(self, (reader, writer)).serve()
        finally:
            del self._calls[task]

    def label_of(self, head: bytes) -> str | None:
        """On whose behalf a request comes, if its secret is right and its label known."""
        label, _, secret = (credentials(head) or b"").partition(b":")
        name = label.decode("latin-1")
        if not hmac.compare_digest(secret, self.credential[1].encode("ascii")):
            return None
        if name != _ENGINE and not self._labels.knows(name):
            return None
        if (task := asyncio.current_task()) in self._calls:
            self._calls[task] = name
        return name

    async def open(self, label: str, host: str, port: int) -> tuple[Reached, Opened] | Refusal:
        """Resolve, vet, connect, and keep for the label what came of it. Runs in the gate's loop."""
        reached = self._labels.exceeded(label) or await self._reach.open(host, port)
        if isinstance(reached, Refusal):
            self._labels.refuse(label, host, port, reached)
            return reached
        opened = Opened(
            label=label,
            host=host,
            port=port,
            answers=reached.answers,
            address=reached.address,
            local_port=reached.writer.get_extra_info("sockname")[1],
            at=datetime.now(UTC),
        )
        self._labels.keep(opened)
        if self._on_open:
            self._on_open(opened)
        return reached, opened

    def refuse(self, label: str, host: str, port: int, refusal: Refusal) -> None:
        self._labels.refuse(label, host, port, refusal)

    def count(self, label: str, received: int) -> bool:
        return self._labels.count(label, received)

    def exceeded(self, label: str) -> Refusal | None:
        return self._labels.exceeded(label)
