"""What the thread "sync-up" does: bring this till's journals to the hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos import __version__
from pos.errors import Unavailable
from pos.ids import JournalId
from pos.money import Currency, Money
from pos.reports.hub import OnlyHere
from sync.enrolment_protocol import JournalClaim, StatusReport
from sync.outbound import Ask
from sync.post import Post
from sync.protocol import NoAnswer, NotOurMessage
from sync.push import EntrySource, HubPort, Progress, Pusher
from sync.status import Waiting
from sync.trouble import Reason

HEARTBEAT_S = 25.0
"""How often a till that has sent all asks whether the hub still has it."""

OVER_EVERY = 40
"""How many heartbeats pass before journals that are over are looked at again."""


class UpLine(HubPort, Protocol):
    """A hub, as far as sending goes."""

    reason: Reason | None

    @property
    def clock_off_s(self) -> int: ...

    def claim(self, journal_id: JournalId, claim: JournalClaim) -> None: ...
    def tell(self, report: StatusReport) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A journal to be sent, and what says that it is this till's."""

    source: EntrySource
    claim: JournalClaim


class SentUpTo(Protocol):
    """Remembers for the screen what the hub had of each journal; nothing else relies on it."""

    def read(self, journal_id: JournalId) -> int: ...
    def keep(self, journal_id: JournalId, seq: int) -> None: ...


class SentUpToNow:
    """Remembers it as long as the process lives."""

    def __init__(self) -> None:
        self._seqs: dict[JournalId, int] = {}

    def read(self, journal_id: JournalId) -> int:
        """Return what was kept; 0 for nothing."""
        return self._seqs.get(journal_id, 0)

    def keep(self, journal_id: JournalId, seq: int) -> None:
        """Keep it."""
        self._seqs[journal_id] = seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """What is to be sent: the journal that is open first, then those that are over."""

    journals: Sequence[Outgoing]
    ask: Ask
    currency: Currency
    sent: SentUpTo


class _Journal:
    """One journal on its way up."""

    def __init__(self, outgoing: Outgoing, line: UpLine, sent: int) -> None:
        self.source = outgoing.source
        self.claim = outgoing.claim
        self.sent = sent  # up to here the hub has it, quarantine included, as last heard
        self.progress: Progress | None = None
        self.is_claimed = False
        self._pusher = Pusher(outgoing.source, line)

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.is_idle

    @property
    def quarantined(self) -> int:
        if self.progress is None or self.progress.fork is None:
            return 0
        return max(self.sent - self.progress.acknowledged_seq, 0)

    def step(self) -> Progress:
        """Do one exchange."""
        end, before = self.source.end().seq, self.sent  # what is recorded meanwhile is not sent
        progress = self.progress = self._pusher.step()
        if progress.fork is not None:
            self.sent = max(end - progress.waiting, 0)
        elif progress.trouble is None or progress.acknowledged_seq > 0:
            self.sent = progress.acknowledged_seq
        if self.sent < before:  # the hub was put back, perhaps to before it knew whose this is
            self.is_claimed = False
        return progress


class Sender:
    """Sends the journal that is open, then those that are over."""

    def __init__(self, cargo: Cargo, line: UpLine, post: Post) -> None:
        assert cargo.journals, "a till has a journal"
        self._journals = [
            _Journal(outgoing, line, cargo.sent.read(outgoing.source.journal_id))
            for outgoing in cargo.journals
        ]
        self._cargo = cargo
        self._line = line
        self._post = post
        self._board, self._alarm = post.board, post.alarm
        self._told: StatusReport | None = None
        self._rounds = 0

    def run(self) -> None:
        """Send until the alarm is closed."""
        self._count()
        while not self._alarm.is_closed:
            trouble = self._round()
            if trouble is None:
                self._tell()
                self._alarm.wait(HEARTBEAT_S)
            else:
                self._count()  # what was recorded meanwhile
                self._post.failed(trouble, woken=self._count)

    def _round(self) -> str | None:
        """Send what there is; return why that did not work, if it did not."""
        looks_at_all = self._rounds % OVER_EVERY == 0
        self._rounds += 1
        trouble = None
        for number, journal in enumerate(self._journals):
            if number and journal.is_done and not looks_at_all:
                continue
            trouble = self._push(journal) or trouble
            if self._alarm.is_closed or (trouble is not None and trouble == self._line.reason):
                break  # the others would fare no better
        if trouble is not None:
            self._rounds = 0
        return trouble

    def _push(self, journal: _Journal) -> str | None:
        """Send one journal until there is nothing left to say, or something is wrong."""
        trouble: str | None = None
        while trouble is None and not self._alarm.is_closed:
            try:
                trouble = self._step(journal)
            except (NoAnswer, NotOurMessage):
                trouble = self._line.reason or "no_network"
            except Unavailable:
                return "storage"
            if trouble is not None:
                journal.is_claimed = False  # it may be another hub that answers next
            elif journal.is_done:
                return None
        return trouble

    def _step(self, journal: _Journal) -> str | None:
        """Do one exchange."""
        if not journal.is_claimed:
            self._line.claim(journal.source.journal_id, journal.claim)
            journal.is_claimed = True
            self._answered()
            if journal is self._journals[0]:
                self._tell()
            return None
        progress = journal.step()
        if progress.trouble in {"no_answer", "not_ours"}:
            return self._line.reason or "no_network"
        if progress.trouble is None:
            self._answered()
        self._count()
        return progress.trouble

    def _answered(self) -> None:
        self._post.answered(clock_off_s=self._line.clock_off_s)

    def _count(self) -> None:
        """Tell the board what is on this till only."""
        now, *over = self._journals
        try:
            here = self._cargo.ask(OnlyHere(after_seq=now.sent))
            of_others = sum(max(one.source.end().seq - one.sent, 0) for one in over)
        except Unavailable:  # the next round says so
            return
        for journal in self._journals:
            self._cargo.sent.keep(journal.source.journal_id, journal.sent)
        self._board.waits(
            Waiting(
                entries=here.entries + of_others,
                sales=here.sales,
                amount=Money(here.amount_minor, self._cargo.currency),
                quarantined=sum(journal.quarantined for journal in self._journals),
                fork=now.progress.fork if now.progress is not None else None,
                is_known=all(journal.progress is not None for journal in self._journals),
            )
        )

    def _tell(self) -> None:
        """Say how much is only here; a hub that does not want to know it is none the worse."""
        waiting = self._board.waiting
        report = StatusReport(
            waiting=waiting.entries,
            amount_at_risk_minor=waiting.amount.minor if waiting.amount is not None else 0,
            software_version=__version__,
        )
        if report == self._told or self._alarm.is_closed:
            return
        try:
            self._line.tell(report)
        except (NoAnswer, NotOurMessage):
            return
        self._told = report
