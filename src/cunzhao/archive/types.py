"""What `archive` hands on: index lines, stored payloads and restored snapshots, in the words of ISO 28500."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from cunzhao.collect.types import Engine, Entry, Lookup, Missing, Verdict
from cunzhao.errors import CunzhaoError, WarcBroken

RecordType = Literal["response", "revisit", "resource", "metadata"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """Where one WARC record stands: a line of the index."""

    id: str  # UUID of WARC-Record-ID, without <urn:uuid:…>; of an adopted file: derived from file and offset
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
    headers: tuple[tuple[str, str], ...]  # of the HTTP response; of a resource: its Content-Type
    body: bytes  # as stored: content coding kept

    def header(self, name: str) -> str:
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One thing of a snapshot: under which URL the page asks for it, in which role, in which record."""

    url: str
    role: str  # collect's Role, "redirect", a RenditionKind, "session" or "certificate"
    record: str  # record id


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one `write` put on disk, fsynced: the snapshot's records, ready for the database."""

    snapshot: str
    page: str | None  # id of the page's record; None if no answer came
    records: tuple[RecordRef, ...]  # only those written now (a shared requisite stands in an earlier one)
    kept: tuple[Kept, ...]  # all that the snapshot consists of, shared ones included
    bytes: int  # added to the archive by this write
    info_record: str | None = None  # id of its pageinfo record; `Archive.info` reads it
    shared: tuple[RecordRef, ...] = ()  # written earlier by this process, and needed by this snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCertificates:
    """What a TLS server showed, by reference: the certificates stand in records of their own."""

    host: str
    port: int
    protocol: str  # "TLSv1.3"
    whole: bool  # False where the engine tells the server's own certificate only
    chain: tuple[str, ...]  # "sha256:<hex>" of each certificate in DER, the server's own first


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldConditions:
    """`collect.types.Conditions` as a pageinfo record holds them; `Archive.conditions` gives them whole."""

    session: str  # "sha256:<hex>" of the record that holds what is the same for the whole batch
    ended: datetime  # aware, UTC
    lookups: tuple[Lookup, ...] = ()
    certificates: tuple[ToldCertificates, ...] = ()
    server_dates: tuple[tuple[str, float], ...] = ()  # host, its Date header minus our clock in seconds
    fresh_profile: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAnswer:
    """What a pageinfo record tells of an answer beside its revisit record."""

    request: bytes  # as sent
    #: Lines of the response's head, by number, that differ from the head of the answer it repeats; None where
    #: the revisit record has the head itself.
    head: Mapping[int, str] | None = None
    status: int | None = None  # as the two below only with `head`
    mime: str = ""
    length: int | None = None  # bytes of the payload


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInfo:
    """All that the database says of a snapshot, as it stands in the WARC file (`urn:pageinfo:`)."""

    snapshot: str
    entry: Entry
    requested_url: str
    final_url: str
    engine: Engine
    engine_reason: str
    captured: datetime  # aware, UTC
    seconds: float
    verdict: Verdict
    reason: str
    missing: tuple[Missing, ...]
    page: str | None  # id of the page's record
    kept: tuple[Kept, ...]
    program: str  # "cunzhao/0.1.0": what wrote it
    error: dict[str, Any] | None = None  # {"code", "input", "values"}
    conditions: ToldConditions | None = None
    #: By record id, of answers whose payload was held already: what their revisit records leave out.
    answers: Mapping[str, ToldAnswer] = field(default_factory=dict)
    size: int | None = None  # bytes of the snapshot's records before this one; None: an older file


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A snapshot read back from a WARC file alone.

    `info` is None for records of an adopted file that belong to no snapshot told in that file.
    """

    info: PageInfo | None
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """A WARC file that a dead process had left open: cut after its last whole record, and closed."""

    file: str
    cut_bytes: int  # of a record that was being written
    restorable: tuple[Restored, ...]  # whole snapshots in it which the database does not know
    error: CunzhaoError | None = None  # why it could not be swept; it is left as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A page in an adopted file, a snapshot to be: core gives it an id and `claim`s it."""

    record: RecordRef
    kept: tuple[Kept, ...]  # the page and those of its requisites that the file holds
    records: tuple[RecordRef, ...]  # the records `kept` names


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What `adopt` made of a foreign WARC file."""

    file: str  # its name in the archive folder
    records: tuple[RecordRef, ...]  # everything in it that holds or stands for a payload
    pages: tuple[FoundPage, ...]  # pages without a pageinfo of ours
    restored: tuple[Restored, ...]  # snapshots of a Cunzhao, told by its pageinfo
    unresolved: int  # revisit records whose payload neither the file nor the archive holds
    broken: WarcBroken | None  # the file is cut or damaged; what stood before is here


@dataclass(frozen=True, slots=True, kw_only=True)
class Emitted:
    """Archived bytes on their way to a browser, made safe: the frozen view, or one of its requisites."""

    body: bytes
    content_type: str
    status: int = 200
    attachment: str = ""  # a file name: to be sent with Content-Disposition: attachment; empty: shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words of a page to be marked in its frozen view."""

    css: str  # path to the element in which they stand, as of `htmltree.CssPaths`
    start: int  # code points into its own text (`htmltree.own_text`), end exclusive
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something `verify` found: a record that is gone or whose bytes have changed."""

    file: str
    offset: int
    record: str
    code: str  # "file-missing", "record-broken", "digest-mismatch"
    detail: str
