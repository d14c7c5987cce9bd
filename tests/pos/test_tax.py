from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.tax import Taxed, TaxTotal, tax_included, totals_by_rate
from pos.money import EUR, total
from tests.builders import euros

grosses = st.integers(-(10**9), 10**9)
rates = st.sampled_from([0, 210, 550, 600, 1000, 1200, 2000, 2100])
taxed_lines = st.lists(st.builds(Taxed, rates, grosses.map(euros), grosses.map(euros)))


@pytest.mark.parametrize(
    ("gross", "rate_bp", "tax"),
    [
        (2500, 2000, 417),
        (2500, 550, 130),
        (2500, 210, 51),
        (2500, 2100, 434),
        (2500, 600, 142),
        (2500, 0, 0),
        (3, 2000, 1),  # exactly half a cent goes away from zero
        (-3, 2000, -1),
        (0, 2000, 0),
    ],
)
def test_tax_is_what_the_price_contains(gross: int, rate_bp: int, tax: int) -> None:
    assert tax_included(euros(gross), rate_bp=rate_bp) == euros(tax)


@given(grosses, rates)
def test_tax_is_within_half_a_cent_of_exact(gross: int, rate_bp: int) -> None:
    exact = Fraction(gross * rate_bp, 10_000 + rate_bp)
    assert abs(tax_included(euros(gross), rate_bp=rate_bp).minor - exact) <= Fraction(1, 2)


@given(grosses, rates)
def test_a_refunds_tax_mirrors_the_sales(gross: int, rate_bp: int) -> None:
    assert tax_included(euros(-gross), rate_bp=rate_bp) == -tax_included(
        euros(gross), rate_bp=rate_bp
    )


def test_a_negative_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        tax_included(euros(100), rate_bp=-1)


def test_a_receipts_tax_is_the_sum_of_its_lines() -> None:
    """Two shirts make 8.34, although 20 % of 50.00 at once would be 8.33."""
    shirt = Taxed(2000, euros(2500), tax_included(euros(2500), rate_bp=2000))
    book = Taxed(550, euros(1500), tax_included(euros(1500), rate_bp=550))
    assert totals_by_rate([shirt, book, shirt], EUR) == (
        TaxTotal(rate_bp=2000, gross=euros(5000), net=euros(4166), tax=euros(834)),
        TaxTotal(rate_bp=550, gross=euros(1500), net=euros(1422), tax=euros(78)),
    )


@given(taxed_lines)
def test_nothing_is_lost_between_lines_and_rates(lines: list[Taxed]) -> None:
    by_rate = totals_by_rate(lines, EUR)
    assert total((rate.gross for rate in by_rate), EUR) == total((ln.gross for ln in lines), EUR)
    assert total((rate.tax for rate in by_rate), EUR) == total((ln.tax for ln in lines), EUR)
    assert all(rate.net + rate.tax == rate.gross for rate in by_rate)
    assert [rate.rate_bp for rate in by_rate] == sorted({ln.rate_bp for ln in lines}, reverse=True)
