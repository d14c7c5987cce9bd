"""What a cashier stumbles over: keys held too long, taps too many, names too long."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from pos.clock import utc_now
from pos.folders import Folders
from pos.settings import Settings
from tests.builders import a_product, a_size, a_till, fill
from tests.ui.looks.painted import lines
from tests.ui.screens.conftest import POSTER, WILDFIRE_L, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from ui.screens.rows import BasketRow, BasketText
from ui.widgets.basket_row import BasketLineRow, lines_of
from ui.widgets.controls import DOUBLE_TAP_S

ENTER = (Qt.Key.Key_Return, "\r")
SHIRT = "1 × T-shirt Wildfire, M, €25.00"


def sell_with_change(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    cashier.type("30")
    cashier.until(lambda: "€30" in cashier.texts(cashier.window.payment))
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.done)


def test_the_change_is_still_to_be_read_after_enter_twice(cashier: Cashier) -> None:
    sell_with_change(cashier)
    cashier.press_key(*ENTER)  # too quick: nobody has seen it yet
    cashier.until_page(cashier.window.checkout)
    assert "Last sale: change to give" in cashier.texts(cashier.window.basket)
    assert "€5.00" in cashier.texts(cashier.window.basket)
    # It stays in another theme, and goes with the first line of the next sale
    first = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not first)
    assert "€5.00" in cashier.texts(cashier.window.basket)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 1)
    assert "€5.00" not in cashier.texts(cashier.window.basket)
    # And no change is no change
    cashier.pay_exactly()
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    assert "Last sale: change to give" not in cashier.texts()


def test_enter_held_down_does_not_run_past_the_change(cashier: Cashier) -> None:
    sell_with_change(cashier)
    for _ in range(5):
        held = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.NoModifier,
            "\r",
            True,  # it repeats by itself
        )
        QApplication.sendEvent(cashier.window.focusWidget(), held)
    assert cashier.window.page is cashier.window.done


def test_one_tap_on_the_last_receipt_prints_nothing(cashier: Cashier) -> None:
    sell_with_change(cashier)
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    cashier.press("Last receipt")
    assert cashier.printed(0) == []
    cashier.until_says("Copy of €25.00?")
    cashier.until(lambda: cashier.window.last_receipt.takes_yes)
    cashier.press("Copy of €25.00?")
    assert len(cashier.printed(1)) == 1
    assert cashier.button("Last receipt").isVisible()


def test_a_double_tap_on_the_last_receipt_is_a_question_and_no_answer(cashier: Cashier) -> None:
    sell_with_change(cashier)
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    key, now = cashier.window.last_receipt, 100.0
    key.clock = lambda: now
    wanted: list[bool] = []
    cashier.window.last_receipt_wanted.connect(lambda: wanted.append(True))
    for _ in range(2):
        cashier.touch(key)
    now += DOUBLE_TAP_S / 2
    cashier.touch(key)
    assert not wanted
    cashier.until_says("Copy of €25.00?")
    now += DOUBLE_TAP_S
    cashier.touch(key)
    assert wanted
    assert len(cashier.printed(1)) == 1


def test_the_question_of_the_last_receipt_goes_away_by_itself(cashier: Cashier) -> None:
    cashier.press("Last receipt")
    cashier.window.last_receipt.stop_asking_soon(1)
    cashier.until_says("Last receipt")


def test_escape_takes_the_question_of_the_last_receipt_back(cashier: Cashier) -> None:
    cashier.type("cap")
    cashier.until(lambda: cashier.search_field().text() == "cap")
    cashier.press_key(Qt.Key.Key_F9)
    cashier.until_says("Make a copy?")
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_says("Last receipt")
    assert cashier.search_field().text() == "cap"  # one step, not two
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until(lambda: cashier.search_field().text() == "")


def test_undo_says_what_it_does_and_outlives_the_language(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.scan(WILDFIRE_L)
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.press("Remove line")
    cashier.until_lines(SHIRT)
    assert cashier.button("Undo: removed T-shirt Wildfire L").isEnabled()
    first = cashier.window
    cashier.press("Language")
    cashier.until(lambda: cashier.window is not first)
    second = cashier.window
    cashier.press("Langue")
    cashier.until(lambda: cashier.window is not second)
    cashier.press("Undo: removed T-shirt Wildfire L")
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.press("Undo: added T-shirt Wildfire L")
    cashier.until_lines(SHIRT)


def test_language_and_theme_are_dead_where_something_is_half_done(cashier: Cashier) -> None:
    names = ("Language", "Day or night", "Settings")
    assert all(cashier.button(name).isEnabled() for name in names)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    assert not any(cashier.button(name).isEnabled() for name in names)
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_page(cashier.window.done)
    assert not any(cashier.button(name).isEnabled() for name in names)
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    assert all(cashier.button(name).isEnabled() for name in names)


def test_a_long_name_has_two_lines_in_the_basket(opens: Opens, stand: Folders) -> None:
    name = "Sweat à capuche officiel du festival de grand air"
    till = a_till(stand.data.parent, now=utc_now)
    long = a_product("hoodie", a_size("M", handle="hoodie", barcodes=("2000000000015",)), name=name)
    fill(till, long, stock=3)
    till.close()
    cashier = opens(stand)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.scan("2000000000015")
    cashier.until(lambda: len(cashier.lines()) == 2)
    rows = [r for r in cashier.window.basket.findChildren(BasketLineRow) if r.isVisible()]
    short, tall = sorted(rows, key=lambda row: row.y())
    assert tall.height() > short.height()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Cap", ("Cap",)),
        ("Hoodie of the festival", ("Hoodie of the", "festival")),
        ("Hoodie of the festival of fresh air and of music", ("Hoodie of the", "festival of…")),
    ],
)
def test_what_does_not_fit_into_two_lines_ends_in_dots(
    qapp: QApplication, text: str, lines: tuple[str, ...]
) -> None:
    assert qapp is not None
    font = QFont("Inter", 16)
    width = QFontMetrics(font).horizontalAdvance("Hoodie of the ")
    made = lines_of(text, font, width)
    assert len(made) == len(lines)
    assert all(QFontMetrics(font).horizontalAdvance(line) <= width for line in made)
    assert made[-1].endswith("…") == lines[-1].endswith("…")


def test_a_key_with_a_price_of_its_own_keeps_it_apart_from_the_count(cashier: Cashier) -> None:
    """15 · 28 € was read as one price."""
    key = cashier.size_key("T-shirt Wildfire · L")
    painted = {line.text: line.box for line in lines(key)}
    assert {"€27.50", "10"} <= set(painted)
    assert painted["€27.50"].right() + 4 < painted["10"].left()


def test_a_till_without_a_printer_says_so_in_words_and_shape(opens: Opens, stand: Folders) -> None:
    cashier = opens(stand, settings=Settings(language="en", sound=False))
    cashier.until_says("No printer")
    assert "Printer ready" not in cashier.texts()
    without = cashier.window.printer.grab().toImage()
    cashier.window.printer.show_state("plain", "No printer")
    assert cashier.window.printer.grab().toImage() != without


def test_escape_goes_back_a_step_from_beside_the_page_too(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    cashier.type("20")
    cashier.until(lambda: "€20" in cashier.texts(cashier.window.payment))
    cashier.window.last_receipt.setFocus(Qt.FocusReason.TabFocusReason)
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until(lambda: "€20" not in cashier.texts(cashier.window.payment))
    assert cashier.window.page is cashier.window.payment
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)


def test_the_stepper_stays_in_sight_when_a_part_is_paid(cashier: Cashier) -> None:
    for code in (WILDFIRE_M, WILDFIRE_L, POSTER):
        cashier.scan(code)
    cashier.until(lambda: len(cashier.lines()) == 3)
    cashier.window.resize(1024, 768)
    cashier.window.basket.setFixedHeight(420)  # as full as with many lines
    cashier.window.basket.show_taken("€20.00")
    key = cashier.button("One more")
    bottom = key.mapTo(cashier.window.basket, key.rect().bottomLeft()).y()
    total = next(b for b in cashier.window.basket.findChildren(QLabel) if b.text() == "€65.00")
    assert bottom < total.mapTo(cashier.window.basket, total.rect().topLeft()).y()


def test_the_list_begins_with_a_whole_line_wherever_one_looks(cashier: Cashier) -> None:
    """Half a line at the top is read as the wrong one."""
    panel = cashier.window.basket
    rows = tuple(BasketRow(f"T-shirt {at}", "M", "1 ×", "€25.00", size="M") for at in range(20))
    panel.show_basket(BasketText(rows=rows, current=19))
    scroll = panel.findChildren(QScrollArea)[0]
    for current in (19, 3, 11, 0, 18, 19):
        panel.show_basket(BasketText(rows=rows, current=current))
        lines = panel.findChildren(BasketLineRow)
        top = scroll.verticalScrollBar().value()
        assert top in {line.y() for line in lines}
        assert lines[current].visibleRegion().boundingRect().height() == lines[current].height()
        assert cashier.button("One more").visibleRegion().boundingRect().height() > 40


def test_what_is_left_to_pay_is_the_big_figure(cashier: Cashier) -> None:
    panel = cashier.window.basket
    labels = {label.text(): label for label in panel.findChildren(QLabel)}
    total = labels["€0.00"]
    panel.show_taken("€20.00", "€25.00")
    rest = next(label for label in panel.findChildren(QLabel) if label.text() == "€25.00")
    assert rest.font().pixelSize() > total.font().pixelSize()
    panel.show_taken("")
    assert total.property("role") == "amount"
    assert not rest.isVisible()
