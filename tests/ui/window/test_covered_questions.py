"""A question waits for its answer, whatever sentence is shown over it for a while."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer

from tests.ui.screens.conftest import CAP, WILDFIRE_M
from tests.ui.window.cashier import Cashier
from ui.screens.rows import Notice
from ui.widgets.notice_bar import NoticeBar

UNKNOWN = "4006381333931"


def let_time_pass(bar: NoticeBar) -> None:
    """Have the sentence that is shown go away by itself, now."""
    bar.findChildren(QTimer)[0].start(0)


@pytest.fixture
def covered(cashier: Cashier) -> Cashier:
    """Return somebody who typed 45, and then scanned what the till does not know."""
    cashier.type("45")
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: "45" in cashier.notice())
    cashier.scan(UNKNOWN)
    cashier.until(lambda: "Unknown" in cashier.notice())
    return cashier


def test_a_number_is_asked_about_again_when_what_covered_it_has_gone(covered: Cashier) -> None:
    let_time_pass(covered.window.checkout.notice)
    covered.until(lambda: "45 × T-shirt" in covered.notice())
    covered.press("Add 45")
    covered.until(lambda: len(covered.lines()) == 1)


def test_a_number_is_asked_about_again_when_what_covered_it_is_closed(covered: Cashier) -> None:
    covered.window.checkout.show_notice(Notice("And one more."))
    covered.press("Close")
    covered.until(lambda: "45 × T-shirt" in covered.notice())
    # The question itself is closed: that is a no
    covered.press("Close")
    covered.until(lambda: not covered.notice())
    assert not covered.app.checkout.has_to_be_answered()


def test_paying_waits_for_a_number_that_another_sentence_covered(covered: Cashier) -> None:
    covered.scan(CAP)
    covered.until(lambda: len(covered.lines()) == 1)
    covered.window.checkout.show_notice(Notice("Something else."))
    let_time_pass(covered.window.checkout.notice)
    covered.until(lambda: "45" in covered.notice())
    covered.press("Pay")
    assert covered.window.page is covered.window.checkout
    assert "45" in covered.notice()


def test_a_sold_out_piece_can_be_taken_out_on_the_payment_after_an_unknown_code(
    cashier: Cashier,
) -> None:
    cashier.scan(WILDFIRE_M)
    cashier.until(lambda: len(cashier.lines()) == 1)
    cashier.pay()
    cashier.scan(CAP)
    cashier.until(lambda: "Casquette" in cashier.notice())
    cashier.scan(UNKNOWN)
    cashier.until(lambda: "Unknown" in cashier.notice())
    let_time_pass(cashier.window.payment.notice)
    cashier.until(lambda: "Casquette" in cashier.notice())


def test_a_sentence_that_covered_nothing_goes_without_a_word(cashier: Cashier) -> None:
    cashier.scan(UNKNOWN)
    cashier.until(lambda: "Unknown" in cashier.notice())
    let_time_pass(cashier.window.checkout.notice)
    cashier.until(lambda: not cashier.notice())
