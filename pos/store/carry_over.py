"""What a new journal takes along from an old file: catalogue, staff, basket; stock as a fact.

The old file may be damaged: whatever can be read comes along, and the answer says if that is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.domain.catalogue import OpeningStock
from pos.errors import StorageDamaged, StorageUnavailable
from pos.ids import VariantId
from pos.store.database import open_database, transaction
from pos.store.feed import FEED_TABLES, add_up_levels

CATALOGUE_TABLES = ("product", "variant", "barcode", "product_search")
STAFF = ("staff",)
WORK = (*STAFF, "saved_basket")


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What came along."""

    rows: int = 0
    is_complete: bool = True


def carry_over(source: Path, target: Database, tables: tuple[str, ...]) -> CarriedOver:
    """Copy these tables, as far as they can be read.

    Raises:
        StorageUnavailable: the new file cannot be written.
    """
    try:
        old = open_database(source, read_only=True)
    except (StorageDamaged, StorageUnavailable):
        return CarriedOver(is_complete=False)
    copied, is_complete = 0, True
    try:
        with transaction(target):
            for table in tables:
                if table in FEED_TABLES and _is_older(old):
                    continue
                columns = _columns(table, target)
                reading = _Reading(old, f"SELECT {columns} FROM {table}")  # noqa: S608 -- our own names
                for row in reading:
                    is_kept = _keep(target, table, columns, row)
                    copied, is_complete = copied + is_kept, is_complete and is_kept
                is_complete = is_complete and reading.is_complete
            add_up_levels(target)
    finally:
        old.close()
    return CarriedOver(rows=copied, is_complete=is_complete)


def _is_older(old: Database) -> bool:
    """Say whether a file is of a version that knew no hub: nothing of one is missing in it."""
    try:
        return not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'from_feed'").fetchone()
    except sqlite3.DatabaseError:
        return False


def read_stock(source: Path) -> list[OpeningStock]:
    """Return the levels of an old file as far as they can be read."""
    try:
        old = open_database(source, read_only=True)
    except (StorageDamaged, StorageUnavailable):
        return []
    reading = _Reading(old, "SELECT stand, variant_id, on_hand FROM stock_level")
    by_stand = {(stand, variant_id): on_hand for stand, variant_id, on_hand in reading}
    old.close()
    levels: dict[VariantId, int] = {}
    for (_stand, variant_id), on_hand in by_stand.items():
        levels[variant_id] = levels.get(variant_id, 0) + on_hand
    return [OpeningStock(variant_id, level) for variant_id, level in levels.items() if level]


class _Reading:
    """The rows of a query on a file that may be damaged: as many as can be read.

    Where damage stops it, it begins again from the other end; a row may come twice.
    """

    def __init__(self, db: Database, query: str) -> None:
        self._db = db
        self._query = query
        self.is_complete = True

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        yield from self._rows(self._query)
        if not self.is_complete:
            yield from self._rows(f"{self._query} ORDER BY 1 DESC")

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        try:
            rows = iter(self._db.execute(query))
        except sqlite3.DatabaseError:  # also: no such table
            self.is_complete = False
            return
        while True:
            try:
                row = next(rows, None)
            except sqlite3.DatabaseError:  # damaged from here on
                self.is_complete = False
                return
            if row is None:
                return
            yield row


def _columns(table: str, target: Database) -> str:
    names = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    return ", ".join(["rowid", *names] if table == "product_search" else names)


def _keep(target: Database, table: str, columns: str, row: tuple[Any, ...]) -> bool:
    """Write a row if it is not there yet; say whether it has a place to go."""
    places = ", ".join("?" for _ in row)
    statement = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 -- our own names
    try:
        target.execute(statement, list(row))
    except sqlite3.IntegrityError:  # a variant whose product could not be read
        return False
    return True
