"""A printer that is dead, comes back, or is not there: the sale never waits for it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from zxingcpp import read_barcodes

from pos.clock import utc_now
from pos.folders import Folders
from pos.settings import Settings
from tests.builders import a_till, fill, folders_in
from tests.receipts.fake_tcp_printer import ALL_IS_WELL, NO_PAPER, FakeTcpPrinter, Manners
from tests.ui.screens.conftest import POSTER, WILDFIRE_M, catalogue
from tests.ui.window.cashier import ENGLISH_TO_FILES, LEFT, NONE, Cashier
from tests.ui.window.conftest import Opens
from tests.ui.window.network_printer import behind_a_dead_printer, over_the_network, words_of
from ui.main_window import SMALLEST
from ui.widgets.receipt_sight import ReceiptSight
from ui.widgets.receipt_window import ReceiptWindow

ENTER = (Qt.Key.Key_Return, "\r")
SHIRT = "1 × T-shirt Wildfire, M, €25.00"
MANNERS = Manners(statuses=ALL_IS_WELL, confirms=True)


def test_a_dead_printer_delays_no_sale_and_prints_what_waits_when_it_is_back(
    opens: Opens, stand: Folders
) -> None:
    cashier, port = behind_a_dead_printer(opens, stand)
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
        cashier.until_says("Copy of €12.50?")
        cashier.until(lambda: cashier.window.last_receipt.takes_yes)
        cashier.press("Copy of €12.50?")
        cashier.until(lambda: len(printer.jobs) >= 2)
        cashier.press_last_receipt()
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


def test_without_a_printer_a_receipt_is_shown_on_the_page_and_print_is_not_offered(
    opens: Opens, stand: Folders
) -> None:
    """It takes no key away from the till."""
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    sell(cashier)
    assert "Print" not in cashier.texts()
    cashier.press_key(Qt.Key.Key_P, "p")  # habit
    cashier.until(lambda: cashier.receipt_on_screen() == "GS-1-1-000001")
    assert previews(cashier) == []
    assert not any("printed" in text for text in cashier.texts())
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")


def test_after_a_receipt_the_keys_say_that_another_one_is_a_duplicate(cashier: Cashier) -> None:
    sell(cashier)
    for first in ("Print", "Show"):
        assert cashier.button(first).text() == first
    cashier.press("Print")
    cashier.until_says("Next customer")
    for other in ("Print a duplicate", "Show a duplicate"):
        assert cashier.button(other).text() == other.replace(" ", "\n", 1)
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")
    cashier.pay_exactly()
    assert {"Print", "Show"} <= set(cashier.texts())


def test_with_a_printer_print_is_offered(cashier: Cashier) -> None:
    sell(cashier)
    assert "Print" in cashier.texts()


def test_without_a_printer_the_last_receipt_lies_over_the_tiles_until_escape(
    opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    ask_for_the_last_receipt(cashier)
    (preview,) = previews(cashier)
    assert not preview.isWindow()
    assert cashier.window.rect().contains(preview.geometry())
    basket = cashier.window.basket
    assert preview.geometry().right() < basket.mapTo(cashier.window, QPoint()).x()
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until(lambda: not previews(cashier))
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")


@pytest.mark.parametrize("size", [SMALLEST, (1920, 1080)])
def test_the_last_receipt_covers_the_tiles_and_leaves_the_band_of_the_training_free(
    opens: Opens, stand: Folders, size: tuple[int, int]
) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER, mode="training")
    cashier.window.resize(*size)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay_exactly()
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    press_last_receipt(cashier)
    (sheet,) = previews(cashier)
    cashier.until(lambda: sheet.geometry() == place(cashier, cashier.window.checkout))
    assert not sheet.geometry().intersects(place(cashier, cashier.window.banners))
    # Also when something more is said at the top
    cashier.app.crash.crashed.emit("4F2A99")
    cashier.until(lambda: len(cashier.banners()) == 2)
    cashier.until(lambda: sheet.geometry() == place(cashier, cashier.window.checkout))
    assert not sheet.geometry().intersects(place(cashier, cashier.window.banners))


def place(cashier: Cashier, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(cashier.window, QPoint()), widget.size())


def test_a_finger_beside_the_last_receipt_closes_it(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    cashier.window.resize(1920, 1080)
    ask_for_the_last_receipt(cashier)
    (sheet,) = previews(cashier)
    (sight,) = sheet.findChildren(ReceiptSight)
    cashier.touch(sight.paper)
    assert previews(cashier) == [sheet]
    click(cashier, sight.mapTo(cashier.window, QPoint(5, 5)))
    assert previews(cashier) == []
    press_last_receipt(cashier)
    basket = place(cashier, cashier.window.basket)
    click(cashier, basket.center())
    assert previews(cashier) == []
    # And a key that is touched beside it does what it does
    press_last_receipt(cashier)
    cashier.press("Help")
    cashier.until_page(cashier.window.help)


def click(cashier: Cashier, at: QPoint) -> None:
    QTest.mouseClick(cashier.window.windowHandle(), LEFT, NONE, at)


def test_escape_takes_back_a_receipt_and_a_question_one_by_one(
    opens: Opens, stand: Folders
) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    ask_for_the_last_receipt(cashier)
    cashier.window.activateWindow()
    cashier.until(cashier.window.isActiveWindow)
    cashier.press_key(Qt.Key.Key_F9)
    cashier.until_says("Copy of")
    for _ in range(2):
        cashier.press_key(Qt.Key.Key_Escape, "\x1b")
    cashier.until(lambda: previews(cashier) == [])
    assert "Last receipt" in cashier.texts()


def test_another_page_is_not_hidden_by_a_receipt(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    ask_for_the_last_receipt(cashier)
    cashier.press_key(Qt.Key.Key_F1)
    cashier.until(lambda: cashier.window.shows("help"))
    assert previews(cashier) == []


def test_the_total_and_the_code_are_what_is_seen_of_a_receipt(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER, mode="training")  # says more at the end
    cashier.window.resize(*SMALLEST)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay()
    cashier.press("€50")
    cashier.until_page(cashier.window.done)
    cashier.press("Show")
    cashier.until(lambda: bool(cashier.receipt_on_screen()))
    (sight,) = cashier.window.done.findChildren(ReceiptSight)
    assert the_end_is_seen(sight)
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    press_last_receipt(cashier)
    (sight,) = previews(cashier)[0].findChildren(ReceiptSight)
    assert the_end_is_seen(sight)
    # When somebody has scrolled, the next one is shown at its end all the same
    sight.verticalScrollBar().setValue(0)
    assert not the_end_is_seen(sight)
    press_last_receipt(cashier)
    cashier.until(lambda: the_end_is_seen(sight))


def the_end_is_seen(sight: ReceiptSight) -> bool:
    """Say whether a phone reads the code, and the line above the total is over it."""
    shot = sight.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    size, data = (shot.width(), shot.height()), bytes(shot.constBits())
    picture = Image.frombytes("L", size, data, "raw", "L", shot.bytesPerLine(), 1)
    codes = [code for code in read_barcodes(picture) if code.text.startswith("T1:")]
    paper = sight.paper.geometry()
    left, right = paper.left() + paper.width() // 4, paper.right() - paper.width() // 4
    rows = (picture.crop((left, y, right, y + 1)).tobytes() for y in range(size[1]))
    lines = [y for y, row in enumerate(rows) if max(row) < 230]
    return any(lines and min(lines) < code.position.top_left.y for code in codes)


def test_a_printer_that_is_off_is_not_said_to_print(opens: Opens, stand: Folders) -> None:
    cashier, _ = behind_a_dead_printer(opens, stand)
    sell(cashier)
    cashier.press("Print")
    cashier.until_says("Receipt GS-1-1-000001 waits: the printer does not print now.")
    assert not any("is being printed" in text for text in cashier.texts())


def test_receipts_that_were_not_printed_are_told_at_the_next_start(
    opens: Opens, stand: Folders
) -> None:
    cashier, _ = behind_a_dead_printer(opens, stand)
    sell(cashier)
    cashier.press("Print")
    cashier.until_says("1 waiting")
    cashier.close()
    again = opens(stand)
    assert again.banners() == (
        "Not printed when the till was closed: GS-1-1-000001. F9 prints the last.",
    )
    again.press_last_receipt()
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


WITHOUT_A_PRINTER = Settings(language="en", sound=False)


def previews(cashier: Cashier) -> list[ReceiptWindow]:
    windows = cashier.window.findChildren(ReceiptWindow)
    return [w for w in windows if w.isVisible() and has_picture(w)]


def ask_for_the_last_receipt(cashier: Cashier) -> None:
    sell(cashier)
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    press_last_receipt(cashier)
    cashier.until(lambda: bool(previews(cashier)))


def press_last_receipt(cashier: Cashier) -> None:
    cashier.press_last_receipt()
    cashier.until(lambda: bool(previews(cashier)))


def has_picture(window: ReceiptWindow) -> bool:
    return any(not label.pixmap().isNull() for label in window.findChildren(QLabel))


def sell(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()


def test_on_a_high_screen_the_whole_receipt_is_seen(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=WITHOUT_A_PRINTER)
    cashier.window.resize(1920, 1080)
    sell(cashier)
    cashier.press("Show")
    cashier.until(lambda: bool(cashier.receipt_on_screen()))
    bar = cashier.window.done.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.maximum() == 0
