"""Servers and callers for tests of the gate: raw sockets, so that every byte is the test's own."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cunzhao.egress.gate import Gate
from cunzhao.settings import Settings

ANSWER = b"HTTP/1.1 200 OK\r\nX-Odd-CASE:  a \r\nContent-Length: 2\r\n\r\nhi"


class Peer:
    """A server that answers every piece it hears with the same bytes, and remembers who came."""

    def __init__(
        self, answer: bytes = ANSWER, *, speak: Callable[[socket.socket], None] | None = None
    ) -> None:
        self.answer = answer
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.callers: list[int] = []
        self.heard: list[bytes] = []
        self._speak = speak or self._answer
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                caller, (_, port) = self.socket.accept()
            except OSError:
                return
            self.callers.append(port)
            threading.Thread(target=self._one, args=(caller,), daemon=True).start()

    def _one(self, caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError):
            self._speak(caller)

    def _answer(self, caller: socket.socket) -> None:
        while request := caller.recv(65536):
            self.heard.append(request)
            caller.sendall(self.answer)


class Caller:
    """A connection to the gate, written to byte for byte."""

    def __init__(self, gate: Gate, credential: tuple[str, str] | None = None) -> None:
        self.socket = socket.create_connection(gate.address, timeout=150)
        word = base64.b64encode(":".join(credential or gate.credential).encode())
        self.authorization = b"Proxy-Authorization: Basic " + word + b"\r\n"

    def __enter__(self) -> Caller:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, line: str, *fields: str, body: bytes = b"") -> None:
        """A head with the credential in it, and what follows."""
        given = b"".join(field.encode() + b"\r\n" for field in fields)
        self.socket.sendall(line.encode() + b"\r\n" + given + self.authorization + b"\r\n" + body)

    def get(self, url: str, *fields: str) -> None:
        """A GET of an absolute URL whose Host header agrees."""
        host = url.split("//", 1)[1].partition("/")[0].partition("?")[0]
        self.ask(f"GET {url} HTTP/1.1", f"Host: {host}", *fields)

    def hear(self, length: int = len(ANSWER)) -> bytes:
        """The next bytes: as many as asked for, or fewer where the gate closed."""
        heard = b""
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            while len(heard) < length and (piece := self.socket.recv(length - len(heard))):
                heard += piece
        return heard

    def is_closed(self) -> bool:
        """Did the gate close, with nothing more to read?"""
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True


def eventually(holds: Callable[[], bool], within_s: float = 150) -> bool:
    """Does it come to hold? What another thread does may take a while."""
    ends = time.monotonic() + within_s
    while not holds() and time.monotonic() < ends:
        time.sleep(0.01)
    return holds()


def settings(tmp_path: Path, *allow: str, timeout: float = 60) -> Settings:
    return Settings(home=tmp_path, allow_hosts=allow, fetch_timeout_s=timeout)


def answering(*rounds: list[str]):
    """A resolver that gives another answer each time it is asked, and the list of what it was asked."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return rounds[min(len(asked), len(rounds)) - 1]

    return resolve, asked
