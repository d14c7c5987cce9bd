"""A till that has joined a hub: from what it remembers to an engine that runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pos.domain.facts import JournalOpened
from pos.enrolment import Enrolment
from pos.ids import JournalId
from sync.engine import Engine, Plan
from sync.enrolment_protocol import JournalClaim
from sync.hub_client import HubAddress, HubClient, Who
from sync.outbound import OutboundJournal
from sync.pictures import PictureFolder
from sync.sending import Cargo, Outgoing
from sync.signing import Sign
from sync.status import SyncStatus
from sync.taking import Till


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What an engine takes of a till that is open."""

    enrolment: Enrolment
    sign: Sign  # by the machine's key
    journal_id: JournalId
    opened: JournalOpened
    sent_file: Path  # remembers for the screen what the hub had; nothing else relies on it
    over: Sequence[Outgoing] = ()  # older journals of this till, still to be sent
    pictures: PictureFolder | None = None
    proxy: str = ""


def line_of(enrolment: Enrolment, sign: Sign, *, proxy: str = "") -> HubClient:
    """Return a line to the hub of an enrolment; it connects when it is asked something.

    Raises:
        ValueError: what is remembered is no address or no hex.
    """
    address = HubAddress(
        url=enrolment.address, fingerprint=bytes.fromhex(enrolment.fingerprint), proxy=proxy
    )
    certificate = bytes.fromhex(enrolment.certificate)
    return HubClient(address, Who(till_id=enrolment.till_id, sign=sign, certificate=certificate))


def claim_of(opened: JournalOpened) -> JournalClaim:
    """Return what says whose a journal is."""
    return JournalClaim(public_key=opened.public_key, mode=opened.mode)


def start_engine(joined: Joined, till: Till, publish: Callable[[SyncStatus], None]) -> Engine:
    """Begin to speak with the hub; whoever calls this closes the engine before the till."""
    source = OutboundJournal(joined.journal_id, till.ask)
    journals = (Outgoing(source=source, claim=claim_of(joined.opened)), *joined.over)
    cargo = Cargo(
        journals=journals,
        ask=till.ask,
        currency=joined.opened.currency,
        sent=SentUpToFile(joined.sent_file),
    )
    plan = Plan(
        till=till,
        cargo=cargo,
        connect=lambda: line_of(joined.enrolment, joined.sign, proxy=joined.proxy),
        publish=publish,
        pictures=joined.pictures,
    )
    engine = Engine(plan)
    engine.start()
    return engine


class SentUpToFile:
    """Remembers in a file up to where the hub had each journal, as well as the disk lets it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seqs: dict[JournalId, int] = {}
        with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
            self._seqs = msgspec.json.decode(path.read_bytes(), type=dict[JournalId, int])

    def read(self, journal_id: JournalId) -> int:
        """Return what was kept; 0 for nothing."""
        return self._seqs.get(journal_id, 0)

    def keep(self, journal_id: JournalId, seq: int) -> None:
        """Keep it; that it may be lost in a power cut makes a sentence wrong for a second."""
        if self._seqs.get(journal_id) == seq:
            return
        self._seqs[journal_id] = seq
        draft = self._path.with_suffix(".new")
        with suppress(OSError):
            draft.write_bytes(msgspec.json.encode(self._seqs))
            draft.replace(self._path)
