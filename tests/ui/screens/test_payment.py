"""The payment without a window: tenders until nothing is due, then one sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.commands import CompleteSale
from pos.countries import COUNTRIES
from pos.domain.basket import Basket
from pos.domain.facts import SaleCompleted
from pos.domain.tender import Method
from pos.errors import StorageUnavailable
from pos.ids import SaleId
from pos.reports.sales import FindLastSale, FindSale, SavedTenders
from pos.till import Till
from tests.builders import ZOE, CountryCode, a_basket, a_till, a_variant, euros
from tests.ui.fake_views import FakePaymentView
from tests.ui.till_that_answers import TillThatAnswers
from ui.screens.payment import doubts
from ui.screens.payment.presenter import PaymentPresenter

TSHIRT = a_variant(2500)
TOTE = a_variant(1237, name="Sac en toile", options=())
PIANO = a_variant(120_000, name="Piano", options=())


class Counter:
    """A payment, and what it told."""

    def __init__(self, till: Till, country: CountryCode) -> None:
        self.till = TillThatAnswers(till)
        self.view = FakePaymentView()
        self.payment = PaymentPresenter(
            self.view, self.till, lambda: "en", country=COUNTRIES[country], operator=ZOE
        )
        self.sold: list[SaleCompleted] = []
        self.left = 0
        self.locks: list[bool] = []
        self.payment.sold = lambda sale, _basket_id: self.sold.append(sale)
        self.payment.left = self._left
        self.payment.lock_changed = self.locks.append

    @property
    def question(self) -> str:
        """Return what is asked on the page; "" for nothing."""
        asked = self.view.payment.question
        return f"{asked.heading} {asked.detail}" if asked else ""

    def saved(self) -> list[tuple[str, int]]:
        """Return what the disk holds of the payment in progress."""
        saved = [taken for taken in self.till.till.ask(SavedTenders()) if not taken.is_owed]
        return [(t.method, t.amount.minor) for taken in saved for t in taken.tenders]

    def _left(self) -> None:
        self.left += 1

    def begin(self, *wanted: object) -> Basket:
        basket = a_basket(*wanted)  # type: ignore[arg-type]  # as a_basket takes them
        self.payment.begin(basket)
        return basket

    def type(self, text: str) -> None:
        for char in text:
            self.payment.type_text(char)

    def pay(self, method: Method, typed: str = "") -> None:
        self.type(typed)
        self.payment.pay(method)

    def card(self, typed: str = "", reference: str = "") -> None:
        self.pay("card", typed)
        self.payment.confirm_terminal(reference)

    @property
    def notice(self) -> str:
        return self.view.notice.text if self.view.notice else ""

    def tendered(self) -> list[tuple[Method, int]]:
        (sale,) = self.sold
        return [(tender.method, tender.amount.minor) for tender in sale.tenders]


@pytest.fixture
def counter(till: Till) -> Counter:
    return Counter(till, "FR")


@pytest.fixture
def belgian_counter(tmp_path: Path) -> Iterator[Counter]:
    till = a_till(tmp_path, "BE")
    yield Counter(till, "BE")
    till.close()


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
    assert question.go == "Take €25.00"
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


# Once --------------------------------------------------------------------------------------------


def test_pressing_pay_twice_sells_once(counter: Counter) -> None:
    counter.till.waits = True
    counter.begin(TSHIRT)
    counter.payment.quick(0)
    assert counter.view.payment.is_busy
    counter.payment.quick(0)
    counter.payment.pay("cash")
    counter.payment.pay("card")
    counter.payment.remove_tender(0)
    counter.payment.back()
    counter.type("5")
    counter.till.answer()
    assert len(counter.sold) == len(counter.till.asked(CompleteSale)) == 1
    assert counter.left == 0


def test_the_basket_is_locked_from_pay_until_the_sale_is_saved_or_refused(counter: Counter) -> None:
    counter.till.waits = True
    counter.begin(PIANO)
    counter.payment.quick(0)
    assert counter.locks == [True]
    counter.till.answer()  # the law says no
    assert counter.locks == [True, False]
    counter.card("500")
    counter.payment.quick(0)
    counter.till.answer()
    assert counter.locks == [True, False, True]
    assert counter.sold


def test_what_the_disk_did_not_take_is_tried_again_as_the_same_sale(counter: Counter) -> None:
    """Perhaps it did take it, and only the answer was lost: the id makes it one sale."""
    # Given a disk that is full
    counter.till.trouble = StorageUnavailable(reason="SQLITE_FULL")
    counter.begin(TSHIRT)
    counter.payment.quick(0)
    # Then nothing is acknowledged, and nothing of the sale can change
    assert counter.view.payment.failed
    assert not counter.view.payment.is_busy
    assert counter.payment.is_locked
    assert not counter.sold
    assert "The disk is full" in counter.view.payment.failed
    counter.payment.quick(1)
    counter.payment.pay("card")
    counter.payment.remove_tender(0)
    assert counter.view.tenders() == [("Cash", "€25.00")]
    # When it is tried again, too early and then in time
    counter.payment.retry()
    assert counter.view.payment.failed
    counter.till.trouble = None
    counter.payment.retry()
    # Then it is sold, once
    assert counter.tendered() == [("cash", 2500)]
    ids = {command.sale_id for command in counter.till.asked(CompleteSale)}
    assert ids == {counter.sold[0].sale_id}
    assert len(counter.till.asked(CompleteSale)) == 3


def test_a_sale_whose_answer_was_lost_is_not_sold_again(counter: Counter) -> None:
    # Given a sale that is on disk, though the till said otherwise
    counter.till.trouble = StorageUnavailable(reason="SQLITE_IOERR")
    counter.begin(TSHIRT)
    counter.payment.quick(0)
    counter.till.till.execute(counter.till.asked(CompleteSale)[0])
    # When it is tried again
    counter.till.trouble = None
    counter.payment.retry()
    # Then it is that sale
    last = counter.till.till.ask(FindLastSale())
    assert last is not None
    assert counter.sold == [last.sale]
    assert last.sale.number == 1


def test_trying_again_is_for_what_failed(counter: Counter) -> None:
    counter.begin(TSHIRT)
    counter.payment.retry()
    assert not counter.till.asked(CompleteSale)


def test_each_basket_is_a_sale_of_its_own(counter: Counter) -> None:
    for _ in range(2):
        counter.begin(TSHIRT)
        counter.payment.quick(0)
    first, second = counter.sold
    assert first.sale_id != second.sale_id
    assert counter.till.till.ask(FindSale(sale_id=SaleId(first.sale_id))) is not None


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
