"""From products to cards: one card a design and colour, one key a size."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.search import folded
from pos.reports.catalogue import SizeKey, Tile

SIZE_WORDS = frozenset({"taille", "size", "pointure", "maat", "grosse", "format", "tailles"})


@dataclass(frozen=True, slots=True)
class Card:
    """What one card of the grid shows."""

    product_id: str
    name: str
    detail: str  # the options that all its keys share, else the artist
    price: str
    keys: tuple[SizeKey, ...]
    labels: tuple[str, ...]  # of the keys, in the same order
    prices: tuple[str, ...]  # of the keys; "" where the card's price says it


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
