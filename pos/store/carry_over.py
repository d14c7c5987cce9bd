"""What a new journal takes along from an old file: catalogue, staff, basket; stock as a fact.

The old file may be damaged: whatever can be read comes along, and the answer says if that is all.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.domain.catalogue import OpeningStock
from pos.errors import StorageDamaged, StorageUnavailable
from pos.store.database import open_database, transaction

_TABLES = ("product", "variant", "barcode", "product_search", "staff", "saved_basket")


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What came along."""

    rows: int = 0
    is_complete: bool = True


def carry_over(source: Path, target: Database) -> CarriedOver:
    """Copy the catalogue and the work in progress; stop at what cannot be read."""
    try:
        old = open_database(source, read_only=True)
    except (StorageDamaged, StorageUnavailable):
        return CarriedOver(is_complete=False)
    copied, is_complete = 0, True
    with transaction(target):
        for table in _TABLES:
            try:
                copied += _copy(table, old, target)
            except sqlite3.DatabaseError:  # damaged from here on
                is_complete = False
    old.close()
    return CarriedOver(rows=copied, is_complete=is_complete)


def _copy(table: str, old: Database, target: Database) -> int:
    named = "rowid, words" if table == "product_search" else "*"
    copied = 0
    for row in old.execute(f"SELECT {named} FROM {table}"):  # noqa: S608 -- our own table names
        places = ", ".join("?" for _ in row)
        columns = f" ({named})" if table == "product_search" else ""
        # A variant whose product could not be read has no place to go.
        target.execute(
            f"INSERT OR IGNORE INTO {table}{columns} VALUES ({places})",  # noqa: S608 -- as above
            list(row),
        )
        copied += 1
    return copied


def read_stock(source: Path) -> list[OpeningStock]:
    """Return the levels of an old file as far as they can be read."""
    stock: list[OpeningStock] = []
    try:
        old = open_database(source, read_only=True)
        for variant_id, on_hand in old.execute(
            "SELECT variant_id, sum(on_hand) FROM stock_level GROUP BY variant_id"
        ):
            if on_hand:
                stock.append(OpeningStock(variant_id, on_hand))
        old.close()
    except (sqlite3.DatabaseError, StorageDamaged, StorageUnavailable):
        return stock
    return stock
