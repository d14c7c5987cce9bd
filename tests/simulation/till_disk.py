"""What came down to a till, in memory, by the rules of its commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from pos.domain.feed import (
    AnyFeedItem,
    FeedItem,
    ProductListed,
    StaffListed,
    StandListed,
    StockOfTill,
    TillListed,
)
from sync.pull import FeedKeeper, Place

Key = tuple[type[FeedItem], str]
View = dict[Key, AnyFeedItem]


class TillKilled(Exception):
    """The till's process ended in the middle of something."""


class Catalogue(FeedKeeper, Protocol):
    """What came down to a till, on its disk."""

    may_die: Callable[[], None]
    """Called before and after each transaction."""

    def copy(self) -> Catalogue: ...

    def view(self) -> View:
        """Return all that came down and was not taken away since."""
        ...

    def ask_anew(self) -> None:
        """Do what the first start of a newer version does."""
        ...

    def close(self) -> None: ...


class MemoryCatalogue:
    """Each method that writes is one transaction of the till's database."""

    def __init__(self, till_id: str) -> None:
        self._till_id = till_id
        self._at = Place()
        self._items: View = {}
        self._named: set[Key] = set()
        self.may_die: Callable[[], None] = lambda: None

    def copy(self) -> MemoryCatalogue:
        copy = MemoryCatalogue(self._till_id)
        copy._at, copy._items, copy._named = self._at, dict(self._items), set(self._named)
        return copy

    def ask_anew(self) -> None:
        self._at = msgspec.structs.replace(self._at, feed_id="")

    def close(self) -> None:
        """There is nothing to close."""

    def view(self) -> View:
        return self._items

    def place(self) -> Place:
        return self._at

    def apply(self, feed_id: str, position: int, items: tuple[AnyFeedItem, ...]) -> None:
        self.may_die()
        assert feed_id == self._at.feed_id, "a page stands beside what it goes with"
        if self._at.is_in_snapshot:
            assert position == self._at.position
        for item in items:
            if isinstance(item, StockOfTill) and item.till_id == self._till_id:
                continue  # what a till moved itself stands in its own records
            key = type(item), item.key
            self._items[key] = item
            self._named.add(key)
        self._at = msgspec.structs.replace(self._at, position=max(position, self._at.position))
        self.may_die()

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        self.may_die()
        self._at = Place(feed_id=feed_id, position=position, is_in_snapshot=True)
        self._named = set()
        self.may_die()

    def finish_snapshot(self, feed_id: str, position: int) -> None:
        self.may_die()
        assert self._at == Place(feed_id=feed_id, position=position, is_in_snapshot=True)
        self._items = {key: item for key, item in self._items.items() if key in self._named}
        self._at = Place(feed_id=feed_id, position=position)
        self.may_die()


def holds(item: AnyFeedItem) -> bool:
    """Say whether an item says that something is there; else it is as if it were not named."""
    match item:
        case ProductListed():
            return item.product.on_sale
        case StaffListed() | StandListed() | TillListed():
            return item.is_active
        case StockOfTill():
            return item.pieces != 0
