"""What the gate did and refused, kept by label: the name of whoever it was done for (a page)."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

_KEPT = 5_000  # entries of each kind that a label keeps; what comes after is counted only
_LABEL = re.compile(r"[\w.-]{1,100}", re.ASCII)

#: The code of a request that the gate does not accept, whatever it asks for.
BAD_REQUEST = "bad-request"

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A connection the gate made: for whom, to which vetted address, from which local port of ours."""

    label: str
    host: str  # as asked for; an IPv6 address without brackets
    port: int
    answers: tuple[str, ...]  # every address the resolver gave; empty where the host is an address itself
    address: str  # the one that was connected to
    local_port: int
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A connection the gate did not make, or cut. `code` is a code of `errors`, or `bad-request` where the
    request itself could not be accepted; `values` holds what the message needs, or (`why`, …)."""

    label: str
    host: str  # as asked for; empty where the request names none
    port: int  # 0 where the request names none
    code: str
    values: Values
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why no connection was made; `code` is a code of `errors`, `values` what its message needs."""

    status: bytes  # the status line's rest: b"403 Forbidden"
    code: str
    values: Values = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything that went through the gate for one label, in order."""

    opened: tuple[Opened, ...] = ()
    refused: tuple[Refused, ...] = ()
    received: int = 0  # bytes that servers sent, TLS and heads included
    dropped: int = 0  # entries above the bound, not kept


@dataclass(slots=True)
class _Log:
    limit_bytes: int | None
    opened: list[Opened] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    received: int = 0
    dropped: int = 0


class Labels:
    """The labels that may pass, and what was done for each. Usable from any thread."""

    def __init__(self) -> None:
        self._logs: dict[str, _Log] = {}
        self._lock = threading.Lock()

    def admit(self, label: str, limit_bytes: int | None) -> None:
        """Raises ValueError for a label that is not 1 to 100 of A–Z a–z 0–9 _ . -"""
        if not _LABEL.fullmatch(label):
            raise ValueError(f"not a label: {label!r}")
        with self._lock:
            self._logs.setdefault(label, _Log(limit_bytes)).limit_bytes = limit_bytes

    def drop(self, label: str) -> None:
        with self._lock:
            self._logs.pop(label, None)

    def knows(self, label: str) -> bool:
        return label in self._logs

    def seen(self, label: str) -> Seen:
        with self._lock:
            log = self._logs.get(label)
            if log is None:
                return Seen()
            return Seen(
                opened=tuple(log.opened),
                refused=tuple(log.refused),
                received=log.received,
                dropped=log.dropped,
            )

    def keep(self, entry: Opened | Refused) -> None:
        with self._lock:
            if not (log := self._logs.get(entry.label)):
                return
            if len(kept := log.opened if isinstance(entry, Opened) else log.refused) >= _KEPT:
                log.dropped += 1
            else:
                kept.append(entry)  # type: ignore[arg-type]  # the list of this entry's kind

    def refuse(self, label: str, host: str, port: int, refusal: Refusal) -> None:
        self.keep(
            Refused(
                label=label,
                host=host,
                port=port,
                code=refusal.code,
                values=refusal.values,
                at=datetime.now(UTC),
            )
        )

    def count(self, label: str, received: int) -> bool:
        """Add bytes that a server sent. False where the label has now had more than its limit."""
        with self._lock:
            if not (log := self._logs.get(label)):
                return True
            log.received += received
            return log.limit_bytes is None or log.received <= log.limit_bytes

    def exceeded(self, label: str) -> Refusal | None:
        """The refusal of a label that has had its bytes."""
        if self.count(label, 0):
            return None
        limit = (("limit", str(self._logs[label].limit_bytes)),)
        return Refusal(status=b"403 Forbidden", code="body-too-large", values=limit)
