"""Sentences of the settings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from pos.errors import PrinterUnavailable
from ui import wording as common
from ui.wording import wording

LAYOUTS = {"us": "QWERTY (US)", "fr": "AZERTY (FR)", "be": "AZERTY (BE)"}


def field_problem(name: str, _problem: str) -> str:
    """Return what is wrong with a field."""
    sentences = {
        "printer.host": QCoreApplication.translate(
            "wording", "Enter the printer's name or address, as its self-test prints it."
        ),
        "printer.port": QCoreApplication.translate("wording", "From 1 to 65535."),
        "printer.folder": QCoreApplication.translate(
            "wording", "Enter the name of a folder for the receipts."
        ),
    }
    return sentences.get(name, QCoreApplication.translate("wording", "This cannot be used here."))


def test_is_on_its_way() -> str:
    return QCoreApplication.translate("wording", "The test page is on its way …")


def test_result(result: str, reason: str, folder: str) -> str:
    """Return how the test page went, as far as a till can know."""
    if result == "failed":
        why = common.sentence(PrinterUnavailable(reason), "")
        text = QCoreApplication.translate("wording", "{why} The test page was not printed.")
        return text.format(why=why)
    if result == "filed":
        text = QCoreApplication.translate("wording", "The test page is a file in {folder}.")
        return text.format(folder=folder)
    if result == "shown":
        return QCoreApplication.translate(
            "wording", "The test page is in a window: no printer is chosen."
        )
    return QCoreApplication.translate(
        "wording", "The printer accepted the test page. Is every character on the paper right?"
    )


def scan_anything() -> str:
    return QCoreApplication.translate("wording", "Scan any code: here it is only shown.")


def scan_details(length: int, source: str, *, is_barcode: bool) -> str:
    """Return how long a scanned code is, and how it was read."""
    parts = [wording.tr("%n character(s)", "", length), _read_as(source)]
    if is_barcode:
        parts.append(QCoreApplication.translate("wording", "check digit right"))
    return ", ".join(parts)


def _read_as(source: str) -> str:
    if source in LAYOUTS:
        text = QCoreApplication.translate("wording", "read as a {layout} keyboard")
        return text.format(layout=LAYOUTS[source])
    if "Caps" in source:
        return QCoreApplication.translate("wording", "Caps Lock undone")
    if source.startswith("calibrated"):
        return QCoreApplication.translate("wording", "read by the calibration")
    return QCoreApplication.translate("wording", "read as it arrived")


def calibration(count: int) -> str:
    if count == 0:
        return QCoreApplication.translate(
            "wording", "Not calibrated; not needed if codes read correctly."
        )
    return QCoreApplication.translate("wording", "The scanner's keyboard was calibrated.")


def calibration_refused() -> str:
    return QCoreApplication.translate(
        "wording", "This calibration code is not valid: nothing was changed."
    )


def importing(name: str) -> str:
    return QCoreApplication.translate(
        "wording", "Importing {file}. Sales can go on meanwhile."
    ).format(file=name)


def imported(added: int, changed: int, unchanged: int) -> str:
    """Return what an import did, in products."""
    count = QLocale().toString
    return QCoreApplication.translate(
        "wording", "Imported: {added} new, {changed} changed, {unchanged} as before."
    ).format(added=count(added), changed=count(changed), unchanged=count(unchanged))


def not_imported(name: str) -> str:
    return QCoreApplication.translate(
        "wording", "{file} was not imported: some of its rows are wrong. Nothing was changed."
    ).format(file=name)
