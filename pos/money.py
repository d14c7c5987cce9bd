"""Amounts in whole minor units: no floats, no division, one rounding function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import NewType

import msgspec

Currency = NewType("Currency", str)
"""An ISO 4217 code in capitals."""

EUR = Currency("EUR")

# ISO 4217 minor units; everything that is not listed has two digits.
_MINOR_DIGITS = {"JPY": 0, "KRW": 0, "ISK": 0, "TND": 3, "KWD": 3}


def minor_digits(currency: Currency) -> int:
    """Return how many decimal digits the currency's amounts are written with."""
    return _MINOR_DIGITS.get(currency, 2)


class Money(msgspec.Struct, frozen=True, array_like=True):
    """An amount in whole minor units (cents, pence, yen).

    There is no `/`: dividing money loses cents, so `split` says who gets them.
    On disk and on the wire it is the pair `[1250, "EUR"]`.
    """

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.minor) is not int:  # a float is a bug, and so is a bool
            raise TypeError(f"minor units are whole numbers, not {self.minor!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other).minor

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other).minor

    def __bool__(self) -> bool:
        """Say whether there is any amount at all."""
        return self.minor != 0

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share the amount out by weight; the shares always add up to it.

        Cents left over go to the largest fractions, ties to the earlier share.
        """
        total_weight = sum(weights)
        assert total_weight > 0, weights
        assert min(weights) >= 0, weights
        sign = -1 if self.minor < 0 else 1
        shares = [divmod(abs(self.minor) * weight, total_weight) for weight in weights]
        left_over = abs(self.minor) - sum(whole for whole, _ in shares)
        by_fraction = sorted(range(len(shares)), key=lambda i: -shares[i][1])
        lucky = set(by_fraction[:left_over])
        return [
            Money(sign * (whole + (i in lucky)), self.currency)
            for i, (whole, _) in enumerate(shares)
        ]

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise TypeError(f"{self.currency} and {other.currency} do not mix")
        return other


def total(amounts: Iterable[Money], currency: Currency) -> Money:
    """Add amounts up; none at all make zero."""
    return reduce(add, amounts, Money(0, currency))


def divide_half_away(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, so that a refund mirrors its sale."""
    assert denominator > 0
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude
