"""A copy of a SQLite hub as of one moment, while others read and write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sync.hub.store.database import HubDatabase, sqlite_module


def copy_to(database: HubDatabase, target: Path) -> None:
    """Write a copy that begins another feed when it is opened: what tills heard since is unknown.

    Raises:
        OSError: the disk says no.
    """
    assert database.path is not None, "PostgreSQL has its own backups"
    module = sqlite_module()
    try:
        _run(module.connect(database.path), "VACUUM INTO ?", (str(target),))
        _run(module.connect(target), "UPDATE feed_head SET feed_id = ''", ())
    except module.OperationalError as error:
        raise OSError(str(getattr(error, "sqlite_errorname", "")), str(target)) from error


def _run(connection: Any, statement: str, values: tuple[str, ...]) -> None:
    try:
        connection.execute(statement, values)
        connection.commit()
    finally:
        connection.close()
