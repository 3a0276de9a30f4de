"""What `collect` hands on: exchanges (one fetch each) and captures (a page with its requisites)."""

from __future__ import annotations

import errno
import hashlib
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Literal

from cunzhao.errors import CunzhaoError, DiskFull

Verdict = Literal["complete", "partial", "challenge", "login", "error", "soft-404", "refused", "unreachable"]
Engine = Literal["http", "browser", "import"]
EngineAsked = Literal["auto", "http", "browser"]  # what a user may ask for; `auto` chooses (`collect.choice`)
Step = Literal["started", "page", "requisites", "done"]
Role = Literal[
    "page",
    "next-page",  # on which the article of the page goes on (下一页)
    "stylesheet",
    "image",
    "script",
    "font",
    "frame",
    "icon",
    "media",
    "xhr",
    "worker",
    "websocket",
    "rendition",
    "other",
]
#: What an engine makes of a shown page: full-page picture, print, DOM after scripts, text.
RenditionKind = Literal["screenshot", "pdf", "dom", "text"]

#: Best first: a worse capture never replaces a better one on a link's page (invariant 5).
VERDICTS: tuple[Verdict, ...] = (
    "complete", "partial", "soft-404", "login", "challenge", "error", "refused", "unreachable",
)  # fmt: skip

SPOOL_BYTES = 1_000_000  # a body above this many bytes waits on disk, not in memory


class Body:
    """The bytes of a body as received (content coding untouched), with their length and digest.

    `digest` is `sha256:` and 64 hex digits. The file is a spool, freed by `close` or with the last reference.
    """

    __slots__ = ("_hash", "_reading", "file", "length")

    def __init__(self, chunks: Iterable[bytes] = ()) -> None:
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115 (closed by close)
        self._hash = hashlib.sha256()
        self._reading = threading.Lock()  # capturing and archiving thread share bodies
        self.length = 0
        for chunk in chunks:
            self.append(chunk)

    def append(self, chunk: bytes) -> None:
        """Add what came. Raises DiskFull where the spool finds no room."""
        try:
            self.file.write(chunk)
        except OSError as exc:
            if exc.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(tempfile.gettempdir()) from exc
            raise
        self._hash.update(chunk)
        self.length += len(chunk)

    @property
    def digest(self) -> str:
        return "sha256:" + self._hash.hexdigest()

    def read(self) -> bytes:
        with self._reading:
            self.file.seek(0)
            return self.file.read()

    def close(self) -> None:
        self.file.close()

    def __del__(self) -> None:
        # Captures of a batch share bodies, so the last one to let go of it frees the spool.
        if hasattr(self, "file"):
            self.file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, as sent and as received."""

    id: str  # a UUID; becomes the WARC-Record-ID of the response record, so a shared one is written once
    url: str  # absolute, without fragment
    started: datetime  # aware, UTC
    seconds: float
    peer: str | None  # the address the gate connected to, "1.2.3.4"; None if unknown
    request_head: bytes  # request line and headers as sent, up to and including the empty line
    response_head: bytes  # status line and headers, up to and including the empty line; a coding that the
    # engine has already undone stands under a renamed header (X-Archive-Orig-…)
    status: int
    headers: tuple[tuple[str, str], ...]  # of the response, names as received, latin-1 decoded
    body: Body
    method: str = "GET"
    request_body: bytes = b""  # as sent
    protocol: str = ""  # "http/1.1", "h2"; empty if unknown

    def header(self, name: str) -> str:
        """The first header of that name (any case), or an empty string."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisite:
    """What the page needs to be shown, and the exchanges (redirects, then the answer) that brought it."""

    url: str  # as the page names it, made absolute, without fragment
    role: Role
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A requisite that could not be had, and why."""

    url: str
    role: Role
    #: An error code of `errors`, "status-404", "too-many", "too-deep" (frames in frames), "not-capturable"
    #: (a WebSocket), "blocked" (by the page's own policy), "aborted", "late" (the ceiling came first),
    #: "elsewhere" (a next page that led to another site),
    #: "not-rendered" (a rendition that could not be made, or is not whole).
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """Something an engine made of the page as it was shown; becomes a `resource` record, never a response."""

    kind: RenditionKind
    mime: str  # "image/png", "application/pdf", "text/html; charset=utf-8", "text/plain; charset=utf-8"
    made: datetime  # aware, UTC
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How a host was found and reached during a capture."""

    host: str
    port: int
    answers: tuple[str, ...]  # every address the resolver gave, as asked by the gate; empty for a literal
    address: str  # the one that was connected to
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """What a TLS server showed: its certificate first, then what it sent along."""

    host: str
    port: int
    protocol: str  # "TLSv1.3"
    chain: tuple[bytes, ...]  # DER
    whole: bool  # False where the engine tells the server's own certificate only


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Under which conditions a capture was made, as far as this program could observe them.

    `session` holds what is the same for a whole batch (plain JSON values; keys stand in
    `collect.conditions`); it is stored once and referred to by digest.
    """

    session: Mapping[str, Any]
    ended: datetime  # aware, UTC
    lookups: tuple[Lookup, ...] = ()
    certificates: tuple[Certificates, ...] = ()
    server_dates: tuple[tuple[str, float], ...] = ()  # host, its Date header minus our clock in seconds
    fresh_profile: bool | None = (
        None  # a browser context that was seen to be empty before the page; None: no browser
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What an engine made of one URL. Immutable; becomes a snapshot when the archive has written it."""

    requested_url: str
    final_url: str
    engine: Engine
    engine_reason: str  # why this engine, a code of `collect.choice`: "asked", "static", "script-drawn", …
    started: datetime  # aware, UTC
    seconds: float
    verdict: Verdict
    reason: str  # code behind the verdict; "" for complete
    error: CunzhaoError | None = None  # what to tell the user when the input failed
    exchanges: tuple[Exchange, ...] = ()  # of the page itself: redirects in order, the answer last
    requisites: tuple[Requisite, ...] = ()
    missing: tuple[Missing, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    conditions: Conditions | None = None

    @property
    def page(self) -> Exchange | None:
        """The answer that is the page, if any answer came."""
        return self.exchanges[-1] if self.exchanges else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the user said when keeping a link; the archive keeps it, so that it alone restores the link."""

    url: str  # as the user gave it, after trimming
    tags: tuple[str, ...] = ()
    collection: str = ""
    note: str = ""
    title: str = field(default="")  # a title the user or an import gave; the page's own wins where it has one
    parent: str = ""  # URL of the link to whose page this file is attached; "" where the user gave the link


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one capture of a batch is, for whoever watches."""

    index: int  # of the URL in the batch
    url: str  # as given
    step: Step
    fetched: int = 0  # requisites that have come or failed
    known: int = 0  # requisites known so far
