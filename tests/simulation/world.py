"""A festival weekend in memory, from one seed: tills, a hub, and everything that goes wrong.

Push only.  For a while facts are recorded, sent, lost, doubled, damaged and late, disks are put
back and machines copied; then the faults stop, and what must be true is checked.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from pos.ids import JournalId
from pos.signing import entry_verifier
from sync.protocol import NoAnswer, NotOurMessage
from tests.simulation.network import Hub, Network
from tests.simulation.tills import Line, SimTill
from tests.sync.journals import MemoryJournals, TillJournal, a_fact, a_key

TILLS_MAX = 30
NOBODY = 99  # whose key no till has
COPIES_MAX = 3
ROUNDS_MAX = 60
STEPS_MAX = 200
Trace = Callable[[str], None]


class World:
    """Everything that a seed decides."""

    def __init__(self, seed: int, trace: Trace = lambda _line: None) -> None:
        self.chance = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.trace = trace
        self.hub = Hub(self.chance, self.counts)
        self.network = Network(self.chance, self.hub, self.counts)
        self.now_s = 0.0
        self.written: dict[str, tuple[bytes, bytes]] = {}
        """All that any till ever wrote: body and signature by digest."""
        self.forged: dict[str, tuple[bytes, bytes]] = {}
        """What somebody without a till's key wrote in its name."""
        self.tills: list[SimTill] = []
        self._copies: list[tuple[SimTill, list[TillJournal]]] = []
        self._backups: list[MemoryJournals] = []
        self._events: list[tuple[float, int, Callable[[], float | None]]] = []
        self._sequence = 0
        crowd = TILLS_MAX if self.chance.random() < 0.05 else 5
        for number in range(self.chance.randint(1, crowd)):
            till = SimTill(number, self.network, self.chance)
            till.open_journal(self._new_journal())
            self._note(till.lines[0].journal, 1)
            self._add(till)

    def run(self) -> None:
        """Live through the bad time, then the good one, and check what must be true."""
        self.network.fault_rate = self.chance.choice([0.0, 0.02, 0.1, 0.3])
        self._after(self.chance.uniform(0, 30), self._fate)
        end_s = self.chance.uniform(60, 400)
        while self._events and self._events[0][0] < end_s:
            self.now_s, _, event = heapq.heappop(self._events)
            wait_s = event()
            if wait_s is not None:
                self._after(wait_s, event)
        self.trace(f"{self.now_s:.3f} the faults stop")
        self.network.fault_rate = 0.0
        self.settle()

    def settle(self) -> None:
        """Let everybody send until nobody has anything to say."""
        for _ in range(ROUNDS_MAX):
            for _ in range(-(-self.network.late // 2)):
                self.network.deliver_late()
            before = self._kept()
            for till in self.tills:
                for line in till.lines:
                    self._push_until_idle(line)
            if not self.network.late and self._kept() == before:
                return
        raise AssertionError("it does not converge")

    def _push_until_idle(self, line: Line) -> None:
        """Send until a heartbeat of an idle line has found nothing new."""
        idle = 0
        for _ in range(STEPS_MAX):
            self._push(line)
            assert line.progress is not None
            idle = idle + 1 if line.progress.is_idle else 0
            if idle == 2:
                return
        raise AssertionError("a till never gets to the end")

    def _kept(self) -> int:
        disk = self.hub.disk
        kept = sum(len(rows) for rows in disk.kept.values())
        return kept + sum(len(rows) for rows in disk.aside.values())

    def _add(self, till: SimTill) -> None:
        self.tills.append(till)
        self._after(self.chance.uniform(0, 20), lambda: self._sell(till))
        self._after(self.chance.uniform(0, 20), lambda: self._send(till))

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
                case _:
                    year = self.chance.randint(1970, 2099)  # the till's clock is anything
                    fact = a_fact(self.chance.randrange(10**9))
                    journal.record(fact, occurred_at=f"{year}-07-18T13:02:11.000000Z")
        self._note(journal, first)
        return self.chance.uniform(5, 60)

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
        self.trace(f"{self.now_s:.3f} {line.journal.journal_id} {line.progress}")
        return wait_s

    def _fate(self) -> float:
        """Let something happen that nobody planned."""
        till = self.chance.choice(self.tills)
        happenings: list[Callable[[SimTill], None]] = [
            *(self._copy_disk, self._copy_disk, self._restore_disk, self._clone, self._kill),
            *(self._kill, self._open_anew, self._open_anew, self._back_up_hub, self._restore_hub),
            *(self._late, self._late, self._late, self._intrude),
        ]
        happening = self.chance.choice(happenings)
        self.trace(f"{self.now_s:.3f} fate: {happening.__name__} {self.tills.index(till)}")
        happening(till)
        return self.chance.uniform(1, 30)

    def _copy_disk(self, till: SimTill) -> None:
        self._copies = [*self._copies, (till, till.disk())][-COPIES_MAX:]

    def _restore_disk(self, _till: SimTill) -> None:
        if self._copies:
            till, disk = self.chance.choice(self._copies)
            till.put_back(disk)
            self.counts["disk restored"] += 1

    def _clone(self, till: SimTill) -> None:
        if len(self.tills) < TILLS_MAX:
            self._add(till.clone(till.disk()))
            self.counts["cloned"] += 1

    def _kill(self, till: SimTill) -> None:
        for line in till.lines:
            line.start()
        self.counts["till killed"] += 1

    def _open_anew(self, till: SimTill) -> None:
        """Let a manager do what a fork asks for."""
        progress = till.lines[-1].progress
        if progress is not None and progress.fork is not None:
            till.open_journal(self._new_journal())
            self._note(till.lines[-1].journal, 1)
            self.counts["opened anew"] += 1

    def _back_up_hub(self, _till: SimTill) -> None:
        self._backups = [*self._backups, self.hub.disk.backup()][-COPIES_MAX:]

    def _restore_hub(self, _till: SimTill) -> None:
        if self._backups:
            self.hub.put_back(self.chance.choice(self._backups).backup())
            self.network.promised &= found_at(self.hub.disk)
            self.counts["hub restored"] += 1

    def _late(self, _till: SimTill) -> None:
        self.network.deliver_late()

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


def found_at(disk: MemoryJournals) -> set[str]:
    """Return the digests of all that a hub has, in a journal or aside."""
    kept = {row.digest for rows in disk.kept.values() for row in rows}
    return kept.union(*(aside.keys() for aside in disk.aside.values()))


def check(world: World) -> None:
    """Check what must be true when the faults have stopped and all is sent."""
    disk = world.hub.disk
    for journal_id, rows in disk.kept.items():
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1)), "gapless"
        aside = disk.aside.get(journal_id, {})
        assert not aside.keys() & {row.digest for row in rows}, "once, here or there"
        for row in rows:
            assert world.written[row.digest] == (row.body, row.signature), "to the byte"
    for rows_aside in disk.aside.values():
        for digest, (row, reason) in rows_aside.items():
            by_whom = world.forged if reason == "signature" else world.written
            assert by_whom[digest] == (row.body, row.signature), "to the byte, for the right reason"
            assert reason in {"forked", "signature"}
    assert world.network.promised <= found_at(disk), "what was acknowledged is there"
    for till in world.tills:
        verify = entry_verifier(a_key(till.number).public)
        for line in till.lines:
            check_line(line, disk)
            last = disk.kept[line.journal.journal_id][-1]
            assert verify(last.digest, last.signature)


def check_line(line: Line, disk: MemoryJournals) -> None:
    """Check that a journal is at the hub as a whole, and that a fork is found where it is."""
    own = line.journal.digests
    ours = [row.digest for row in disk.kept[line.journal.journal_id]]
    common = next(
        (at for at, (one, other) in enumerate(zip(own, ours, strict=False)) if one != other),
        min(len(own), len(ours)),
    )
    progress = line.progress
    assert progress is not None
    assert progress.trouble is None
    assert progress.waiting == 0
    if own == ours:
        assert progress.fork is None, "no fork where there is none"
        assert progress.acknowledged_seq == len(own)
        return
    assert progress.fork is not None, "every fork is found"
    assert progress.fork.seq == common + 1
    assert progress.fork.own_digest == line.journal.digest_at(common + 1)
    assert progress.acknowledged_seq == common
    assert not progress.fork.is_chain_broken
    aside = disk.aside.get(line.journal.journal_id, {})
    assert set(own[common:]) <= aside.keys(), "the branch is in quarantine"
