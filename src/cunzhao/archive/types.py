"""What `archive` hands on: index lines and stored payloads, in the words of ISO 28500 and CDXJ 0.1.0."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RecordType = Literal["response", "revisit", "resource", "metadata"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """Where one WARC record stands: a line of the index."""

    id: str  # UUID of WARC-Record-ID, without <urn:uuid:…>
    type: RecordType
    url: str  # WARC-Target-URI
    urlkey: str  # SURT key
    timestamp: datetime  # WARC-Date, aware UTC
    status: int | None
    mime: str  # of the payload, lower case, without parameters
    digest: str  # "sha256:<hex>" of the payload as stored (content coding kept)
    length: int  # bytes of that payload; for a revisit, of the payload it refers to
    file: str  # name of the WARC file in the archive folder
    offset: int  # of the record's first byte in that file
    size: int  # bytes of the record in that file (compressed)
    refers_to: str | None = None  # for a revisit: id of the record that holds the payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A payload read back, its digest checked."""

    record: RecordRef
    headers: tuple[tuple[str, str], ...]  # of the HTTP response; empty for a resource
    body: bytes  # as stored: content coding kept

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One thing of a snapshot: under which URL the page asks for it, in which role, in which record."""

    url: str
    role: str  # collect's Role, or "redirect"
    record: str  # record id


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one `write` put on disk, fsynced: the snapshot's records, ready for the database."""

    snapshot: str
    page: str | None  # id of the page's record; None if no answer came
    records: tuple[RecordRef, ...]  # only those written now (a shared requisite stands in an earlier one)
    kept: tuple[Kept, ...]  # all that the snapshot consists of, shared ones included
    bytes: int  # added to the archive by this write


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitted:
    """Archived bytes on their way to a browser, made safe: the frozen view, or one of its requisites."""

    body: bytes
    content_type: str
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something `verify` found: a record that is gone or whose bytes have changed."""

    file: str
    offset: int
    record: str
    code: str  # "file-missing", "record-broken", "digest-mismatch"
    detail: str
