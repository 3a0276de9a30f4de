"""What `evaluate` hands on: findings, the contents of a brief, and the record of a capture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from cunzhao.archive.types import RecordType
from cunzhao.collect.types import Engine, Missing, Verdict
from cunzhao.ledger.types import Observation

FindingType = Literal["real", "unit-slip"]
Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Two places that cannot both be right."""

    type: FindingType
    severity: Severity
    explanation: str
    a: Observation
    b: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """What a reader needs to find the source again: one numbered note of a brief."""

    title: str
    source: str | None
    date: str | None
    url: str
    captured: datetime
    digest: str  # of the page's payload


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefItem:
    """One chosen snapshot in a brief, with its key figures."""

    note: SourceNote
    figures: tuple[Observation, ...]


#: Of a WARC record read again: as written; the record or its file gone; cut; unlike its digest.
RecordState = Literal["intact", "gone", "broken", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSeen:
    """What a WARC record told when it was read again for a capture record. None: it does not say."""

    state: RecordState
    peer: str | None = None  # WARC-IP-Address
    request_line: str | None = None  # of the request record beside it
    request_digest: str | None = None  # "sha256:<hex>" over that record's block (head and body as sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureItem:
    """One thing of a snapshot: what was asked for, and the record that answers it, with its place."""

    n: int  # from 1, in the order kept
    url: str
    role: str  # collect's Role, or "redirect"; of what an engine made of the page: "screenshot", "pdf", …
    record: str  # WARC-Record-ID without <urn:uuid:…>
    type: RecordType
    at: datetime  # WARC-Date
    status: int | None
    mime: str
    length: int  # bytes of the payload as stored
    digest: str  # of that payload
    file: str
    offset: int
    size: int  # bytes of the record in the file
    original: tuple[str, int, int] | None  # of a revisit: file, offset, size of the record with the payload
    seen: RecordSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class HostReached:
    """A host, and how it was found and reached during the capture; lookups with the same outcome are one."""

    host: str
    port: int
    answers: tuple[str, ...]  # of the resolver; empty: the URL names an address
    address: str
    first: datetime  # when it was first connected to, and last, as far as told
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTold:
    """A certificate as it reads. Names are RFC 4514 strings; None where it could not be read."""

    fingerprint: str  # "sha256:<hex>" over the DER
    subject: str | None
    issuer: str | None
    serial: str | None  # hex
    names: tuple[str, ...]  # subjectAltName
    not_before: datetime | None
    not_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainShown:
    """The certificates a host showed, its own first."""

    host: str
    port: int
    protocol: str
    whole: bool  # False: the engine told the host's own certificate only
    certificates: tuple[CertificateTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureRecord:
    """取证记录: what this program observed of one capture. What it did not see is None.

    `session` is the JSON described in `collect.conditions`, as stored.
    """

    snapshot: str
    made: datetime  # when this record was put together, and the records read again
    program: str  # that put it together
    requested_url: str
    final_url: str
    title: str
    verdict: Verdict
    reason: str
    engine: Engine
    engine_reason: str
    started: datetime
    ended: datetime | None
    seconds: float
    observed: bool  # whether conditions were kept with the snapshot; older ones have none
    session: Mapping[str, Any] | None
    fresh_profile: bool | None
    server_dates: tuple[tuple[str, float], ...]  # host, its Date header minus our clock in seconds
    hosts: tuple[HostReached, ...]
    chains: tuple[ChainShown, ...]
    items: tuple[CaptureItem, ...]
    missing: tuple[Missing, ...]
    info: CaptureItem | None  # the `urn:pageinfo:` record that all this is read from

    @property
    def page(self) -> CaptureItem | None:
        return next((item for item in self.items if item.role == "page"), None)

    @property
    def redirects(self) -> tuple[CaptureItem, ...]:
        """Answers on the way to the page, in order. (Requisites have redirects too, after the page.)"""
        page = self.page
        return tuple(item for item in self.items if item.role == "redirect" and page and item.n < page.n)
