"""How likely a fact is right in every scored field, learnt from the annotated documents.

For each kind a logistic model over a few things that can be seen of a fact: what each field was read from
(`why`), which fields nothing was said of, what is measured. The weights are data, `lexicon/confidence.json`,
made by `tools/fit_confidence.py`, where stands what it does against flattering itself; how well it does is
told in `docs/extraction.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from cunzhao.extract.lexicons import units
from cunzhao.extract.sameness import FIELDS
from cunzhao.extract.types import Fact

_USUAL = {"comparator": "=", "measure": "level", "nature": "actual"}
_CHOICES = ("comparator", "measure", "nature", "stage")  # fields of a few values
_NAMES = ("indicator", "name", "position", "verb", "source", "about")  # fields of a phrase
_LISTS = ("parties", "lead", "units")
_MARKS = ("per", "value_high", "cell", "investment")  # whether they are there
SHORT, LONG = 2, 12  # code points of a phrase


@dataclass(frozen=True, slots=True)
class Weights:
    """Log odds: of a fact with no feature at all, and what each feature adds."""

    bias: float
    features: Mapping[str, float]

    def share(self, fact: Fact) -> float:
        odds = self.bias + sum(self.features.get(name, 0.0) for name in set(features(fact)))
        return 1 / (1 + exp(-odds))


def with_confidence(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of our own rules, each with the share of its like that is right, to a hundredth.

    Kinds without weights, and what a model or a person said, keep the confidence they have.
    """
    for fact in facts:
        known = _weights().get(fact.kind) if fact.extractor == fact.kind else None
        yield replace(fact, confidence=round(known.share(fact), 2)) if known else fact


def features(fact: Fact) -> Iterator[str]:
    """What the model looks at; a feature is there or not."""
    fields = fact.fields
    said = {reason.field: reason for reason in fact.why}
    for field in FIELDS[fact.kind]:
        reason = said.get(field)
        yield f"{field}:{reason.by if reason else 'unsaid'}"
        if fields.get(field) is None:
            yield f"{field}=none"
    for field in _CHOICES:
        if field in fields and fields[field] != _USUAL.get(field):
            yield f"{field}={fields[field]}"
    yield from _shapes(fields)
    if fact.kind == "figure":
        yield f"unit={_unit_kinds().get(fields['unit'], 'other')}"


def _shapes(fields: Mapping[str, Any]) -> Iterator[str]:
    for field in _NAMES:
        size = len(fields.get(field) or "")
        if size >= LONG or 0 < size <= SHORT:
            yield f"{field}:{'long' if size >= LONG else 'short'}"
    for field in _LISTS:
        if field in fields:
            yield f"{field}:{min(len(fields[field]), 3)}"
    for field in _MARKS:
        if fields.get(field) is not None:
            yield f"{field}:given"


@cache
def _unit_kinds() -> dict[str | None, str]:
    return {unit.name: unit.kind for these in units().values() for _, unit in these}


@cache
def _weights() -> dict[str, Weights]:
    told = json.loads((files("cunzhao.extract") / "lexicon" / "confidence.json").read_text("utf-8"))
    return {kind: Weights(one["bias"], one["weights"]) for kind, one in told["kinds"].items()}
