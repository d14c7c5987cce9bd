"""Keeping what a hub told: how far it was heard, who and what it named, others' stock.

Nothing of this follows from the journal: a till that lost it asks the hub for all of it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from pos.domain.feed import StaffListed, StandListed, StockOfTill, TillListed
from pos.domain.feed_place import PlaceInFeed, TillHeard
from pos.ids import ProductId, VariantId

FEED_TABLES = ("from_feed", "other_stock", "stand_name", "till_name")
"""What goes on into another journal; not how far the till had come, so that it takes all anew."""

_OWN = "own/"
"""Before a name of this till's own, where others have the id of their till."""

_UNNAMED_PRODUCT = """
    SELECT product_id FROM product WHERE on_sale = 1 AND NOT EXISTS (
        SELECT 1 FROM from_feed
        WHERE kind = 'product' AND key = product_id AND generation = ?1) LIMIT ?2
"""
_NAMED_BEFORE = "SELECT key FROM from_feed WHERE kind = ?3 AND generation <> ?1 LIMIT ?2"


class FeedStore:
    """What came down from a hub, inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._generation = -1  # not read yet

    def place(self) -> PlaceInFeed:
        """Return how far the till has come."""
        row = self._one("SELECT feed_id, position, is_in_snapshot FROM feed_place")
        if row is None:
            return PlaceInFeed()
        return PlaceInFeed(feed_id=row[0], position=row[1], is_in_snapshot=bool(row[2]))

    def begin_snapshot(self, feed_id: str, position: int) -> None:
        """Begin a snapshot: of what was named before it, nothing counts as named."""
        self._generation = self._last_generation() + 1
        self._db.execute(
            "INSERT OR REPLACE INTO feed_place VALUES (1, ?, ?, 1, ?)",
            [feed_id, position, self._generation],
        )

    def go_on(self, position: int) -> None:
        """Move on in the feed."""
        self._db.execute("UPDATE feed_place SET position = ?", [position])

    def end_snapshot(self) -> None:
        """Go on with the feed from the snapshot's position."""
        self._db.execute("UPDATE feed_place SET is_in_snapshot = 0")

    def name_product(self, product_id: ProductId) -> None:
        """Note that the feed named a product."""
        self._name("product", product_id)

    def keep_staff(self, item: StaffListed) -> bool:
        """Add, update or erase somebody who works here."""
        if not item.is_active:
            return self._erase(item.code)
        self._name("staff", item.code)
        return self._changes(
            "INSERT INTO staff (code, name, role, pin_hash) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT (code) DO UPDATE SET name = ?2, role = ?3, pin_hash = ?4"
            " WHERE (name, role, pin_hash) <> (?2, ?3, ?4)",
            item.code,
            item.name,
            item.role,
            item.pin_hash,
        )

    def keep_stand(self, item: StandListed) -> bool:
        """Add or update a stand."""
        self._name("stand", item.stand)
        return self._changes(
            "INSERT INTO stand_name VALUES (?1, ?2, ?3) ON CONFLICT (stand)"
            " DO UPDATE SET name = ?2, is_active = ?3 WHERE (name, is_active) <> (?2, ?3)",
            item.stand,
            item.name,
            int(item.is_active),
        )

    def keep_till(self, item: TillListed) -> bool:
        """Add or update a till."""
        self._name("till", item.till_id)
        return self._changes(
            "INSERT INTO till_name VALUES (?1, ?2, ?3, ?4, '') ON CONFLICT (till_id)"
            " DO UPDATE SET till = ?2, stand = ?3, is_active = ?4"
            " WHERE (till, stand, is_active) <> (?2, ?3, ?4)",
            item.till_id,
            item.till,
            item.stand,
            int(item.is_active),
        )

    def keep_stock(self, item: StockOfTill) -> bool:
        """Keep what another till has moved, and what that makes of its stand's level."""
        before = self._one(
            "SELECT pieces, at, generation FROM other_stock"
            " WHERE variant_id = ? AND stand = ? AND till_id = ?",
            item.variant_id,
            item.stand,
            item.till_id,
        )
        if before == (item.pieces, item.at, self._now()):
            return False
        self._db.execute(
            "INSERT OR REPLACE INTO other_stock VALUES (?, ?, ?, ?, ?, ?)",
            [item.variant_id, item.stand, item.till_id, item.pieces, item.at, self._now()],
        )
        if before is not None and before[:2] == (item.pieces, item.at):
            return False
        self._add_up(item.variant_id, item.stand)
        return True

    def count_own(self, stand: str, names: Mapping[VariantId, VariantId | None]) -> int:
        """Keep what this till has under its own names beside what others have of the hub's."""
        rows = self._db.execute(
            "SELECT till_id, variant_id FROM other_stock WHERE stand = ? AND till_id GLOB ?",
            [stand, _OWN + "*"],
        )
        before = dict(rows.fetchall())
        changed = 0
        for own, ours in names.items():
            till_id = _OWN + own
            was = before.get(till_id)
            if was not in (None, ours):
                self._drop_stock(was, stand, till_id)
                changed += 1
            if ours is not None:
                row = self._one(
                    "SELECT on_hand FROM stock_level WHERE stand = ? AND variant_id = ?", stand, own
                )
                pieces = row[0] if row is not None else 0
                item = StockOfTill(
                    till_id=till_id, stand=stand, variant_id=ours, pieces=pieces, at=""
                )
                changed += self.keep_stock(item)
        return changed

    def keep_heard(self, heard: TillHeard) -> None:
        """Keep when the hub last heard of a till."""
        self._db.execute(
            "UPDATE till_name SET seen_at = ?1 WHERE till_id = ?2 AND seen_at < ?1",
            [heard.seen_at, heard.till_id],
        )

    def forget_unnamed(self, limit: int) -> int:
        """Let go of what the snapshot did not name, at most so many; return how many it was."""
        left = limit
        for forget in (self._take_off_sale, self._forget_people, self._forget_stock):
            left -= forget(left)
        if left:
            self._forget_names()
        return limit - left

    def erase_own_staff(self) -> int:
        """Erase who works here by the till's own word, if the feed names a manager."""
        named = "SELECT key FROM from_feed WHERE kind = 'staff'"
        if not self._one(f"SELECT 1 FROM staff WHERE role = 'manager' AND code IN ({named})"):  # noqa: S608 -- our own words
            return 0
        erased = self._db.execute(f"DELETE FROM staff WHERE code NOT IN ({named})")  # noqa: S608 -- our own words
        return int(erased.rowcount)

    def on_sale(self) -> tuple[int, int]:
        """Return how many products and variants are on sale."""
        row = self._one(
            "SELECT (SELECT count(*) FROM product WHERE on_sale = 1),"
            " (SELECT count(*) FROM product JOIN variant USING (product_id)"
            "  WHERE on_sale = 1 AND listed = 1)"
        )
        assert row is not None
        return int(row[0]), int(row[1])

    def _take_off_sale(self, limit: int) -> int:
        self._db.execute(
            f"UPDATE product SET on_sale = 0 WHERE product_id IN ({_UNNAMED_PRODUCT})",  # noqa: S608 -- our own words
            [self._now(), limit],
        )
        return self._rows_touched()

    def _forget_people(self, limit: int) -> int:
        rows = self._db.execute(_NAMED_BEFORE, [self._now(), limit, "staff"]).fetchall()
        for (code,) in rows:
            self._erase(code)
        return len(rows)

    def _forget_stock(self, limit: int) -> int:
        rows = self._db.execute(
            "SELECT variant_id, stand, till_id FROM other_stock WHERE generation <> ? LIMIT ?",
            [self._now(), limit],
        ).fetchall()
        for key in rows:
            self._drop_stock(*key)
        return len(rows)

    def _drop_stock(self, variant_id: str, stand: str, till_id: str) -> None:
        self._db.execute(
            "DELETE FROM other_stock WHERE variant_id = ? AND stand = ? AND till_id = ?",
            [variant_id, stand, till_id],
        )
        self._db.execute(
            "DELETE FROM other_level WHERE variant_id = ? AND stand = ?", [variant_id, stand]
        )
        self._add_up(variant_id, stand)

    def _forget_names(self) -> None:
        """Let go of stands, tills and notes of old; there are few of the former."""
        for kind, table, column in (
            ("stand", "stand_name", "stand"),
            ("till", "till_name", "till_id"),
        ):
            self._db.execute(
                f"DELETE FROM {table} WHERE {column} NOT IN"  # noqa: S608 -- our own words
                " (SELECT key FROM from_feed WHERE kind = ? AND generation = ?)",
                [kind, self._now()],
            )
        self._db.execute("DELETE FROM from_feed WHERE generation <> ?", [self._now()])

    def _erase(self, code: str) -> bool:
        self._db.execute("DELETE FROM from_feed WHERE kind = 'staff' AND key = ?", [code])
        return self._changes("DELETE FROM staff WHERE code = ?", code)

    def _name(self, kind: str, key: str) -> None:
        self._db.execute(
            "INSERT INTO from_feed VALUES (?1, ?2, ?3) ON CONFLICT (kind, key)"
            " DO UPDATE SET generation = ?3 WHERE generation <> ?3",
            [kind, key, self._now()],
        )

    def _add_up(self, variant_id: str, stand: str) -> None:
        """Make a stand's level of a variant anew from what each till there moved."""
        self._db.execute(
            "INSERT OR REPLACE INTO other_level SELECT variant_id, stand, sum(pieces), max(at)"
            " FROM other_stock WHERE variant_id = ? AND stand = ? GROUP BY variant_id, stand",
            [variant_id, stand],
        )

    def _now(self) -> int:
        """Return what marks that the snapshot in progress named a thing, or a page behind it."""
        if self._generation < 0:
            row = self._one("SELECT generation FROM feed_place")
            self._generation = row[0] if row else 0
        return self._generation

    def _last_generation(self) -> int:
        """Return the highest mark so far; the place itself may not have come along."""
        row = self._one(
            "SELECT coalesce((SELECT generation FROM feed_place),"
            " (SELECT max(generation) FROM (SELECT generation FROM from_feed"
            "  UNION ALL SELECT generation FROM other_stock)), 0)"
        )
        assert row is not None
        return int(row[0])

    def _changes(self, sql: str, *values: object) -> bool:
        self._db.execute(sql, list(values))
        return self._rows_touched() > 0

    def _rows_touched(self) -> int:
        row = self._one("SELECT changes()")
        assert row is not None
        return int(row[0])

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, list(values)).fetchone()
        return row


def add_up_levels(db: Database) -> None:
    """Make all levels of other tills' stock anew, inside the caller's transaction."""
    db.execute("DELETE FROM other_level")
    db.execute(
        "INSERT INTO other_level SELECT variant_id, stand, sum(pieces), max(at)"
        " FROM other_stock GROUP BY variant_id, stand"
    )
