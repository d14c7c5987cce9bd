from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.countries.company_numbers import (
    LA_POSTE,
    compact,
    flaw_of_registration,
    flaw_of_vat_number,
)

SIRET = "12345678200010"
ENTERPRISE = "0123456749"


@pytest.mark.parametrize(
    "number",
    [
        SIRET,
        "73282932000074",  # the usual worked example of Luhn's check
        "35600000000048",  # La Poste's seat, which has a check digit
        "35600000000010",  # a post office, which has none, but 3+5+6+1 is a multiple of five
    ],
)
def test_a_siret_is_accepted(number: str) -> None:
    assert flaw_of_registration("FR", number) is None


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("12345678200011", "check_digit"),
        ("12345678300019", "check_digit"),  # the SIREN's own digit
        ("35600000000011", "check_digit"),
        ("00000000000000", "check_digit"),
        ("1234567820001", "length"),
        ("123456782", "length"),  # a SIREN is not a SIRET
        ("1234567820001O", "format"),
        ("١٢٣٤٥٦٧٨٢٠٠٠١٠", "format"),
    ],
)
def test_a_wrong_siret_is_named_for_its_reason(number: str, flaw: str) -> None:
    assert flaw_of_registration("FR", number) == flaw


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        (ENTERPRISE, None),
        ("1000000021", None),  # numbers with a 1 are given since the zeros ran out
        ("0123456748", "check_digit"),
        ("123456749", "length"),  # as written before 2005
        ("2123456749", "format"),
        ("O123456749", "format"),
    ],
)
def test_an_enterprise_number_is_checked_modulo_97(number: str, flaw: str | None) -> None:
    assert flaw_of_registration("BE", number) == flaw


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_of_a_siret_is_always_found(place: int, by: int) -> None:
    digit = (int(SIRET[place]) + by) % 10
    wrong = f"{SIRET[:place]}{digit}{SIRET[place + 1 :]}"
    assert not wrong.startswith(LA_POSTE)
    assert flaw_of_registration("FR", wrong) == "check_digit"


@pytest.mark.parametrize(
    ("country", "number", "registration", "flaw"),
    [
        ("FR", "FR11123456782", SIRET, None),
        ("FR", "FR11123456782", "", None),
        ("FR", "FRK7123456782", SIRET, None),  # keys with a letter are not computed
        ("FR", "FR12123456782", SIRET, "check_digit"),
        ("FR", "FR44732829320", SIRET, "mismatch"),
        ("FR", "FR44732829320", "73282932000074", None),
        ("FR", "11123456782", SIRET, "format"),
        ("FR", "FRO1123456782", SIRET, "format"),  # no letter O, it looks like a zero
        ("FR", "BE0123456749", SIRET, "format"),
        ("BE", "BE0123456749", ENTERPRISE, None),
        ("BE", "BE0123456749", "", None),
        ("BE", "BE1000000021", ENTERPRISE, "mismatch"),
        ("BE", "BE0123456748", ENTERPRISE, "check_digit"),
        ("BE", "BE123456749", ENTERPRISE, "length"),
        ("BE", "0123456749", ENTERPRISE, "format"),
        ("DE", "DE123456789", "HRB 1", None),
    ],
)
def test_a_vat_number_belongs_to_its_company(
    country: str, number: str, registration: str, flaw: str | None
) -> None:
    assert flaw_of_vat_number(country, number, registration) == flaw


def test_a_country_that_is_not_known_accepts_any_number() -> None:
    assert flaw_of_registration("DE", "HRB 1") is None


def test_numbers_are_written_with_blanks_and_points() -> None:
    assert compact("123 456 782 00010") == SIRET
    assert compact("be 0123.456.749") == "BE0123456749"
