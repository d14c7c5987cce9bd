"""A thread's sleep, and what wakes it."""

from __future__ import annotations

import threading
import time
from typing import Literal

Woken = Literal["closed", "urged", "woken", "due"]
"""It is over; somebody wants it now; there is something new; the time has passed."""


class Alarm:
    """What one thread waits for; any other may set it off."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_closed = self._is_urged = self._is_woken = False

    @property
    def is_closed(self) -> bool:
        """Return whether it is over."""
        return self._is_closed

    def wake(self) -> None:
        """Say that there is something new."""
        with self._changed:
            self._is_woken = True
            self._changed.notify_all()

    def urge(self) -> None:
        """Say that waiting has no sense any more."""
        with self._changed:
            self._is_urged = True
            self._changed.notify_all()

    def close(self) -> None:
        """Say that it is over, for good."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def wait(self, wait_max_s: float | None) -> Woken:
        """Sleep until something is said, or was since the last sleep; None: however long."""
        end = None if wait_max_s is None else time.monotonic() + wait_max_s
        with self._changed:
            while True:
                if self._is_closed:
                    return "closed"
                if self._is_urged:
                    self._is_urged = self._is_woken = False
                    return "urged"
                if self._is_woken:
                    self._is_woken = False
                    return "woken"
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    return "due"
                self._changed.wait(left)
