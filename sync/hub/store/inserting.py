"""Putting many rows in, by the shortest way that each database has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Dialect, Table

from pos.errors import StorageUnavailable

if TYPE_CHECKING:
    import psycopg

_ROWS_AT_ONCE = 200

Values = tuple[int | str | bytes, ...]


def insert_many(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[Values],
    otherwise: str = "",
) -> None:
    """Insert rows, each with a value for every one of these columns.

    Args:
        otherwise: what is to be done with a row that is there already: ON CONFLICT …

    Raises:
        StorageUnavailable: as `HubDatabase.write`.
    """
    if connection.dialect.name == "sqlite":
        for first in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[first : first + _ROWS_AT_ONCE]
            statement = _one_statement(table.name, columns, len(some), otherwise)
            connection.exec_driver_sql(statement, tuple(chain.from_iterable(some)))
    elif otherwise and rows:
        arrays = tuple(list(values) for values in zip(*rows, strict=True))
        types = _types(connection.dialect, table, columns)
        statement = _from_arrays(table.name, columns, types, otherwise)
        connection.exec_driver_sql(statement, arrays)
    elif rows:
        with _copying(connection, f"{table.name} ({', '.join(columns)})") as copy:
            copy.set_types(_types(connection.dialect, table, columns))
            for row in rows:
                copy.write_row(row)


@cache
def _one_statement(name: str, columns: tuple[str, ...], count: int, otherwise: str) -> str:
    """Return one statement of SQLite for so many rows.

    Between two statements Python lets other threads run, and may wait long for its turn again.
    """
    row = f"({', '.join('?' * len(columns))})"
    rows = ", ".join([row] * count)
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES {rows} {otherwise}"  # noqa: S608 our own words


@cache
def _from_arrays(
    name: str, columns: tuple[str, ...], types: tuple[str, ...], otherwise: str
) -> str:
    """Return one statement of PostgreSQL that takes each column as an array."""
    arrays = ", ".join(f"%s::{one}[]" for one in types)
    return (
        f"INSERT INTO {name} ({', '.join(columns)})"  # noqa: S608 our own words
        f" SELECT * FROM unnest({arrays}) {otherwise}"
    )


@cache
def _types(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(table.c[one].type.compile(dialect=dialect).lower() for one in columns)


@contextmanager
def _copying(connection: Connection, into: str) -> Iterator[psycopg.Copy]:
    """Give PostgreSQL's fastest way to take rows, of which SQLAlchemy knows nothing."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN (FORMAT BINARY)") as copy:
            yield copy
    except psycopg.OperationalError as error:
        raise StorageUnavailable(reason=error.sqlstate or type(error).__name__) from error
