"""Real tills of a hub, without a window: each with its database, its thread and its engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bench.stand import OPERATOR
from pos.bootstrap import open_till
from pos.commands import ApplyFeed, Command, CompleteSale
from pos.domain.basket import BasketLine
from pos.domain.facts import SaleCompleted
from pos.domain.feed import AnyFeedItem
from pos.domain.tender import Tender
from pos.enrolment import Enrolment, load_device_key, make_device_key
from pos.folders import Folders
from pos.founding import Place as TillPlace
from pos.ids import SaleId, uuid7
from pos.reports.catalogue import FindByCode, Found
from pos.reports.question import Question
from pos.setup import found_enrolled
from pos.till import Till
from sync.engine import Engine, Plan
from sync.enrol import Machine, enrol
from sync.enrolment_protocol import Invitation, JournalClaim
from sync.hub_client import HubAddress, HubClient, Who
from sync.outbound import OutboundJournal
from sync.sending import Cargo, Outgoing, SentUpToNow
from sync.status import SyncStatus

AnswerT = TypeVar("AnswerT")
HANG_GUARD_S = 300.0


class EnrolledTill:
    """A till that has just joined a hub; what it does is done on its own thread."""

    def __init__(self, root: Path, invitation: Invitation) -> None:
        self._folders = Folders(root / "data", root / "config")
        self._folders.data.mkdir(parents=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="till")
        self.enrolment = self._join(invitation)
        self._till: Till = self._thread.submit(self._open).result()
        self._changed = threading.Condition()
        self._status: SyncStatus | None = None
        self._engine: Engine | None = None
        self.applied: Callable[[tuple[AnyFeedItem, ...], float], None] = lambda _items, _at: None
        """Hears of what was taken in, and when it was durable."""

    def _join(self, invitation: Invitation) -> Enrolment:
        key = make_device_key(self._folders)
        return enrol(invitation, Machine(public_key=key.public, name="bench"))

    def _open(self) -> Till:
        found_enrolled(self._folders, self.enrolment)
        till = open_till(TillPlace(self._folders, self.enrolment.mode))
        till.execute(self.enrolment.joining(OPERATOR))
        return till

    def start(self) -> None:
        """Begin to speak with the hub."""
        enrolment, opened = self.enrolment, self._till.opened
        address = HubAddress(
            url=enrolment.address, fingerprint=bytes.fromhex(enrolment.fingerprint)
        )
        who = Who(
            till_id=enrolment.till_id,
            sign=load_device_key(self._folders, enrolment).sign,
            certificate=bytes.fromhex(enrolment.certificate),
        )
        journal = Outgoing(
            source=OutboundJournal(self._till.journal_id, self.ask),
            claim=JournalClaim(public_key=opened.public_key, mode=opened.mode),
        )
        cargo = Cargo(
            journals=(journal,), ask=self.ask, currency=opened.currency, sent=SentUpToNow()
        )
        self._engine = Engine(
            Plan(
                till=self,
                cargo=cargo,
                connect=lambda: HubClient(address, who),
                publish=self._heard,
            )
        )
        self._engine.start()

    def ask(self, question: Question[AnswerT]) -> AnswerT:
        """Return the answer to a question."""
        return self._thread.submit(self._till.ask, question).result()

    def execute(self, command: Command) -> Any:
        """Do what is asked, durably."""
        answer = self._thread.submit(self._till.execute, command).result()
        if isinstance(command, ApplyFeed):
            self.applied(command.items, time.monotonic())
        return answer

    def may_apply(self) -> None:
        """Nobody is buying anything."""

    def _heard(self, status: SyncStatus) -> None:
        with self._changed:
            self._status = status
            self._changed.notify_all()

    def wait_until(self, is_so: Callable[[SyncStatus], bool]) -> None:
        """Wait until the engine tells something."""
        with self._changed:
            was_so = self._changed.wait_for(
                lambda: self._status is not None and is_so(self._status), HANG_GUARD_S
            )
        if not was_so:
            raise RuntimeError(f"it never came: {self._status}")

    def sell(self, code: str) -> SaleCompleted:
        """Scan a code and sell it for cash."""
        found = self.ask(FindByCode(candidates=(code,)))
        assert isinstance(found, Found), found
        line = BasketLine(variant=found.key.variant, quantity=1)
        sale = CompleteSale(
            sale_id=SaleId(uuid7()),
            operator=OPERATOR,
            lines=(line,),
            tenders=(Tender(method="cash", amount=line.amount),),
        )
        sold: SaleCompleted = self.execute(sale)
        if self._engine is not None:
            self._engine.wake()
        return sold

    def close(self) -> None:
        """Stop speaking and close the till."""
        if self._engine is not None:
            self._engine.close()
        self._thread.submit(self._till.close).result()
        self._thread.shutdown()
