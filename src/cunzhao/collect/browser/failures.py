"""Why Chromium did not bring something, in the words of `errors` and of `Missing.reason`."""

from __future__ import annotations

import re
from collections.abc import Mapping
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

_REDIRECTS = 20  # after which Chromium itself gives up
BLOCKED, ABORTED, LATE, NOT_RENDERED = "blocked", "aborted", "late", "not-rendered"
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
    values = dict(refused.values) if refused else {}
    return error_with(refused.code if refused else code_of(net_error), url, net_error, limit_s, values)


def error_with(
    code: str, url: str, net_error: str = "", limit_s: float = 0, values: Mapping[str, str] | None = None
) -> CunzhaoError:
    """The error of that code; ServerBroke where the code is none of a fetch's."""
    host, told = host_of(url), dict(values or {})
    made: dict[str, CunzhaoError] = {
        AddressRefused.code: AddressRefused(url, **{"address": "", "why": "", **told, "host": host}),
        BodyTooLarge.code: BodyTooLarge(url, limit=told.get("limit", "?")),
        HostUnknown.code: HostUnknown(url, host=host),
        ConnectFailed.code: ConnectFailed(url, host=host),
        TlsFailed.code: TlsFailed(url, host=host, detail=net_error.removeprefix("net::")),
        FetchTimeout.code: FetchTimeout(url, limit=f"{limit_s:g}"),
        TooManyRedirects.code: TooManyRedirects(url, limit=_REDIRECTS),
    }
    return made.get(code) or ServerBroke(url, detail=net_error.removeprefix("net::") or code)
