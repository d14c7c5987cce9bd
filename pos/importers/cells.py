"""What stands in a cell: amounts, quantities, barcodes, yes or no.

A cell that says something else raises `BadCell`; nothing is guessed.
"""

from __future__ import annotations

import re

from pos.domain.text import clean_text
from pos.ids import with_check_digit
from pos.importers.notices import Problem
from pos.money import Currency, Money, minor_digits

AMOUNT_MAX = 10_000_000
"""In whole units of the currency, exclusive: no price at a stand, but a barcode in its column."""

QUANTITY_MAX = 1_000_000
BARCODE_MAX = 64
SKU_MAX = 100

_AMOUNT = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:[ .,'][0-9]{3})+)(?:(?P<mark>[.,])(?P<part>[0-9]+))?"
)
_QUANTITY = re.compile(r"[+-]?[0-9]{1,12}")
_ROUNDED_BARCODE = re.compile(r"[0-9][.,]?[0-9]*[eE]\+[0-9]+")
_EAN_LENGTHS = (8, 12, 13, 14)

# Spreadsheets translate TRUE and FALSE when they save a file again.
_YES = frozenset({"true", "yes", "1", "vrai", "oui", "waar", "ja", "wahr"})
_NO = frozenset({"false", "no", "0", "faux", "non", "onwaar", "nee", "falsch", "nein"})


class BadCell(Exception):
    """A cell does not say what its column is for."""

    def __init__(self, kind: Problem) -> None:
        super().__init__(kind)
        self.kind = kind


def tidy_text(text: str, *, length_max: int) -> str:
    """Return what `clean_text` would, sooner for nearly all cells of a large file."""
    if len(text) <= length_max and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return clean_text(text, length_max=length_max)


def parse_amount(text: str, currency: Currency) -> Money:
    """Return a price as `50`, `50.00`, `50,00`, `1 234.50`, `1,234.50` or `1.234,50` say it.

    `1,234` is 1.234 to one reader and 1234 to another, so it is refused.

    Raises:
        BadCell: it is no amount of this currency.
    """
    digits = minor_digits(currency)
    plain = text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    if plain.startswith(("-", "−")) and _AMOUNT.fullmatch(plain[1:].strip()):
        raise BadCell("negative_amount")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise BadCell("not_an_amount")
    whole, mark, part = found["whole"], found["mark"] or "", found["part"] or ""
    separators = set(re.findall(r"[^0-9]", whole))
    if len(separators) > 1 or (mark and mark in separators):
        raise BadCell("not_an_amount")
    if (mark == "," and len(part) == 3) or (not mark and separators & {",", "."}):
        raise BadCell("ambiguous_amount")
    if len(part) > digits:
        raise BadCell("too_many_decimals")
    units = int("".join(re.findall("[0-9]", whole))[:20])
    if units >= AMOUNT_MAX:
        raise BadCell("too_large")
    return Money(units * 10**digits + int(part.ljust(digits, "0") or "0"), currency)


def parse_quantity(text: str) -> int:
    """Return a whole number of pieces; a shop that oversold has a negative one.

    Raises:
        BadCell: it is no such number.
    """
    if not _QUANTITY.fullmatch(text):
        raise BadCell("not_a_quantity")
    quantity = int(text)
    if abs(quantity) > QUANTITY_MAX:
        raise BadCell("too_large")
    return quantity


def parse_yes_or_no(text: str, *, when_empty: bool) -> bool:
    """Return what a flag says, in the languages of the spreadsheets around us.

    Raises:
        BadCell: it says neither.
    """
    word = text.casefold()
    if not word:
        return when_empty
    if word not in _YES | _NO:
        raise BadCell("not_yes_or_no")
    return word in _YES


def parse_code(text: str, *, length_max: int) -> str:
    """Return an SKU or barcode without the apostrophe that keeps spreadsheets off it.

    Raises:
        BadCell: it is longer than any code.
    """
    code = tidy_text(text.removeprefix("'"), length_max=length_max + 1)
    if len(code) > length_max:
        raise BadCell("too_long")
    return code


def parse_barcode(text: str) -> str:
    """Return a barcode as it is scanned; empty if there is none.

    Raises:
        BadCell: it is longer than any code, or a spreadsheet made a rounded number of it.
    """
    code = parse_code(text, length_max=BARCODE_MAX)
    if _ROUNDED_BARCODE.fullmatch(code):
        raise BadCell("barcode_number")
    return code


def has_wrong_check_digit(barcode: str) -> bool:
    """Say whether a barcode looks like an EAN or UPC whose last digit is wrong (GS1)."""
    if not (barcode.isascii() and barcode.isdecimal() and len(barcode) in _EAN_LENGTHS):
        return False
    return with_check_digit(barcode[:-1]) != barcode
