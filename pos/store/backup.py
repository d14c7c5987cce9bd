"""Copies of a database, made by SQLite itself while the database is in use."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils.utils import sqlite3

from pos.disk import sync_folder
from pos.store.database import open_database, sorted_errors


def keep_copy(path: Path, *, before: str) -> Path:
    """Copy a database into `backups/` beside it, durably, and return the copy.

    The copy is one whole file under its own name or it is not there; an earlier copy stays.

    Args:
        path: the database; others may be reading and writing it.
        before: what is about to be done to it, for the copy's name.

    Raises:
        StorageUnavailable: the disk is full or read-only.
        StorageDamaged: the database cannot be read.
    """
    folder = path.parent / "backups"
    copy, attempt = folder / f"{path.stem}-before-{before}.db", 1
    while copy.exists():
        copy, attempt = folder / f"{path.stem}-before-{before}-{attempt}.db", attempt + 1
    unfinished = copy.with_suffix(".part")
    with sorted_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        source = open_database(path, read_only=True)
        target = sqlite3.connect(unfinished)
        try:
            source.conn.backup(target)
            # One file without a log beside it, so that one rename makes it appear.
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            target.close()
            source.close()
        unfinished.replace(copy)
        sync_folder(folder)
    return copy
