"""Who a hub works for: one organisation a database."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from pos.domain.facts import Mode, Seller
from sync.hub.store.tables import organisation


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation, as every till of it has to know it."""

    organisation_id: str
    name: str
    mode: Mode
    currency: str  # ISO 4217
    seller: Seller
    time_zone: str  # IANA name
    day_starts_at: str  # local HH:MM
    public_key: bytes  # Ed25519
    address: str = ""  # under which tills reach the hub; "" until somebody says


def organisation_of(connection: Connection) -> Organisation | None:
    """Return whose database this is; None before anybody said."""
    row = connection.execute(select(organisation)).first()
    return None if row is None else _organisation(row)


def alone_with_organisation(connection: Connection) -> Organisation | None:
    """Return whose database this is, and let nobody else enrol a till meanwhile."""
    row = connection.execute(select(organisation).with_for_update()).first()
    return None if row is None else _organisation(row)


def found_organisation(connection: Connection, new: Organisation, at: str) -> None:
    """Say whose database this is, once."""
    connection.execute(
        insert(organisation).values(
            only=1,
            organisation_id=new.organisation_id,
            name=new.name,
            mode=new.mode,
            country=new.seller.country,
            currency=new.currency,
            seller=msgspec.json.encode(new.seller).decode(),
            time_zone=new.time_zone,
            day_starts_at=new.day_starts_at,
            public_key=new.public_key,
            address=new.address,
            begun_at=at,
        )
    )


def set_address(connection: Connection, address: str) -> None:
    """Say under which address tills reach the hub."""
    connection.execute(update(organisation).values(address=address))


def answers(connection: Connection) -> bool:
    """Say whether the database answers at all."""
    return connection.scalar(select(func.count()).select_from(organisation)) is not None


def _organisation(row: Row[tuple[object, ...]]) -> Organisation:
    return Organisation(
        organisation_id=row.organisation_id,
        name=row.name,
        mode=row.mode,
        currency=row.currency,
        seller=msgspec.json.decode(row.seller, type=Seller),
        time_zone=row.time_zone,
        day_starts_at=row.day_starts_at,
        public_key=bytes(row.public_key),
        address=row.address,
    )
