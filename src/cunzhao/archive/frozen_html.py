"""An archived page without script: shown as it was, leading nowhere, asking nothing of the network.

What is taken out or rewritten here is for the looks; that nothing runs and nothing is fetched from outside
is the work of `view.VIEW_HEADERS`, which every answer with archived bytes carries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html
from lxml.html import HtmlElement

from cunzhao.archive.frozen_css import for_style_element, freeze_css, freeze_style
from cunzhao.archive.frozen_frames import Sprites, freeze_frame, freeze_media, show_object, unframe
from cunzhao.archive.frozen_images import freeze_image, freeze_poster, lazy_background, real_source
from cunzhao.archive.linking import Linker, data_text
from cunzhao.archive.marking import put_looks, put_marks
from cunzhao.archive.types import Mark
from cunzhao.htmltree import parse

#: Taken out with what stands inside.
_GONE = {
    "script", "animate", "set", "animatetransform", "animatemotion", "portal", "fencedframe", "handler",
}  # fmt: skip
#: Taken out, and what stands inside stays: a fallback, or all that follows (libxml2 never ends an `embed`).
_UNWRAPPED = {
    "object", "embed", "applet", "base", "param", "bgsound", "keygen", "isindex", "noscript",
}  # fmt: skip
_MEDIA = {"video", "audio", "source", "track"}
_GONE_ATTRIBUTES = {
    "action", "formaction", "method", "ping", "integrity", "crossorigin", "nonce", "srcdoc", "manifest",
    "target", "download", "autofocus", "autoplay", "http-equiv", "longdesc", "cite", "profile", "codebase",
    "classid", "data", "archive", "dynsrc", "lowsrc", "is", "imagesrcset", "imagesizes", "attributionsrc",
    "xml:base", "formtarget", "accesskey", "contenteditable", "popovertarget",
    "fetchpriority", "csp", "allow",
}  # fmt: skip
_XLINK = "{http://www.w3.org/1999/xlink}href"


def freeze_html(html: str, linker: Linker, marks: Sequence[Mark] | None = None) -> str:
    """The page as HTML for a sandboxed frame, to be sent as UTF-8. Raises nothing: no page, an empty one."""
    root, _ = parse(html)
    if root is None:
        return "<!DOCTYPE html><meta charset='utf-8'>"
    marked = marks is not None and put_marks(root, marks)
    _rebase(root, linker)
    _unwrap_noscript(root, linker)
    sprites = Sprites(linker)
    for element in list(root.iter()):
        if _acts(element):
            _remove(element)
            continue
        try:
            _show(element, linker, sprites)
        except ValueError:  # something that no tree can hold
            _remove(element)
    unframe(root)
    body = root.find("body")
    sprites.put_into(body if body is not None else root)
    _name_charset(root)
    if marks is not None:
        put_looks(root, marked)
    doctype = "<!DOCTYPE html>\n" if re.match(r"\s*<!doctype", html[:500], re.IGNORECASE) else ""
    return doctype + lxml.html.tostring(root, encoding="unicode", method="html")


def _rebase(root: HtmlElement, linker: Linker) -> None:
    if named := next((e.get("href") for e in root.iter("base") if e.get("href")), None):
        linker.base = linker.absolute(named) or linker.base


def _acts(element: HtmlElement) -> bool:
    """Whether an element is there to do something, not to be read; comments are for nobody."""
    if not isinstance(element.tag, str):
        return True
    if element.tag == "meta":
        return (element.get("name") or "").lower() not in ("viewport", "color-scheme")
    return _name(element) in _GONE


def _name(element: HtmlElement) -> str:
    """The tag without a namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def _remove(element: HtmlElement) -> None:
    """Take an element out, and leave the text that follows it."""
    if element.getparent() is not None:
        element.drop_tree()


def _unwrap(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tag()


def _unwrap_noscript(root: HtmlElement, linker: Linker) -> None:
    """Show what is meant for readers without script, unless a lazy image beside it shows the same."""
    for element in list(root.iter("noscript")):
        before = element.getprevious()
        shown = real_source(before, linker) if before is not None and before.tag == "img" else ""
        inside = [img.get("src") or "" for img in element.iter("img")]
        if shown and shown in inside:
            _remove(element)
        else:
            _unwrap(element)


def _show(element: HtmlElement, linker: Linker, sprites: Sprites) -> None:
    tag = _name(element)
    shown = show_object(element, linker) if tag in ("object", "embed") else None
    if shown is not None:
        _freeze(shown, linker, sprites)
    elif tag in _UNWRAPPED:
        _unwrap(element)
    else:
        _freeze(element, linker, sprites)


def _freeze(element: HtmlElement, linker: Linker, sprites: Sprites) -> None:
    tag = _name(element)
    lazy_style = _was_lazy_style(element) if tag == "link" else ""
    background, inside = lazy_background(element, linker), element.get("srcdoc")
    _scrub(element)
    if tag == "style":
        element.text = for_style_element(freeze_css(element.text or "", linker.link))
    elif tag == "link":
        _freeze_link(element, linker, lazy_style)
    elif tag in ("a", "area"):
        _freeze_anchor(element, linker)
    elif tag in ("iframe", "frame"):
        freeze_frame(element, linker, inside, freeze_html)
    elif tag in _MEDIA and not _of_picture(element):
        freeze_poster(element, linker)
        freeze_media(element, linker, tag)
    elif tag in ("img", "source", "input"):
        freeze_image(element, linker)
    elif tag in ("image", "use", "feimage"):
        _freeze_svg_reference(element, linker, tag, sprites)
    else:
        _drop(element, "href", "src", "srcset", _XLINK, "xlink:href")
    _freeze_looks(element, linker, background)


def _of_picture(element: HtmlElement) -> bool:
    """Whether a `<source>` is one of a picture's."""
    return any(parent.tag == "picture" for parent in element.iterancestors("picture", "video", "audio"))


def _scrub(element: HtmlElement) -> None:
    """Event handlers, and attributes that act or lead out."""
    for name in list(map(str, element.attrib)):
        plain = name.rpartition("}")[2].lower()
        if plain.startswith("on") or plain in _GONE_ATTRIBUTES:
            del element.attrib[name]


def _drop(element: HtmlElement, *names: str) -> None:
    for name in names:
        element.attrib.pop(name, None)


def _was_lazy_style(element: HtmlElement) -> str:
    """The media of a stylesheet that a script would have switched on; empty if it is an ordinary one."""
    handler = (element.get("onload") or "").lower()
    words = (element.get("rel") or "").lower().split()
    if "preload" in words and (element.get("as") or "").lower() == "style" and "stylesheet" in handler:
        return "all"
    switched = re.search(r"media\s*=\s*['\"]([\w\s]+)['\"]", handler)
    return switched[1] if switched else ""


def _freeze_link(element: HtmlElement, linker: Linker, lazy: str) -> None:
    words = (element.get("rel") or "").lower().split()
    sheet = data_text(element.get("href") or "", ("text/css",)) if "stylesheet" in words else None
    if sheet is not None:  # the policy allows styles in the page, and none from `data:`
        _drop(element, "href", "rel", "type")
        element.tag, element.text = "style", for_style_element(freeze_css(sheet, linker.link))
        return
    kind = "style" if lazy or "stylesheet" in words else "image" if "icon" in words else ""
    address = linker.link(element.get("href") or "", kind) if kind else ""
    if not address:
        _remove(element)
        return
    element.set("href", address)
    style = "alternate stylesheet" if "alternate" in words else "stylesheet"
    element.set("rel", style if kind == "style" else "icon")
    if lazy:
        element.set("media", lazy)


def _freeze_anchor(element: HtmlElement, linker: Linker) -> None:
    """A link says where it led. `target` keeps the frame from following it: the sandbox opens no windows."""
    href = element.attrib.pop("href", None) or element.attrib.pop(_XLINK, None)
    _drop(element, "xlink:href", _XLINK)
    if not href:
        return
    if href.strip().startswith("#"):
        element.set("href", href.strip())
    elif onward := linker.onward(href):
        element.set("href", onward)
        _drop(element, "target")
    elif outside := linker.outside(href):
        element.set("href", outside)
        element.set("target", "_blank")
        element.set("rel", "noreferrer noopener")
        if not element.get("title"):
            element.set("title", outside)


def _freeze_svg_reference(element: HtmlElement, linker: Linker, tag: str, sprites: Sprites) -> None:
    """`<image>` shows a kept image; `<use>` a part of this page or of a kept file; filters of this page."""
    for name in ("href", "xlink:href", _XLINK):
        value = element.attrib.pop(name, None)
        if value and value.strip().startswith("#"):
            element.set(name, value.strip())
        elif value and tag == "image" and (address := linker.link(value, "image")):
            element.set(name, address)
        elif value and tag == "use" and (part := sprites.reference(value)):
            element.set(name, part)


def _freeze_looks(element: HtmlElement, linker: Linker, lazy: str) -> None:
    if style := element.get("style"):
        element.set("style", freeze_style(style, linker.link))
    if lazy:
        element.set("style", f'{element.get("style", "")};background-image:url("{lazy}")')
    background = element.attrib.pop("background", None)
    if background and (address := linker.link(background, "image")):
        element.set("background", address)
    for name in ("fill", "filter", "mask", "clip-path", "stroke", "marker-start", "marker-mid", "marker-end"):
        value = element.get(name)
        if value and "url" in value.lower() and not re.fullmatch(r"\s*url\(['\"]?#[\w.-]+['\"]?\).*", value):
            del element.attrib[name]


def _name_charset(root: HtmlElement) -> None:
    head = root.find("head")
    if head is None:
        head = lxml.html.Element("head")
        root.insert(0, head)
    head.insert(0, lxml.html.Element("meta", charset="utf-8"))
