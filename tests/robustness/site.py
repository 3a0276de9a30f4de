"""A site on loopback for batches that are killed or run out of room: every page says its own marker."""

from __future__ import annotations

import http.server
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

WORDS = "滨江市轨道交通运营里程达到六十五公里，比上年增长百分之十二，全年完成投资二十八亿元，二号线将于年底前通车。"
CSS = b"body{margin:0}\n" + b".a{color:#123456}\n" * 200
_HANG = "<!DOCTYPE html><meta charset=utf-8><title>卡住</title><p>这一页的脚本永远不结束。<script>while(1){}</script>"


def marker(path: str) -> str:
    """A word that stands on this page and on no other: `/k3/12.html` -> "编号k3x12号"."""
    return "编号" + path.strip("/").removesuffix(".html").replace("/", "x") + "号"


def page(path: str) -> bytes:
    paragraphs = "".join(f"<p>{WORDS}{n}，{marker(path)}。{WORDS}</p>" for n in range(6))
    images = "".join(f'<img src="{path.removesuffix(".html")}-{n}.png">' for n in range(3))
    head = f"<meta charset=utf-8><title>{marker(path)}的通知</title><link rel=stylesheet href=/s.css>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><h1>{marker(path)}</h1>{paragraphs}{images}</body></html>".encode()


def drawn(path: str) -> bytes:
    """The same, drawn by script."""
    parts = [f"{WORDS}{n}，{marker(path)}。{WORDS}" for n in range(6)]
    script = "document.getElementById('app').innerHTML=" + repr("".join(f"<p>{part}</p>" for part in parts))
    head = f"<meta charset=utf-8><title>{marker(path)}的通知</title><link rel=stylesheet href=/s.css>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><div id=app></div><script>{script}</script></body></html>".encode()


class Site:
    """What the site remembers: how often each path was asked for. `delay_s` is what an answer takes."""

    def __init__(self, delay_s: float, image_bytes: int) -> None:
        self.asked: Counter[str] = Counter()
        self.first = threading.Event()  # something was asked for
        self.delay_s, self.image_bytes = delay_s, image_bytes
        self.address = ""

    def answer(self, path: str) -> tuple[str, bytes]:
        self.asked[path] += 1
        self.first.set()
        if path == "/s.css":
            return "text/css", CSS
        if path.endswith(".png"):
            return "image/png", b"\x89PNG" + random.Random(path).randbytes(self.image_bytes)
        if path.startswith("/hang"):
            return "text/html; charset=utf-8", _HANG.encode()
        return "text/html; charset=utf-8", drawn(path) if path.startswith("/drawn") else page(path)


@contextmanager
def served(*, delay_s: float = 0.0, image_bytes: int = 8_000) -> Iterator[Site]:
    site = Site(delay_s, image_bytes)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            time.sleep(site.delay_s)
            mime, body = site.answer(self.path)
            try:
                self.send_response(200)
                self.send_header("Content-Type", mime)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # whoever asked was killed

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A connection cut by a kill is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
