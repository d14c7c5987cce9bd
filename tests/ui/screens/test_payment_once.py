"""A payment is one sale: whatever is pressed twice, and whatever the disk says."""

from __future__ import annotations

from pos.commands import CompleteSale
from pos.errors import StorageUnavailable
from pos.ids import SaleId
from pos.reports.sales import FindLastSale, FindSale
from tests.ui.screens.payment_counter import PIANO, TSHIRT, Counter


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


def test_nobody_goes_back_to_a_basket_that_may_be_sold(counter: Counter) -> None:
    """Another line in it would be paid, and be in no sale."""
    # Given a sale that is on disk, though the till said otherwise, and does not answer yet
    counter.till.trouble = StorageUnavailable(reason="SQLITE_IOERR")
    counter.till.waits = True
    counter.begin(TSHIRT)
    counter.payment.quick(0)
    counter.till.till.execute(counter.till.asked(CompleteSale)[0])
    counter.till.answer()
    # When somebody wants to go back, or to give up
    counter.payment.to_basket()
    counter.payment.back()
    counter.payment.abandon()
    assert counter.left == 0
    # Then the sale is there
    counter.till.answer()
    assert len(counter.sold) == 1


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


def test_a_double_press_after_a_part_does_not_take_the_rest(counter: Counter) -> None:
    """The amount is empty then, which means all that is due: the books would be wrong for good."""
    counter.begin(TSHIRT, TSHIRT)
    counter.pay("cash", "20")
    counter.pay("cash", after_s=0.35)
    assert counter.sold == []
    assert counter.saved() == [("cash", 2000)]
    # A moment later, or by another key, it is meant
    counter.pay("cash", after_s=0.8)
    assert counter.tendered() == [("cash", 2000), ("cash", 3000)]


def test_another_way_to_pay_is_meant_at_once(counter: Counter) -> None:
    counter.begin(TSHIRT, TSHIRT)
    counter.pay("cash", "20")
    counter.pay("card", after_s=0.2)
    assert counter.view.payment.card_waiting == "€30.00"
