"""Tills of the simulation: disks that are copied and put back, and processes that are killed."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec

from pos.domain.facts import PreviousJournal
from pos.ids import JournalId
from sync.backoff import Backoff
from sync.push import HubPort, Progress, Pusher
from tests.builders import an_opening
from tests.sync.journals import TillJournal, a_key

NewJournal = Callable[[], JournalId]


class Line:
    """One journal on one disk, and the process that sends it."""

    def __init__(self, journal: TillJournal, hub: HubPort, chance: random.Random) -> None:
        self.journal = journal
        self._hub = hub
        self._chance = chance
        self.start()

    def start(self) -> None:
        """Begin as after a kill: nothing is remembered but the disk."""
        self._pusher = Pusher(self.journal, self._hub, batch_entries_max=self._chance.randint(1, 8))
        self._backoff = Backoff(self._chance)
        self.progress: Progress | None = None

    def push(self) -> float:
        """Do one exchange and return how many seconds to wait for the next."""
        self.progress = self._pusher.step()
        if self.progress.trouble is not None:
            return self._backoff.failed()
        self._backoff.succeeded()
        return 25.0 if self.progress.is_idle else 0.05


class SimTill:
    """A till: the journal that it writes, and those that are over and still to be sent."""

    def __init__(self, number: int, hub: HubPort, chance: random.Random) -> None:
        self.number = number
        self._hub = hub
        self._chance = chance
        self.lines: list[Line] = []

    def open_journal(self, journal_id: JournalId) -> None:
        """Begin a journal, which names the one before if there is one."""
        previous = None
        if self.lines:
            before = self.lines[-1].journal
            end = before.end()
            previous = PreviousJournal(
                journal_id=before.journal_id, seq=end.seq, digest=end.digest, reason="forked"
            )
        opened = an_opening(ordinal=len(self.lines) + 1)
        journal = TillJournal(
            journal_id,
            a_key(self.number),
            opened=msgspec.structs.replace(opened, previous=previous),
        )
        self.lines.append(Line(journal, self._hub, self._chance))

    def disk(self) -> list[TillJournal]:
        """Return a copy of everything on the disk."""
        return [line.journal.copy() for line in self.lines]

    def put_back(self, disk: list[TillJournal]) -> None:
        """Go on from an old copy, as if nothing had happened since."""
        self.lines = [Line(journal.copy(), self._hub, self._chance) for journal in disk]

    def clone(self, disk: list[TillJournal]) -> SimTill:
        """Return another machine that goes on from a copy of this one's disk, key included."""
        twin = SimTill(self.number, self._hub, self._chance)
        twin.put_back(disk)
        return twin
