"""A capture of an invented page, as the capture record is made of it: everything observed, or nothing."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cunzhao.archive.types import Kept, PageInfo, RecordRef
from cunzhao.collect.types import Certificates, Conditions, Entry, Lookup, Missing
from cunzhao.evaluate.capture import capture_record
from cunzhao.evaluate.types import CaptureRecord, RecordSeen

START = datetime(2026, 11, 20, 17, 30, 5, 120_000, tzinfo=UTC)  # 21 November 01:30:05.120 in Beijing
ASKED, FINAL = "https://www.qingjiang.example/", "https://www.qingjiang.example/art/4402.html"
PEM = (Path(__file__).parents[1] / "collect" / "self-signed.pem").read_text("ascii")
DER = ssl.PEM_cert_to_DER_cert("-----BEGIN CERT" + PEM.split("-----BEGIN CERT", 1)[1])
SESSION: dict[str, Any] = {
    "observed": "2026-11-20T17:30:05+00:00", "operator": "web", "account": "office", "privileged": False,
    "program": {"name": "cunzhao", "version": "0.1.0"}, "python": {"name": "CPython", "version": "3.11.9"},
    "libraries": {"openssl": "OpenSSL 3.0.15"},
    "system": {"name": "Linux", "release": "6.1.0", "version": "#1 SMP", "machine": "x86_64", "distribution": "Debian 12"},
    "time_zone": {"name": "CST", "utc_offset_s": 28800},
    "clock": {"source": "system clock", "synchronised": True, "told_by": "adjtimex", "max_error_s": 0.012},
    "resolver": {"addresses": ["192.0.2.53"], "from": "/etc/resolv.conf"},
    "proxy": {"kind": "own gate", "environment_used": False},
    "options": {"max_redirects": 10, "user_agent": "Example/1", "renditions": ["screenshot", "pdf"], "browser_quiet_s": 0.5},
    "browser": {"name": "Chromium", "version": "142.0.7444.59", "digest": "sha256:" + "b0" * 32, "sandbox": False},
}  # fmt: skip
CONDITIONS = Conditions(
    session=SESSION,
    ended=START + timedelta(seconds=3, milliseconds=40),
    lookups=tuple(
        Lookup(
            host="www.qingjiang.example", port=443, answers=("192.0.2.10", "2001:db8::10"), address="192.0.2.10",
            at=START + timedelta(milliseconds=n),
        )
        for n in (10, 30)
    ),
    certificates=(
        Certificates(host="www.qingjiang.example", port=443, protocol="TLSv1.3", chain=(DER,), whole=True),
    ),
    server_dates=(("www.qingjiang.example", 0.4), ("cdn.qingjiang.example", -75.0)),
    fresh_profile=True,
)  # fmt: skip
MISSING = (
    Missing(url="https://www.qingjiang.example/img/map.png", role="image", reason="status-404"),
    Missing(url="wss://www.qingjiang.example/live", role="websocket", reason="not-capturable"),
)


def ref(n: int, url: str, **values: Any) -> RecordRef:
    known = {
        "id": f"0000000{n}-0000-4000-8000-000000000000", "type": "response", "url": url, "urlkey": url, "timestamp": START,
        "status": 200, "mime": "text/html", "digest": "sha256:" + f"{n}a" * 32, "length": 1000 * n, "file": "cunzhao-1.warc.gz",
        "offset": 500 * n, "size": 400, "refers_to": None,
    }  # fmt: skip
    return RecordRef(**{**known, **values})


def record(
    *, conditions: Conditions | None = CONDITIONS, states: dict[int, str] | None = None, **info: Any
) -> CaptureRecord:
    """The record of a redirect, a page, an image kept once before; `states` by the number of the record."""
    refs = [
        ref(1, ASKED, status=301),
        ref(2, FINAL),
        ref(3, FINAL + "/logo.png", type="revisit", mime="image/png", refers_to="0"),
    ]
    roles = ("redirect", "page", "image")
    told: dict[str, Any] = {
        "snapshot": "s-news", "entry": Entry(url=ASKED), "requested_url": ASKED, "final_url": FINAL, "engine": "browser",
        "engine_reason": "script-drawn", "captured": START, "seconds": 3.04, "verdict": "partial", "reason": "status-404",
        "missing": MISSING, "page": refs[1].id, "kept": (), "program": "cunzhao/0.1.0",
    }  # fmt: skip
    own = ref(9, "urn:pageinfo:" + FINAL, type="resource", mime="application/json", status=None)
    return capture_record(
        PageInfo(**{**told, **info}),
        conditions,
        [(Kept(url=r.url, role=role, record=r.id), r) for role, r in zip(roles, refs, strict=True)],
        originals={refs[2].id: ref(0, FINAL, file="cunzhao-0.warc.gz", offset=77)},
        seen={
            r.id: RecordSeen(
                state=(states or {}).get(n, "intact"),  # type: ignore[arg-type]
                peer="192.0.2.10",
                request_line="GET / HTTP/1.1",
                request_digest="sha256:" + f"{n}e" * 32,
            )
            for n, r in enumerate([*refs, own], 1)
        },
        info_record=own,
        title="清江市前三季度经济运行情况发布",
        made=START + timedelta(days=2),
    )
