"""The payment without a window: tenders until nothing is due, then one sale."""

from __future__ import annotations

import pytest

from pos.domain.tender import Method
from tests.builders import a_variant, euros
from tests.ui.screens.payment_counter import PIANO, TOTE, TSHIRT, Counter

# Cash --------------------------------------------------------------------------------------------


def test_the_exact_amount_is_one_press(counter: Counter) -> None:
    counter.begin(TSHIRT)
    assert counter.view.payment.due == "€25.00"
    counter.payment.quick(0)
    assert counter.tendered() == [("cash", 2500)]
    assert not counter.sold[0].change


@pytest.mark.parametrize(
    ("minor", "quick"),
    [
        (2500, ("€25", "€30", "€40", "€50", "€100")),
        (1237, ("€12.37", "€15", "€20", "€50", "€100")),
        (5000, ("€50", "€60", "€100")),
        (500, ("€5", "€10", "€20", "€50", "€100")),
        (9999, ("€99.99", "€100")),
    ],
)
def test_the_quick_keys_are_what_people_hand_over(
    counter: Counter, minor: int, quick: tuple[str, ...]
) -> None:
    """The exact amount, then the next sums of notes."""
    counter.begin(a_variant(minor))
    assert counter.view.payment.quick == quick


def test_a_quick_key_gives_change(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.payment.quick(3)
    assert counter.tendered() == [("cash", 5000)]
    assert counter.sold[0].change == euros(2500)


def test_a_key_that_is_not_there_does_nothing(counter: Counter) -> None:
    counter.begin(a_variant(9999))
    counter.payment.quick(2)
    assert not counter.sold


@pytest.mark.parametrize(
    ("typed", "minor"), [("20", 2000), ("20,5", 2050), ("20.50", 2050), (",5", 50), ("000,05", 5)]
)
def test_an_amount_is_typed_with_comma_or_point(counter: Counter, typed: str, minor: int) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash", typed)
    assert counter.view.tenders() == [("Cash", f"€{minor // 100}.{minor % 100:02}")]
    assert counter.view.payment.typed == ""
    assert not counter.sold


def test_what_is_no_amount_is_said_and_taken_for_nothing(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash", "12,345")
    assert "12.345" in counter.notice
    assert not counter.view.tenders()
    assert counter.view.payment.typed == "12.345"


def test_a_second_comma_and_too_many_digits_are_not_taken(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.type("1,2,3")
    assert counter.view.payment.typed == "1.23"
    counter.payment.erase()
    counter.type("4567890123")
    assert counter.view.payment.typed == "1.2456789"


def test_enter_without_an_amount_is_all_that_is_due(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash")
    assert counter.tendered() == [("cash", 2500)]


def test_too_little_cash_leaves_the_rest_due(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash", "20")
    assert counter.view.payment.due == "€5.00"
    assert counter.view.payment.quick[0] == "€5"
    counter.payment.quick(0)
    assert counter.tendered() == [("cash", 2000), ("cash", 500)]


def test_a_basket_that_costs_nothing_is_sold_without_money(counter: Counter) -> None:
    """A free sticker on its own leaves the stock as well."""
    counter.begin(a_variant(0, name="Autocollant"))
    counter.payment.quick(0)
    assert counter.tendered() == []
    assert counter.sold[0].total == euros(0)


# Card --------------------------------------------------------------------------------------------


def test_a_card_is_paid_when_somebody_saw_the_terminal_say_so(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.payment.pay("card")
    assert counter.view.payment.card_waiting == "€25.00"
    assert not counter.sold
    counter.payment.confirm_terminal("A123")
    assert counter.tendered() == [("card", 2500)]
    assert counter.sold[0].tenders[0].reference == "A123"
    assert counter.view.references_cleared == 1


def test_a_refused_card_is_no_payment(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.payment.pay("card")
    counter.payment.cancel_terminal()
    assert counter.view.payment.card_waiting == ""
    assert counter.view.payment.due == "€25.00"
    counter.payment.confirm_terminal("too late")
    assert not counter.sold


@pytest.mark.parametrize("method", ["card", "wristband", "voucher"])
def test_only_cash_can_be_more_than_is_due(counter: Counter, method: Method) -> None:
    """A card charged for more than the basket would turn the till into a cash machine."""
    counter.begin(TSHIRT)
    counter.pay(method, "25,01")
    assert "no change on cards or vouchers" in counter.question
    assert counter.view.payment.card_waiting == ""
    assert not counter.view.tenders()
    # What is due is offered, and nothing is typed any more where another amount is wanted
    question = counter.view.payment.question
    assert question is not None
    assert question.go == f"Take €25.00 ({method.capitalize()})"
    counter.payment.answer(is_yes=False)
    assert (counter.view.payment.typed, counter.view.payment.card_waiting) == ("", "")
    counter.pay(method, "500")
    counter.payment.answer(is_yes=True)
    assert counter.view.payment.card_waiting == "€25.00"
    counter.payment.confirm_terminal("")
    assert counter.tendered() == [(method, 2500)]


def test_what_is_not_cash_counts_once_somebody_has_seen_it(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("voucher", "10")
    assert counter.view.tenders() == []
    assert counter.view.payment.waiting_for == "Take the voucher for"
    counter.payment.confirm_terminal("")
    assert counter.view.tenders() == [("Voucher", "€10.00")]
    counter.payment.pay("wristband")
    assert counter.view.payment.card_waiting == "€15.00"
    counter.payment.confirm_terminal("")
    assert counter.tendered() == [("voucher", 1000), ("wristband", 1500)]


def test_a_sale_can_be_paid_in_several_ways_with_cash_last(counter: Counter) -> None:
    """Change is given from the cash, and what is left for the cash is what is rounded."""
    counter.begin((TSHIRT, 3))
    counter.pay("cash", "20")
    counter.card("30")
    assert counter.view.tenders() == [("Card", "€30.00"), ("Cash", "€20.00")]
    counter.pay("cash", "30")
    assert counter.tendered() == [("card", 3000), ("cash", 2000), ("cash", 3000)]
    assert counter.sold[0].change == euros(500)


def test_a_tender_can_be_taken_back(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.pay("cash", "10")
    counter.card("5")
    counter.payment.remove_tender(1)
    assert counter.view.tenders() == [("Card", "€5.00")]
    assert counter.notice == "Give €10.00 in cash back."
    assert counter.view.payment.due == "€20.00"
    counter.payment.remove_tender(7)
    assert counter.view.tenders() == [("Card", "€5.00")]


# Countries ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minor", "cash"), [(1237, 1235), (1238, 1240), (1235, 1235), (3, 3)])
def test_belgian_cash_is_rounded_to_five_cents(
    belgian_counter: Counter, minor: int, cash: int
) -> None:
    counter = belgian_counter
    counter.begin(a_variant(minor))
    is_rounded = minor != cash
    assert bool(counter.view.payment.due_note) == is_rounded
    counter.payment.quick(0)
    assert counter.tendered() == [("cash", cash)]
    assert counter.sold[0].rounding == euros(cash - minor)


def test_a_belgian_card_pays_to_the_cent(belgian_counter: Counter) -> None:
    belgian_counter.begin(TOTE)
    belgian_counter.card()
    assert belgian_counter.tendered() == [("card", 1237)]
    assert not belgian_counter.sold[0].rounding


def test_what_a_card_leaves_is_rounded_when_it_is_paid_in_cash(belgian_counter: Counter) -> None:
    belgian_counter.begin(TOTE)
    belgian_counter.card("10")
    assert belgian_counter.view.payment.quick[0] == "€2.35"
    belgian_counter.payment.quick(0)
    assert belgian_counter.tendered() == [("card", 1000), ("cash", 235)]
    assert belgian_counter.sold[0].rounding == euros(-2)


def test_cash_first_and_the_card_for_the_rest_leaves_nothing_due(belgian_counter: Counter) -> None:
    belgian_counter.begin(TOTE)
    belgian_counter.pay("cash", "5")
    belgian_counter.card()
    assert len(belgian_counter.sold) == 1
    sale = belgian_counter.sold[0]
    tendered = sum(tender.amount.minor for tender in sale.tenders)
    assert sale.total.minor + sale.rounding.minor == tendered - sale.change.minor


@pytest.mark.parametrize("card", range(1, 30, 7))
def test_a_mixed_belgian_payment_never_gives_cents_back(
    belgian_counter: Counter, card: int
) -> None:
    """Coins of one and two cents are gone; whatever is on the card, the change has none."""
    counter = belgian_counter
    counter.begin(TOTE)
    counter.pay("cash", "5")
    counter.card(f"0,{card:02}")
    counter.pay("cash", "10")
    (sale,) = counter.sold
    assert sale.change.minor % 5 == 0
    assert abs(sale.rounding.minor) <= 2


def test_more_cash_than_the_law_allows_is_refused_and_the_card_stays(counter: Counter) -> None:
    """The card was really charged: only the cash goes back."""
    # Given a sale of 1 200 €, 150 € of it on a card
    counter.begin(PIANO)
    counter.card("150")
    # When the rest comes in cash
    counter.payment.quick(0)
    # Then the law is told, and the card still counts
    assert not counter.sold
    assert "1,000.00" in counter.notice
    assert counter.view.tenders() == [("Card", "€150.00")]
    assert counter.view.payment.due == "€1,050.00"
    assert not counter.payment.is_locked
    # And less cash is taken
    counter.card("50")
    counter.payment.quick(0)
    assert counter.tendered() == [("card", 15_000), ("card", 5_000), ("cash", 100_000)]


def test_a_card_that_completes_too_much_cash_stays_too(counter: Counter) -> None:
    counter.begin(PIANO)
    counter.pay("cash", "1100")
    counter.card()
    assert not counter.sold
    assert counter.view.tenders() == [("Card", "€100.00")]


def test_an_article_without_a_rate_is_refused_and_what_was_taken_stays(counter: Counter) -> None:
    """The card was charged for it; the manager takes the article out or the payment back."""
    unrated = a_variant(2500, tax_class="unheard-of", name="Mystère")
    counter.begin(unrated)
    counter.card()
    assert not counter.sold
    assert "Mystère" in counter.view.payment.failed
    assert not counter.view.payment.can_retry  # it would be refused again
    assert counter.view.tenders() == [("Card", "€25.00")]
    assert not counter.payment.is_locked
