"""A figure in a headline or in quotation marks repeats one that the text tells in full."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from cunzhao.extract.text.setting import Setting
from cunzhao.extract.types import Fact, Reason

_TAKEN = ("measure", "region", "period", "nature")


def as_told(facts: Sequence[Fact], setting: Setting) -> list[Fact]:
    """`facts`, those of headlines and quoted numbers scoped as where the text tells them."""
    text = setting.document.text
    heads = sorted((h.start, h.end) for h in setting.document.outline if not h.run_in)
    repeats = {i for i, fact in enumerate(facts) if _repeats(fact, heads, text)}
    if not repeats:
        return list(facts)
    told: dict[tuple[float, str | None], Fact] = {}
    for index, fact in enumerate(facts):
        if index not in repeats:
            told.setdefault(_key(fact), fact)
    return [
        _like(fact, told.get(_key(fact)), quoted=_is_quoted(fact, text)) if i in repeats else fact
        for i, fact in enumerate(facts)
    ]


def _key(fact: Fact) -> tuple[float, str | None]:
    return abs(fact.fields["value"]), fact.fields["unit"]


def _repeats(fact: Fact, heads: Sequence[tuple[int, int]], text: str) -> bool:
    start = fact.span.start
    above = bisect_right(heads, (start, len(text))) - 1
    return _is_quoted(fact, text) or (above >= 0 and start < heads[above][1])


def _is_quoted(fact: Fact, text: str) -> bool:
    start, end = fact.span.start, fact.span.end
    return text[max(0, start - 1) : start] + text[end : end + 1] == "“”"


def _like(fact: Fact, twin: Fact | None, *, quoted: bool) -> Fact:
    """A headline keeps what it says itself; a quoted number is the one told."""
    if not twin:
        return fact
    own = {reason.field for reason in fact.why if reason.by in ("words", "list", "clause")}
    taken = [name for name in _TAKEN if quoted or name not in own]
    fields = {**fact.fields, **{name: twin.fields[name] for name in taken}}
    kept = tuple(r for r in fact.why if r.field not in taken)
    return replace(fact, fields=fields, why=(*kept, *(Reason(name, "sentence", twin.span) for name in taken)))
