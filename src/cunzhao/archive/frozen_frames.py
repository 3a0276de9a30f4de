"""Documents inside the frozen page: frames, `srcdoc`, objects, film and sound, parts of another SVG file."""

from __future__ import annotations

import re
from collections.abc import Callable

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from cunzhao.archive.linking import Linker, data_text

INSIDE_DEEP = 5  # `srcdoc` in `srcdoc`; each quotes what is inside it once more
SPRITE_BYTES = 500_000
_PAGES = ("text/html", "application/xhtml+xml")
_SIZES = ("id", "class", "style", "width", "height", "title", "alt", "align", "border", "hspace", "vspace")

Freeze = Callable[[str, Linker], str]


def freeze_frame(element: HtmlElement, linker: Linker, inside: str | None, freeze: Freeze) -> None:
    """Carried inside (`srcdoc`): by address, `frame-ancestors` would refuse a parent that has no origin.

    `inside` is the `srcdoc` of the archived page, which wins over `src` as in browsers.
    """
    source = element.attrib.pop("src", None) or element.get("data-src") or ""
    for name in ("data-src", "sandbox", "loading"):
        element.attrib.pop(name, None)
    for child in list(element):
        element.remove(child)
    element.text = None  # what browsers without frames would show
    element.set("sandbox", "")
    if inside is None:
        inside = data_text(source, _PAGES)
    if inside is not None:
        told = freeze(inside, linker.within()) if linker.deep < INSIDE_DEEP else None
    else:
        told = linker.frame(linker.absolute(source)) if linker.held(source) else None
    if told is not None:
        element.set("srcdoc", told)


def show_object(element: HtmlElement, linker: Linker) -> HtmlElement | None:
    """What stands for an `<object>` or `<embed>` that is kept: an image, a frame, a film; else None."""
    source = element.get("data") or element.get("src") or ""
    nature = linker.nature_of(source)
    parent = element.getparent()
    if not nature or parent is None:
        return None
    tag = {"image": "img", "page": "iframe", "media": "video"}[nature]
    shown = lxml.html.Element(tag, {name: told for name in _SIZES if (told := element.get(name))})
    shown.set("src", source)
    if nature == "media":
        shown.set("controls", "")
    if element.tag == "object":
        shown.tail, element.tail = element.tail, None
        parent.replace(element, shown)
    else:
        element.addprevious(shown)  # libxml2 takes all that follows an `embed` for its contents
        element.drop_tag()
    return shown


def freeze_media(element: HtmlElement, linker: Linker, tag: str) -> None:
    """`<video>`, `<audio>`, and the `<source>` and `<track>` in them."""
    source = element.attrib.pop("src", None)
    if source and (address := linker.link(source, "media")):
        element.set("src", address)
    elif source and tag in ("source", "track"):
        element.attrib.pop("srcset", None)
        parent = element.getparent()
        if parent is not None:
            element.drop_tree()
    if tag in ("video", "audio") and (element.get("src") or element.find("source") is not None):
        element.set("controls", "")  # without script the page's own buttons are dead
        element.set("preload", "metadata")


class Sprites:
    """Parts of other SVG files that `<use>` shows: browsers want them from the page's own origin, and a
    sandboxed page has none, so the file's parts stand in the page, under names of their own."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self._known: dict[str, HtmlElement | None] = {}

    def reference(self, written: str) -> str:
        """`icons.svg#mark` -> `#cz0-mark`; empty where the file is not kept."""
        address, _, part = written.strip().partition("#")
        url = self._linker.absolute(address)
        if not part or not self._linker.held(address):
            return ""
        if url not in self._known:
            self._known[url] = self._read(url, f"cz{len(self._known)}-")
        return f"#cz{list(self._known).index(url)}-{part}" if self._known[url] is not None else ""

    def put_into(self, body: HtmlElement) -> None:
        for sprite in self._known.values():
            if sprite is not None:
                body.append(sprite)

    def _read(self, url: str, prefix: str) -> HtmlElement | None:
        mime, svg = self._linker.image(url)
        if mime != "image/svg+xml" or len(svg) > SPRITE_BYTES:
            return None
        try:
            root = etree.fromstring(svg, parser=etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.LxmlError, ValueError):
            return None
        made = _plain(root, prefix)
        for name in list(made.attrib):
            del made.attrib[name]
        made.set("style", "position:absolute;width:0;height:0;overflow:hidden")
        return made


def _plain(element: etree._Element, prefix: str) -> HtmlElement:
    """An SVG element as an HTML page has it: no namespaces, its names and references made its own."""
    made = lxml.html.Element(etree.QName(element).localname)
    made.text, made.tail = element.text, element.tail
    for name, value in element.attrib.items():
        plain = etree.QName(name).localname
        if plain == "id":
            value = prefix + str(value)
        elif plain == "href":
            value = re.sub(r"^#", f"#{prefix}", str(value))
        else:
            value = re.sub(r"url\((['\"]?)#", rf"url(\1#{prefix}", str(value))
        made.set(plain, value)
    for child in element:
        if isinstance(child.tag, str):
            made.append(_plain(child, prefix))
    return made


def unframe(root: HtmlElement) -> None:
    """A frameset becomes its frames one under another: HTML has no srcdoc for <frame>."""
    outer = [e for e in root.iter("frameset") if not any(True for _ in e.iterancestors("frameset"))]
    for frameset in outer:
        frames = list(frameset.iter("frame"))
        body = lxml.html.Element("body")
        for frame in frames:
            frame.tag = "iframe"
            frame.set("style", "display:block;width:100%;height:100vh;border:0")
            body.append(frame)
        parent = frameset.getparent()
        if parent is not None:
            parent.replace(frameset, body)
