"""A till's database as the till sees it: transactions, queries, entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pos.clock import Now
from pos.codec import decode_body
from pos.domain.facts import (
    IntegrityFailed,
    JournalEntry,
    JournalOpened,
    ReceiptIssued,
    SaleCompleted,
)
from pos.errors import JournalBroken, StorageDamaged, StorageUnavailable
from pos.ids import JournalId
from pos.store.carry_over import CATALOGUE_TABLES, CarriedOver, carry_over
from pos.store.database import open_database, sorted_errors, transaction
from pos.store.journal import (
    ChainCheck,
    Journal,
    JournalEnd,
    Sign,
    Verify,
    check_opening,
    journal_end,
    known_facts,
    must_read_opening,
    read_entry,
    read_rows,
    read_stored,
    recorded_failures,
)
from pos.store.migrations import foreign_object, migrate, refuse_newer
from pos.store.work import StoreWork


class TillStore:
    """One till's open database; belongs to the thread that opened it."""

    def __init__(
        self, db: Database, path: Path, journal_id: JournalId, opened: JournalOpened
    ) -> None:
        self._db = db
        self.path = path
        self.journal_id = journal_id
        self.opened = opened

    @contextmanager
    def work(self, sign: Sign, now: Now) -> Iterator[StoreWork]:
        """Give one transaction; what it wrote is durable when the block has ended.

        Raises:
            StorageUnavailable: the disk is full, read-only or the file is locked.
            StorageDamaged: the file is damaged.
        """
        with transaction(self._db):
            moment: datetime = now()
            journal = Journal(self._db, self.journal_id, sign, lambda: moment)
            yield StoreWork(self._db, journal, self.opened, moment)

    def rows(self, sql: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """Return all rows of a query."""
        with sorted_errors(self.path):
            return self._db.execute(sql, list(values)).fetchall()

    def entry(self, seq: int) -> tuple[JournalEntry, bytes]:
        """Return an entry with its signature."""
        with sorted_errors(self.path):
            return read_entry(self._db, seq)

    def moment_of(self, seq: int) -> str:
        """Return when an entry was written, whatever its kind: a newer version may have."""
        with sorted_errors(self.path):
            return decode_body(read_stored(self._db, seq).body).occurred_at

    def end(self) -> JournalEnd:
        """Return where the journal ends."""
        with sorted_errors(self.path):
            return journal_end(self._db)

    def digest_at(self, seq: int) -> str:
        """Return the digest of an entry; "" if it is not there."""
        found = self.rows("SELECT digest FROM journal WHERE seq = ?", seq)
        return bytes(found[0][0]).hex() if found else ""

    def versions(self) -> tuple[str, str]:
        """Return the software and fiscal version that wrote last."""
        ((software, fiscal),) = self.rows(
            "SELECT software_version, fiscal_version FROM software ORDER BY seq DESC LIMIT 1"
        )
        return software, fiscal

    def check_tail(self, verify: Verify, entries: int) -> None:
        """Check the first entry, which says who this is, and the last ones with their signatures.

        Raises:
            JournalBroken: one is not what was written.
        """
        with sorted_errors(self.path):
            check_opening(self._db, self.opened)
        start = max(self.end().seq - entries, 0)
        self.check_piece(JournalEnd(start, self.digest_at(start)), -1, verify)

    def check_schema(self) -> None:
        """Check that nothing in the file's schema is somebody else's.

        Raises:
            JournalBroken: something is; the reason names it.
        """
        with sorted_errors(self.path):
            if name := foreign_object(self._db):
                raise JournalBroken(seq=0, reason=f"schema:{name}")

    def check_derived(self, entries: int) -> None:
        """Check that what the next numbers are taken from is what the last entries say.

        Raises:
            JournalBroken: a table says otherwise; the reason names it.
        """
        end = self.end().seq
        after = max(end - entries, 0)
        with sorted_errors(self.path):
            facts = known_facts(self._db, after)
        sales = [fact for fact in facts if isinstance(fact, SaleCompleted)]
        if sales:
            last = sales[-1]
            totals = (last.number, last.perpetual.net.minor, last.perpetual.absolute.minor)
            found = self.rows(
                "SELECT number, perpetual_net_minor, perpetual_absolute_minor"
                " FROM sale ORDER BY number DESC LIMIT 1"
            )
            if found != [totals]:
                raise JournalBroken(seq=end, reason="derived:sale")
        issued = sum(isinstance(fact, ReceiptIssued) for fact in facts)
        if self.rows("SELECT count(*) FROM receipt_issue WHERE seq > ?", after) != [(issued,)]:
            raise JournalBroken(seq=end, reason="derived:receipt_issue")

    def recorded_failures(self) -> list[IntegrityFailed]:
        """Return what checks of this journal found so far."""
        with sorted_errors(self.path):
            return recorded_failures(self._db)

    def check_piece(
        self, after: JournalEnd, limit: int, verify: Verify | None = None
    ) -> JournalEnd:
        """Check the entries after a place and return where the check stands now.

        Raises:
            JournalBroken: one is not what was written.
        """
        check = ChainCheck(self.journal_id, after, verify)
        with sorted_errors(self.path):
            for stored in read_rows(self._db, after=after.seq, limit=limit):
                check.check(stored)
        return check.end

    def carry_over(self, source: Path, work: tuple[str, ...]) -> CarriedOver:
        """Take the catalogue along, and these tables, as far as the old file can be read."""
        return carry_over(source, self._db, CATALOGUE_TABLES + work)

    def forget_place_in_feed(self) -> None:
        """Let the till ask its hub for all that holds; what it has stays until that has come."""
        with transaction(self._db):
            self._db.execute("UPDATE feed_place SET feed_id = ''")

    def settle(self) -> None:
        """Put everything into the one file, so that renaming it moves all of it.

        Raises:
            StorageUnavailable: the disk is full, or somebody is reading.
        """
        with sorted_errors(self.path):
            (is_busy, *_pages) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise StorageUnavailable(reason="SQLITE_BUSY")

    def close(self) -> None:
        """Close the file; what was committed is there."""
        self._db.close()


def begin_store(path: Path, journal_id: JournalId, opened: JournalOpened) -> TillStore:
    """Make a new database, for a journal that `opened` is going to open."""
    db = open_database(path)
    try:
        migrate(db, path)
    except BaseException:  # whatever it was, nobody else will close the file
        db.close()
        raise
    return TillStore(db, path, journal_id, opened)


def open_store_to_write(path: Path) -> TillStore:
    """Open a database, bring its schema up to date, and read who it is."""
    db = open_database(path)
    try:
        migrate(db, path)
        with sorted_errors(path):
            journal_id, opened = must_read_opening(db)
    except BaseException:  # whatever it was, nobody else will close the file
        db.close()
        raise
    return TillStore(db, path, journal_id, opened)


def open_store_to_read(path: Path) -> TillStore:
    """Open a database without changing anything, also one of an older version.

    Raises:
        StorageUnavailable: the file cannot be opened now.
        StorageDamaged: it cannot be read, or it is not a till's.
        DatabaseTooNew: a newer version has worked on it.
        JournalBroken: it does not say which journal it is.
    """
    db = open_database(path, read_only=True)
    try:
        refuse_newer(db, path)
        with sorted_errors(path):
            _must_have_journal(db, path)
            journal_id, opened = must_read_opening(db)
    except BaseException:  # whatever it was, nobody else will close the file
        db.close()
        raise
    return TillStore(db, path, journal_id, opened)


def _must_have_journal(db: Database, path: Path) -> None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone():
        raise StorageDamaged(path=path, reason="no journal")
