"""Sales as head office sees them: one row a sale and one a line, out of the tills' journals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, Row, delete, func, select, tuple_

from sync.hub.meaning import Sold
from sync.hub.store.inserting import insert_many
from sync.hub.store.tables import sale, sale_line
from sync.hub.store.upserting import chunks

PAGE_MAX = 500

_SALE_COLUMNS = (
    *("journal", "seq", "sale_id", "till_id", "stand", "receipt_number"),
    *("business_date", "local_time", "total_minor", "pieces"),
)
_LINE_COLUMNS = (
    *("journal", "seq", "line", "variant_id", "label", "quantity"),
    *("gross_minor", "tax_minor", "rate_bp"),
)


class Place(NamedTuple):
    """Where a sale stands in the order of pages: go on behind it."""

    business_date: str
    journal: int
    seq: int


class SaleLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a sale; amounts in minor units of the organisation's currency."""

    variant_id: str
    label: str
    quantity: int
    gross_minor: int
    tax_minor: int
    rate_bp: int


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """One sale."""

    place: Place
    sale_id: str
    till_id: str
    stand: str
    receipt_number: str
    business_date: str  # YYYY-MM-DD: a night belongs to the evening before
    local_time: str  # ISO 8601 with offset, by the till's clock
    total_minor: int
    pieces: int
    lines: tuple[SaleLine, ...]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which sales somebody wants to see."""

    first_date: str
    last_date: str  # this day too
    stand: str = ""  # all


def keep(
    connection: Connection, journal: int, till_id: str, stand: str, sales: Sequence[Sold]
) -> None:
    """Keep what a page of a journal says, once."""
    insert_many(
        connection,
        sale,
        _SALE_COLUMNS,
        [
            (
                *(journal, one.seq, one.sale_id, till_id, stand, one.receipt_number),
                *(one.business_date, one.local_time, one.total_minor, one.pieces),
            )
            for one in sales
        ],
    )
    insert_many(
        connection,
        sale_line,
        _LINE_COLUMNS,
        [
            (
                *(journal, one.seq, number, line.variant_id, line.label, line.quantity),
                *(line.gross_minor, line.tax_minor, line.rate_bp),
            )
            for one in sales
            for number, line in enumerate(one.lines)
        ],
    )


def forget_journal(connection: Connection, journal: int) -> None:
    """Forget what a journal sold."""
    connection.execute(delete(sale_line).where(sale_line.c.journal == journal))
    connection.execute(delete(sale).where(sale.c.journal == journal))


def recorded_twice(connection: Connection, sale_ids: Collection[str]) -> dict[str, list[str]]:
    """Return those of these sales that stand in journals more than once, with their receipts."""
    twice: dict[str, list[str]] = {}
    for some in chunks(sale_ids):
        several = (
            select(sale.c.sale_id)
            .where(sale.c.sale_id.in_(some))
            .group_by(sale.c.sale_id)
            .having(func.count() > 1)
        )
        rows = connection.execute(
            select(sale.c.sale_id, sale.c.receipt_number)
            .where(sale.c.sale_id.in_(several))
            .order_by(sale.c.journal, sale.c.seq)
        )
        for sale_id, receipt_number in rows:
            twice.setdefault(sale_id, []).append(receipt_number)
    return twice


def page(
    connection: Connection, wanted: Wanted, *, after: Place | None = None, limit: int = 100
) -> list[Sale]:
    """Return sales by business date, then journal and number; go on behind the last one."""
    query = (
        select(sale)
        .where(sale.c.business_date.between(wanted.first_date, wanted.last_date))
        .order_by(sale.c.business_date, sale.c.journal, sale.c.seq)
        .limit(min(limit, PAGE_MAX))
    )
    if wanted.stand:
        query = query.where(sale.c.stand == wanted.stand)
    if after is not None:
        query = query.where(
            sale.c.business_date >= after.business_date,
            tuple_(sale.c.business_date, sale.c.journal, sale.c.seq) > tuple_(*after),
        )
    rows = connection.execute(query).all()
    lines = _lines_of(connection, [(row.journal, row.seq) for row in rows])
    return [_sale(row, lines.get((row.journal, row.seq), [])) for row in rows]


def _lines_of(
    connection: Connection, places: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[SaleLine]]:
    lines: dict[tuple[int, int], list[SaleLine]] = {}
    for journal in {journal for journal, _ in places}:  # pairs in a list use no index
        rows = connection.execute(
            select(sale_line)
            .where(
                sale_line.c.journal == journal,
                sale_line.c.seq.in_([seq for number, seq in places if number == journal]),
            )
            .order_by(sale_line.c.seq, sale_line.c.line)
        )
        for row in rows:
            line = SaleLine(
                variant_id=row.variant_id,
                label=row.label,
                quantity=row.quantity,
                gross_minor=row.gross_minor,
                tax_minor=row.tax_minor,
                rate_bp=row.rate_bp,
            )
            lines.setdefault((row.journal, row.seq), []).append(line)
    return lines


def _sale(row: Row[tuple[object, ...]], lines: Sequence[SaleLine]) -> Sale:
    return Sale(
        place=Place(row.business_date, row.journal, row.seq),
        sale_id=row.sale_id,
        till_id=row.till_id,
        stand=row.stand,
        receipt_number=row.receipt_number,
        business_date=row.business_date,
        local_time=row.local_time,
        total_minor=row.total_minor,
        pieces=row.pieces,
        lines=tuple(lines),
    )
