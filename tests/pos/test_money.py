from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.money import EUR, Currency, Money, divide_half_away, minor_digits, total
from tests.builders import euros

amounts = st.integers(-(10**12), 10**12).map(euros)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=20).filter(any)


@given(amounts, weights)
def test_shares_add_up_to_what_was_shared(amount: Money, weights: list[int]) -> None:
    assert total(amount.split(weights), EUR) == amount


@given(amounts, weights)
def test_a_share_is_less_than_a_cent_from_its_weight(amount: Money, weights: list[int]) -> None:
    for share, weight in zip(amount.split(weights), weights, strict=True):
        assert abs(share.minor * sum(weights) - amount.minor * weight) < sum(weights)


@given(amounts, weights)
def test_sharing_a_refund_mirrors_sharing_the_sale(amount: Money, weights: list[int]) -> None:
    assert [-share for share in amount.split(weights)] == (-amount).split(weights)


@given(amounts, weights)
def test_who_has_no_weight_gets_nothing(amount: Money, weights: list[int]) -> None:
    shares = amount.split([*weights, 0])
    assert shares[-1] == euros(0)


@pytest.mark.parametrize(
    ("minor", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # ties go to the earlier share
        (100, [1, 2, 3], [17, 33, 50]),  # 16.67, 33.33, 50: the largest fraction
        (-100, [1, 1, 1], [-34, -33, -33]),
        (1, [0, 1], [0, 1]),
        (0, [1, 1], [0, 0]),
    ],
)
def test_left_over_cents_go_to_the_largest_fractions(
    minor: int, weights: list[int], shares: list[int]
) -> None:
    assert [share.minor for share in euros(minor).split(weights)] == shares


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_nobody_to_share_with_is_our_mistake(weights: list[int]) -> None:
    with pytest.raises(AssertionError):
        euros(100).split(weights)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_halves_round_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    rounded = divide_half_away(numerator, denominator)
    assert rounded == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert divide_half_away(-numerator, denominator) == -rounded


@pytest.mark.parametrize("minor", [12.5, 12.0, "12", True, None])
def test_an_amount_is_a_whole_number_of_cents(minor: object) -> None:
    with pytest.raises(TypeError):
        Money(minor, EUR)  # type: ignore[arg-type]  # that is what is tested


def test_two_currencies_do_not_mix() -> None:
    pounds = Money(100, Currency("GBP"))
    for mix in (
        lambda: euros(100) + pounds,
        lambda: euros(100) - pounds,
        lambda: euros(100) < pounds,
        lambda: euros(100) <= pounds,
    ):
        with pytest.raises(TypeError, match="do not mix"):
            mix()


def test_a_fraction_of_an_amount_is_not_an_amount() -> None:
    with pytest.raises(TypeError):
        euros(100) * 0.5  # type: ignore[operator]  # that is what is tested


def test_amounts_compare_and_count_like_money() -> None:
    assert euros(99) < euros(100) <= euros(100)
    assert not euros(100) < euros(100)
    assert abs(euros(-5)) == euros(5) == -euros(-5)
    assert euros(250) * 3 - euros(50) == euros(700)
    assert euros(1)
    assert not euros(0)


def test_an_amount_travels_as_a_pair() -> None:
    assert msgspec.json.encode(euros(1250)) == b'[1250,"EUR"]'
    assert msgspec.json.decode(b'[1250,"EUR"]', type=Money) == euros(1250)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'[12.5,"EUR"]', type=Money)


@pytest.mark.parametrize(
    ("currency", "digits"),
    [("EUR", 2), ("GBP", 2), ("JPY", 0), ("KRW", 0), ("ISK", 0), ("TND", 3), ("KWD", 3)],
)
def test_a_currency_knows_its_digits(currency: str, digits: int) -> None:
    """ISO 4217's minor units."""
    assert minor_digits(Currency(currency)) == digits
