"""The payment and its basket: what changes meanwhile, and the way back to it."""

from __future__ import annotations

from tests.builders import a_basket, euros
from tests.ui.screens.payment_counter import TOTE, TSHIRT, Counter
from ui.screens.payment import doubts

# The basket changes ------------------------------------------------------------------------------


def test_an_article_scanned_meanwhile_is_due_as_well(counter: Counter) -> None:
    basket = counter.begin(TSHIRT)
    counter.pay("cash", "20")
    counter.payment.basket_changed(basket.add(TOTE))
    assert counter.view.payment.due == "€17.37"
    counter.payment.quick(0)
    assert counter.sold[0].total == euros(3737)


def test_a_payment_on_the_terminal_goes_on_while_articles_are_added(counter: Counter) -> None:
    """The customer may be holding the card over it at this moment."""
    basket = counter.begin(TSHIRT)
    counter.payment.pay("card")
    counter.payment.basket_changed(basket.add(TOTE))
    assert counter.view.payment.card_waiting == "€25.00"
    counter.payment.confirm_terminal("")
    assert counter.view.payment.due == "€12.37"


def test_a_payment_on_the_terminal_that_is_too_much_now_is_still_asked_about(
    counter: Counter,
) -> None:
    """Whether it was charged is for the terminal to say, not for the basket."""
    basket = counter.begin(TSHIRT, TOTE)
    counter.payment.pay("card")
    counter.payment.basket_changed(basket.with_quantity(TOTE.variant_id, 0))
    assert counter.view.payment.card_waiting == "€37.37"
    assert "€25.00" in counter.notice
    counter.payment.confirm_terminal("")
    assert not counter.sold
    assert "€37.37 for €25.00" in counter.view.payment.failed
    assert counter.view.tenders() == [("Card", "€37.37")]


def test_an_offer_of_what_is_due_is_made_anew_once_a_line_has_gone(counter: Counter) -> None:
    """Nobody charges a card with what was due before."""
    basket = counter.begin(TSHIRT, TOTE)
    counter.pay("card", "50")
    assert "€37.37 is due." in counter.question
    counter.payment.basket_changed(basket.with_quantity(TOTE.variant_id, 0))
    counter.payment.answer(is_yes=True)
    assert counter.view.payment.card_waiting == ""
    assert "€25.00 is due." in counter.question
    counter.payment.answer(is_yes=True)
    assert counter.view.payment.card_waiting == "€25.00"


def test_an_offer_of_what_is_due_is_taken_as_it_was_made_once_a_line_has_come(
    counter: Counter,
) -> None:
    basket = counter.begin(TSHIRT)
    counter.pay("card", "50")
    counter.payment.basket_changed(basket.add(TOTE))
    counter.payment.answer(is_yes=True)
    counter.payment.confirm_terminal("")
    assert (counter.question, counter.view.payment.due) == ("", "€12.37")


def test_no_other_way_to_pay_is_taken_while_a_card_is_on_the_terminal(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.payment.pay("card")
    counter.payment.quick(0)
    counter.payment.pay("wristband")
    counter.payment.pay("cash")
    assert not counter.sold
    assert counter.view.payment.waiting_for == "On the terminal, take"
    assert counter.view.payment.card_waiting == "€25.00"


def test_a_basket_that_shrinks_to_what_was_given_is_sold(counter: Counter) -> None:
    basket = counter.begin(TSHIRT, TOTE)
    counter.pay("cash", "30")
    counter.payment.basket_changed(basket.with_quantity(TOTE.variant_id, 0))
    assert counter.sold[0].change == euros(500)


def test_a_basket_that_shrinks_below_a_card_says_so_and_keeps_the_card(counter: Counter) -> None:
    basket = counter.begin(TSHIRT, TOTE)
    counter.card("30")
    counter.payment.basket_changed(basket.with_quantity(TOTE.variant_id, 0))
    assert not counter.sold
    assert counter.view.payment.failed == (
        "Paid Card €30.00 for €25.00: add an article,"
        " or refund it on the terminal, then touch × Card."
    )
    assert counter.view.tenders() == [("Card", "€30.00")]
    assert counter.view.payment.quick == ()


def test_an_emptied_basket_leaves_the_payment_and_the_money_goes_back(counter: Counter) -> None:
    told: list[str] = []
    counter.payment.gave_back = lambda taken: told.append(doubts.owed(taken, "en"))
    basket = counter.begin(TSHIRT)
    counter.pay("cash", "10")
    counter.card("5")
    empty = basket.with_quantity(TSHIRT.variant_id, 0)
    counter.payment.basket_changed(empty)
    assert len(told) == 1
    assert "€10.00" in told[0]
    assert "€5.00" in told[0]
    assert counter.left == 1
    assert not counter.payment.is_open
    counter.payment.begin(empty.add(TOTE))
    assert counter.view.tenders() == []


def test_a_basket_that_nobody_pays_for_changes_without_notice(counter: Counter) -> None:
    counter.payment.basket_changed(a_basket(TSHIRT))
    assert not counter.payment.is_open
    assert counter.view.payment.due == ""


# Back --------------------------------------------------------------------------------------------


def test_back_goes_one_step_at_a_time(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.type("12")
    counter.payment.pay("card")
    counter.payment.back()
    assert counter.view.payment.card_waiting == ""
    counter.type("12")
    counter.payment.back()
    assert counter.view.payment.typed == ""
    assert counter.left == 0
    counter.payment.back()
    assert counter.left == 1
    assert not counter.payment.is_open


def test_what_was_taken_is_still_there_after_going_back_to_the_basket(counter: Counter) -> None:
    """A card that was charged for a part cannot be forgotten because a line had to go."""
    # Given a card payment of a part
    basket = counter.begin(TSHIRT, TOTE)
    counter.card("25")
    # When the cashier goes back, takes the other article out and pays again
    counter.payment.back()
    smaller = basket.with_quantity(TOTE.variant_id, 0)
    counter.payment.basket_changed(smaller)
    counter.payment.begin(smaller)
    # Then the card has paid for the rest
    assert counter.tendered() == [("card", 2500)]


def test_another_basket_begins_without_the_money_of_the_one_before(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash", "10")
    counter.payment.back()
    counter.begin(TOTE)
    assert counter.view.tenders() == []
    assert counter.view.payment.due == "€12.37"


def test_a_burst_of_keys_gives_the_amount_back(counter: Counter) -> None:
    """Until a burst has proved to be a scan, its digits look like an amount."""
    counter.begin(TSHIRT)
    counter.type("2")
    before = counter.payment.snapshot()
    counter.type("3760")
    counter.payment.restore(before)
    assert counter.view.payment.typed == "2"
