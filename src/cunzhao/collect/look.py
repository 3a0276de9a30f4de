"""A first look at what came back: which kind it is, what it names, what there is to see of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.charset import declared_in, decode
from cunzhao.collect.page_references import Named, parse, references_in
from cunzhao.collect.references import Reference, css_references
from cunzhao.collect.sight import Element, Sight, sight_of
from cunzhao.collect.types import Exchange
from cunzhao.collect.urls import join
from cunzhao.egress.decode import decode_body

_LOOKED_AT = 20_000_000  # bytes of a page that are searched for references
#: Atomic, so that a file full of comments cannot make the match try every way of pairing them.
_MARKUP = re.compile(
    rb"\s*+(?><\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(!doctype\s+html|html|head|body|meta|title)\b",
    re.I | re.S,
)
#: Source: HTML, "shared declarative refresh steps"; the word URL may be missing.
_REFRESH = re.compile(
    r"\s*+(\d+|(?=\.))(?:\.[\d.]*)?\s*+(?:[;,]?\s*+(?:url\s*+=\s*+)?(?:\"([^\"]*)|'([^']*)|(.*)))?",
    re.I | re.S,
)
_PATIENCE_S = 5  # a page that sends its visitor on later than this is meant to be read
_AT_ONCE_S = 1
_READ = 180  # characters of running text that are meant to be read


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is: whether HTML, what it names, what it shows, where it sends its visitor on to."""

    html: bool
    named: Named
    sight: Sight | None  # None for what is no HTML
    whole: bool  # False: too large to be searched to its end
    onward: str | None = None  # by meta refresh, within seconds, to another address


def look_at(exchange: Exchange, limit: int) -> Look:
    """Look at an answer. Raises DecompressionBomb or ServerBroke (input: the URL) if it cannot be decoded."""
    mime = mime_of(exchange)
    if mime and mime not in ("text/html", "application/xhtml+xml"):
        return _NO_PAGE
    body = _decoded(exchange, limit)
    if not mime and not is_markup(body):
        return _NO_PAGE
    page = decode(body[:_LOOKED_AT], declared_in(exchange.header("content-type")))
    root, whole = parse(page.text), len(body) <= _LOOKED_AT
    if root is None:
        return Look(html=True, named=Named((), False), sight=Sight(), whole=whole)
    sight = sight_of(root)
    onward = _onward(root, sight, exchange.url, page.charset) if sight.refresh else None
    named = references_in(root, exchange.url, page.charset)
    return Look(html=True, named=named, sight=sight, whole=whole, onward=onward)


_NO_PAGE = Look(html=False, named=Named((), True), sight=None, whole=True)


def references_of(exchange: Exchange, role: str, limit: int) -> tuple[Reference, ...]:
    """What a stylesheet or a frame names in its turn; nothing for any other role. Raises as `look_at`."""
    if exchange.status >= 400:
        return ()
    if role == "frame":
        return look_at(exchange, limit).named.references
    if role == "stylesheet":
        sheet = decode(_decoded(exchange, limit), declared_in(exchange.header("content-type")))
        return css_references(sheet.text, exchange.url)
    return ()


def is_markup(head: bytes) -> bool:
    """Do these bytes begin as an HTML page does, after comments and an XML declaration?"""
    return bool(_MARKUP.match(head[:4096]))


def mime_of(exchange: Exchange) -> str:
    """Media type of the answer, lower case, without parameters; "" if none is named."""
    return exchange.header("content-type").partition(";")[0].strip().lower()


def _decoded(exchange: Exchange, limit: int) -> bytes:
    return decode_body(exchange.body.read(), exchange.header("content-encoding"), limit, exchange.url)


def _onward(root: Element, sight: Sight, url: str, charset: str) -> str | None:
    """Where a meta refresh leads: at once, or within seconds where there is hardly anything to read.

    A page that only loads itself anew leads nowhere; one inside `noscript` is for browsers without script.
    """
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() != "refresh" or next(
            meta.iterancestors("noscript"), None
        ) is not None:
            continue
        found = _REFRESH.match(meta.get("content") or "")
        target = (found[2] or found[3] or found[4] or "").strip() if found else ""
        if not found or not target:
            continue
        wait = int(found[1][:6] or 0)
        onward = join(url, target, charset)
        if onward and onward != url and (wait <= _AT_ONCE_S or (wait <= _PATIENCE_S and sight.prose < _READ)):
            return onward
    return None
