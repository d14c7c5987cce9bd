"""What each of the two threads has: where it writes, what wakes it, and how long it waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sync.alarm import Alarm
from sync.backoff import Backoff
from sync.status import Board, Which


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One thread's own things; the board is both threads'."""

    which: Which
    board: Board
    alarm: Alarm
    backoff: Backoff
    fails: Callable[[], None]  # the other thread hears of the first failure
    is_back: Callable[[], None]  # and of the first answer after one

    def answered(self, *, clock_off_s: int) -> None:
        """Note an answer of the hub."""
        self.backoff.succeeded()
        if self.board.succeeded(self.which, clock_off_s=clock_off_s):
            self.is_back()

    def failed(self, reason: str, *, woken: Callable[[], None] = lambda: None) -> None:
        """Note a failure and wait; whoever was revoked waits until a person wants to try again.

        Args:
            reason: why, as in `SyncStatus.trouble`.
            woken: what to do each time that something new is there meanwhile.
        """
        if self.alarm.is_closed:
            return
        if self.board.failed(self.which, reason):
            self.fails()
        end = time.monotonic() + self.backoff.failed()
        while True:
            left = None if reason == "revoked" else max(end - time.monotonic(), 0)
            if self.alarm.wait(left) != "woken":
                return
            woken()
