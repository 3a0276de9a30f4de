"""A printed value as the interval of values it can stand for. Pure arithmetic, exact decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cunzhao.ledger.types import Observation

ABOUT = Decimal("0.05")  # 约, 左右: five per cent to each side, and at least one unit of the last digit


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `low` to `high`, both included; infinite where the text gives one bound only."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> tuple[Decimal, Decimal]:
        """The two ends that face each other, the lower first, of intervals that do not meet."""
        return (self.high, other.low) if self.high < other.low else (other.high, self.low)


def interval(observation: Observation) -> Interval:
    """What the printed value can stand for: 501.3亿 -> 501.25亿..501.35亿, 超5000亿 -> 5000亿..infinity.

    `~` widens by 5 % (at least one unit of the last digit), a range reaches from its lower to its upper
    value; `>` and `<` include their bound, as 超 and 近 do in print.
    """
    low, high = observation.value, observation.value
    if observation.value_high is not None:
        low, high = min(low, observation.value_high), max(high, observation.value_high)
    if observation.comparator in (">", ">="):
        return Interval(low, Decimal("Infinity"))
    if observation.comparator in ("<", "<="):
        return Interval(Decimal("-Infinity"), high)
    half = observation.step / 2
    if observation.comparator == "~":
        half = max(ABOUT * max(abs(low), abs(high)), observation.step)
    return Interval(low - half, high + half)
