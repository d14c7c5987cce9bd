"""The two threads that bring entries up and the catalogue down, beside the till.

Two, because a question that the hub keeps open for 25 s must not hold up a sale on its way.  Both
ask the till through what they are given, and each call waits its turn like anybody's; nobody waits
for them.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from pos.clock import Now, utc_now
from sync.alarm import Alarm
from sync.backoff import Backoff
from sync.no_line import NoLine
from sync.pictures import PictureFolder, PictureQueue
from sync.post import Post
from sync.sending import Cargo, Sender, UpLine
from sync.status import Board, SyncStatus, Which
from sync.taking import DownLine, Taker, Till

CLOSE_MAX_S = 2.0
WAIT_MAX_S = 60.0
_log = logging.getLogger(__name__)


class Line(UpLine, DownLine, Protocol):
    """A hub at the other end; `sync.hub_client.HubClient` is one."""

    def cancel(self) -> None:
        """End what goes on, from any thread, and let nothing else begin."""
        ...


class Work(Protocol):
    """What a thread does until its alarm is closed."""

    def run(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an engine is made of."""

    till: Till
    cargo: Cargo
    connect: Callable[
        [], Line
    ]  # called by each of the two threads; ValueError: nothing leads to a hub
    publish: Callable[[SyncStatus], None]  # called from both threads, never at the same time
    pictures: PictureFolder | None = None
    now: Now = utc_now
    chance: random.Random = field(default_factory=random.Random)
    wait_max_s: float = WAIT_MAX_S  # of the waits between two tries


class Engine:
    """Speaks with a hub from `start` to `close`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._board = Board(plan.publish, plan.now)
        self._up, self._down = Alarm(), Alarm()
        self._lines: list[Line] = []
        self._threads = [
            threading.Thread(target=self._run, args=args, name=f"sync-{args[0]}", daemon=True)
            for args in (("up", self._up, self._sender), ("down", self._down, self._taker))
        ]

    def start(self) -> None:
        """Begin to speak with the hub; once."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Hear that something was recorded."""
        self._up.wake()

    def send_now(self) -> None:
        """Try at once, whatever the last try came to."""
        self._up.urge()
        self._down.urge()

    def close(self) -> None:
        """Stop, within two seconds; what is under way is left, and may have arrived."""
        end = time.monotonic() + CLOSE_MAX_S
        self._board.close()
        for alarm in (self._up, self._down):
            alarm.close()
        for line in list(self._lines):
            line.cancel()
        for thread in self._threads:
            if thread.ident is not None:  # it was started
                thread.join(max(end - time.monotonic(), 0))

    def _run(self, which: Which, alarm: Alarm, make: Callable[[Line, Post], Work]) -> None:
        """Work until the end; a bug is told and logged, and what it did begins anew."""
        other = self._down if which == "up" else self._up
        post = Post(
            which=which,
            board=self._board,
            alarm=alarm,
            backoff=Backoff(self._plan.chance, wait_max_s=self._plan.wait_max_s),
            fails=other.urge,
            is_back=other.urge,
        )
        line: Line | None = None
        try:
            while not alarm.is_closed:
                try:
                    line = line or self._connect()
                    make(line, post).run()
                except Exception:  # noqa: BLE001 because sales would stay here without a word
                    if not alarm.is_closed:
                        _log.exception("sync-%s begins anew", which)
                        post.failed("bug")
        finally:
            if line is not None:
                line.close()

    def _connect(self) -> Line:
        """Return a line to the hub; where its address or a key is no such thing, one that says so.

        Nothing mends that but another enrolment, which a till that a hub does not know needs too.
        """
        line: Line
        try:
            line = self._plan.connect()
        except ValueError:
            _log.exception("what is remembered of the hub cannot be used")
            line = NoLine("unknown")
        self._lines.append(line)
        return line

    def _sender(self, line: Line, post: Post) -> Work:
        return Sender(self._plan.cargo, line, post)

    def _taker(self, line: Line, post: Post) -> Work:
        return Taker(self._plan.till, line, post, PictureQueue(self._plan.pictures))
