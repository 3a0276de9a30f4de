"""The frozen view: what a snapshot keeps, on its way to a browser, made safe and self-contained."""

from __future__ import annotations

import html
from collections.abc import Mapping
from types import MappingProxyType

from cunzhao.archive.emitting import IMAGES, file_name, freeze_svg, image_type
from cunzhao.archive.frozen_css import freeze_css
from cunzhao.archive.frozen_html import freeze_html
from cunzhao.archive.holding import Held
from cunzhao.archive.linking import Address, Linker
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Emitted, Kept, RecordRef, Stored
from cunzhao.charset import Decoded, declared_in, decode
from cunzhao.errors import CunzhaoError, NotFound

#: Sent with every answer that carries archived bytes, whatever its type (invariant 6). Frames stand inside
#: the page (`srcdoc`). The sandboxed page has an opaque origin, so `Cross-Origin-Resource-Policy` other than
#: cross-origin would keep its own images from it; the answers are safe to embed, as they carry no secret.
VIEW_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self' data:; "
        "style-src 'self' 'unsafe-inline'; font-src data:; frame-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-DNS-Prefetch-Control": "off",
        "X-Robots-Tag": "noindex",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cache-Control": "private, max-age=3600",
    }
)
HTML = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
TEXT = {"application/json", "application/xml", "application/rss+xml", "application/atom+xml"}
HTML_BYTES = 20_000_000  # of one page; a longer one is offered as a download
FRAMES_DEEP = 3
FRAMES_BYTES = 10_000_000  # characters of all frames carried in one page


def view(archive: Archive, snapshot: str, address: Address) -> Emitted:
    """The snapshot's page for a browser: HTML frozen, text and images as they are, other files as a notice.

    `address(url, kind)` says where the web serves a thing of this snapshot; kind is "image", "style"
    or "frame". Send it with VIEW_HEADERS. Raises NotFound, and what `Archive.read` raises.
    """
    held = Held(archive, snapshot)
    if held.page is None:
        raise NotFound(snapshot, what="页面", what_en="page")
    return _Viewer(held, address).page(*held.page)


def requisite(archive: Archive, snapshot: str, url: str, address: Address) -> Emitted:
    """A thing of the snapshot by its URL, in the form its role calls for. Raises NotFound and as `view`."""
    held = Held(archive, snapshot)
    found = held.find(url)
    if found is None:
        raise NotFound(url, what="文件", what_en="file")
    viewer, (kept, record) = _Viewer(held, address), found
    if kept.role in ("page", "frame"):
        return viewer.page(kept, record)
    stored, body = held.read(record)
    if kept.role == "stylesheet":
        return viewer.stylesheet(stored, body)
    if kept.role in ("image", "icon"):
        return viewer.image(stored, body)
    return _download(stored, body)


class _Viewer:
    """Makes what one answer needs; frames inside a page count towards one allowance."""

    def __init__(self, held: Held, address: Address) -> None:
        self._held = held
        self._address = address
        self._frames_left = FRAMES_BYTES

    def page(self, kept: Kept, record: RecordRef) -> Emitted:
        stored, body = self._held.read(record)
        if record.mime in HTML or (not record.mime and b"<html" in body[:2000].lower()):
            if len(body) > HTML_BYTES:
                return _notice(record)
            return _utf8("text/html", self._html(stored, body, deep=0))
        if image_type(body, record.mime):
            return self.image(stored, body)
        if record.mime.startswith("text/") or record.mime in TEXT:
            return _utf8("text/plain", _text(stored, body).text)
        return _notice(record)

    def stylesheet(self, stored: Stored, body: bytes) -> Emitted:
        sheet = _text(stored, body)
        return _utf8("text/css", freeze_css(sheet.text, self._linker(stored, sheet.charset, 0).link))

    def image(self, stored: Stored, body: bytes) -> Emitted:
        mime = image_type(body, stored.record.mime)
        if mime == "image/svg+xml":
            linker = self._linker(stored, "utf-8", FRAMES_DEEP)
            return Emitted(body=freeze_svg(body, linker), content_type=mime)
        return Emitted(body=body, content_type=mime) if mime in IMAGES else _download(stored, body)

    def _html(self, stored: Stored, body: bytes, deep: int) -> str:
        page = _text(stored, body)
        return freeze_html(page.text, self._linker(stored, page.charset, deep))

    def _linker(self, stored: Stored, charset: str, deep: int) -> Linker:
        return Linker(
            base=stored.record.url,
            charset=charset,
            holds=lambda url: self._held.find(url) is not None,
            address=self._address,
            font=self._held.font,
            frame=lambda url: self._frame(url, deep + 1),
        )

    def _frame(self, url: str, deep: int) -> str | None:
        found = self._held.find(url)
        if found is None or deep > FRAMES_DEEP or self._frames_left <= 0:
            return None
        try:
            stored, body = self._held.read(found[1])
        except CunzhaoError:
            return None
        if found[1].mime not in HTML or len(body) > self._frames_left:
            return None
        told = self._html(stored, body, deep)
        self._frames_left -= len(told)
        return told


def _notice(record: RecordRef) -> Emitted:
    """What kind of file the page is. No link: the sandbox that shows it allows no download."""
    name = html.escape(file_name(record.url))
    size = f"{record.length:,}"
    told = (
        "<!DOCTYPE html><html lang='zh'><meta charset='utf-8'><title>{name}</title>"
        "<body style='font:16px/1.8 sans-serif;margin:3em auto;max-width:40em;padding:0 1em'>"
        "<p><b>{name}</b></p><p>这是一个文件，不在此处显示；可下载原件。<br>"
        "This is a file; it is not shown here. Download the original.</p>"
        "<p>{mime} · {size} bytes</p>"
    )
    mime = html.escape(record.mime or "application/octet-stream")
    return _utf8("text/html", told.format(name=name, mime=mime, size=size))


def _text(stored: Stored, body: bytes) -> Decoded:
    return decode(body, declared_in(stored.header("content-type")))


def _utf8(mime: str, text: str) -> Emitted:
    return Emitted(body=text.encode("utf-8", "replace"), content_type=f"{mime}; charset=utf-8")


def _download(stored: Stored, body: bytes) -> Emitted:
    name = file_name(stored.record.url)
    return Emitted(body=body, content_type="application/octet-stream", attachment=name)
