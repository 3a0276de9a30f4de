"""Facts as their users have corrected them: what a correction is, and what it does to what was read.

Pure. A correction is made at a place of one text; when the page is read again, by another version, the place
may have moved and the facts may be others. So a correction finds its place by its quote and the words around
it, and its fact by the place. What finds none is lost (失配): it is kept and told, and changes nothing.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from cunzhao.extract.types import Fact, Kind, Reason, Span

Action = Literal["change", "reject", "add"]
#: applied: it makes a difference; agreed: the program now reads it so by itself; lost: its words are gone.
State = Literal["applied", "agreed", "lost"]

CONTEXT = 24  # characters kept on either side of the quote, white space left out
ENOUGH = 6  # so many of them around a quote elsewhere make it the same place
ALIKE = 0.5  # two spans are of one fact if they share this part of their union
VERSION = "1"
#: Kinds of which several may stand at one place, and what tells them apart.
_TOLD_APART: Mapping[str, tuple[str, ...]] = {"person": ("name", "position")}
#: Fields that only stand where there is something to say.
ONLY_IF_SAID = ("value_high", "per")
#: What was made of a field holds no more once the field is another.
_MADE_OF = {
    "value": ("printed", "magnitude"),
    "region": ("region_codes",),
    "lead": ("lead_names",),
    "units": ("units_names",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a user said of one fact of a snapshot."""

    id: str
    snapshot: str
    kind: Kind
    action: Action
    span: Span  # in the text as it was then
    before: str
    after: str
    old: Mapping[str, Any]  # all fields as they were read; empty for a fact that was missing
    new: Mapping[str, Any]  # the fields that were changed
    at: datetime
    note: str = ""
    who: str = ""  # empty while there are no accounts

    @property
    def fields(self) -> dict[str, Any]:
        """All fields as the user wants them."""
        return with_fields(self.old, self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The facts of one kind as a user has gone through all of them: what stands in the text, and no more."""

    snapshot: str
    kind: Kind
    digest: str  # of the text
    facts: tuple[Fact, ...]  # in bare coordinates
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What users said of the facts of one snapshot."""

    corrections: tuple[Correction, ...] = ()  # made on it, the older ones first
    elsewhere: tuple[Correction, ...] = ()  # made on other snapshots of the same link
    checked: tuple[Checked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.corrections or self.elsewhere or self.checked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in a text."""

    correction: Correction
    state: State
    span: Span | None = None  # where it stands in this text; None where it is lost
    fact: Fact | None = None  # as it is shown; None where it is rejected or lost
    read: Fact | None = None  # what the program reads there


@dataclass(frozen=True, slots=True)
class Corrected:
    facts: tuple[Fact, ...]  # by place
    outcomes: tuple[Outcome, ...]  # in the order of the corrections


class Bare:
    """A text without its white space, and the way to and fro: the coordinates of the annotation guide."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = "".join(source.split())

    @cached_property
    def at(self) -> list[int]:
        """For each bare character its place in the source."""
        return [n for n, c in enumerate(self.source) if not c.isspace()]

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The source's span of a bare run. Raises SpanWrong, IndexError where there is none."""
        return Span.of(self.source, self.at[start], self.at[end - 1] + 1)

    def bare(self, span: Span) -> Span:
        """A span of the source in bare coordinates."""
        start = bisect_left(self.at, span.start)
        quote = "".join(span.quote.split())
        return Span(start, start + len(quote), quote)


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words in front of a place and behind it, by which it is found again."""
    before = "".join(text[max(0, start - 4 * CONTEXT) : start].split())[-CONTEXT:]
    return before, "".join(text[end : end + 4 * CONTEXT].split())[:CONTEXT]


def with_fields(fields: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with others put in; what was made of a changed one is left out."""
    stale = {made for name in new for made in _MADE_OF.get(name, ())}
    whole = {name: value for name, value in {**fields, **new}.items() if name not in stale}
    return {n: v for n, v in whole.items() if not (v is None and n in ONLY_IF_SAID)}


def as_entered(read: Sequence[Fact], entered: Entered, text: str) -> Corrected:
    """The facts of a text as its users want them.

    A correction made on another snapshot of the same link counts where the same words stand in the same
    place, unless this snapshot has one of its own there. Of a kind that was checked in this very text, the
    facts are those that were checked, whatever the program reads by now.
    """
    bare = Bare(text)
    places = [(one, placed(one, bare)) for one in entered.corrections]
    taken = [(one.kind, span) for one, span in places if span]
    for one in entered.elsewhere:
        span = placed(one, bare, whole=True)
        if span and not any(one.kind == kind and _shared(span, other) for kind, other in taken):
            places.append((one, span))
            taken.append((one.kind, span))
    done = _corrected(read, places)
    checked = [one for one in entered.checked if one.digest == bare.digest]
    kinds = {one.kind for one in checked}
    facts = [fact for fact in done.facts if fact.kind not in kinds]
    facts += [moved(fact, bare) for one in checked for fact in one.facts]
    return Corrected(_in_order(facts), done.outcomes)


def corrected(facts: Sequence[Fact], corrections: Sequence[Correction], text: str) -> Corrected:
    """The facts of a text with its corrections, the older ones first. Each acts on one fact at most."""
    bare = Bare(text)
    return _corrected(facts, [(one, placed(one, bare)) for one in corrections])


def _corrected(facts: Sequence[Fact], places: Sequence[tuple[Correction, Span | None]]) -> Corrected:
    shown: list[Fact | None] = list(facts)
    touched: set[int] = set()
    outcomes = []
    for one, span in places:
        if span is None:
            outcomes.append(Outcome(one, "lost"))
            continue
        index = _counterpart(one, span, facts, touched)
        outcome = applied(one, span, facts[index] if index is not None else None)
        outcomes.append(outcome)
        if index is None:
            shown.append(outcome.fact)
        else:
            touched.add(index)
            shown[index] = outcome.fact
    return Corrected(_in_order([fact for fact in shown if fact]), tuple(outcomes))


def _in_order(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.span.start, fact.span.end, fact.kind)))


def placed(one: Correction, bare: Bare, *, whole: bool = False) -> Span | None:
    """Where the words of a correction stand in a text, perhaps with other white space; None: nowhere.

    With `whole` the words around them have to be the same too.
    """
    span = one.span
    if span.holds_in(bare.source) and around(bare.source, span.start, span.end) == (one.before, one.after):
        return span
    quote = "".join(span.quote.split())
    best: tuple[int, int] = (-1, 0)
    found = 0
    start = bare.text.find(quote)
    while start >= 0:
        end = start + len(quote)
        alike = _same_end(bare.text[max(0, start - CONTEXT) : start], one.before)
        alike += _same_start(bare.text[end : end + CONTEXT], one.after)
        far = abs(bare.at[start] - span.start)
        if (alike, -far) > best:
            best, found = (alike, -far), start
        start = bare.text.find(quote, start + 1)
    known = len(one.before) + len(one.after)
    if best[0] < (known if whole else min(ENOUGH, known)):
        return None
    return bare.span(found, found + len(quote))


def _same_start(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _same_end(a: str, b: str) -> int:
    return _same_start(a[::-1], b[::-1])


def _counterpart(one: Correction, span: Span, facts: Sequence[Fact], touched: set[int]) -> int | None:
    """The fact that a correction is about: of its kind, at its place, and of several there the likest."""
    apart = _TOLD_APART.get(one.kind, ())
    known = [[fields.get(name) for name in apart] for fields in (one.old, one.fields) if fields]
    best, found = (0.0, -1), None
    for index, fact in enumerate(facts):
        if fact.kind != one.kind or index in touched or _shared(fact.span, span) < ALIKE:
            continue
        if apart and [fact.fields.get(name) for name in apart] not in known:
            continue
        same = sum(fact.fields.get(name) == value for name, value in one.old.items())
        if (_shared(fact.span, span), same) > best:
            best, found = (_shared(fact.span, span), same), index
    return found


def _shared(a: Span, b: Span) -> float:
    both = min(a.end, b.end) - max(a.start, b.start)
    return both / (max(a.end, b.end) - min(a.start, b.start)) if both > 0 else 0.0


def applied(one: Correction, span: Span, read: Fact | None) -> Outcome:
    """What a correction makes of the fact that is read at its place, if any."""
    if one.action == "reject":
        return Outcome(one, "applied" if read else "agreed", span, None, read)
    if read and all(read.fields.get(name) == value for name, value in one.new.items()):
        return Outcome(one, "agreed", span, read, read)
    place = read.span if read and one.action == "change" else span
    changed = tuple(Reason(name, "user") for name in one.new)
    kept = tuple(reason for reason in read.why if reason.field not in one.new) if read else ()
    made = Fact(
        kind=one.kind,
        span=place,
        fields=with_fields(read.fields, one.new) if read else one.fields,
        extractor="user",
        version=VERSION,
        why=(*kept, *changed),
    )
    return Outcome(one, "applied", place, made, read)


def moved(fact: Fact, to: Bare) -> Fact:
    """A fact in bare coordinates, in those of the text. Raises SpanWrong, IndexError."""
    why = (replace(r, span=to.span(r.span.start, r.span.end)) if r.span else r for r in fact.why)
    return replace(fact, span=to.span(fact.span.start, fact.span.end), why=tuple(why))


def bared(fact: Fact, text: Bare) -> Fact:
    """The inverse of `moved`."""
    why = (replace(r, span=text.bare(r.span)) if r.span else r for r in fact.why)
    return replace(fact, span=text.bare(fact.span), why=tuple(why))
