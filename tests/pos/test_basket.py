from __future__ import annotations

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
