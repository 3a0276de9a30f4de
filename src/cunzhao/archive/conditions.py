"""The conditions of a capture on their way into WARC records and back.

What is the same for a whole batch, and each certificate, are `resource` records named by their digest and
written once; what is the page's own stands in its pageinfo record and names those by digest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cunzhao.archive import checking
from cunzhao.archive.records import sha256
from cunzhao.archive.types import ToldCertificates, ToldConditions
from cunzhao.collect.types import Certificates, Conditions, Lookup

SESSION, CERTIFICATE = "urn:cunzhao:session:", "urn:certificate:sha256:"
SESSION_MIME, CERTIFICATE_MIME = "application/json", "application/pkix-cert"
_FEW = 10_000  # hosts, addresses, certificates of one page


def session_body(conditions: Conditions) -> bytes:
    """The same mapping gives the same bytes."""
    told = json.dumps(dict(conditions.session), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told.encode("utf-8", "backslashreplace")


def session_url(digest: str) -> str:
    return SESSION + digest.removeprefix("sha256:")


def certificate_url(digest: str) -> str:
    return CERTIFICATE + digest.removeprefix("sha256:")


def told(conditions: Conditions) -> ToldConditions:
    return ToldConditions(
        session=sha256(session_body(conditions)),
        ended=conditions.ended,
        lookups=conditions.lookups,
        certificates=tuple(
            ToldCertificates(
                host=one.host,
                port=one.port,
                protocol=one.protocol,
                whole=one.whole,
                chain=tuple(sha256(der) for der in one.chain),
            )
            for one in conditions.certificates
        ),
        server_dates=conditions.server_dates,
        fresh_profile=conditions.fresh_profile,
    )


def whole(conditions: ToldConditions, payload: Callable[[str], bytes]) -> Conditions:
    """`payload` gives the bytes under one of our URNs. Raises what that raises; ValueError for no JSON."""
    session = json.loads(payload(session_url(conditions.session)))
    checking.demand(isinstance(session, dict))
    return Conditions(
        session=session,
        ended=conditions.ended,
        lookups=conditions.lookups,
        certificates=tuple(
            Certificates(
                host=one.host,
                port=one.port,
                protocol=one.protocol,
                whole=one.whole,
                chain=tuple(payload(certificate_url(digest)) for digest in one.chain),
            )
            for one in conditions.certificates
        ),
        server_dates=conditions.server_dates,
        fresh_profile=conditions.fresh_profile,
    )


def to_json(conditions: ToldConditions) -> dict[str, Any]:
    return {
        "session": conditions.session,
        "ended": conditions.ended.isoformat(),
        "lookups": [
            {"host": one.host, "port": one.port, "answers": list(one.answers), "address": one.address,
             "at": one.at.isoformat()}
            for one in conditions.lookups
        ],
        "certificates": [
            {"host": one.host, "port": one.port, "protocol": one.protocol, "whole": one.whole,
             "chain": list(one.chain)}
            for one in conditions.certificates
        ],
        "server_dates": [list(one) for one in conditions.server_dates],
        "fresh_profile": conditions.fresh_profile,
    }  # fmt: skip


def from_json(value: Any) -> ToldConditions:
    """Raises ValueError, KeyError, TypeError for what `to_json` does not write."""
    return ToldConditions(
        session=checking.digest(value["session"]),
        ended=checking.moment(value["ended"]),
        lookups=tuple(_lookup(one) for one in checking.items(value["lookups"], _FEW)),
        certificates=tuple(_certificates(one) for one in checking.items(value["certificates"], _FEW)),
        server_dates=tuple(
            (checking.line(host, 255), checking.number(seconds))
            for host, seconds in checking.items(value["server_dates"], _FEW)
        ),
        fresh_profile=checking.perhaps(value["fresh_profile"], checking.flag),
    )


def _lookup(one: Any) -> Lookup:
    return Lookup(
        host=checking.line(one["host"], 255),
        port=checking.whole(one["port"], 65535),
        answers=tuple(checking.line(answer, 100) for answer in checking.items(one["answers"], _FEW)),
        address=checking.line(one["address"], 100),
        at=checking.moment(one["at"]),
    )


def _certificates(one: Any) -> ToldCertificates:
    return ToldCertificates(
        host=checking.line(one["host"], 255),
        port=checking.whole(one["port"], 65535),
        protocol=checking.line(one["protocol"], 40),
        whole=checking.flag(one["whole"]),
        chain=tuple(checking.digest(digest) for digest in checking.items(one["chain"], 100)),
    )
