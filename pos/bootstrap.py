"""The only wiring in `pos`: opening a till."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pos import FISCAL_VERSION, __version__
from pos.anchor import Anchor, AnchorFile, doubt
from pos.changeover import finish_change_over
from pos.clock import from_utc_text, utc_text
from pos.domain.facts import ClockDoubted, Fact, IntegrityFailed, SoftwareChanged
from pos.enrolment import read_enrolment
from pos.errors import (
    EnrolmentDamaged,
    JournalBroken,
    JournalRolledBack,
    StorageUnavailable,
    TrainingOnly,
)
from pos.founding import (
    TILL,
    Founded,
    Place,
    found_journal,
    has_forgotten,
    is_same_till,
    remember,
    remembered_journal,
    training_identity,
)
from pos.machine import CLOCK_AHEAD_MAX, CLOCK_BACK_MAX
from pos.signing import TillKey, entry_verifier, verifier
from pos.store.database import open_database, sorted_errors
from pos.store.journal import public_key_of
from pos.store.till_store import TillStore, open_store_to_read, open_store_to_write
from pos.till import Till

TAIL_ENTRIES = 200


def open_till(place: Place) -> Till:
    """Open a till; a training till is founded if there is none.

    The caller holds the data folder's `TillLock`.

    Raises:
        TrainingOnly: there is no live till in this folder.
        StorageUnavailable: the disk says no; try again.
        StorageDamaged: the database cannot be read; nothing was changed.
        DatabaseTooNew: a newer version wrote it; nothing was changed.
        KeyMissing: this machine does not hold the journal's key; nothing was changed.
        JournalBroken: one of the last entries does not verify; nothing was changed.
        JournalRolledBack: somebody put an older copy in place, or took the journal
            away; nothing was changed.
    """
    with sorted_errors(place.path):
        finish_change_over(place.path, place.folders.set_aside)
    if not place.path.exists():
        if place.mode == "live":
            _must_be_new(place)
            raise TrainingOnly
        live = place.folders.live
        found_journal(
            place,
            training_identity(place.folders),
            carry_from=live if live.exists() else None,
        )
    key, anchor = _look(place)
    store = open_store(place)
    try:
        till = _ready(place, store, key, anchor)
        remember(place, store.journal_id, store.opened)
        _join(till, place)
        return till
    except BaseException:  # whatever it was, an open file would keep the next try from opening it
        store.close()
        anchor.close()
        raise


def _must_be_new(place: Place) -> None:
    """Refuse to take a machine for new that remembers a journal.

    Raises:
        JournalRolledBack: its file is gone.
    """
    if (remembered := remembered_journal(place.folders)) is not None:
        raise _gone(place, remembered)


def _gone(place: Place, remembered: Founded, in_place: int = 0) -> JournalRolledBack:
    """Return that a whole journal is gone, with the number of the one that is in its place."""
    seen = AnchorFile(place.folders.anchors, remembered.journal_id).read()
    return JournalRolledBack(
        anchored_seq=seen.seq if seen else 0,
        found_seq=0,
        kept=remembered.ordinal,
        in_place=in_place,
    )


def open_store(place: Place) -> TillStore:
    """Open the database, bring its schema up to date, and read who it is."""
    return open_store_to_write(place.path)


def _look(place: Place) -> tuple[TillKey, AnchorFile]:
    """Return the journal's key and anchor, after a look at a file that must not be touched.

    Opening a database for writing may already change it: SQLite carries over whatever log lies
    beside it.  So whatever can be wrong is found before that.
    """
    store = _open_to_read(place.path)
    try:
        if store.opened.mode != place.mode:  # a training till under the live till's name
            raise JournalBroken(seq=1, reason="mode")
        store.check_schema()
        key = place.keys.load(public_key_of(store.opened))
        store.check_tail(entry_verifier(key.public), TAIL_ENTRIES)
        store.check_derived(TAIL_ENTRIES)
        anchor = AnchorFile(place.folders.anchors, store.journal_id)
        _check_anchor(store, anchor)
        _must_be_the_last(place, store)
    finally:
        store.close()
    return key, anchor


def _open_to_read(path: Path) -> TillStore:
    """Open for reading; a power cut in the middle of a write is mended first if it has to be."""
    try:
        return open_store_to_read(path)
    except StorageUnavailable as unavailable:
        if not unavailable.reason.startswith("SQLITE_READONLY"):
            raise
    open_database(path).close()
    return open_store_to_read(path)


def _check_anchor(store: TillStore, anchor: AnchorFile) -> None:
    """Compare the journal with what the anchor saw.

    Raises:
        JournalRolledBack: the journal is an older copy, or another continuation.
    """
    seen = anchor.read()
    if seen is not None and store.digest_at(seen.seq) != seen.digest:
        raise JournalRolledBack(anchored_seq=seen.seq, found_seq=store.end().seq)


def _must_be_the_last(place: Place, store: TillStore) -> None:
    """Refuse a journal that this machine knows to have been followed by another.

    Raises:
        JournalRolledBack: somebody put it back in place; of the other there is nothing here.
    """
    remembered = remembered_journal(place.folders) if place.mode == "live" else None
    if remembered is None or remembered.journal_id == store.journal_id:
        return
    is_ours = is_same_till(remembered.identity, store.opened.identity)
    if is_ours and remembered.ordinal >= store.opened.ordinal:
        raise _gone(place, remembered, in_place=store.opened.ordinal)


def _ready(place: Place, store: TillStore, key: TillKey, anchor: AnchorFile) -> Till:
    """Return the till, after recording what is new since the last start."""
    till = Till(store, key, anchor, place.now)
    end = store.end()
    if (why := doubt(anchor.read(), verifier(key.public))) is not None:
        _note(till, IntegrityFailed(check="anchor", seq=end.seq, reason=f"anchor {why}"))
    if has_forgotten(place.folders, store.opened, end.seq):
        _note(till, IntegrityFailed(check="anchor", seq=end.seq, reason="memory missing"))
    last = store.end()
    noted = Anchor(journal_id=store.journal_id, seq=last.seq, digest=last.digest)
    anchor.write(noted.signed(key.sign))
    last_seen = store.moment_of(end.seq)
    till.last_seen = from_utc_text(last_seen)
    elapsed = place.now() - till.last_seen
    if not -CLOCK_BACK_MAX <= elapsed <= CLOCK_AHEAD_MAX:
        _note(till, ClockDoubted(last_seen=last_seen, now=utc_text(place.now())))
    if store.versions() != (__version__, FISCAL_VERSION):
        store.forget_place_in_feed()  # the hub may have said what the version before did not know
        changed = SoftwareChanged(software_version=__version__, fiscal_version=FISCAL_VERSION)
        till.record(changed, TILL)
    return till


def _join(till: Till, place: Place) -> None:
    """Record the hub that this machine has joined, if this journal does not say so yet.

    It is after a founding, in a journal that goes on from another, and after a power cut.  A note
    of the hub that cannot be read holds up no till: whoever speaks with the hub says it.
    """
    with suppress(EnrolmentDamaged, StorageUnavailable):
        if joined := read_enrolment(place.folders, place.mode):
            till.execute(joined.joining(TILL))


def _note(till: Till, found: Fact) -> None:
    """Record what a start found, and keep it for the screen."""
    till.record(found, TILL)
    till.found_at_open = (*till.found_at_open, found)
