"""Opening a till's database, and the one way to write to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.disk import reason_of
from pos.errors import StorageDamaged, StorageUnavailable

# Conditions of the machine, not mistakes of ours: https://sqlite.org/rescode.html
_CONDITIONS = {"BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "PERM", "PROTOCOL", "READONLY"}
_DAMAGE = {"CORRUPT", "NOTADB"}

BUSY_TIMEOUT_MS = 5_000
WAL_PAGES_MAX = 1_000  # SQLite's own default: a checkpoint every 4 MB
WAL_BYTES_KEPT = 16_000_000  # a log that grew while somebody read is cut back to this


def open_database(path: Path, *, read_only: bool = False) -> Database:
    """Open a till's database file with the settings that durability rests on.

    A file of length zero is damage, not a new database: SQLite would fill it with a new one.

    Raises:
        StorageUnavailable: the file cannot be opened now.
        StorageDamaged: it is not a database, or not a whole one; it was left as it is.
    """
    with sorted_errors(path):
        if path.exists() and path.stat().st_size == 0:
            raise StorageDamaged(path=path, reason="empty")
        if read_only:
            db = _connect_to_read(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            db = _plain(sqlite3.connect(path, isolation_level=None))
        try:
            _set_up(db, read_only=read_only)
        except BaseException:  # whatever it was, nobody else will close the file
            db.close()
            raise
    return db


def _plain(connection: sqlite3.Connection) -> Database:
    """Return a database without plugins: nobody else's code runs on a till's connection.

    Looking for plugins also reads the metadata of all that is installed, a tenth of a second.
    """
    return Database(connection, execute_plugins=False)


def _connect_to_read(path: Path) -> Database:
    """Open a file that may be in use, or lie on a disk that cannot be written at all."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        db = _plain(sqlite3.connect(uri, uri=True, isolation_level=None))
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # A write-ahead log wants a file beside it. Where nobody can write, nobody does either.
        if not path.exists() or os.access(path.parent, os.W_OK):
            raise
        db = _plain(sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None))
    return db


def _set_up(db: Database, *, read_only: bool) -> None:
    if not read_only:
        db.execute("PRAGMA journal_mode = WAL").fetchone()
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "recursive_triggers = ON",
        f"wal_autocheckpoint = {WAL_PAGES_MAX}",
        f"journal_size_limit = {WAL_BYTES_KEPT}",
    ):
        db.execute(f"PRAGMA {setting}").fetchone()
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()


@contextmanager
def sorted_errors(path: Path | None = None) -> Iterator[None]:
    """Turn what SQLite and the system say in the block into what it means to a person.

    Raises:
        StorageUnavailable: the disk is full, read-only or the file is locked.
        StorageDamaged: the file is damaged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (meaning := sorted_error(error, path)) is error:
            raise
        raise meaning from error
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


@contextmanager
def snapshot(db: Database) -> Iterator[None]:
    """Let all reads of the block see one moment, while others go on writing."""
    db.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        if db.conn.in_transaction:  # damage may have ended it
            db.execute("ROLLBACK")


def sorted_error(error: Exception, path: Path | None = None) -> Exception:
    """Return what a SQLite error means to a person, or the error itself if it is a bug."""
    name = getattr(error, "sqlite_errorname", "")
    primary = name.partition("_")[2].partition("_")[0]
    if primary in _DAMAGE:
        return StorageDamaged(path=path or Path(), reason=name)
    if primary in _CONDITIONS:
        return StorageUnavailable(reason=name)
    return error


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Keep all of the block's writes, or none of them.

    IMMEDIATE takes the write lock now. A deferred transaction that reads first and
    writes later fails with BUSY_SNAPSHOT the moment anyone else has written, and no
    busy timeout saves it.

    Raises:
        StorageUnavailable: the disk is full, read-only or the file is locked.
        StorageDamaged: the file is damaged.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:  # a bug or Ctrl+C too must not leave half of the block's writes
            if db.conn.in_transaction:  # a full disk may have rolled back by itself
                db.execute("ROLLBACK")
            raise
    except sqlite3.DatabaseError as error:
        if (meaning := sorted_error(error, _path_of(db))) is error:
            raise
        raise meaning from error


def _path_of(db: Database) -> Path:
    row = db.execute("PRAGMA database_list").fetchone()
    return Path(row[2])


def sqlite_version() -> str:
    """Return the version of SQLite in use."""
    return str(sqlite3.sqlite_version)
