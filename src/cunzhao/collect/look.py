"""A first look at what came back: which kind it is, its text as far as references need it, its verdict."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from cunzhao.collect.page_references import Named, page_references, visible_text
from cunzhao.collect.references import Reference, css_references
from cunzhao.collect.types import Exchange
from cunzhao.egress.decode import decode_body

_LOOKED_AT = 20_000_000  # bytes of a page that are searched for references
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
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
    text, charset = to_text(body[:_LOOKED_AT], parameter(exchange, "charset"))
    named = page_references(text, exchange.url, charset)
    whole = len(body) <= _LOOKED_AT
    return Look(html=True, named=named, challenge=_is_challenge(exchange.status, text), whole=whole)


def references_of(exchange: Exchange, role: str, limit: int) -> tuple[Reference, ...]:
    """What a stylesheet or a frame names in its turn; nothing for any other role. Raises as `look_at`."""
    if exchange.status >= 400:
        return ()
    if role == "frame":
        return look_at(exchange, limit).named.references
    if role == "stylesheet":
        text, _ = to_text(_decoded(exchange, limit), parameter(exchange, "charset"))
        return css_references(text, exchange.url)
    return ()


def is_markup(head: bytes) -> bool:
    """Do these bytes begin as an HTML page does, after comments and an XML declaration?"""
    return bool(_MARKUP.match(head[:4096]))


def mime_of(exchange: Exchange) -> str:
    """Media type of the answer, lower case, without parameters; "" if none is named."""
    return exchange.header("content-type").partition(";")[0].strip().lower()


def parameter(exchange: Exchange, name: str) -> str:
    found = re.search(name + r"\s*=\s*[\"']?([\w.:-]+)", exchange.header("content-type"), re.IGNORECASE)
    return found[1] if found else ""


def to_text(body: bytes, declared: str = "") -> tuple[str, str]:
    """Text and charset, as far as references need it: byte order mark, strict UTF-8, then what is declared
    (header, <meta>, @charset), else GB18030. Raises nothing. Reading proper decodes again, with more care.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), "utf-8"
    charset = _known(declared) or _known(_in_body(body))
    try:
        text = body.decode("utf-8")
        # A few GB characters can pass for UTF-8 by chance (图 is CD BC), but not for Chinese in UTF-8.
        if not charset or re.search("[\u0800-\U0010ffff]", text) or text.isascii():
            return text, "utf-8"
    except UnicodeDecodeError as exc:
        if exc.end >= len(body) - 3 and exc.reason == "unexpected end of data":
            return body.decode("utf-8", "replace"), "utf-8"  # cut at the limit, inside a character
    return body.decode(charset or "gb18030", "replace"), charset or "gb18030"


def _in_body(body: bytes) -> str:
    found = _META.search(body[:4096]) or re.match(rb"@charset \"([\w-]+)\"", body)
    return found[1].decode("ascii", "replace") if found else ""


def _known(charset: str) -> str:
    """A charset that Python knows and that can be true where UTF-8 was not; GB2312 and GBK as GB18030."""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return ""
    if name in ("gb2312", "gbk"):
        return "gb18030"
    return "" if name in ("utf-8", "ascii") else name


def _decoded(exchange: Exchange, limit: int) -> bytes:
    return decode_body(exchange.body.read(), exchange.header("content-encoding"), limit, exchange.url)


def _is_challenge(status: int, html: str) -> bool:
    """412 and 521 with a page are script checks on Chinese sites; 403 and 503 where only script came."""
    if status in (412, 521):
        return True
    return status in (403, 503) and "<script" in html.lower() and len(visible_text(html)) < _CHALLENGE_TEXT
