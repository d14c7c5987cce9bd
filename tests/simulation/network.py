"""A network that lies, and a hub at its end that dies."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from pos.codec import digest_of
from pos.ids import JournalId
from sync.feed_protocol import FeedAnswer, decode_feed_answer, encode_feed_answer
from sync.hub.ingest import accept
from sync.protocol import (
    Accepted,
    Answer,
    Batch,
    Forked,
    NoAnswer,
    NotOurMessage,
    Position,
    decode_answer,
    decode_batch,
    decode_position,
    encode_answer,
    encode_batch,
)
from sync.pull import Place
from tests.simulation.hub_disk import HubDisk

PORTAL = b"<!DOCTYPE html><title>Wi-Fi du camping</title>"
GONE = b""


class HubKilled(Exception):
    """The hub's process ended in the middle of something."""


class Hub:
    """One hub's process over its disk."""

    def __init__(self, disk: HubDisk, chance: random.Random, counts: Counter[str]) -> None:
        self.disk = disk
        self._chance = chance
        self._counts = counts

    def take(self, journal_id: JournalId, message: bytes) -> bytes:
        batch = decode_batch(message)
        with self.disk.work(journal_id) as work:
            answer = accept(work, batch)
        self._counts[type(answer).__name__] += 1
        return encode_answer(answer)

    def position(self, journal_id: JournalId) -> bytes:
        with self.disk.work(journal_id) as work:
            return encode_answer(work.end())

    def claim(self, journal_id: JournalId, till_id: str) -> bytes:
        self.disk.claim(journal_id, till_id)
        return b""

    def feed(self, place: Place, limit: int) -> bytes:
        answer = self.disk.answer(feed_id=place.feed_id, after=place.position, limit=limit)
        self._counts[type(answer).__name__] += 1
        return encode_feed_answer(answer)

    def part(self, digest: str) -> bytes:
        return self.disk.part(digest) or GONE

    def work_in_background(self) -> int:
        """Do what a hub does by itself and return how much it was; it may die in the middle."""
        return self.disk.interpret() + self.disk.sequence()

    def put_back(self, disk: HubDisk) -> None:
        self.disk = disk

    def may_die(self, *, likely: float) -> None:
        """Let the process end at any read or write from here on, or at none if 0."""

        def before_each() -> None:
            if self._chance.random() < likely:
                self._counts["hub killed"] += 1
                raise HubKilled

        self.disk.before_each = before_each if likely else lambda: None


class Network:
    """Between all tills and the hub; a till's call is one exchange.

    Each fault has the same chance: the request is lost, late (another copy of it, or only that),
    doubled, damaged; the answer is lost or damaged; the hub dies at work.
    """

    def __init__(self, chance: random.Random, hub: Hub, counts: Counter[str]) -> None:
        self.fault_rate = 0.0
        self.promised: set[str] = set()
        """Digests of what a till was told to be at the hub, unless the hub was put back since."""
        self._chance = chance
        self._hub = hub
        self._counts = counts
        self._late: list[tuple[JournalId, bytes]] = []

    def position(self, journal_id: JournalId) -> Position:
        position = decode_position(self._exchange(lambda: self._hub.position(journal_id)))
        self.promised.update(row.digest for row in self._hub.disk.kept.get(journal_id, []))
        return position

    def send(self, journal_id: JournalId, batch: Batch) -> Answer:
        message = encode_batch(batch)
        if self._happens("late"):
            self._late.append((journal_id, message))
            if self._chance.random() < 0.5:
                raise NoAnswer
        if self._happens("damaged request"):
            message = self._damaged(message)
        if self._happens("doubled"):
            with suppress(NoAnswer):
                self._deliver(lambda: self._hub.take(journal_id, message))
        answer = decode_answer(self._exchange(lambda: self._hub.take(journal_id, message)))
        if isinstance(answer, Accepted) or (isinstance(answer, Forked) and answer.is_kept):
            self.promised.update(digest_of(entry.body) for entry in batch.entries)
        return answer

    def claim(self, journal_id: JournalId, till_id: str) -> None:
        self._exchange(lambda: self._hub.claim(journal_id, till_id))

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        """Ask for a page.  What TLS would find is not simulated: a page may be cut, not changed."""
        del limit, wait_s
        changes_max = self._chance.randint(1, 40)
        return decode_feed_answer(
            self._exchange(lambda: self._hub.feed(place, changes_max), flips=False)
        )

    def part(self, digest: str) -> bytes | None:
        """Ask for a part of a snapshot, as it came; None if the hub has it no more."""
        return self._exchange(lambda: self._hub.part(digest)) or None

    def deliver_late(self) -> None:
        """Deliver one request that its sender has given up, in any order."""
        if self._late:
            journal_id, message = self._late.pop(self._chance.randrange(len(self._late)))
            with suppress(NoAnswer):
                self._deliver(lambda: self._hub.take(journal_id, message))

    def let_hub_work(self) -> int:
        """Let the hub do a step in the background; 0 if it died or had nothing to do."""
        self._hub.may_die(likely=self.fault_rate / 10)
        try:
            return self._hub.work_in_background()
        except HubKilled:
            return 0
        finally:
            self._hub.may_die(likely=0)

    @property
    def late(self) -> int:
        return len(self._late)

    def _exchange(self, call: Callable[[], bytes], *, flips: bool = True) -> bytes:
        if self._happens("lost before"):
            raise NoAnswer
        answer = self._deliver(call)
        if self._happens("lost after"):
            raise NoAnswer
        if self._happens("damaged answer"):
            answer = self._damaged(answer, flips=flips)
        return answer

    def _deliver(self, call: Callable[[], bytes]) -> bytes:
        """Return what the hub answers: a refusal, as HTML, of what it cannot read."""
        self._hub.may_die(likely=self.fault_rate / 10)
        try:
            return call()
        except NotOurMessage:
            return PORTAL
        except HubKilled:
            raise NoAnswer from None
        finally:
            self._hub.may_die(likely=0)

    def _happens(self, what: str) -> bool:
        happens = self._chance.random() < self.fault_rate
        if happens:
            self._counts[what] += 1
        return happens

    def _damaged(self, message: bytes, *, flips: bool = True) -> bytes:
        if not message:
            return PORTAL
        place = self._chance.randrange(len(message))
        match self._chance.randrange(5 if flips else 4):
            case 0:
                return message[:place]
            case 1:
                return PORTAL
            case 2:
                return self._chance.randbytes(place)
            case 3:
                return message + message[place:]
            case _:
                flipped = message[place] ^ 1 << self._chance.randrange(8)
                return message[:place] + bytes([flipped]) + message[place + 1 :]
