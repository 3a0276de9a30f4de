"""Two values under each other: one unit, the same decimals, what lies between them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cunzhao.core.data.against import against
from cunzhao.extract.types import Span
from cunzhao.ledger.types import Observation

ONE = Observation(
    snapshot="s", span=Span(0, 1, "5"), indicator="收入", label="收入", region="绍兴市", period="2018",
    measure="level", nature="actual", comparator="=", value=Decimal(5), value_high=None, unit="元",
    step=Decimal(1),
)  # fmt: skip


def of(
    value: str, *, high: str = "", unit: str = "元", step: str = "1", comparator: str = "="
) -> Observation:
    more = {"value_high": Decimal(high) if high else None, "unit": unit, "step": Decimal(step)}
    return replace(ONE, value=Decimal(value), comparator=comparator, **more)


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (of("500000000000", comparator=">"), of("50130000000", step="10000000"),
         ("5,000.0", "501.3", "亿元", "4,498.65", "9.97")),
        (of("20", unit="家"), of("2", high="3", unit="家"), ("20", "2–3", "家", "16", "10")),
        (of("-3.5", unit="%", step="0.1"), of("12", unit="%"), ("−3.5", "12.0", "%", "14.95", "")),
        (of("5"), of("7"), ("5", "7", "元", "1", "")),
    ],
)  # fmt: skip
def test_both_stand_in_one_unit_with_the_same_decimals(a, b, told):
    made = against(a, b)
    assert (made.a, made.b, made.unit, made.difference, made.ratio) == told
