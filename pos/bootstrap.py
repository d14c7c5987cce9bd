"""The only wiring in `pos`: opening a till."""

from __future__ import annotations

from pos import FISCAL_VERSION, __version__
from pos.anchor import Anchor, AnchorFile
from pos.clock import from_utc_text, utc_text
from pos.domain.facts import ClockDoubted, IntegrityFailed, SoftwareChanged
from pos.errors import JournalRolledBack, TrainingOnly
from pos.founding import TILL, Place, found_journal, training_identity
from pos.signing import TillKey, entry_verifier
from pos.store.database import open_database
from pos.store.journal import must_read_opening
from pos.store.migrations import migrate
from pos.store.till_store import TillStore
from pos.till import Till

TAIL_ENTRIES = 200
CLOCK_BACK_MAX_S = 300
CLOCK_AHEAD_MAX_S = 400 * 86_400


def open_till(place: Place) -> Till:
    """Open a till; a training till is founded if there is none.

    The caller holds the data folder's `TillLock`.

    Raises:
        TrainingOnly: there is no live till in this folder.
        StorageUnavailable: the disk says no; try again.
        StorageDamaged: the database cannot be read; nothing was changed.
        DatabaseTooNew: a newer version wrote it; nothing was changed.
        KeyMissing: this machine does not hold the journal's key.
        JournalBroken: one of the last entries does not verify.
        JournalRolledBack: somebody put an older copy in place.
    """
    if not place.path.exists():
        if place.mode == "live":
            raise TrainingOnly
        live = place.folders.live
        found_journal(
            place,
            training_identity(place.folders),
            carry_from=live if live.exists() else None,
        )
    store = open_store(place)
    try:
        key = place.keys.load(bytes.fromhex(store.opened.public_key))
        anchor = AnchorFile(place.folders.anchors, store.journal_id)
        _check_anchor(store, anchor)
        store.check_tail(entry_verifier(key.public), TAIL_ENTRIES)
        return _ready(place, store, key, anchor)
    except BaseException:
        store.close()
        raise


def open_store(place: Place) -> TillStore:
    """Open the database, bring its schema up to date, and read who it is."""
    db = open_database(place.path)
    try:
        migrate(db, place.path)
        journal_id, opened = must_read_opening(db)
    except BaseException:
        db.close()
        raise
    return TillStore(db, place.path, journal_id, opened)


def _check_anchor(store: TillStore, anchor: AnchorFile) -> None:
    """Compare the journal with what the anchor saw.

    Raises:
        JournalRolledBack: the journal is an older copy, or another continuation.
    """
    seen = anchor.read()
    if seen is not None and store.digest_at(seen.seq) != seen.digest:
        raise JournalRolledBack(anchored_seq=seen.seq, found_seq=store.end().seq)


def _ready(place: Place, store: TillStore, key: TillKey, anchor: AnchorFile) -> Till:
    """Return the till, after recording what is new since the last start."""
    till = Till(store, key, anchor, place.now)
    end = store.end()
    if anchor.read() is None and end.seq > 1:
        lost = IntegrityFailed(check="anchor", seq=end.seq, reason="anchor missing")
        till.record(lost, TILL)
    anchor.write(
        Anchor(journal_id=store.journal_id, seq=store.end().seq, digest=store.end().digest)
    )
    last_seen = store.entry(end.seq)[0].occurred_at
    elapsed_s = (place.now() - from_utc_text(last_seen)).total_seconds()
    if not -CLOCK_BACK_MAX_S <= elapsed_s <= CLOCK_AHEAD_MAX_S:
        till.record(ClockDoubted(last_seen=last_seen, now=utc_text(place.now())), TILL)
    if store.versions() != (__version__, FISCAL_VERSION):
        changed = SoftwareChanged(software_version=__version__, fiscal_version=FISCAL_VERSION)
        till.record(changed, TILL)
    return till
