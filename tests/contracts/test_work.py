"""A till in memory answers handlers as one on disk does, or tests with it would prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from pos.commands import ApplyProducts, CorrectTender, IssueReceipt
from pos.domain.counters import Counters
from pos.domain.facts import SaleCompleted, ShiftOpened
from pos.founding import Place, found_journal
from pos.handlers.feed import apply_products
from pos.handlers.selling import complete_sale, correct_tender, issue_receipt
from pos.handlers.work import Work
from pos.ids import SaleId, ShiftId
from pos.store.till_store import open_store_to_write
from tests.builders import (
    AFTERNOON,
    ZOE,
    a_basket,
    a_cash_sale,
    a_product,
    a_sale,
    a_variant,
    an_identity,
    an_opening,
    euros,
    folders_in,
    opening_stock,
)
from tests.fakes import FakeWork, SteppingClock

OpenWork = Callable[[], AbstractContextManager[Work]]


def unsigned(_digest: str) -> bytes:
    return b"\0" * 64


def in_memory(_tmp_path: Path) -> OpenWork:
    work = FakeWork(an_opening(), AFTERNOON)

    @contextmanager
    def open_work() -> Iterator[Work]:
        yield work

    return open_work


def on_disk(tmp_path: Path) -> OpenWork:
    place = Place(folders_in(tmp_path), "live", SteppingClock.fixed(AFTERNOON))
    found_journal(place, an_identity())

    @contextmanager
    def open_work() -> Iterator[Work]:
        store = open_store_to_write(place.path)
        try:
            with store.work(unsigned, place.now) as work:
                yield work
        finally:
            store.close()

    return open_work


@pytest.fixture(params=[in_memory, on_disk])
def open_work(request: pytest.FixtureRequest, tmp_path: Path) -> OpenWork:
    """Return what gives one transaction after the other on the same till."""
    chosen: OpenWork = request.param(tmp_path)
    return chosen


def test_a_new_till_has_sold_nothing(open_work: OpenWork) -> None:
    with open_work() as work:
        assert work.counters() == Counters()
        assert work.sale(SaleId("none")) is None
        assert work.shift_on("2026-07-18") is None
        assert work.correction("none") is None
        assert work.receipts_issued(SaleId("none")) == 0
        assert work.on_hand(a_variant().variant_id) == 0
        assert not work.has_stock_history(a_variant().variant_id)
        assert work.now == AFTERNOON


def test_a_sale_is_remembered_with_its_counters_and_its_shift(open_work: OpenWork) -> None:
    with open_work() as work:
        first = complete_sale(a_cash_sale(2500, tendered=5000), work)
    with open_work() as work:
        second = complete_sale(a_cash_sale(1000), work)
    with open_work() as work:
        assert work.sale(first.sale_id) == first
        assert work.counters() == Counters(2, 3500, 3500)
        assert work.shift_on("2026-07-18") == first.shift_id == second.shift_id
        assert work.shift_on("2026-07-19") is None
        assert work.tendered(first.sale_id, "cash") == euros(2500)
        assert work.tendered(first.sale_id, "card") == euros(0)


def test_stock_is_the_sum_of_its_movements(open_work: OpenWork) -> None:
    product = a_product()
    shirt = a_variant()
    shirt_id = product.variants[0].variant_id
    with open_work() as work:
        command = ApplyProducts(
            products=(product,), opening=opening_stock(product, 5), operator=ZOE
        )
        applied = apply_products(command, work)
        assert (applied.products_added, applied.variants_added, applied.stock_opened) == (1, 1, 1)
    with open_work() as work:
        assert work.on_hand(shirt_id) == 5
        assert work.has_stock_history(shirt_id)
        complete_sale(a_sale((shirt, 7), tenders=[("card", 17_500)]), work)
    with open_work() as work:
        assert work.on_hand(shirt.variant_id) == -7
        assert work.has_stock_history(shirt.variant_id)


def test_receipts_and_corrections_are_counted(open_work: OpenWork) -> None:
    with open_work() as work:
        sale = complete_sale(a_sale(a_variant(), tenders=[("card", 2500)]), work)
        for channel in ("screen", "print"):
            command = IssueReceipt(sale_id=sale.sale_id, channel=channel, operator=ZOE)
            issue_receipt(command, work)
        correction = CorrectTender(
            correction_id="correction-1",
            sale_id=sale.sale_id,
            from_method="card",
            to_method="cash",
            amount=euros(1000),
            reason="",
            operator=ZOE,
        )
        corrected = correct_tender(correction, work)
    with open_work() as work:
        assert work.receipts_issued(sale.sale_id) == 2
        assert work.correction("correction-1") == corrected
        assert work.correction("correction-2") is None
        assert work.tendered(sale.sale_id, "card") == euros(1500)
        assert work.tendered(sale.sale_id, "cash") == euros(1000)


def test_a_basket_is_forgotten_by_its_own_id_only(open_work: OpenWork) -> None:
    basket = a_basket(a_variant())
    with open_work() as work:
        work.save_basket(basket)
        work.forget_basket(a_basket().basket_id)
        sold: SaleCompleted = complete_sale(
            a_sale(a_variant(), tenders=[("cash", 2500)], basket_id=basket.basket_id), work
        )
        assert sold.number == 1
        work.save_basket(a_basket())  # an empty one is nothing to keep


def test_whoever_opens_the_shift_is_somebody(open_work: OpenWork) -> None:
    with open_work() as work:
        assert work.first_manager()
        opened = ShiftOpened(shift_id=ShiftId("s"), business_date="2026-07-18", cash_float=None)
        work.record(opened, work.first_manager())
        assert work.shift_on("2026-07-18") == "s"
