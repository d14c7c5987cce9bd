"""Tables that follow from the journal: written with each fact, dropped and rebuilt at will.

`apply` is the only writer.  `rebuilt` makes them again in memory, and `differences` compares; a
difference means that somebody wrote to the file with another program, or a bug.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

import msgspec
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.domain.facts import (
    Enrolled,
    JournalEntry,
    JournalOpened,
    ReceiptIssued,
    SaleCompleted,
    ShiftOpened,
    SoftwareChanged,
    StockReceived,
    TenderCorrected,
)
from pos.errors import JournalBroken
from pos.ids import VariantId

TABLES = (
    "shift",
    "sale",
    "sale_line",
    "sale_tender",
    "sale_vat",
    "stock_movement",
    "stock_level",
    "receipt_issue",
    "software",
    "enrolled",
)


class Derived:
    """Keeps the derived tables of one stand's till."""

    def __init__(self, db: Database, stand: str) -> None:
        self._db = db
        self._stand = stand

    def apply(self, entry: JournalEntry) -> None:
        """Write what follows from an entry; facts without effects have none.

        Raises:
            JournalBroken: the file swallowed a row.
        """
        match entry.fact:
            case SaleCompleted() as sale:
                self._sale(entry.seq, sale)
            case StockReceived() as received:
                moved = ((p.variant_id, p.quantity) for p in received.pieces)
                self._move(entry.seq, moved, received.reason, stand=received.stand)
            case ShiftOpened() as shift:
                self._write(
                    entry.seq,
                    "shift",
                    [shift.shift_id, entry.seq, shift.business_date],
                )
            case ReceiptIssued() as issued:
                self._write(
                    entry.seq,
                    "receipt_issue",
                    [entry.seq, issued.sale_id, issued.copy, issued.channel],
                )
            case TenderCorrected() as corrected:
                self._correction(entry.seq, corrected)
            case JournalOpened() | SoftwareChanged() as versions:
                self._write(
                    entry.seq,
                    "software",
                    [entry.seq, versions.software_version, versions.fiscal_version],
                )
            case Enrolled() as joined:
                self._write(entry.seq, "enrolled", [entry.seq, *msgspec.structs.astuple(joined)])
            case _:
                pass

    def _sale(self, seq: int, sale: SaleCompleted) -> None:
        self._write(
            seq,
            "sale",
            [
                sale.sale_id,
                seq,
                sale.number,
                sale.receipt_number,
                sale.shift_id,
                sale.business_date,
                sale.local_time,
                sale.operator,
                sale.total.minor,
                sale.rounding.minor,
                sale.change.minor,
                sale.perpetual.net.minor,
                sale.perpetual.absolute.minor,
            ],
        )
        self._sale_lines(seq, sale)
        self._sale_money(seq, sale)
        self._move(seq, ((line.variant_id, -line.quantity) for line in sale.lines), "sale")

    def _sale_lines(self, seq: int, sale: SaleCompleted) -> None:
        for number, line in enumerate(sale.lines, start=1):
            self._write(
                seq,
                "sale_line",
                [
                    seq,
                    number,
                    line.variant_id,
                    line.product_id,
                    line.label,
                    line.artist,
                    line.category,
                    line.quantity,
                    line.discount.minor,
                    line.gross.minor,
                    line.net.minor,
                    line.tax.minor,
                    line.rate_bp,
                    int(line.oversold),
                ],
            )

    def _sale_money(self, seq: int, sale: SaleCompleted) -> None:
        rows = [("tender", t.method, t.amount.minor) for t in sale.tenders]
        if sale.change:
            rows.append(("change", "cash", -sale.change.minor))
        for number, (kind, method, minor) in enumerate(rows, start=1):
            self._write(
                seq,
                "sale_tender",
                [seq, number, kind, sale.sale_id, method, minor],
            )
        for tax in sale.taxes:
            self._write(
                seq,
                "sale_vat",
                [seq, tax.rate_bp, tax.gross.minor, tax.net.minor, tax.tax.minor],
            )

    def _correction(self, seq: int, corrected: TenderCorrected) -> None:
        sides = ((corrected.from_method, -1), (corrected.to_method, 1))
        for number, (method, sign) in enumerate(sides, start=1):
            self._write(
                seq,
                "sale_tender",
                [
                    seq,
                    number,
                    "correction",
                    corrected.sale_id,
                    method,
                    sign * corrected.amount.minor,
                ],
            )

    def _move(
        self,
        seq: int,
        moved: Iterable[tuple[VariantId, int]],
        reason: str,
        *,
        stand: str | None = None,
    ) -> None:
        where = stand or self._stand
        for number, (variant_id, quantity) in enumerate(moved, start=1):
            self._write(
                seq,
                "stock_movement",
                [seq, number, where, variant_id, quantity, reason],
            )
            self._write(
                seq,
                "stock_level",
                [where, variant_id, quantity],
                "ON CONFLICT (stand, variant_id)"
                " DO UPDATE SET on_hand = on_hand + excluded.on_hand",
            )

    def _write(self, seq: int, table: str, values: list[Any], conflict: str = "") -> None:
        """Write a row.

        Raises:
            JournalBroken: the file did not take it, though it said so.
        """
        places = ", ".join("?" * len(values))
        written = self._db.execute(
            f"INSERT INTO {table} VALUES ({places}) {conflict}",  # noqa: S608 -- our own words
            values,
        )
        if written.rowcount != 1:
            # Somebody's trigger may swallow a row without a word.
            raise JournalBroken(seq=seq, reason=f"derived:{table}")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A derived table that is not what the journal says."""

    table: str
    seq: int  # the entry that the first wrong row belongs to; 0 if it belongs to several


def differences(stored: Database, rebuilt: Database) -> Iterator[Difference]:
    """Yield the derived tables whose rows are not what the journal says, each once."""
    for table in TABLES:
        query = f"SELECT * FROM {table} ORDER BY 1, 2"  # noqa: S608 -- our own table names
        expected = rebuilt.execute(query)
        names = [column[0] for column in expected.description]
        try:
            found = first_difference(stored.execute(query), expected)
        except sqlite3.OperationalError:  # no such table or column
            yield Difference(table=table, seq=0)
            continue
        if found:
            seqs = [row[names.index("seq")] for row in found if "seq" in names]
            yield Difference(table=table, seq=min(seqs, default=0))


def first_difference(
    stored: Iterable[tuple[Any, ...]], expected: Iterable[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """Return the first two rows that are not the same, as many as there are of them."""
    for ours, theirs in zip_longest(stored, expected):
        if ours != theirs:
            return [row for row in (ours, theirs) if row is not None]
    return []
