"""What pages show of corrections, of checked facts and of the scores that follow from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cunzhao.core.values.corrected import Action, State
from cunzhao.extract.types import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A correction, and what has become of it in the text as it is read today."""

    id: str
    snapshot: str  # on which it was made
    title: str  # of that snapshot
    kind: Kind
    action: Action
    state: State
    quote: str
    before: str  # the words around it
    after: str
    start: int | None  # where it stands today; None: its words are gone
    end: int | None
    old: Mapping[str, Any]  # all fields as they were read; empty for a fact that was missing
    new: Mapping[str, Any]  # the fields that were changed
    note: str
    who: str  # empty while there are no accounts
    at: datetime
    fact: str | None  # key of the fact it shows as; None where it is rejected or lost


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedView:
    """A kind of which a user has gone through all facts of a snapshot."""

    snapshot: str
    title: str
    kind: Kind
    facts: int
    at: datetime
    who: str
    holds: bool  # False: the text has changed since; it has to be checked again


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """How the extractor fares on one kind against what users have checked; counts of facts."""

    kind: Kind
    snapshots: int
    gold: int  # there are
    found: int  # it read
    right: int  # of these found as they are
    complete: int  # of the right ones right in every scored field
    fields: Mapping[str, int] = field(default_factory=dict)  # of the right ones with this field right

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return self._f1(self.right)

    @property
    def f1_complete(self) -> float:
        return self._f1(self.complete)

    def _f1(self, right: int) -> float:
        return 2 * right / max(self.gold + self.found, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFilter:
    """Empty strings do not filter."""

    kind: str = ""
    snapshot: str = ""
    state: str = ""
    after: str = ""  # cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    rows: tuple[CorrectionView, ...]  # newest first
    filter: CorrectionFilter
    total: int  # corrections there are
    checked: tuple[CheckedView, ...]
    scores: tuple[ScoreRow, ...]  # over all that is checked and holds
    checks: int = 0  # all there are; `checked` tells the last ones
    next: str | None = None  # cursor of the following page


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What users said of the facts of one snapshot."""

    corrections: tuple[CorrectionView, ...] = ()  # newest first
    checked: tuple[CheckedView, ...] = ()
    scores: tuple[ScoreRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactForm:
    """A form for one fact: of one that was read, to be corrected, or of one that is missing."""

    snapshot: str
    title: str
    kind: Kind
    fact: str  # key of the fact to be corrected; "" of one that is missing
    start: int
    end: int
    quote: str
    before: str  # the words around it
    after: str
    values: Mapping[str, str]  # by field, as typed
    note: str
    correction: str  # id of the correction that made it what it is; "" of none


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFile:
    """The checked facts of one snapshot in the form of the annotation guide."""

    snapshot: str
    title: str
    text: str
    facts: tuple[Mapping[str, Any], ...]

    @property
    def lines(self) -> str:
        """One fact a line, each with its snapshot: further keys are the guide's to pass over."""
        told = ({**fact, "snapshot": self.snapshot} for fact in self.facts)
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """A correction as a program asks for it. The fact is named by its kind and place as they are shown."""

    action: Action
    kind: Kind
    start: int  # code points of the text
    end: int
    fields: Mapping[str, Any] = field(default_factory=dict)  # those to be changed; of a fact to be added all
    was: Mapping[str, Any] = field(default_factory=dict)  # fields as they are, where several stand there
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place at which copied words stand, and what stands around it."""

    start: int
    end: int
    quote: str
    before: str
    after: str
