"""Sales through the window: scans, presses and keys, from one customer to the next."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pos.clock import utc_now
from pos.folders import Folders
from pos.reports.sales import FindLastSale, SavedBasket
from pos.settings import PrinterSettings, Settings
from tests.builders import a_product, a_size, a_till, fill
from tests.ui.screens.conftest import CAP, PIN, POSTER, WILDFIRE_L, WILDFIRE_M
from tests.ui.window.cashier import ENGLISH_TO_FILES, Cashier
from tests.ui.window.conftest import Opens
from ui.widgets.banner import BannerText
from ui.widgets.controls import DOUBLE_TAP_S

ENTER = (Qt.Key.Key_Return, "\r")
SHIRT = "1 × T-shirt Wildfire, M, €25.00"


def last_sale(cashier: Cashier) -> dict[str, int]:
    """Return the lines of the last sale: what and how many."""
    record = cashier.ask(FindLastSale())
    assert record is not None
    return {" ".join((line.label, *line.options)): line.quantity for line in record.sale.lines}


def test_the_till_opens_on_the_checkout_with_an_empty_basket(cashier: Cashier) -> None:
    assert cashier.window.page is cashier.window.checkout
    assert cashier.lines() == []
    assert cashier.banners() == ()
    assert not cashier.button("Pay").isEnabled()
    cashier.until_says("Printer ready")


def test_two_customers_in_a_row(cashier: Cashier) -> None:
    """The next scan starts the next sale; nobody gets a receipt unasked."""
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")
    assert cashier.window.page is cashier.window.checkout
    assert last_sale(cashier) == {"T-shirt Wildfire M": 1}
    cashier.pay_exactly()
    assert last_sale(cashier) == {"Affiche de l’été": 1}
    assert cashier.printed(0) == []


def test_enter_means_no_receipt(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    assert cashier.lines() == []
    assert cashier.printed(0) == []


def test_scan_two_scan_two_is_two_and_two(cashier: Cashier) -> None:
    cashier.type("2")
    cashier.scan(WILDFIRE_M)
    cashier.type("2")
    cashier.scan(POSTER)
    cashier.until_lines(
        "2 × T-shirt Wildfire, M · €25.00 each, €50.00",
        "2 × Affiche de l’été, €12.50 each, €25.00",
    )


def test_ten_scans_in_a_burst_are_ten_pieces(cashier: Cashier) -> None:
    for _ in range(10):
        cashier.scan(WILDFIRE_M)
    cashier.until_lines("10 × T-shirt Wildfire, M · €25.00 each, €250.00")


def test_a_scan_into_the_search_field_leaves_its_text_alone(cashier: Cashier) -> None:
    cashier.press_key(Qt.Key.Key_F2)
    cashier.until(cashier.search_field().hasFocus)
    cashier.type("pin")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    assert cashier.search_field().text() == "pin"
    assert len(cashier.tiles()) == 1


def test_enter_in_the_search_adds_the_only_size(cashier: Cashier) -> None:
    cashier.type("affiche")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    cashier.press_key(*ENTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")
    assert cashier.search_field().text() == ""


def test_an_unknown_code_is_told_over_the_page_and_goes_away(cashier: Cashier) -> None:
    cashier.scan("4006381333931")
    cashier.until(lambda: "4006381333931" in cashier.notice())
    cashier.press("Close")
    assert cashier.notice() == ""


GONE = "1 × Casquette, , €19.00, none left"


def test_a_dead_key_asks_on_itself_and_the_second_press_sells(cashier: Cashier) -> None:
    key = cashier.size_key("Casquette")
    assert key.is_sold_out
    cashier.touch(key)
    assert cashier.lines() == []
    cashier.until(lambda: key.takes_yes)
    cashier.touch(key)
    cashier.until_lines(GONE)


def test_a_double_tap_on_a_dead_key_asks_and_does_not_sell(cashier: Cashier) -> None:
    """A finger that trembles is no answer."""
    key, now = cashier.size_key("Casquette"), 100.0
    key.clock = lambda: now
    for _ in range(2):
        cashier.touch(key)
    assert [key.takes_yes, cashier.lines()] == [False, []]
    now += DOUBLE_TAP_S
    assert [key.takes_yes, cashier.lines()] == [True, []]
    cashier.touch(key)
    cashier.until_lines(GONE)


def test_a_sold_out_scan_is_in_the_basket_and_can_be_taken_out(cashier: Cashier) -> None:
    cashier.scan(CAP)
    cashier.until_lines(GONE)
    assert "Casquette" in cashier.notice()
    cashier.press("Take out")
    cashier.until_lines()
    assert cashier.notice() == ""


def test_a_sold_out_scan_is_paid_like_any_other(cashier: Cashier) -> None:
    cashier.scan(CAP)
    cashier.until_lines(GONE)
    cashier.press("Close")
    cashier.pay_exactly()
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert [line.oversold for line in record.sale.lines] == [True]


def test_nobody_pays_before_a_large_number_is_answered(cashier: Cashier) -> None:
    cashier.type("45")
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: "45 ×" in cashier.notice())
    cashier.scan("4006381333931")
    cashier.until(lambda: "4006381333931" in cashier.notice())
    cashier.scan(WILDFIRE_L)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.press("Pay")
    assert cashier.window.page is cashier.window.checkout
    cashier.press("Add 45")
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.pay()


def test_a_typed_quantity_is_dropped_after_a_while(cashier: Cashier) -> None:
    cashier.window.basket.quantity_lasts(500)
    cashier.type("3")
    cashier.until_says("3 ×")
    cashier.until(lambda: "3 ×" not in cashier.texts())
    cashier.scan(WILDFIRE_M)
    cashier.until_lines("1 × T-shirt Wildfire, M, €25.00")


def test_the_stepper_and_undo(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.press("One more")
    cashier.press("One more")
    cashier.press("One less")
    cashier.until_lines("2 × T-shirt Wildfire, M · €25.00 each, €50.00")
    cashier.press("Remove line")
    cashier.until_lines()
    cashier.press("Undo: removed 2 × T-shirt Wildfire M")
    cashier.until_lines("2 × T-shirt Wildfire, M · €25.00 each, €50.00")


def test_everything_goes_without_a_mouse(cashier: Cashier) -> None:
    """Product rule 8: search, choose, count, pay, next."""
    cashier.type("wildfire")
    cashier.until(lambda: len(cashier.tiles()) == 1)
    cashier.press_key(Qt.Key.Key_Down)
    cashier.until(lambda: cashier.size_key("T-shirt Wildfire · S").hasFocus())
    cashier.press_key(Qt.Key.Key_Right)
    cashier.until(lambda: cashier.size_key("T-shirt Wildfire · M").hasFocus())
    cashier.press_key(*ENTER)
    cashier.until_lines(SHIRT)
    cashier.press_key(Qt.Key.Key_F12)
    cashier.until_page(cashier.window.payment)
    cashier.type("30")
    cashier.until(lambda: "€30" in cashier.texts(cashier.window.payment))
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.done)
    cashier.until_says("€5.00")
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)


def test_a_scan_during_payment_is_added_and_due(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    cashier.type("2")  # a half-typed amount stays what it was
    cashier.scan(PIN)
    cashier.until_lines(SHIRT, "1 × Pin’s, , €3.02")
    cashier.until_says("€28.02")
    assert cashier.window.page is cashier.window.payment
    assert "€2" in cashier.texts(cashier.window.payment)
    assert not cashier.button("Pay").isEnabled()
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_page(cashier.window.done)
    assert last_sale(cashier) == {"T-shirt Wildfire M": 1, "Pin’s": 1}


def test_a_scan_into_the_authorisation_number_is_an_article(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    cashier.press("Card")
    cashier.until_says("It is paid")
    cashier.scan(POSTER)
    cashier.until_lines(SHIRT, "1 × Affiche de l’été, , €12.50")
    assert cashier.window.page is cashier.window.payment
    cashier.press("It is paid")
    cashier.until_says("€12.50")
    assert cashier.window.page is cashier.window.payment


def test_a_card_a_refusal_and_the_card_again(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    cashier.press("Card")
    cashier.press("Refused or cancelled")
    cashier.press("Card")
    cashier.press_key(*ENTER)  # the confirming key has the focus
    cashier.until_page(cashier.window.done)
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert [tender.method for tender in record.sale.tenders] == ["card"]


def test_a_double_press_of_a_quick_key_sells_once(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay()
    exactly = cashier.button("€25")
    cashier.touch(exactly)
    if exactly.isVisible() and exactly.isEnabled():
        cashier.touch(exactly)
    cashier.until_page(cashier.window.done)
    record = cashier.ask(FindLastSale())
    assert record is not None
    assert record.sale.number == 1
    assert len(record.sale.tenders) == 1


def test_a_paid_basket_cannot_be_changed_any_more(cashier: Cashier) -> None:
    """Neither by a press, nor by a key, nor by what the till says of its stock afterwards."""
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.ask(SavedBasket())  # the levels have arrived by now
    assert not cashier.button("Undo: added T-shirt Wildfire M").isEnabled()
    assert not cashier.button("Pay").isEnabled()
    assert not [b for b in panel_buttons(cashier) if b.isEnabled() and b.isVisible()]
    cashier.press_key(Qt.Key.Key_Z, "\x1a", Qt.KeyboardModifier.ControlModifier)
    cashier.press_key(Qt.Key.Key_Delete)
    cashier.ask(SavedBasket())
    assert cashier.lines() == [SHIRT]
    assert cashier.ask(SavedBasket()) is None


def panel_buttons(cashier: Cashier) -> list[QPushButton]:
    return cashier.window.basket.findChildren(QPushButton)


def test_what_was_sold_is_no_longer_on_its_key(cashier: Cashier) -> None:
    cashier.type("3")
    cashier.scan(WILDFIRE_L)
    cashier.until_lines("3 × T-shirt Wildfire, L · €27.50 each, €82.50")
    assert "7 left" in cashier.size_key("T-shirt Wildfire · L").accessibleName()
    cashier.pay_exactly()
    cashier.press("No receipt")
    cashier.until_page(cashier.window.checkout)
    assert "7 left" in cashier.size_key("T-shirt Wildfire · L").accessibleName()


def test_a_wide_window_shows_all_tiles_without_scrolling(opens: Opens, stand: Folders) -> None:
    """More tiles are asked for as long as there is room for them."""
    till = a_till(stand.data.parent, now=utc_now)
    prints = [
        a_product(f"print-{n}", a_size("", handle=f"print-{n}"), name=f"Print {n:02}")
        for n in range(40)
    ]
    fill(till, *prints, stock=1)
    till.close()
    cashier = opens(stand)
    cashier.window.resize(1920, 2400)
    cashier.until(lambda: len(cashier.tiles()) == 44)


def test_the_receipt_is_shown_on_the_screen_with_its_code(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.press("Show")
    cashier.until(lambda: bool(cashier.receipt_on_screen()))
    assert cashier.receipt_on_screen() == "GS-1-1-000001"
    assert cashier.printed(0) == []
    cashier.scan(POSTER)
    cashier.until_lines("1 × Affiche de l’été, , €12.50")


def test_the_last_receipt_is_printed_from_the_checkout(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.press("Print")
    cashier.printed()
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.checkout)
    cashier.press_key(Qt.Key.Key_F9)
    cashier.until_says("Make a copy?")
    assert len(cashier.printed()) == 1
    cashier.until(lambda: cashier.window.last_receipt.takes_yes)
    cashier.press_key(Qt.Key.Key_F9)
    first, second = cashier.printed(2)
    assert "DUPLICATA" not in first
    assert "DUPLICATA" in second


def test_without_a_sale_the_last_receipt_is_told_where_one_looks(cashier: Cashier) -> None:
    cashier.press("Last receipt")
    assert cashier.notice() == ""
    cashier.until(lambda: cashier.window.last_receipt.takes_yes)
    cashier.press("Make a copy?")
    cashier.until(lambda: "no sale" in cashier.notice())


def test_the_drawer_opens_for_cash_and_not_for_a_card(opens: Opens, stand: Folders) -> None:
    printer = PrinterSettings(kind="preview", drawer=True)
    cashier = opens(stand, settings=Settings(language="en", sound=False, printer=printer))
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.pay_exactly()
    cashier.until_says("No printer")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_language_and_theme_change_in_the_middle_of_a_basket(
    opens: Opens, stand: Folders, language: str, theme: str
) -> None:
    """What was asked of the old window is not answered into nothing: no scan is lost."""
    settings = msgspec.structs.replace(ENGLISH_TO_FILES, language=language, theme=theme)
    cashier = opens(stand, settings=settings)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    before = cashier.app.checkout.basket
    # When the theme changes while a scan is on its way to the till, and then the language
    first = cashier.window
    cashier.scan(POSTER)
    first.theme_wanted.emit()
    cashier.until(lambda: cashier.window is not first)
    second = cashier.window
    cashier.scan(PIN)
    second.language_wanted.emit()
    cashier.until(lambda: cashier.window is not second)
    # Then the basket is there, in the other language, with every scan
    assert cashier.app.language() != language
    cashier.until(lambda: len(cashier.lines()) == 3)
    assert cashier.app.checkout.basket.basket_id == before.basket_id
    pays = "Encaisser" if language == "en" else "Pay"
    assert cashier.button(pays).isEnabled()
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: cashier.app.checkout.basket.pieces == 4)
    assert cashier.ask(SavedBasket()) == cashier.app.checkout.basket


def test_a_banner_stays_when_the_theme_changes(cashier: Cashier) -> None:
    cashier.window.banners.show_banner("storage", BannerText("The disk is full.", is_trouble=True))
    first = cashier.window
    first.theme_wanted.emit()
    cashier.until(lambda: cashier.window is not first)
    assert cashier.banners() == ("The disk is full.",)
