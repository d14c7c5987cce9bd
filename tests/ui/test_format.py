"""Amounts as people read and type them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.money import EUR, Currency, Money
from tests.builders import euros
from ui.format import AMOUNT_MAX_MINOR, clock_time, money, parse_amount, short_money, typed_sum

NARROW, NO_BREAK = "\u202f", "\xa0"
LANGUAGES = st.sampled_from(["en", "fr"])


@pytest.mark.parametrize(
    ("minor", "french", "english"),
    [
        (0, "0,00_€", "€0.00"),
        (5, "0,05_€", "€0.05"),
        (2500, "25,00_€", "€25.00"),
        (123456789, "1~234~567,89_€", "€1,234,567.89"),
        (-1250, "-12,50_€", "-€12.50"),
    ],
)
def test_an_amount_is_written_as_its_readers_write_it(
    minor: int, french: str, english: str
) -> None:
    assert money(euros(minor), "fr") == french.replace("_", NO_BREAK).replace("~", NARROW)
    assert money(euros(minor), "en") == english


@pytest.mark.parametrize(
    ("minor", "french", "english"),
    [(2500, "25_€", "€25"), (1250, "12,50_€", "€12.50"), (0, "0_€", "€0")],
)
def test_a_short_amount_has_cents_only_where_there_are_some(
    minor: int, french: str, english: str
) -> None:
    assert short_money(euros(minor), "fr") == french.replace("_", NO_BREAK)
    assert short_money(euros(minor), "en") == english


def test_a_currency_without_cents_is_written_without_them() -> None:
    assert money(Money(1500, Currency("JPY")), "en") == "¥1,500"
    assert parse_amount("1500", Currency("JPY")) == Money(1500, Currency("JPY"))
    assert parse_amount("15,5", Currency("JPY")) is None


@pytest.mark.parametrize(
    "typed", ["12,50", "12.50", "12,5", " 12,50 ", "1 2,50", f"12{NO_BREAK},50"]
)
def test_an_amount_is_typed_in_many_ways(typed: str) -> None:
    assert parse_amount(typed, EUR) == euros(1250)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ",",
        "12,345",
        "1.000,00",
        "-5",
        "abc",
        "1e",
        "NaN",
        "inf",
        "1e999999",
        "1000000,00",
        "€5",
    ],
)
def test_what_is_no_amount_is_none(typed: str) -> None:
    assert parse_amount(typed, EUR) is None


@given(minor=st.integers(0, AMOUNT_MAX_MINOR), sign=st.sampled_from(",."))
def test_an_amount_is_read_as_it_was_typed(minor: int, sign: str) -> None:
    assert parse_amount(f"{minor // 100}{sign}{minor % 100:02}", EUR) == euros(minor)


@given(st.text(max_size=40) | st.from_regex(r"[0-9eE+.,_-]{1,20}", fullmatch=True))
def test_nothing_that_is_typed_is_a_bug(typed: str) -> None:
    amount = parse_amount(typed, EUR)
    assert amount is None or 0 <= amount.minor <= AMOUNT_MAX_MINOR


@given(minor=st.integers(-(10**12), 10**12), language=LANGUAGES)
def test_a_short_amount_never_says_another_amount(minor: int, language: str) -> None:
    """It is the long one, or the long one without its zeros."""
    full, short = money(euros(minor), language), short_money(euros(minor), language)
    point = "," if language == "fr" else "."
    assert short in {full, full.replace(f"{point}00", "")}


def test_the_time_is_hours_and_minutes() -> None:
    moment = datetime(2026, 7, 18, 15, 2, 11)  # noqa: DTZ001 -- a wall clock
    assert clock_time(moment, "fr") == "15:02"
    assert clock_time(moment, "en").startswith("3:02")


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ("5000", "en", "€5,000"),
        ("5000", "fr", "5\u202f000\xa0€"),
        ("500", "fr", "500\xa0€"),
        ("1234,", "fr", "1\u202f234,\xa0€"),
        ("0,05", "fr", "0,05\xa0€"),
        ("0", "en", "€0"),
        ("", "en", ""),
    ],
)
def test_what_is_typed_has_its_thousands_apart(typed: str, language: str, shown: str) -> None:
    assert typed_sum(typed, EUR, language) == shown
