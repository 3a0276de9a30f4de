"""Serves the sample site as the sites it stands for would: charsets, ETag, gzip, a favicon, an honest 404."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from cunzhao.errors import PortTaken

# The plan first, then what tells of its progress, then what can be compared.
_PAGES = (
    "/gov/zwgk/2021/art_3021.html",
    "/news/2021/12/c_1208.html",
    "/portal/2021/12/09/8812.htm",
    "/portal/2022/11/16/9034.htm",
    "/gov/xwdt/2024/art_4410.html",
    "/gov/zwgk/2024/art_4402.html",
    "/tjj/tjgb/2024/gb2023.html",
    "/lib/zt/2024/03.html",
)
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=gb2312",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PACKED = (".html", ".htm", ".css", ".js", ".svg")  # sent gzipped where accepted
_ALIASES = {"/": "/index.html", "/favicon.ico": "/favicon.png"}


def urls(base: str) -> list[str]:
    """The pages to capture, in a good order; `base` is the site's address without a slash at its end."""
    return [base.rstrip("/") + page for page in _PAGES]


def serve(port: int = 0) -> SampleSite:
    """Start the site on 127.0.0.1; port 0 takes any free one. Raises PortTaken."""
    return SampleSite(port)


class SampleSite:
    """A running server; `close()` it, or use it in a `with`. `base` is its address, without a slash."""

    def __init__(self, port: int) -> None:
        try:
            self._server = _Server(("127.0.0.1", port), _Handler)
        except OSError as exc:
            raise PortTaken(f"127.0.0.1:{port}") from exc
        self.port: int = self._server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="sample-site", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> SampleSite:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    body: bytes
    packed: bytes | None  # gzipped
    content_type: str
    etag: str  # of the body as it is; that of the gzipped one ends with `-gz`


def _load() -> dict[str, _File]:
    """The whole site by path, a few hundred kilobytes: no request ever touches a file system."""
    return {
        name: _file(name, entry.read_bytes()) for name, entry in _walk(resources.files(__package__) / "www")
    }


def _walk(folder: Traversable, prefix: str = "/") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def _file(name: str, body: bytes) -> _File:
    suffix = PurePosixPath(name).suffix
    if suffix == ".htm":  # The old portal writes GBK and calls it gb2312; its files are UTF-8 in the source.
        body = body.decode("utf-8").encode("gbk")
    digest = hashlib.sha256(body).hexdigest()[:16]
    packed = gzip.compress(body, mtime=0) if suffix in _PACKED else None
    return _File(body=body, packed=packed, content_type=_TYPES[suffix], etag=digest)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # On Windows the option would let a second server take the same port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, *args: Any) -> None:
        self.files = _load()
        super().__init__(*args)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of ours; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "CunzhaoSample"
    sys_version = ""
    timeout = 30  # seconds an idle connection is held

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        found = self.server.files.get(_ALIASES.get(path, path))
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND, _GONE, {"Content-Type": _TYPES[".html"]})
            return
        headers = {"Content-Type": found.content_type, "Cache-Control": "no-cache", "ETag": f'"{found.etag}"'}
        body = found.body
        if found.packed is not None:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers |= {"Content-Encoding": "gzip", "ETag": f'"{found.etag}-gz"'}
                body = found.packed
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self._answer(HTTPStatus.NOT_MODIFIED, b"", headers)
            return
        self._answer(HTTPStatus.OK, body, headers)

    do_HEAD = do_GET

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent: the program shows the progress of the captures itself."""


_GONE = (
    '<!DOCTYPE html><html lang="zh-CN"><title>404 页面不存在</title>'
    '<p>您访问的页面不存在或已被删除。<a href="/index.html">返回首页</a></p></html>'
).encode()
