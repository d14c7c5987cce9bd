"""A transaction on a till's database, as handlers see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from pos.domain.basket import Basket
from pos.domain.catalogue import Product, ProductsApplied
from pos.domain.counters import Counters, first_counters
from pos.domain.facts import (
    Enrolled,
    Fact,
    JournalEntry,
    JournalOpened,
    SaleCompleted,
    TenderCorrected,
)
from pos.domain.tender import Method, TakenSoFar, read_taken
from pos.ids import BasketId, OperatorCode, SaleId, ShiftId, VariantId, uuid7
from pos.money import Money
from pos.store.catalogue import CatalogueStore
from pos.store.derived import Derived
from pos.store.feed import FeedStore
from pos.store.journal import Journal, read_entry

_CURRENT = "current"
_TAKEN = "tenders"
_OWED = "owed"
_UNREAD = "unread"
_ENROLLED = Enrolled.__struct_fields__
UNNAMED = OperatorCode("till")
"""Who acts on a till that has no staff yet."""


class StoreWork:
    """One transaction; `recorded` is what it wrote, for those who want to know afterwards."""

    def __init__(
        self, db: Database, journal: Journal, opened: JournalOpened, now: datetime
    ) -> None:
        self._db = db
        self._journal = journal
        self._derived = Derived(db, opened.identity.stand)
        self._catalogue = CatalogueStore(db)
        self.feed = FeedStore(db)
        self.opened = opened
        self.now = now
        self.recorded: list[JournalEntry] = []

    def record(self, fact: Fact, actor: OperatorCode) -> None:
        """Write a fact at the journal's end, and what follows from it."""
        entry = self._journal.append(fact, actor)
        self._derived.apply(entry)
        self.recorded.append(entry)

    def enrolments(self) -> list[Enrolled]:
        """Return when this journal's till became a hub's, the last one last."""
        rows = self._db.execute(
            "SELECT organisation_id, organisation_name, till_id, serial, device_public_key"
            " FROM enrolled ORDER BY seq"
        )
        return [msgspec.convert(dict(zip(_ENROLLED, row, strict=True)), Enrolled) for row in rows]

    def sale(self, sale_id: SaleId) -> SaleCompleted | None:
        """Return a sale of this till."""
        row = self._one("SELECT seq FROM sale WHERE sale_id = ?", sale_id)
        if row is None:
            return None
        fact = read_entry(self._db, row[0])[0].fact
        assert isinstance(fact, SaleCompleted)
        return fact

    def counters(self) -> Counters:
        """Return the counters; before the first sale, where the journal began."""
        row = self._one(
            "SELECT number, perpetual_net_minor, perpetual_absolute_minor"
            " FROM sale ORDER BY number DESC LIMIT 1"
        )
        return msgspec.convert(row, Counters) if row else first_counters(self.opened)

    def shift_on(self, business_date: str) -> ShiftId | None:
        """Return the shift that is open for a business date."""
        row = self._one("SELECT shift_id FROM shift WHERE business_date = ?", business_date)
        return ShiftId(row[0]) if row else None

    def first_manager(self) -> OperatorCode:
        """Return the code of the first manager; of a till without staff, its own."""
        row = self._one("SELECT code FROM staff WHERE role = 'manager' ORDER BY rowid LIMIT 1")
        return OperatorCode(row[0]) if row else UNNAMED

    def on_hand(self, variant_id: VariantId) -> int:
        """Return how many pieces this stand has: by this till's records and by the feed's."""
        row = self._one(
            "SELECT coalesce((SELECT on_hand FROM stock_level"
            " WHERE stand = ?1 AND variant_id = ?2), 0)"
            " + coalesce((SELECT pieces FROM other_level"
            " WHERE stand = ?1 AND variant_id = ?2), 0)",
            self.opened.identity.stand,
            variant_id,
        )
        assert row is not None
        return int(row[0])

    def has_stock_history(self, variant_id: VariantId) -> bool:
        """Say whether anything ever moved of a variant on this stand."""
        return (
            self._one(
                "SELECT 1 FROM stock_level WHERE stand = ?1 AND variant_id = ?2"
                " UNION ALL SELECT 1 FROM other_level WHERE stand = ?1 AND variant_id = ?2",
                self.opened.identity.stand,
                variant_id,
            )
            is not None
        )

    def receipts_issued(self, sale_id: SaleId) -> int:
        """Return how many copies of a sale's receipt went out."""
        row = self._one("SELECT count(*) FROM receipt_issue WHERE sale_id = ?", sale_id)
        assert row is not None
        return int(row[0])

    def tendered(self, sale_id: SaleId, method: Method) -> Money:
        """Return what a sale brought in by one method, corrections and change included."""
        row = self._one(
            "SELECT coalesce(sum(amount_minor), 0) FROM sale_tender"
            " WHERE sale_id = ? AND method = ?",
            sale_id,
            method,
        )
        assert row is not None
        return Money(int(row[0]), self.opened.currency)

    def correction(self, correction_id: str) -> Fact | None:
        """Return a tender's correction that was recorded before.

        Corrections are few: they are found through the derived rows, then by their own id.
        """
        rows = self._db.execute("SELECT DISTINCT seq FROM sale_tender WHERE kind = 'correction'")
        for (seq,) in rows.fetchall():
            fact = read_entry(self._db, seq)[0].fact
            if isinstance(fact, TenderCorrected) and fact.correction_id == correction_id:
                return fact
        return None

    def save_basket(self, basket: Basket) -> None:
        """Keep the basket in progress; an empty one is forgotten."""
        if not basket.lines:
            self._db.execute("DELETE FROM saved_basket WHERE slot = ?", [_CURRENT])
            return
        self._db.execute(
            "INSERT OR REPLACE INTO saved_basket VALUES (?, ?, ?)",
            [_CURRENT, basket.basket_id, msgspec.json.encode(basket)],
        )

    def save_tenders(self, taken: TakenSoFar) -> None:
        """Keep what was taken for a basket; nothing taken is forgotten.

        What is owed has a slot for each basket, so that the next payment does not take its place;
        no more does it take that of another basket, or of a note that cannot be read.
        """
        self._set_unread_aside()
        owed = f"{_OWED} {taken.basket_id}"
        self._db.execute(
            "DELETE FROM saved_basket WHERE slot = ? OR slot = ? AND basket_id = ?",
            [owed, _TAKEN, taken.basket_id],
        )
        if not taken.is_any:
            return
        if not taken.is_owed:
            self._db.execute(
                "UPDATE OR REPLACE saved_basket SET slot = ? || ' ' || basket_id WHERE slot = ?",
                [_OWED, _TAKEN],
            )
        self._db.execute(
            "INSERT INTO saved_basket VALUES (?, ?, ?)",
            [owed if taken.is_owed else _TAKEN, taken.basket_id, msgspec.json.encode(taken)],
        )

    def forget_basket(self, basket_id: BasketId) -> None:
        """Forget the basket in progress if it is this one, and what was taken for it."""
        self._set_unread_aside()
        self._db.execute("DELETE FROM saved_basket WHERE basket_id = ?", [basket_id])

    def forget_unread_tenders(self) -> None:
        """Forget the notes of money that cannot be read."""
        self._set_unread_aside()
        self._db.execute("DELETE FROM saved_basket WHERE slot LIKE ?", [f"{_UNREAD} %"])

    def _set_unread_aside(self) -> None:
        """Give each note that cannot be read a slot of its own, where it belongs to no basket."""
        notes = self._db.execute(
            "SELECT slot, body FROM saved_basket WHERE slot <> ? AND slot NOT LIKE ?",
            [_CURRENT, f"{_UNREAD} %"],
        )
        for slot in [slot for slot, body in notes.fetchall() if read_taken(body) is None]:
            self._db.execute(
                "UPDATE saved_basket SET slot = ?, basket_id = '' WHERE slot = ?",
                [f"{_UNREAD} {uuid7()}", slot],
            )

    def keep_product(self, product: Product) -> ProductsApplied:
        """Add or update a product of the catalogue."""
        return self._catalogue.keep(product)

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, list(values)).fetchone()
        return row
