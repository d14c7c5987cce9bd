"""How things stand between a till and its hub, put together from both directions and told once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from pos.clock import Now
from pos.money import Money
from sync.pull import LeftAside, Pulled
from sync.push import Fork

State = Literal["sending", "all_sent", "waiting", "no_contact", "trouble", "forked", "revoked"]
"""What a till can say: entries go up; all are there; it has not tried yet; nobody answers; a person
has to do something; its journal is over; head office has excluded it."""

LOST_CONTACT = frozenset({"no_network", "cut", "hub_error"})
"""What comes and goes with a network; it is shown when it comes twice in a row."""

_SHOWN_AT = 2


class SyncStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What the screens show of the hub."""

    state: State = "waiting"
    trouble: str = ""  # a `sync.trouble.Reason`, or contradiction, storage, not_enrolled, bug
    waiting: int = 0  # entries of which no copy is known at the hub
    sales: int = 0  # among them, of the journal that is open
    amount: Money | None = None  # of those sales; None before anybody looked
    last_contact: datetime | None = None  # UTC, whole seconds; when the hub last answered
    fork: Fork | None = None
    quarantined: int = 0  # entries that the hub keeps apart
    position: int = 0  # in the hub's feed
    head: int = 0  # of the hub's feed
    is_arriving: bool = False  # a snapshot comes down
    parts: tuple[int, int] = (0, 0)  # of the snapshot: taken, all
    aside_count: int = 0  # items of the feed that this till could not use
    aside: tuple[LeftAside, ...] = ()  # the last of them
    clock_off_s: int = 0  # how far this machine's clock is behind the hub's
    to_explain: int = 0  # variants of this till's own that head office has to find among its own


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """What is on this till only."""

    entries: int = 0
    sales: int = 0
    amount: Money | None = None
    quarantined: int = 0
    fork: Fork | None = None
    is_known: bool = False  # the hub has said how far it is


@dataclass(slots=True)
class Direction:
    """Up or down: whether it works."""

    reason: str = ""
    failures: int = 0

    @property
    def shown(self) -> str:
        """Return what is wrong, as soon as it is worth a person's look."""
        is_worth = self.reason not in LOST_CONTACT or self.failures >= _SHOWN_AT
        return self.reason if is_worth else ""


Which = Literal["up", "down"]


class Board:
    """Where both threads write, and whoever shows it is told of every change, once."""

    def __init__(self, publish: Callable[[SyncStatus], None], now: Now) -> None:
        self._publish = publish
        self._now = now
        self._lock = threading.RLock()
        self._is_closed = False
        self._directions = {"up": Direction(), "down": Direction()}
        self._waiting = Waiting()
        self._pulled: Pulled | None = None
        self._unusable = 0
        self._to_explain = 0
        self._last_contact: datetime | None = None
        self._clock_off_s = 0
        self._told: SyncStatus | None = None

    @property
    def waiting(self) -> Waiting:
        """Return what is on this till only, as last counted."""
        return self._waiting

    def succeeded(self, which: Which, *, clock_off_s: int) -> bool:
        """Note an answer of the hub; return whether it is the first after a failure."""
        with self._lock:
            direction = self._directions[which]
            is_back = direction.failures > 0
            direction.reason, direction.failures = "", 0
            self._last_contact = self._now().replace(microsecond=0)
            self._clock_off_s = clock_off_s
            self._tell()
        return is_back

    def failed(self, which: Which, reason: str) -> bool:
        """Note a failure; return whether it is the first in a row."""
        with self._lock:
            direction = self._directions[which]
            direction.reason = reason
            direction.failures += 1
            self._tell()
            return direction.failures == 1

    def waits(self, waiting: Waiting) -> None:
        """Note what is on this till only."""
        with self._lock:
            self._waiting = waiting
            self._tell()

    def pulled(self, pulled: Pulled, *, unusable: int) -> None:
        """Note how far the feed is; `unusable`: items that the till could not count with."""
        with self._lock:
            self._pulled = pulled
            self._unusable = unusable
            self._tell()

    def explains(self, to_explain: int) -> None:
        """Note how many variants of this till's own a person has to explain."""
        with self._lock:
            self._to_explain = to_explain
            self._tell()

    def close(self) -> None:
        """Tell nothing any more."""
        with self._lock:
            self._is_closed = True

    def _tell(self) -> None:
        status = self._status()
        if status != self._told and not self._is_closed:
            self._told = status
            self._publish(status)

    def _status(self) -> SyncStatus:
        waiting, pulled = self._waiting, self._pulled
        trouble = self._trouble()
        status = SyncStatus(
            state=_state(trouble, waiting),
            trouble=trouble,
            waiting=waiting.entries,
            sales=waiting.sales,
            amount=waiting.amount,
            last_contact=self._last_contact,
            fork=waiting.fork,
            quarantined=waiting.quarantined,
            clock_off_s=self._clock_off_s,
            to_explain=self._to_explain,
        )
        if pulled is None:
            return status
        return msgspec.structs.replace(
            status,
            position=pulled.place.position,
            head=pulled.head,
            is_arriving=pulled.place.is_in_snapshot or pulled.parts[1] > 0,
            parts=pulled.parts,
            aside_count=pulled.aside_count + self._unusable,
            aside=pulled.aside,
        )

    def _trouble(self) -> str:
        """Return the worse of two troubles: what a person can do comes before what passes."""
        both = [direction.shown for direction in self._directions.values() if direction.shown]
        if "revoked" in both:
            return "revoked"
        return min(both, key=lambda reason: reason in LOST_CONTACT, default="")


def _state(trouble: str, waiting: Waiting) -> State:
    if trouble == "revoked":
        return "revoked"
    if waiting.fork is not None:
        return "forked"
    if trouble:
        return "no_contact" if trouble in LOST_CONTACT else "trouble"
    if not waiting.is_known:
        return "waiting"
    return "sending" if waiting.entries else "all_sent"
