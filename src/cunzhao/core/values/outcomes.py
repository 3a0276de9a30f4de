"""What came of something that was asked for: the values that `Core` answers with where it is no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cunzhao.archive.types import Damage
from cunzhao.collect.types import Missing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """An error in words, in the reader's language: the inside of the one JSON error shape."""

    code: str
    input: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """A link that was deleted for good."""

    url: str
    snapshots: int
    bytes: int  # taken out of the archive now
    waiting: int  # WARC files that another process writes: they are seen to once it has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedRow:
    """What became of an attachment of a page that was saved."""

    name: str  # as the page shows it
    url: str | None  # None where it is only named
    snapshot: str | None
    verdict: Verdict | None  # None where it was not fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRow:
    """What became of one input: a line of `save --json` and `import --json`."""

    url: str
    final_url: str
    snapshot: str | None
    verdict: Verdict
    engine: str
    reason: str
    seconds: float
    bytes: int
    missing: tuple[Missing, ...]
    error: dict[str, Any] | None  # the inside of the error shape
    engine_reason: str = ""  # why this engine, a code of `collect.choice`; "" where nothing was captured
    attachments: tuple[AttachedRow, ...] = ()  # files that the page names; kept as links of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    records: int  # looked at
    damages: tuple[Damage, ...]
