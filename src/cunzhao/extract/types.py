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
Stage = Literal["planned", "negotiating", "signed", "building", "done"]


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
    region_codes: list[str]  # GB/T 2260 of `region`: one, for a group (长三角) several; absent for a firm
    cell: list[int]  # from a table: [table, row, column] of the document's tables, from 0


class PersonFields(TypedDict):
    name: str
    position: str


class AgreementFields(TypedDict):
    parties: list[str]  # as in the text
    form: str | None  # 战略合作协议, 结对, 共建, 合作
    about: str | None
    date: str | None  # ISO as far as given
    nature: Nature  # "target" where it is sought


class ProjectFields(TypedDict):
    name: str  # completed where heads are shared
    place: str | None
    parties: list[str]
    investment: float | int | None  # in the currency's base unit
    currency: str | None
    stage: Stage | None


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
    lead_names: list[
        str
    ]  # `lead` in full: 绍兴市发展和改革委员会; as printed where the full name is not known
    units_names: list[str]


class ActionFields(TypedDict):
    verb: str  # the leading action verb
    task: str | None  # the number of its task, as printed


By = Literal[
    "words",  # words of the fact's own clause
    "list",  # shared with other members of a list
    "clause",  # another clause of the sentence
    "sentence",  # an earlier sentence of the paragraph
    "heading",  # a heading above
    "table",  # a row or column header, or the caption
    "title",  # the document's title or issuers
    "date",  # the date of the document or article
    "own",  # the place the document or article is about
    "given",  # handed in by the caller
    "default",  # nothing said otherwise
    "model",
    "user",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """What a field was read from: the words at a place of the text, or a property of the document."""

    field: str  # "period"
    by: By
    span: Span | None = None  # the words, where there are some

    def to_json(self) -> dict[str, Any]:
        place = (
            {"start": self.span.start, "end": self.span.end, "quote": self.span.quote} if self.span else {}
        )
        return {"field": self.field, "by": self.by, **place}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact cannot be without its span. `fields` is one of the TypedDicts above, by `kind`."""

    kind: Kind
    span: Span
    fields: Mapping[str, Any]
    extractor: str  # "figure"; "model:NAME" for what a language model said, "user" for what a person entered
    version: str  # of that extractor
    why: tuple[Reason, ...] = ()  # in the order of the fields; a field may have several
    confidence: float | None = (
        None  # the share of such facts that are right in every field; None: not measured
    )

    def to_json(self) -> dict[str, Any]:
        """One line of `cunzhao extract`: the guide's keys, flat."""
        place = {"kind": self.kind, "start": self.span.start, "end": self.span.end, "quote": self.span.quote}
        trust: dict[str, Any] = {} if self.confidence is None else {"confidence": self.confidence}
        why = [reason.to_json() for reason in self.why]
        return {
            **place,
            **self.fields,
            **trust,
            "why": why,
            "extractor": self.extractor,
            "version": self.version,
        }
