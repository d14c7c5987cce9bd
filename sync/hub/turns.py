"""Whose turn it is while many tills bring entries: taking them in comes first.

A till that comes back after a day offline keeps its sales on one disk only until the hub has them;
what they mean can wait some seconds.  Interpreting costs several times what taking in does, and
shares the interpreter with it, and on SQLite the one writer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

WINDOW_S = 1.0
CROWD_ENTRIES = 1_000
"""More than that within a window is no stand that sells: somebody comes back from being offline."""

REST_S = 2.0
"""How long interpreting waits for its turn in a crowd, at most."""


class Turns:
    """Counts what tills bring.  Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window_began = self._last_turn = clock()
        self._entries = 0

    def brought(self, entries: int) -> None:
        """Note that entries came."""
        with self._lock:
            now = self._clock()
            if now - self._window_began > WINDOW_S:
                self._window_began, self._entries = now, 0
            self._entries += entries

    def take(self) -> bool:
        """Say whether interpreting may go on now; a no counts as waiting, a yes as a turn."""
        with self._lock:
            now = self._clock()
            is_crowd = self._entries > CROWD_ENTRIES and now - self._window_began <= WINDOW_S
            if is_crowd and now - self._last_turn < REST_S:
                return False
            self._last_turn = now
            return True
