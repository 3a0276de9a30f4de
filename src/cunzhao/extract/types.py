"""What `extract` hands on: facts, each tied to the characters it was read from.

Kinds and fields are those of the annotation guide; `docs/facts.md` restates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypedDict

Kind = Literal["figure", "person", "agreement", "project", "heading", "citation", "task", "action"]
KINDS: tuple[Kind, ...] = (
    "figure", "person", "agreement", "project", "heading", "citation", "task", "action",
)  # fmt: skip

Comparator = Literal["=", "~", ">", ">=", "<", "<="]
Measure = Literal["level", "growth", "share"]
Nature = Literal["actual", "target", "forecast"]


class SpanWrong(ValueError):
    """The characters at that place are not the quote: the fact must not be built."""


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of a document's text: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span over `text[start:end]`; an empty one or one outside the text raises SpanWrong."""
        if not 0 <= start < end <= len(text):
            raise SpanWrong(f"{start}:{end} in a text of {len(text)} code points")
        return cls(start, end, text[start:end])

    def holds_in(self, text: str) -> bool:
        return self.start < self.end and text[self.start : self.end] == self.quote


class FigureFields(TypedDict, total=False):
    value: float | int  # in base units: 351.8亿元 -> 35180000000
    value_high: float | int  # upper end of a range
    unit: str | None  # without magnitude
    comparator: Comparator
    indicator: str | None
    measure: Measure
    region: str | None
    period: str | None
    nature: Nature
    per: str  # a rate: 每天 -> 天
    printed: str  # the number as printed, in half width: its last digit tells the precision
    magnitude: int  # 100000000 for 亿: 501.3亿元 is known to 10000000


class PersonFields(TypedDict):
    name: str
    position: str


class HeadingFields(TypedDict):
    level: int
    number: str | None
    title: str
    run_in: bool


class CitationFields(TypedDict):
    source: str
    date: str | None


class TaskFields(TypedDict):
    number: str
    title: str
    area: str | None  # the heading it stands under, with its number
    lead: list[str]  # 牵头单位
    units: list[str]  # 责任单位, 配合单位
    deadline: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact cannot be without its span. `fields` is one of the TypedDicts above, by `kind`."""

    kind: Kind
    span: Span
    fields: Mapping[str, Any]
    extractor: str  # "figure"
    version: str  # of that extractor

    def to_json(self) -> dict[str, Any]:
        """One line of `cunzhao extract`: the guide's keys, flat."""
        place = {"kind": self.kind, "start": self.span.start, "end": self.span.end, "quote": self.span.quote}
        return {**place, **self.fields, "extractor": self.extractor, "version": self.version}
