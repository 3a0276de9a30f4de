"""A first look at what came back: which kind it is, its text as far as references need it, its verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cunzhao.charset import declared_in, decode
from cunzhao.collect.page_references import Named, page_references, visible_text
from cunzhao.collect.references import Reference, css_references
from cunzhao.collect.types import Exchange
from cunzhao.egress.decode import decode_body

_LOOKED_AT = 20_000_000  # bytes of a page that are searched for references
#: Atomic, so that a file full of comments cannot make the match try every way of pairing them.
_MARKUP = re.compile(
    rb"\s*+(?><\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(!doctype\s+html|html|head|body|meta|title)\b",
    re.I | re.S,
)
_CHALLENGE_TEXT = 80  # characters: a page that only runs a script says hardly more than 请稍候


@dataclass(frozen=True, slots=True)
class Look:
    """What a page is: whether HTML, what it names, whether it is a script check instead of a page."""

    html: bool
    named: Named
    challenge: bool
    whole: bool  # False: too large to be searched to its end


def look_at(exchange: Exchange, limit: int) -> Look:
    """Look at an answer. Raises DecompressionBomb or ServerBroke (input: the URL) if it cannot be decoded."""
    nothing = Named((), True)
    mime = mime_of(exchange)
    if mime and mime not in ("text/html", "application/xhtml+xml"):
        return Look(html=False, named=nothing, challenge=exchange.status in (412, 521), whole=True)
    body = _decoded(exchange, limit)
    if not mime and not is_markup(body):
        return Look(html=False, named=nothing, challenge=exchange.status in (412, 521), whole=True)
    page = decode(body[:_LOOKED_AT], declared_in(exchange.header("content-type")))
    named = page_references(page.text, exchange.url, page.charset)
    whole = len(body) <= _LOOKED_AT
    return Look(html=True, named=named, challenge=_is_challenge(exchange.status, page.text), whole=whole)


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


def _is_challenge(status: int, html: str) -> bool:
    """412 and 521 with a page are script checks on Chinese sites; 403 and 503 where only script came."""
    if status in (412, 521):
        return True
    return status in (403, 503) and "<script" in html.lower() and len(visible_text(html)) < _CHALLENGE_TEXT
