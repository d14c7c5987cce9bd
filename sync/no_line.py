"""The line of a till that cannot tell where its hub is: what waits is still counted and said."""

from __future__ import annotations

from typing import NoReturn

from pos.ids import JournalId
from sync.enrolment_protocol import JournalClaim, StatusReport
from sync.joining_protocol import OtherVariants
from sync.protocol import Batch
from sync.pull import Place
from sync.trouble import Reason, Silent


class NoLine:
    """Says of every exchange that it is of no use, for a reason that it is made with."""

    clock_off_s = 0

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason | None = reason
        self._reason = reason

    def position(self, journal_id: JournalId) -> NoReturn:
        self._fails()

    def send(self, journal_id: JournalId, batch: Batch) -> NoReturn:
        self._fails()

    def claim(self, journal_id: JournalId, claim: JournalClaim) -> NoReturn:
        self._fails()

    def tell(self, report: StatusReport) -> NoReturn:
        self._fails()

    def feed(self, place: Place, *, limit: int, wait_s: int) -> NoReturn:
        self._fails()

    def part(self, digest: str) -> NoReturn:
        self._fails()

    def explain(self, said: OtherVariants) -> NoReturn:
        self._fails()

    def picture(self, digest: str) -> NoReturn:
        self._fails()

    def cancel(self) -> None:
        """Nothing goes on."""

    def close(self) -> None:
        """Nothing is open."""

    def _fails(self) -> NoReturn:
        raise Silent(self._reason)
