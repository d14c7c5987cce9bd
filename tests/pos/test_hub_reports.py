"""What a till says of its hub: other stands' stock and its age, what is on this till only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.commands import CountOwnNames
from pos.domain.feed_place import FeedTaken
from pos.ids import VariantId
from pos.reports.catalogue import FindByCode, Found, KeysOf, TileOf, Tiles, VariantsWithStock
from pos.reports.hub import (
    LOCAL_VARIANTS_PAGE_MAX,
    LocalVariants,
    OnlyHere,
    OnlyOnThisTill,
    OtherTills,
    StockElsewhere,
    StockThere,
)
from pos.reports.journal import EndOfJournal
from pos.till import Till
from tests.builders import a_cash_sale, a_product, a_sale, a_size, a_till, fill, on_sale
from tests.feed_items import (
    NOON,
    OTHER,
    OWN,
    THIRD,
    a_stand,
    another_till,
    join_hub,
    listed,
    page,
    stock,
)

EAN = "4006381333931"
SHIRT = a_product("wildfire", a_size("M", sku="TS-M", barcodes=(EAN,)), a_size("L"))
SHIRT_M, SHIRT_L = (variant.variant_id for variant in SHIRT.variants)
LATER = "2026-07-18T12:30:00.000000Z"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    yield till
    till.close()


def there(till: Till) -> list[tuple[str, int]]:
    return [(one.stand, one.pieces) for one in till.ask(StockElsewhere(variant_ids=(SHIRT_M,)))]


# Elsewhere ---------------------------------------------------------------------------------------


def test_another_stand_is_told_with_its_pieces_and_their_age(till: Till) -> None:
    join_hub(
        till,
        *listed(SHIRT),
        a_stand("PL", "Plage"),
        another_till(THIRD, stand="PL"),
        stock(SHIRT_M, 9, till_id="org-1", stand="PL"),
        stock(SHIRT_M, -2, till_id=THIRD, stand="PL", at=LATER),
    )
    till.execute(page(5, seen=[(THIRD, NOON)]))
    expected = StockThere(
        variant_id=SHIRT_M, stand="PL", stand_name="Plage", pieces=7, at=LATER, seen_at=NOON
    )
    assert till.ask(StockElsewhere(variant_ids=(SHIRT_M, SHIRT_L))) == (expected,)


def test_the_stand_with_most_is_first_and_ours_is_not_among_them(till: Till) -> None:
    join_hub(
        till,
        *listed(SHIRT),
        *(stock(SHIRT_M, n, stand=name) for name, n in (("AA", 1), ("BB", 8), ("GS", 30))),
        *(stock(SHIRT_M, n, stand=name) for name, n in (("CC", 0), ("DD", -4))),
    )
    assert there(till) == [("BB", 8), ("AA", 1)]


def test_a_stand_that_is_closed_is_not_somewhere_to_go(till: Till) -> None:
    join_hub(till, *listed(SHIRT), a_stand("PL", is_active=False), stock(SHIRT_M, 4, stand="PL"))
    assert there(till) == []


def test_nothing_is_elsewhere_for_a_till_without_a_hub(till: Till) -> None:
    fill(till, SHIRT, stock=5)
    assert there(till) == []


def test_what_this_till_left_at_its_old_stand_is_there(till: Till) -> None:
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 6, till_id=OWN, stand="PL"))
    assert there(till) == [("PL", 6)]


def test_a_stand_is_as_old_as_its_till_that_was_longest_unheard(till: Till) -> None:
    join_hub(
        till,
        *listed(SHIRT),
        another_till("a", stand="PL", till="1"),
        another_till("b", stand="PL", till="2"),
        another_till("gone", stand="PL", till="3", is_active=False),
        stock(SHIRT_M, 4, stand="PL"),
    )
    till.execute(page(5, seen=[("a", LATER), ("b", NOON), ("stranger", NOON)]))
    (found,) = till.ask(StockElsewhere(variant_ids=(SHIRT_M,)))
    assert found.seen_at == NOON


def test_when_a_till_was_heard_never_goes_back(till: Till) -> None:
    join_hub(till, another_till(), a_stand("GS", "Grande scène"))
    till.execute(page(5, seen=[(OTHER, LATER)]))
    assert till.execute(page(5, seen=[(OTHER, NOON)])) == FeedTaken(
        place=till.execute(page(5)).place
    )
    (other,) = till.ask(OtherTills())
    assert (other.till_id, other.seen_at, other.stand_name) == (OTHER, LATER, "Grande scène")
    assert other.is_active


def test_other_tills_are_named_stand_by_stand_and_this_one_is_not(till: Till) -> None:
    join_hub(
        till,
        another_till(OWN, till="1"),
        another_till("b", stand="PL", till="1"),
        another_till("a", stand="GS", till="3"),
        another_till("c", stand="GS", till="2"),
    )
    assert [(one.stand, one.till) for one in till.ask(OtherTills())] == [
        ("GS", "2"),
        ("GS", "3"),
        ("PL", "1"),
    ]


# The stand's own level, wherever it is shown -----------------------------------------------------


def test_what_others_moved_counts_wherever_a_number_is_shown(till: Till) -> None:
    fill(till, SHIRT, stock=5)
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, -3), stock(SHIRT_L, 40))
    found = till.ask(FindByCode(candidates=(EAN,)))
    assert isinstance(found, Found)
    by_sku = till.ask(FindByCode(candidates=("ts-m",)))
    assert isinstance(by_sku, Found)
    assert (found.key.on_hand, by_sku.key.on_hand) == (2, 2)
    tile = till.ask(TileOf(product_id=SHIRT.product_id))
    assert tile is not None
    tiles = till.ask(Tiles(words="wildf", category=SHIRT.category)).tiles
    keys = till.ask(KeysOf(variant_ids=(SHIRT_M, SHIRT_L)))
    for shown in (tile.keys, tiles[0].keys, keys):
        assert [key.on_hand for key in shown] == [2, 45]


def test_what_others_moved_here_is_a_history(till: Till) -> None:
    """An import does not count opening stock where the stand has had some."""
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 0), stock(SHIRT_L, 4, stand="PL"))
    both = (SHIRT_M, SHIRT_L)
    assert till.ask(VariantsWithStock(variant_ids=both)) == {SHIRT_M}
    assert fill(till, SHIRT, stock=5).stock_opened == 1
    assert till.ask(VariantsWithStock(variant_ids=both)) == {SHIRT_M, SHIRT_L}


PLANS = (
    FindByCode(candidates=(EAN,)),
    FindByCode(candidates=("TS-M",)),
    Tiles(),
    Tiles(words="wild"),
    TileOf(product_id=SHIRT.product_id),
    KeysOf(variant_ids=(SHIRT_M,)),
    StockElsewhere(variant_ids=(SHIRT_M,)),
    VariantsWithStock(variant_ids=(SHIRT_M,)),
)


@pytest.mark.parametrize("question", PLANS, ids=lambda question: type(question).__name__)
def test_stock_is_looked_up_and_never_searched_for(till: Till, question: object) -> None:
    join_hub(till, *listed(SHIRT), stock(SHIRT_M, 4, stand="PL"))
    steps: list[str] = []
    store = till._store  # noqa: SLF001 the plan of its queries is the subject
    plain = store.rows

    def explained(sql: str, *values: object) -> object:
        steps.extend(row[3] for row in plain(f"EXPLAIN QUERY PLAN {sql}", *values))
        return plain(sql, *values)

    store.rows = explained  # type: ignore[method-assign, assignment]  # for this one till
    till.ask(question)  # type: ignore[arg-type]  # any question
    levels = [step for step in steps if "level" in step]
    assert levels
    assert all(step.startswith("SEARCH") for step in levels), levels
    assert not [step for step in steps if step.startswith(("SCAN variant", "SCAN barcode"))]


# Only here ---------------------------------------------------------------------------------------


def test_what_would_be_lost_with_the_till_is_counted(till: Till) -> None:
    till.execute(a_cash_sale(2500))
    sent = till.ask(EndOfJournal()).seq
    till.execute(a_cash_sale(1000))
    till.execute(a_cash_sale(299))
    assert till.ask(OnlyHere(after_seq=sent)) == OnlyOnThisTill(
        entries=2, sales=2, amount_minor=1299
    )
    everything = till.ask(OnlyHere(after_seq=0))
    assert (everything.sales, everything.amount_minor) == (3, 3799)
    assert everything.entries == till.ask(EndOfJournal()).seq


def test_a_hub_that_has_all_or_says_more_leaves_nothing_only_here(till: Till) -> None:
    till.execute(a_cash_sale())
    nothing = OnlyOnThisTill(entries=0, sales=0, amount_minor=0)
    end = till.ask(EndOfJournal()).seq
    assert till.ask(OnlyHere(after_seq=end)) == nothing
    assert till.ask(OnlyHere(after_seq=end + 50)) == nothing


# What a till brings along ------------------------------------------------------------------------

MUG = a_product("mug", a_size("", handle="mug", price=1200), name="Mug")


def own(till: Till) -> dict[str, tuple[str, ...]]:
    """Return what is this till's own, with its barcodes."""
    page_of = till.ask(LocalVariants())
    return {one.variant_id: one.barcodes for one in page_of.variants}


def test_a_till_s_own_variants_are_told_by_what_others_know_them_by(till: Till) -> None:
    """Of one that never moved and has no barcode, nobody could say what it is."""
    fill(till, SHIRT, MUG)
    (only,) = till.ask(LocalVariants()).variants
    assert (only.variant_id, only.label) == (SHIRT_M, "T-shirt Wildfire · M")
    assert only.barcodes == (EAN,)
    mug = MUG.variants[0].variant_id
    code = till.ask(KeysOf(variant_ids=(mug,)))[0].variant.barcode
    till.execute(a_sale(on_sale(till, code), tenders=[("card", 1200)]))
    assert own(till) == {SHIRT_M: (EAN,), mug: ()}, "a code of the till's own means nothing"


def test_what_came_from_a_hub_is_not_a_till_s_own(till: Till) -> None:
    join_hub(till, *listed(SHIRT))
    till.execute(a_sale(on_sale(till, EAN), tenders=[("card", 2500)]))
    assert own(till) == {}


def test_what_a_till_sold_before_stays_its_own_beside_the_hub_s(till: Till) -> None:
    """The hub's product takes the barcode, and what nobody sold is only off sale."""
    fill(till, SHIRT, a_product("never-sold", a_size("", handle="never-sold", barcodes=("12",))))
    till.execute(a_sale(on_sale(till, EAN), tenders=[("card", 2500)]))
    theirs = a_product("feu", a_size("M", handle="feu", barcodes=(EAN,)))
    join_hub(till, *listed(theirs))
    assert own(till) == {SHIRT_M: ()}


def test_a_size_that_the_hub_s_product_does_not_have_stays_a_till_s_own(till: Till) -> None:
    """Both call the product the same, and one of its sizes otherwise."""
    fill(till, SHIRT)
    till.execute(a_sale(on_sale(till, EAN), tenders=[("card", 2500)]))
    join_hub(till, *listed(a_product("wildfire", a_size("Medium", barcodes=(EAN,)))))
    assert own(till) == {SHIRT_M: ()}


THEIRS = a_product("feu", a_size("M", handle="feu", barcodes=(EAN,)), a_size("L", handle="feu"))
THEIR_M, THEIR_L = (variant.variant_id for variant in THEIRS.variants)


def on_shelf(till: Till) -> tuple[int, ...]:
    """Return what is left of the hub's two sizes."""
    return tuple(key.on_hand for key in till.ask(KeysOf(variant_ids=(THEIR_M, THEIR_L))))


def count_as(till: Till, meant: VariantId | None) -> int:
    changed = till.execute(CountOwnNames(names=((SHIRT_M, meant),)))
    assert isinstance(changed, int)
    return changed


def test_what_a_till_had_is_on_the_shelf_under_the_name_that_the_hub_has_for_it(
    till: Till,
) -> None:
    fill(till, SHIRT, stock=7)
    assert count_as(till, THEIR_M) == 0, "it belongs to no hub"
    join_hub(till, *listed(THEIRS), stock(THEIR_M, 2))
    assert on_shelf(till) == (2, 0)
    assert count_as(till, THEIR_M) == 1
    assert on_shelf(till) == (9, 0)
    # And what is sold of it
    till.execute(a_sale(on_sale(till, EAN), tenders=[("card", 2500)]))
    assert on_shelf(till) == (8, 0)
    assert count_as(till, THEIR_M) == 0
    # And a person thinks better of it, or the hub has it under that name now
    assert count_as(till, THEIR_L) == 2
    assert on_shelf(till) == (1, 7)
    assert count_as(till, None) == 1
    assert on_shelf(till) == (1, 0)


def test_what_moves_under_an_old_name_is_counted_when_it_is_told_again(till: Till) -> None:
    fill(till, a_product("wildfire", a_size("M", barcodes=(EAN, "12"))), stock=7)
    join_hub(till, *listed(THEIRS))
    count_as(till, THEIR_M)
    till.execute(a_sale(on_sale(till, "12"), tenders=[("card", 2500)]))
    count_as(till, THEIR_M)
    assert on_shelf(till) == (6, 0)


def test_what_a_till_brings_along_comes_in_pages(till: Till) -> None:
    sizes = [a_size(f"{n}", handle="sizes") for n in range(7)]
    fill(till, MUG)
    fill(till, a_product("sizes", *sizes), stock=1)
    seen: list[str] = []
    after: int | None = 0
    pages = 0
    while after is not None:
        page_of = till.ask(LocalVariants(after=after, limit=3))
        assert len(page_of.variants) <= 3
        seen += [one.variant_id for one in page_of.variants]
        after, pages = page_of.after, pages + 1
    assert seen == [size.variant_id for size in sizes]
    assert pages == 4


def test_no_page_is_larger_than_a_till_gives(till: Till) -> None:
    many = [a_size(f"{n}", handle="many") for n in range(LOCAL_VARIANTS_PAGE_MAX + 1)]
    fill(till, msgspec.structs.replace(a_product("many"), variants=tuple(many)), stock=1)
    page_of = till.ask(LocalVariants(limit=10**6))
    assert len(page_of.variants) == LOCAL_VARIANTS_PAGE_MAX
    assert page_of.after is not None
    assert len(till.ask(LocalVariants(after=page_of.after)).variants) == 1
