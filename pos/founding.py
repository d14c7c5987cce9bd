"""Beginning a journal: the first one of a till, or one that goes on from another.

A journal is never overwritten.  One that cannot be continued (damaged, rolled back, its key lost)
is set aside whole, under its own name in the data folder, and the new one names it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pos import FISCAL_VERSION, __version__
from pos.anchor import Anchor, AnchorFile
from pos.changeover import change_over, finish_change_over, unborn_file
from pos.clock import Now, utc_now
from pos.countries import COUNTRIES
from pos.disk import write_durably
from pos.domain.facts import (
    Identity,
    JournalOpened,
    Mode,
    PreviousJournal,
    Seller,
    StockReceived,
)
from pos.errors import KeyMissing, StorageUnavailable, TrainingOnly
from pos.folders import Folders
from pos.ids import JournalId, OperatorCode, uuid7
from pos.signing import KeyStore, TillKey, verifier
from pos.store.carry_over import STAFF, WORK, CarriedOver, read_stock
from pos.store.database import sorted_errors
from pos.store.feed import FEED_TABLES
from pos.store.journal import JournalEnd, public_key_of, read_end
from pos.store.last_totals import read_last_totals
from pos.store.till_store import TillStore, begin_store

TILL = OperatorCode("till")
STOCK_PAGE = 500
TRAINING_STAND = "FORM"
"""The code of a stand that nobody has named: a till that only trains."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which journal of which folders, and the clock it goes by."""

    folders: Folders
    mode: Mode = "live"
    now: Now = utc_now

    @property
    def path(self) -> Path:
        """Return the database file."""
        return self.folders.live if self.mode == "live" else self.folders.training

    @property
    def keys(self) -> KeyStore:
        """Return where the keys are."""
        return KeyStore(self.folders.keys)


class Founded(msgspec.Struct, frozen=True, kw_only=True):
    """What this machine remembers of the live journal it began last.

    Kept beside the key, for the day on which the database cannot even say who it is.
    """

    identity: Identity
    ordinal: int
    journal_id: JournalId
    public_key: str = ""  # Ed25519, hex; version 0.1.0 did not keep it


def found_journal(
    place: Place,
    identity: Identity,
    *,
    previous: PreviousJournal | None = None,
    carry_from: Path | None = None,
) -> CarriedOver:
    """Make a new journal with a key of its own; return what came along from another file.

    The file appears whole or not at all: it is made under another name and then renamed.  A
    journal that only waited for its name, because of a power cut, is taken instead.

    Raises:
        StorageUnavailable: the disk says no; nothing has changed.
    """
    assert not place.path.exists(), "a journal is never overwritten"
    with sorted_errors(place.path):
        finish_change_over(place.path, place.folders.set_aside)
    if place.path.exists():
        return CarriedOver()
    return _found(place, identity, previous=previous, carry_from=carry_from)


def continue_with_new_journal(place: Place, reason: str) -> CarriedOver:
    """Set the journal aside, whole, and begin another that names it and goes on from it.

    Catalogue, staff, basket and stock come along as far as they can be read.  The old journal
    stays in place until the new one is complete.

    Raises:
        TrainingOnly: nobody knows any more who this till was, or it only trained; it has to be
            set up again.
        StorageUnavailable: the disk says no; nothing has changed.
    """
    with sorted_errors(place.path):
        finish_change_over(place.path, place.folders.set_aside)
    identity, previous = _what_is_known(place, reason)
    carry_from = place.path if place.path.exists() else None
    return _found(place, identity, previous=previous, carry_from=carry_from)


def _found(
    place: Place, identity: Identity, *, previous: PreviousJournal | None, carry_from: Path | None
) -> CarriedOver:
    """Make the new file, remember it, and let it take the place."""
    with sorted_errors(place.path):
        place.path.parent.mkdir(parents=True, exist_ok=True)
        unborn = unborn_file(place.path)
        key = place.keys.make()
        opened = JournalOpened(
            mode=place.mode,
            identity=identity,
            currency=COUNTRIES[identity.seller.country].currency,
            ordinal=_next_ordinal(place),
            public_key=key.public.hex(),
            software_version=__version__,
            fiscal_version=FISCAL_VERSION,
            previous=previous,
        )
        store = begin_store(unborn, JournalId(uuid7()), opened)
        try:
            with store.work(key.sign_entry, place.now) as work:
                work.record(opened, TILL)
            carried = CarriedOver()
            if carry_from:
                carried = store.carry_over(carry_from, _work_of(place, previous))
            if carry_from and previous:
                _receive_stock(store, key, place, carry_from)
            end = store.end()
            store.settle()
        finally:
            store.close()
        _set_anchor(place, store.journal_id, key, end)
        change_over(unborn, place.path, place.folders.set_aside, place.now())
    # Not before: what came to nothing would be missed. A start makes up for it.
    remember(place, store.journal_id, opened)
    return carried


def _work_of(place: Place, previous: PreviousJournal | None) -> tuple[str, ...]:
    """Return the tables of work that come along from an old file, besides its catalogue.

    A customer's basket and money stay where they are: nobody trains with them, and they wait on
    the live till.  Who trained is nobody there, where the first manager decides.
    """
    if previous is not None:
        return (*WORK, *FEED_TABLES)
    return STAFF if place.mode == "training" else ()


def _receive_stock(store: TillStore, key: TillKey, place: Place, carry_from: Path) -> None:
    """Record the levels of an old file as stock that this journal begins with."""
    stock, stand = read_stock(carry_from), store.opened.identity.stand
    for start in range(0, len(stock), STOCK_PAGE):
        with store.work(key.sign_entry, place.now) as work:
            pieces = tuple(stock[start : start + STOCK_PAGE])
            received = StockReceived(stand=stand, reason="carried_over", pieces=pieces)
            work.record(received, TILL)


def _set_anchor(place: Place, journal_id: JournalId, key: TillKey, end: JournalEnd) -> None:
    """Note in the config folder where a new journal ends."""
    file = AnchorFile(place.folders.anchors, journal_id)
    anchor = Anchor(journal_id=journal_id, seq=end.seq, digest=end.digest)
    is_noted = file.write(anchor.signed(key.sign))
    file.close()
    if not is_noted:
        raise StorageUnavailable(reason="anchor")


def remember(place: Place, journal_id: JournalId, opened: JournalOpened) -> None:
    """Keep in the config folder which live journal this machine began last, if it can be kept.

    An earlier one is not remembered instead of a later one.
    """
    before = remembered_journal(place.folders)
    if place.mode != "live" or (before is not None and before.ordinal > opened.ordinal):
        return
    founded = Founded(
        identity=opened.identity,
        ordinal=opened.ordinal,
        journal_id=journal_id,
        public_key=opened.public_key,
    )
    if founded != before:
        with suppress(OSError):  # the next start tries again
            write_durably(_memory(place.folders), msgspec.json.encode(founded))


def is_same_till(one: Identity, other: Identity) -> bool:
    """Say whether two identities are of one till, whose journals have one series of numbers."""
    return (one.stand, one.till) == (other.stand, other.till)


def _next_ordinal(place: Place) -> int:
    """Return a number that no journal of this till has had: it is part of receipt numbers."""
    remembered = remembered_journal(place.folders) if place.mode == "live" else None
    ordinals = [remembered.ordinal if remembered else 0]
    for path in place.folders.journals():
        known = read_end(path)
        if known and known[1].mode == place.mode:
            ordinals.append(known[1].ordinal)
    return max(ordinals) + 1


def remembered_journal(folders: Folders) -> Founded | None:
    """Return what this machine remembers of its last live journal."""
    try:
        return msgspec.json.decode(_memory(folders).read_bytes(), type=Founded)
    except (OSError, msgspec.DecodeError):
        return None


def has_forgotten(folders: Folders, opened: JournalOpened, entries: int) -> bool:
    """Say whether the memory of a live journal, whose key is here, was lost or taken away.

    A power cut behind the first founding leaves a journal of one entry without it, and no anchor
    of another journal that got further.
    """
    if opened.mode != "live" or remembered_journal(folders) is not None:
        return False
    return (opened.ordinal, entries) != (1, 1) or _knows_of_another(folders)


def _knows_of_another(folders: Folders) -> bool:
    """Say whether an anchor is here of a journal that is not, and that was more than begun."""
    here = {known[0] for path in folders.journals() if (known := read_end(path))}
    anchors = (
        AnchorFile(folders.anchors, JournalId(path.stem)).read()
        for path in folders.anchors.glob("*.anchor")
    )
    return any(seen and seen.seq > 1 and seen.journal_id not in here for seen in anchors)


def training_identity(folders: Folders) -> Identity:
    """Return who a training till is: the live till's identity, else nobody's."""
    if remembered := remembered_journal(folders):
        return remembered.identity
    nobody = Seller(
        name="FORMATION", legal_form="", address=(), country="FR", registration="", vat_number=""
    )
    return Identity(
        seller=nobody,
        stand=TRAINING_STAND,
        stand_name="Formation",
        till="0",
        time_zone=COUNTRIES[nobody.country].time_zone,
        day_starts_at="05:00",
    )


def _what_is_known(place: Place, reason: str) -> tuple[Identity, PreviousJournal]:
    """Return identity and end of the journal in place, from itself or from memory."""
    if known := read_end(place.path):
        journal_id, opened, end = known
        if opened.mode != place.mode:
            raise TrainingOnly  # a training till under the live till's name, or the reverse
        _must_be_entitled(place.mode, opened.identity)
        previous = PreviousJournal(
            journal_id=journal_id, seq=end.seq, digest=end.digest, reason=reason
        )
        if _is_ours(place, opened):
            previous = _with_totals(previous, place.path)
        return _trusted_identity(place, journal_id, opened), previous
    nothing = PreviousJournal(journal_id=None, seq=0, digest="", reason=reason)
    if place.mode == "training":
        return training_identity(place.folders), nothing
    remembered = remembered_journal(place.folders)
    if remembered is None:
        raise TrainingOnly
    _must_be_entitled(place.mode, remembered.identity)
    anchor = _genuine_anchor(place, remembered)
    previous = PreviousJournal(
        journal_id=remembered.journal_id,
        seq=anchor.seq if anchor else 0,
        digest=anchor.digest if anchor else "",
        reason=reason,
    )
    return remembered.identity, previous


def _genuine_anchor(place: Place, remembered: Founded) -> Anchor | None:
    """Return where a journal that is gone ended, if its key has signed that."""
    anchor = AnchorFile(place.folders.anchors, remembered.journal_id).read()
    try:
        key = bytes.fromhex(remembered.public_key)
    except ValueError:  # somebody edited the file
        return None
    return anchor if anchor is not None and anchor.is_genuine(verifier(key)) else None


def _is_ours(place: Place, opened: JournalOpened) -> bool:
    """Say whether a file is this till's own, as far as this machine can tell.

    Whoever made it can have signed it with a key of their own.
    """
    remembered = remembered_journal(place.folders) if place.mode == "live" else None
    return (
        remembered is None or remembered.public_key == opened.public_key or _has_key(place, opened)
    )


def _has_key(place: Place, opened: JournalOpened) -> bool:
    try:
        place.keys.load(public_key_of(opened))
    except KeyMissing:
        return False
    return True


def _with_totals(previous: PreviousJournal, path: Path) -> PreviousJournal:
    """Return the end of a journal with its perpetual totals, if any can be trusted."""
    if (totals := read_last_totals(path, previous.seq)) is None:
        return previous
    return msgspec.structs.replace(
        previous,
        perpetual_net_minor=totals.net_minor,
        perpetual_absolute_minor=totals.absolute_minor,
        perpetual_seq=totals.seq,
    )


def _trusted_identity(place: Place, journal_id: JournalId, opened: JournalOpened) -> Identity:
    """Return who the till is: as the machine remembers, unless its key signed something else."""
    remembered = remembered_journal(place.folders) if place.mode == "live" else None
    if remembered is None:
        return opened.identity
    if not _has_key(place, opened):
        return remembered.identity
    return remembered.identity if remembered.journal_id == journal_id else opened.identity


def _must_be_entitled(mode: Mode, identity: Identity) -> None:
    """Refuse a live till for a seller without the numbers that a receipt must show (R83)."""
    seller = identity.seller
    has_vat = seller.vat_number.strip() or seller.vat_exemption.strip()
    if mode == "live" and not (seller.registration.strip() and has_vat):
        raise TrainingOnly


def _memory(folders: Folders) -> Path:
    return folders.config / "founded.json"
