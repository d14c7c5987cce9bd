"""A hub's feed and a till's catalogue in memory."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence

import msgspec

from pos.domain.feed import AnyFeedItem, FeedItem, ProductListed, StandListed
from pos.domain.feed_place import feed_pieces
from sync.feed_protocol import Change, FeedAnswer, FeedPage, SnapshotOffer, encode_part
from sync.packing import packed
from sync.pull import NotTaken, Place
from tests.builders import a_product, a_size


def a_stand(number: int, name: str = "") -> StandListed:
    return StandListed(stand=f"S{number}", name=name or f"Stand {number}")


def a_listing(number: int, *, variants: int = 1, price: int = 2500) -> ProductListed:
    handle = f"design-{number}"
    sizes = [a_size(f"{size}", handle=handle, price=price) for size in range(variants)]
    return ProductListed(product=a_product(handle, *sizes))


class MemoryFeed:
    """A hub's feed; what a test puts into `says` comes instead of its next answers."""

    def __init__(self, *, part_items: int = 3) -> None:
        self.feed_id = "feed-1"
        self.log: list[tuple[int, tuple[str, str], bytes]] = []
        self.kept_from = 1
        self.head = 0
        self.parts: dict[str, bytes] = {}
        self.says: list[FeedAnswer | bytes | Exception | None] = []
        self.asked: list[Place] = []
        self.fetched: list[str] = []
        self._part_items = part_items

    def put(self, *items: FeedItem) -> None:
        for item in items:
            self.put_raw(msgspec.json.encode(item), (str(type(item)), item.key))

    def put_raw(self, text: bytes, key: tuple[str, str] = ("", "")) -> None:
        self.head += 1
        self.log.append((self.head, key, text))

    def forget_before(self, position: int) -> None:
        """Clear old changes away; what holds now stays known."""
        self.kept_from = min(position, self.head + 1)

    def now(self) -> list[bytes]:
        """Return the newest item of each thing."""
        newest = {key: text for _, key, text in self.log}
        return list(newest.values())

    def backup(self) -> tuple[int, int]:
        return (self.head, self.kept_from)

    def put_back(self, backup: tuple[int, int], feed_id: str) -> None:
        self.head, self.kept_from = backup
        self.log = [row for row in self.log if row[0] <= self.head]
        self.feed_id = feed_id

    def offer(self) -> SnapshotOffer:
        now = [text.decode() for text in self.now()]
        digests = []
        for start in range(0, len(now), self._part_items):
            body = packed(encode_part(now[start : start + self._part_items]))
            digests.append(hashlib.sha256(body).hexdigest())
            self.parts[digests[-1]] = body
        return SnapshotOffer(feed_id=self.feed_id, position=self.head, parts=tuple(digests))

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        del wait_s
        self.asked.append(place)
        if self.says:
            said = self._next()
            assert isinstance(said, FeedPage | SnapshotOffer)
            return said
        is_known = place.feed_id == self.feed_id and place.position <= self.head
        if not is_known or place.position < self.kept_from - 1:
            return self.offer()
        rows = [row for row in self.log if row[0] > place.position][:limit]
        last_of = {key: position for position, key, _ in rows}
        changes = [
            Change(position=position, item=msgspec.Raw(text))
            for position, key, text in rows
            if last_of[key] == position  # what is changed again on the same page is left out
        ]
        last = rows[-1][0] if rows else place.position
        return FeedPage(feed_id=self.feed_id, last=last, head=self.head, changes=tuple(changes))

    def part(self, digest: str) -> bytes | None:
        self.fetched.append(digest)
        if self.says:
            said = self._next()
            assert said is None or isinstance(said, bytes)
            return said
        return self.parts.get(digest)

    def _next(self) -> FeedAnswer | bytes | None:
        said = self.says.pop(0)
        if isinstance(said, Exception):
            raise said
        return said


class MemoryCatalogue:
    """What a till keeps of a feed, one transaction at a time."""

    def __init__(self) -> None:
        self.at = Place()
        self.items: dict[tuple[str, str], AnyFeedItem] = {}
        self.named: set[tuple[str, str]] = set()
        self.applied: list[tuple[int, int]] = []
        """Position and number of items of each transaction."""
        self.is_enrolled = True
        self.is_whole = threading.Event()
        """Set once a snapshot was taken to its end."""
        self.before_each: Callable[[], None] = lambda: None

    def place(self) -> Place:
        return self.at

    def apply(self, feed_id: str, position: int, items: tuple[AnyFeedItem, ...]) -> None:
        self.before_each()
        assert len(list(feed_pieces(items))) <= 1
        if feed_id != self.at.feed_id or not self.is_enrolled:
            raise NotTaken(is_enrolled=self.is_enrolled)
        for item in items:
            key = (str(type(item)), item.key)
            self.items[key] = item
            self.named.add(key)
        if not self.at.is_in_snapshot:
            assert position > self.at.position
            self.at = Place(feed_id=feed_id, position=position)
        else:
            assert position == self.at.position
        self.applied.append((position, len(items)))

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        self.before_each()
        self.named.clear()
        self.at = Place(feed_id=feed_id, position=position, is_in_snapshot=True)

    def finish_snapshot(self, feed_id: str, position: int) -> None:
        self.before_each()
        if self.at != Place(feed_id=feed_id, position=position, is_in_snapshot=True):
            raise NotTaken(is_enrolled=True)
        self.items = {key: item for key, item in self.items.items() if key in self.named}
        self.at = Place(feed_id=feed_id, position=position)
        self.is_whole.set()

    def texts(self) -> set[bytes]:
        return as_texts(list(self.items.values()))


def as_texts(items: Sequence[FeedItem]) -> set[bytes]:
    return {msgspec.json.encode(item) for item in items}
