"""The settings of this machine: each change is checked, written and in force at once. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import msgspec

from pos.settings import Settings
from pos.settings_file import problems_of
from ui.screens.catalogue_choice import CatalogueChoice, CataloguePreview, CatalogueView
from ui.screens.settings import wording

FOLDER = "files"
"""Where receipts become files unless somebody says otherwise, in the folder of receipts."""

# Which field of the page is which of the settings; `problems_of` names the latter.
FIELDS = {
    "kind": "printer.kind",
    "host": "printer.host",
    "port": "printer.port",
    "folder": "printer.folder",
    "columns": "printer.columns",
    "native_qr": "printer.native_qr",
    "drawer": "printer.drawer",
    "receipt_language": "receipt_language",
    "theme": "theme",
    "language": "language",
    "sound": "sound",
}


class SettingsView(CatalogueView, Protocol):
    """What the settings need of their widgets."""

    def show_values(self, values: dict[str, str]) -> None: ...
    def show_problems(self, problems: dict[str, str]) -> None: ...
    def show_test(self, text: str, *, is_good: bool | None) -> None: ...
    def show_scan(self, code: str, details: str) -> None: ...
    def show_calibration(self, text: str, *, can_forget: bool) -> None: ...
    def show_import(self, text: str, *, can_import: bool) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What the settings have done by others."""

    use: Callable[[Settings], None]  # from now on, and at the next start
    print_test_page: Callable[[], None]
    forget_calibration: Callable[[], None]
    preview: Callable[[Path, str], None]
    bring: Callable[[Path, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the till stands."""

    country: str
    automatic: dict[str, str]  # what `auto` means here, by field


class SettingsPresenter:
    """Keeps what is on the page; what cannot be used is said and not written."""

    def __init__(self, view: SettingsView, settings: Settings, hands: Hands, place: Place) -> None:
        self._view, self._hands = view, hands
        self._settings = settings
        self._automatic = place.automatic
        self._values = _values(settings)
        self._problems: dict[str, str] = {}
        self._judged: set[str] = set()  # fields that were left, or tested
        self._is_importing = False
        self.catalogue = CatalogueChoice(self, hands.preview, lambda: place.country)

    def begin(self) -> None:
        """Show everything as it is."""
        self._view.show_values(self._shown())
        self._view.show_problems({})
        self._view.show_test("", is_good=None)
        self._view.show_scan("", wording.scan_anything())
        self._show_calibration()
        self._show_import("")

    def change(self, field: str, text: str) -> None:
        """Take a choice or a finished text; use it if it can be used."""
        self._values[field] = text.strip()
        if self._values["kind"] == "file" and not self._values["folder"]:
            self._values["folder"] = FOLDER
        wanted, self._problems = self._wanted()
        if field == "kind":  # nothing of this printer was typed yet
            self._judged.clear()
        self._judged.add(field)
        self._view.show_values(self._shown())
        self._show_problems()
        if wanted != self._settings:
            self._settings = wanted
            self._view.show_test("", is_good=None)
            self._hands.use(wanted)

    @property
    def typed(self) -> dict[str, str]:
        """Return what stands on the page, usable or not."""
        return dict(self._values)

    def go_on_with(self, typed: dict[str, str]) -> None:
        """Show a printer as it was typed into another window, also one that cannot be used yet."""
        printer = {name for name, setting in FIELDS.items() if setting.startswith("printer.")}
        self._values |= {name: text for name, text in typed.items() if name in printer}
        _, self._problems = self._wanted()
        self._judged |= {name for name in printer if self._values[name]}
        self._view.show_values(self._shown())
        self._show_problems()

    def kept(self, settings: Settings) -> None:
        """Take over what was changed elsewhere, such as by the keys at the foot of the window."""
        self._settings = settings
        self._values["theme"], self._values["language"] = settings.theme, settings.language
        self._view.show_values(self._shown())

    def print_test_page(self) -> None:
        """Print the page, unless what is typed cannot be used."""
        if self._problems:
            self._judged |= set(self._problems)
            self._show_problems()
            return
        self._view.show_test(wording.test_is_on_its_way(), is_good=None)
        self._hands.print_test_page()

    def tested(self, result: str, reason: str) -> None:
        """Say how the test page went, as far as anybody can know."""
        text = wording.test_result(result, reason, self._settings.printer.folder)
        self._view.show_test(text, is_good=result != "failed")

    def scanned(self, text: str, source: str, *, is_barcode: bool) -> None:
        """Show what the scanner sent, and how it was read."""
        self._view.show_scan(text, wording.scan_details(len(text), source, is_barcode=is_barcode))

    def calibrated(self, settings: Settings) -> None:
        """Show that the scanner's keyboard is known."""
        self._settings = settings
        self._show_calibration()

    def calibration_refused(self) -> None:
        """Say that a code taught nothing."""
        self._view.show_scan("", wording.calibration_refused())

    def forget_calibration(self) -> None:
        """Read codes again as they arrive."""
        scanner = msgspec.structs.replace(self._settings.scanner, calibration={})
        self._settings = msgspec.structs.replace(self._settings, scanner=scanner)
        self._hands.forget_calibration()
        self._hands.use(self._settings)
        self._show_calibration()

    # The catalogue -------------------------------------------------------------------------------

    def show_catalogue(self, text: str, sentences: tuple[str, ...], *, is_good: bool) -> None:
        """Show what a file would bring, and offer to import it once it was read."""
        self._view.show_catalogue(text, sentences, is_good=is_good)
        if not self._is_importing:
            self._show_import("")

    def show_book_types(self, questions: tuple[Any, ...]) -> None:
        """Ask how books are taxed."""
        self._view.show_book_types(questions)

    def bring(self) -> None:
        """Import the file that was looked at, once."""
        chosen = self.catalogue.usable
        if chosen is None or self._is_importing:
            return
        self.importing(chosen.path)
        self._hands.bring(chosen.path, self.catalogue.tax_classes)

    def importing(self, path: Path) -> None:
        """Say that a file is being imported."""
        self._is_importing = True
        self._show_import(wording.importing(path.name))

    def refused(self, preview: CataloguePreview) -> None:
        """Say that a file was not imported, and what is wrong with it by now."""
        self._is_importing = False
        self.catalogue.refused(preview)
        self._show_import(wording.not_imported(preview.path.name))

    def brought(self, added: int, changed: int, unchanged: int) -> None:
        """Say what the import did."""
        self._is_importing = False
        self.catalogue.choose(None)
        self._show_import(wording.imported(added, changed, unchanged))

    def not_brought(self, sentence: str) -> None:
        """Say why a file was not imported."""
        self._is_importing = False
        self._show_import(sentence)

    # What is shown -------------------------------------------------------------------------------

    def _show_problems(self) -> None:
        """Say what is wrong with the fields that somebody has left; the others are being typed."""
        shown = {name: text for name, text in self._problems.items() if name in self._judged}
        self._view.show_problems(shown)

    def _show_calibration(self) -> None:
        count = len(self._settings.scanner.calibration)
        self._view.show_calibration(wording.calibration(count), can_forget=count > 0)

    def _show_import(self, text: str) -> None:
        can_import = self.catalogue.usable is not None and not self._is_importing
        self._view.show_import(text, can_import=can_import)

    def _shown(self) -> dict[str, str]:
        automatic = self._automatic
        return {
            name: automatic.get(name, value) if value == "auto" else value
            for name, value in self._values.items()
        }

    def _wanted(self) -> tuple[Settings, dict[str, str]]:
        """Return what of the page can be used, and what is wrong with the rest by field.

        A printer is used as a whole or not at all; it keeps nothing else from being used.
        """
        value, before = self._values, self._settings
        wanted = msgspec.structs.replace(
            before,
            receipt_language=value["receipt_language"],
            theme=value["theme"],
            language=value["language"],
            sound=value["sound"] == "on",
        )
        if not value["port"].isdecimal() or len(value["port"]) > 5:
            return wanted, {"port": wording.field_problem("printer.port", "range")}
        changes: dict[str, Any] = {
            "kind": value["kind"],
            "host": value["host"],
            "port": int(value["port"]),
            "folder": value["folder"],
            "columns": int(value["columns"]),
            "native_qr": value["native_qr"] == "on",
            "drawer": value["drawer"] == "on",
        }
        printer = msgspec.structs.replace(before.printer, **changes)
        complete = msgspec.structs.replace(wanted, printer=printer)
        fields = {name: field for field, name in FIELDS.items()}
        problems = {
            fields[name]: wording.field_problem(name, problem)
            for name, problem in problems_of(complete)
            if name in fields
        }
        return (wanted if problems else complete), problems


def _values(settings: Settings) -> dict[str, str]:
    printer = settings.printer
    return {
        "kind": printer.kind,
        "host": printer.host,
        "port": str(printer.port),
        "folder": printer.folder,
        "columns": str(printer.columns),
        "native_qr": _switch(is_on=printer.native_qr),
        "drawer": _switch(is_on=printer.drawer),
        "receipt_language": settings.receipt_language,
        "theme": settings.theme,
        "language": settings.language,
        "sound": _switch(is_on=settings.sound),
    }


def _switch(*, is_on: bool) -> str:
    return "on" if is_on else "off"
