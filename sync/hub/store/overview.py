"""What head office's pages show of stands, tills, sales and stock: questions only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, and_, func, select

from pos.domain.feed import StandListed
from sync.hub.store.tables import organisation, sale, sale_line, stand, till


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The organisation, as far as its pages need it."""

    name: str = ""
    mode: str = "live"
    currency: str = "EUR"
    time_zone: str = "Europe/Paris"
    day_starts_at: str = "06:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandOfDay:
    """What a stand sold on one business date."""

    stand: str
    name: str
    is_active: bool
    tills: int
    sales: int
    pieces: int
    total_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TillNow:
    """A till as the hub knows it at this moment."""

    till_id: str
    stand: str
    till: str
    machine_name: str
    software_version: str
    enrolled_at: str
    revoked_at: str | None
    seen_at: str | None
    clock_off_s: int
    at_risk_minor: int
    waiting: int

    @property
    def label(self) -> str:
        return f"{self.stand}-{self.till}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRow:
    """A sale in a list."""

    journal: int
    seq: int
    stand: str
    receipt_number: str
    local_time: str
    pieces: int
    total_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLineRow:
    """A line of a sale."""

    label: str
    quantity: int
    gross_minor: int
    tax_minor: int
    rate_bp: int


def house_of(connection: Connection) -> House:
    row = connection.execute(select(organisation)).first()
    if row is None:
        return House()
    return House(
        name=row.name,
        mode=row.mode,
        currency=row.currency or "EUR",
        time_zone=row.time_zone or "Europe/Paris",
        day_starts_at=row.day_starts_at or "06:00",
    )


def stands_of_day(connection: Connection, day: str) -> list[StandOfDay]:
    """Return every stand with what it sold that day, also one that nobody lists any more."""
    sums = connection.execute(
        select(
            sale.c.stand,
            func.count().label("sales"),
            func.coalesce(func.sum(sale.c.pieces), 0).label("pieces"),
            func.coalesce(func.sum(sale.c.total_minor), 0).label("total"),
        )
        .where(sale.c.business_date == day)
        .group_by(sale.c.stand)
    )
    sold = {row.stand: (int(row.sales), int(row.pieces), int(row.total)) for row in sums}
    listed = {row.stand: row for row in connection.execute(select(stand))}
    at_work = (
        select(till.c.stand, func.count().label("tills"))
        .where(till.c.revoked_at.is_(None))
        .group_by(till.c.stand)
    )
    tills = {row.stand: int(row.tills) for row in connection.execute(at_work)}
    found = []
    for code in sorted(listed.keys() | sold.keys()):
        sales, pieces, total = sold.get(code, (0, 0, 0))
        row = listed.get(code)
        found.append(
            StandOfDay(
                stand=code,
                name=row.name if row else code,
                is_active=bool(row.is_active) if row else False,
                tills=tills.get(code, 0),
                sales=sales,
                pieces=pieces,
                total_minor=total,
            )
        )
    return [one for one in found if one.is_active or one.sales or one.tills]


def tills_now(connection: Connection) -> list[TillNow]:
    """Return all tills by stand and number, revoked ones last."""
    order = (till.c.revoked_at.is_not(None), till.c.stand, till.c.till)
    return [_till(row) for row in connection.execute(select(till).order_by(*order))]


def till_of(connection: Connection, till_id: str) -> TillNow | None:
    row = connection.execute(select(till).where(till.c.till_id == till_id)).first()
    return None if row is None else _till(row)


def till_labels(connection: Connection) -> dict[str, str]:
    """Return what people call each till, by its identity: GS-1."""
    rows = connection.execute(select(till.c.till_id, till.c.stand, till.c.till))
    return {row.till_id: f"{row.stand}-{row.till}" for row in rows}


def _till(row: Row[tuple[object, ...]]) -> TillNow:
    return TillNow(
        till_id=row.till_id,
        stand=row.stand,
        till=row.till,
        machine_name=row.machine_name,
        software_version=row.software_version,
        enrolled_at=row.enrolled_at,
        revoked_at=row.revoked_at,
        seen_at=row.seen_at,
        clock_off_s=row.clock_off_s,
        at_risk_minor=row.amount_at_risk_minor,
        waiting=row.waiting,
    )


def sales_of_day(
    connection: Connection, day: str, code: str, *, start: int, limit: int
) -> list[SaleRow]:
    """Return sales of a business date, the latest first; `code` "" is every stand."""
    condition = sale.c.business_date == day
    if code:
        condition = and_(condition, sale.c.stand == code)
    found = (
        select(sale)
        .where(condition)
        .order_by(sale.c.local_time.desc(), sale.c.journal, sale.c.seq.desc())
        .offset(start)
        .limit(limit)
    )
    return [_sale(row) for row in connection.execute(found)]


def sale_of(connection: Connection, journal: int, seq: int) -> SaleRow | None:
    found = select(sale).where(sale.c.journal == journal, sale.c.seq == seq)
    row = connection.execute(found).first()
    return None if row is None else _sale(row)


def lines_of(connection: Connection, journal: int, seq: int) -> list[SaleLineRow]:
    found = (
        select(sale_line)
        .where(sale_line.c.journal == journal, sale_line.c.seq == seq)
        .order_by(sale_line.c.line)
    )
    return [
        SaleLineRow(
            label=row.label,
            quantity=row.quantity,
            gross_minor=row.gross_minor,
            tax_minor=row.tax_minor,
            rate_bp=row.rate_bp,
        )
        for row in connection.execute(found)
    ]


def _sale(row: Row[tuple[object, ...]]) -> SaleRow:
    return SaleRow(
        journal=row.journal,
        seq=row.seq,
        stand=row.stand,
        receipt_number=row.receipt_number,
        local_time=row.local_time,
        pieces=row.pieces,
        total_minor=row.total_minor,
    )


def stands(connection: Connection) -> list[StandListed]:
    """Return all stands by code."""
    return [
        StandListed(stand=row.stand, name=row.name, is_active=row.is_active)
        for row in connection.execute(select(stand).order_by(stand.c.stand))
    ]
