"""A festival weekend in memory, from one seed: tills, a hub, and everything that goes wrong.

For a while facts are recorded, sent, lost, doubled, damaged and late, head office changes what is
sold, disks are put back and machines copied; then the faults stop, and `checks` says what must be
true.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from pos.ids import JournalId
from sync.protocol import NoAnswer, NotOurMessage
from tests.simulation.head_office import a_change, second_thoughts
from tests.simulation.hub_disk import HubDisk, MemoryDisk
from tests.simulation.network import Hub, Network
from tests.simulation.sales import STANDS, a_delivery, a_sale_of
from tests.simulation.till_disk import Catalogue, MemoryCatalogue, TillKilled
from tests.simulation.tills import Disk, Line, SimTill
from tests.sync.journals import TillJournal, a_fact, a_key

TILLS_MAX = 30
NOBODY = 99  # whose key no till has
COPIES_MAX = 3
ROUNDS_MAX = 60
STEPS_MAX = 300
WORK_MAX = 2_000
FORGETS = 0.4  # of the operators who put a hub's backup back do not say so
OLD = 0.3  # of the tills run a version that does not know all that the hub tells
Trace = Callable[[str], None]
MakeDisk = Callable[[random.Random], HubDisk]
MakeCatalogue = Callable[[str, str], Catalogue]


def _silent(_line: str) -> None:
    """Tell nobody."""


class World:
    """Everything that a seed decides."""

    def __init__(
        self,
        seed: int,
        trace: Trace = _silent,
        *,
        make_disk: MakeDisk = MemoryDisk,
        make_catalogue: MakeCatalogue = lambda till_id, _stand: MemoryCatalogue(till_id),
        tills_max: int = TILLS_MAX,
    ) -> None:
        self.chance = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.trace = trace
        self.hub = Hub(make_disk(self.chance), self.chance, self.counts)
        self.network = Network(self.chance, self.hub, self.counts)
        self.now_s = 0.0
        self.written: dict[str, tuple[bytes, bytes]] = {}
        """All that any till ever wrote: body and signature by digest."""
        self.forged: dict[str, tuple[bytes, bytes]] = {}
        """What somebody without a till's key wrote in its name."""
        self.said: dict[tuple[str, str], bytes] = {}
        """What head office said last of each thing, and the hub remembers."""
        self.tills: list[SimTill] = []
        self._tills_max = tills_max
        self._copies: list[tuple[SimTill, Disk]] = []
        self._ambiguous: set[str] = set()
        """Feeds of which some positions were given out twice."""
        self._backups: list[tuple[HubDisk, dict[tuple[str, str], bytes]]] = []
        self._events: list[tuple[float, int, Callable[[], float | None]]] = []
        self._sequence = 0
        crowd = tills_max if self.chance.random() < 0.05 else 5
        for number in range(self.chance.randint(1, crowd)):
            stand = self.chance.choice(STANDS)
            catalogue = make_catalogue(f"till-{number}", stand)
            is_old = self.chance.random() < OLD
            till = SimTill(number, stand, self.network, self.chance, catalogue, is_old=is_old)
            self._open_journal(till)
            self._add(till)

    def run(self) -> None:
        """Live through the bad time, then the good one."""
        self.network.fault_rate = self.chance.choice([0.0, 0.02, 0.1, 0.3])
        self._after(self.chance.uniform(0, 30), self._fate)
        self._after(self.chance.uniform(0, 5), self._change_something)
        self._after(0, self._let_hub_work)
        end_s = self.chance.uniform(60, 400)
        while self._events and self._events[0][0] < end_s:
            self.now_s, _, event = heapq.heappop(self._events)
            wait_s = event()
            if wait_s is not None:
                self._after(wait_s, event)
        self.trace(f"{self.now_s:.3f} the faults stop")
        self.network.fault_rate = 0.0
        self.settle()

    def close(self) -> None:
        """Let go of all files."""
        for disk in (self.hub.disk, *(disk for disk, _ in self._backups)):
            disk.close()
        for catalogue in (
            *(till.catalogue for till in self.tills),
            *(copy.catalogue for _, copy in self._copies),
        ):
            catalogue.close()

    def settle(self) -> None:
        """Let everybody send and listen until nobody has anything to say."""
        self._send_all()
        for _ in range(WORK_MAX):
            if not self.network.let_hub_work():
                break
        else:
            raise AssertionError("the hub is never done")
        self._hear_all()
        if self.hub.disk.feed_id in self._ambiguous:  # nobody was ahead for the hub to see it
            self.counts["operator remembered"] += 1
            self.hub.disk.new_feed_id()
            self._hear_all()

    def _send_all(self) -> None:
        for _ in range(ROUNDS_MAX):
            for _ in range(-(-self.network.late // 2)):
                self.network.deliver_late()
            before = self._kept()
            for till in self.tills:
                for line in till.lines:
                    line.claim()
                    self._push_until_idle(line)
            if not self.network.late and self._kept() == before:
                return
        raise AssertionError("it does not converge")

    def _hear_all(self) -> None:
        for till in self.tills:
            self._pull_until_idle(till)

    def _push_until_idle(self, line: Line) -> None:
        """Send until a heartbeat of an idle line has found nothing new."""
        idle = 0
        for _ in range(STEPS_MAX):
            self._push(line)
            assert line.progress is not None, "it could say whose it is"
            idle = idle + 1 if line.progress.is_idle else 0
            if idle == 4:
                return
        raise AssertionError(f"it never ends: {line.progress}")

    def _pull_until_idle(self, till: SimTill) -> None:
        idle = 0
        for _ in range(STEPS_MAX):
            self._pull(till)
            idle = idle + 1 if till.pulled is not None and till.pulled.is_current else 0
            if idle == 2:
                return
        raise AssertionError(f"it never ends: {till.pulled}")

    def _kept(self) -> dict[JournalId, tuple[int, int]]:
        disk = self.hub.disk
        journals = {*disk.kept, *disk.aside}
        return {
            one: (len(disk.kept.get(one, ())), len(disk.aside.get(one, ()))) for one in journals
        }

    def _add(self, till: SimTill) -> None:
        self.tills.append(till)
        self._after(self.chance.uniform(0, 20), lambda: self._sell(till))
        self._after(self.chance.uniform(0, 20), lambda: self._send(till))
        self._after(self.chance.uniform(0, 20), lambda: self._pull(till))

    def _after(self, wait_s: float, event: Callable[[], float | None]) -> None:
        self._sequence += 1
        heapq.heappush(self._events, (self.now_s + wait_s, self._sequence, event))

    def _sell(self, till: SimTill) -> float:
        journal = till.lines[-1].journal
        first = journal.end().seq + 1
        for _ in range(self.chance.randint(1, 5)):
            match self.chance.randrange(20):
                case 0:
                    journal.record_unknown()
                case 1:
                    journal.record_unreadable()
                case 2 | 3 | 4:
                    journal.record(a_fact(self.chance.randrange(10**9)), occurred_at=self._clock())
                case 5 | 6:
                    journal.record(a_delivery(self.chance, till.stand), occurred_at=self._clock())
                case _:
                    journal.record(a_sale_of(self.chance, till.stand), occurred_at=self._clock())
        self._note(journal, first)
        return self.chance.uniform(5, 60)

    def _clock(self) -> str:
        """Return what a till's clock says: anything."""
        return f"{self.chance.randint(1970, 2099)}-07-18T13:02:11.000000Z"

    def _note(self, journal: TillJournal, first: int) -> None:
        for entry, digest in zip(
            journal.entries[first - 1 :], journal.digests[first - 1 :], strict=True
        ):
            self.written[digest] = (entry.body, entry.signature)
            self.counts["written"] += 1

    def _send(self, till: SimTill) -> float:
        line = self.chance.choice(till.lines)
        return self._push(line)

    def _push(self, line: Line) -> float:
        wait_s = line.push()
        if self.trace is not _silent:
            self.trace(f"{self.now_s:.3f} {line.journal.journal_id} {line.progress}")
        return wait_s

    def _pull(self, till: SimTill) -> float:
        till.catalogue.may_die = self._may_kill
        wait_s = till.pull()
        if self.trace is not _silent:
            self.trace(f"{self.now_s:.3f} {till.till_id} {till.pulled}")
        return wait_s

    def _may_kill(self) -> None:
        if self.chance.random() < self.network.fault_rate / 10:
            self.counts["till killed at work"] += 1
            raise TillKilled

    def _let_hub_work(self) -> float:
        done = self.network.let_hub_work()
        return self.chance.uniform(0.1, 2 if done else 20)

    def _change_something(self) -> float:
        changes = [a_change(self.chance) for _ in range(self.chance.randint(1, 6))]
        changes += second_thoughts(self.chance)
        self.hub.disk.put(changes)
        self.said |= {(one.kind, one.key): one.item for one in changes}
        return self.chance.uniform(1, 60)

    def _fate(self) -> float:
        """Let something happen that nobody planned."""
        till = self.chance.choice(self.tills)
        happenings: list[Callable[[SimTill], None]] = [
            *(self._copy_disk, self._copy_disk, self._restore_disk, self._clone, self._kill),
            *(self._kill, self._open_anew, self._open_anew, self._back_up_hub, self._restore_hub),
            *(self._late, self._late, self._late, self._intrude, self._forget_gone, self._update),
        ]
        happening = self.chance.choice(happenings)
        self.trace(f"{self.now_s:.3f} fate: {happening.__name__} {self.tills.index(till)}")
        happening(till)
        return self.chance.uniform(1, 30)

    def _copy_disk(self, till: SimTill) -> None:
        self._copies.append((till, till.disk()))
        if len(self._copies) > COPIES_MAX:
            self._copies.pop(0)[1].catalogue.close()

    def _restore_disk(self, _till: SimTill) -> None:
        if self._copies:
            till, disk = self.chance.choice(self._copies)
            till.put_back(disk)
            self.counts["disk restored"] += 1

    def _clone(self, till: SimTill) -> None:
        if len(self.tills) < self._tills_max:
            self._add(till.clone())
            self.counts["cloned"] += 1

    def _kill(self, till: SimTill) -> None:
        till.start()
        self.counts["till killed"] += 1

    def _update(self, till: SimTill) -> None:
        if till.is_old:
            till.update()
            self.counts["till updated"] += 1

    def _open_anew(self, till: SimTill) -> None:
        """Let a manager do what a fork asks for."""
        progress = till.lines[-1].progress
        if progress is not None and progress.fork is not None:
            self._open_journal(till)
            self.counts["opened anew"] += 1

    def _open_journal(self, till: SimTill) -> None:
        till.open_journal(self._new_journal())
        journal = till.lines[-1].journal
        self._note(journal, 1)

    def _back_up_hub(self, _till: SimTill) -> None:
        self._backups.append((self.hub.disk.backup(), dict(self.said)))
        if len(self._backups) > COPIES_MAX:
            self._backups.pop(0)[0].close()

    def _restore_hub(self, _till: SimTill) -> None:
        if self._backups:
            self.hub.disk.close()
            disk, said = self.chance.choice(self._backups)
            self.hub.put_back(disk.backup())
            self.said = dict(said)
            self.network.promised &= found_at(self.hub.disk)
            self.counts["hub restored"] += 1
            if self.chance.random() < FORGETS:
                self.counts["operator forgot"] += 1
                self._ambiguous.add(self.hub.disk.feed_id)
            else:
                self.hub.disk.new_feed_id()

    def _late(self, _till: SimTill) -> None:
        self.network.deliver_late()

    def _forget_gone(self, _till: SimTill) -> None:
        self.hub.disk.forget_gone()
        self.counts["gone forgotten"] += 1

    def _intrude(self, till: SimTill) -> None:
        """Let somebody go on with a till's journal who has not got its key."""
        journal = till.lines[-1].journal
        place = self.chance.randint(1, journal.end().seq)
        forged = journal.copy(entries=place, key=a_key(NOBODY))
        forged.record_many(self.chance.randint(1, 3), first=self.chance.randrange(10**9))
        for entry, digest in zip(forged.entries[place:], forged.digests[place:], strict=True):
            self.forged[digest] = (entry.body, entry.signature)
        with suppress(NoAnswer, NotOurMessage):
            self.network.send(journal.journal_id, forged.batch(place + 1))
        self.counts["intruded"] += 1

    def _new_journal(self) -> JournalId:
        return JournalId(str(UUID(int=self.chance.getrandbits(128))))


def found_at(disk: HubDisk) -> set[str]:
    """Return the digests of all that a hub has, in a journal or aside."""
    kept = {row.digest for rows in disk.kept.values() for row in rows}
    return kept.union(*(aside.keys() for aside in disk.aside.values()))
