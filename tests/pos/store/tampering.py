"""Somebody with SQLite and the data folder, but without the till's key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils.utils import sqlite3

from pos.codec import decode_body, digest_of
from pos.commands import CorrectTender, FinishImport, IssueReceipt
from pos.folders import Folders
from tests.builders import (
    ZOE,
    a_cash_sale,
    a_product,
    a_sale,
    a_size,
    a_till,
    euros,
    fill,
    folders_in,
    on_sale,
)
from tests.feed_items import joining


def a_till_that_sold(tmp_path: Path, *, joins_hub: bool = False) -> Folders:
    """Leave a closed till with an entry of every kind that selling makes."""
    till = a_till(tmp_path)
    shirt = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    fill(till, shirt, a_product("poster", a_size("", handle="poster", price=1290)), stock=5)
    changed = FinishImport(source="été.csv", sha256="ab" * 32, products=2, variants=3, operator=ZOE)
    till.execute(changed)
    first = till.execute(a_cash_sale(tendered=5000))
    till.execute(
        a_sale((on_sale(till, "4006381333931"), 6), tenders=[("card", 10000), ("cash", 5000)])
    )
    till.execute(IssueReceipt(sale_id=first.sale_id, channel="print", operator=ZOE))
    till.execute(
        CorrectTender(
            correction_id="c1",
            sale_id=first.sale_id,
            from_method="cash",
            to_method="card",
            amount=euros(2500),
            reason="pressed the wrong key",
            operator=ZOE,
        )
    )
    if joins_hub:
        till.execute(joining())
    till.execute(a_cash_sale(1000))
    till.close()
    return folders_in(tmp_path)


def copy_of(folders: Folders, place: Path) -> Folders:
    """Copy both folders of a till that nobody has open."""
    shutil.copytree(folders.data, place / "data")
    shutil.copytree(folders.config, place / "config")
    return Folders(data=place / "data", config=place / "config")


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database with all that protects it taken off."""
    db = sqlite3.connect(path)
    try:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA foreign_keys = OFF")
        yield db
        db.commit()
    finally:
        db.close()


def rows_of(path: Path) -> list[tuple[int, bytes, bytes, bytes]]:
    """Return the journal's rows as they are stored."""
    with raw(path) as db:
        return db.execute(
            "SELECT seq, body, digest, signature FROM journal ORDER BY seq"
        ).fetchall()


def rewritten(body: bytes, **fields: Any) -> bytes:
    """Return a body with other fields, encoded as the till does."""
    encoded: bytes = msgspec.json.encode(msgspec.structs.replace(decode_body(body), **fields))
    return encoded


def hash_again(path: Path, start: int) -> None:
    """Give all entries from a number on digests and links that fit; nobody can sign them."""
    with raw(path) as db:
        rows = db.execute("SELECT seq, body FROM journal WHERE seq >= ? ORDER BY seq", [start])
        follows = db.execute("SELECT hex(digest) FROM journal WHERE seq = ?", [start - 1])
        digest = follows.fetchone()[0].lower()
        for seq, old in rows.fetchall():
            body = rewritten(old, seq=seq, follows=digest)
            digest = digest_of(body)
            db.execute(
                "UPDATE journal SET body = ?, digest = ? WHERE seq = ?",
                [body, bytes.fromhex(digest), seq],
            )
