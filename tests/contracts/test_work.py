"""A till in memory answers handlers as one on disk does, or tests with it would prove nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from pos.commands import ApplyProducts, CorrectTender, CountOwnNames, IssueReceipt
from pos.domain.catalogue import Product
from pos.domain.counters import Counters
from pos.domain.facts import Enrolled, SaleCompleted, ShiftOpened
from pos.domain.feed_place import FeedNotTaken, FeedOutcome, FeedTaken, PlaceInFeed
from pos.founding import Place, found_journal
from pos.handlers.feed import apply_products
from pos.handlers.hub_feed import (
    apply_feed,
    begin_snapshot,
    count_own_names,
    finish_snapshot,
    join_organisation,
)
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
from tests.feed_items import (
    FEED,
    NOON,
    OTHER,
    OWN,
    a_stand,
    another_till,
    begin,
    finish,
    joining,
    listed,
    page,
    somebody,
    stock,
)

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


# What a hub tells --------------------------------------------------------------------------------

SHIRT = a_product()
SHIRT_M = SHIRT.variants[0].variant_id
MUG = a_product("mug", name="Mug")


def standing(position: int, *, is_in_snapshot: bool = False) -> PlaceInFeed:
    return PlaceInFeed(feed_id=FEED, position=position, is_in_snapshot=is_in_snapshot)


def joined(open_work: OpenWork, *products: Product) -> FeedOutcome:
    """Let a till belong to a hub that sells these."""
    with open_work() as work:
        join_organisation(joining(), work)
        begin_snapshot(begin(1), work)
    with open_work() as work:
        apply_feed(page(1, *listed(*products)), work)
        return finish_snapshot(finish(1), work)


def test_a_till_that_has_not_joined_takes_nothing(open_work: OpenWork) -> None:
    with open_work() as work:
        assert work.enrolments() == []
        refused = FeedNotTaken(problem="not_enrolled", place=PlaceInFeed())
        assert begin_snapshot(begin(1), work) == refused
        assert apply_feed(page(1), work) == refused


def test_joining_twice_is_joining_once(open_work: OpenWork) -> None:
    with open_work() as work:
        first = join_organisation(joining(), work)
        assert isinstance(first, Enrolled)
        assert join_organisation(joining(), work) == first
    with open_work() as work:
        assert work.enrolments() == [first]


def test_pages_are_taken_in_their_order_and_once(open_work: OpenWork) -> None:
    assert joined(open_work, SHIRT) == FeedTaken(place=standing(1))
    items = (somebody(), a_stand(), another_till(), stock(SHIRT_M, 4), *listed(MUG))
    with open_work() as work:
        taken = apply_feed(page(6, *items, seen=[(OTHER, NOON)]), work)
        assert taken == FeedTaken(place=standing(6), products=1, staff=1, stands=2, stock=1)
    with open_work() as work:
        assert apply_feed(page(6, *items), work) == FeedTaken(place=standing(6))
        assert apply_feed(page(5, stock(SHIRT_M, 9)), work) == FeedTaken(place=standing(6))
        other = FeedNotTaken(problem="other_feed", place=standing(6))
        assert apply_feed(page(7, feed_id="another"), work) == other
        assert work.on_hand(SHIRT_M) == 4
        assert work.has_stock_history(SHIRT_M)
        assert work.feed.on_sale() == (2, 2)


def test_a_tills_own_stock_is_what_it_recorded(open_work: OpenWork) -> None:
    joined(open_work, SHIRT)
    with open_work() as work:
        mine, left = stock(SHIRT_M, 4, till_id=OWN), stock(SHIRT_M, 3, till_id=OWN, stand="PL")
        assert apply_feed(page(5, mine, left), work) == FeedTaken(place=standing(5), stock=1)
        assert work.on_hand(SHIRT_M) == 0
        assert not work.has_stock_history(SHIRT_M)


def test_what_a_till_has_under_its_own_names_is_counted_as_the_hub_says(
    open_work: OpenWork,
) -> None:
    own, cap = a_product("own"), a_product("cap")
    (own_id,), (cap_id,) = ([one.variant_id for one in each.variants] for each in (own, cap))
    with open_work() as work:
        command = ApplyProducts(products=(own,), opening=opening_stock(own, 5), operator=ZOE)
        apply_products(command, work)
        assert count_own_names(CountOwnNames(names=((own_id, SHIRT_M),)), work) == 0
    joined(open_work, SHIRT, cap)
    for meant, changed, levels in (
        (SHIRT_M, 1, (5, 0)),
        (SHIRT_M, 0, (5, 0)),
        (cap_id, 2, (0, 5)),
        (None, 1, (0, 0)),
    ):
        with open_work() as work:
            assert count_own_names(CountOwnNames(names=((own_id, meant),)), work) == changed
            assert (work.on_hand(SHIRT_M), work.on_hand(cap_id)) == levels
            assert work.on_hand(own_id) == 5


def test_a_snapshot_lets_go_of_what_it_does_not_name(open_work: OpenWork) -> None:
    joined(open_work, SHIRT, MUG)
    with open_work() as work:
        apply_feed(page(4, somebody("ANA"), stock(SHIRT_M, 4)), work)
        assert finish_snapshot(finish(9), work) == FeedNotTaken(
            problem="no_snapshot", place=standing(4)
        )
        within = FeedTaken(place=standing(9, is_in_snapshot=True))
        assert begin_snapshot(begin(9), work) == within
    with open_work() as work:
        assert begin_snapshot(begin(9), work) == within
        assert apply_feed(page(10), work) == FeedNotTaken(problem="in_snapshot", place=within.place)
        apply_feed(page(9, *listed(MUG), somebody("BEN", role="manager")), work)
        assert work.feed.on_sale() == (2, 2)
    with open_work() as work:
        assert finish_snapshot(finish(9), work) == FeedTaken(place=standing(9))
        assert finish_snapshot(finish(9), work) == FeedTaken(place=standing(9))
        assert work.feed.on_sale() == (1, 1)
        assert work.on_hand(SHIRT_M) == 0
        assert work.feed.forget_unnamed(10) == 0


def test_what_is_let_go_of_is_bounded(open_work: OpenWork) -> None:
    joined(open_work, SHIRT, MUG)
    with open_work() as work:
        work.feed.begin_snapshot(FEED, 9)
        assert [work.feed.forget_unnamed(1) for _ in range(3)] == [1, 1, 0]
        assert work.feed.on_sale() == (0, 0)


def test_somebody_who_left_is_not_there(open_work: OpenWork) -> None:
    joined(open_work)
    with open_work() as work:
        gone = somebody("ANA", is_active=False)
        assert not work.feed.keep_staff(gone)
        assert work.feed.keep_staff(somebody("ANA"))
        assert work.feed.keep_staff(gone)
        assert work.feed.erase_own_staff() == 0
