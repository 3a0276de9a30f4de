"""What was seen of hosts and certificates while a page was in the browser."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.async_api import CDPSession
from playwright.async_api import Error as PlaywrightError

from cunzhao.collect.types import Certificates, Lookup
from cunzhao.egress.seen import Seen

_ORIGINS = 20  # of which certificates are asked for
_PROTOCOLS = {"TLS 1.3": "TLSv1.3", "TLS 1.2": "TLSv1.2", "QUIC": "QUIC"}  # Chromium's words, Python's


def lookups(seen: Seen) -> tuple[Lookup, ...]:
    """Each host and address once, as first reached."""
    found: dict[tuple[str, int, str], Lookup] = {}
    for opened in seen.opened:
        key = opened.host, opened.port, opened.address
        found.setdefault(
            key,
            Lookup(
                host=opened.host,
                port=opened.port,
                answers=opened.answers,
                address=opened.address,
                at=opened.at,
            ),
        )
    return tuple(found.values())


async def certificates(cdp: CDPSession, spoken: Mapping[str, str]) -> tuple[Certificates, ...]:
    """Certificates of the origins that a page spoke TLS with; `spoken` maps an origin to its protocol."""
    origins = list(spoken)[:_ORIGINS]
    found = await asyncio.gather(*(_certificate(cdp, origin, spoken[origin]) for origin in origins))
    return tuple(one for one in found if one)


async def _certificate(cdp: CDPSession, origin: str, protocol: str) -> Certificates | None:
    try:
        told = await cdp.send("Network.getCertificate", {"origin": origin})
    except PlaywrightError:
        return None
    chain = tuple(base64.b64decode(der) for der in told.get("tableNames", ()))
    parts = urlsplit(origin)
    if not chain:
        return None
    return Certificates(
        host=parts.hostname or "",
        port=parts.port or 443,
        protocol=_PROTOCOLS.get(protocol, protocol),
        chain=chain,
        whole=len(chain) > 1,
    )
