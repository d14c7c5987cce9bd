"""Sentences of the first start; `ui/wording.py` has those of the other screens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from pos.countries.company_numbers import REGISTRATION_DIGITS, compact
from pos.pins import PIN_DIGITS_MAX, PIN_DIGITS_MIN
from pos.seller_file import MANAGER_CODE_MAX, NAME_MAX, STAND_CODE_MAX, TILL_CODE_MAX
from ui.wording import wording

CODES = {
    "stand_code": STAND_CODE_MAX,
    "till_code": TILL_CODE_MAX,
    "manager_code": MANAGER_CODE_MAX,
}
"""Characters that each code may have."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a field, for a sentence that says what is wrong with it."""

    field: str = ""
    text: str = ""
    country: str = ""


def registration_name(country: str) -> str:
    """Return what a country calls the number of a company."""
    if country == "BE":
        return QCoreApplication.translate("wording", "Enterprise number (BCE/KBO)")
    return "SIRET"


def field_problem(problem: str, typed: Typed | None = None) -> str:
    """Return what is wrong with a field of the set-up; the kinds are those of a seller's file."""
    if typed is not None and (exact := _exactly(problem, typed)):
        return exact
    sentences = {
        "missing": QCoreApplication.translate("wording", "Please fill this in."),
        "empty": QCoreApplication.translate("wording", "Please fill this in."),
        "length": QCoreApplication.translate("wording", "The length is not right."),
        "format": QCoreApplication.translate("wording", "This is not the right format."),
        "check_digit": QCoreApplication.translate(
            "wording", "A digit is wrong: please check the number."
        ),
        "mismatch": QCoreApplication.translate(
            "wording", "This is the VAT number of another company."
        ),
        "conflict": QCoreApplication.translate(
            "wording", "Either a VAT number or a reason why there is none."
        ),
        "zero": QCoreApplication.translate(
            "wording", "0 is the training till: number this one from 1."
        ),
        "weak": QCoreApplication.translate("wording", "Too easy to guess: choose other digits."),
        "differs": QCoreApplication.translate("wording", "The two PINs are not the same."),
    }
    other = QCoreApplication.translate("wording", "This cannot be used here.")
    return sentences.get(problem, other)


def _exactly(problem: str, typed: Typed) -> str:
    """Return how long something is and should be, or how it is written; "" if nobody knows."""
    if typed.field == "vat_number" and problem == "missing":
        return QCoreApplication.translate("wording", "One of the two.")
    if typed.field == "vat_number" and problem in {"format", "length"}:
        return _vat_number(typed.country)
    if typed.field == "registration" and problem in {"format", "length"}:
        return _registration(problem, typed)
    if typed.field == "pin" and problem == "length":
        text = QCoreApplication.translate(
            "wording", "A PIN has {least} to {most} digits; {typed} were typed."
        )
        return text.format(least=PIN_DIGITS_MIN, most=PIN_DIGITS_MAX, typed=len(typed.text))
    if typed.field == "pin" and problem == "format":
        return QCoreApplication.translate("wording", "A PIN has digits only.")
    if problem == "format" and typed.field in CODES:
        return QCoreApplication.translate("wording", "Only letters A to Z, and digits.")
    if problem == "length":
        most = CODES.get(typed.field, NAME_MAX)
        text = QCoreApplication.translate(
            "wording", "At most {most} characters; {typed} were typed."
        )
        return text.format(most=most, typed=len(typed.text))
    return ""


def _registration(problem: str, typed: Typed) -> str:
    name, digits = registration_name(typed.country), REGISTRATION_DIGITS.get(typed.country, 0)
    number = compact(typed.text)
    if problem == "format" and not number.isdigit():
        text = QCoreApplication.translate("wording", "{name} has {count} digits and nothing else.")
    elif problem == "format":
        return QCoreApplication.translate("wording", "It begins with 0 or 1.")
    else:
        text = QCoreApplication.translate(
            "wording", "{name} has {count} digits; {typed} were typed."
        )
    return text.format(name=name, count=digits, typed=len(number))


def _vat_number(country: str) -> str:
    if country == "BE":
        return QCoreApplication.translate("wording", "BE and ten digits, such as BE0123456749.")
    return QCoreApplication.translate(
        "wording", "FR, two characters and nine digits, such as FR11123456782."
    )


def reading_file(name: str) -> str:
    return QCoreApplication.translate("wording", "Reading {file} …").format(file=name)


def file_unreadable(name: str) -> str:
    return QCoreApplication.translate("wording", "{file} cannot be imported.").format(file=name)


def file_brings(products: int, variants: int, bad_rows: int) -> str:
    parts = [wording.tr("%n product(s)", "", products), wording.tr("%n size(s)", "", variants)]
    if bad_rows:
        parts.append(wording.tr("%n bad row(s): correct the file first", "", bad_rows))
    return ", ".join(parts)


def taxed_as_books(rate: float) -> str:
    return QCoreApplication.translate("wording", "Books: {rate} % VAT").format(
        rate=QLocale().toString(rate)
    )


def taxed_as_usual(rate: float) -> str:
    return QCoreApplication.translate("wording", "Usual: {rate} % VAT").format(
        rate=QLocale().toString(rate)
    )


def stand_and_till(name: str, code: str, till: str) -> str:
    return QCoreApplication.translate("wording", "{name} ({code}), till {till}").format(
        name=name, code=code, till=till
    )


def first_receipt(number: str) -> str:
    return QCoreApplication.translate("wording", "First receipt: {number}").format(number=number)


def manager_line(name: str, code: str) -> str:
    return QCoreApplication.translate("wording", "Manager: {name} ({code})").format(
        name=name, code=code
    )


def no_catalogue() -> str:
    return QCoreApplication.translate("wording", "No catalogue yet.")
