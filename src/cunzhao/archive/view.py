"""The frozen view: what a snapshot keeps, on its way to a browser, made safe and self-contained."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urldefrag

from cunzhao.archive.emitting import IMAGES, file_name, freeze_svg, image_type, media_type
from cunzhao.archive.frozen_css import freeze_css
from cunzhao.archive.frozen_html import freeze_html
from cunzhao.archive.holding import Held, Thing
from cunzhao.archive.linking import Address, Linker
from cunzhao.archive.reading import locate
from cunzhao.archive.store import Archive
from cunzhao.archive.surt import same_page
from cunzhao.archive.types import Emitted, Mark, RecordRef, Stored
from cunzhao.charset import Decoded, declared_in, decode
from cunzhao.collect.types import RenditionKind
from cunzhao.errors import CunzhaoError, NotFound, RecordMissing

#: Sent with every answer that carries archived bytes, whatever its type (invariant 6). Frames stand inside
#: the page (`srcdoc`). The sandboxed page has an opaque origin, so `Cross-Origin-Resource-Policy` other than
#: cross-origin would keep its own images from it; the answers are safe to embed, as they carry no secret.
VIEW_HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self' data:; "
        "media-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src data:; frame-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
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


def view(
    archive: Archive, snapshot: str, address: Address, *, marks: Sequence[Mark] | None = None, page: int = 1
) -> Emitted:
    """The snapshot's page for a browser: HTML frozen, text and images as they are, other files as a notice.

    Of a browser's capture it is the DOM after scripts. `address(url, kind)` says where the web serves a
    thing of this snapshot; kind is "image", "style", "media", "frame" or "page". Send it with VIEW_HEADERS.
    The words of `marks` are marked, the first with the id `marking.MARK`, or it is said that the page does
    not show them; of an article over several pages they are on page number `page`, which is shown.
    Raises NotFound, and what `Archive.read` raises.
    """
    held = Held(archive, snapshot)
    if held.page is None:
        raise NotFound(snapshot, what="页面", what_en="page")
    viewer = _Viewer(held, address, marks)
    if page > 1:
        if page - 2 >= len(held.next_pages):
            raise NotFound(f"{snapshot}/{page}", what="页面", what_en="page")
        return viewer.page(held.next_pages[page - 2][1])
    if "dom" in held.renditions:
        return viewer.dom(held.renditions["dom"][1], held.page[1].url)
    return viewer.page(held.page[1])


def requisite(archive: Archive, snapshot: str, url: str, address: Address) -> Emitted:
    """A thing of the snapshot by its URL, in the form its role calls for. Raises NotFound and as `view`."""
    held = Held(archive, snapshot)
    found = held.find(url)
    if found is None:
        raise NotFound(url, what="文件", what_en="file")
    viewer, (kept, record) = _Viewer(held, address), found
    if kept.role == "page" and held.next_pages and "dom" in held.renditions:
        return viewer.dom(held.renditions["dom"][1], record.url)
    if kept.role in ("page", "next-page", "frame"):
        return viewer.page(record)
    stored, body = held.read(record)
    if kept.role == "stylesheet" or record.mime == "text/css":
        return viewer.stylesheet(stored, body)
    if image_type(body, record.mime):
        return viewer.image(stored, body)
    mime = media_type(body, record.mime)
    return Emitted(body=body, content_type=mime) if mime else _download(stored, body)


def rendition(archive: Archive, snapshot: str, kind: RenditionKind) -> Emitted:
    """What the engine made of the page as it was shown: the picture, the print, the text; the DOM as a file.

    The print is a download: a browser's reader of PDF files knows no sandbox. Raises NotFound where the
    snapshot has none, and what `Archive.read` raises.
    """
    held = Held(archive, snapshot)
    if kind not in held.renditions:
        raise NotFound(f"{snapshot}/{kind}", what="文件", what_en="file")
    stored, body = held.read(held.renditions[kind][1])
    if kind == "screenshot" and image_type(body, "") in IMAGES:
        return Emitted(body=body, content_type=image_type(body, ""))
    if kind == "text":
        return _utf8("text/plain", _text(stored, body).text)
    ending, mime = ("pdf", "application/pdf") if kind == "pdf" else ("html", "application/octet-stream")
    named = f"{file_name(held.page[1].url) if held.page else kind}.{ending}"
    return Emitted(body=body, content_type=mime, attachment=named)


def raw_record(archive: Archive, record: str) -> Emitted:
    """A record as it stands in the WARC file, bytes unchanged, as a file of its own that WARC readers open.

    Raises NotFound for a record that the archive does not know, RecordMissing where its file is gone.
    """
    try:
        found = archive.record(record)
    except RecordMissing as exc:
        raise NotFound(record, what="记录", what_en="record") from exc
    path = locate(archive.folder, found.file)
    try:
        with path.open("rb") as stream:
            stream.seek(found.offset)
            body = stream.read(found.size)
    except OSError as exc:
        raise RecordMissing(f"{found.file}@{found.offset}") from exc
    ending = "warc.gz" if body.startswith(b"\x1f\x8b") else "warc"
    return Emitted(body=body, content_type="application/octet-stream", attachment=f"{found.id}.{ending}")


class _Viewer:
    """Makes what one answer needs; frames inside a page count towards one allowance."""

    def __init__(self, held: Held, address: Address, marks: Sequence[Mark] | None = None) -> None:
        self._held = held
        self._marks = marks  # of the page itself, not of its frames
        self._address = address
        self._frames_left = FRAMES_BYTES

    def dom(self, record: RecordRef, base: str) -> Emitted:
        """The DOM after scripts; references are relative to the page."""
        _, body = self._held.read(record)
        if len(body) > HTML_BYTES:
            return _notice(record)
        return _utf8("text/html", freeze_html(decode(body).text, self._linker(base, "utf-8", 0), self._marks))

    def page(self, record: RecordRef) -> Emitted:
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
        linker = self._linker(stored.record.url, sheet.charset, 0)
        return _utf8("text/css", freeze_css(sheet.text, linker.link))

    def image(self, stored: Stored, body: bytes) -> Emitted:
        mime, safe = self._safe_image(stored, body)
        return Emitted(body=safe, content_type=mime) if mime else _download(stored, body)

    def _safe_image(self, stored: Stored, body: bytes) -> tuple[str, bytes]:
        mime = image_type(body, stored.record.mime)
        if mime == "image/svg+xml":
            return mime, freeze_svg(body, self._linker(stored.record.url, "utf-8", FRAMES_DEEP))
        return (mime, body) if mime in IMAGES else ("", b"")

    def _html(self, stored: Stored, body: bytes, deep: int) -> str:
        page = _text(stored, body)
        linker = self._linker(stored.record.url, page.charset, deep)
        return freeze_html(page.text, linker, None if deep else self._marks)

    def _linker(self, base: str, charset: str, deep: int) -> Linker:
        return Linker(
            base=base,
            charset=charset,
            holds=lambda url: self._held.find(url) is not None,
            address=self._address,
            font=self._held.font,
            frame=lambda url: self._frame(url, deep + 1),
            image=self._image,
            nature=self._nature,
            article=lambda url: same_page(urldefrag(url)[0]) in self._held.article,
        )

    def _image(self, url: str) -> tuple[str, bytes]:
        """A kept image, to be carried in the page. ("", b"") for what is none or cannot be read."""
        thing = self._held.find(url)
        try:
            return self._safe_image(*self._held.read(thing[1])) if thing else ("", b"")
        except CunzhaoError:
            return "", b""

    def _nature(self, url: str) -> str:
        thing = self._held.find(url)
        return _nature(thing) if thing else ""

    def _frame(self, url: str, deep: int) -> str | None:
        found = self._held.find(url)
        if found is None or deep > FRAMES_DEEP or self._frames_left <= 0:
            return None
        try:
            stored, body = self._held.read(found[1])
        except CunzhaoError:
            return None
        if len(body) > self._frames_left:
            return None
        told = self._framed(found[1], stored, body, deep)
        self._frames_left -= len(told or "")
        return told

    def _framed(self, record: RecordRef, stored: Stored, body: bytes, deep: int) -> str | None:
        if record.mime in HTML:
            return self._html(stored, body, deep)
        if image_type(body, record.mime):
            source = html.escape(self._address(record.url, "image"))
            return f'<!DOCTYPE html><meta charset="utf-8"><img src="{source}" alt="">'
        if record.mime.startswith("text/") or record.mime in TEXT:
            return f'<!DOCTYPE html><meta charset="utf-8"><pre>{html.escape(_text(stored, body).text)}</pre>'
        return None


def _nature(thing: Thing) -> str:
    kept, record = thing
    if record.mime in HTML or record.mime == "text/plain":
        return "page"
    if record.mime.startswith("image/") or kept.role in ("image", "icon"):
        return "image"
    return "media" if kept.role == "media" or record.mime.startswith(("video/", "audio/")) else ""


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
