"""What `evaluate` hands on: findings and the contents of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
