"""Which perpetual totals a journal ended with, by the last entry that is as the till signed it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.codec import MalformedBody, UnknownKind, decode_body, decode_fact, digest_of
from pos.domain.counters import first_counters
from pos.domain.facts import JournalOpened, SaleCompleted
from pos.errors import PosError
from pos.ids import JournalId
from pos.signing import entry_verifier
from pos.store.database import open_database
from pos.store.journal import Stored, Verify, must_read_opening, public_key_of, read_rows


class LastTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Perpetual totals in minor units, and the entry that they stand in."""

    seq: int
    net_minor: int
    absolute_minor: int


def read_last_totals(path: Path, until: int) -> LastTotals | None:
    """Return the totals of the last intact sale up to an entry; None if nothing can be trusted.

    A journal without a sale has those that its opening names.  Each sale carries the totals
    after it under its own signature, so it counts also where entries before it are damaged.
    """
    try:
        db = open_database(path, read_only=True)
    except PosError:
        return None
    with closing(db):
        try:
            journal_id, opened = must_read_opening(db)
        except (PosError, sqlite3.DatabaseError):
            return None
        verify = entry_verifier(public_key_of(opened))
        for stored in _from_the_end(db):
            if stored.seq <= until:
                totals = _totals_in(stored, journal_id, verify)
                if totals is not None:
                    return totals
    return None


def _from_the_end(db: Database) -> Iterator[Stored]:
    """Yield the rows from the last to the first, those in front of a damage too."""
    try:
        yield from read_rows(db, backwards=True)
    except sqlite3.DatabaseError:
        readable: list[Stored] = []
        with suppress(sqlite3.DatabaseError):
            readable.extend(read_rows(db))
        yield from reversed(readable)


def _totals_in(stored: Stored, journal_id: JournalId, verify: Verify) -> LastTotals | None:
    """Return what an entry says of the totals, if it is a sale or opening of this journal."""
    try:
        body = decode_body(stored.body)
        fact = decode_fact(body)
    except (MalformedBody, UnknownKind):
        return None
    if not isinstance(fact, SaleCompleted | JournalOpened):
        return None
    is_in_place = (body.journal_id, body.seq) == (journal_id, stored.seq)
    is_written = digest_of(stored.body) == stored.digest
    if not (is_in_place and is_written and verify(stored.digest, stored.signature)):
        return None
    if isinstance(fact, SaleCompleted):
        net_minor, absolute_minor = fact.perpetual.net.minor, fact.perpetual.absolute.minor
    else:
        first = first_counters(fact)
        net_minor, absolute_minor = first.perpetual_net_minor, first.perpetual_absolute_minor
    return LastTotals(seq=stored.seq, net_minor=net_minor, absolute_minor=absolute_minor)
