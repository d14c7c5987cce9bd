"""When each till was last heard of, gathered in memory and written down together.

A request must not wait for a disk only to say that somebody was here.
"""

from __future__ import annotations

import threading
from datetime import datetime

import msgspec

from pos.clock import Now, utc_text
from sync.hub.meaning import Trouble
from sync.hub.store import incidents
from sync.hub.store.database import Connection, HubDatabase
from sync.hub.store.tills import Seen, Till, note_seen
from sync.signing import CLOCK_OFF_MAX_S

CLOCK_SAID_FOR_S = 600
"""A till that was told the hub's time signs with that: its own clock is as wrong as before."""


class Presence:
    """What tills said of themselves since it was last written down."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._seen: dict[str, Seen] = {}
        self._clock_said: dict[str, datetime] = {}
        self._revoked: dict[str, Till] = {}

    def note(self, till_id: str, **said: int | str | None) -> None:
        """Note that a till asked, and what it said: fields of `Seen`."""
        with self._lock:
            before = self._seen.get(till_id) or Seen(till_id=till_id, seen_at="")
            self._seen[till_id] = msgspec.structs.replace(
                before, seen_at=utc_text(self._now()), **{k: _kept(v) for k, v in said.items()}
            )

    def note_clock(self, till_id: str, off_s: int, *, is_refused: bool) -> None:
        """Note by how much a till's time differs from ours."""
        now = self._now()
        with self._lock:
            if is_refused:
                self._clock_said[till_id] = now
            elif (said := self._clock_said.get(till_id)) is not None:
                if (now - said).total_seconds() < CLOCK_SAID_FOR_S:
                    return
                del self._clock_said[till_id]
        self.note(till_id, clock_off_s=off_s)

    def note_revoked(self, till: Till) -> None:
        """Note that a till called that was revoked; its signature was right."""
        with self._lock:
            self._revoked[till.till_id] = till

    def write(self, database: HubDatabase) -> int:
        """Write it down and return of how many tills.

        Raises:
            StorageUnavailable: it is still here; call again later.
        """
        with self._lock:
            seen, self._seen = self._seen, {}
            revoked, self._revoked = self._revoked, {}
        if not seen and not revoked:
            return 0
        try:
            with database.write() as connection:
                self._write(connection, list(seen.values()), list(revoked.values()))
        except BaseException:  # whatever it was: what was said since counts, the rest comes back
            with self._lock:
                self._seen = seen | self._seen
                self._revoked = revoked | self._revoked
            raise
        return len(seen)

    def _write(self, connection: Connection, seen: list[Seen], revoked: list[Till]) -> None:
        at = utc_text(self._now())
        note_seen(connection, sorted(seen, key=lambda one: one.till_id))  # one order, no deadlock
        off = [one for one in seen if abs(one.clock_off_s or 0) > CLOCK_OFF_MAX_S]
        right = [one for one in seen if abs(one.clock_off_s or 0) <= CLOCK_OFF_MAX_S]
        told = [_clock_trouble(one) for one in off]
        told += [
            Trouble(kind="revoked", subject=one.till_id, stand=one.stand, till_id=one.till_id)
            for one in revoked
        ]
        incidents.tell_of_states(connection, told, at)
        now_right = [_clock_subject(one) for one in right if one.clock_off_s is not None]
        closing = incidents.open_subjects(connection, "clock", now_right)
        if closing:
            incidents.close_many(connection, "clock", closing, at)


def _kept(said: int | str | None) -> int | str | None:
    """Return what PostgreSQL keeps: for one zero byte it refused what all tills had said."""
    return said.replace("\0", "") if isinstance(said, str) else said


def _clock_subject(seen: Seen) -> str:
    """Return what the incident is about: the clock as it is, not a doubt of the till's own."""
    return f"{seen.till_id}/now"


def _clock_trouble(seen: Seen) -> Trouble:
    return Trouble(
        kind="clock",
        subject=_clock_subject(seen),
        till_id=seen.till_id,
        detail={"minutes": round((seen.clock_off_s or 0) / 60)},
    )
