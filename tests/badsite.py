"""A site on loopback that misbehaves in every way a batch has to survive, and has one good page."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

GOOD = (
    "<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>好页面_示例网</title></head><body>"
    "<h1>滨江市轨道交通进展</h1><div class=content><p>2023年，滨江市轨道交通运营里程达到65公里，比上年增长12.5%，"
    "日均客运量46.8万人次，全年完成投资28.6亿元。</p><p>市交通局局长李明远表示，二号线将于2025年底前通车，"
    "届时运营里程将超过100公里。</p><p>据介绍，全市还将新建换乘停车场18个，新增泊位5200个，"
    "公交站点500米覆盖率达到95%以上。</p></div></body></html>"
).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/good.html":
            self.answer(200, GOOD)
        elif path == "/slow.html":
            time.sleep(120)  # longer than anybody waits
            self.answer(200, GOOD)
        elif path == "/loop.html":
            self.answer(302, b"", Location="/loop.html")
        elif path == "/huge.bin":
            self.stream(200_000_000)
        elif path == "/bomb.html":
            packed = gzip.compress(bytes(1_000_000)) * 400  # 400 MB out of 0.4 MB
            self.answer(200, packed, **{"Content-Encoding": "gzip"})
        else:
            self.answer(404, "<h1>404 页面不存在</h1>".encode())

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.write(body)

    def stream(self, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        block = bytes(100_000)
        for _ in range(size // len(block)):
            if not self.write(block):
                return

    def write(self, data: bytes) -> bool:
        try:
            self.wfile.write(data)
        except OSError:  # the client has had enough
            self.close_connection = True
            return False
        return True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, "http://127.0.0.1:PORT"."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
