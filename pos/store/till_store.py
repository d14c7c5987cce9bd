"""A till's database as the till sees it: transactions, queries, entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.clock import Now
from pos.domain.facts import JournalEntry, JournalOpened
from pos.ids import JournalId
from pos.store.database import sorted_error, transaction
from pos.store.journal import (
    ChainCheck,
    Journal,
    JournalEnd,
    Sign,
    Verify,
    journal_end,
    read_entry,
    read_rows,
)
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
        try:
            return self._db.execute(sql, list(values)).fetchall()
        except sqlite3.DatabaseError as error:
            raise sorted_error(error, self.path) from error

    def entry(self, seq: int) -> tuple[JournalEntry, bytes]:
        """Return an entry with its signature."""
        return read_entry(self._db, seq)

    def end(self) -> JournalEnd:
        """Return where the journal ends."""
        return journal_end(self._db)

    def digest_at(self, seq: int) -> str:
        """Return the digest of an entry; "" if it is not there."""
        found = self.rows("SELECT digest FROM journal WHERE seq = ?", seq)
        return found[0][0].hex() if found else ""

    def versions(self) -> tuple[str, str]:
        """Return the software and fiscal version that wrote last."""
        ((software, fiscal),) = self.rows(
            "SELECT software_version, fiscal_version FROM software ORDER BY seq DESC LIMIT 1"
        )
        return software, fiscal

    def check_tail(self, verify: Verify, entries: int) -> None:
        """Check the last entries with their signatures.

        Raises:
            JournalBroken: one is not what was written.
        """
        start = max(self.end().seq - entries, 0)
        self.check_piece(JournalEnd(start, self.digest_at(start)), -1, verify)

    def check_piece(
        self, after: JournalEnd, limit: int, verify: Verify | None = None
    ) -> JournalEnd:
        """Check the entries after a place and return where the check stands now.

        Raises:
            JournalBroken: one is not what was written.
        """
        check = ChainCheck(self.journal_id, after, verify)
        try:
            for stored in read_rows(self._db, after=after.seq, limit=limit):
                check.check(stored)
        except sqlite3.DatabaseError as error:
            raise sorted_error(error, self.path) from error
        return check.end

    def close(self) -> None:
        """Close the file; what was committed is there."""
        self._db.close()
