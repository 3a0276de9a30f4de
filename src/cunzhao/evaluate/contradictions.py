"""Pairs of printed values that cannot both be right. Precision first: what may be another thing is left out.

Two observations are compared when indicator, area, period, measure and unit are the same, and both are
actual values or both targets. Each is an interval (`intervals`); they contradict when the intervals do not
meet. Left out: names too general to compare (`generic.txt`), forecasts, different documents where area or
period is unknown, and neighbours in one sentence (城镇和农村…分别…), where a wrongly split phrase is
likelier than an author who contradicts himself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations

from cunzhao.evaluate.intervals import Interval, interval
from cunzhao.evaluate.types import Finding, FindingType, Severity
from cunzhao.evaluate.words import explain
from cunzhao.ledger.types import Observation

__all__ = ["check", "explain", "order"]

MAX_VALUES = 24  # different values compared under one key: the lowest and the highest half of them
MAX_FINDINGS = 20  # of one key, the gravest
_NEIGHBOURS = 30  # code points between two figures of one sentence
_PERCENT = ("%", "‰", "个百分点")  # small numbers, where a ratio of ten is nothing strange
_LEVELS: tuple[Severity, ...] = ("low", "medium", "high")


@dataclass(frozen=True, slots=True)
class _Value:
    """All observations of one key that print the same thing, wherever: copies of one origin count once."""

    interval: Interval
    places: tuple[Observation, ...]


def check(observations: Iterable[Observation]) -> list[Finding]:
    """The contradictions, gravest first; each pair of different values of a key once, with one place each.

    At most MAX_FINDINGS of one key. The result does not depend on the order of `observations`.
    """
    blocks: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.nature != "forecast" and observation.indicator not in _generic():
            blocks[_block(observation)].append(observation)
    found = [finding for block in blocks.values() if len(block) > 1 for finding in _within(block)]
    return sorted(found, key=order)


@cache
def _generic() -> frozenset[str]:
    lines = files("cunzhao.evaluate").joinpath("generic.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _block(o: Observation) -> tuple[str, ...]:
    """What must be equal: the key (绍兴 and 绍兴市 are one area), the nature, the document if something is
    unknown."""
    indicator, region, period, measure, unit = o.key
    area = region[:-1] if len(region) > 2 and region[-1] in "省市" else region
    return (indicator, area, period, measure, unit, o.nature, "" if region and period else o.snapshot)


def _within(block: Sequence[Observation]) -> list[Finding]:
    values = _values(block)
    if len(values) > MAX_VALUES:
        values = values[: MAX_VALUES // 2] + values[-MAX_VALUES // 2 :]
    pairs = (_finding(a, b) for a, b in combinations(values, 2) if not a.interval.meets(b.interval))
    return sorted(filter(None, pairs), key=order)[:MAX_FINDINGS]


def _values(block: Sequence[Observation]) -> list[_Value]:
    """The different values of a block, lowest first."""
    groups: dict[tuple[Interval, str], dict[tuple[str, int, int], Observation]] = defaultdict(dict)
    for o in sorted(block, key=lambda o: (_place(o), repr(o))):
        groups[interval(o), o.comparator].setdefault((o.snapshot, o.span.start, o.span.end), o)
    return [
        _Value(key[0], tuple(sorted(places.values(), key=_place)))
        for key, places in sorted(groups.items(), key=lambda item: item[0])
    ]


def _finding(one: _Value, other: _Value) -> Finding | None:
    """The finding on two values that do not meet, shown by the pair of places that speaks best for it."""
    for a, b in _pairs(one, other):
        kind = _type(a, b)
        if kind == "real" and (not a.period or _neighbours(a, b)):
            continue
        first, second = sorted((a, b), key=_place)
        finding = Finding(type=kind, severity=_severity(a, b, kind), explanation="", a=first, b=second)
        return replace(finding, explanation=explain(finding, "zh"))
    return None


def _pairs(one: _Value, other: _Value) -> Iterator[tuple[Observation, Observation]]:
    """Places of both, those within one document first: it cannot blame a later revision."""
    near = [(a, b) for a in one.places[:50] for b in other.places[:50] if a.snapshot == b.snapshot]
    yield from near
    if one.places[0].snapshot != other.places[0].snapshot:
        yield one.places[0], other.places[0]


def _neighbours(a: Observation, b: Observation) -> bool:
    gap = max(a.span.start, b.span.start) - min(a.span.end, b.span.end)
    return a.snapshot == b.snapshot and gap <= _NEIGHBOURS


def _type(a: Observation, b: Observation) -> FindingType:
    """A slip if the ratio is near a power of ten: within 3 %, or 10 % where a value is 约, 超 or 近."""
    if a.unit in _PERCENT or not a.value or not b.value or (a.value > 0) != (b.value > 0):
        return "real"
    ratio = max(abs(a.value), abs(b.value)) / min(abs(a.value), abs(b.value))
    power = Decimal(10) ** int(ratio.log10().to_integral_value())
    slack = Decimal("0.03") if a.comparator == b.comparator == "=" else Decimal("0.1")
    return "unit-slip" if power >= 10 and abs(ratio / power - 1) <= slack else "real"


def _severity(a: Observation, b: Observation, kind: FindingType) -> Severity:
    """By the gap between the values, one level less for each doubt."""
    low, high = interval(a).gap(interval(b))
    if a.unit not in _PERCENT:
        share = (high - low) / max(abs(low), abs(high))
        level = 2 if share >= Decimal("0.1") else 1 if share >= Decimal("0.01") else 0
    else:  # by points
        level = 2 if high - low >= 1 else 1 if high - low >= Decimal("0.3") else 0
    level -= sum(
        (
            "~" in (a.comparator, b.comparator),
            not a.region,
            a.nature == "target" and a.snapshot != b.snapshot,  # may have been set anew
        )
    )
    if not a.period:
        level = 0
    return _LEVELS[max(0, level)]


def _place(o: Observation) -> tuple[str, int, int]:
    return (o.snapshot, o.span.start, o.span.end)


def order(finding: Finding) -> tuple[object, ...]:
    """The gravest first: severity, slips of a unit, the key, the two places."""
    grave = -_LEVELS.index(finding.severity)
    return (grave, finding.type != "unit-slip", *finding.a.key, _place(finding.a), _place(finding.b))
