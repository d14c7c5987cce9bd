"""From products to cards: one card a design and colour, one key a size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.search import folded, slug
from pos.money import Money
from pos.reports.catalogue import SizeKey, Tile
from ui import format as text_of
from ui import wording

SIZE_WORDS = frozenset({"taille", "size", "pointure", "maat", "grosse", "format", "tailles"})


@dataclass(frozen=True, slots=True)
class Card:
    """What one card of the grid shows."""

    product_id: str
    picture: str  # its name: product id and shared options; a part of it will do
    name: str
    detail: str  # the options that all its keys share, else the artist
    price: str
    keys: tuple[SizeKey, ...]
    labels: tuple[str, ...]  # of the keys, in the same order
    prices: tuple[str, ...]  # of the keys; "" where the card's price says it
    is_variant: bool = False  # the detail tells this card from others of the same name


def split(tile: Tile) -> list[tuple[tuple[str, ...], list[SizeKey], list[str]]]:
    """Return shared options, keys and their labels for each card of a product.

    The key option is the one that is called a size; without such a name, the last one.
    """
    place = _size_place(tile)
    groups: dict[tuple[str, ...], tuple[list[SizeKey], list[str]]] = {}
    for key in tile.keys:
        options = key.variant.options
        label = options[place] if place < len(options) else ""
        shared = tuple(value for at, value in enumerate(options) if at != place)
        keys, labels = groups.setdefault(shared, ([], []))
        keys.append(key)
        labels.append(label)
    return [(shared, keys, labels) for shared, (keys, labels) in groups.items()]


def _size_place(tile: Tile) -> int:
    for place, name in enumerate(tile.option_names):
        if folded(name) in SIZE_WORDS:
            return place
    most = max((len(key.variant.options) for key in tile.keys), default=1)
    return max(most - 1, 0)


def cards_of(tile: Tile, language: str) -> list[Card]:
    """Return the cards of a product, their prices in a language."""
    return [
        Card(
            product_id=tile.product_id,
            picture="--".join((tile.product_id, *map(slug, shared))),
            name=tile.name,
            detail=" · ".join(shared) or tile.artist,
            price=_price(keys, language),
            keys=tuple(keys),
            labels=tuple(label or wording.add() for label in labels),
            prices=tuple(_key_price(key, keys, language) for key in keys),
            is_variant=any(shared),
        )
        for shared, keys, labels in split(tile)
    ]


def _price(keys: Sequence[SizeKey], language: str) -> str:
    prices = {key.variant.price for key in keys}
    lowest = text_of.short_money(min(prices, key=_minor), language)
    return lowest if len(prices) == 1 else wording.from_price(lowest)


def _key_price(key: SizeKey, keys: Sequence[SizeKey], language: str) -> str:
    """Return the price for the key itself, where a card's keys differ."""
    if len({key.variant.price for key in keys}) == 1:
        return ""
    return text_of.short_money(key.variant.price, language)


def _minor(price: Money) -> int:
    return price.minor
