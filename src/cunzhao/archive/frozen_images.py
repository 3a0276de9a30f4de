"""Images of the frozen view: lazy ones with their real address, srcset, backgrounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from cunzhao.archive.linking import Linker

#: Attributes in which lazy loaders keep an image's real address, the likelier first.
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-echo", "data-url",
    "data-actualsrc", "data-real-src", "data-ks-lazyload", "data-img", "data-image", "lay-src", "lazy-src",
    "lazysrc", "_src", "src2", "original", "real_src", "file",
)  # fmt: skip
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+([^,]*))?(?:,|$)")


def freeze_image(element: HtmlElement, linker: Linker) -> None:
    """The address of a kept image, from a lazy attribute where one holds it; else the alternative text."""
    named, candidates = real_source(element, linker) or element.get("src") or "", _srcset(element, linker)
    for name in ("src", "srcset", "data-srcset", *_LAZY):
        element.attrib.pop(name, None)
    address = linker.link(named, "image") if named else ""
    if address:
        element.set("src", address)
    elif candidates and element.tag == "img":
        element.set("src", candidates[0].split(" ")[0])
    elif named:
        element.set("data-missing", linker.absolute(named))  # without `src` the alternative text shows
    if candidates:
        element.set("srcset", ", ".join(candidates))


def freeze_poster(element: HtmlElement, linker: Linker) -> None:
    """The picture shown before a film runs."""
    poster = element.attrib.pop("poster", None)
    if poster and (address := linker.link(poster, "image")):
        element.set("poster", address)


def real_source(element: HtmlElement, linker: Linker) -> str:
    """What the image shows once a lazy loader has run: the first lazy attribute that the snapshot holds."""
    names = [*_LAZY, *(str(name) for name in element.attrib if str(name).startswith("data-"))]
    for name in names:
        value = (element.get(name) or "").strip()
        if value and linker.held(value) and not value.startswith("#"):
            return value
    return ""


def _srcset(element: HtmlElement, linker: Linker) -> list[str]:
    """Those candidates of srcset that the snapshot holds."""
    found = []
    for url, descriptor in split_srcset(element.get("data-srcset") or element.get("srcset") or ""):
        if address := linker.link(url, "image"):
            safe = address.replace(",", "%2C") if not address.startswith("data:") else address
            found.append(f"{safe} {descriptor}".strip())
    return found


def split_srcset(srcset: str) -> Iterator[tuple[str, str]]:
    """`a.jpg 1x, b.jpg 2x` -> ("a.jpg", "1x"), ("b.jpg", "2x"); a comma inside a URL belongs to it."""
    for found in _CANDIDATE.finditer(srcset):
        yield found[1], (found[2] or "").strip()


def lazy_background(element: HtmlElement, linker: Linker) -> str:
    """The address of a background that a script would have set; empty for none."""
    for name in ("data-bg", "data-background", "data-background-image", "data-bgset"):
        value = (element.get(name) or "").strip()
        value = re.sub(r"^url\(\s*['\"]?|['\"]?\s*\)$", "", value)
        if value and linker.held(value):
            return linker.link(value, "image")
    return ""
