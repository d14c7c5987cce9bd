"""Opening a hub's database, SQLite or PostgreSQL, and the one way to read and to write it."""

from __future__ import annotations

import importlib
import os
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    QueuePool,
    create_engine,
    event,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pos.disk import reason_of
from pos.errors import StorageDamaged, StorageUnavailable
from pos.ids import uuid7
from sync.hub.store.migrations import HubTooNew, migrate
from sync.hub.store.tables import feed_head

__all__ = [  # also what the rest of the hub needs to name: it does not know SQLAlchemy
    "Connection",
    "HubDatabase",
    "HubTooNew",
    "sorted_errors",
    "sqlite_module",
    "wait_for_lock",
]

BUSY_TIMEOUT_MS = 10_000
"""How long a SQLite hub waits for another process, such as an import beside it."""

LOCK_TIMEOUT_S = 30
"""How long anybody waits for a row or for a connection before it says that it cannot be had."""

PAGE_BYTES = 8192
"""Five entries of 1 500 bytes fit into one; the usual 4 096 bytes hold two."""

WAL_PAGES_MAX = 4_000  # a checkpoint every 32 MB: batch after batch goes to the log only
WAL_BYTES_KEPT = 64_000_000  # a log that grew while somebody read is cut back to this
CONNECTIONS_KEPT, CONNECTIONS_MAX = 8, 40

# Conditions of the machine, not mistakes of ours: https://sqlite.org/rescode.html
_CONDITIONS = {"BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "PERM", "PROTOCOL", "READONLY"}
_DAMAGE = {"CORRUPT", "NOTADB"}
_READ_ONLY = "25006"  # PostgreSQL: a standby that is not (yet) in charge
_MIGRATION_LOCK = 0x45434831


class HubDatabase:
    """One organisation's data.  Safe to use from several threads, and by several processes."""

    def __init__(self, url: URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(url.database or "") if self.is_sqlite else None
        if self.is_sqlite:
            self._writer = _sqlite(url, how="IMMEDIATE", connections=1)
            self._reader = _sqlite(url, how="DEFERRED", connections=CONNECTIONS_MAX)
        else:
            self._writer = _postgresql(url)
            # One pool for both; a read sees one moment, as it does on SQLite.
            self._reader = self._writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._alone: dict[str, threading.Lock] = {}
        self._alone_guard = threading.Lock()

    @classmethod
    def open(cls, url_or_path: str | Path) -> HubDatabase:
        """Open `postgresql://…`, or the path of a SQLite file, and bring it up to this version.

        Raises:
            StorageUnavailable: it cannot be reached, or not be written.
            StorageDamaged: the file is not a database, or not a whole one.
            HubTooNew: a newer version made it; it was left as it is.
        """
        database = cls(_url_of(url_or_path))
        try:
            database._bring_up()
        except BaseException:  # whatever it was, nobody else will close the connections
            database.close()
            raise
        return database

    def _bring_up(self) -> None:
        if self.path is not None:
            _make_private_file(self.path)
        with self.write() as connection:
            if not self.is_sqlite:
                wait_for_lock(connection, _MIGRATION_LOCK)
            migrate(connection)
            _begin_feed(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Keep all of the block's writes, durably, or none of them.

        SQLite takes the write lock at once and lets in one after the other; on PostgreSQL lock
        the rows that are read first (`with_for_update`).

        Raises:
            StorageUnavailable: disk full, connection lost, locked for too long; nothing was kept.
            StorageDamaged: the file is damaged.
        """
        with sorted_errors(self.path), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Let all reads of the block see one moment, while others go on writing.

        Raises:
            StorageUnavailable: it cannot be reached.
            StorageDamaged: the file is damaged.
        """
        with sorted_errors(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def alone(self, task: str) -> Iterator[None]:
        """Do a task that is dear in one place at a time, over all threads and processes.

        Others may read and write meanwhile.  (A SQLite hub is one process.)

        Raises:
            StorageUnavailable: as `write`.
        """
        with self._alone_guard:
            lock = self._alone.setdefault(task, threading.Lock())
        with lock:
            if self.is_sqlite:
                yield
                return
            with self.write() as connection:
                wait_for_lock(connection, zlib.crc32(task.encode()))
                yield

    def close(self) -> None:
        """Give all connections back that nobody is using."""
        self._reader.dispose()
        self._writer.dispose()


@contextmanager
def sorted_errors(path: Path | None) -> Iterator[None]:
    """Turn what the database says in the block into what it means to a person.

    Raises:
        StorageUnavailable: the disk is full or read-only, the connection lost, somebody in the way.
        StorageDamaged: the file is damaged.
    """
    try:
        yield
    except DBAPIError as error:
        if (meaning := _meaning(error, path)) is None:
            raise
        raise meaning from error
    except PoolTimeout as error:
        raise StorageUnavailable(reason="CONNECTIONS_BUSY") from error


def _meaning(error: DBAPIError, path: Path | None) -> StorageUnavailable | StorageDamaged | None:
    """Return what a database's error means to a person; None if it is a bug."""
    if path is None:
        state = getattr(error.orig, "sqlstate", None)
        if isinstance(error, OperationalError) or error.connection_invalidated:
            return StorageUnavailable(reason=state or type(error.orig).__name__)
        return StorageUnavailable(reason=_READ_ONLY) if state == _READ_ONLY else None
    name = getattr(error.orig, "sqlite_errorname", "")
    primary = name.partition("_")[2].partition("_")[0]
    if primary in _DAMAGE:
        return StorageDamaged(path=path, reason=name)
    return StorageUnavailable(reason=name) if primary in _CONDITIONS else None


def sqlite_module() -> Any:
    """Return the newest SQLite at hand: versions up to 3.51.2 can damage a WAL database."""
    try:
        module = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        module = importlib.import_module("sqlite3.dbapi2")
    # The driver asks of each `bytes` whether it can be adapted, and makes an exception of the no;
    # told that it is its own adapter, half of what inserting an entry costs is gone.
    module.register_adapter(bytes, bytes)
    return module


def _url_of(url_or_path: str | Path) -> URL:
    if isinstance(url_or_path, str) and "://" in url_or_path:
        url = make_url(url_or_path)
        assert url.get_backend_name() in {"postgresql", "postgres"}, "the command line checks it"
        return url.set(drivername="postgresql+psycopg")
    return URL.create("sqlite+pysqlite", database=str(Path(url_or_path).absolute()))


def _make_private_file(path: Path) -> None:
    """See to it that nobody else reads what people's passwords could be guessed from."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error


def _sqlite(url: URL, *, how: str, connections: int) -> Engine:
    module = sqlite_module()
    engine = create_engine(
        url,
        module=module,
        poolclass=QueuePool,
        pool_size=min(connections, CONNECTIONS_KEPT),
        max_overflow=max(0, connections - CONNECTIONS_KEPT),
        pool_timeout=LOCK_TIMEOUT_S,
        # The driver begins no transactions by itself; a connection goes from thread to thread.
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        # SQLite's own knows ASCII only, so that nobody would find "É" by "é".
        connection.create_function("lower", 1, _lower, deterministic=True)
        _use_write_ahead_log(connection, module)
        for setting in (
            "synchronous = FULL",
            "foreign_keys = ON",
            f"wal_autocheckpoint = {WAL_PAGES_MAX}",
            f"journal_size_limit = {WAL_BYTES_KEPT}",
            f"query_only = {'OFF' if how == 'IMMEDIATE' else 'ON'}",
        ):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # allowed: what `transaction()` is to a till, `write()` is to a hub
        connection.exec_driver_sql(f"BEGIN {how}")  # allowed: the one place in the hub

    return engine


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _use_write_ahead_log(connection: Any, module: Any) -> None:
    """Switch the file to WAL; of several that do so at once, all but one are told BUSY at once."""
    for attempt in range(200):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except module.OperationalError as error:
            if attempt == 199 or error.sqlite_errorname != "SQLITE_BUSY":
                raise
            time.sleep(0.01)  # the busy timeout does not hold for this; the others need less
        else:
            return


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=CONNECTIONS_KEPT,
        max_overflow=CONNECTIONS_MAX - CONNECTIONS_KEPT,
        pool_timeout=LOCK_TIMEOUT_S,
        connect_args={"connect_timeout": 10, "application_name": "echoppe-hub"},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'")
        connection.commit()

    return engine


def wait_for_lock(connection: Connection, lock: int) -> None:
    """Hold an advisory lock of PostgreSQL until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def _begin_feed(connection: Connection) -> None:
    """Give the feed its identity, once, and again to a database that came out of a backup."""
    feed_id = connection.scalar(select(feed_head.c.feed_id))
    if feed_id is None:
        connection.execute(insert(feed_head).values(only=1, feed_id=uuid7()))
    elif not feed_id:
        connection.execute(update(feed_head).values(feed_id=uuid7()))
