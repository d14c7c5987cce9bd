"""A printer that is dead, comes back, or is a window: the sale never waits for it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from pos.clock import utc_now
from pos.folders import Folders
from pos.settings import PrinterSettings, Settings
from tests.builders import a_till, fill, folders_in
from tests.receipts.escpos_interpreter import EscposPrinter, PrintedLine
from tests.receipts.fake_tcp_printer import (
    ALL_IS_WELL,
    NO_PAPER,
    FakeTcpPrinter,
    Manners,
    closed_port,
)
from tests.ui.screens.conftest import POSTER, WILDFIRE_M, catalogue
from tests.ui.window.cashier import ENGLISH_TO_FILES, Cashier
from tests.ui.window.conftest import Opens
from ui.widgets.receipt_window import ReceiptWindow

SHIRT = "1 × T-shirt Wildfire, M, €25.00"
MANNERS = Manners(statuses=ALL_IS_WELL, confirms=True)


def over_the_network(port: int, *, drawer: bool = False) -> Settings:
    printer = PrinterSettings(
        kind="network", host="127.0.0.1", port=port, drawer=drawer, connect_timeout_s=0.5
    )
    return Settings(language="en", sound=False, printer=printer)


def words_of(job: bytes) -> str:
    printed = EscposPrinter().take(job)
    return "\n".join(row.text for row in printed if isinstance(row, PrintedLine))


def test_a_dead_printer_delays_no_sale_and_prints_what_waits_when_it_is_back(
    opens: Opens, stand: Folders
) -> None:
    # Given a printer that is switched off
    _, port = closed_port()
    cashier = opens(stand, settings=over_the_network(port))
    cashier.until_says("The printer is off.")
    # When a customer wants a receipt all the same
    sell(cashier)
    cashier.press("Print")
    cashier.until_says("1 waiting")
    # Then the next customer is served at once
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")
    cashier.pay_exactly()
    # And when it is back, what waits is printed, and the last receipt as often as it is wanted
    with FakeTcpPrinter(manners=MANNERS, port=port) as printer:
        cashier.touch(cashier.window.printer)
        cashier.until_says("Printer ready")
        cashier.press("Print")
        cashier.press("Last receipt")
        cashier.press("Print it again?")
        cashier.until(lambda: len(printer.jobs) >= 2)
        cashier.press_key(Qt.Key.Key_F9)
        cashier.press_key(Qt.Key.Key_F9)
        cashier.until(lambda: len(printer.jobs) >= 3)
        cashier.close()
    jobs = [words_of(job) for job in printer.jobs]
    assert "GS-1-1-000001" in jobs[0]
    assert "DUPLICATA" not in jobs[0]
    assert "GS-1-1-000002" in jobs[1]
    assert "DUPLICATA" not in jobs[1]
    assert "GS-1-1-000002" in jobs[2]
    assert "DUPLICATA" in jobs[2]


def test_a_printer_without_paper_says_so_on_its_light(opens: Opens, stand: Folders) -> None:
    with FakeTcpPrinter(manners=Manners(statuses=NO_PAPER)) as printer:
        cashier = opens(stand, settings=over_the_network(printer.address[1]))
        cashier.until_says("no paper")
        sell(cashier)
        cashier.close()


def test_the_drawer_opens_for_cash_and_stays_shut_for_a_card(opens: Opens, stand: Folders) -> None:
    with FakeTcpPrinter(manners=MANNERS) as printer:
        cashier = opens(stand, settings=over_the_network(printer.address[1], drawer=True))
        cashier.scan(WILDFIRE_M)
        cashier.until_lines(SHIRT)
        cashier.pay()
        cashier.press("Card")
        cashier.press("It is paid")
        cashier.until_page(cashier.window.done)
        cashier.scan(WILDFIRE_M)
        cashier.until_lines(SHIRT)
        cashier.pay_exactly()
        cashier.until(lambda: len(printer.jobs) == 1)
        cashier.close()
        (job,) = printer.jobs
    assert b"\x1bp" in job


def test_without_a_printer_the_receipt_is_a_window(opens: Opens, stand: Folders) -> None:
    """It takes no key away from the till."""
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    sell(cashier)
    cashier.press("Print")
    cashier.until(lambda: bool(preview_title()))
    assert "GS-1-1-000001" in preview_title()
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")


def test_the_receipt_window_fits_the_screen_and_leaves_the_keyboard_to_the_till(
    opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    sell(cashier)
    cashier.press("Print")
    cashier.until(lambda: bool(previews()))
    (preview,) = previews()
    screen = preview.screen().availableGeometry()
    assert preview.height() <= 0.9 * screen.height()
    assert screen.contains(preview.geometry())
    # The offscreen platform activates whatever is shown; window systems heed these.
    assert preview.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert preview.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until(lambda: not previews())
    assert cashier.window.page is cashier.window.done  # the first Escape was for the receipt


def test_a_new_receipt_is_shown_from_its_first_line(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    sell(cashier)
    cashier.press("Print")
    cashier.until(lambda: bool(previews()))
    bar = previews()[0].findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    cashier.press_key(Qt.Key.Key_F9)
    cashier.press_key(Qt.Key.Key_F9)
    cashier.until(lambda: bar.value() == 0)


def test_receipts_that_were_not_printed_are_told_at_the_next_start(
    opens: Opens, stand: Folders
) -> None:
    _, port = closed_port()
    cashier = opens(stand, settings=over_the_network(port))
    cashier.until_says("The printer is off.")
    sell(cashier)
    cashier.press("Print")
    cashier.until_says("1 waiting")
    cashier.close()
    again = opens(stand)
    assert again.banners() == (
        "Not printed when the till was closed: GS-1-1-000001. F9 prints the last.",
    )
    again.press_key(Qt.Key.Key_F9)
    again.press_key(Qt.Key.Key_F9)
    (receipt,) = again.printed()
    assert "DUPLICATA" in receipt  # the first issue is on record, paper or not
    again.close()
    assert opens(stand).banners() == ()


def test_a_belgian_stand_prints_in_the_language_it_has_chosen(opens: Opens, tmp_path: Path) -> None:
    till = a_till(tmp_path, "BE", now=utc_now)
    fill(till, *catalogue(), stock=10)
    till.close()
    settings = msgspec.structs.replace(ENGLISH_TO_FILES, receipt_language="nl")
    cashier = opens(folders_in(tmp_path), settings=settings)
    sell(cashier)
    cashier.press("Print")
    (receipt,) = cashier.printed()
    assert "Kassaticket" in receipt
    assert "Ticket de caisse" not in receipt


def previews() -> list[ReceiptWindow]:
    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReceiptWindow)]
    return [w for w in windows if w.isVisible() and has_picture(w)]


def preview_title() -> str:
    shown = previews()
    return shown[0].windowTitle() if shown else ""


def has_picture(window: ReceiptWindow) -> bool:
    return any(not label.pixmap().isNull() for label in window.findChildren(QLabel))


def sell(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
