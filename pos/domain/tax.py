"""Tax contained in prices.

Prices include tax.  Tax is computed per line and rounded once per line, half away from zero; a
rate's total is the sum of its lines, never the rate times the total.  Worked example, 20 %:

    line      gross   tax   net
    T-shirt   25.00  4.17  20.83
    T-shirt   25.00  4.17  20.83
    receipt   50.00  8.34  41.66   (50.00 at once would be 8.33)
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pos.money import Currency, Money, divide_half_away, total


class TaxTotal(msgspec.Struct, frozen=True, kw_only=True):
    """What one rate contributed to a sale; `net + tax == gross`."""

    rate_bp: int
    gross: Money
    net: Money
    tax: Money


class Taxed(msgspec.Struct, frozen=True):
    """A line's gross amount with its rate and the tax in it."""

    rate_bp: int
    gross: Money
    tax: Money


def tax_included(gross: Money, *, rate_bp: int) -> Money:
    """Return the tax contained in a tax-inclusive amount.

    The price on the shelf is what the customer pays, so the gross never moves and
    the net is whatever is left.

    Args:
        gross: what the customer pays; negative for a refund.
        rate_bp: tax rate in basis points, 2000 for 20 %.

    Raises:
        ValueError: the rate is negative.
    """
    if rate_bp < 0:
        raise ValueError(f"tax rate cannot be negative: {rate_bp} bp")
    tax_minor = divide_half_away(gross.minor * rate_bp, 10_000 + rate_bp)
    return Money(tax_minor, gross.currency)


def totals_by_rate(lines: Iterable[Taxed], currency: Currency) -> tuple[TaxTotal, ...]:
    """Add lines up per rate, highest rate first."""
    by_rate: dict[int, list[Taxed]] = {}
    for line in lines:
        by_rate.setdefault(line.rate_bp, []).append(line)
    return tuple(
        _rate_total(rate_bp, taxed, currency)
        for rate_bp, taxed in sorted(by_rate.items(), reverse=True)
    )


def _rate_total(rate_bp: int, lines: list[Taxed], currency: Currency) -> TaxTotal:
    gross = total((line.gross for line in lines), currency)
    tax = total((line.tax for line in lines), currency)
    return TaxTotal(rate_bp=rate_bp, gross=gross, net=gross - tax, tax=tax)
