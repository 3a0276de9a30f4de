"""A site for the browser: answers GET and POST, keeps what it was asked. One thread a connection."""

from __future__ import annotations

import contextlib
import http.server
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "png": "image/png",
    "txt": "text/plain", "pdf": "application/pdf", "mp4": "video/mp4", "svg": "image/svg+xml",
    "json": "application/json", "woff2": "font/woff2",
}  # fmt: skip

Handler = http.server.BaseHTTPRequestHandler
#: A body (typed by its path's ending), or (status, headers, body), or whatever answers by itself.
Page = str | bytes | tuple[int, list[tuple[str, str]], bytes] | Callable[[Handler], None]


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Stage:
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    _scheme: str = "http"

    def __enter__(self) -> Stage:
        stage = self

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        class Answering(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536

            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    stage.answer(self)

            do_POST = do_HEAD = do_GET

            def log_message(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Answering)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def over_tls(self, pem: Path) -> None:
        """Speak TLS from now on, with this key and certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._scheme = "https"

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self._scheme}://{host}:{self.port}{path}"

    def times(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)

    def answer(self, handler: Handler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.asked.append(Asked(handler.command, handler.path, dict(handler.headers), body))
        page = self.pages.get(handler.path, (404, [("Content-Type", "text/html")], b"no such page"))
        if callable(page):
            return page(handler)
        if not isinstance(page, tuple):
            kind = TYPES.get(handler.path.rpartition(".")[2], TYPES["html"])
            page = (200, [("Content-Type", kind)], page.encode() if isinstance(page, str) else page)
        reply(handler, *page)


def reply(handler: Handler, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def coded(kind: str, coding: str, body: bytes) -> Page:
    return 200, [("Content-Type", kind), ("Content-Encoding", coding)], body


def moved(status: int, to: str) -> Page:
    return status, [("Location", to), ("Content-Type", "text/plain")], b"moved"


def silent(until: threading.Event) -> Page:
    """Takes the request and does not answer it."""

    def wait(handler: Handler) -> None:
        until.wait(200)
        handler.close_connection = True

    return wait


def chunked(pieces: list[bytes], headers: list[tuple[str, str]], *, whole: bool = True) -> Page:
    """An answer in chunks; not `whole`: it breaks off after the last piece."""

    def send(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in [*headers, ("Transfer-Encoding", "chunked")]:
            handler.send_header(name, value)
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        if whole:
            handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    return send


def ranged(body: bytes, kind: str) -> Page:
    """Answers 206 where a range is asked for."""

    def send(handler: Handler) -> None:
        asked = handler.headers.get("Range", "")
        if not asked:
            return reply(handler, 200, [("Content-Type", kind), ("Accept-Ranges", "bytes")], body)
        first, _, last = asked.removeprefix("bytes=").partition("-")
        start, end = int(first), min(int(last or len(body) - 1), len(body) - 1)
        headers = [("Content-Type", kind), ("Content-Range", f"bytes {start}-{end}/{len(body)}")]
        reply(handler, 206, headers, body[start : end + 1])

    return send
