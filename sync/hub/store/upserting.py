"""What SQLAlchemy spells differently for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import postgresql, sqlite

from sync.hub.store.inserting import insert_many

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


def put(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, int | str | bytes]]
) -> None:
    """Insert rows, or replace what has their primary key; all name the same columns."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    columns = tuple(rows[0])
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    otherwise = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
    # One statement may not touch a row twice, says PostgreSQL: the last one counts.
    newest = {tuple(row[key] for key in keys): tuple(row.values()) for row in rows}
    insert_many(connection, table, columns, list(newest.values()), otherwise)


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
