"""When each till was last heard of, gathered in memory and written down together.

A request must not wait for a disk only to say that somebody was here.
"""

from __future__ import annotations

import threading

import msgspec

from pos.clock import Now, from_utc_text, utc_text
from sync.hub.store.database import HubDatabase
from sync.hub.store.tills import Seen, note_seen

CLOCK_SAID_FOR_S = 600
"""A till that was told the hub's time signs with that: its own clock is as wrong as before."""


class Presence:
    """What tills said of themselves since it was last written down."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._seen: dict[str, Seen] = {}
        self._clock_said: dict[str, str] = {}

    def note(self, till_id: str, **said: int | str | None) -> None:
        """Note that a till asked, and what it said: fields of `Seen`."""
        with self._lock:
            before = self._seen.get(till_id) or Seen(till_id=till_id, seen_at="")
            self._seen[till_id] = msgspec.structs.replace(
                before, seen_at=utc_text(self._now()), **said
            )

    def note_clock(self, till_id: str, off_s: int, *, is_refused: bool) -> None:
        """Note by how much a till's time differs from ours."""
        now = self._now()
        if is_refused:
            self._clock_said[till_id] = utc_text(now)
        elif said := self._clock_said.get(till_id):
            if (now - from_utc_text(said)).total_seconds() < CLOCK_SAID_FOR_S:
                return
            del self._clock_said[till_id]
        self.note(till_id, clock_off_s=off_s)

    def write(self, database: HubDatabase) -> int:
        """Write it down and return of how many tills.

        Raises:
            StorageUnavailable: it is still here; call again later.
        """
        with self._lock:
            seen, self._seen = self._seen, {}
        if not seen:
            return 0
        try:
            with database.write() as connection:
                note_seen(connection, sorted(seen.values(), key=lambda one: one.till_id))
        except Exception:  # whatever it was: what was said since counts, the rest comes back
            with self._lock:
                self._seen = seen | self._seen
            raise
        return len(seen)
