"""Sentences of the first start; `ui/wording.py` has those of the other screens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from ui.wording import wording


def field_problem(problem: str) -> str:
    """Return what is wrong with a field of the set-up; the kinds are those of a seller's file."""
    sentences = {
        "missing": QCoreApplication.translate("wording", "Something has to stand here."),
        "empty": QCoreApplication.translate("wording", "Something has to stand here."),
        "length": QCoreApplication.translate("wording", "This has not the right length."),
        "format": QCoreApplication.translate("wording", "This is not written like that."),
        "check_digit": QCoreApplication.translate(
            "wording", "A digit is wrong: the check digits do not fit."
        ),
        "mismatch": QCoreApplication.translate(
            "wording", "This is the VAT number of another company."
        ),
        "conflict": QCoreApplication.translate(
            "wording", "Either a VAT number or a reason why there is none."
        ),
        "differs": QCoreApplication.translate("wording", "The two PINs are not the same."),
    }
    other = QCoreApplication.translate("wording", "This does not fit here.")
    return sentences.get(problem, other)


def reading_file(name: str) -> str:
    return QCoreApplication.translate("wording", "Reading {file} …").format(file=name)


def file_unreadable(name: str) -> str:
    return QCoreApplication.translate("wording", "{file} cannot be imported.").format(file=name)


def file_brings(products: int, variants: int, bad_rows: int) -> str:
    parts = [wording.tr("%n product(s)", "", products), wording.tr("%n size(s)", "", variants)]
    if bad_rows:
        parts.append(wording.tr("%n bad row(s): mend the file first", "", bad_rows))
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
