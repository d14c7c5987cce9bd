"""Whether the number of a company, or its VAT number, can be one: form and check digits.

That a number can be one does not say that it was given to anybody.

France: a SIRET is a SIREN (9 digits) and an establishment (5 digits), both with Luhn's check
digit; those of La Poste, which ran out of them, add up to a multiple of five instead.  A VAT
number is `FR`, a key of two characters and the SIREN; a key of digits is (12 + 3 × SIREN) mod 97,
one with a letter is not computed here.

Belgium: an enterprise number has ten digits, begins with 0 or 1, and its last two digits are 97
minus the others mod 97.  A VAT number is `BE` and the enterprise number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

Flaw = Literal["format", "length", "check_digit", "mismatch"]

LA_POSTE = "356000000"
REGISTRATION_DIGITS = {"FR": 14, "BE": 10}

_SEPARATORS = str.maketrans("", "", " .-\u00a0\u202f")
_FRENCH_VAT = re.compile(r"FR([0-9A-HJ-NP-Z]{2})(\d{9})", re.ASCII)


def compact(number: str) -> str:
    """Return a number without the blanks, points and dashes with which people write it."""
    return number.translate(_SEPARATORS).upper()


def flaw_of_registration(country: str, number: str) -> Flaw | None:
    """Return why a compact number cannot be a company's in this country; None if it can."""
    check = _REGISTRATIONS.get(country)
    return check(number) if check else None


def flaw_of_vat_number(country: str, number: str, registration: str) -> Flaw | None:
    """Return why a compact number cannot be the VAT number of this company; None if it can.

    Args:
        country: ISO 3166, two letters; one that is not known here accepts anything.
        number: the VAT number, with its two letters.
        registration: the company's own number, which is part of it; "" if that is in doubt.
    """
    check = _VAT_NUMBERS.get(country)
    return check(number, registration) if check else None


def _siret(number: str) -> Flaw | None:
    if flaw := _not_digits(number, REGISTRATION_DIGITS["FR"]):
        return flaw
    siren = number[:9]
    if siren == "0" * 9 or not _luhn(siren):
        return "check_digit"
    if siren == LA_POSTE and sum(map(int, number)) % 5 == 0:
        return None
    return None if _luhn(number) else "check_digit"


def _enterprise_number(number: str) -> Flaw | None:
    if flaw := _not_digits(number, REGISTRATION_DIGITS["BE"]):
        return flaw
    if number[0] not in "01":
        return "format"
    return None if 97 - int(number[:8]) % 97 == int(number[8:]) else "check_digit"


def _french_vat(number: str, registration: str) -> Flaw | None:
    if (parts := _FRENCH_VAT.fullmatch(number)) is None:
        return "format"
    key, siren = parts.groups()
    if key.isdigit() and int(key) != (12 + 3 * int(siren)) % 97:
        return "check_digit"
    return "mismatch" if registration and registration[:9] != siren else None


def _belgian_vat(number: str, registration: str) -> Flaw | None:
    if not number.startswith("BE"):
        return "format"
    if flaw := _enterprise_number(number[2:]):
        return flaw
    return "mismatch" if registration and registration != number[2:] else None


def _not_digits(number: str, digits: int) -> Flaw | None:
    if not (number.isascii() and number.isdigit()):
        return "format"
    return None if len(number) == digits else "length"


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


_REGISTRATIONS: dict[str, Callable[[str], Flaw | None]] = {
    "FR": _siret,
    "BE": _enterprise_number,
}
_VAT_NUMBERS: dict[str, Callable[[str, str], Flaw | None]] = {
    "FR": _french_vat,
    "BE": _belgian_vat,
}
