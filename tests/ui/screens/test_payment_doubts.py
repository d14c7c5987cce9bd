"""The payment when something is in doubt: what was taken, what was typed, what was not saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.commands import CompleteSale
from pos.errors import JournalBroken, StorageDamaged, StorageUnavailable
from pos.reports.sales import SavedTenders
from tests.builders import a_variant
from tests.ui.screens.payment_counter import TOTE, TSHIRT, Counter
from ui.screens.payment import doubts

# What was taken survives a restart ---------------------------------------------------------------


def test_a_part_that_was_paid_by_card_is_on_the_disk_before_the_sale_is(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.card("10", reference="A1")
    assert counter.saved() == [("card", 1000)]
    assert counter.view.payment.has_part
    counter.pay("voucher", "5")
    counter.payment.confirm_terminal("")
    assert counter.saved() == [("card", 1000), ("voucher", 500)]
    counter.payment.quick(0)
    assert counter.sold
    assert counter.saved() == []


def test_another_till_goes_on_with_what_was_taken(counter: Counter) -> None:
    # Given a card payment of a part, and one that the terminal is asked for
    basket = counter.begin(TSHIRT)
    counter.card("10", reference="A1")
    counter.pay("wristband", "5")
    # When the power fails, and another window goes on
    after = Counter(counter.till.till, "FR")
    told: list[str] = []
    after.payment.taken_changed = told.append
    after.payment.go_on_with(counter.payment.taken)
    after.payment.begin(basket)
    # Then the card still counts, and the question of the terminal is still open
    assert told[-1] == "€10.00"
    assert after.view.tenders() == [("Card", "€10.00")]
    assert after.view.payment.card_waiting == "€5.00"
    after.payment.cancel_terminal()
    assert after.view.payment.due == "€15.00"
    after.payment.quick(0)
    assert after.tendered() == [("card", 1000), ("cash", 1500)]
    assert after.sold[0].tenders[0].reference == "A1"
    assert after.till.asked(CompleteSale)[0].sale_id == counter.payment.taken.sale_id


def test_what_has_to_go_back_is_on_the_disk_until_it_is_understood(counter: Counter) -> None:
    basket = counter.begin(TSHIRT)
    counter.card("10")
    counter.payment.basket_changed(basket.with_quantity(TSHIRT.variant_id, 0))
    assert counter.saved() == []
    (owed,) = counter.till.till.ask(SavedTenders())
    assert owed.is_owed
    assert counter.payment.owed == (owed,)
    counter.payment.given_back(basket.basket_id)
    assert counter.till.till.ask(SavedTenders()) == ()
    assert not counter.payment.take_again(basket)


def test_a_voucher_that_nobody_confirmed_is_named_when_the_basket_is_emptied(
    counter: Counter,
) -> None:
    told: list[str] = []
    counter.payment.gave_back = lambda taken: told.append(doubts.owed(taken, "en"))
    basket = counter.begin(TSHIRT)
    counter.card("10")
    counter.pay("voucher", "5")
    counter.payment.basket_changed(basket.with_quantity(TSHIRT.variant_id, 0))
    (said,) = told
    assert said.startswith("Voucher €5.00 was not confirmed yet. If it was taken, give it back.")
    assert said.endswith("Give back to the customer: Card €10.00")


def test_a_tender_that_the_disk_did_not_take_is_tried_again(counter: Counter) -> None:
    failed: list[bool] = []
    counter.payment.kept.failed = lambda: failed.append(True)
    counter.begin(TSHIRT)
    counter.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    counter.card("10")
    assert failed
    counter.till.trouble = None
    assert counter.saved() == []
    counter.payment.kept.again()
    assert counter.saved() == [("card", 1000)]
    # Once is enough
    count = len(counter.till.commands)
    counter.payment.kept.again()
    counter.type("5")
    assert len(counter.till.commands) == count


def test_what_the_disk_missed_is_not_written_after_it_was_given_back(counter: Counter) -> None:
    basket = counter.begin(TSHIRT)
    counter.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    counter.card("10")
    counter.payment.basket_changed(basket.with_quantity(TSHIRT.variant_id, 0))
    counter.payment.given_back(basket.basket_id)
    counter.till.trouble = None
    counter.payment.kept.again()
    assert counter.till.till.ask(SavedTenders()) == ()


def test_what_was_given_back_while_the_disk_failed_is_off_the_disk_by_another_window(
    counter: Counter,
) -> None:
    """Else the next start would count it as paid."""
    counter.begin(TSHIRT)
    counter.pay("cash", "10")
    counter.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    counter.payment.remove_tender(0)
    assert counter.saved() == [("cash", 1000)]
    after = Counter(counter.till.till, "FR")
    after.payment.go_on_with(counter.payment.taken)
    assert after.saved() == []


def test_a_refused_sale_leaves_what_was_taken_on_the_disk(counter: Counter) -> None:
    counter.begin(a_variant(2500, tax_class="unheard-of", name="Mystère"))
    counter.card()
    assert not counter.sold
    assert counter.saved() == [("card", 2500)]


# Giving a payment back ---------------------------------------------------------------------------


def test_a_card_that_was_charged_is_taken_back_only_after_a_question(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.card("20")
    counter.payment.remove_tender(0)
    assert "€20.00 (Card)" in counter.question
    assert "Refund it on the terminal" in counter.question
    # Nothing else happens meanwhile
    counter.payment.quick(0)
    counter.type("5")
    counter.payment.pay("card")
    assert counter.view.tenders() == [("Card", "€20.00")]
    # A no keeps it
    counter.payment.answer(is_yes=False)
    assert counter.question == ""
    assert counter.view.tenders() == [("Card", "€20.00")]
    # And so does going back
    counter.payment.remove_tender(0)
    counter.payment.back()
    assert counter.left == 0
    assert counter.view.tenders() == [("Card", "€20.00")]
    # A yes takes it back
    counter.payment.remove_tender(0)
    counter.payment.answer(is_yes=True)
    assert counter.view.tenders() == []
    assert counter.view.payment.due == "€25.00"
    assert counter.saved() == []


def test_a_voucher_is_given_back_by_hand(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("voucher", "20")
    counter.payment.confirm_terminal("")
    counter.payment.remove_tender(0)
    assert "Give it back to the customer first" in counter.question


def test_an_answer_that_nobody_asked_for_changes_nothing(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.card("20")
    counter.payment.answer(is_yes=True)
    assert counter.view.tenders() == [("Card", "€20.00")]


# A slip of the fingers ---------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["2000", "245", "130,00"])
def test_cash_that_nobody_hands_over_is_asked_about_once(counter: Counter, typed: str) -> None:
    """2000 for 24.50 was meant as 20.00."""
    counter.begin(a_variant(2450))
    counter.pay("cash", typed)
    assert "in cash?" in counter.question
    assert not counter.sold
    counter.payment.answer(is_yes=False)
    assert counter.view.payment.typed == ""
    assert counter.view.tenders() == []
    counter.pay("cash", typed)
    counter.payment.answer(is_yes=True)
    assert len(counter.sold) == 1


@pytest.mark.parametrize("typed", ["24,50", "20", "50", "100", "124"])
def test_what_people_do_hand_over_is_not_asked_about(counter: Counter, typed: str) -> None:
    counter.begin(a_variant(2450))
    counter.pay("cash", typed)
    assert counter.question == ""


# Not saved ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (StorageUnavailable(reason="SQLITE_FULL"), "The disk is full"),
        (StorageUnavailable(reason="SQLITE_READONLY"), "may not write"),
        (StorageDamaged(path=Path("till.db"), reason="SQLITE_CORRUPT"), "till.db is damaged"),
        (JournalBroken(seq=7, reason="digest"), "Entry 7"),
    ],
)
def test_each_trouble_is_told_as_what_it_is(
    counter: Counter, trouble: StorageUnavailable, said: str
) -> None:
    counter.till.trouble = trouble
    counter.begin(TSHIRT)
    counter.payment.quick(0)
    assert said in counter.view.payment.failed
    assert "not saved" in counter.view.payment.failed
    assert counter.view.payment.can_retry


def test_our_own_mistake_is_not_blamed_on_the_disk(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.till.has_bug = True
    counter.payment.quick(0)
    assert "mistake in the program" in counter.view.payment.failed
    assert "disk" not in counter.view.payment.failed
    counter.till.has_bug = False
    counter.payment.retry()
    assert counter.tendered() == [("cash", 2500)]


def test_a_sale_that_was_saved_after_all_is_found(counter: Counter) -> None:
    """The entry is on the disk, and whoever was to be told of it fell over."""
    counter.begin(TSHIRT)
    counter.till.waits = counter.till.has_bug = True
    counter.payment.quick(0)
    assert counter.view.payment.is_busy
    counter.till.till.execute(counter.till.asked(CompleteSale)[0])
    counter.till.answer()
    assert counter.tendered() == [("cash", 2500)]
    assert not counter.payment.is_open


def test_from_a_sale_that_is_not_saved_one_goes_back_with_all_that_was_taken(
    counter: Counter,
) -> None:
    basket = counter.begin(TSHIRT, TOTE)
    counter.card("20")
    counter.till.has_bug = True
    counter.payment.quick(0)
    counter.payment.to_basket()
    assert counter.left == 1
    assert counter.locks == [True, False]
    counter.till.has_bug = False
    counter.payment.basket_changed(basket.add(TOTE))
    counter.payment.begin(basket.add(TOTE))
    assert counter.view.tenders() == [("Card", "€20.00"), ("Cash", "€17.37")]
    assert counter.view.payment.due == "€12.37"


def test_a_refused_sale_is_sold_once_the_article_is_out(counter: Counter) -> None:
    unrated = a_variant(1000, tax_class="unheard-of", name="Mystère")
    basket = counter.begin(TSHIRT, unrated)
    counter.pay("cash", "40")
    assert "Mystère" in counter.view.payment.failed
    counter.payment.basket_changed(basket.with_quantity(unrated.variant_id, 0))
    assert counter.tendered() == [("cash", 4000)]


def test_a_sale_that_cannot_be_saved_is_abandoned_after_a_question(counter: Counter) -> None:
    told: list[str] = []
    abandoned: list[bool] = []
    counter.payment.gave_back = lambda taken: told.append(doubts.owed(taken, "en"))
    counter.payment.abandoned = lambda: abandoned.append(True)
    counter.begin(TSHIRT)
    counter.payment.abandon()  # there is nothing to abandon yet
    counter.card("20")
    counter.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    counter.payment.quick(0)
    # When it is to be abandoned, the money is named
    counter.payment.abandon()
    assert "Card €20.00, Cash €5.00" in counter.question
    counter.payment.answer(is_yes=False)
    assert counter.view.payment.failed
    assert not abandoned
    # And then it is
    counter.payment.abandon()
    counter.payment.answer(is_yes=True)
    assert abandoned == [True]
    assert "Card €20.00, Cash €5.00" in told[0]
    assert not counter.payment.is_open
    assert not counter.payment.has_tenders
