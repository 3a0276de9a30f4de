"""Cookies of one chain of redirects: set on one hop, sent on the next, then forgotten.

Many sites send a visitor away and back to see whether a cookie returns; without one they do so for ever.
"""

from __future__ import annotations

import re

from cunzhao.collect.types import Exchange
from cunzhao.collect.urls import host_of

_MOST = 50  # cookies of one chain
_LONGEST = 4096  # bytes of one, as in RFC 6265
_PAIR = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21-\x7e\x80-\xff ]*)")


class Jar:
    """Names and values by domain. Source: RFC 6265, as far as a chain of seconds needs it (no paths)."""

    def __init__(self) -> None:
        self._cookies: dict[
            tuple[str, str], str
        ] = {}  # by domain (with a leading dot if it covers more) and name

    def take(self, exchange: Exchange) -> None:
        """Keep what an answer sets; a host may set for its parents, but not for a bare top level."""
        host = host_of(exchange.url)
        for name, value in exchange.headers:
            if name.lower() != "set-cookie" or len(value) > _LONGEST or len(self._cookies) >= _MOST:
                continue
            pair, _, attributes = value.partition(";")
            found = _PAIR.fullmatch(pair.strip())
            if found:
                self._keep(host, found[1], found[2].strip(), attributes)

    def _keep(self, host: str, name: str, value: str, attributes: str) -> None:
        given = re.search(r"(?:^|;)\s*domain\s*=\s*\.?([^;\s]+)", attributes, re.IGNORECASE)
        domain = given[1].lower() if given else host
        if domain != host and not (host.endswith("." + domain) and "." in domain):
            return
        key = ("." + domain if given else host), name
        if re.search(r"(?:^|;)\s*max-age\s*=\s*(-|0\s*(;|$))", attributes, re.IGNORECASE):
            self._cookies.pop(key, None)
        else:
            self._cookies[key] = value

    def header(self, url: str) -> str:
        """The value of Cookie for a request to this URL; "" for none."""
        host = host_of(url)
        return "; ".join(
            f"{name}={value}"
            for (domain, name), value in self._cookies.items()
            if host == domain.removeprefix(".") or (domain[0] == "." and host.endswith(domain))
        )
