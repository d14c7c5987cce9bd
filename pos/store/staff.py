"""Who works with a till: names and PINs, outside the journal, so that they can be erased."""

from __future__ import annotations

from pathlib import Path

from pos.store.database import open_database, transaction


def has_staff(path: Path) -> bool:
    """Say whether anybody works with the till in this file.

    Raises:
        StorageUnavailable: the file cannot be opened now.
        StorageDamaged: it cannot be read.
    """
    db = open_database(path)
    try:
        with transaction(db):
            return db.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None
    finally:
        db.close()


def add_first_manager(path: Path, *, code: str, name: str, pin_hash: str) -> None:
    """Let somebody be the till's manager; a basket that came along from training is gone.

    Args:
        path: the till's database, which nobody else has open.
        code: what the journal knows them by.
        name: what the screens show; never in the journal (fiscal.md R34).
        pin_hash: see `pos.pins`; "" for nobody's PIN.

    Raises:
        StorageUnavailable: the disk says no; nothing has changed.
    """
    db = open_database(path)
    try:
        with transaction(db):
            db.execute(
                "INSERT INTO staff (code, name, role, pin_hash) VALUES (?, ?, 'manager', ?)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name, role = excluded.role,"
                " pin_hash = excluded.pin_hash",
                [code, name, pin_hash],
            )
            db.execute("DELETE FROM saved_basket")
    finally:
        db.close()
