"""Beginning a journal: the first one of a till, or one that goes on from another.

A journal is never overwritten.  One that cannot be continued (damaged, rolled back, its key lost)
is set aside whole, under its own name in the data folder, and the new one names it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pos import FISCAL_VERSION, __version__
from pos.clock import Now, utc_now
from pos.countries import COUNTRIES
from pos.domain.facts import (
    Identity,
    JournalOpened,
    Mode,
    PreviousJournal,
    Seller,
    StockReceived,
)
from pos.errors import TrainingOnly
from pos.folders import Folders
from pos.ids import JournalId, OperatorCode, uuid7
from pos.signing import KeyStore
from pos.store.carry_over import CarriedOver, carry_over, read_stock
from pos.store.database import open_database
from pos.store.journal import read_end
from pos.store.migrations import migrate
from pos.store.till_store import TillStore

TILL = OperatorCode("till")
STOCK_PAGE = 500


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


def found_journal(
    place: Place,
    identity: Identity,
    *,
    previous: PreviousJournal | None = None,
    carry_from: Path | None = None,
) -> CarriedOver:
    """Make a new journal with a key of its own; return what came along from another file.

    The file appears whole or not at all: it is made under another name and then renamed.
    """
    assert not place.path.exists(), "a journal is never overwritten"
    place.path.parent.mkdir(parents=True, exist_ok=True)
    unborn = place.path.with_name(f"{place.path.stem}.founding")
    for leftover in unborn.parent.glob(f"{unborn.name}*"):
        leftover.unlink()
    key = place.keys.make()
    remembered = remembered_journal(place.folders) if place.mode == "live" else None
    opened = JournalOpened(
        mode=place.mode,
        identity=identity,
        currency=COUNTRIES[identity.seller.country].currency,
        ordinal=remembered.ordinal + 1 if remembered else 1,
        public_key=key.public.hex(),
        software_version=__version__,
        fiscal_version=FISCAL_VERSION,
        previous=previous,
    )
    journal_id = JournalId(uuid7())
    db = open_database(unborn)
    migrate(db, unborn)
    store = TillStore(db, unborn, journal_id, opened)
    with store.work(key.sign_entry, place.now) as work:
        work.record(opened, TILL)
    carried = carry_over(carry_from, db) if carry_from else CarriedOver()
    stock = read_stock(carry_from) if carry_from and previous else []
    for start in range(0, len(stock), STOCK_PAGE):
        with store.work(key.sign_entry, place.now) as work:
            pieces = tuple(stock[start : start + STOCK_PAGE])
            received = StockReceived(stand=identity.stand, reason="carried_over", pieces=pieces)
            work.record(received, TILL)
    db.execute("PRAGMA journal_mode = DELETE").fetchone()  # one file, so that one rename does
    store.close()
    if place.mode == "live":
        _remember(
            place.folders, Founded(identity=identity, ordinal=opened.ordinal, journal_id=journal_id)
        )
    unborn.replace(place.path)
    _sync_folder(place.path.parent)
    return carried


def continue_with_new_journal(place: Place, reason: str) -> CarriedOver:
    """Set the journal aside, whole, and begin another that names it and goes on from it.

    Catalogue, staff, basket and stock come along as far as they can be read.

    Raises:
        TrainingOnly: nobody knows any more who this till was; it has to be set up again.
    """
    identity, previous = _what_is_known(place, reason)
    kept = _set_aside(place)
    return found_journal(place, identity, previous=previous, carry_from=kept)


def remembered_journal(folders: Folders) -> Founded | None:
    """Return what this machine remembers of its last live journal."""
    try:
        return msgspec.json.decode(_memory(folders).read_bytes(), type=Founded)
    except (OSError, msgspec.DecodeError):
        return None


def training_identity(folders: Folders) -> Identity:
    """Return who a training till is: the live till's identity, else nobody's."""
    if remembered := remembered_journal(folders):
        return remembered.identity
    nobody = Seller(
        name="FORMATION", legal_form="", address=(), country="FR", registration="", vat_number=""
    )
    return Identity(
        seller=nobody,
        stand="FORM",
        stand_name="Formation",
        till="0",
        time_zone=COUNTRIES[nobody.country].time_zone,
        day_starts_at="05:00",
    )


def _what_is_known(place: Place, reason: str) -> tuple[Identity, PreviousJournal]:
    """Return identity and end of the journal in place, from itself or from memory."""
    if known := read_end(place.path):
        journal_id, opened, end = known
        previous = PreviousJournal(
            journal_id=journal_id, seq=end.seq, digest=end.digest, reason=reason
        )
        return opened.identity, previous
    remembered = remembered_journal(place.folders)
    if remembered is None:
        if place.mode == "live":
            raise TrainingOnly
        nothing = PreviousJournal(journal_id=None, seq=0, digest="", reason=reason)
        return training_identity(place.folders), nothing
    named = remembered.journal_id if place.mode == "live" else None
    previous = PreviousJournal(journal_id=named, seq=0, digest="", reason=reason)
    return remembered.identity, previous


def _set_aside(place: Place) -> Path:
    """Move the database with its side files out of the way and return where it is now."""
    folder = place.folders.set_aside
    folder.mkdir(parents=True, exist_ok=True)
    stamp = place.now().strftime("%Y%m%dT%H%M%SZ")
    kept, attempt = folder / f"{place.path.stem}-{stamp}.db", 1
    while kept.exists():
        kept, attempt = folder / f"{place.path.stem}-{stamp}-{attempt}.db", attempt + 1
    for suffix in ("-wal", "-shm", ""):  # the main file last: until then it can still be opened
        part = Path(f"{place.path}{suffix}")
        if part.exists():
            part.replace(f"{kept}{suffix}")
    _sync_folder(folder)
    _sync_folder(place.path.parent)
    return kept


def _memory(folders: Folders) -> Path:
    return folders.config / "founded.json"


def _remember(folders: Folders, founded: Founded) -> None:
    path = _memory(folders)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(founded))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make a rename durable where the system knows how (Windows does it by itself)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
