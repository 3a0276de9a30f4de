"""A site that behaves well and badly, and counts who asks for what. One thread a connection."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css",
    "png": "image/png",
    "js": "text/javascript",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
}


@dataclass
class Asked:
    """What the site saw of one request."""

    path: str
    at: float
    peer_port: int
    headers: dict[str, str]


@dataclass
class Site:
    """`pages` maps a path to a body (by its ending), or to (status, headers, body)."""

    pages: dict[str, object] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    tls: bool = False
    slow: float = 0.0  # seconds before each answer
    busy: int = 0  # requests being answered now
    busiest: int = 0

    def __enter__(self) -> Site:
        site, self._lock = self, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536  # head and body in one segment, as real servers send them

            def do_GET(self) -> None:
                site._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}{path}"

    def times(self, path: str) -> int:
        return Counter(a.path for a in self.asked)[path]

    def _serve(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        with self._lock:
            self.asked.append(
                Asked(handler.path, time.monotonic(), handler.client_address[1], dict(handler.headers))
            )
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        try:
            if self.slow:
                time.sleep(self.slow)
            with contextlib.suppress(OSError):
                self._answer(handler)
        finally:
            with self._lock:
                self.busy -= 1

    def _answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        page = self.pages.get(handler.path, (404, {"Content-Type": "text/html"}, "没有这一页".encode()))
        if callable(page):
            return page(handler)
        if isinstance(page, tuple):
            status, headers, body = page
        else:
            status, headers, body = (
                200,
                {"Content-Type": TYPES.get(handler.path.rsplit(".", 1)[-1], TYPES["html"])},
                page,
            )
        body = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def redirect(to: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": to, "Content-Type": "text/html"}, b"moved"


def raw(answer: bytes, *, then_wait: float = 0, close: bool = True):
    """An answer written byte for byte."""

    def serve(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(answer)
        handler.wfile.flush()
        time.sleep(then_wait)
        handler.close_connection = close

    return serve


def stream(total: int, *, chunked: bool):
    """`total` bytes of text, announced or in chunks."""

    def serve(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header(
            *(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(total)))
        )
        handler.end_headers()
        piece = b"x" * 1_000_000
        handler.close_connection = True
        for _ in range(total // len(piece)):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            handler.wfile.write(b"0\r\n\r\n")

    return serve


def bomb(unpacked: int) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(bytes(unpacked))
