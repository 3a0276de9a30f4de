"""Why Chromium did not bring something, in the words of `errors` and of `Missing.reason`."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from cunzhao.collect.urls import host_of
from cunzhao.egress.addresses import same_host
from cunzhao.egress.seen import Refused, Seen
from cunzhao.errors import (
    AddressRefused,
    BodyTooLarge,
    ConnectFailed,
    CunzhaoError,
    FetchTimeout,
    HostUnknown,
    ServerBroke,
    TlsFailed,
    TooManyRedirects,
)

BLOCKED, ABORTED, LATE = "blocked", "aborted", "late"
#: Source: chromium, net/base/net_error_list.h. The first match counts.
_CODES = (
    (r"NAME_NOT_RESOLVED|ICANN_NAME|NameNotResolved", HostUnknown.code),
    (r"ERR_TOO_MANY_REDIRECTS", TooManyRedirects.code),
    (r"ERR_(BLOCKED_BY|UNSAFE|DISALLOWED|UNKNOWN_URL|ACCESS_DENIED|INVALID_URL)", BLOCKED),
    (r"^BlockedBy|^AccessDenied", BLOCKED),
    (r"ERR_ABORTED|^Aborted", ABORTED),
    (r"ERR_(CERT|SSL|BAD_SSL|ECH)", TlsFailed.code),
    (r"TIMED_OUT|^TimedOut", FetchTimeout.code),
    (r"ERR_CONNECTION_(CLOSED|RESET|ABORTED)|ERR_EMPTY_RESPONSE", ServerBroke.code),
    (r"^Connection(Closed|Reset|Aborted)", ServerBroke.code),
    (r"ERR_(CONNECTION|ADDRESS|NETWORK|INTERNET|SOCKET|TUNNEL|PROXY)", ConnectFailed.code),
    (r"^(Connection|Address|Internet)", ConnectFailed.code),
)


def code_of(net_error: str) -> str:
    """The code for an error of Chromium; "server-broke" for what is not listed.

    As `Network` names it ("net::ERR_CERT_DATE_INVALID") or `Fetch` ("NameNotResolved").
    """
    return next((code for pattern, code in _CODES if re.search(pattern, net_error)), ServerBroke.code)


def refusal_of(url: str, seen: Seen) -> Refused | None:
    """What the gate refused of this URL's host and port, if it did."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme in ("https", "wss") else 80)
    host = _plain(parts.hostname or "")
    return next((r for r in reversed(seen.refused) if r.port == port and _plain(r.host) == host), None)


def _plain(host: str) -> str:
    try:
        return same_host(host)
    except ValueError:
        return host.lower()


def error_of(url: str, net_error: str, refused: Refused | None, limit_s: float) -> CunzhaoError:
    """The error of a page that did not come; `limit_s` is the time it had, in seconds."""
    host = host_of(url)
    if refused and refused.code == AddressRefused.code:
        return AddressRefused(url, **{"address": "", "why": "", **dict(refused.values), "host": host})
    code = refused.code if refused else code_of(net_error)
    if code == BodyTooLarge.code:
        return BodyTooLarge(url, limit=dict(refused.values).get("limit", "?") if refused else "?")
    if code == HostUnknown.code:
        return HostUnknown(url, host=host)
    if code == ConnectFailed.code:
        return ConnectFailed(url, host=host)
    if code == TlsFailed.code:
        return TlsFailed(url, host=host, detail=net_error.removeprefix("net::"))
    if code == FetchTimeout.code:
        return FetchTimeout(url, limit=f"{limit_s:g}")
    if code == TooManyRedirects.code:
        return TooManyRedirects(url, limit=20)
    return ServerBroke(url, detail=net_error.removeprefix("net::"))
