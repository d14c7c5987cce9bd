"""The demo's seller: right in form, and nobody."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from pos.domain.facts import Seller
from ui.demo import SELLER, STAND_CODE, STAND_NAME, TAX_CLASSES, TILL_CODE


def _luhn(number: str) -> int:
    """Return the sum that is a multiple of 10 for a valid SIREN or SIRET (ISO/IEC 7812-1)."""
    doubled = (int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled)


def test_the_siret_has_its_check_digits() -> None:
    siret = SELLER["registration"]
    assert len(siret) == 14
    assert _luhn(siret) % 10 == 0
    assert _luhn(siret[:9]) % 10 == 0


def test_nobody_takes_the_siret_for_a_real_one() -> None:
    """Eight digits that count up."""
    assert all(int(b) - int(a) == 1 for a, b in pairwise(SELLER["registration"][:8]))


def test_the_vat_number_has_the_key_of_the_siren() -> None:
    """Key = (12 + 3 x (SIREN mod 97)) mod 97."""
    siren = SELLER["registration"][:9]
    key = (12 + 3 * (int(siren) % 97)) % 97
    assert SELLER["vat_number"] == f"FR{key:02d}{siren}"


def test_the_town_is_in_no_department() -> None:
    """French postcodes begin with 01 to 95, 97 or 98."""
    assert SELLER["address"][-1].startswith("96")


def test_the_seller_is_one_that_a_journal_can_open_with() -> None:
    seller = msgspec.convert(SELLER, Seller)
    assert seller.country == "FR"
    assert seller.address[-1].endswith("Saint-Aubral-sur-Velle")


def test_the_stand_has_a_name_and_codes_that_fit_a_receipt_number() -> None:
    assert STAND_NAME
    assert STAND_CODE.isalnum()
    assert TILL_CODE.isalnum()
    assert TAX_CLASSES == {"Livres": "books"}
