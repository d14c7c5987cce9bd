"""Wiring the till to its hub: becoming one of its tills, and speaking with it from then on."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from pos.bootstrap import open_till
from pos.domain.basket import Basket
from pos.domain.facts import Identity, JournalOpened, Mode
from pos.enrolment import (
    Enrolment,
    keep_enrolment,
    load_device_key,
    make_device_key,
    read_enrolment,
)
from pos.errors import KeyMissing, PosError, Refused
from pos.folders import Folders
from pos.founding import TILL, Place
from pos.ids import JournalId, ProductId
from pos.past_journals import OpenPastJournal, PastJournal, past_journals
from pos.reports.question import Question
from pos.setup import AlreadySetUp, found_enrolled
from pos.signing import KeyStore, TillKey
from pos.till import Till
from sync.enrolment_protocol import Invitation, JournalClaim
from ui.bridge import TillBridge, TillFacts
from ui.joining import Enrol, NotTaken
from ui.screens.sync.state import Hub, HubStatus
from ui.syncing import Engine, MakeEngine, Syncing, Tells
from ui.syncing import Till as EnginesTill

if TYPE_CHECKING:
    from sync.hub_client import HubClient
    from sync.sending import Cargo, Outgoing
    from sync.status import SyncStatus

AnswerT = TypeVar("AnswerT")
SENT = "sent-to-hub.json"
"""In the data folder: how far the hub had each journal, for the screen of the next start."""


class Link:
    """One open till and the hub that it belongs to, if any."""

    def __init__(
        self,
        syncing: Syncing,
        bridge: TillBridge,
        place: Place,
        facts: TillFacts,
        basket: Callable[[], Basket],
    ) -> None:
        self._syncing, self._bridge = syncing, bridge
        self._place, self._facts, self._basket = place, facts, basket

    @property
    def hub(self) -> Hub | None:
        """Return which hub it is."""
        return self._syncing.hub

    @property
    def may_join(self) -> bool:
        """Say whether a hub may take this till: it has none, or one that lets it in no more."""
        return self.hub is None or self._syncing.status.wants_to_join_again

    def begin(self, troubled: Callable[[PosError], None]) -> None:
        """Speak with the hub that this machine remembers, if it remembers one."""
        folders = self._place.folders
        try:
            enrolment = read_enrolment(folders, self._place.mode)
            key = load_device_key(folders, enrolment) if enrolment is not None else None
        except PosError as error:  # the till sells on
            troubled(error)
            return
        if enrolment is not None and key is not None:
            self._speak(enrolment, key)

    def enroller(self) -> Enrol:
        """Return what asks a hub to take this till, which sells already; also once more."""
        identity, mode = self._facts.opened.identity, self._place.mode
        folders = self._place.folders

        def enrol(invitation: Invitation) -> Enrolment:
            # With the key it has, a hub takes it for the till that it is; a revoked key is over.
            is_over = self._syncing.status.state == "revoked"
            key = None if is_over else known_key(folders, mode)
            taken = enroller(folders, identity, key)(invitation)
            if taken.mode != mode:
                raise NotTaken("mode")
            keep_enrolment(self._place.folders, taken)
            return taken

        return enrol

    def joined(self) -> None:
        """Begin to speak with a hub that has just taken this till, and with no other any more."""
        self._syncing.close()
        self.begin(_raise)

    def _speak(self, enrolment: Enrolment, key: TillKey) -> None:
        """Have the journal say whose till it is, look for older journals, then begin."""
        hub = Hub(
            organisation=enrolment.organisation_name,
            address=enrolment.address,
            stand=self._facts.opened.identity.stand,
        )
        folders, mode = self._place.folders, self._place.mode

        def look_back() -> tuple[PastJournal, ...]:
            import sync.engine
            import sync.hub_client  # noqa: F401 because importing them here is the purpose

            return past_journals(folders, mode).journals

        def look(_fact: object) -> None:
            self._bridge.run(look_back, done=begin)

        def begin(past: tuple[PastJournal, ...]) -> None:
            enrolled = Enrolled(enrolment, key, self._place.keys, past, self._syncing.tell_picture)
            make = engine_maker(self._place, self._facts, enrolled)
            self._syncing.begin(self._bridge, hub, make, self._basket())

        self._bridge.execute(enrolment.joining(TILL), done=look, refused=_raise)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an engine needs to know of this machine and its hub."""

    enrolment: Enrolment
    key: TillKey  # the machine's
    keys: KeyStore  # of its journals
    past: tuple[PastJournal, ...]
    picture_saved: Callable[[ProductId], None] = lambda _product_id: None


def engine_maker(place: Place, facts: TillFacts, enrolled: Enrolled) -> MakeEngine:
    """Return what makes an engine that brings this till's journals to its hub."""

    def make(till: EnginesTill, tell: Tells) -> Engine:
        from sync.engine import Engine as Works
        from sync.engine import Plan
        from ui.hub_pictures import KeptPictures

        plan = Plan(
            till=till,
            cargo=_cargo(till, facts, enrolled, place.folders.data / f"{place.mode}-{SENT}"),
            connect=lambda: _connect(enrolled),
            publish=lambda status: tell(shown(status)),
            pictures=KeptPictures(place.folders.pictures, till, enrolled.picture_saved),
        )
        engine = Works(plan)
        engine.start()
        return engine

    return make


def _cargo(till: EnginesTill, facts: TillFacts, enrolled: Enrolled, sent: Path) -> Cargo:
    """Return what goes up: the journal that is open, then those that were set aside."""
    from sync.outbound import OutboundJournal
    from sync.sending import Cargo, Outgoing

    opened = facts.opened
    now = Outgoing(
        source=OutboundJournal(facts.journal_id, till.ask),
        claim=claim_of(facts.journal_id, opened, enrolled),
    )
    return Cargo(
        journals=(now, *(_of_past(past, enrolled) for past in enrolled.past)),
        ask=till.ask,
        currency=opened.currency,
        sent=SentNote(sent),
    )


def _connect(enrolled: Enrolled) -> HubClient:
    """Return a line to the hub; it is opened when something is asked."""
    from sync.hub_client import HubAddress, HubClient, Who

    enrolment = enrolled.enrolment
    address = HubAddress(url=enrolment.address, fingerprint=bytes.fromhex(enrolment.fingerprint))
    who = Who(
        till_id=enrolment.till_id,
        sign=enrolled.key.sign,
        certificate=bytes.fromhex(enrolment.certificate),
    )
    return HubClient(address, who)


def shown(status: SyncStatus) -> HubStatus:
    """Return what the screens show of how things stand."""
    return HubStatus(
        state=status.state,
        trouble=status.trouble,
        waiting=status.waiting,
        sales=status.sales,
        amount=status.amount,
        last_contact=status.last_contact,
        fork_seq=status.fork.seq if status.fork is not None else 0,
        quarantined=status.quarantined,
        position=status.position,
        head=status.head,
        is_arriving=status.is_arriving,
        to_explain=status.to_explain,
    )


def claim_of(journal_id: JournalId, opened: JournalOpened, enrolled: Enrolled) -> JournalClaim:
    """Return what says to the hub whose a journal is, proved if the journal's key is still here."""
    from sync.signing import claim_proof

    proof = ""
    with suppress(KeyMissing, ValueError):
        key = enrolled.keys.load(bytes.fromhex(opened.public_key))
        proof = claim_proof(key.sign, journal_id=journal_id, till_id=enrolled.enrolment.till_id)
    return JournalClaim(public_key=opened.public_key, mode=opened.mode, proof=proof)


def _of_past(past: PastJournal, enrolled: Enrolled) -> Outgoing:
    from sync.outbound import OutboundJournal
    from sync.sending import Outgoing

    return Outgoing(
        source=OutboundJournal(past.journal_id, _Lazy(past).ask),
        claim=claim_of(past.journal_id, past.opened, enrolled),
    )


class _Lazy:
    """Opens an old journal on the thread that reads it, when it does."""

    def __init__(self, past: PastJournal) -> None:
        self._past = past
        self._open: OpenPastJournal | None = None

    def ask(self, question: Question[AnswerT], /) -> AnswerT:
        if self._open is None:
            self._open = self._past.open()
        return self._open.ask(question)


class SentNote:
    """Remembers how far the hub had each journal; losing it costs a wrong figure until contact."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seqs: dict[str, int] = {}
        with suppress(OSError, msgspec.DecodeError):
            self._seqs = msgspec.json.decode(path.read_bytes(), type=dict[str, int])

    def read(self, journal_id: JournalId) -> int:
        """Return what was kept; 0 for nothing."""
        return self._seqs.get(journal_id, 0)

    def keep(self, journal_id: JournalId, seq: int) -> None:
        """Keep it; the hub itself is asked at each start, so nothing waits for the disk."""
        if self._seqs.get(journal_id) == seq:
            return
        self._seqs[journal_id] = seq
        draft = self._path.with_suffix(".new")
        with suppress(OSError):
            draft.write_bytes(msgspec.json.encode(self._seqs))
            draft.replace(self._path)


def known_key(folders: Folders, mode: Mode) -> TillKey | None:
    """Return the key by which a hub knows this machine, if there is one and it is still here."""
    with suppress(PosError):
        enrolment = read_enrolment(folders, mode)
        return load_device_key(folders, enrolment) if enrolment is not None else None
    return None


def enroller(
    folders: Folders, identity: Identity | None = None, key: TillKey | None = None
) -> Enrol:
    """Return what asks a hub to take this machine; `identity` is that of a till that sells already.

    The machine has a key for what comes back, this one or a new one, and remembers nothing of it
    yet.
    """

    def enrol(invitation: Invitation) -> Enrolment:
        from sync.enrol import EnrolmentFailed, Machine
        from sync.enrol import enrol as ask_hub  # with all that a network needs

        public_key = (key or make_device_key(folders)).public
        machine = Machine(public_key=public_key, name=platform.node(), identity=identity)
        try:
            taken = ask_hub(invitation, machine)
        except EnrolmentFailed as error:
            raise NotTaken(error.kind) from error
        if identity is None and Place(folders, taken.mode).path.exists():
            raise NotTaken("trains_already")
        return msgspec.convert(taken, Enrolment, from_attributes=True)

    return enrol


def founder(folders: Folders, taken: Enrolment) -> tuple[Mode, Callable[[], Till]]:
    """Return the mode of a till that a hub has described, and what founds and opens it."""

    def found() -> Till:
        made = found_enrolled(folders, taken)
        assert not isinstance(made, AlreadySetUp), "there was no till a moment ago"
        return open_till(Place(folders, taken.mode))

    return taken.mode, found


def _raise(error: PosError | Refused) -> None:
    raise error
