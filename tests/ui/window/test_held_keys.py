"""A key that is held down is pressed once: an elbow, a bag or a slow finger sells nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.screens.conftest import CAP, POSTER, WILDFIRE_M
from tests.ui.window.cashier import Cashier

ENTER = (Qt.Key.Key_Return, "\r")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIRT = "1 × T-shirt Wildfire, M, €25.00"


@pytest.fixture
def filled(cashier: Cashier) -> Cashier:
    cashier.scan(WILDFIRE_M)
    cashier.until_lines(SHIRT)
    cashier.window.activateWindow()
    cashier.until(cashier.window.isActiveWindow)
    return cashier


def still_types(cashier: Cashier) -> bool:
    """Say, once all keys before it have arrived, whether a digit still is one of an amount."""
    cashier.type("7")
    cashier.until(lambda: "€7" in cashier.texts() or "7 ×" in cashier.texts())
    return "€7" in cashier.texts(cashier.window.payment)


def test_enter_held_on_the_key_that_pays_takes_no_cash(filled: Cashier) -> None:
    filled.button("Pay").setFocus()
    filled.hold(*ENTER)
    filled.until_page(filled.window.payment)
    assert still_types(filled)


def test_enter_held_longer_than_control_takes_no_cash(filled: Cashier) -> None:
    filled.hold(*ENTER, modifiers=CONTROL)
    filled.until_page(filled.window.payment)
    assert still_types(filled)


@pytest.mark.parametrize(
    ("key", "text"), [(Qt.Key.Key_F5, ""), (Qt.Key.Key_E, "e"), ENTER, (Qt.Key.Key_Escape, "\x1b")]
)
def test_what_was_held_before_the_payment_came_does_nothing_there(
    filled: Cashier, key: Qt.Key, text: str
) -> None:
    filled.pay()
    filled.hold_on(key, text)
    assert still_types(filled)


def test_an_amount_is_erased_by_holding_the_key(filled: Cashier) -> None:
    filled.pay()
    filled.type("12")
    filled.until(lambda: "€12" in filled.texts(filled.window.payment))
    filled.hold(Qt.Key.Key_Backspace)
    assert still_types(filled)


def test_enter_held_on_a_size_adds_one(cashier: Cashier) -> None:
    cashier.size_key("T-shirt Wildfire · M").setFocus()
    cashier.hold(*ENTER)
    cashier.scan(POSTER)
    cashier.until(lambda: len(cashier.lines()) == 2)
    assert [line[:3] for line in cashier.lines()] == ["1 ×", "1 ×"]


def test_a_sold_out_size_does_not_answer_its_own_question(cashier: Cashier) -> None:
    key = cashier.size_key("Casquette")
    key.setFocus()
    cashier.press_key(*ENTER)
    cashier.until(lambda: key.takes_yes)
    cashier.hold_on(*ENTER)
    cashier.scan(POSTER)
    cashier.until(lambda: bool(cashier.lines()))
    assert [line for line in cashier.lines() if "Casquette" in line] == []


def test_the_key_of_the_last_receipt_held_down_only_asks(filled: Cashier) -> None:
    filled.pay_exactly()
    filled.press_key(*ENTER)
    filled.until_page(filled.window.checkout)
    filled.hold(Qt.Key.Key_F9)
    filled.until_says("Copy of €25.00?")
    assert filled.printed(0) == []


def test_the_page_of_a_paid_sale_stays_while_enter_is_held(filled: Cashier) -> None:
    filled.pay_exactly()
    filled.window.done.setFocus()
    filled.hold_on(*ENTER)
    filled.press_key(Qt.Key.Key_F1)  # all keys before it have arrived then
    filled.until_page(filled.window.help)
    filled.press_key(Qt.Key.Key_F1)
    filled.until_page(filled.window.done)


def test_escape_held_to_leave_the_payment_drops_no_question(filled: Cashier) -> None:
    filled.scan(CAP)
    filled.until(lambda: "Casquette" in filled.notice())
    filled.pay()
    filled.hold(Qt.Key.Key_Escape)
    filled.until_page(filled.window.checkout)
    filled.type("7")
    filled.until_says("7 ×")
    assert "Casquette" in filled.notice()
