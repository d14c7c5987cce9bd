"""From products to cards: one card a design and colour, one key a size."""

from __future__ import annotations

import pytest

from pos.domain.catalogue import VariantOnSale
from pos.ids import product_id
from pos.reports.catalogue import SizeKey, Tile
from tests.builders import a_variant
from ui.screens.checkout.cards import Card, cards_of


def a_tile(names: tuple[str, ...], *options: tuple[str, ...], prices: tuple[int, ...] = ()) -> Tile:
    variants = [
        a_variant(prices[place] if prices else 2500, options=chosen, name="Wildfire")
        for place, chosen in enumerate(options)
    ]
    return Tile(
        product_id=product_id("wildfire"),
        name="Wildfire",
        artist="Les Naufragés",
        category="T-shirts",
        keys=tuple(SizeKey(variant=variant, on_hand=3) for variant in variants),
        option_names=names,
    )


def shown(card: Card) -> tuple[str, tuple[str, ...]]:
    return card.detail, card.labels


def test_sizes_are_keys_of_one_card_and_the_artist_stands_under_the_name() -> None:
    (card,) = cards_of(a_tile(("Taille",), ("S",), ("M",)), "en")
    assert shown(card) == ("Les Naufragés", ("S", "M"))


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (("Couleur", "Taille"), (("Noir", "S"), ("Noir", "M"), ("Blanc", "S"))),
        (("Size", "Colour"), (("S", "Noir"), ("M", "Noir"), ("S", "Blanc"))),
        (("Couleur", "Coupe"), (("Noir", "S"), ("Noir", "M"), ("Blanc", "S"))),
    ],
    ids=["size is called so", "size comes first", "without a size the last one is it"],
)
def test_each_colour_is_a_card(
    names: tuple[str, ...], options: tuple[tuple[str, ...], ...]
) -> None:
    cards = cards_of(a_tile(names, *options), "en")
    assert [shown(card) for card in cards] == [("Noir", ("S", "M")), ("Blanc", ("S",))]


def test_a_colour_asks_for_its_own_picture() -> None:
    tile = a_tile(("Couleur", "Taille"), ("Bleu nuit", "S"), ("Écru", "S"))
    assert [card.picture.removeprefix(tile.product_id) for card in cards_of(tile, "fr")] == [
        "--bleu-nuit",
        "--ecru",
    ]


def test_three_options_share_all_but_the_size() -> None:
    (card,) = cards_of(a_tile(("Coupe", "Taille", "Couleur"), ("Droite", "M", "Noir")), "en")
    assert shown(card) == ("Droite · Noir", ("M",))


def test_a_product_without_options_has_one_key_that_adds_it() -> None:
    (card,) = cards_of(a_tile((), ()), "en")
    assert shown(card) == ("Les Naufragés", ("Add",))


def test_a_variant_with_fewer_options_than_the_others_still_has_a_key() -> None:
    cards = cards_of(a_tile(("Couleur", "Taille"), ("Noir", "S"), ("Noir",)), "en")
    assert [card.labels for card in cards] == [("S", "Add")]


def test_one_price_is_on_the_card_and_several_are_on_the_keys() -> None:
    (one,) = cards_of(a_tile(("Size",), ("S",), ("M",)), "fr")
    assert (one.price, one.prices) == ("25\xa0€", ("", ""))
    (several,) = cards_of(a_tile(("Size",), ("S",), ("M",), prices=(2750, 2500)), "en")
    assert (several.price, several.prices) == ("from €25", ("€27.50", "€25"))


def test_a_product_whose_sizes_are_all_gone_from_the_catalogue_has_no_card() -> None:
    assert cards_of(a_tile(("Size",)), "en") == []


def test_every_variant_is_on_exactly_one_key() -> None:
    tile = a_tile(
        ("Couleur", "Taille"), ("Noir", "S"), ("Blanc", "S"), ("Noir", "M"), ("Vert", "L")
    )
    keys: list[VariantOnSale] = [k.variant for card in cards_of(tile, "en") for k in card.keys]
    assert sorted(v.variant_id for v in keys) == sorted(k.variant.variant_id for k in tile.keys)
