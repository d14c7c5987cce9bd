"""What SQLAlchemy spells differently for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import postgresql, sqlite

CHUNK = 500
"""How many values one statement is given: SQLite takes 32 766, and long ones are slow to read."""

_MEANING_LOCK = 0x4543484D
"""PostgreSQL's number for what follows from the journals: one at a time makes sums of them."""

ValueT = TypeVar("ValueT")


def insert_into(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that may say what to do ON CONFLICT."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def put(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows that name all columns of the primary key, or replace what they name."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = insert_into(connection, table)
    others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=others)
        if others
        else statement.on_conflict_do_nothing(index_elements=keys),
        rows,
    )


def chunks(values: Collection[ValueT]) -> Iterator[list[ValueT]]:
    """Yield values in as many as one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def alone_with_meaning(connection: Connection) -> None:
    """Wait until no other process changes levels and incidents, and keep them out until the end.

    A sum over several tills is only right if nobody adds to it unseen.  SQLite has one writer.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MEANING_LOCK})
