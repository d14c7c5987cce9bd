"""A hub in the same process, which says what a test wants to hear."""

from __future__ import annotations

from pos.ids import JournalId
from sync.hub.ingest import accept
from sync.protocol import Accepted, Answer, Batch, Forked, Gap, Position
from tests.sync.journals import JOURNAL, MemoryJournals, TillJournal


class HubBeside:
    """A hub without a network; what a test puts into `says` comes instead of its next answers."""

    def __init__(self) -> None:
        self.journals = MemoryJournals()
        self.says: list[Answer | Position | Exception] = []
        self.batches: list[Batch] = []
        self.asked = 0

    def position(self, journal_id: JournalId) -> Position:
        self.asked += 1
        if self.says:
            said = self._next()
            assert isinstance(said, Position)
            return said
        with self.journals.work(journal_id) as work:
            return work.end()

    def send(self, journal_id: JournalId, batch: Batch) -> Answer:
        self.batches.append(batch)
        if self.says:
            said = self._next()
            assert isinstance(said, Accepted | Gap | Forked)
            return said
        with self.journals.work(journal_id) as work:
            return accept(work, batch)

    def _next(self) -> Answer | Position:
        said = self.says.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    def take(self, till: TillJournal) -> None:
        with self.journals.work(JOURNAL) as work:
            accept(work, till.batch())

    @property
    def bodies(self) -> list[bytes]:
        return [row.body for row in self.journals.kept.get(JOURNAL, [])]

    @property
    def aside(self) -> set[bytes]:
        return {row.body for row, _ in self.journals.aside.get(JOURNAL, {}).values()}
