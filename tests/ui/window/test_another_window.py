"""A window that is built anew, and a catalogue that comes, lose nothing of what was begun."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt

from pos.errors import StorageUnavailable
from pos.reports import sales
from pos.reports.sales import SavedBasket
from pos.settings_file import load_settings
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.test_settings import open_settings
from ui.demo import CATALOGUE

SHIRT = "1 × T-shirt Wildfire, M, €25.00"
POSTER_LINE = "1 × Affiche de l’été, , €12.50"


def another_theme(cashier: Cashier) -> None:
    """Press the key at the foot; the new window is not there yet."""
    cashier.press("Day or night")


@contextmanager
def busy_till(cashier: Cashier) -> Iterator[None]:
    """Let the till answer nothing meanwhile, so that the new window is not there yet."""
    may_answer = threading.Event()
    cashier.app.bridge.call(lambda _till: may_answer.wait(20))
    try:
        yield
    finally:
        may_answer.set()


def begin_import(cashier: Cashier) -> None:
    open_settings(cashier)
    cashier.window.settings.catalogue_chosen.emit(CATALOGUE)
    cashier.until_says("57 products")
    cashier.button("Import").click()


def test_what_is_scanned_before_the_new_window_is_there_comes_along(cashier: Cashier) -> None:
    old = cashier.window
    with busy_till(cashier):
        another_theme(cashier)
        cashier.scan(WILDFIRE_M)
        assert cashier.window is old
    cashier.until(lambda: cashier.window is not old)
    cashier.until_lines(SHIRT)
    saved = cashier.ask(SavedBasket())
    assert saved is not None
    assert len(saved.lines) == 1


def test_the_scanner_is_heard_through_one_change_of_theme_after_another(cashier: Cashier) -> None:
    old = cashier.window
    with busy_till(cashier):
        another_theme(cashier)
        another_theme(cashier)
        cashier.scan(WILDFIRE_M)
    cashier.until(lambda: cashier.window is not old)
    cashier.scan(POSTER)
    cashier.until_lines(SHIRT, POSTER_LINE)


def test_the_looks_can_still_be_changed_after_the_till_was_let_go_in_that_moment(
    cashier: Cashier,
) -> None:
    first = cashier.window
    first.theme_wanted.emit()
    cashier.app.syncing.new_journal_wanted.emit()
    cashier.until(lambda: cashier.window is not first)
    cashier.until_page(cashier.window.checkout)
    second = cashier.window
    another_theme(cashier)
    cashier.until(lambda: cashier.window is not second)
    assert cashier.crashes == []


def test_a_typed_quantity_is_for_the_scan_that_came_after_it(cashier: Cashier) -> None:
    old = cashier.window
    with busy_till(cashier):
        cashier.type("3")
        another_theme(cashier)
        cashier.scan(WILDFIRE_M)
        cashier.type("2")
    cashier.until(lambda: cashier.window is not old)
    cashier.until_says("2 ×")
    cashier.scan(POSTER)
    cashier.until_lines(
        "3 × T-shirt Wildfire, M · €25.00 each, €75.00", "2 × Affiche de l’été, €12.50 each, €25.00"
    )


def test_a_new_window_finds_what_was_looked_for(cashier: Cashier) -> None:
    cashier.press("Affiches")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    cashier.press_key(Qt.Key.Key_F2)
    cashier.type("ete")
    old = cashier.window
    another_theme(cashier)
    cashier.until(lambda: cashier.window is not old)
    assert cashier.search_field().text() == "ete"
    cashier.until(lambda: len(cashier.tiles()) == 1)


def test_the_end_of_an_import_leaves_everything_where_it_is(cashier: Cashier) -> None:
    begin_import(cashier)
    cashier.press_key(Qt.Key.Key_Escape)
    window = cashier.window
    cashier.press("Affiches")
    cashier.type("3")
    # When it ends in front of the person who sells
    imports = cashier.app.imports
    assert imports is not None
    cashier.until(lambda: imports.running is None)
    cashier.scan(WILDFIRE_M)
    # Then the scan finds its quantity, and the category is still chosen
    cashier.until_lines("3 × T-shirt Wildfire, M · €25.00 each, €75.00")
    assert cashier.window is window
    assert cashier.button("Affiches").isChecked()


def test_an_import_outlives_the_window_in_which_it_was_begun(cashier: Cashier) -> None:
    begin_import(cashier)
    old = cashier.window
    another_theme(cashier)
    cashier.until(lambda: cashier.window is not old)
    cashier.until_says("Imported: 57 new")


def test_while_an_import_goes_on_no_window_begins_another(cashier: Cashier) -> None:
    begin_import(cashier)
    old = cashier.window
    another_theme(cashier)
    cashier.until(lambda: cashier.window is not old)
    imports = cashier.app.imports
    assert imports is not None
    if imports.running is not None:
        cashier.until_says("Importing")
    cashier.until_says("Imported: 57 new")


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_file_that_changed_after_it_was_chosen_is_not_said_to_be_imported(
    cashier: Cashier, is_gone: bool
) -> None:
    file = cashier.folders.data / "products.csv"
    file.write_bytes(CATALOGUE.read_bytes())
    open_settings(cashier)
    cashier.window.settings.catalogue_chosen.emit(file)
    cashier.until_says("57 products")
    if is_gone:
        file.unlink()
    else:
        lines = file.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        wrong = [lines[0], *(line.replace("25.00", "abc") for line in lines[1:])]
        file.write_text("".join(wrong), encoding="utf-8")
    cashier.button("Import").click()
    if is_gone:
        cashier.until_says("products.csv: there is no such file")
    else:
        cashier.until_says("products.csv was not imported: some of its rows are wrong.")
    assert not any(text.startswith(("Imported:", "Importing")) for text in cashier.texts())


def test_a_printer_that_is_half_typed_comes_along_and_the_colours_are_kept(
    cashier: Cashier,
) -> None:
    open_settings(cashier)
    cashier.press("Where receipts go, Network printer")
    old = cashier.window
    cashier.press("Colours, Night")
    # When somebody changes his mind at the foot, and then something else on the old page
    cashier.until(lambda: cashier.window is not old)
    another_theme(cashier)
    cashier.press("Sound of a scan, On")
    cashier.press("Test page")
    cashier.until_says("Enter the printer's name or address")
    kept = load_settings(cashier.folders.settings)
    assert (kept.theme, kept.sound, kept.printer.kind) == ("day", True, "file")


def refuse(*_asked: object) -> None:
    raise StorageUnavailable(reason="SQLITE_IOERR_READ")


def test_a_disk_that_cannot_be_read_keeps_nobody_from_another_theme_and_from_scanning(
    cashier: Cashier, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    old = cashier.window
    monkeypatch.setattr(sales, "saved_basket", refuse)
    another_theme(cashier)
    cashier.until(lambda: cashier.window is not old)
    cashier.scan(POSTER)
    cashier.until_lines(SHIRT, POSTER_LINE)


@pytest.mark.parametrize("ways_back", [["Escape"], ["F5", "Escape"]], ids=["gave up", "paid"])
def test_who_goes_on_to_pay_has_the_new_looks_at_the_next_checkout(
    cashier: Cashier, ways_back: list[str]
) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    old = cashier.window
    with busy_till(cashier):
        cashier.press("Language")
        cashier.pay()
    cashier.ask(SavedBasket())
    assert cashier.window is old
    if "F5" in ways_back:
        cashier.press_key(Qt.Key.Key_F5)
        cashier.until_page(old.done)
        assert cashier.window is old
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until(lambda: cashier.window is not old)
    cashier.until_says("Encaisser")
    cashier.scan(POSTER)
    poster = "1 × Affiche de l’été"
    cashier.until(lambda: bool(cashier.lines()) and cashier.lines()[-1].startswith(poster))
    assert len(cashier.lines()) == 3 - len(ways_back)
