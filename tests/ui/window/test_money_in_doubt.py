"""Money of a basket that changes or goes: none pays for somebody else, none is forgotten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlite_utils.utils import sqlite3

from pos.folders import Folders
from pos.reports.sales import FindLastSale
from tests.ui.screens.conftest import POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens
from tests.ui.window.part_payment import (
    SHIRT,
    after_a_power_cut,
    as_the_power_left_it,
    ask_the_terminal,
    begin,
    pay_a_part,
    pay_by_card,
    remove_the_paid_line,
    tenders_sold,
)


def undo(cashier: Cashier) -> None:
    cashier.press_key(Qt.Key.Key_Z, "\x1a", Qt.KeyboardModifier.ControlModifier)


def pay_one_of_two(cashier: Cashier) -> None:
    """Take 25 € of 37.50 by card: the price of the shirt, which is in the basket with a poster."""
    cashier.scan(WILDFIRE_M)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.pay()
    pay_by_card(cashier, "25")
    cashier.until_says("Still to pay")


def spoil_the_basket(folders: Folders) -> None:
    """Leave half of the saved basket, as a damaged disk would."""
    db = sqlite3.connect(folders.live)
    db.execute("UPDATE saved_basket SET body = x'7b' WHERE slot = 'current'")
    db.commit()
    db.close()


def until_answered(cashier: Cashier) -> None:
    """Wait until the till has done all that the screens had it do."""
    for _ in range(2):
        cashier.ask(FindLastSale())


# Whose money it is -------------------------------------------------------------------------------


def test_what_goes_back_to_one_customer_does_not_pay_for_the_next(cashier: Cashier) -> None:
    # Given a payment that is to be given back, and its strip that nobody closed
    remove_the_paid_line(cashier)
    # When the next customer's second article is taken off again
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    undo(cashier)
    cashier.until_lines(SHIRT)
    # Then that customer pays all of it, and the first one's money is still to be given back
    assert "Already paid" not in cashier.texts(cashier.window.basket)
    cashier.pay_exactly()
    assert tenders_sold(cashier) == [("cash", 2500)]
    assert any("Card €20.00" in banner for banner in cashier.banners())


def test_undo_of_the_only_line_gives_its_money_back_to_nobody_else(cashier: Cashier) -> None:
    pay_a_part(cashier)
    undo(cashier)
    cashier.until_page(cashier.window.checkout)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 2)
    undo(cashier)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay_exactly()
    assert tenders_sold(cashier) == [("cash", 1250)]
    assert any("Card €20.00" in banner for banner in cashier.banners())


# A card on the terminal --------------------------------------------------------------------------


def test_the_basket_stays_as_it_is_while_a_card_is_on_the_terminal(cashier: Cashier) -> None:
    """What the terminal takes was reckoned from it."""
    pay_a_part(cashier)
    ask_the_terminal(cashier)
    assert "Remove line" not in names(cashier)
    assert not cashier.button("Take back: Card €20.00").isEnabled()
    undo(cashier)
    until_answered(cashier)
    cashier.until_lines(SHIRT)
    cashier.press("Refused or cancelled")
    cashier.until_says("Still to pay")
    assert "Remove line" in names(cashier)
    assert cashier.button("Take back: Card €20.00").isEnabled()
    cashier.press("Remove line")
    cashier.until_page(cashier.window.checkout)
    assert any("Card €20.00" in banner for banner in cashier.banners())


def names(cashier: Cashier) -> list[str]:
    """Return what a screen reader calls the buttons that are to be seen."""
    buttons = cashier.window.findChildren(QAbstractButton)
    return [button.accessibleName() for button in buttons if button.isVisible()]


def test_nothing_is_sold_while_a_card_is_on_the_terminal(cashier: Cashier) -> None:
    pay_one_of_two(cashier)
    ask_the_terminal(cashier)
    assert "€12.50" in cashier.texts(cashier.window.payment)
    # Cash cannot be pressed past it
    cashier.press_key(Qt.Key.Key_F5)
    until_answered(cashier)
    assert tenders_sold(cashier) == []
    # Once it was not paid there, the rest is paid in cash
    cashier.press("Refused or cancelled")
    cashier.until_says("Still to pay")
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_page(cashier.window.done)
    assert tenders_sold(cashier) == [("card", 2500), ("cash", 1250)]


def test_nothing_is_sold_while_a_refund_is_asked_about(cashier: Cashier) -> None:
    pay_one_of_two(cashier)
    cashier.press("Take back: Card €25.00")
    cashier.until_says("Take €25.00 (Card) back?")
    cashier.press("Remove line")
    cashier.until_lines(SHIRT)
    until_answered(cashier)
    assert tenders_sold(cashier) == []
    assert "Take €25.00 (Card) back?" in cashier.texts()
    cashier.press("It is refunded")
    cashier.press_key(Qt.Key.Key_F5)
    cashier.until_page(cashier.window.done)
    assert tenders_sold(cashier) == [("cash", 2500)]


# After a restart ---------------------------------------------------------------------------------


def test_what_has_to_be_given_back_is_still_said_after_a_power_cut(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    remove_the_paid_line(cashier)
    after = after_a_power_cut(opens, cashier, tmp_path / "after")
    after.until(lambda: any("Card €20.00" in banner for banner in after.banners()))
    # Until somebody has understood it
    after.until_says("Understood")
    after.press("Understood")
    later = after_a_power_cut(opens, after, tmp_path / "later")
    until_answered(later)
    assert later.banners() == ()


def test_two_customers_get_back_what_is_theirs(opens: Opens, cashier: Cashier) -> None:
    remove_the_paid_line(cashier)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay()
    pay_by_card(cashier, "10")
    cashier.until_says("Still to pay")
    cashier.press("Remove line")
    cashier.until_page(cashier.window.checkout)
    assert ["€20.00" in cashier.banners()[0], "€10.00" in cashier.banners()[1]] == [True, True]
    cashier.close()
    after = opens(cashier.folders)
    after.until(lambda: len(after.banners()) == 2)


def test_a_line_comes_back_with_its_money_in_another_theme(cashier: Cashier) -> None:
    remove_the_paid_line(cashier)
    first = cashier.window
    cashier.press("Day or night")
    cashier.until(lambda: cashier.window is not first)
    assert any("Card €20.00" in banner for banner in cashier.banners())
    undo(cashier)
    cashier.until_lines(SHIRT)
    assert "Already paid" in cashier.texts(cashier.window.basket)
    assert cashier.banners() == ()


def test_money_of_a_basket_that_cannot_be_read_is_named(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    pay_a_part(cashier)
    folders = as_the_power_left_it(cashier, tmp_path / "after")
    cashier.close()
    spoil_the_basket(folders)
    after = opens(folders)
    after.until(lambda: bool(after.banners()))
    (said,) = after.banners()
    assert "a basket that is no longer there" in said
    assert "Give back to the customer: Card €20.00" in said
    # And the next payment does not write over it
    begin(after)
    pay_by_card(after, "5")
    after.until_says("Still to pay")
    later = after_a_power_cut(opens, after, tmp_path / "later")
    later.until_page(later.window.payment)
    later.until_says("Card  €5.00")
    assert any("Card €20.00" in banner for banner in later.banners())
