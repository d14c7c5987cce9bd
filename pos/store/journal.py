"""The journal: one write, numbered, chained, signed, for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.clock import Now, utc_text
from pos.codec import (
    MalformedBody,
    Place,
    UnknownKind,
    as_written,
    decode_body,
    decode_entry,
    decode_fact,
    digest_of,
    encode_body,
)
from pos.domain.facts import Fact, IntegrityFailed, JournalEntry, JournalOpened
from pos.errors import JournalBroken, PosError
from pos.ids import JournalId, OperatorCode
from pos.signing import entry_verifier
from pos.store.database import open_database

Sign = Callable[[str], bytes]
Verify = Callable[[str, bytes], bool]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the journal as it lies on disk."""

    seq: int
    body: bytes
    digest: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """The last entry's number and digest; `(0, "")` for an empty journal."""

    seq: int
    digest: str


class Journal:
    """One till's journal in one database; writing needs the till's key."""

    def __init__(self, db: Database, journal_id: JournalId, sign: Sign, now: Now) -> None:
        self._db = db
        self.journal_id = journal_id
        self._sign = sign
        self._now = now

    def append(self, fact: Fact, actor: OperatorCode) -> JournalEntry:
        """Write one fact at the end, inside the caller's transaction.

        Raises:
            JournalBroken: the file did not take it, though it said so.
        """
        assert self._db.conn.in_transaction, "a fact and its effects are one write"
        end = journal_end(self._db)
        place = Place(
            journal_id=self.journal_id,
            seq=end.seq + 1,
            occurred_at=utc_text(self._now()),
            actor=actor,
            follows=end.digest,
        )
        body = encode_body(fact, place)
        digest = digest_of(body)
        self._db.execute(
            "INSERT INTO journal (seq, body, digest, signature) VALUES (?, ?, ?, ?)",
            [place.seq, body, bytes.fromhex(digest), self._sign(digest)],
        )
        if journal_end(self._db) != JournalEnd(place.seq, digest):
            # Somebody's trigger may swallow a row without a word.
            raise JournalBroken(seq=place.seq, reason="gap")
        return JournalEntry(
            journal_id=place.journal_id,
            seq=place.seq,
            occurred_at=place.occurred_at,
            actor=actor,
            fact=as_written(fact, body),
            follows=place.follows,
            digest=digest,
        )


def journal_end(db: Database) -> JournalEnd:
    """Return where the journal ends."""
    row = db.execute("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return JournalEnd(row[0], _bytes(row[1]).hex()) if row else JournalEnd(0, "")


def read_rows(
    db: Database, *, after: int = 0, limit: int = -1, backwards: bool = False
) -> Iterator[Stored]:
    """Yield stored entries in order, from the one after `after`; -1 for all of them."""
    rows = db.execute(
        "SELECT seq, body, digest, signature FROM journal WHERE seq > ?"  # noqa: S608 -- our own words
        f" ORDER BY seq {'DESC' if backwards else 'ASC'} LIMIT ?",
        [after, limit],
    )
    for seq, body, digest, signature in rows:
        yield Stored(seq, _bytes(body), _bytes(digest).hex(), _bytes(signature))


def _bytes(value: object) -> bytes:
    """Return a column's bytes; none for what a rewritten schema let in instead."""
    return value if isinstance(value, bytes) else b""


def read_entry(db: Database, seq: int) -> tuple[JournalEntry, bytes]:
    """Return one entry with its signature; the entry must be there."""
    stored = read_stored(db, seq)
    return decode_entry(stored.body, stored.digest), stored.signature


def read_stored(db: Database, seq: int) -> Stored:
    """Return one entry as it lies on disk; the entry must be there."""
    stored = next(read_rows(db, after=seq - 1, limit=1))
    assert stored.seq == seq, f"no entry {seq}"
    return stored


def known_facts(db: Database, after: int) -> list[Fact]:
    """Return what the entries behind a place say, but for kinds of a newer version."""
    facts = []
    for stored in read_rows(db, after=after):
        with suppress(UnknownKind):
            facts.append(decode_entry(stored.body, stored.digest).fact)
    return facts


def recorded_failures(db: Database) -> list[IntegrityFailed]:
    """Return what checks found so far, as far as the entries can be read.

    Behind a page that cannot be read nothing is known: recorded twice is better than never.
    """
    failures = []
    with suppress(sqlite3.DatabaseError):
        for stored in read_rows(db):
            if b'"IntegrityFailed"' not in stored.body:
                continue  # most of a journal, which need not be decoded for that
            with suppress(UnknownKind, MalformedBody):
                fact = decode_entry(stored.body, stored.digest).fact
                if isinstance(fact, IntegrityFailed):
                    failures.append(fact)
    return failures


def read_opening(db: Database) -> tuple[JournalId, JournalOpened] | None:
    """Return the first entry's identity and fact; None for an empty journal.

    Raises:
        JournalBroken: the first entry is not one that opens a journal.
    """
    stored = next(read_rows(db, limit=1), None)
    if stored is None:
        return None
    if stored.seq != 1:
        raise JournalBroken(seq=1, reason="gap")
    if digest_of(stored.body) != stored.digest:
        raise JournalBroken(seq=stored.seq, reason="digest")
    try:
        body = decode_body(stored.body)
        fact = decode_fact(body)
    except (MalformedBody, UnknownKind) as error:
        raise JournalBroken(seq=stored.seq, reason="body") from error
    if not isinstance(fact, JournalOpened):
        raise JournalBroken(seq=1, reason="body")
    return body.journal_id, fact


def must_read_opening(db: Database) -> tuple[JournalId, JournalOpened]:
    """Return the first entry's identity and fact.

    Raises:
        JournalBroken: there is no first entry, or it does not open a journal.
    """
    if (opening := read_opening(db)) is None:
        raise JournalBroken(seq=1, reason="gap")
    return opening


def check_opening(db: Database, opened: JournalOpened) -> None:
    """Check the first entry's signature, by the key it names: the last entries are not all.

    Raises:
        JournalBroken: somebody else wrote it.
    """
    stored = read_stored(db, 1)
    if not entry_verifier(public_key_of(opened))(stored.digest, stored.signature):
        raise JournalBroken(seq=1, reason="signature")


def public_key_of(opened: JournalOpened) -> bytes:
    """Return the key that a journal names; none, with which nothing verifies, if it is no key."""
    try:
        return bytes.fromhex(opened.public_key)
    except ValueError:
        return b""


def read_end(path: Path) -> tuple[JournalId, JournalOpened, JournalEnd] | None:
    """Return who the journal in a file is and where it ends; None if it does not say.

    An opening that was not signed with the key it names says nothing.
    """
    try:
        db = open_database(path, read_only=True)
    except PosError:
        return None
    try:
        opening = read_opening(db)
        if opening is not None:
            check_opening(db, opening[1])
        return (*opening, journal_end(db)) if opening else None
    except (PosError, sqlite3.DatabaseError):
        return None
    finally:
        db.close()


class ChainCheck:
    """Walks a journal and says where it first breaks.

    Feed it rows in order, in as many pieces as wanted.  Without `verify` it checks numbers,
    digests and the chain only, which is twenty times faster than signatures.
    """

    def __init__(
        self, journal_id: JournalId, end: JournalEnd, verify: Verify | None = None
    ) -> None:
        self._journal_id = journal_id
        self._verify = verify
        self.end = end

    def check(self, stored: Stored) -> None:
        """Accept the next row.

        Raises:
            JournalBroken: it is not what was written; `seq` names the first bad entry.
        """
        expected = self.end.seq + 1
        if stored.seq != expected:
            raise JournalBroken(seq=expected, reason="gap")
        if digest_of(stored.body) != stored.digest:
            raise JournalBroken(seq=expected, reason="digest")
        try:
            body = decode_body(stored.body)
        except MalformedBody as error:
            raise JournalBroken(seq=expected, reason="body") from error
        if (body.journal_id, body.seq) != (self._journal_id, expected):
            raise JournalBroken(seq=expected, reason="body")
        if body.follows != self.end.digest:
            raise JournalBroken(seq=expected, reason="chain")
        if self._verify is not None and not self._verify(stored.digest, stored.signature):
            raise JournalBroken(seq=expected, reason="signature")
        self.end = JournalEnd(stored.seq, stored.digest)
