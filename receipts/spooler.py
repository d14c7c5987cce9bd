"""One thread for a printer, so that a dead printer never delays a sale.

The queue is in memory, on purpose.  What must survive a power cut is that a receipt was given
out, and that is in the journal before anything comes here (`ReceiptIssued`, R18); the receipt
itself is made again from the journal at any time, as a numbered duplicate.  A second copy of the
queue on disk could disagree with the journal, and after a restart it would print receipts of
customers who have long left.  So each status names what is waiting, and `close` returns it: the
till says "receipt GS-1-2-000123 was not printed", and a person decides.

A job that failed before any of it went out waits for the printer and is tried again, with growing
pauses.  One of which a part may be on paper is never printed again by itself: that would be a
second receipt without a number.  It is given up, and the status says so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pos.errors import PrinterUnavailable
from receipts.document import Document
from receipts.printers import Printer

QUEUE_MAX = 50
PARTLY = "write"  # the one reason after which a part may be on paper

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ready:
    """Nothing is waiting, and nothing is known to be wrong."""


@dataclass(frozen=True, slots=True)
class Printing:
    """A document is on its way."""

    title: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A document is on paper, as far as the printer tells."""

    title: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """The printer says no; what is waiting is kept and tried again."""

    reason: str  # as in PrinterUnavailable
    detail: str
    waiting: tuple[str, ...]  # titles, in the order in which they will come


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A document is not printed and will not be tried again."""

    title: str
    reason: str  # as in PrinterUnavailable, or `bug`
    detail: str
    is_partly_printed: bool  # some of it may be on paper


Status = Ready | Printing | Printed | Trouble | GivenUp


@dataclass(frozen=True, kw_only=True, slots=True)
class Pauses:
    """Seconds between tries: the first pause, doubled each time up to the longest."""

    first_s: float = 1.0
    longest_s: float = 15.0


@dataclass(frozen=True, slots=True)
class _Job:
    document: Document
    keeps: bool


class Spooler:
    """Prints documents one after another on a thread of its own.

    `tell` is called on that thread with each `Status`; it must return at once.
    """

    def __init__(
        self,
        printer: Printer,
        tell: Callable[[Status], None],
        *,
        queue_max: int = QUEUE_MAX,
        pauses: Pauses | None = None,
    ) -> None:
        self.columns = printer.columns
        self._printer = printer
        self._tell = tell
        self._queue_max = queue_max
        self._pauses = pauses or Pauses()
        self._changed = threading.Condition()
        self._waiting: deque[_Job] = deque()  # the first one is tried, and leaves when settled
        self._is_printing = False
        self._pause_s = 0.0  # 0: the printer works, as far as is known
        self._hurried = False
        self._ends_at_s: float | None = None  # by time.monotonic(); None: not closing
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._thread.start()

    def submit(self, document: Document, *, keeps: bool = True) -> None:
        """Queue a document and return at once; a printer in trouble is tried at once too.

        Args:
            document: what to print.
            keeps: False for what is worth nothing later, such as opening the drawer: it is
                given up at the first failure of the printer.

        Raises:
            PrinterUnavailable: with the reason `queue`: too much is waiting already.
        """
        with self._changed:
            assert self._ends_at_s is None, "the spooler is closed"
            if len(self._waiting) >= self._queue_max:
                raise PrinterUnavailable("queue", str(self._queue_max))
            self._waiting.append(_Job(document, keeps))
            self._hurried = True
            self._changed.notify_all()

    def retry(self) -> None:
        """Try again now instead of after the pause: somebody has seen to the printer."""
        with self._changed:
            self._hurried = True
            self._changed.notify_all()

    def clear(self) -> tuple[str, ...]:
        """Forget what is waiting and return its titles; what is being sent goes on."""
        with self._changed:
            sent = [self._waiting.popleft()] if self._is_printing and self._waiting else []
            titles = self._titles()
            self._waiting = deque(sent)
        return titles

    def close(self, *, timeout_s: float = 15.0) -> tuple[str, ...]:
        """Print what is waiting if the printer takes it, and return the titles of what is left.

        It returns within the timeout: a document that is still being sent then counts as left.
        """
        with self._changed:
            self._ends_at_s = time.monotonic() + timeout_s
            self._changed.notify_all()
        self._thread.join(timeout_s)
        with self._changed:
            return self._titles()

    def _titles(self) -> tuple[str, ...]:
        return tuple(job.document.title for job in self._waiting)

    def _run(self) -> None:
        self._check()
        while self._wait():
            with self._changed:
                job = self._waiting[0] if self._waiting else None
                self._is_printing = job is not None
            if job is None:
                self._check()
            else:
                self._print(job)

    def _wait(self) -> bool:
        """Wait for work, or out the pause; return False when it is time to stop."""
        with self._changed:
            if self._pause_s:
                self._changed.wait_for(self._is_called, self._pause_s)
            else:
                self._changed.wait_for(lambda: bool(self._waiting) or self._is_called())
            self._hurried = False
            if self._ends_at_s is None:
                return True
            in_time = time.monotonic() < self._ends_at_s
            return bool(self._waiting) and not self._pause_s and in_time

    def _is_called(self) -> bool:
        return self._hurried or self._ends_at_s is not None

    def _check(self) -> None:
        try:
            self._printer.check()
        except PrinterUnavailable as error:
            self._in_trouble(error)
        except Exception as bug:  # noqa: BLE001 because the next receipt shall print all the same
            self._report(bug)
            self._in_trouble(PrinterUnavailable("unreachable", type(bug).__name__))
        else:
            self._works()
            self._tell(Ready())

    def _print(self, job: _Job) -> None:
        title = job.document.title
        if not self._pause_s:
            self._tell(Printing(title))
        try:
            self._printer.print(job.document)
        except PrinterUnavailable as error:
            self._settle(job, gone=error.reason == PARTLY)
            if error.reason == PARTLY:
                self._tell(GivenUp(title, error.reason, error.detail, is_partly_printed=True))
            self._in_trouble(error)
        except Exception as bug:  # noqa: BLE001 because the next receipt shall print all the same
            self._settle(job, gone=True)
            self._tell(GivenUp(title, "bug", type(bug).__name__, is_partly_printed=False))
            self._report(bug)
            if not self._waiting:
                self._check()  # else the last word would be that it is printing still
        else:
            self._settle(job, gone=True)
            self._works()
            self._tell(Printed(title))
            if not self._waiting:
                self._tell(Ready())

    def _report(self, bug: Exception) -> None:
        """Let the crash handler have a bug that does not stop the printing."""
        threading.excepthook(
            threading.ExceptHookArgs((type(bug), bug, bug.__traceback__, self._thread))
        )

    def _settle(self, job: _Job, *, gone: bool) -> None:
        """Take a job off the queue, or leave it there for the next try."""
        with self._changed:
            self._is_printing = False
            if gone and self._waiting and self._waiting[0] is job:
                self._waiting.popleft()

    def _works(self) -> None:
        if self._pause_s:
            _log.info("the printer works again")
        self._pause_s = 0.0

    def _in_trouble(self, error: PrinterUnavailable) -> None:
        """Keep what is worth keeping and say what is wrong."""
        if not self._pause_s:
            _log.info("printer: %s %s", error.reason, error.detail)
        longest_s, first_s = self._pauses.longest_s, self._pauses.first_s
        with self._changed:
            self._pause_s = min(longest_s, max(first_s, 2 * self._pause_s))
            dropped = [job.document.title for job in self._waiting if not job.keeps]
            self._waiting = deque(job for job in self._waiting if job.keeps)
            titles = self._titles()
        for title in dropped:
            self._tell(GivenUp(title, error.reason, error.detail, is_partly_printed=False))
        self._tell(Trouble(error.reason, error.detail, titles))
