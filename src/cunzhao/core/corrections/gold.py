"""Checked facts as gold: the form of the annotation guide, in which the project's own gold is written too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cunzhao.core.corrections.fields import FIELDS
from cunzhao.core.values.corrected import ONLY_IF_SAID
from cunzhao.extract.types import Fact


def gold_lines(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Facts in bare coordinates as lines of a gold file: the guide's fields and no more, by place."""
    return [_line(fact) for fact in sorted(facts, key=lambda f: (f.span.start, f.span.end, f.kind))]


def _line(fact: Fact) -> dict[str, Any]:
    place = {"kind": fact.kind, "start": fact.span.start, "end": fact.span.end, "quote": fact.span.quote}
    said = {field.name: fact.fields.get(field.name) for field in FIELDS[fact.kind]}
    return {**place, **{n: v for n, v in said.items() if v is not None or n not in ONLY_IF_SAID}}
