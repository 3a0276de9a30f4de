"""Addresses as people type them and pages name them: checked, made absolute, compared.

Source: WHATWG URL, as far as http and https need it. Raises InputErrors only where a person typed the
address; what a page names wrongly is passed over (`join` gives None).
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import idna

from cunzhao.egress.addresses import read_ipv4
from cunzhao.errors import CunzhaoError, NotAUrl, SchemeRefused, UrlCredentials

_LONGEST = 8000  # characters; servers refuse longer request lines
_PORTS = {"http": 80, "https": 443}
_HTTP = re.compile(r"(https?)\s*[:：]\s*[/／\\]{2}", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
_HOST_FIRST = re.compile(r"(?://)?(\[[0-9a-f:.]+\]|[^\s/?#:@\\]+)(?::\d{1,5})?(?=[/?#\\]|$)", re.IGNORECASE)
#: Without a scheme only what can hardly be anything else: 3.5亿元 and 第1.2条 have dots too.
_BARE_HOST = re.compile(
    r"(\d{1,3}\.){3}\d{1,3}|([^\W_][\w-]*[.。．])+([a-z]{2,}|xn--[a-z0-9-]+|中国|政务|公益|公司|网络|网址|在线|中文网|集团)\.?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
#: What may stand bare in a path and in a query; everything else is percent-encoded as UTF-8.
_PATH_SAFE = "/%:@!$&'()*+,;=-._~|[]"
_QUERY_SAFE = _PATH_SAFE + "?{}\\^`"
_IN_TEXT = re.compile(r"https?://[^\s<>\"'“”‘’《》〈〉「」『』（）【】〔〕，。；、！？：…]+", re.IGNORECASE)
_TRAILING = ".,;:!)]}>"  # of the sentence round an address
_PAIRS = {")": "(", "]": "[", "}": "{"}
_WRAPPING = "<>《》「」“”\"'‘’　\u200b\u200e\ufeff"


def check_url(text: str) -> str:
    """What a person pasted as an address that can be fetched: absolute, ASCII, without fragment.

    `www.x.cn/a` gets http://; a full-width colon or slashes after http are read as meant; the host is put
    in IDNA form, numeric hosts in dotted form; other characters are percent-encoded as UTF-8. Raises
    NotAUrl, SchemeRefused (file:, ftp:, javascript: …), UrlCredentials.
    """
    url = text.strip().strip(_WRAPPING).strip()
    if not url or len(url) > _LONGEST or re.search(r"[\x00-\x1f\x7f]", url):
        raise NotAUrl(text.strip() or text)
    if http := _HTTP.match(url):
        url = f"{http[1].lower()}://{url[http.end() :]}"
    elif (host := _HOST_FIRST.match(url)) and _looks_like_host(host[1]):
        url = "http://" + url.removeprefix("//")
    elif (scheme := _SCHEME.match(url)) and scheme[1].lower() not in _PORTS:
        raise SchemeRefused(text.strip(), scheme=scheme[1].lower())
    else:
        raise NotAUrl(text.strip())
    return _normal(url, text.strip(), "utf-8")


def links_in(text: str) -> list[str]:
    """The addresses of a pasted text, each once in whatever spelling, in order, as typed first.

    A line that holds http:// or https:// gives what stands from there to white space or closing
    punctuation; of a line without any each word is one, so that a mistyped address is told and not lost.
    What lacks only its scheme gets it.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        whole = [_without_end(url) for url in _IN_TEXT.findall(line)]
        for url in whole or map(_meant, line.split()):
            found.setdefault(url_key(url) if _HTTP.match(url) else url, url)
    return list(found.values())


def _without_end(url: str) -> str:
    """Without what the sentence has put behind it; a bracket that the address opened is its own."""
    alone = {closing: url.count(closing) - url.count(opening) for closing, opening in _PAIRS.items()}
    end = len(url)
    while (mark := url[end - 1]) in _TRAILING and alone.get(mark, 1) > 0:
        alone[mark] = alone.get(mark, end + 1) - 1
        end -= 1
    return url[:end]


def _meant(word: str) -> str:
    """`www.x.cn/a` and `http：//x.cn/a` as one would type them whole; what is no address stays."""
    bare = word.strip(_WRAPPING + "，。；、！？：（）【】")
    if http := _HTTP.match(bare):
        return f"{http[1].lower()}://{bare[http.end() :]}"
    host = _HOST_FIRST.match(bare)
    return f"http://{bare.removeprefix('//')}" if host and _looks_like_host(host[1]) else word


def join(base: str, reference: str, charset: str = "utf-8") -> str | None:
    """The address that a page at `base` means by `reference`, without fragment; None if it is not http(s).

    As browsers do: line breaks and tabs inside are dropped, a backslash is a slash, characters of the query
    that are not ASCII are encoded in the page's charset. Raises nothing.
    """
    if len(reference) > 2 * _LONGEST:  # a data: URL, most likely
        return None
    reference = re.sub(r"[\t\r\n]", "", reference.strip(" \t\r\n\f\x00\u3000")).partition("#")[0]
    before, mark, query = reference.partition("?")
    if not reference or len(reference) > _LONGEST:
        return None
    try:
        return _normal(urljoin(base, before.replace("\\", "/") + mark + query), reference, charset)
    except (CunzhaoError, ValueError):
        return None


def url_key(url: str) -> str:
    """The form in which two spellings of one address are the same string, as pasted or as checked.

    Scheme and host in lower case, default port and empty query dropped, `%e4` as `%E4`, an empty path as `/`.
    http and https stay apart, and so do parameters that may or may not matter. What `check_url` refuses
    (`urn:…` of an imported file) is its own key. Raises nothing.
    """
    try:
        clean = check_url(url)
    except CunzhaoError:
        return url
    clean = re.sub(r"%[0-9a-f]{2}", lambda found: found[0].upper(), clean, flags=re.IGNORECASE)
    return clean.removesuffix("?")


def host_of(url: str) -> str:
    """Host of an absolute URL, lower case, without port and brackets; "" if it has none."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an absolute URL: `https://www.gov.cn`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _looks_like_host(host: str) -> bool:
    if host.startswith("[") or host.lower() == "localhost":
        return True
    return bool(_BARE_HOST.fullmatch(host))


def _normal(url: str, given: str, charset: str) -> str:
    """An absolute http(s) URL with every part in its normal form. Raises what check_url names."""
    try:
        parts = urlsplit(url.partition("#")[0])
        port = parts.port
    except ValueError as exc:
        raise NotAUrl(given) from exc
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise SchemeRefused(given, scheme=scheme or "?")
    if "@" in parts.netloc:
        raise UrlCredentials(given)
    host = _host(parts.netloc, given)
    if port == 0:
        raise NotAUrl(given)
    where = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _without_dots(_quoted(parts.path or "/", _PATH_SAFE, "utf-8"))
    return urlunsplit((scheme, where, path, _quoted(parts.query, _QUERY_SAFE, charset), ""))


def _host(netloc: str, given: str) -> str:
    if netloc.startswith("["):
        inside, bracket, after = netloc[1:].partition("]")
        try:
            if not bracket or (after and not after.startswith(":")):
                raise ValueError(netloc)
            return f"[{IPv6Address(inside)}]"
        except ValueError as exc:
            raise NotAUrl(given) from exc
    name = netloc.partition(":")[0].lower()
    try:
        if not name.isascii():
            name = idna.encode(name, uts46=True).decode("ascii")
        number = read_ipv4(name)
    except ValueError as exc:  # idna.IDNAError is one
        raise NotAUrl(given) from exc
    if number is not None:
        return str(number)
    labels = name.removesuffix(".").split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise NotAUrl(given)
    return name


def _quoted(text: str, safe: str, charset: str) -> str:
    """Percent-encode what may not stand bare; a `%` that begins no escape is kept, as browsers do."""
    try:
        return quote(text, safe=safe, encoding=charset, errors="xmlcharrefreplace")
    except LookupError:
        return quote(text, safe=safe, errors="replace")


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4; `%2e` counts as a dot."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for place, segment in enumerate(segments):
        plain = re.sub("%2e", ".", segment, flags=re.IGNORECASE)
        if plain == ".." and kept:
            kept.pop()
        if plain in (".", ".."):
            if place == len(segments) - 1:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)
