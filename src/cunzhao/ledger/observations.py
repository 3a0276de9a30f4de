"""Figures become observations: one indicator name, one unit, an exact value, its printed precision."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from cunzhao.extract.types import Fact
from cunzhao.ledger.naming import Lexicon, indicator_name, plain_region
from cunzhao.ledger.periods import days_of
from cunzhao.ledger.types import Observation
from cunzhao.ledger.units import base_unit, times

_PLACES = Decimal("0.000001")  # the database keeps six; rounding here keeps both sides equal
_LARGEST = 60  # digits; beyond it nothing is measured, and exact arithmetic would take for ever
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What is known of areas, by functions of an earlier stage."""

    name: Callable[[str | None], str] = plain_region  # the one name of an area
    codes: Callable[[str], Sequence[str]] = lambda region: ()  # of a region whose fact has none
    current: Callable[[str], str] = lambda code: code  # under which an abolished division goes on


PLAIN = Places()


def observations(
    snapshot: str, facts: Sequence[Fact], *, places: Places = PLAIN, words: Lexicon | None = None
) -> list[Observation]:
    """The figures that say what they measure, in the order of the text.

    `words` are the names of indicators with those that users added. A figure without indicator or value, or
    with one beyond all measure, gives none: it stays a fact of the document.
    """
    figures = sorted((f for f in facts if f.kind == "figure"), key=lambda f: (f.span.start, f.span.end))
    made = (_observation(snapshot, fact, places, words) for fact in figures)
    return [observation for observation in made if observation]


def _observation(snapshot: str, fact: Fact, places: Places, words: Lexicon | None) -> Observation | None:
    fields = fact.fields
    label = str(fields.get("indicator") or "").strip()
    exact = _exact(fields, fact.span.quote)
    if not label or exact is None:
        return None
    value, value_high, step = exact
    unit, factor = base_unit(fields.get("unit"), fields.get("per"))
    region = places.name(fields.get("region"))
    period = str(fields.get("period") or "")
    return Observation(
        snapshot=snapshot,
        span=fact.span,
        indicator=indicator_name(label, region, words),
        label=label,
        region=region,
        area=_area(fields, region, places),
        period=period,
        days=str(days_of(period) or ""),
        measure=fields.get("measure", "level"),
        nature=fields.get("nature", "actual"),
        comparator=fields.get("comparator", "="),
        value=_in_base(value, factor),
        value_high=None if value_high is None else _in_base(value_high, factor),
        unit=unit,
        step=_in_base(step, factor),
    )


def _area(fields: Mapping[str, Any], region: str, places: Places) -> str:
    """The code or, of a group of areas, the codes in order; each as it is today."""
    codes = fields.get("region_codes") or (places.codes(region) if region else ())
    return "+".join(sorted({places.current(str(code)) for code in codes}))


def _exact(fields: Mapping[str, Any], quote: str) -> tuple[Decimal, Decimal | None, Decimal] | None:
    """Value, upper value and one unit of the last printed digit, in the printed unit without magnitude."""
    value, high = _decimal(fields.get("value")), _decimal(fields.get("value_high"))
    if value is None:
        return None
    number = _printed(str(fields.get("printed") or "")) or _printed(quote)
    if number is None:  # a fraction, or digits this does not read: taken as exact
        return value, high, Decimal(0)
    magnitude = _decimal(fields.get("magnitude")) or _magnitude(value, number)
    if magnitude is None:
        return value, high, _last_digit(value)
    exact = (number * magnitude).copy_sign(value)
    # A value that went through a float comes back as printed; a value that is another stays.
    near = abs(exact - value) <= abs(value) * Decimal("1e-9")
    return (exact if near else value), high, _last_digit(number) * magnitude


def _decimal(value: Any) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LARGEST else None


def _printed(text: str) -> Decimal | None:
    """The number a quote begins with: `1,216.4亿元` -> 1216.4. Full width too. None for fractions, none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).replace("⁄", "/"))
    found = _NUMBER.search(plain)
    if not found or plain[found.end() : found.end() + 1] == "/":
        return None
    return Decimal(found[0].replace(",", ""))


def _magnitude(value: Decimal, number: Decimal) -> Decimal | None:
    """The power of ten between the printed number and the value, or None if there is none."""
    if not number:
        return Decimal(1)
    power = (abs(value) / number).log10() if value else Decimal(0)
    whole = power.to_integral_value()
    return Decimal(10) ** int(whole) if abs(power - whole) < Decimal("1e-9") else None


def _last_digit(number: Decimal) -> Decimal:
    """One unit of the last digit: 501.3 -> 0.1, 5000 -> 1."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)


def _in_base(number: Decimal, factor: Fraction) -> Decimal:
    return _rounded(number if factor == 1 else times(number, factor))


def _rounded(number: Decimal) -> Decimal:
    if number == number.to_integral_value():
        return number.quantize(Decimal(1)) if number.adjusted() < 27 else number
    return number.quantize(_PLACES) if number.adjusted() < 20 and _finer(number) else number


def _finer(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -6
