"""Which journal is whose, in the database."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, case, select, text, update

from sync.hub.store.behind import READING_LOCK
from sync.hub.store.database import wait_for_lock
from sync.hub.store.journals import lock_of
from sync.hub.store.tables import entry, journal, till
from sync.hub.store.upserting import alone_with_meaning, insert_into


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A till calls a journal its own."""

    journal_id: str
    till_id: str
    mode: str
    key: bytes | None = None  # the journal's, if the till proved that it has it


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a journal's owner."""

    number: int
    till_id: str | None
    key: bytes | None  # as the owner proved
    opening: bytes | None  # body of entry 1
    is_owner_revoked: bool


def known_of(connection: Connection, journal_id: str) -> Known | None:
    """Return what is known of a journal's owner; None if nobody ever spoke of the journal."""
    row = connection.execute(
        select(journal.c.number, journal.c.till_id, journal.c.public_key, till.c.revoked_at)
        .outerjoin(till, till.c.till_id == journal.c.till_id)
        .where(journal.c.journal_id == journal_id)
    ).one_or_none()
    if row is None:
        return None
    return Known(
        number=row.number,
        till_id=row.till_id,
        key=row.public_key and bytes(row.public_key),
        opening=connection.scalar(
            select(entry.c.body).where(entry.c.journal == row.number, entry.c.seq == 1)
        ),
        is_owner_revoked=row.revoked_at is not None,
    )


def begin(connection: Connection, journal_id: str) -> None:
    """Speak of a journal, alone until the transaction ends with those who do or bring entry 1."""
    if connection.dialect.name == "postgresql":
        wait_for_lock(connection, lock_of(journal_id))
    statement = insert_into(connection, journal).values(journal_id=journal_id)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["journal_id"]))


def stop_interpreting(connection: Connection, number: int) -> None:
    """Wait until nobody interprets a journal, and keep others from it until the end."""
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:task, :number)")
        connection.execute(lock, {"task": READING_LOCK, "number": number % 2**31})
        alone_with_meaning(connection)


def keep(connection: Connection, claim: Claim, known: Known) -> bool:
    """Make a till a journal's owner; False if the journal was begun meanwhile, so look again."""
    is_as_known = journal.c.end_seq > 0 if known.opening else journal.c.end_seq == 0
    says = journal.c.mode if known.opening else claim.mode
    values = {
        "till_id": claim.till_id,
        "mode": case((journal.c.mode == "", claim.mode), else_=says),
    }
    if claim.key is not None:
        values["public_key"] = claim.key
    changed = connection.execute(
        update(journal).where(journal.c.journal_id == claim.journal_id, is_as_known).values(values)
    )
    return bool(changed.rowcount)
