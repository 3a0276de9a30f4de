"""A small OpenAI-compatible service on loopback that answers as a test tells it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What is sent back; `length` announces another size than the body has."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    length: int | None = None
    waits: threading.Event | None = None  # until then nothing is said


@dataclass
class Played:
    """The service: `answer` is asked for each question; `asked` and `keys` keep what came."""

    answer: Callable[[dict[str, Any]], Answer]
    address: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The pieces of the document that came."""
        return [question["messages"][-1]["content"].partition("\n")[2] for question in self.asked]


def told(*facts: Any) -> Answer:
    """A good answer that holds these facts."""
    return words(json.dumps({"facts": facts}, ensure_ascii=False))


def words(content: Any) -> Answer:
    message = {"role": "assistant", "content": content}
    return Answer(json.dumps({"choices": [{"index": 0, "message": message}]}).encode())


@contextmanager
def playing(answer: Callable[[dict[str, Any]], Answer] | Answer) -> Iterator[Played]:
    played = Played(answer if callable(answer) else lambda _: answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            played.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(played.answer(played.asked[-1]))

        def do_GET(self) -> None:
            self._send(played.answer({}))

        def _send(self, given: Answer) -> None:
            played.keys.append(self.headers["Authorization"])
            if given.waits:
                given.waits.wait(20)
            self.send_response(given.status)
            self.send_header("Content-Type", given.kind)
            self.send_header("Content-Length", str(len(given.body) if given.length is None else given.length))
            self.end_headers()
            self.wfile.write(given.body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    played.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
