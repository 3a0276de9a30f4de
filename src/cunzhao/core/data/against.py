"""Two printed values under each other: in one unit, with the same decimals, and their difference. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cunzhao.core.values.pages import Against
from cunzhao.evaluate.intervals import interval
from cunzhao.ledger.types import Observation, readable

MOST = 6  # decimals
MAGNITUDES = (("亿", 8), ("万", 4))


def against(a: Observation, b: Observation) -> Against:
    quote = a.span.quote + b.span.quote
    low, high = interval(a).gap(interval(b))
    found = [v for o in (a, b) for v in (o.value, o.value_high) if v is not None]
    told = [readable(v, a.unit, quote) for v in found]
    apart, unit = readable(high - low, a.unit, quote)
    if len({unit, *(of for _, of in told)}) > 1:  # 平方米 beside 平方公里
        told, apart, unit = [(v, a.unit) for v in found], high - low, a.unit
    values = [v for v, _ in told]
    word, power = next(((w, p) for w, p in MAGNITUDES if max(map(abs, values)) >= 10**p), ("", 0))
    values = [v.scaleb(-power) for v in values]
    places = _places(values)
    first = 1 if a.value_high is None else 2
    return Against(
        a=_set(values[:first], places),
        b=_set(values[first:], places),
        unit=word + unit,
        difference=_set([apart.scaleb(-power)], max(places, _places([apart.scaleb(-power)]))),
        ratio=_ratio(a, b),
    )


def _places(values: Iterable[Decimal]) -> int:
    """Decimals that all need."""
    exponents = (v.normalize().as_tuple().exponent for v in values)
    return min(MOST, max(0, *(-e for e in exponents if isinstance(e, int))))


def _set(values: Iterable[Decimal], places: int) -> str:
    return "–".join(f"{v:,.{places}f}".replace("-", "−") for v in values)


def _ratio(a: Observation, b: Observation) -> str:
    if a.measure != "level" or not a.value or not b.value or (a.value > 0) != (b.value > 0):
        return ""
    ratio = max(abs(a.value), abs(b.value)) / min(abs(a.value), abs(b.value))
    return f"{ratio:,.2f}".rstrip("0").rstrip(".") if ratio >= 2 else ""
