"""What a hub tells reaches the till whole and once, whatever is repeated, lost or cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.facts import CatalogueChanged, Enrolled
from pos.domain.feed import FEED_ITEMS_MAX, AnyFeedItem, FeedItem, ProductListed
from pos.domain.feed_place import (
    FEED_VARIANTS_MAX,
    FeedNotTaken,
    FeedTaken,
    PlaceInFeed,
    feed_pieces,
)
from pos.handlers.hub_feed import FORGOTTEN_MAX
from pos.reports.catalogue import CountCatalogue, KeysOf, TileOf, Tiles
from pos.reports.hub import FeedPlace
from pos.reports.sales import Staff
from pos.till import Till
from tests.builders import (
    AFTERNOON,
    ZOE,
    a_product,
    a_sale,
    a_size,
    a_till,
    a_variant,
    fill,
)
from tests.feed_items import (
    FEED,
    OWN,
    a_stand,
    another_till,
    begin,
    finish,
    join_hub,
    joining,
    listed,
    page,
    somebody,
    stock,
    take_snapshot,
)
from tests.pos.test_feed import facts_heard

SHIRT = a_product()
SHIRT_M = SHIRT.variants[0].variant_id
MUG = a_product("mug", a_size("", handle="mug", price=1200), name="Mug", category="Mugs")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    yield till
    till.close()


def names(till: Till) -> set[str]:
    return {tile.name for tile in till.ask(Tiles()).tiles}


def place(position: int, *, feed_id: str = FEED, is_in_snapshot: bool = False) -> PlaceInFeed:
    return PlaceInFeed(feed_id=feed_id, position=position, is_in_snapshot=is_in_snapshot)


def left(till: Till) -> int:
    (key,) = till.ask(KeysOf(variant_ids=(SHIRT_M,)))
    return key.on_hand


def everything(till: Till) -> list[object]:
    """Return all that came down, as it lies on the disk."""
    tables = ["product", "variant", "barcode", "staff", "feed_place", "from_feed", "other_stock"]
    tables += ["other_level", "stand_name", "till_name"]
    return [till._store.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]  # noqa: SLF001 the disk is the subject


# Whose hub it is ---------------------------------------------------------------------------------


def test_joining_is_recorded_once(till: Till) -> None:
    heard = facts_heard(till)
    first = till.execute(joining())
    assert till.execute(joining()) == first
    assert heard == [first]
    assert isinstance(first, Enrolled)
    assert (first.till_id, first.serial) == (OWN, 7)


def test_another_certificate_is_recorded_too(till: Till) -> None:
    heard = facts_heard(till)
    for command in (joining(), joining(serial=8), joining()):
        till.execute(command)
    assert [fact.serial for fact in heard if isinstance(fact, Enrolled)] == [7, 8, 7]


def test_a_till_that_does_not_know_who_it_is_takes_nothing(till: Till) -> None:
    """Its own stock would come back as another till's, and count twice."""
    nowhere = PlaceInFeed()
    refused = FeedNotTaken(problem="not_enrolled", place=nowhere)
    assert till.execute(begin(1)) == refused
    assert till.execute(page(1, *listed(SHIRT))) == refused
    assert till.ask(FeedPlace()) == nowhere
    assert names(till) == set()


# Pages -------------------------------------------------------------------------------------------


def test_a_page_is_taken_and_the_till_goes_on_from_it(till: Till) -> None:
    join_hub(till, *listed(SHIRT))
    taken = till.execute(page(5, *listed(MUG), somebody(), a_stand(), another_till()))
    assert taken == FeedTaken(place=place(5), products=1, staff=1, stands=2)
    assert till.ask(FeedPlace()) == place(5)
    assert names(till) == {SHIRT.name, MUG.name}


def test_no_fact_is_recorded_for_a_page(till: Till) -> None:
    join_hub(till)
    heard = facts_heard(till)
    till.execute(page(5, *listed(MUG)))
    assert heard == []


def test_the_same_page_twice_changes_nothing(till: Till) -> None:
    join_hub(till)
    items = (*listed(SHIRT), somebody(), a_stand(), another_till(), stock(SHIRT_M, 3))
    till.execute(page(5, *items))
    before = everything(till)
    assert till.execute(page(5, *items)) == FeedTaken(place=place(5))
    assert everything(till) == before


def test_what_was_said_again_later_counts_as_no_change(till: Till) -> None:
    """So that a screen is painted anew only for what is new."""
    join_hub(till)
    items = (*listed(SHIRT), somebody(), a_stand(), another_till(), stock(SHIRT_M, 3))
    till.execute(page(5, *items))
    assert till.execute(page(6, *items)) == FeedTaken(place=place(6))


def test_an_older_page_is_not_taken_again(till: Till) -> None:
    """Its answer was lost; what it says may have changed since."""
    join_hub(till)
    cheap = msgspec.structs.replace(SHIRT, name="Solde")
    till.execute(page(5, *listed(SHIRT)))
    till.execute(page(9, *listed(cheap)))
    assert till.execute(page(5, *listed(SHIRT))) == FeedTaken(place=place(9))
    assert names(till) == {"Solde"}


def test_a_page_of_another_feed_is_refused(till: Till) -> None:
    """A hub that was restored counts anew: its positions say nothing of ours."""
    join_hub(till, *listed(SHIRT), position=8)
    answer = till.execute(page(9, *listed(MUG), feed_id="feed-2"))
    assert answer == FeedNotTaken(problem="other_feed", place=place(8))
    assert names(till) == {SHIRT.name}


def test_a_page_without_anything_new_moves_the_till_on(till: Till) -> None:
    join_hub(till)
    assert till.execute(page(40)) == FeedTaken(place=place(40))


def test_a_page_that_is_too_large_is_a_bug_of_ours(till: Till) -> None:
    join_hub(till)
    items = [somebody(f"C{n}") for n in range(FEED_ITEMS_MAX + 1)]
    with pytest.raises(AssertionError, match="a sale is waiting"):
        till.execute(page(5, *items))


def test_what_nobody_can_sell_is_left_aside_and_holds_up_nothing(till: Till) -> None:
    join_hub(till)
    twice = a_product("twice", a_size("M", handle="twice"), a_size("M", handle="twice"))
    below = a_product("below", a_size("M", handle="below", price=-1))
    taken = till.execute(page(5, *listed(twice, below, MUG), stock(SHIRT_M, 2**60)))
    assert taken == FeedTaken(place=place(5), products=1, left_aside=3)
    assert names(till) == {MUG.name}


@given(st.lists(st.integers(0, FEED_VARIANTS_MAX + 50), max_size=40), st.integers(0, 600))
def test_pieces_are_bounded_and_lose_nothing(sizes: list[int], others: int) -> None:
    sizes_of = [a_product(f"p{n}") for n in range(len(sizes))]
    products = [
        ProductListed(product=msgspec.structs.replace(product, variants=product.variants * size))
        for product, size in zip(sizes_of, sizes, strict=True)
    ]
    items: list[AnyFeedItem] = [*products, *(a_stand(f"S{n}") for n in range(others))]
    pieces = [items[piece] for piece in feed_pieces(items)]
    assert [item for piece in pieces for item in piece] == items
    for piece in pieces:
        variants = sum(len(i.product.variants) for i in piece if isinstance(i, ProductListed))
        assert 0 < len(piece) <= FEED_ITEMS_MAX
        assert variants <= FEED_VARIANTS_MAX or len(piece) == 1


def test_an_item_is_known_by_what_it_is_about() -> None:
    """A later one of the same kind and key takes its place."""
    items = (*listed(SHIRT), somebody(), a_stand(), another_till(), stock(SHIRT_M, 1))
    keys = [SHIRT.product_id, "ANA", "PL", "till-other", f"till-other/GS/{SHIRT_M}"]
    assert [item.key for item in items] == keys
    with pytest.raises(NotImplementedError):
        _ = FeedItem().key  # of no kind


# Snapshots ---------------------------------------------------------------------------------------


def test_a_snapshot_is_recorded_once_when_it_is_whole(till: Till) -> None:
    till.execute(joining())
    heard = facts_heard(till)
    answer = take_snapshot(till, *listed(SHIRT, MUG), position=30)
    assert answer == FeedTaken(place=place(30))
    assert heard == [CatalogueChanged(source="hub", sha256="", products=2, variants=2)]
    assert till.execute(finish(30)) == FeedTaken(place=place(30))
    assert len(heard) == 1


def test_what_the_snapshot_does_not_name_is_gone(till: Till) -> None:
    join_hub(
        till,
        *listed(SHIRT, MUG),
        somebody("ANA"),
        somebody("BEN", role="manager"),
        a_stand("PL"),
        a_stand("EN"),
        another_till(),
        stock(SHIRT_M, 4),
    )
    assert left(till) == 4
    take_snapshot(till, *listed(MUG), somebody("BEN", role="manager"), a_stand("PL"), position=50)
    assert names(till) == {MUG.name}
    assert [one.code for one in till.ask(Staff())] == ["BEN"]
    assert left(till) == 0
    rows = till._store.rows  # noqa: SLF001 the disk is the subject
    assert rows("SELECT stand FROM stand_name") == [("PL",)]
    assert rows("SELECT till_id FROM till_name") == []
    assert sorted(rows("SELECT kind FROM from_feed")) == [("product",), ("staff",), ("stand",)]


def test_a_product_of_the_tills_own_is_taken_over_or_goes_off_sale(till: Till) -> None:
    """A stand-alone till joins: what it sold stays known, for its receipts."""
    fill(till, SHIRT, MUG, stock=5)
    theirs = msgspec.structs.replace(SHIRT, name="T-shirt du hub")
    join_hub(till, *listed(theirs))
    assert names(till) == {"T-shirt du hub"}
    assert left(till) == 5
    assert till.ask(TileOf(product_id=MUG.product_id)) is None
    assert till.ask(CountCatalogue()).products == 2


def test_all_stays_on_sale_while_a_snapshot_arrives(till: Till) -> None:
    join_hub(till, *listed(SHIRT, MUG))
    till.execute(begin(90))
    till.execute(page(90, *listed(MUG)))
    assert names(till) == {SHIRT.name, MUG.name}
    assert till.ask(FeedPlace()) == place(90, is_in_snapshot=True)


def test_within_a_snapshot_only_the_rest_of_it_is_taken(till: Till) -> None:
    join_hub(till)
    till.execute(begin(90))
    inside = place(90, is_in_snapshot=True)
    refused = FeedNotTaken(problem="in_snapshot", place=inside)
    assert till.execute(page(91, *listed(MUG))) == refused
    assert till.execute(page(2, *listed(MUG))) == refused
    other = FeedNotTaken(problem="other_feed", place=inside)
    assert till.execute(page(90, *listed(MUG), feed_id="feed-2")) == other
    assert names(till) == set()


def test_a_snapshot_that_nobody_began_is_not_finished(till: Till) -> None:
    join_hub(till, *listed(SHIRT), position=8)
    refused = FeedNotTaken(problem="no_snapshot", place=place(8))
    assert till.execute(finish(9)) == refused
    assert names(till) == {SHIRT.name}


def test_beginning_the_same_snapshot_again_goes_on_with_it(till: Till) -> None:
    """The answer to the first command was lost behind some pages."""
    till.execute(joining())
    till.execute(begin(30))
    till.execute(page(30, *listed(SHIRT)))
    assert till.execute(begin(30)) == FeedTaken(place=place(30, is_in_snapshot=True))
    till.execute(page(30, *listed(MUG)))
    till.execute(finish(30))
    assert names(till) == {SHIRT.name, MUG.name}


def test_a_snapshot_of_what_the_till_has_already_changes_nothing(till: Till) -> None:
    items = (*listed(SHIRT), somebody(), a_stand(), another_till(), stock(SHIRT_M, 4))
    join_hub(till, *items)
    till.execute(begin(30))
    assert till.execute(page(30, *items)) == FeedTaken(place=place(30, is_in_snapshot=True))
    till.execute(finish(30))
    assert (names(till), left(till)) == ({SHIRT.name}, 4)


def test_another_snapshot_takes_the_place_of_an_unfinished_one(till: Till) -> None:
    till.execute(joining())
    till.execute(begin(30))
    till.execute(page(30, *listed(SHIRT), stock(SHIRT_M, 4)))
    take_snapshot(till, *listed(MUG), position=44)
    assert names(till) == {MUG.name}
    assert till.ask(FeedPlace()) == place(44)


def test_a_large_snapshot_ends_in_pieces_between_which_a_sale_comes(till: Till) -> None:
    many = [a_product(f"p{n}", a_size(handle=f"p{n}")) for n in range(FORGOTTEN_MAX + 1)]
    till.execute(joining())
    till.execute(begin(30))
    for piece in feed_pieces(items := listed(*many)):
        till.execute(page(30, *items[piece]))
    till.execute(finish(30))
    till.execute(begin(60))
    till.execute(page(60, *listed(MUG)))
    heard = facts_heard(till)
    assert till.execute(finish(60)) == FeedTaken(place=place(60, is_in_snapshot=True))
    assert heard == []
    assert till.execute(finish(60)) == FeedTaken(place=place(60))
    assert names(till) == {MUG.name}


# People ------------------------------------------------------------------------------------------


def test_the_first_manager_stays_until_the_hub_names_another(till: Till) -> None:
    """Nobody is locked out of a till by a hub without staff."""
    add_to_staff(till, "ZOE")
    join_hub(till, somebody("ANA"))
    assert [one.code for one in till.ask(Staff())] == ["ZOE", "ANA"]
    till.execute(page(5, somebody("BEN", role="manager")))
    assert [one.code for one in till.ask(Staff())] == ["ANA", "BEN"]


def test_the_first_manager_goes_with_the_snapshot_that_names_another(till: Till) -> None:
    add_to_staff(till, "ZOE")
    till.execute(joining())
    till.execute(begin(3))
    till.execute(page(3, somebody("BEN", role="manager")))
    assert [one.code for one in till.ask(Staff())] == ["ZOE", "BEN"]
    till.execute(finish(3))
    assert [one.code for one in till.ask(Staff())] == ["BEN"]


def test_the_hub_may_name_the_tills_own_manager(till: Till) -> None:
    add_to_staff(till, "ZOE")
    join_hub(till, somebody("ZOE", name="Zoé M.", role="manager"))
    (zoe,) = till.ask(Staff())
    assert (zoe.code, zoe.name, zoe.role) == (ZOE, "Zoé M.", "manager")


def test_somebody_who_left_is_erased(till: Till) -> None:
    """Their sales keep the code and nothing else (fiscal.md R34)."""
    join_hub(till, somebody("ANA"), somebody("BEN", role="manager"))
    taken = till.execute(page(5, somebody("ANA", is_active=False)))
    assert taken == FeedTaken(place=place(5), staff=1)
    assert [one.code for one in till.ask(Staff())] == ["BEN"]
    assert till._store.rows("SELECT key FROM from_feed WHERE kind = 'staff'") == [("BEN",)]  # noqa: SLF001 the disk is the subject


def add_to_staff(till: Till, code: str) -> None:
    with till._store.work(till._key.sign_entry, lambda: AFTERNOON) as work:  # noqa: SLF001 a set-up writes from outside
        work._db.execute("INSERT INTO staff VALUES (?, 'Zoé', 'manager', '')", [code])  # noqa: SLF001 as above


# Stock -------------------------------------------------------------------------------------------


def test_a_stand_has_what_all_its_tills_moved(till: Till) -> None:
    fill(till, SHIRT, stock=10)
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, -3), stock(SHIRT_M, 20, till_id="org-1"))
    assert left(till) == 27
    till.execute(page(5, stock(SHIRT_M, -5)))
    assert left(till) == 25


def test_what_the_till_moved_itself_is_not_counted_twice(till: Till) -> None:
    fill(till, SHIRT, stock=10)
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 10, till_id=OWN))
    assert left(till) == 10


def test_a_till_that_enrolled_again_knows_both_its_names(till: Till) -> None:
    fill(till, SHIRT, stock=10)
    till.execute(joining("till-before"))
    join_hub(
        till,
        *listed(SHIRT),
        stock(SHIRT_M, 10, till_id="till-before"),
        stock(SHIRT_M, -1, till_id=OWN),
    )
    assert left(till) == 10


def test_stock_of_another_stand_is_not_ours(till: Till) -> None:
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 7, stand="PL"))
    assert left(till) == 0


def test_a_sale_of_what_another_till_has_left_is_no_oversell(till: Till) -> None:
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 1, till_id="org-1"))
    shirt = msgspec.structs.replace(a_variant(), variant_id=SHIRT_M)
    sales = [till.execute(a_sale(shirt, tenders=[("card", 2500)])) for _ in range(2)]
    assert [sale.lines[0].oversold for sale in sales] == [False, True]
    assert left(till) == -1
