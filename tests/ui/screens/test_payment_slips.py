"""Slips at the payment: a lone nought, a basket changed under the terminal, a till that stopped."""

from __future__ import annotations

import pytest

from pos.domain.tender import Method
from tests.ui.screens.payment_counter import TSHIRT, Counter
from ui.screens.payment import wording as texts


def test_a_lone_nought_is_shown_and_sells_nothing(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.type("0")
    assert counter.view.payment.typed_sum == "€0"
    counter.payment.pay("cash")
    assert "is not an amount" in counter.notice
    assert not counter.sold
    # And it is no part of a number that follows
    counter.type("05")
    assert counter.view.payment.typed == "5"


@pytest.mark.parametrize("typed", ["0", "00", "0,00"])
def test_nothing_is_no_amount_of_a_card(counter: Counter, typed: str) -> None:
    counter.begin(TSHIRT)
    counter.pay("card", typed)
    assert "is not an amount" in counter.notice
    assert counter.view.payment.card_waiting == ""


def test_what_is_typed_is_said_with_the_currency_and_on_the_keys(counter: Counter) -> None:
    counter.begin(TSHIRT)
    assert (counter.view.payment.typed_sum, counter.view.payment.typed_amount) == ("", "")
    counter.type("20,")
    assert (counter.view.payment.typed_sum, counter.view.payment.typed_amount) == ("€20.", "€20")
    counter.type("505")
    assert counter.view.payment.typed_amount == ""  # no amount: no key says that it takes one


def test_nothing_is_taken_back_while_the_terminal_is_waited_for(counter: Counter) -> None:
    waits: list[bool] = []
    counter.payment.waiting_changed = waits.append
    counter.begin(TSHIRT)
    counter.pay("cash", "5")
    counter.pay("card", "10")
    counter.payment.remove_tender(0)
    assert counter.view.tenders() == [("Cash", "€5.00")]
    assert waits == [True]
    counter.payment.cancel_terminal()
    assert waits == [True, False]
    counter.payment.remove_tender(0)
    assert counter.view.tenders() == []


def test_after_a_stop_the_terminal_is_looked_at_first(counter: Counter) -> None:
    basket = counter.begin(TSHIRT)
    counter.card("10")
    counter.pay("card")
    after = Counter(counter.till.till, "FR")
    after.payment.go_on_with(counter.payment.taken)
    after.payment.begin(basket)
    after.payment.say_stopped()
    assert after.view.payment.waiting_for == texts.look_first("card")
    assert after.notice == "The till had stopped. What was paid already is kept: Card €10.00."
    # The next payment on the terminal is asked for as ever
    after.payment.cancel_terminal()
    after.payment.pay("card")
    assert after.view.payment.waiting_for == "On the terminal, take"


def test_nothing_is_said_of_a_stop_that_nobody_was_paying_at(counter: Counter) -> None:
    counter.payment.say_stopped()
    counter.begin(TSHIRT)
    counter.payment.say_stopped()
    assert counter.notice == ""


@pytest.mark.parametrize(
    ("method", "hint"),
    [
        ("card", "Authorisation number (optional)"),
        ("wristband", "Authorisation number (optional)"),
        ("voucher", "Number of the voucher (optional)"),
        ("other", "Note (optional)"),
    ],
)
def test_only_a_terminal_gives_an_authorisation_number(
    counter: Counter, method: Method, hint: str
) -> None:
    counter.begin(TSHIRT)
    counter.pay(method)
    assert counter.view.payment.reference_hint == hint


def test_a_voucher_that_is_too_much_now_is_given_back_by_hand(counter: Counter) -> None:
    basket = counter.begin((TSHIRT, 2))
    counter.pay("voucher", "40")
    counter.payment.confirm_terminal("")
    counter.payment.basket_changed(basket.with_quantity(TSHIRT.variant_id, 1))
    assert counter.view.payment.failed == (
        "Paid Voucher €40.00 for €25.00: add an article, or give it back, then touch × Voucher."
    )
