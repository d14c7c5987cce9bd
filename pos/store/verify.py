"""Checking a whole journal, entry by entry, and everything that is said to follow from it.

The file is opened for reading only and read at one moment, while the till may go on selling.  A
damaged file is read as far as it goes: the answer says what is bad first, and how much is intact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.codec import MalformedBody, UnknownKind, decode_entry, digest_of
from pos.domain.facts import IntegrityFailed, JournalEntry, JournalOpened
from pos.domain.sales_audit import SalesAudit
from pos.errors import DatabaseTooNew, JournalBroken, StorageDamaged, StorageUnavailable
from pos.ids import JournalId
from pos.signing import entry_verifier, fingerprint
from pos.store.database import open_database, snapshot
from pos.store.derived import Derived, differences
from pos.store.journal import (
    ChainCheck,
    JournalEnd,
    Stored,
    Verify,
    journal_end,
    must_read_opening,
    public_key_of,
    read_rows,
)
from pos.store.migrations import bring_up_to_date, foreign_object, is_behind, refuse_newer

PROGRESS_EVERY = 500

Progress = Callable[[int, int], None]
"""Is told how many entries are checked, and how many there are."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody else remembers of a journal: the digest of one of its entries."""

    seq: int
    digest: str
    by: str  # anchor, successor


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not verify.

    `reason` is one of: unreadable, gap, digest, body, chain, signature (of an entry); number,
    receipt_number, lines, taxes, tenders, perpetual, repeated (a sale that contradicts those
    before); derived (a table that does not follow from the journal); schema (something in the file
    that this program did not make: a trigger, for instance); not_compared (what follows from
    the journal cannot be told: a newer version wrote some of it); anchor, successor (the
    journal is not what somebody else remembers); rolled_back (it ends before what somebody else
    remembers); carried (it began with other totals than the journal before ended with);
    anchor_missing, anchor_unsigned, anchor_forged (what the till itself remembers of
    it is gone, or is not signed by it); memory_missing (which live journal it kept last is not
    known any more); database (SQLite's own check).

    Of the whole folder, with a journal's ordinal as `seq`: missing_remembered (the config folder
    knows a journal that is not there), missing_previous (this one goes on from one that is not
    there), missing_ordinal (the numbers of journals have a gap).
    """

    reason: str
    seq: int = 0  # the entry; 0 if it is not about one
    detail: str = ""


class FailedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What a check by the till itself found, and recorded for ever (fiscal.md R10)."""

    seq: int  # the entry that says so
    occurred_at: str
    check: str
    reason: str


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of one file found."""

    path: Path
    journal_id: JournalId | None = None  # None: the file does not say
    opened: JournalOpened | None = None
    entries: int = 0  # that can be read
    intact: int = 0  # of these, whose digest and signature are right
    sales: int = 0
    unknown_kinds: int = 0  # written by a newer version: kept, not interpreted
    end: JournalEnd = JournalEnd(0, "")
    is_anchored: bool = False  # somebody else remembers the journal
    is_compared: bool = False  # the derived tables were rebuilt and compared
    failures: tuple[FailedCheck, ...] = ()  # as recorded, up to the first bad entry
    problems: tuple[Problem, ...] = ()  # the first bad entry first

    @property
    def fingerprint(self) -> str:
        """Return the name of the key that signs this journal, "" if it does not say."""
        return fingerprint(public_key_of(self.opened)) if self.opened else ""

    @property
    def is_whole(self) -> bool:
        """Say whether everything that was checked is right."""
        return not self.problems


def verify_file(
    path: Path,
    claims: Mapping[JournalId, Sequence[Claim]] | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Check one database file without changing it.

    Args:
        path: a database of a till, in use, set aside or copied.
        claims: what others remember, noted before this is called.
        progress: is told now and then how far it is.
    """
    try:
        db = open_database(path, read_only=True)
    except (StorageDamaged, StorageUnavailable) as error:
        return Verification(
            path=path, problems=(Problem(reason="unreadable", detail=error.reason),)
        )
    with closing(db):
        return _Check(path, db, claims or {}, progress or (lambda _checked, _entries: None)).run()


class _Check:
    """One check of one file."""

    def __init__(
        self,
        path: Path,
        db: Database,
        claims: Mapping[JournalId, Sequence[Claim]],
        progress: Progress,
    ) -> None:
        self._path = path
        self._db = db
        self._claims = claims
        self._progress = progress
        self._problems: list[Problem] = []
        self._failures: list[FailedCheck] = []
        self._entries = self._intact = self._unknown_kinds = 0

    def run(self) -> Verification:
        try:
            with snapshot(self._db):
                return self._verification()
        except sqlite3.DatabaseError as error:
            self._add("unreadable", detail=_name_of(error))
            return Verification(path=self._path, problems=tuple(self._problems))

    def _verification(self) -> Verification:
        try:
            journal_id, opened = must_read_opening(self._db)
        except JournalBroken as broken:
            self._add(broken.reason, broken.seq)
            for _ in self._rows():
                self._entries += 1
            self._check_file()
            return Verification(
                path=self._path, entries=self._entries, problems=tuple(self._problems)
            )
        verify = entry_verifier(public_key_of(opened))
        chain = ChainCheck(journal_id, JournalEnd(0, ""))
        audit = SalesAudit(opened)
        rebuilt = Database(memory=True, execute_plugins=False)
        with closing(rebuilt):
            self._walk(chain, verify, audit, Derived(_made(rebuilt), opened.identity.stand))
            is_compared = self._compare(rebuilt)
        if not is_compared and not self._problems:
            self._add("not_compared")
        claims = self._claims.get(journal_id, ())
        self._compare_with_memories(claims)
        self._check_file()
        return Verification(
            path=self._path,
            journal_id=journal_id,
            opened=opened,
            entries=self._entries,
            intact=self._intact,
            sales=audit.sales,
            unknown_kinds=self._unknown_kinds,
            end=chain.end,
            is_anchored=bool(claims),
            is_compared=is_compared,
            failures=tuple(self._failures),
            problems=tuple(self._problems),
        )

    def _walk(self, chain: ChainCheck, verify: Verify, audit: SalesAudit, derived: Derived) -> None:
        """Check every entry; behind the first bad one, each for itself only."""
        entries = journal_end(self._db).seq
        for stored in self._rows():
            self._entries += 1
            is_signed = verify(stored.digest, stored.signature)
            if is_signed and digest_of(stored.body) == stored.digest:
                self._intact += 1
            if not self._problems and self._is_next(stored, chain, is_signed=is_signed):
                self._follow(stored, audit, derived)
            if self._entries % PROGRESS_EVERY == 0:
                self._progress(self._entries, max(entries, self._entries))
        self._progress(self._entries, self._entries)
        if (
            not self._problems
            and self._db.execute("SELECT 1 FROM journal WHERE seq < 1").fetchone()
        ):
            self._add("gap", chain.end.seq + 1)  # moved out of sight, in front of the first

    def _is_next(self, stored: Stored, chain: ChainCheck, *, is_signed: bool) -> bool:
        """Say whether this is what was written after the entry before."""
        try:
            chain.check(stored)
        except JournalBroken as broken:
            self._add(broken.reason, broken.seq)
            return False
        if not is_signed:
            self._add("signature", stored.seq)
        return is_signed

    def _follow(self, stored: Stored, audit: SalesAudit, derived: Derived) -> None:
        """Add up what an entry says, and rebuild what follows from it."""
        try:
            entry = decode_entry(stored.body, stored.digest)
        except UnknownKind:
            self._unknown_kinds += 1
            audit.skip()
            return
        except MalformedBody:
            self._add("body", stored.seq)
            return
        self._note_failure(entry)
        if broken_rule := audit.check(entry.fact):
            self._add(broken_rule, stored.seq)
        try:
            derived.apply(entry)
        except sqlite3.IntegrityError:  # a number, an id or a copy that is taken
            self._add("repeated", stored.seq)

    def _note_failure(self, entry: JournalEntry) -> None:
        if isinstance(entry.fact, IntegrityFailed):
            failed = FailedCheck(
                seq=entry.seq,
                occurred_at=entry.occurred_at,
                check=entry.fact.check,
                reason=entry.fact.reason,
            )
            self._failures.append(failed)

    def _rows(self) -> Iterator[Stored]:
        """Yield what can be read of the journal: up to the damage, and from the end back to it."""
        last = 0
        try:
            for stored in read_rows(self._db):
                last = stored.seq
                yield stored
        except sqlite3.DatabaseError as error:
            self._add("unreadable", last + 1, _name_of(error))
        else:
            return
        try:
            yield from read_rows(self._db, after=last, backwards=True)
        except sqlite3.DatabaseError:
            return  # it is named already

    def _compare(self, rebuilt: Database) -> bool:
        """Compare the derived tables, if the journal is right and all of it is understood."""
        try:
            refuse_newer(self._db, self._path)
        except DatabaseTooNew:
            return False
        if self._problems or self._unknown_kinds:
            return False
        if not is_behind(self._db):
            self._add_differences(self._db, rebuilt)
            return True
        copy = Database(memory=True, execute_plugins=False)
        with closing(copy):
            self._db.conn.backup(copy.conn)
            self._add_differences(_made(copy), rebuilt)
        return True

    def _add_differences(self, stored: Database, rebuilt: Database) -> None:
        for difference in differences(stored, rebuilt):
            self._add("derived", difference.seq, difference.table)

    def _compare_with_memories(self, claims: Sequence[Claim]) -> None:
        end = journal_end(self._db)
        for claim in claims:
            row = self._db.execute(
                "SELECT hex(digest) FROM journal WHERE seq = ?", [claim.seq]
            ).fetchone()
            if end.seq < claim.seq:
                self._add("rolled_back", claim.seq, claim.by)
            elif row is None or row[0].lower() != claim.digest:
                self._add(claim.by, claim.seq)

    def _check_file(self) -> None:
        """Ask SQLite whether the file is whole, indexes included, and its schema ours."""
        try:
            with suppress(DatabaseTooNew):
                refuse_newer(self._db, self._path)
                if name := foreign_object(self._db):
                    self._add("schema", detail=name)
            for (finding,) in self._db.execute("PRAGMA integrity_check(1)").fetchall():
                if finding != "ok":
                    self._add("database", detail=finding)
        except sqlite3.DatabaseError as error:
            self._add("database", detail=_name_of(error))

    def _add(self, reason: str, seq: int = 0, detail: str = "") -> None:
        self._problems.append(Problem(reason=reason, seq=seq, detail=detail))


def _made(db: Database) -> Database:
    bring_up_to_date(db)
    return db


def _name_of(error: sqlite3.DatabaseError) -> str:
    return getattr(error, "sqlite_errorname", "") or type(error).__name__
