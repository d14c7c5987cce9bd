"""All journals of a hub in its database: one transaction a batch, alone with the journal's row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, select, text, update

from pos.clock import Now, utc_now, utc_text
from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact
from pos.domain.facts import JournalOpened
from pos.ids import JournalId
from sync.hub.ingest import Reason, Row
from sync.hub.store.database import HubDatabase, wait_for_lock
from sync.hub.store.inserting import insert_many
from sync.hub.store.tables import entry, journal, quarantine
from sync.protocol import NOWHERE, Position

_END = select(
    journal.c.number, journal.c.end_seq, journal.c.end_digest, journal.c.public_key
).where(journal.c.journal_id == bindparam("journal_id"))
_LOCKED_END = _END.with_for_update()
_BEGIN = text(
    "INSERT INTO journal (journal_id) VALUES (:journal_id)"
    " ON CONFLICT (journal_id) DO NOTHING RETURNING number"
)
_DIGESTS = (
    select(entry.c.digest)
    .where(entry.c.journal == bindparam("number"))
    .where(entry.c.seq.between(bindparam("first"), bindparam("last")))
    .order_by(entry.c.seq)
)
_OPENING = select(entry.c.body).where(entry.c.journal == bindparam("number"), entry.c.seq == 1)
_IS_ASIDE = (
    select(quarantine.c.number)
    .where(quarantine.c.journal == bindparam("number"))
    .where(quarantine.c.digest == bindparam("digest"))
)
_ENTRY = ("journal", "seq", "body", "digest", "signature", "kind", "problem")
_ASIDE = (*_ENTRY, "reason", "came_at")
_UNLESS_THERE = "ON CONFLICT (journal, digest) DO NOTHING"
_MOVE_END = (
    update(journal)
    .where(journal.c.number == bindparam("its_number"))
    .values(end_seq=bindparam("seq"), end_digest=bindparam("digest"), came_at=bindparam("came_at"))
)
_SAY_WHOSE = (
    update(journal)
    .where(journal.c.number == bindparam("its_number"))
    .values(mode=bindparam("mode"), previous_id=bindparam("previous_id"))
)


class SqlJournals:
    """The journals in a hub's database."""

    def __init__(self, database: HubDatabase, now: Now = utc_now) -> None:
        self._database = database
        self._now = now

    @contextmanager
    def work(self, journal_id: JournalId) -> Iterator[SqlJournalWork]:
        """Give one transaction, alone with the journal; see `sync.hub.ingest.Journals`.

        Raises:
            StorageUnavailable: nothing of it was kept.
            StorageDamaged: the file is damaged.
        """
        with self._database.write() as connection:
            yield SqlJournalWork(connection, journal_id, self._now)

    def position(self, journal_id: JournalId) -> Position:
        """Return where a journal ends here, without waiting for those who write to it."""
        with self._database.read() as connection:
            row = connection.execute(_END, {"journal_id": journal_id}).one_or_none()
        return NOWHERE if row is None else _position(row.end_seq, row.end_digest)


class SqlJournalWork:
    """One transaction on one journal."""

    def __init__(self, connection: Connection, journal_id: JournalId, now: Now) -> None:
        self._connection = connection
        self._journal_id = journal_id
        self._now = now
        self._number: int | None = None  # None: nothing of it was ever kept here
        self._end = NOWHERE
        self._key: bytes | None = None
        if not self._find() and connection.dialect.name == "postgresql":
            # There is no row yet that could be locked; whoever else brings its beginning waits.
            wait_for_lock(connection, lock_of(journal_id))
            self._find()

    def _find(self) -> bool:
        row = self._connection.execute(_LOCKED_END, {"journal_id": self._journal_id}).one_or_none()
        if row is not None:
            self._number = row.number
            self._end = _position(row.end_seq, row.end_digest)
            self._key = row.public_key and bytes(row.public_key)
        return row is not None

    @property
    def connection(self) -> Connection:
        """Return the transaction, for what has to be written with it."""
        return self._connection

    @property
    def journal_id(self) -> JournalId:
        return self._journal_id

    def end(self) -> Position:
        return self._end

    def digests(self, first: int, last: int) -> Sequence[str]:
        if first > self._end.seq:
            return []
        found = self._connection.scalars(
            _DIGESTS, {"number": self._number, "first": first, "last": last}
        )
        return [digest.hex() for digest in found]

    def opening(self) -> bytes | None:
        if not self._end.seq:
            return None
        return self._connection.scalar(_OPENING, {"number": self._number})

    def claimed_key(self) -> bytes | None:
        return self._key

    def append(self, rows: Sequence[Row]) -> None:
        assert rows[0].seq == self._end.seq + 1, "entries are put at the end"
        number, last = self._numbered(), rows[-1]
        insert_many(self._connection, entry, _ENTRY, [_values(number, row) for row in rows])
        end = {"seq": last.seq, "digest": bytes.fromhex(last.digest)}
        self._connection.execute(
            _MOVE_END, {"its_number": number, **end, "came_at": utc_text(self._now())}
        )
        if rows[0].seq == 1 and (said := _said_by_opening(rows[0].body)) is not None:
            self._connection.execute(_SAY_WHOSE, {"its_number": number, **said})
        self._end = Position(seq=last.seq, digest=last.digest)

    def quarantine(self, rows: Sequence[Row], reason: Reason) -> None:
        number, came_at = self._numbered(), utc_text(self._now())
        values = [(*_values(number, row), reason, came_at) for row in rows]
        insert_many(self._connection, quarantine, _ASIDE, values, _UNLESS_THERE)

    def is_quarantined(self, digest: str) -> bool:
        if self._number is None or not digest:
            return False
        place = {"number": self._number, "digest": bytes.fromhex(digest)}
        return self._connection.scalar(_IS_ASIDE, place) is not None

    def _numbered(self) -> int:
        """Return the journal's number here, and begin it if this is the first of it."""
        if self._number is None:
            self._number = self._connection.scalar(_BEGIN, {"journal_id": self._journal_id})
        if self._number is None:  # a till has just said that it is its own
            self._find()
        assert self._number is not None
        return self._number


def _values(number: int, row: Row) -> tuple[int, int, bytes, bytes, bytes, str, str]:
    digest = bytes.fromhex(row.digest)
    return (number, row.seq, row.body, digest, row.signature, row.kind, row.problem)


def _said_by_opening(body: bytes) -> dict[str, str | None] | None:
    """Return what a journal's first entry says of it, if that can be read."""
    try:
        fact = decode_fact(decode_body(body))
    except (MalformedBody, UnknownKind, RecursionError):
        return None
    if not isinstance(fact, JournalOpened):
        return None
    previous = fact.previous.journal_id if fact.previous else None
    # What a till wrote is text of others, and PostgreSQL keeps no NUL.
    return {"mode": fact.mode, "previous_id": previous and previous.replace("\0", "")}


def _position(end_seq: int, end_digest: bytes | None) -> Position:
    return Position(seq=end_seq, digest=end_digest.hex()) if end_digest else NOWHERE


def lock_of(journal_id: str) -> int:
    """Return PostgreSQL's number for a journal, also for one that has no row yet."""
    digest = hashlib.sha256(journal_id.encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
