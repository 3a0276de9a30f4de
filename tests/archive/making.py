"""Captures made by hand, as an engine would make them, and their way into the archive and the database."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime

from cunzhao.archive.index import index
from cunzhao.archive.store import Archive
from cunzhao.archive.types import Written
from cunzhao.collect.types import Body, Capture, Entry, Exchange, Requisite, Role
from cunzhao.storage import models
from cunzhao.storage.database import Database

#: Ids of snapshots as core makes them.
S = tuple(f"1m80pjpa7000{n}" for n in range(10))
P = tuple(f"1m80pjpa7p00{n}" for n in range(10))
WHEN = datetime(2026, 3, 1, 8, 30, 15, 123456, UTC)


def exchange(
    url: str,
    body: bytes = b"",
    mime: str = "text/html; charset=utf-8",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    when: datetime = WHEN,
) -> Exchange:
    told = (("Content-Type", mime), ("Content-Length", str(len(body))), *headers)
    head = f"HTTP/1.1 {status} Told\r\n" + "".join(f"{k}: {v}\r\n" for k, v in told) + "\r\n"
    return Exchange(
        id=str(uuid.uuid4()),
        url=url,
        started=when,
        seconds=0.25,
        peer="127.0.0.1",
        request_head=f"GET / HTTP/1.1\r\nHost: {url.split('/')[2]}\r\n\r\n".encode() if "//" in url else b"",
        response_head=head.encode("latin-1"),
        status=status,
        headers=told,
        body=Body([body]),
    )


def requisite(role: Role, url: str, body: bytes, mime: str, **told: object) -> Requisite:
    return Requisite(url=url, role=role, exchanges=(exchange(url, body, mime, **told),))  # type: ignore[arg-type]


def capture(
    page: Exchange, *requisites: Requisite, redirects: tuple[Exchange, ...] = (), **told: object
) -> Capture:
    facts: dict[str, object] = {
        "requested_url": redirects[0].url if redirects else page.url,
        "final_url": page.url,
        "engine": "http",
        "engine_reason": "static",
        "started": page.started,
        "seconds": 0.5,
        "verdict": "complete",
        "reason": "",
        "exchanges": (*redirects, page),
        "requisites": requisites,
    }
    return Capture(**(facts | told))  # type: ignore[arg-type]


def file(database: Database, written: Written, capture: Capture, entry: Entry) -> None:
    """The rows of a snapshot, in one transaction, as core adds them."""
    link = hashlib.sha256(entry.url.encode()).hexdigest()[:16]
    with database.writing() as session:
        if session.get(models.Link, link) is None:
            session.add(models.Link(id=link, url=entry.url, added=capture.started))
            session.flush()
        session.add(
            models.Snapshot(
                id=written.snapshot,
                link_id=link,
                verdict=capture.verdict,
                engine=capture.engine,
                requested_url=capture.requested_url,
                final_url=capture.final_url,
                captured=capture.started,
                seconds=capture.seconds,
                bytes=written.bytes,
                page_record=written.page,
                info_record=written.info_record,
            )
        )
        session.flush()
        assert index(session, written) == ()


def save(archive: Archive, database: Database, told: Capture, snapshot: str, **entry: object) -> Written:
    user = Entry(url=told.requested_url, **entry)  # type: ignore[arg-type]
    written = archive.write(told, snapshot=snapshot, entry=user)
    file(database, written, told, user)
    return written
