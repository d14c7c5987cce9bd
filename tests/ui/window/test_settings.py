"""The settings, at the real window: reached by a key, in force at once, kept for the next start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos.folders import Folders
from pos.reports.catalogue import Categories
from pos.settings import PrinterSettings
from pos.settings_file import load_settings
from tests.receipts.fake_tcp_printer import (
    ALL_IS_WELL,
    NO_PAPER,
    FakeTcpPrinter,
    Manners,
    closed_port,
)
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from tests.ui.window.network_printer import words_of
from ui.demo import CATALOGUE
from ui.scanning.calibration import CALIBRATION_TEXT

MANNERS = Manners(statuses=ALL_IS_WELL, confirms=True)


def open_settings(cashier: Cashier) -> None:
    cashier.press_key(Qt.Key.Key_F10)
    cashier.until_page(cashier.window.settings)


def fill_in(cashier: Cashier, name: str, text: str) -> None:
    fields = cashier.window.settings.findChildren(QLineEdit)
    (field,) = [field for field in fields if field.accessibleName() == name]
    field.setText(text)
    field.editingFinished.emit()


def test_the_settings_are_one_key_away_and_back(cashier: Cashier) -> None:
    open_settings(cashier)
    assert not cashier.window.basket.isVisible()
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)
    cashier.press("Settings")
    cashier.until_page(cashier.window.settings)
    cashier.press_key(Qt.Key.Key_F10)
    cashier.until_page(cashier.window.checkout)


def test_a_sale_in_progress_is_not_left_for_the_settings(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")
    cashier.pay()
    cashier.press_key(Qt.Key.Key_F10)
    assert cashier.window.page is cashier.window.payment


def test_a_printer_is_set_up_tested_and_used_at_once(cashier: Cashier) -> None:
    with FakeTcpPrinter(manners=MANNERS) as printer:
        open_settings(cashier)
        cashier.press("Where receipts go, Network printer")
        cashier.press("Test page")
        cashier.until_says("Enter the printer's name or address")
        fill_in(cashier, "Port", str(printer.address[1]))
        fill_in(cashier, "Name or address", "127.0.0.1")
        cashier.press("Test page")
        cashier.until_says("The printer accepted the test page.")
        (page,) = [words_of(job) for job in printer.jobs]
        assert "€ é œ à ç" in page
        cashier.press_key(Qt.Key.Key_Escape)
        cashier.scan(WILDFIRE_M)
        cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")
        cashier.pay_exactly()
        cashier.press("Print")
        cashier.until(lambda: len(printer.jobs) == 2)
        port = printer.address[1]
    kept = load_settings(cashier.folders.settings).printer
    assert (kept.kind, kept.host, kept.port) == ("network", "127.0.0.1", port)


def test_a_test_page_that_does_not_come_says_why(cashier: Cashier) -> None:
    open_settings(cashier)
    _, port = closed_port()
    cashier.press("Where receipts go, Network printer")
    fill_in(cashier, "Port", str(port))
    fill_in(cashier, "Name or address", "127.0.0.1")
    cashier.press("Test page")
    cashier.until_says("The printer is off. The test page was not printed.")
    with FakeTcpPrinter(manners=Manners(statuses=NO_PAPER)) as printer:
        fill_in(cashier, "Port", str(printer.address[1]))
        cashier.press("Test page")
        cashier.until_says("The printer has no paper. The test page was not printed.")


def test_language_and_colours_change_while_the_settings_stay_open(
    opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand)
    open_settings(cashier)
    cashier.press("Language, Français")
    cashier.until_says("Réglages")
    assert cashier.window.page is cashier.window.settings
    cashier.press("Couleurs, Nuit")
    cashier.until(lambda: cashier.app.settings.theme == "night")
    cashier.until_says("Réglages")
    kept = load_settings(stand.settings)
    assert (kept.language, kept.theme) == ("fr", "night")


def test_sound_and_drawer_are_switched_here(cashier: Cashier) -> None:
    open_settings(cashier)
    cashier.press("Sound of a scan, On")
    heard = [cashier.app.sounds.is_on]
    cashier.press("Sound of a scan, Off")
    heard.append(cashier.app.sounds.is_on)
    assert heard == [True, False]
    cashier.press("Cash drawer on the printer, On")
    assert cashier.app.receipts.has_drawer
    assert load_settings(cashier.folders.settings).printer == PrinterSettings(
        kind="file", folder="paper", drawer=True
    )


def test_a_code_is_shown_here_and_not_sold(cashier: Cashier) -> None:
    open_settings(cashier)
    cashier.scan(POSTER)
    cashier.until_says(POSTER)
    assert cashier.window.page is cashier.window.settings
    cashier.press_key(Qt.Key.Key_Escape)
    assert cashier.lines() == []


def test_a_hostile_calibration_is_said_and_an_honest_one_can_be_forgotten(
    cashier: Cashier,
) -> None:
    open_settings(cashier)
    cashier.scan(CALIBRATION_TEXT.translate(str.maketrans("12", "21")))
    cashier.until_says("This calibration code is not valid")
    assert cashier.app.settings.scanner.calibration == {}
    cashier.scan(CALIBRATION_TEXT)
    cashier.until_says("was calibrated")
    cashier.button("Forget the calibration").click()  # may be below the fold
    cashier.until_says("Not calibrated;")
    assert load_settings(cashier.folders.settings).scanner.calibration == {}


def test_a_catalogue_is_imported_while_the_till_sells(cashier: Cashier) -> None:
    open_settings(cashier)
    cashier.window.settings.catalogue_chosen.emit(CATALOGUE)
    cashier.until_says("57 products")
    cashier.button("Livres, Usual: 20 % VAT").click()  # may be below the fold
    cashier.button("Import").click()
    cashier.until(lambda: any("Imported: 57 new" in text for text in cashier.texts()))
    before = cashier.window
    cashier.press_key(Qt.Key.Key_Escape)
    assert cashier.window is before
    names = [category.name for category in cashier.ask(Categories())]
    assert set(names) <= set(cashier.texts(cashier.window.checkout))  # the new ones too
    cashier.until(lambda: len(cashier.tiles()) > 5)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")
