"""Money of a basket that changes or goes: none pays for somebody else, none is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlite_utils.utils import sqlite3

from pos.errors import StorageUnavailable
from pos.folders import Folders
from pos.reports.question import Question
from pos.reports.reader import Reader
from pos.reports.sales import FindLastSale, SavedTenders, UnreadTenders
from pos.till import _REPORTS
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

NOTE_UNREAD = (
    "Money was taken for a basket, but the note of it cannot be read."
    " Look at the terminal and ask the customer."
)
NOT_KNOWN = (
    "The disk does not say yet what was taken before the till stopped."
    " Until it does, no payment can begin. The till asks again by itself."
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
    cashier.until_says("Left to pay")


def spoil_the_basket(folders: Folders) -> None:
    """Leave half of the saved basket, as a damaged disk would."""
    db = sqlite3.connect(folders.live)
    db.execute("UPDATE saved_basket SET body = x'7b' WHERE slot = 'current'")
    db.commit()
    db.close()


def spoil_the_notes_of_money(folders: Folders) -> None:
    db = sqlite3.connect(folders.live)
    db.execute("UPDATE saved_basket SET body = x'7b' WHERE slot <> 'current'")
    db.commit()
    db.close()


def after_damage(
    opens: Opens, cashier: Cashier, folder: Path, spoil: Callable[[Folders], None]
) -> Cashier:
    """Take a part, lose the power, damage what is on the disk, and start again."""
    pay_a_part(cashier)
    folders = as_the_power_left_it(cashier, folder)
    cashier.close()
    spoil(folders)
    return opens(folders)


class BadDisk:
    """A question that a till's disk does not answer until it is mended."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, question: type[Question[Any]]) -> None:
        self.is_mended = False
        self._answer = _REPORTS[question]
        monkeypatch.setitem(_REPORTS, question, self._ask)

    def _ask(self, question: Any, reader: Reader, stand: str) -> Any:
        if not self.is_mended:
            raise StorageUnavailable(reason="SQLITE_IOERR_READ")
        return self._answer(question, reader, stand)


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
    cashier.until_says("Left to pay")
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
    cashier.until_says("Left to pay")
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
    cashier.until_says("Left to pay")
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
    after = after_damage(opens, cashier, tmp_path / "after", spoil_the_basket)
    after.until(lambda: bool(after.banners()))
    (said,) = after.banners()
    assert "a basket that is no longer there" in said
    assert "Give back to the customer: Card €20.00" in said
    # And the next payment does not write over it
    begin(after)
    pay_by_card(after, "5")
    after.until_says("Left to pay")
    later = after_a_power_cut(opens, after, tmp_path / "later")
    later.until_page(later.window.payment)
    later.until_says("Card  €5.00")
    assert any("Card €20.00" in banner for banner in later.banners())


def test_a_note_of_money_that_cannot_be_read_is_said_until_it_is_understood(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    after = after_damage(opens, cashier, tmp_path / "after", spoil_the_notes_of_money)
    after.until(lambda: NOTE_UNREAD in after.banners())
    # The next payment, of the same basket, does not write over it
    after.until_lines(SHIRT)
    after.pay()
    pay_by_card(after, "5")
    after.until_says("Left to pay")
    later = after_a_power_cut(opens, after, tmp_path / "later")
    later.until_page(later.window.payment)
    later.until_says("Card  €5.00")
    assert NOTE_UNREAD in later.banners()
    # Nor does its sale, nor another window
    later.press_key(Qt.Key.Key_F5)
    later.until_page(later.window.done)
    later.press("No receipt")
    first = later.window
    later.press("Day or night")
    later.until(lambda: later.window is not first)
    assert later.ask(UnreadTenders()) == 1
    later.press("Understood")
    assert later.ask(UnreadTenders()) == 0
    assert later.banners() == ()


def test_such_a_note_is_understood_on_a_journal_that_goes_on_from_another(
    opens: Opens, cashier: Cashier, tmp_path: Path
) -> None:
    after = after_damage(opens, cashier, tmp_path / "after", spoil_the_notes_of_money)
    after.until(lambda: NOTE_UNREAD in after.banners())
    first = after.window
    after.app.syncing.new_journal_wanted.emit()
    after.until(lambda: after.window is not first)
    after.until_page(after.window.checkout)
    until_answered(after)
    assert after.ask(UnreadTenders()) == 1
    after.press("Understood")
    assert after.ask(UnreadTenders()) == 0


@pytest.mark.parametrize("question", [SavedTenders, UnreadTenders])
def test_no_payment_begins_before_the_disk_says_what_was_taken(
    opens: Opens, cashier: Cashier, monkeypatch: pytest.MonkeyPatch, question: type[Question[Any]]
) -> None:
    pay_a_part(cashier)
    cashier.close()
    disk = BadDisk(monkeypatch, question)
    after = opens(cashier.folders)
    after.until(lambda: NOT_KNOWN in after.banners())
    after.until_lines(SHIRT)
    after.press("Pay")
    assert after.window.page is after.window.checkout
    assert "perhaps this basket is paid already" in after.notice()
    # Nor in another window
    first = after.window
    after.press("Day or night")
    after.until(lambda: after.window is not first)
    after.press("Pay")
    assert after.window.page is after.window.checkout
    # Once it does, the payment goes on where it was, and nobody had to ask
    disk.is_mended = True
    after.until_page(after.window.payment)
    after.until_says("Card  €20.00")
    assert NOT_KNOWN not in after.banners()


def test_pay_that_is_pressed_before_the_disk_has_answered_at_all_is_not_lost(
    opens: Opens, cashier: Cashier
) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.close()
    after = opens(cashier.folders)
    after.app.selling.pay()
    after.until_page(after.window.payment)


# More than the total -----------------------------------------------------------------------------


def test_what_was_taken_beyond_the_total_goes_back(cashier: Cashier) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    cashier.pay()
    cashier.type("30")
    cashier.press_key(Qt.Key.Key_E, "e")
    cashier.until_says("Left to pay")
    cashier.press_key(Qt.Key.Key_Escape)
    cashier.until_page(cashier.window.checkout)
    panel = cashier.window.basket
    assert {"Left to pay", "€7.50"} <= set(cashier.texts(panel))
    cashier.press("Remove line")
    cashier.until_lines(SHIRT)
    assert {"Goes back", "€5.00"} <= set(cashier.texts(panel))
    assert "Left to pay" not in cashier.texts(panel)
