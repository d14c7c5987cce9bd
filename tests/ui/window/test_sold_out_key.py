"""A size that the records say is sold out, in a customer's hand."""

from __future__ import annotations

from tests.ui.screens.conftest import WILDFIRE_M
from tests.ui.window.cashier import Cashier

ASKED = "none left by the records. Touch it once more to sell it."


def test_what_a_key_asks_is_said_in_words_and_gone_with_the_answer(cashier: Cashier) -> None:
    """A yellow key alone was taken for a piece in the basket, and left the stand unpaid."""
    key = cashier.size_key("Casquette")
    cashier.touch(key)
    cashier.until(lambda: cashier.notice().endswith(ASKED))
    assert cashier.lines() == []
    cashier.until(lambda: key.takes_yes)
    cashier.touch(key)
    cashier.until(lambda: bool(cashier.lines()))
    assert ASKED not in cashier.notice()


def test_it_does_not_end_a_question_about_a_number(cashier: Cashier) -> None:
    cashier.type("45")
    cashier.scan(WILDFIRE_M)
    key = cashier.size_key("Casquette")
    cashier.until(lambda: "45" in cashier.notice())
    asked = cashier.notice()
    cashier.touch(key)
    cashier.until(lambda: cashier.notice().endswith(ASKED))
    cashier.until(lambda: key.takes_yes)
    cashier.touch(key)
    cashier.until(lambda: bool(cashier.lines()))
    assert asked in cashier.notice()
