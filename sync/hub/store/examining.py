"""Reading all that tills wrote, once more."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, select

from sync.hub.ingest import Row
from sync.hub.store.tables import entry, journal, quarantine


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A journal, as far as the hub has it."""

    number: int
    journal_id: str
    end_seq: int
    end_digest: str  # hex; "" if nothing of it is there


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in quarantine, as far as it can be checked."""

    seq: int
    body: bytes
    digest: str  # hex


def all_journals(connection: Connection) -> list[Kept]:
    """Return the journals, the first to come first."""
    return [
        Kept(
            number=row.number,
            journal_id=row.journal_id,
            end_seq=row.end_seq,
            end_digest=row.end_digest.hex() if row.end_digest else "",
        )
        for row in connection.execute(select(journal).order_by(journal.c.number))
    ]


def entries_of(connection: Connection, number: int, up_to: int) -> Iterator[Row]:
    """Yield the entries of a journal in order, up to one."""
    rows = connection.execution_options(yield_per=1_000).execute(
        select(entry).where(entry.c.journal == number).order_by(entry.c.seq)
    )
    for row in rows:
        if row.seq > up_to:
            return  # it came since the list was made
        yield Row(
            seq=row.seq,
            body=bytes(row.body),
            digest=bytes(row.digest).hex(),
            signature=bytes(row.signature),
            kind=row.kind,
            problem=row.problem,
        )


def aside_of(connection: Connection, number: int) -> Iterator[Aside]:
    """Yield the entries of a journal that are in quarantine."""
    rows = connection.execution_options(yield_per=1_000).execute(
        select(quarantine.c.seq, quarantine.c.body, quarantine.c.digest)
        .where(quarantine.c.journal == number)
        .order_by(quarantine.c.number)
    )
    for row in rows:
        yield Aside(seq=row.seq, body=bytes(row.body), digest=bytes(row.digest).hex())


def count_aside(connection: Connection) -> int:
    """Return how many entries are in quarantine."""
    return connection.scalar(select(func.count()).select_from(quarantine)) or 0


def count_entries(connection: Connection) -> tuple[int, int]:
    """Return how many journals there are, and how many entries in them."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(journal.c.end_seq), 0)).select_from(journal)
    ).one()
    return int(row[0]), int(row[1])
