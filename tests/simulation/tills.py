"""Tills of the simulation: disks that are copied and put back, and processes that are killed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pos.domain.catalogue import OpeningStock
from pos.domain.facts import PreviousJournal, StockReceived
from pos.domain.feed import AnyFeedItem
from pos.ids import JournalId
from sync.backoff import Backoff
from sync.protocol import NoAnswer, NotOurMessage
from sync.pull import Pulled, Puller
from sync.push import Progress, Pusher
from tests.builders import an_identity, an_opening
from tests.simulation.hub_disk import JournalMoved
from tests.simulation.network import Network
from tests.simulation.till_disk import Catalogue, TillKilled
from tests.sync.journals import TillJournal, a_key

NewJournal = Callable[[], JournalId]


class Line:
    """One journal on one disk, and the process that sends it."""

    def __init__(
        self, journal: TillJournal, till_id: str, network: Network, chance: random.Random
    ) -> None:
        self.journal = journal
        self._till_id = till_id
        self._network = network
        self._chance = chance
        self.start()

    def start(self) -> None:
        """Begin as after a kill: nothing is remembered but the disk."""
        entries_max = self._chance.randint(1, 8)
        self._pusher = Pusher(self.journal, self._network, batch_entries_max=entries_max)
        self._backoff = Backoff(self._chance)
        self.progress: Progress | None = None
        self._is_claimed = False

    def push(self) -> float:
        """Do one exchange and return how many seconds to wait for the next."""
        if not self._is_claimed and not self.claim():
            return self._backoff.failed()
        self.progress = self._pusher.step()
        if self.progress.trouble is not None:
            return self._backoff.failed()
        self._backoff.succeeded()
        return 25.0 if self.progress.is_idle else 0.05

    def claim(self) -> bool:
        """Say whose journal it is; a hub that was put back may have forgotten."""
        try:
            self._network.claim(self.journal.journal_id, self._till_id)
        except (NoAnswer, NotOurMessage):
            return False
        self._is_claimed = True
        return True


@dataclass(frozen=True)
class Disk:
    """A copy of everything on a till's disk."""

    journals: tuple[TillJournal, ...]
    catalogue: Catalogue
    is_old: bool  # the version that wrote it


UNKNOWN_ONCE = frozenset({"staff", "till"})
"""Kinds that an old version of the till does not know."""


class OldPuller(Puller):
    """The puller of an old version: some things are not known to it."""

    def _read(self, text: str | msgspec.Raw) -> AnyFeedItem | None:
        item = super()._read(text)
        return None if item is None or item.__struct_config__.tag in UNKNOWN_ONCE else item


class SimTill:
    """A till: the journal that it writes, those that are over, and what came down."""

    def __init__(
        self,
        number: int,
        stand: str,
        network: Network,
        chance: random.Random,
        catalogue: Catalogue,
        *,
        is_old: bool = False,
    ) -> None:
        self.number = number
        self.is_old = is_old
        self.stand = stand
        self.till_id = f"till-{number}"
        self.lines: list[Line] = []
        self.catalogue = catalogue
        self._network = network
        self._chance = chance
        self.start()

    def start(self) -> None:
        """Begin as after a kill: nothing is remembered but the disk."""
        make = OldPuller if self.is_old else Puller
        self._puller = make(self.catalogue, self._network)
        self._backoff = Backoff(self._chance)
        self.pulled: Pulled | None = None
        for line in self.lines:
            line.start()

    def open_journal(self, journal_id: JournalId) -> None:
        """Begin a journal, which names the one before if there is one."""
        previous = None
        if self.lines:
            before = self.lines[-1].journal
            end = before.end()
            previous = PreviousJournal(
                journal_id=before.journal_id, seq=end.seq, digest=end.digest, reason="forked"
            )
        opened = an_opening(
            ordinal=len(self.lines) + 1,
            identity=an_identity(stand=self.stand, till=str(self.number)),
        )
        journal = TillJournal(
            journal_id,
            a_key(self.number),
            opened=msgspec.structs.replace(opened, previous=previous),
        )
        if previous is not None:
            self._carry_over(journal)
        self._add(journal)

    def _carry_over(self, journal: TillJournal) -> None:
        """Take along what the stand has by the records of the journal before."""
        before = JournalMoved()
        for entry in self.lines[-1].journal.entries:
            before.add_body(entry.body)
        pieces = tuple(
            OpeningStock(variant_id, moved.pieces + moved.carried)
            for (_, variant_id), moved in before.pieces.items()
        )
        if pieces:
            journal.record(StockReceived(stand=self.stand, reason="carried_over", pieces=pieces))

    def pull(self) -> float:
        """Do one exchange and return how many seconds to wait for the next."""
        try:
            self.pulled = self._puller.step()
        except TillKilled:
            self.start()
            return 1.0
        if self.pulled.trouble is not None:
            return self._backoff.failed()
        self._backoff.succeeded()
        return 25.0 if self.pulled.is_current else 0.05

    def disk(self) -> Disk:
        """Return a copy of everything on the disk."""
        journals = tuple(line.journal.copy() for line in self.lines)
        return Disk(journals, self.catalogue.copy(), self.is_old)

    def update(self) -> None:
        """Start with a version of the program that knows more."""
        self.is_old = False
        self.catalogue.ask_anew()
        self.start()

    def put_back(self, disk: Disk) -> None:
        """Go on from an old copy, as if nothing had happened since."""
        self.lines = []
        for journal in disk.journals:
            self._add(journal.copy())
        self.catalogue.close()
        self.catalogue = disk.catalogue.copy()
        if disk.is_old and not self.is_old:  # the program is of today
            self.catalogue.ask_anew()
        self.start()

    def clone(self) -> SimTill:
        """Return another machine that goes on from a copy of this one's disk, key included."""
        disk = self.disk()
        twin = SimTill(
            self.number,
            self.stand,
            self._network,
            self._chance,
            disk.catalogue,
            is_old=self.is_old,
        )
        for journal in disk.journals:
            twin._add(journal)
        return twin

    def _add(self, journal: TillJournal) -> None:
        self.lines.append(Line(journal, self.till_id, self._network, self._chance))
