"""The only place where Qt meets the till: one thread, one connection, answers on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos.commands import Command
from pos.domain.facts import Fact, JournalOpened
from pos.errors import Incompatible, Refused, Unavailable
from pos.ids import JournalId
from pos.reports.question import Question
from pos.till import CheckProgress, Till

AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True)
class TillFacts:
    """What the screens may know of an open till without asking."""

    journal_id: JournalId
    opened: JournalOpened
    last_seen: datetime | None  # when the last entry before this start was written, in UTC
    found_at_open: tuple[Fact, ...] = ()  # what this start recorded as not being right


@dataclass(frozen=True, slots=True)
class _Replies:
    done: Callable[[Any], None]
    refused: Callable[[Refused], None] | None
    settled: Callable[[], None] | None
    troubled: Callable[[Unavailable | Incompatible], None] | None = None


class TillBridge(QObject):
    """Runs commands and questions one at a time on the till's own thread.

    The till is opened on that thread, because a SQLite connection belongs to the thread that made
    it. Create the bridge on the UI thread: its slots run where it lives.

    Signals:
        opened: the `TillFacts` of a till that is ready.
        not_opened: the `PosError` that stopped it; None for a bug.
        trouble: an `Unavailable` or `Incompatible` that a command or question met.
        recorded: a `JournalEntry`, after it is durable.
    """

    opened = Signal(object)
    not_opened = Signal(object)
    trouble = Signal(object)
    recorded = Signal(object)
    _answered = Signal(object, object)
    _tried = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="till")
        self._till: Till | None = None
        self._is_closed = False
        # Always through the queue: an answer that is there before anybody waits for it would come
        # on the asking thread, at once, and overtake those of earlier questions.
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)
        self._tried.connect(self._announce, queued)

    def open(self, open_till: Callable[[], Till]) -> None:
        """Open the till on its thread; `opened` or `not_opened` tells."""
        future = self._thread.submit(self._open, open_till)
        future.add_done_callback(self._tried.emit)

    def execute(
        self,
        command: Command,
        *,
        done: Callable[[Any], None],
        refused: Callable[[Refused], None],
        settled: Callable[[], None] | None = None,
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
    ) -> None:
        """Run a command; exactly one of `done`, `refused` or `trouble` follows, then `settled`.

        `troubled` hears the trouble of this command, as the signal does; a bug comes to nobody.
        """
        replies = _Replies(done, refused, settled, troubled)
        self._submit(replies, lambda till: till.execute(command))

    def ask(
        self,
        question: Question[AnswerT],
        *,
        done: Callable[[AnswerT], None],
        troubled: Callable[[Unavailable | Incompatible], None] | None = None,
        settled: Callable[[], None] | None = None,
    ) -> None:
        """Ask a question; `done` or `trouble` follows on the UI thread, then `settled`.

        `troubled` hears the trouble of this question, as the signal does; a bug comes to nobody.
        """
        replies = _Replies(done, None, settled, troubled)
        self._submit(replies, lambda till: till.ask(question))

    def check_chain(self, entries_max: int, *, done: Callable[[CheckProgress], None]) -> None:
        """Check the next piece of the journal's chain."""
        self._submit(_Replies(done, None, None), lambda till: till.check_chain(entries_max))

    def run(self, job: Callable[[], AnswerT], *, done: Callable[[AnswerT], None]) -> None:
        """Run something else that reads files, off the UI thread; no till is needed."""
        future = self._thread.submit(job)
        replies = _Replies(done, None, None)
        future.add_done_callback(lambda answer: self._answered.emit(answer, replies))

    def call(self, work: Callable[[Till], AnswerT]) -> Future[AnswerT]:
        """Do something on the till's thread for another thread that waits for it, not for the UI's.

        Raises:
            RuntimeError: the bridge is closed.
        """

        def run() -> AnswerT:
            assert self._till is not None, "nobody asks before the till is open"
            return work(self._till)

        return self._thread.submit(run)

    def close(self) -> None:
        """Finish what was asked, then close the till; answers that come later reach nobody."""
        self._is_closed = True
        self._thread.submit(self._close_till)
        self._thread.shutdown(wait=True)

    def _open(self, open_till: Callable[[], Till]) -> TillFacts:
        assert self._till is None, "the till is open"
        till = open_till()
        till.listen(self.recorded.emit)
        self._till = till
        return TillFacts(till.journal_id, till.opened, till.last_seen, till.found_at_open)

    def _close_till(self) -> None:
        if self._till is not None:
            self._till.close()
            self._till = None

    def _submit(self, replies: _Replies, work: Callable[[Till], Any]) -> None:
        def run() -> Any:
            assert self._till is not None, "nobody asks before the till is open"
            return work(self._till)

        future = self._thread.submit(run)
        future.add_done_callback(lambda answer: self._answered.emit(answer, replies))

    @Slot(object)
    def _announce(self, answer: Future[TillFacts]) -> None:
        if self._is_closed:
            return
        try:
            facts = answer.result()
        except (Unavailable, Incompatible, Refused) as error:
            self.not_opened.emit(error)
        except Exception:  # whatever it is: the page says so, and it goes on to the crash handler
            self.not_opened.emit(None)
            raise  # a bug goes to the crash handler
        else:
            self.opened.emit(facts)

    @Slot(object, object)
    def _deliver(self, answer: Future[Any], replies: _Replies) -> None:
        if self._is_closed:
            return
        try:
            result = answer.result()
        except Refused as refusal:
            assert replies.refused is not None, "questions are not refused"
            replies.refused(refusal)
        except (Unavailable, Incompatible) as trouble:
            self.trouble.emit(trouble)
            if replies.troubled is not None:
                replies.troubled(trouble)
        else:
            replies.done(result)  # a bug raised above or here goes to sys.excepthook
        finally:
            if replies.settled is not None:
                replies.settled()
