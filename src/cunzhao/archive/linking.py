"""What a reference in an archived page becomes in the view: a place in the same snapshot, or nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote_to_bytes, urldefrag, urljoin, urlsplit

from cunzhao.charset import declared_in, decode
from cunzhao.htmltree import clean

#: What a reference is for: "style", "image", "font", "frame", "media", "page" (of the same article), or
#: "inline": an image that browsers ask for with CORS (a mask), which a page without an origin cannot have by
#: address.
Kind = str
Address = Callable[
    [str, Kind], str
]  # where the web serves a thing of the snapshot: (its URL, kind) -> address

_SHOWN_DATA = re.compile(
    r"data:(image/(png|jpeg|gif|webp|avif|bmp|x-icon|svg\+xml)|font/|application/(x-)?font)"
)
_MEDIA_DATA = re.compile(r"data:(audio|video)/")
_TEXT_DATA = re.compile(r"data:(text/[a-z]+|application/xhtml\+xml)?((?:;[^,;]*)*),", re.IGNORECASE)
_FONTS = {
    b"wOF2": "font/woff2", b"wOFF": "font/woff", b"OTTO": "font/otf", b"true": "font/ttf",
    b"\x00\x01\x00\x00": "font/ttf",
}  # fmt: skip
FONT_BYTES = 4_000_000  # one font or image carried inside a stylesheet
FONTS_BYTES = 12_000_000  # all that one document carries


@dataclass
class Linker:
    """Rewrites the references of one document. Nothing it returns leads out of the snapshot."""

    base: str  # URL that references are relative to
    charset: str  # of the document; queries were encoded in it
    holds: Callable[[str], bool]  # whether the snapshot has an answer for this URL
    address: Address
    font: Callable[[str], bytes]  # a font's bytes, decoded; empty if there is none
    frame: Callable[[str], str | None]  # HTML of a frame, frozen; None if there is none
    fonts_left: int = FONTS_BYTES
    #: Type and bytes of a kept image, safe to be carried; ("", b"") if there is none.
    image: Callable[[str], tuple[str, bytes]] = lambda url: ("", b"")
    #: What a kept thing is: "image", "page", "media" or "".
    nature: Callable[[str], str] = lambda url: ""
    #: Whether it is one of the pages of an article that goes over several.
    article: Callable[[str], bool] = lambda url: False
    deep: int = 0  # documents (`srcdoc`) round this one

    def absolute(self, reference: str) -> str:
        """As browsers read it: line breaks dropped, backslashes turned, queries in the page's charset."""
        plain = re.sub(r"[\t\r\n]", "", clean(reference).strip(" \t\r\n\f\u3000"))
        before, mark, query = plain.partition("?")
        try:
            query = quote(query.encode(self.charset, "replace"), safe="".join(map(chr, range(0x21, 0x7F))))
            return urljoin(self.base, before.replace("\\", "/") + mark + query)
        except (ValueError, LookupError):
            return ""

    def link(self, reference: str, kind: Kind) -> str:
        """The address in the view; empty if the snapshot has no such thing. `data:` images stay."""
        plain = clean(reference).strip()
        if plain[:5].lower() == "data:":
            shown = _MEDIA_DATA if kind == "media" else _SHOWN_DATA
            return plain if shown.match(plain[:80].lower()) else ""
        url, fragment = urldefrag(self.absolute(plain))
        if not url.startswith(("http:", "https:", "file:")) or not self.holds(url):
            return ""
        if kind == "font":
            return self._font(url)
        if kind == "inline":
            return self._carried(*self.image(url)) or self.address(url, "image")
        return self.address(url, kind) + (f"#{quote(fragment)}" if fragment else "")

    def onward(self, reference: str) -> str:
        """The address in the view of another page of the same article; "" for any other link."""
        url, fragment = urldefrag(self.absolute(reference))
        if not url.startswith(("http:", "https:")) or not self.article(url):
            return ""
        return self.address(url, "page") + (f"#{quote(fragment)}" if fragment else "")

    def held(self, reference: str) -> bool:
        """Whether the snapshot holds what is referred to."""
        url = urldefrag(self.absolute(reference))[0]
        return url.startswith(("http:", "https:", "file:")) and self.holds(url)

    def nature_of(self, reference: str) -> str:
        """What the kept thing is that is referred to: "image", "page", "media"; empty for nothing kept."""
        return self.nature(urldefrag(self.absolute(reference))[0]) if self.held(reference) else ""

    def within(self) -> Linker:
        """For a document carried inside this one (`srcdoc`): it has the same base."""
        return replace(self, deep=self.deep + 1)

    def _font(self, url: str) -> str:
        """A `data:` URI: to a sandboxed page, which has no origin, browsers refuse fonts by address."""
        body = self.font(url)
        return self._carried(_FONTS.get(body[:4], ""), body)

    def _carried(self, mime: str, body: bytes) -> str:
        if not mime or not len(body) <= min(FONT_BYTES, self.fonts_left):
            return ""
        self.fonts_left -= len(body)
        return f"data:{mime};base64,{base64.b64encode(body).decode()}"

    def outside(self, reference: str) -> str:
        """The original address of a link, to be shown and not followed; empty for anything but the web."""
        url = self.absolute(reference)
        try:
            scheme = urlsplit(url).scheme
        except ValueError:
            return ""
        return url if scheme in ("http", "https", "mailto", "tel") else ""


def data_text(reference: str, types: tuple[str, ...]) -> str | None:
    """The text of a `data:` URI of one of these types ("text/html"); None for any other reference."""
    plain = reference.strip()
    found = _TEXT_DATA.match(plain)
    if found is None or (found[1] or "text/plain").lower() not in types:
        return None
    body = unquote_to_bytes(plain[found.end() :])
    if found[2].lower().endswith(";base64"):
        try:
            body = base64.b64decode(re.sub(rb"\s", b"", body) + b"==")
        except ValueError:
            return None
    return clean(decode(body, declared_in(f"text/html{found[2]}")).text)
