"""In which type archived bytes may leave: what they are, not what their server said."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

from lxml import etree

from cunzhao.archive.frozen_css import freeze_css, freeze_style
from cunzhao.archive.linking import Linker

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00\x00\x02\x00", "image/x-icon"),
)
_MEDIA_MAGIC = (
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"WEBVTT", "text/vtt"),
    (b"\xef\xbb\xbfWEBVTT", "text/vtt"),
)
_FILMS = {"video/mp4", "video/webm", "video/ogg", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/aac"}
IMAGES = {mime for _, mime in _MAGIC} | {"image/webp", "image/avif", "image/svg+xml"}
_SVG_GONE = {
    "script",
    "foreignobject",
    "set",
    "animate",
    "animatetransform",
    "animatemotion",
    "iframe",
    "handler",
}
_EMPTY_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def image_type(body: bytes, told: str) -> str:
    """The type of an image by its first bytes; empty for what is none. `told` decides for SVG only."""
    for magic, mime in _MAGIC:
        if body.startswith(magic):
            return mime
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"avis", b"mif1"):
        return "image/avif"
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        told == "image/svg+xml"
        or start.startswith(b"<svg")
        or (start.startswith(b"<?xml") and b"<svg" in start)
    ):
        return "image/svg+xml"
    return ""


def media_type(body: bytes, told: str) -> str:
    """The type of a film or sound by its first bytes; empty for what is none."""
    for magic, mime in _MEDIA_MAGIC:
        if body.startswith(magic):
            return told if told in _FILMS else mime
    if body[:4] == b"RIFF" and body[8:12] == b"WAVE":
        return "audio/wav"
    if body[4:8] == b"ftyp" and not image_type(body, told):
        return told if told in _FILMS else "video/mp4"
    return ""


def freeze_svg(body: bytes, linker: Linker) -> bytes:
    """SVG without script, animation, outside references and document type. Broken SVG: an empty one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = etree.fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    if not isinstance(root, etree._Element):  # nothing could be recovered
        return _EMPTY_SVG
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname.lower() in _SVG_GONE:
            _take_out(element)
            continue
        try:
            _freeze_svg_element(element, linker)
        except ValueError:  # a character that no tree can hold
            _take_out(element)
    return etree.tostring(root, encoding="utf-8")


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _freeze_svg_element(element: etree._Element, linker: Linker) -> None:
    for name in list(element.attrib):
        value, plain = str(element.attrib[name]), str(name).rpartition("}")[2].lower()
        acts = plain.startswith("on") or plain == "base"
        leads_out = plain in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
        if acts or leads_out:
            del element.attrib[name]
        elif "url" in value.lower() or plain == "style":
            element.attrib[name] = freeze_style(value, lambda told, kind: _inside(told, linker))
    if etree.QName(element).localname.lower() == "style" and element.text:
        element.text = freeze_css(element.text, lambda told, kind: _inside(told, linker))


def _inside(reference: str, linker: Linker) -> str:
    """An SVG shown as an image may refer to its own parts and to nothing else."""
    if reference.startswith("#"):
        return reference
    return linker.link(reference, "image") if reference.startswith("data:") else ""


def file_name(url: str) -> str:
    """A name for a download: the last part of the path, without what file systems refuse."""
    try:
        last = posixpath.basename(unquote(urlsplit(url).path))
    except ValueError:
        last = ""
    safe = re.sub(r"[^\w.()\-（）【】《》]+", "_", last).strip("._")
    return safe[-120:] or "file"
