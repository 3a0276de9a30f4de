"""A tiny web of our own: serves the frozen view of an archive as the product does, and counts what is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

from cunzhao.archive.store import Archive
from cunzhao.archive.view import VIEW_HEADERS, requisite, view
from cunzhao.errors import CunzhaoError


class Web:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.asked: list[str] = []  # every path that anybody asked for
        self.origin = ""

    def answer(self, path: str) -> tuple[int, str, bytes]:
        parts = urlsplit(path)
        _, _, snapshot, *rest = [*parts.path.split("/"), ""]
        if not parts.path.startswith("/view/"):
            return 200, "text/html", b"<p>the application's own page</p>"

        def address(url: str, kind: str) -> str:
            return f"/view/{snapshot}/{kind}?u={quote(url, safe='')}"

        try:
            if rest[0]:
                emitted = requisite(self.archive, snapshot, parse_qs(parts.query)["u"][0], address)
            else:
                emitted = view(self.archive, snapshot, address)
        except CunzhaoError as exc:
            return 404, "text/plain", exc.text("en").encode()
        return emitted.status, emitted.content_type, emitted.body


@contextmanager
def serving(archive: Archive) -> Iterator[Web]:
    web = Web(archive)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            status, content_type, body = web.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in VIEW_HEADERS.items() if self.path.startswith("/view/") else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.origin = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
