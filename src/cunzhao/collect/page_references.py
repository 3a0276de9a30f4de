"""What an HTML page names as needed to be shown, lazy images and the habits of old pages included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from cunzhao.collect.modules import modules_of
from cunzhao.collect.references import Reference, css_references, distinct, style_references
from cunzhao.collect.types import Role
from cunzhao.collect.urls import join, origin_of

_LONGEST_VALUE = 8000  # characters of an attribute that may name an image
_IMAGE_NAME = re.compile(r"[^\s\"'(){},;]+\.(jpe?g|png|gif|webp|svg|bmp|avif|ico)([?#]\S*)?", re.IGNORECASE)
#: Possessive: a hostile value must not be matched in every way there is.
_CSS_URL = re.compile(r"url\(\s*+[\"']?+([^\"'()\s]++)[\"']?+\s*+\)", re.IGNORECASE)
_CANDIDATE = re.compile(r"[ \t\r\n\f,]*+([^ \t\r\n\f]++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*+(?:\)|$))*+")
_MEDIA_NAME = re.compile(
    r"\.(mp4|m4v|webm|ogv|flv|avi|wmv|mov|mp3|m4a|ogg|wav|wma|swf)([?#]|$)", re.IGNORECASE
)
#: Attributes of an image that lazy loaders take the real address from, whatever it looks like.
_LAZY = frozenset((
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-lazyload", "data-echo", "data-url",
    "data-actualsrc", "data-real-src", "data-ks-lazyload", "data-img", "data-image", "lay-src", "lazy-src",
    "lazysrc", "_src", "src2", "original", "real_src",
))  # fmt: skip
_LINK_ROLES: dict[str, Role] = {
    "stylesheet": "stylesheet", "icon": "icon", "apple-touch-icon": "icon",
    "apple-touch-icon-precomposed": "icon", "mask-icon": "icon", "modulepreload": "script",
    "manifest": "other",
}  # fmt: skip
_PRELOAD_ROLES: dict[str, Role] = {
    "style": "stylesheet", "script": "script", "font": "font", "image": "image", "fetch": "xhr",
    "video": "media", "audio": "media", "track": "media",
}  # fmt: skip
#: libxml2 drops whatever follows them; browsers go on reading (pages put together from whole pages).
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_INSIDE_DEEP = 5  # `srcdoc` in `srcdoc`


@dataclass(frozen=True, slots=True)
class Named:
    """What a page names, in document order; `names_icon` is False where the default icon is to be guessed."""

    references: tuple[Reference, ...]
    names_icon: bool


def page_references(html: str, url: str, charset: str = "utf-8") -> Named:
    """The requisites of a page at `url`; `charset` is the page's, in which queries are encoded.

    Taken: stylesheets, icons, manifest, preloads, images (src, srcset, lazy attributes, any data-* that names
    an image file, poster, background, inline SVG and the SVG files it uses), film and sound, scripts, the
    modules that an import map or a module in the page names, frames and what `srcdoc` names, embedded
    objects, inline styles. Left out: `data:` and the like, film for old plug-ins. Raises nothing.
    """
    root = parse(html)
    return references_in(root, url, charset) if root is not None else Named((), False)


def references_in(root: lxml.html.HtmlElement, url: str, charset: str = "utf-8", deep: int = 0) -> Named:
    """As `page_references`, of a page that is parsed already. `deep`: the documents round it."""
    named_base = next((e.get("href", "") for e in root.iter("base") if e.get("href")), "")
    base = (join(url, named_base, charset) if named_base else None) or url
    found = []
    for element in root.iter(etree.Element):
        for reference, role in _of_element(element):
            if absolute := join(base, reference, charset):
                found.append(Reference(absolute, role))
        found += _of_styles(element, base)
        if (inside := element.get("srcdoc")) and deep < _INSIDE_DEEP and (tree := parse(inside)) is not None:
            found += references_in(tree, base, charset, deep + 1).references
    references = distinct(found)
    return Named(references, any(r.role == "icon" for r in references))


def default_icon(url: str) -> str:
    """Where browsers look for an icon that no page names."""
    return urljoin(origin_of(url), "/favicon.ico")


def parse(html: str) -> lxml.html.HtmlElement | None:
    """The page's tree; None for a page that is empty or nothing but comments."""
    parser = lxml.html.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(_ENDS.sub("", html).encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        return None  # empty, or nothing but comments


def _of_styles(element: lxml.html.HtmlElement, base: str) -> tuple[Reference, ...]:
    if element.tag == "style":
        return css_references(element.text or "", base)
    declarations = element.get("style")
    return style_references(declarations, base) if declarations else ()


def named_by(element: lxml.html.HtmlElement) -> tuple[str, ...]:
    """The addresses that one element names itself, as written."""
    return tuple(reference for reference, _ in _of_element(element))


def _of_element(element: lxml.html.HtmlElement) -> Iterator[tuple[str, Role]]:
    tag = element.tag
    if tag == "link":
        yield from _of_link(element)
    elif tag == "script":
        yield from _attribute(element, "src", "script")
        yield from ((url, "script") for url in modules_of(element.text or "", element.get("type") or ""))
    elif tag in ("iframe", "frame"):
        for name in ("src", "data-src"):
            yield from _attribute(element, name, "frame")
    elif tag in ("object", "embed"):
        yield from _of_object(element)
    elif tag in ("img", "input", "image", "use") or (tag == "source" and element.get("srcset")):
        yield from _of_image(element)
    elif tag in ("video", "audio", "source", "track"):
        yield from _attribute(element, "poster", "image")
        yield from _attribute(element, "src", "media")
    yield from _attribute(element, "background", "image")
    yield from _of_data_attributes(element)


def _attribute(element: lxml.html.HtmlElement, name: str, role: Role) -> Iterator[tuple[str, Role]]:
    if value := element.get(name):
        yield value, role


def _of_link(element: lxml.html.HtmlElement) -> Iterator[tuple[str, Role]]:
    href = element.get("href")
    words = (element.get("rel") or "").lower().split()
    if not href:
        return
    if role := next((_LINK_ROLES[word] for word in words if word in _LINK_ROLES), None):
        yield href, role
    elif "preload" in words and (kind := (element.get("as") or "").lower()) in _PRELOAD_ROLES:
        yield href, _PRELOAD_ROLES[kind]


def _of_object(element: lxml.html.HtmlElement) -> Iterator[tuple[str, Role]]:
    url = element.get("data" if element.tag == "object" else "src")
    kind = (element.get("type") or "").lower()
    if not url or _MEDIA_NAME.search(url) or kind.startswith(("video/", "audio/", "application/x-shockwave")):
        return
    image = kind.startswith("image/") or _IMAGE_NAME.fullmatch(url)
    yield url, "image" if image else "frame"


def _of_image(element: lxml.html.HtmlElement) -> Iterator[tuple[str, Role]]:
    tag = element.tag
    if tag == "source":  # of a picture; of a video it has no srcset
        yield from ((url, "image") for url in srcset(element.get("srcset") or ""))
    elif tag in ("image", "use"):  # inline SVG; `#a` names a part of the page, and is no address
        yield from _attribute(element, "href", "image")
        yield from _attribute(element, "xlink:href", "image")
    elif tag == "img" or (element.get("type") or "").lower() == "image":
        yield from _attribute(element, "src", "image")
        yield from ((url, "image") for url in srcset(element.get("srcset") or ""))


def _of_data_attributes(element: lxml.html.HtmlElement) -> Iterator[tuple[str, Role]]:
    for name, value in element.items():
        name, value = str(name), str(value).strip()
        if not 0 < len(value) <= _LONGEST_VALUE or not (name.startswith("data-") or name in _LAZY):
            continue
        if name.endswith("srcset"):
            yield from ((url, "image") for url in srcset(value))
        elif inside := _CSS_URL.fullmatch(value):
            yield inside[1], "image"
        elif _IMAGE_NAME.fullmatch(value) or (element.tag == "img" and name in _LAZY and _like_url(value)):
            yield value, "image"


def _like_url(value: str) -> bool:
    return not re.search(r"[\s{}<>]", value) and ("/" in value or "." in value)


def srcset(value: str) -> list[str]:
    """The addresses of a `srcset`; a comma inside an address belongs to it. Source: HTML, parse a srcset."""
    found, at = [], 0
    while candidate := _CANDIDATE.match(value, at):
        url, at = candidate[1], candidate.end()
        found.append(url.rstrip(","))
        if not url.endswith(","):  # then descriptors follow, up to a comma outside brackets
            descriptors = _DESCRIPTORS.match(value, at)
            at = descriptors.end() if descriptors else at
    return [url for url in found if url]
