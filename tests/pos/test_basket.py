from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import LINES_MAX, QUANTITY_MAX
from tests.builders import a_basket, a_variant, euros

SHIRT = a_variant(2500)
LARGE = a_variant(2500, options=("L",))
MUG = a_variant(1200, name="Mug", options=())


def test_the_same_size_twice_is_one_line_of_two() -> None:
    basket = a_basket().add(SHIRT).add(LARGE).add(SHIRT)
    assert [(line.variant.options, line.quantity) for line in basket.lines] == [
        (("M",), 2),
        (("L",), 1),
    ]
    assert basket.pieces == 3
    assert basket.total == euros(7500)


def test_undo_is_keeping_the_old_basket() -> None:
    before = a_basket(SHIRT)
    after = before.add(MUG)
    assert before.pieces == 1
    assert after.basket_id == before.basket_id


def test_an_empty_basket_costs_nothing() -> None:
    assert a_basket().total == euros(0)
    assert a_basket().quantity_of(SHIRT.variant_id) == 0


def test_a_quantity_of_none_takes_the_line_away() -> None:
    basket = a_basket(SHIRT, MUG)
    assert basket.with_quantity(SHIRT.variant_id, 0).lines == a_basket(MUG).lines
    assert basket.with_quantity(SHIRT.variant_id, -1).lines == a_basket(MUG).lines
    assert basket.with_quantity(LARGE.variant_id, 3) == basket  # it was not there


def test_a_price_that_changes_does_not_change_a_basket() -> None:
    """A catalogue change takes effect between baskets, never in one."""
    basket = a_basket(SHIRT)
    dearer = a_variant(9900)
    assert basket.add(dearer).total == euros(5000)


@pytest.mark.parametrize("quantity", [0, -1])
def test_adding_nothing_is_our_mistake(quantity: int) -> None:
    with pytest.raises(AssertionError):
        a_basket().add(SHIRT, quantity)


@given(st.lists(st.tuples(st.sampled_from([SHIRT, LARGE, MUG]), st.integers(1, 1500))))
def test_a_basket_has_one_line_a_variant_and_never_too_many_pieces(
    added: list[tuple[object, int]],
) -> None:
    basket = a_basket()
    for variant, quantity in added:
        basket = basket.add(variant, quantity)  # type: ignore[arg-type]  # sampled as objects
    ids = [line.variant.variant_id for line in basket.lines]
    assert len(ids) == len(set(ids))
    assert all(1 <= line.quantity <= QUANTITY_MAX for line in basket.lines)
    assert basket.total.minor == sum(line.amount.minor for line in basket.lines)
    assert basket.pieces == sum(basket.quantity_of(variant_id) for variant_id in ids)


def test_a_basket_says_how_many_pieces_it_still_has_room_for() -> None:
    assert a_basket().room_for(SHIRT.variant_id) == QUANTITY_MAX
    assert a_basket(SHIRT).add(SHIRT, 599).room_for(SHIRT.variant_id) == QUANTITY_MAX - 600
    # A basket with all its lines has room for what is in it only
    many = [a_variant(number=n, name=f"Article {n}") for n in range(LINES_MAX + 1)]
    full = a_basket(*many[:-1])
    assert full.room_for(many[0].variant_id) == QUANTITY_MAX - 1
    assert full.room_for(many[-1].variant_id) == 0


def test_a_label_is_name_and_options_in_one_line() -> None:
    assert SHIRT.label == "T-shirt Wildfire · M"
    assert MUG.label == "Mug"


def test_another_size_takes_the_place_of_a_line() -> None:
    basket = a_basket(SHIRT).add(SHIRT).add(MUG)
    swapped = basket.with_variant(SHIRT.variant_id, LARGE)
    assert [(line.variant, line.quantity) for line in swapped.lines] == [(LARGE, 2), (MUG, 1)]
    assert swapped.basket_id == basket.basket_id
    assert basket.quantity_of(SHIRT.variant_id) == 2  # undo is keeping the old one


def test_a_size_that_is_there_already_comes_to_that_place_at_its_old_price() -> None:
    basket = a_basket(SHIRT, MUG).add(LARGE, 3)
    dearer = msgspec.structs.replace(LARGE, price=euros(9900))
    merged = basket.with_variant(SHIRT.variant_id, dearer)
    assert [(line.variant, line.quantity) for line in merged.lines] == [(LARGE, 4), (MUG, 1)]


def test_what_is_not_in_a_basket_or_is_it_already_changes_nothing() -> None:
    basket = a_basket(SHIRT, MUG)
    assert basket.with_variant(LARGE.variant_id, SHIRT) == basket
    assert basket.with_variant(SHIRT.variant_id, SHIRT) == basket


def test_two_sizes_become_one_only_where_one_line_holds_them() -> None:
    basket = a_basket(SHIRT).add(LARGE, QUANTITY_MAX - 1)
    assert basket.can_swap(SHIRT.variant_id, LARGE.variant_id)
    more = basket.add(SHIRT)
    assert not more.can_swap(SHIRT.variant_id, LARGE.variant_id)
    assert more.with_variant(SHIRT.variant_id, LARGE).pieces == QUANTITY_MAX
