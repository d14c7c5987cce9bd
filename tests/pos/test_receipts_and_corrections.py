from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec
import pytest

from pos.commands import CorrectTender, IssueReceipt
from pos.domain.facts import ReceiptIssued, SaleCompleted, TenderCorrected
from pos.domain.tender import Method
from pos.errors import CashLimitExceeded, UnknownSale, WrongTender
from pos.handlers.selling import REASON_MAX, complete_sale, correct_tender, issue_receipt
from pos.ids import SaleId
from tests.builders import AFTERNOON, ZOE, a_cash_sale, a_sale, a_variant, an_opening, euros
from tests.fakes import FakeWork


def a_till_that_sold(
    price: int = 2500, tenders: list[tuple[Method, int]] | None = None
) -> tuple[FakeWork, SaleCompleted]:
    work = FakeWork(an_opening(), AFTERNOON)
    command = a_sale(a_variant(price), tenders=tenders or [("card", price)])
    return work, complete_sale(command, work)


def the_receipt(
    sale: SaleCompleted, channel: Literal["print", "screen", "file"] = "print"
) -> IssueReceipt:
    return IssueReceipt(sale_id=sale.sale_id, channel=channel, operator=ZOE)


def a_correction(
    sale: SaleCompleted,
    amount: int = 2500,
    *,
    by: tuple[Method, Method] = ("card", "cash"),
    reason: str = "wrong button",
    correction_id: str = "correction-1",
) -> CorrectTender:
    return CorrectTender(
        correction_id=correction_id,
        sale_id=sale.sale_id,
        from_method=by[0],
        to_method=by[1],
        amount=euros(amount),
        reason=reason,
        operator=ZOE,
    )


def test_the_first_receipt_is_the_original_and_all_others_are_numbered() -> None:
    work, sale = a_till_that_sold()
    channels: list[Literal["print", "screen", "file"]] = ["screen", "print", "file"]
    issued = [issue_receipt(the_receipt(sale, channel), work) for channel in channels]
    assert [(one.copy, one.channel) for one in issued] == [(1, "screen"), (2, "print"), (3, "file")]
    assert {one.receipt_number for one in issued} == {sale.receipt_number}
    assert work.facts(ReceiptIssued) == issued


def test_each_sale_has_an_original_of_its_own() -> None:
    work, sale = a_till_that_sold()
    other = complete_sale(a_cash_sale(), work)
    assert [issue_receipt(the_receipt(one), work).copy for one in (sale, other)] == [1, 1]


def test_a_receipt_says_when_it_was_issued_by_the_stands_clock() -> None:
    work, sale = a_till_that_sold()
    work.now += timedelta(hours=20)
    assert issue_receipt(the_receipt(sale), work).local_time == "2026-07-19T11:02:11+02:00"


def test_there_is_no_receipt_of_a_sale_that_nobody_made() -> None:
    work, sale = a_till_that_sold()
    unknown = msgspec.structs.replace(the_receipt(sale), sale_id=SaleId("elsewhere"))
    with pytest.raises(UnknownSale) as refusal:
        issue_receipt(unknown, work)
    assert refusal.value.sale == "elsewhere"
    assert work.facts(ReceiptIssued) == []


def test_a_payment_is_corrected_by_another_fact() -> None:
    """The sale stays as it is; totals by method add both (R14)."""
    work, sale = a_till_that_sold()
    corrected = correct_tender(a_correction(sale), work)
    assert work.recorded[-1] == corrected
    assert work.sale(sale.sale_id) == sale
    assert work.tendered(sale.sale_id, "card") == euros(0)
    assert work.tendered(sale.sale_id, "cash") == euros(2500)
    assert (corrected.reason, corrected.business_date) == ("wrong button", "2026-07-18")


def test_a_correction_that_arrives_twice_counts_once() -> None:
    work, sale = a_till_that_sold()
    first = correct_tender(a_correction(sale), work)
    assert correct_tender(a_correction(sale), work) == first
    assert work.facts(TenderCorrected) == [first]


@pytest.mark.parametrize("other", ["amount", "method", "sale"])
def test_one_id_for_two_corrections_is_our_mistake(other: str) -> None:
    work, sale = a_till_that_sold()
    second = complete_sale(a_sale(a_variant(), tenders=[("card", 2500)]), work)
    correct_tender(a_correction(sale, 1000), work)
    again = {
        "amount": a_correction(sale, 500),
        "method": a_correction(sale, 1000, by=("card", "voucher")),
        "sale": a_correction(second, 1000),
    }[other]
    with pytest.raises(AssertionError):
        correct_tender(again, work)


def test_a_correction_counts_on_the_day_on_which_it_is_made() -> None:
    work, sale = a_till_that_sold()
    work.now = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)  # four in the morning
    assert correct_tender(a_correction(sale), work).business_date == "2026-07-19"


def test_more_than_came_in_by_a_method_cannot_be_moved_from_it() -> None:
    work, sale = a_till_that_sold(tenders=[("card", 1000), ("cash", 2000)])
    with pytest.raises(WrongTender) as refusal:
        correct_tender(a_correction(sale, 1001), work)
    assert refusal.value.method == "card"
    with pytest.raises(WrongTender):  # 20.00 came in, 5.00 went out as change
        correct_tender(a_correction(sale, 1501, by=("cash", "card")), work)
    correct_tender(a_correction(sale, 1500, by=("cash", "card")), work)
    with pytest.raises(WrongTender):
        correct_tender(a_correction(sale, 1, by=("cash", "card"), correction_id="2"), work)


def test_a_correction_of_an_unknown_sale_is_refused() -> None:
    work, sale = a_till_that_sold()
    elsewhere = msgspec.structs.replace(sale, sale_id=SaleId("elsewhere"))
    with pytest.raises(UnknownSale):
        correct_tender(a_correction(elsewhere), work)


def test_a_correction_cannot_make_more_cash_than_the_law_allows() -> None:
    work, sale = a_till_that_sold(110_000, [("cash", 60_000), ("card", 50_000)])
    with pytest.raises(CashLimitExceeded) as refusal:
        correct_tender(a_correction(sale, 50_000), work)
    assert refusal.value.cash == euros(110_000)
    correct_tender(a_correction(sale, 50_000, by=("card", "wristband")), work)
    allowed = a_correction(sale, 40_000, by=("wristband", "cash"), correction_id="2")
    assert correct_tender(allowed, work).amount == euros(40_000)


@pytest.mark.parametrize(
    ("amount", "by"), [(0, ("card", "cash")), (-1, ("card", "cash")), (100, ("card", "card"))]
)
def test_a_correction_that_corrects_nothing_is_our_mistake(
    amount: int, by: tuple[Method, Method]
) -> None:
    work, sale = a_till_that_sold()
    with pytest.raises(AssertionError):
        correct_tender(a_correction(sale, amount, by=by), work)


def test_a_reason_is_kept_as_one_harmless_line() -> None:
    work, sale = a_till_that_sold()
    corrected = correct_tender(a_correction(sale, reason="a\x1b\nb" + "x" * 1000), work)
    assert corrected.reason.startswith("a bx")
    assert len(corrected.reason) == REASON_MAX
