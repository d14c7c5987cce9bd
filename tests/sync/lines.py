"""A line to a hub in memory, which is cut and mended while an engine uses it; and its till."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pos.commands import ApplyFeed, BeginSnapshot, Command, CountOwnNames, FinishSnapshot
from pos.domain.feed_place import FeedNotTaken, FeedOutcome, FeedTaken
from pos.ids import JournalId, VariantId
from pos.reports.hub import (
    FeedPlace,
    LocalVariant,
    LocalVariants,
    LocalVariantsPage,
    OnlyHere,
    OnlyOnThisTill,
)
from pos.reports.question import Question
from sync.enrolment_protocol import JournalClaim, StatusReport
from sync.feed_protocol import FeedAnswer, FeedPage
from sync.hub.ingest import accept
from sync.joining_protocol import Explained, OtherVariants
from sync.protocol import Answer, Batch, Position
from sync.pull import NotTaken, Place
from sync.status import SyncStatus
from sync.trouble import Reason, trouble
from tests.sync.feeds import MemoryCatalogue, MemoryFeed
from tests.sync.journals import MemoryJournals, TillJournal

HANG_GUARD_S = 60
AnswerT = TypeVar("AnswerT")


class HubInMemory:
    """A hub, and whether anybody reaches it."""

    def __init__(self) -> None:
        self.journals = MemoryJournals()
        self.feed = MemoryFeed()
        self.pictures: dict[str, bytes] = {}
        self.claims: list[tuple[JournalId, JournalClaim]] = []
        self.reports: list[StatusReport] = []
        self.names: list[OtherVariants] = []
        self.meant: dict[str, str] = {}
        self.hears_names: Reason | bool = True
        """Or why not; False for a hub that is older than the question."""
        self.reason: Reason | None = None
        self.losses = 0
        """How many of the next exchanges are lost."""
        self.fetched: list[str] = []
        self.asked = 0
        lock = threading.RLock()
        self.changed = threading.Condition(lock)
        self._took = threading.Condition(lock)

    def unplug(self, reason: Reason = "no_network") -> None:
        """Let all exchanges fail from now on, those that wait included."""
        with self.changed:
            self.reason = reason
            self.changed.notify_all()

    def plug_in(self) -> None:
        with self.changed:
            self.reason = None

    def take(self, journal_id: JournalId, batch: Batch) -> Answer:
        with self.changed, self.journals.work(journal_id) as work:
            answer = accept(work, batch)
            self._took.notify_all()
            return answer

    def until_it_has(self, journal_id: JournalId, entries: int) -> None:
        """Wait until so many entries of a journal are here."""
        with self.changed:
            found = self._took.wait_for(lambda: self._count(journal_id) == entries, HANG_GUARD_S)
            assert found, self._count(journal_id)

    def until_asked(self, more: int) -> None:
        """Wait until it was asked so many times more, also by those who did not reach it."""
        with self.changed:
            target = self.asked + more
            assert self._took.wait_for(lambda: self.asked >= target, HANG_GUARD_S)

    def note_asked(self) -> None:
        self.asked += 1
        self._took.notify_all()

    def _count(self, journal_id: JournalId) -> int:
        return len(self.journals.kept.get(journal_id, []))

    def put(self, *items: Any) -> None:
        """Change something, and let those who wait for it hear."""
        with self.changed:
            self.feed.put(*items)
            self.changed.notify_all()


class LineInMemory:
    """One till's line to a hub in memory."""

    def __init__(self, hub: HubInMemory) -> None:
        self._hub = hub
        self.reason: Reason | None = None
        self.clock_off_s = 0
        self.is_cancelled = False
        self.is_closed = False

    def position(self, journal_id: JournalId) -> Position:
        with self._hub.changed:
            self._reach()
            with self._hub.journals.work(journal_id) as work:
                return work.end()

    def send(self, journal_id: JournalId, batch: Batch) -> Answer:
        with self._hub.changed:
            self._reach()
            return self._hub.take(journal_id, batch)

    def claim(self, journal_id: JournalId, claim: JournalClaim) -> None:
        with self._hub.changed:
            self._reach()
            self._hub.claims.append((journal_id, claim))

    def tell(self, report: StatusReport) -> None:
        with self._hub.changed:
            self._reach()
            self._hub.reports.append(report)

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        with self._hub.changed:
            self._reach()
            answer = self._hub.feed.feed(place, limit=limit, wait_s=wait_s)
            is_news = not isinstance(answer, FeedPage) or answer.head > place.position
            if wait_s and not is_news:
                self._hub.changed.wait(HANG_GUARD_S)
                self._reach()
                answer = self._hub.feed.feed(place, limit=limit, wait_s=wait_s)
            return answer

    def part(self, digest: str) -> bytes | None:
        with self._hub.changed:
            self._reach()
            return self._hub.feed.part(digest)

    def explain(self, said: OtherVariants) -> Explained | None:
        with self._hub.changed:
            self._reach()
            self._hub.names.append(said)
            if isinstance(self._hub.hears_names, bool):
                return self._explained(said) if self._hub.hears_names else None
            self.reason = self._hub.hears_names
            raise trouble(self.reason)

    def _explained(self, said: OtherVariants) -> Explained:
        names = [one.variant_id for one in said.variants]
        meant = [(name, self._hub.meant[name]) for name in names if name in self._hub.meant]
        return Explained(to_explain=len(names) - len(meant), meant=tuple(meant))

    def picture(self, digest: str) -> bytes | None:
        with self._hub.changed:
            self._reach()
            self._hub.fetched.append(digest)
            return self._hub.pictures.get(digest)

    def cancel(self) -> None:
        with self._hub.changed:
            self.is_cancelled = True
            self._hub.changed.notify_all()

    def close(self) -> None:
        self.is_closed = True

    def _reach(self) -> None:
        self._hub.note_asked()
        self.reason = "cut" if self.is_cancelled else self._hub.reason
        if self._hub.losses:
            self._hub.losses -= 1
            self.reason = "cut"
        if self.reason is not None:
            raise trouble(self.reason)


class TillInMemory:
    """A till that answers what an engine asks; one call at a time, as the real one."""

    def __init__(self, journal: TillJournal) -> None:
        self.journal = journal
        self.catalogue = MemoryCatalogue()
        self.no_basket_is_open = threading.Event()
        self.no_basket_is_open.set()
        self.gate_asked = threading.Event()
        self.before_each: Callable[[], None] = lambda: None
        self.seen: list[str] = []
        self.own: list[LocalVariant] = []
        """Each is a page."""
        self.counted: dict[VariantId, VariantId | None] = {}
        self._alone = threading.Lock()

    def ask(self, question: Question[AnswerT], /) -> AnswerT:
        with self._alone:
            self.before_each()
            if isinstance(question, FeedPlace):
                return cast(AnswerT, self.catalogue.place())
            if isinstance(question, LocalVariants):
                return cast(AnswerT, self._own(question.after))
            assert isinstance(question, OnlyHere), question
            entries = self.journal.end().seq - question.after_seq
            here = OnlyOnThisTill(entries=entries, sales=entries, amount_minor=100 * entries)
            return cast(AnswerT, here)

    def _own(self, after: int) -> LocalVariantsPage:
        is_last = after >= len(self.own)
        variants = tuple(self.own[after : after + 1])
        return LocalVariantsPage(variants=variants, after=None if is_last else after + 1)

    def execute(self, command: Command) -> Any:
        with self._alone:
            self.before_each()
            try:
                return self._execute(command)
            except NotTaken as error:
                return FeedNotTaken(
                    problem="other_feed" if error.is_enrolled else "not_enrolled",
                    place=self.catalogue.place(),
                )

    def _execute(self, command: Command) -> FeedOutcome | None:
        match command:
            case CountOwnNames():
                self.counted.update(command.names)
                return None
            case ApplyFeed(items=(), seen=seen) if seen:
                self.seen += [one.seen_at for one in seen]
            case ApplyFeed():
                self.catalogue.apply(command.feed_id, command.position, command.items)
            case BeginSnapshot():
                self.catalogue.begin_snapshot(command.feed_id, command.position)
            case FinishSnapshot():
                self.catalogue.finish_snapshot(command.feed_id, command.position)
            case _:
                raise AssertionError(command)
        return FeedTaken(place=self.catalogue.place(), left_aside=0)

    def may_apply(self) -> None:
        self.gate_asked.set()
        assert self.no_basket_is_open.wait(HANG_GUARD_S)

    def record(self) -> None:
        with self._alone:
            self.journal.record_many(1, first=self.journal.end().seq)


class Statuses:
    """Everything that an engine told, and a way to wait for it."""

    def __init__(self) -> None:
        self.all: list[SyncStatus] = []
        self._came = threading.Condition()

    def __call__(self, status: SyncStatus) -> None:
        with self._came:
            self.all.append(status)
            self._came.notify_all()

    def until(self, is_so: Callable[[SyncStatus], bool]) -> SyncStatus:
        """Return the status of which something is true, as soon as it is the last one."""
        with self._came:
            found = self._came.wait_for(
                lambda: bool(self.all) and is_so(self.all[-1]), HANG_GUARD_S
            )
            assert found, self.all[-3:]
            return self.all[-1]
