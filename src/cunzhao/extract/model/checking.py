"""What a model said is kept where the text bears it out, and only that.

The quote must stand in the piece that was sent, once or at a place that the model told. A figure's number and
unit are lexed again from the quote by our own rules, and must be those said. Names, positions, parties and
indicators must be words of the text. A field that the text does not bear out is left empty; where the fact is
nothing without it, the fact is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cunzhao.extract.figures.names import measured
from cunzhao.extract.figures.quantity import Quantity, lex
from cunzhao.extract.model.pieces import Piece
from cunzhao.extract.model.words import made_of, number, place_of, text_of, told_period
from cunzhao.extract.sameness import FOUND, likeness, same_number, same_unit
from cunzhao.extract.text.citation import read_notes
from cunzhao.extract.text.flat import Flat, flat_form, flatten, printed
from cunzhao.extract.text.setting import Setting, read_setting
from cunzhao.extract.types import Fact, Kind, Reason
from cunzhao.read.types import Document

VERSION = "1"
ASKED: tuple[Kind, ...] = ("figure", "person", "agreement", "project")  # the rest is the document's build
_CHOICES = {
    "comparator": ("=", "~", ">", ">=", "<", "<="),
    "measure": ("level", "growth", "share"),
    "nature": ("actual", "target", "forecast"),
    "stage": ("planned", "negotiating", "signed", "building", "done", None),
}
_SHORT = 30  # characters of a name, a position, a form


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something said is no fact; a word that can be counted."""

    why: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The document that answers are held against."""

    setting: Setting
    quantities: list[Quantity]  # what our own lexer finds, by place

    @classmethod
    def of(cls, document: Document, *, date: str | None, region: str | None) -> Ground:
        flat = flatten(document)
        notes = read_notes(flat, date or document.published or document.document_date)
        setting = read_setting(document, flat, notes, date=date, region=region)
        return cls(setting, measured(flat.text, lex(flat.text), setting.dates))

    @property
    def flat(self) -> Flat:
        return self.setting.flat

    def within(self, start: int, end: int) -> list[Quantity]:
        """The quantities that lie in a run of the flat text."""
        first = bisect_left(self.quantities, start, key=lambda q: q.start)
        found = []
        for quantity in self.quantities[first:]:
            if quantity.end > end:
                break
            found.append(quantity)
        return found


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer, its quote found."""

    fields: Mapping[str, Any]
    start: int  # flat
    end: int
    quote: str
    piece: Piece
    ground: Ground


def check(
    said: object, piece: Piece, ground: Ground, kinds: Collection[Kind], extractor: str
) -> Fact | Refused:
    """The fact, its span in the document, with Reasons by `model`; or why it is none. Raises nothing."""
    kind = next(
        (k for k in kinds if k in _KINDS and isinstance(said, Mapping) and said.get("kind") == k), None
    )
    if kind is None or not isinstance(said, Mapping):
        return Refused("no kind that was asked for")
    quote = flat_form(text_of(said.get("quote")) or "")
    at = place_of(quote, flat_form(text_of(said.get("sentence")) or ""), piece.text) if quote else None
    if at is None:
        return Refused("the quote does not stand in the text, or at several places")
    start = piece.start + at
    found = _KINDS[kind](_Said(said, start, start + len(quote), quote, piece, ground))
    if isinstance(found, Refused):
        return found
    start, end, fields = found
    return Fact(
        kind=kind,
        span=ground.flat.span(start, end),
        fields=fields,
        extractor=extractor,
        version=VERSION,
        why=tuple(Reason(name, "model") for name, value in fields.items() if value is not None),
    )


def is_new(fact: Fact, known: Iterable[Fact]) -> bool:
    """Not told already. Where a fact of the same kind shares the place, that one stands, whatever it says."""
    said = fact.to_json()
    for other in known:
        if other.kind == fact.kind:
            apart = fact.span.end <= other.span.start or other.span.end <= fact.span.start
            if not apart or (fact.kind != "figure" and FOUND[fact.kind](said, other.to_json())):
                return False
    return True


_Found = tuple[int, int, dict[str, Any]] | Refused


def _figure(said: _Said) -> _Found:
    quantities = said.ground.within(said.start, said.end)
    if len(quantities) != 1:
        return Refused("the quote is not one quantity")
    quantity, value = quantities[0], number(said.fields.get("value"))
    if value is None or not same_number(abs(value), abs(float(quantity.value))):
        return Refused("the value is not that of the quote")
    unit = text_of(said.fields.get("unit"))
    if not same_unit(unit, quantity.unit) and not (quantity.unit_kind == "bare" and unit in ("元", None)):
        return Refused("the unit is not that of the quote")
    indicator = _words(said, "indicator")
    if not indicator:
        return Refused("the indicator is not of the text")
    chosen = {name: _choice(said, name, usual) for name, usual in
              (("comparator", "="), ("measure", "level"), ("nature", "actual"))}  # fmt: skip
    if None in chosen.values():
        return Refused("a choice that there is not")
    falls = value < 0 and chosen["measure"] == "growth"
    exact = -quantity.value if falls and quantity.value > 0 else quantity.value
    fields: dict[str, Any] = {
        "value": int(exact) if exact == int(exact) else float(exact),
        "unit": unit,
        **chosen,
        "indicator": indicator,
        "region": _region(said),
        "period": _period(said, "period"),
        "printed": printed(quantity.printed),
        "magnitude": quantity.magnitude,
    }
    if quantity.value_high is not None:
        fields["value_high"] = float(quantity.value_high)
    return quantity.start, quantity.end, fields


def _person(said: _Said) -> _Found:
    name, position = _words(said, "name"), _words(said, "position")
    if not name or name not in said.quote:
        return Refused("the name does not stand in the quote")
    if not position or position not in said.piece.text:
        return Refused("the position is not of the text")
    start = said.start + said.quote.index(name)
    return start, start + len(name), {"name": name, "position": position}


def _agreement(said: _Said) -> _Found:
    told = said.fields.get("parties")
    parties = [flat_form(text_of(one) or "") for one in told] if isinstance(told, list) else []
    before = said.ground.flat.text[: said.end]
    if len(parties) < 2 or not all(0 < len(p) <= _SHORT and p in before for p in parties):
        return Refused("the parties are not of the text")
    if not any(party in said.quote for party in parties):
        return Refused("no party stands in the quote")
    nature = _choice(said, "nature", "actual")
    if nature not in ("actual", "target"):
        return Refused("a choice that there is not")
    fields = {"parties": parties, "form": _words(said, "form"), "about": _words(said, "about")}
    return said.start, said.end, {**fields, "date": _period(said, "date"), "nature": nature}


def _project(said: _Said) -> _Found:
    name = _words(said, "name")
    if not name or likeness(name, said.quote) < 0.5:
        return Refused("the name is not that of the quote")
    stage = said.fields.get("stage")
    if stage not in _CHOICES["stage"]:
        return Refused("a choice that there is not")
    money = _money(said)
    fields: dict[str, Any] = {"name": name, "place": _region(said, "place"), "parties": [], "stage": stage}
    amount = {"investment": money and float(money.value), "currency": money and money.unit}
    return said.start, said.end, {**fields, **amount}


_KINDS: dict[Kind, Callable[[_Said], _Found]] = {
    "figure": _figure, "person": _person, "agreement": _agreement, "project": _project,
}  # fmt: skip


def _words(said: _Said, field: str) -> str | None:
    """The field's words where they are words of the piece: in one run, or put together of few."""
    words = flat_form(text_of(said.fields.get(field)) or "")
    return words if 0 < len(words) <= _SHORT and made_of(words, said.piece.text) else None


def _region(said: _Said, field: str = "region") -> str | None:
    """An area of the document, its own place, or words of the piece."""
    words = flat_form(text_of(said.fields.get(field)) or "")
    known = {area.name for area in said.ground.setting.areas}
    known.add(said.ground.setting.passage(said.start).own or "")
    return words if words and words in known else _words(said, field)


def _period(said: _Said, field: str) -> str | None:
    """A period in our notation whose years the document names, or that lie next to the day it was written."""
    day = said.ground.setting.passage(said.start).written
    near = range(day[0] - 1, day[0] + 2) if day else ()
    text = said.ground.flat.text
    return told_period(said.fields.get(field), lambda year: year in near or str(year) in text)


def _choice(said: _Said, field: str, usual: str) -> str | None:
    told = said.fields.get(field, usual)
    return told if told in _CHOICES[field] else None


def _money(said: _Said) -> Quantity | None:
    """The amount of the piece that is the investment said."""
    told = number(said.fields.get("investment"))
    piece: Sequence[Quantity] = said.ground.within(said.piece.start, said.piece.start + len(said.piece.text))
    amounts = [q for q in piece if q.unit_kind == "money"]
    return next((q for q in amounts if told is not None and same_number(told, float(q.value))), None)
