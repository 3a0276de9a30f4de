"""The site of the fidelity test: one server, two origins, and what it sent for each address."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.server
import re
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import brotli
import zstandard

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, mtime=0),
    "br": brotli.compress,
    "deflate": zlib.compress,
    "zstd": lambda body: zstandard.ZstdCompressor().compress(body),
}
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "png": "image/png",
    "svg": "image/svg+xml", "webp": "image/webp", "avif": "image/avif", "gif": "image/gif", "bmp": "image/bmp",
    "ico": "image/x-icon", "ttf": "font/ttf", "json": "application/json", "wav": "audio/wav",
    "webm": "video/webm", "txt": "text/plain; charset=utf-8", "xhtml": "application/xhtml+xml",
    "vtt": "text/vtt", "webmanifest": "application/manifest+json",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    method: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What an address answers. `only` refuses (403) a request that it does not like."""

    body: bytes = b""
    status: int = 200
    mime: str = ""  # empty: by the ending of the path; "none": no Content-Type at all
    coding: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    only: Callable[[Asked], bool] = lambda asked: True
    wait_s: float = 0.0
    ranges: bool = False
    chunked: bool = False


@dataclass
class Site:
    """`answers` by path. What stands under a folder `there/` is served on the second origin only."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)  # (method, URL)

    def __enter__(self) -> Site:
        site = self

        class Handler(_Handler):
            served = site

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self._servers = [Server(("127.0.0.1", 0), Handler) for _ in range(2)]
        ports = [server.server_port for server in self._servers]
        self.here, self.there = f"http://127.0.0.1:{ports[0]}", f"http://localhost:{ports[1]}"
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def origin(self, path: str) -> str:
        return self.there if "/there/" in path else self.here

    def filled(self, text: str) -> str:
        """`{here}` and `{there}` are the origins, `{//there}` the second one without its scheme."""
        for name, origin in (("here", self.here), ("there", self.there)):
            text = text.replace(f"{{{name}}}", origin).replace(f"{{//{name}}}", origin[5:])
        return text

    def add(self, path: str, answer: Answer) -> None:
        body = answer.body
        if b"{here}" in body or b"{there}" in body or b"{//there}" in body:
            body = self.filled(body.decode("latin-1")).encode("latin-1")
        headers = tuple((name, self.filled(value)) for name, value in answer.headers)
        mime = answer.mime or TYPES.get(path.rpartition(".")[2], "text/html; charset=utf-8")
        self.answers[path] = Answer(**{**answer.__dict__, "body": body, "headers": headers, "mime": mime})

    def plain(self, path: str) -> bytes:
        """The bytes of the resource, without content coding."""
        return self.answers[path].body


class _Handler(http.server.BaseHTTPRequestHandler):
    served: Site
    protocol_version = "HTTP/1.1"
    wbufsize = 65536

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_OPTIONS(self) -> None:
        self._send(204, [], b"")

    def _answer(self) -> None:
        site = self.served
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path if self.path not in site.answers else self.path
        host = self.headers.get("Host", "")
        site.asked.append((self.command, f"http://{host}{self.path}"))
        if "websocket" in self.headers.get("Upgrade", "").lower():
            self._websocket()
            return
        asked = Asked(self.command, {k.lower(): v for k, v in self.headers.items()}, body)
        answer = site.answers.get(path)
        if answer is None or site.origin(path) != f"http://{host}":
            self._send(404, [("Content-Type", "text/plain")], b"no such thing")
        elif not answer.only(asked):
            self._send(403, [("Content-Type", "text/plain")], b"refused")
        else:
            time.sleep(answer.wait_s)
            self._give(answer, asked)

    def _give(self, answer: Answer, asked: Asked) -> None:
        headers = list(answer.headers)
        if answer.mime != "none":
            headers.append(("Content-Type", answer.mime))
        body = CODINGS[answer.coding](answer.body) if answer.coding else answer.body
        if answer.coding:
            headers.append(("Content-Encoding", answer.coding))
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", asked.headers.get("range", ""))
        if answer.ranges and wanted:
            first, last = int(wanted[1]), min(int(wanted[2] or len(body) - 1), len(body) - 1)
            headers += [("Content-Range", f"bytes {first}-{last}/{len(body)}"), ("Accept-Ranges", "bytes")]
            self._send(206, headers, body[first : last + 1])
        else:
            self._send(answer.status, headers, body, chunked=answer.chunked)

    def _send(
        self, status: int, headers: list[tuple[str, str]], body: bytes, *, chunked: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        for name in ("Origin", "Methods", "Headers"):
            self.send_header(f"Access-Control-Allow-{name}", "*")
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(body), 700):
                piece = body[start : start + 700]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def _websocket(self) -> None:
        """Shake hands, say one word, close."""
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept)
        self.end_headers()
        word = "由套接字送来".encode()
        self.wfile.write(bytes([0x81, len(word)]) + word + b"\x88\x00")
        self.wfile.flush()
        self.close_connection = True
