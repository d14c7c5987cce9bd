"""Money that was taken for a basket which is not sold yet: no restart and no press forgets it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.screens.conftest import POSTER
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from tests.ui.window.part_payment import (
    SHIRT,
    after_a_power_cut,
    ask_the_terminal,
    begin,
    pay_a_part,
    pay_by_card,
    remove_the_paid_line,
    tenders_sold,
)

ENTER = (Qt.Key.Key_Return, "\r")


def test_a_card_payment_is_still_there_after_a_power_cut(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    # Given a sale of which the card paid 20 €, and no power any more
    pay_a_part(cashier)
    # When the till starts again
    after = after_a_power_cut(opens, cashier, tmp_path / "after")
    # Then it is in the middle of that payment
    after.until_page(after.window.payment)
    after.until_says("Card  €20.00")
    after.until_says("€5.00")
    after.until_says("What was paid already is kept: Card €20.00.")
    assert "€20.00" in after.texts(after.window.basket)
    assert "Already paid" in after.texts(after.window.basket)
    # And the rest is all that is paid
    after.press_key(Qt.Key.Key_F5)
    after.until_page(after.window.done)
    assert tenders_sold(after) == [("card", 2000), ("cash", 500)]
    assert "Already paid" not in after.texts(after.window.basket)


def test_a_card_on_the_terminal_is_asked_about_after_a_power_cut(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    """The customer may have paid while the till was dark."""
    begin(cashier)
    ask_the_terminal(cashier)
    after = after_a_power_cut(opens, cashier, tmp_path / "after")
    after.until_says("The till stopped here. Look at the terminal: was it already accepted?")
    after.press("It is paid")
    after.until_page(after.window.done)


def test_the_basket_says_what_is_paid_already(cashier: Cashier) -> None:
    begin(cashier)
    assert "Already paid" not in cashier.texts(cashier.window.basket)
    pay_by_card(cashier, "20")
    cashier.until_says("Left to pay")
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)
    assert "Already paid" in cashier.texts(cashier.window.basket)
    # Another theme, and it is still there
    first = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not first)
    assert "Already paid" in cashier.texts(cashier.window.basket)
    cashier.pay()
    cashier.until_says("Card  €20.00")


def test_a_card_payment_is_not_taken_back_by_one_press(cashier: Cashier) -> None:
    begin(cashier)
    pay_by_card(cashier, "20")
    row = "Take back: Card €20.00"
    cashier.press(row)
    cashier.until_says("Take €20.00 (Card) back?")
    # Enter is the safe answer
    cashier.press_key(*ENTER)
    assert "Card  €20.00" in cashier.texts()
    # So is Escape
    cashier.press(row)
    cashier.press_key(Qt.Key.Key_Escape)
    assert "Card  €20.00" in cashier.texts()
    # Digits of a slip are no amount meanwhile
    cashier.press(row)
    cashier.type("7")
    cashier.press("It is refunded")
    assert "Card  €20.00" not in cashier.texts()
    assert "€25.00" in cashier.texts(cashier.window.payment)


def test_a_missing_decimal_sign_is_asked_about(cashier: Cashier) -> None:
    begin(cashier)
    cashier.type("2500")
    cashier.until(lambda: "€2,500" in cashier.texts(cashier.window.payment))
    cashier.press_key(*ENTER)
    cashier.until_says("Really €2,500.00 in cash?")
    cashier.press_key(*ENTER)  # twice in a row is no yes
    cashier.type("25")
    cashier.until(lambda: "€25" in cashier.texts(cashier.window.payment))
    cashier.press_key(*ENTER)
    cashier.until_page(cashier.window.done)
    assert tenders_sold(cashier) == [("cash", 2500)]


def test_a_scan_during_a_question_is_in_the_basket_and_answers_nothing(cashier: Cashier) -> None:
    begin(cashier)
    pay_by_card(cashier, "20")
    cashier.press("Take back: Card €20.00")
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    assert "Take €20.00 (Card) back?" in cashier.texts()
    cashier.press("Keep this payment")
    cashier.until_says("€17.50")


def test_a_line_removed_by_mistake_comes_back_with_what_was_paid(cashier: Cashier) -> None:
    remove_the_paid_line(cashier)
    assert any("Card €20.00" in banner for banner in cashier.banners())
    cashier.press("Undo: removed T-shirt Wildfire M")
    cashier.until_lines(SHIRT)
    assert "Already paid" in cashier.texts(cashier.window.basket)
    assert cashier.banners() == ()


def test_what_was_given_back_is_not_counted_for_the_next_customer(cashier: Cashier) -> None:
    remove_the_paid_line(cashier)
    cashier.press("Understood")
    cashier.press("Undo: removed T-shirt Wildfire M")
    cashier.until_lines(SHIRT)
    assert "Already paid" not in cashier.texts(cashier.window.basket)
