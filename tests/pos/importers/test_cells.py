"""What cells say, and what is refused rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.importers.cells import (
    BadCell,
    has_wrong_check_digit,
    parse_amount,
    parse_barcode,
    parse_code,
    parse_quantity,
    parse_yes_or_no,
)
from pos.money import EUR, Currency


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("50", 5000),
        ("50.00", 5000),
        ("50.5", 5050),
        ("0", 0),
        ("0.05", 5),
        ("50,00", 5000),
        ("1 234,50", 123450),
        ("1\u202f234,50", 123450),
        ("1\u00a0234.50", 123450),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("1'234.50", 123450),
        ("1 234", 123400),
        ("007.00", 700),
    ],
)
def test_a_price_is_read_as_it_was_meant(text: str, minor: int) -> None:
    assert parse_amount(text, EUR).minor == minor


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,234", "ambiguous_amount"),  # 1.234 or 1234
        ("12,345,678", "ambiguous_amount"),
        ("1.234", "too_many_decimals"),
        ("50.001", "too_many_decimals"),
        ("50.000", "too_many_decimals"),  # fifty thousand, to a German
        ("-5.00", "negative_amount"),
        ("abc", "not_an_amount"),
        ("50 €", "not_an_amount"),
        ("50.", "not_an_amount"),
        (".50", "not_an_amount"),
        ("5E+01", "not_an_amount"),
        ("1,2345.00", "not_an_amount"),
        ("1,234,50", "not_an_amount"),
        ("1 234,567.00", "not_an_amount"),
        ("٥٠", "not_an_amount"),
        ("nan", "not_an_amount"),
        ("3760123456789", "too_large"),  # a barcode in the wrong column
        ("9" * 5000, "too_large"),
    ],
)
def test_what_is_no_price_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadCell) as bad:
        parse_amount(text, EUR)
    assert bad.value.kind == kind


def test_a_currency_decides_how_many_decimals_there_are() -> None:
    assert parse_amount("500", Currency("JPY")).minor == 500
    assert parse_amount("1.234", Currency("TND")).minor == 1234
    with pytest.raises(BadCell):
        parse_amount("500.5", Currency("JPY"))


@given(st.integers(min_value=0, max_value=999_999_999))
def test_every_price_comes_back_as_it_was_written(minor: int) -> None:
    whole, cents = divmod(minor, 100)
    assert parse_amount(f"{whole}.{cents:02}", EUR).minor == minor
    assert parse_amount(f"{whole},{cents:02}", EUR).minor == minor
    assert parse_amount(f"{whole:,}.{cents:02}", EUR).minor == minor


@pytest.mark.parametrize(("text", "quantity"), [("12", 12), ("0", 0), ("-3", -3), ("+4", 4)])
def test_a_quantity_is_a_whole_number(text: str, quantity: int) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize("text", ["1.5", "abc", "1 000", "٣", "9999999", "1" * 5000])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        parse_quantity(text)


@pytest.mark.parametrize("text", ["TRUE", "true", "VRAI", "Waar", "1", "oui"])
def test_a_spreadsheets_true_is_true(text: str) -> None:
    assert parse_yes_or_no(text, when_empty=False)


@pytest.mark.parametrize("text", ["FALSE", "FAUX", "onwaar", "0", "non"])
def test_a_spreadsheets_false_is_false(text: str) -> None:
    assert not parse_yes_or_no(text, when_empty=True)


def test_an_empty_flag_is_what_its_column_takes_for_granted() -> None:
    assert parse_yes_or_no("", when_empty=True)
    assert not parse_yes_or_no("", when_empty=False)
    with pytest.raises(BadCell):
        parse_yes_or_no("maybe", when_empty=True)


def test_the_apostrophe_that_protects_a_code_is_taken_off() -> None:
    assert parse_barcode("'0012345678905") == "0012345678905"
    assert parse_code("'007", length_max=10) == "007"


@pytest.mark.parametrize("text", ["4.00639E+12", "4,00639E+12", "4E+12", "3.76E+012"])
def test_a_barcode_that_a_spreadsheet_rounded_is_refused(text: str) -> None:
    with pytest.raises(BadCell) as bad:
        parse_barcode(text)
    assert bad.value.kind == "barcode_number"


def test_a_code_that_only_looks_like_a_rounded_one_is_kept() -> None:
    assert parse_barcode("4E12") == "4E12"


def test_a_barcode_of_a_whole_paragraph_is_refused() -> None:
    with pytest.raises(BadCell) as bad:
        parse_barcode("7" * 65)
    assert bad.value.kind == "too_long"


@pytest.mark.parametrize("code", ["4006381333931", "96385074", "036000291452"])
def test_a_right_check_digit_is_not_doubted(code: str) -> None:
    assert not has_wrong_check_digit(code)


@pytest.mark.parametrize("code", ["3760123456780", "96385070", "036000291450"])
def test_a_wrong_check_digit_is_noticed(code: str) -> None:
    assert has_wrong_check_digit(code)


@pytest.mark.parametrize("code", ["", "ABC", "12345", "X760123456780"])
def test_a_code_of_ones_own_has_no_check_digit(code: str) -> None:
    assert not has_wrong_check_digit(code)
