"""How far a till has come in what a hub tells it, and what became of a page of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from pos.domain.catalogue import Product
from pos.domain.feed import FEED_ITEMS_MAX, AnyFeedItem, ProductListed, StockOfTill

FEED_VARIANTS_MAX = 250
"""How many variants a till takes in one transaction; one larger product goes alone.

A new variant takes some 50 µs, and a sale that is paid meanwhile waits for all of them.
"""

_AMOUNT_MAX = 2**53 - 1


class PlaceInFeed(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where a till knows what the hub has said.

    In a snapshot it is the snapshot's own place, and the till has an unknown part of it: nothing
    but the rest of it may follow, or another snapshot.
    """

    feed_id: str = ""  # "": it has never heard a hub
    position: int = 0
    is_in_snapshot: bool = False


class TillHeard(msgspec.Struct, frozen=True, kw_only=True):
    """When the hub last heard of a till: how old that till's stock is."""

    till_id: str
    seen_at: str  # UTC by the hub's clock


class FeedTaken(msgspec.Struct, frozen=True, kw_only=True):
    """It is kept; counted is what is not as it was before."""

    place: PlaceInFeed  # where the till stands now
    products: int = 0
    staff: int = 0
    stands: int = 0  # and tills
    stock: int = 0
    left_aside: int = 0  # what nobody could sell or count with: it does not hold up the rest


FeedProblem = Literal["not_enrolled", "other_feed", "in_snapshot", "no_snapshot"]
"""Why a page was not taken: the journal does not say which till this is; it is of another feed;
a snapshot has begun, which has to be finished; none has."""


class FeedNotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was changed: ask the hub again from `place`."""

    problem: FeedProblem
    place: PlaceInFeed


FeedOutcome = FeedTaken | FeedNotTaken


def feed_pieces(items: Sequence[AnyFeedItem]) -> Iterator[slice]:
    """Yield in which pieces a till takes items, each in one transaction."""
    start = variants = 0
    for index, item in enumerate(items):
        size = len(item.product.variants) if isinstance(item, ProductListed) else 0
        is_full = index - start == FEED_ITEMS_MAX or variants + size > FEED_VARIANTS_MAX
        if is_full and index > start:
            yield slice(start, index)
            start, variants = index, 0
        variants += size
    if start < len(items):
        yield slice(start, len(items))


def is_usable(item: AnyFeedItem) -> bool:
    """Say whether a till can count with an item; a hub of ours sends no other."""
    match item:
        case ProductListed():
            return _is_sellable(item.product)
        case StockOfTill():
            return abs(item.pieces) <= _AMOUNT_MAX
        case _:
            return True


def _is_sellable(product: Product) -> bool:
    ids = {variant.variant_id for variant in product.variants}
    are_prices = all(0 <= variant.price.minor <= _AMOUNT_MAX for variant in product.variants)
    return are_prices and len(ids) == len(product.variants)
