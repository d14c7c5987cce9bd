"""What the screens know of the hub: values made for showing, whoever found them out. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pos.money import Money

State = Literal[
    "off", "sending", "all_sent", "waiting", "no_contact", "trouble", "forked", "revoked"
]

JOINS_AGAIN = frozenset({"revoked", "unknown", "wrong_certificate", "other_organisation"})
"""Troubles that end by a new code from head office, and by nothing that passes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubStatus:
    """How things stand between this till and its hub."""

    state: State = "off"
    trouble: str = ""  # its kind, as `wording.trouble` knows them; "" for none
    waiting: int = 0  # entries of which no copy is known at the hub
    sales: int = 0  # among them
    amount: Money | None = None  # of those sales, all in all
    last_contact: datetime | None = None  # UTC; when the hub last answered
    fork_seq: int = 0  # the first entry that differs; 0 for no fork
    quarantined: int = 0  # entries that the hub keeps apart
    position: int = 0  # in the hub's feed
    head: int = 0  # of the hub's feed: how far there is to go
    is_arriving: bool = False  # the catalogue comes down for the first time, or anew
    products: int = 0  # that are on this till by now
    to_explain: int = 0  # items of this till's own of which head office has not said what they are

    @property
    def wants_to_join_again(self) -> bool:
        """Say whether this hub speaks with this till no more until it has joined again."""
        return self.state == "revoked" or self.trouble in JOINS_AGAIN

    @property
    def has_unsent(self) -> bool:
        """Say whether something is only on this till."""
        return self.state != "off" and self.waiting > 0


def moment_of(text: str) -> datetime | None:
    """Return a time that came from a hub, in UTC; None where it says none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """Which hub this till belongs to."""

    organisation: str
    address: str
    stand: str  # the short code of this till's stand: GS


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another till at this stand."""

    till: str
    seen_at: datetime | None  # UTC; None if the hub has not heard of it yet
