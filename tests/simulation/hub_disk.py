"""A hub's disk in memory: journals, what they mean, and the feed, by the rules of the real one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

import msgspec

from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact, digest_of
from pos.domain.facts import JournalOpened, PreviousJournal, SaleCompleted, StockReceived
from pos.domain.feed import StockOfTill
from pos.ids import JournalId, VariantId
from sync.feed_protocol import Change, FeedAnswer, FeedPage, SnapshotOffer, encode_part
from sync.hub.carrying import Linked, counting
from sync.hub.ingest import JournalWork, Reason, Row
from sync.packing import packed
from tests.sync.journals import MemoryJournals

KINDS_THAT_GO = frozenset({"staff", "stand", "till"})
SNAPSHOT_NEAR = 12  # positions; the real hub keeps one for longer, a simulated weekend is short

Kept = Mapping[JournalId, Sequence[Row]]
Aside = Mapping[JournalId, Mapping[str, tuple[Row, Reason]]]
Moved = dict[tuple[str, str, VariantId], int]
"""Pieces by till, stand and variant."""


class RawItem(msgspec.Struct, frozen=True):
    """An item of the feed as the hub keeps it; whoever wrote it may be newer than we are."""

    kind: str
    key: str
    item: bytes


def raw_item(kind: str, key: str, **fields: object) -> RawItem:
    """Return an item with fields that no class here has to know."""
    return RawItem(kind, key, msgspec.json.encode({"kind": kind, **fields}))


class HubDisk(Protocol):
    """All that a hub remembers."""

    before_each: Callable[[], None]
    """Called before each read or write; if it raises, the process died there."""

    @property
    def kept(self) -> Kept: ...

    @property
    def aside(self) -> Aside: ...

    @property
    def moved(self) -> Moved: ...

    @property
    def claims(self) -> Mapping[JournalId, str]:
        """Return which till said of a journal that it is its own."""
        ...

    @property
    def feed_now(self) -> Mapping[tuple[str, str], bytes]:
        """Return the newest item of each kind and key that has a position."""
        ...

    @property
    def feed_id(self) -> str: ...

    def work(self, journal_id: JournalId) -> AbstractContextManager[JournalWork]: ...

    def claim(self, journal_id: JournalId, till_id: str) -> None: ...

    def put(self, items: Sequence[RawItem]) -> None:
        """Let tills hear of something."""
        ...

    def interpret(self) -> int:
        """Do one step and return how many entries were understood in it."""
        ...

    def sequence(self) -> int:
        """Do one step and return how many items got their position in it."""
        ...

    def forget_gone(self) -> None:
        """Forget who was told to be gone some time ago."""
        ...

    def answer(self, *, feed_id: str, after: int, limit: int) -> FeedAnswer: ...

    def part(self, digest: str) -> bytes | None: ...

    def backup(self) -> HubDisk: ...

    def new_feed_id(self) -> None:
        """Do what an operator does after a restore."""
        ...

    def close(self) -> None: ...


class Pieces(NamedTuple):
    """What moved of one variant at one stand; carried is what the journal before had left."""

    pieces: int = 0
    carried: int = 0


class JournalMoved:
    """What a journal moved, entry by entry, in whatever words the real hub keeps it."""

    def __init__(self) -> None:
        self.read = 0  # entries
        self.previous: PreviousJournal | None = None
        self.pieces: dict[tuple[str, VariantId], Pieces] = {}

    def copy(self) -> JournalMoved:
        copy = JournalMoved()
        copy.read, copy.previous, copy.pieces = self.read, self.previous, dict(self.pieces)
        return copy

    def add(self, rows: Sequence[Row]) -> None:
        """Read the next entries."""
        for row in rows:
            self.add_body(row.body)

    def add_body(self, body: bytes) -> None:
        self.read += 1
        try:
            fact = decode_fact(decode_body(body))
        except (MalformedBody, UnknownKind):
            return
        match fact:
            case JournalOpened():
                self.previous = fact.previous
            case SaleCompleted():
                stand = fact.receipt_number.partition("-")[0]
                for line in fact.lines:
                    self._move(stand, line.variant_id, Pieces(-line.quantity))
            case StockReceived():
                is_carried = fact.reason == "carried_over"
                for one in fact.pieces:
                    moved = Pieces(0, one.quantity) if is_carried else Pieces(one.quantity)
                    self._move(fact.stand, one.variant_id, moved)

    def _move(self, stand: str, variant_id: VariantId, more: Pieces) -> None:
        before = self.pieces.get((stand, variant_id), Pieces())
        self.pieces[stand, variant_id] = Pieces(
            before.pieces + more.pieces, before.carried + more.carried
        )


def totals(journals: Mapping[JournalId, JournalMoved], till_of: Mapping[JournalId, str]) -> Moved:
    """Return what tills moved by what is read of their journals; each piece counts once."""
    numbers = {journal_id: at for at, journal_id in enumerate(journals)}
    count = counting(
        [
            Linked(
                number=numbers[journal_id],
                journal_id=journal_id,
                till_id=till_of.get(journal_id),
                is_counted=journal_id in till_of,
                interpreted_seq=one.read,
                previous_id=one.previous.journal_id if one.previous else None,
                previous_seq=one.previous.seq if one.previous else 0,
                has_carried=any(pieces.carried for pieces in one.pieces.values()),
            )
            for journal_id, one in journals.items()
        ]
    )
    moved: Moved = {}
    for journal_id, one in journals.items():
        till_id = till_of.get(journal_id, "")
        for (stand, variant_id), pieces in one.pieces.items():
            key = (till_id, stand, variant_id)
            counted = count.pieces(numbers[journal_id], pieces.pieces, pieces.carried)
            moved[key] = moved.get(key, 0) + counted
    return moved


@dataclass
class _Feed:
    """Positions without gaps, and the newest of each thing under its own."""

    feed_id: str
    position: int = 0
    kept_from: int = 1
    inbox: list[RawItem] = field(default_factory=list)
    now: dict[tuple[str, str], tuple[int, bytes]] = field(default_factory=dict)
    offer: SnapshotOffer | None = None
    parts: dict[str, bytes] = field(default_factory=dict)

    def copy(self) -> _Feed:
        return replace(self, inbox=list(self.inbox), now=dict(self.now), parts=dict(self.parts))


class MemoryDisk:
    """Each method is one transaction: a process that dies in it has done nothing."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._journals = MemoryJournals()
        self.claims: dict[JournalId, str] = {}
        self._journal_moved: dict[JournalId, JournalMoved] = {}
        self.moved: Moved = {}
        self._feed = _Feed(f"feed-{chance.getrandbits(32):08x}")

    @property
    def before_each(self) -> Callable[[], None]:
        return self._journals.before_each

    @before_each.setter
    def before_each(self, before_each: Callable[[], None]) -> None:
        self._journals.before_each = before_each

    @property
    def kept(self) -> Kept:
        return self._journals.kept

    @property
    def aside(self) -> Aside:
        return self._journals.aside

    @property
    def feed_now(self) -> Mapping[tuple[str, str], bytes]:
        return {key: item for key, (_, item) in self._feed.now.items()}

    @property
    def feed_id(self) -> str:
        return self._feed.feed_id

    def work(self, journal_id: JournalId) -> AbstractContextManager[JournalWork]:
        return self._journals.work(journal_id)

    def claim(self, journal_id: JournalId, till_id: str) -> None:
        self.before_each()
        self.claims.setdefault(journal_id, till_id)

    def put(self, items: Sequence[RawItem]) -> None:
        self.before_each()
        self._feed.inbox.extend(items)

    def interpret(self) -> int:
        behind = [one for one in self.claims if self._read(one) < len(self.kept.get(one, ()))]
        if not behind:
            return 0
        journal_id = self._chance.choice(behind)
        start = self._read(journal_id)
        rows = self.kept[journal_id][start : start + self._chance.randint(1, 8)]
        self.before_each()
        journal = self._journal_moved.get(journal_id, JournalMoved()).copy()
        journal.add(rows)
        journals = self._journal_moved | {journal_id: journal}
        moved = totals(journals, self.claims)
        changed = {key: pieces for key, pieces in moved.items() if pieces != self.moved.get(key, 0)}
        self.before_each()
        self._journal_moved = journals
        self.moved = moved
        self._feed.inbox.extend(map(_stock_item, changed, changed.values()))
        return len(rows)

    def _read(self, journal_id: JournalId) -> int:
        journal = self._journal_moved.get(journal_id)
        return journal.read if journal is not None else 0

    def sequence(self) -> int:
        feed = self._feed
        taken = feed.inbox[: self._chance.randint(1, 6)]
        self.before_each()
        for item in taken:
            feed.position += 1
            feed.now[item.kind, item.key] = (feed.position, item.item)
        del feed.inbox[: len(taken)]
        return len(taken)

    def forget_gone(self) -> None:
        feed = self._feed
        self.before_each()
        before = max(feed.position - self._chance.randint(0, 10), feed.kept_from)
        gone = [
            key
            for key, (at, item) in feed.now.items()
            if at < before and key[0] in KINDS_THAT_GO and not is_active(item)
        ]
        if gone:
            feed.kept_from = before
        for key in gone:
            del feed.now[key]

    def answer(self, *, feed_id: str, after: int, limit: int) -> FeedAnswer:
        self.before_each()
        feed = self._feed
        if feed_id != feed.feed_id or not feed.kept_from - 1 <= after <= feed.position:
            return self._offer()
        behind = sorted((at, item) for at, item in feed.now.values() if at > after)
        changes = tuple(Change(position=at, item=msgspec.Raw(item)) for at, item in behind[:limit])
        return FeedPage(
            feed_id=feed_id,
            last=feed.position if len(behind) <= limit else changes[-1].position,
            head=feed.position,
            changes=changes,
        )

    def _offer(self) -> SnapshotOffer:
        feed = self._feed
        old = feed.offer
        oldest = max(feed.position - SNAPSHOT_NEAR, feed.kept_from - 1)
        if old is None or old.position < oldest:
            feed.offer = self._new_offer()
        assert feed.offer is not None
        return feed.offer

    def _new_offer(self) -> SnapshotOffer:
        feed = self._feed
        items = [item for _, item in feed.now.values()]
        size = self._chance.randint(5, 40)
        feed.parts = {}  # whoever is in the middle of an old one has to ask anew
        for first in range(0, len(items), size):
            part = packed(encode_part([item.decode() for item in items[first : first + size]]))
            feed.parts[digest_of(part)] = part
        return SnapshotOffer(feed_id=feed.feed_id, position=feed.position, parts=tuple(feed.parts))

    def part(self, digest: str) -> bytes | None:
        self.before_each()
        return self._feed.parts.get(digest)

    def backup(self) -> MemoryDisk:
        copy = MemoryDisk(self._chance)
        copy._journals = self._journals.backup()
        copy.claims = dict(self.claims)
        copy._journal_moved = dict(self._journal_moved)
        copy.moved = dict(self.moved)
        copy._feed = self._feed.copy()
        return copy

    def new_feed_id(self) -> None:
        feed = self._feed
        feed.feed_id = f"feed-{self._chance.getrandbits(32):08x}"
        feed.offer = None

    def close(self) -> None:
        """There is nothing to close."""


def is_active(item: bytes) -> bool:
    """Say whether an item says that somebody or something is still there."""
    return bool(msgspec.json.decode(item).get("is_active", True))


def _stock_item(key: tuple[str, str, VariantId], pieces: int) -> RawItem:
    till_id, stand, variant_id = key
    item = StockOfTill(
        till_id=till_id,
        stand=stand,
        variant_id=variant_id,
        pieces=pieces,
        at="2026-07-18T13:02:11Z",
    )
    return RawItem("stock", item.key, msgspec.json.encode(item))
