"""Tills, their stands, and the invitations by which they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, func, insert, or_, select, update

from pos.clock import utc_text
from sync.hub.store.tables import invitation, stand, till
from sync.hub.store.upserting import insert_into


class Till(msgspec.Struct, frozen=True, kw_only=True):
    """A machine that belongs to the organisation, or did."""

    till_id: str
    stand: str
    till: str  # short code, one of its stand
    public_key: bytes  # Ed25519, of the machine
    certificate: bytes
    is_revoked: bool = False


class NewTill(Till, frozen=True, kw_only=True):
    """A machine that joins."""

    serial: int
    machine_name: str
    software_version: str
    enrolled_at: str


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """A place that sells."""

    stand: str
    name: str
    is_active: bool


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """A code by which one till may join; of its secret signs only what scrypt makes of them."""

    code_name: str
    secret: bytes
    stand: str
    expires_at: str
    used_by: str | None = None
    wrong_proofs: int = 0


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a till said of itself, by asking; None is what it said nothing of."""

    till_id: str
    seen_at: str  # UTC by the hub's clock
    clock_off_s: int | None = None
    feed_position: int | None = None
    waiting: int | None = None
    amount_at_risk_minor: int | None = None
    software_version: str | None = None


def till_of(connection: Connection, till_id: str) -> Till | None:
    """Return a till by its identity."""
    row = connection.execute(select(till).where(till.c.till_id == till_id)).first()
    return None if row is None else _till(row)


def till_with_key(connection: Connection, public_key: bytes) -> Till | None:
    """Return the till that a machine is already."""
    row = connection.execute(select(till).where(till.c.public_key == public_key)).first()
    return None if row is None else _till(row)


def tills_named(connection: Connection, name: str) -> list[Till]:
    """Return the tills of this identity, or of this label: GS-1."""
    labelled = till.c.stand + "-" + till.c.till == name
    rows = connection.execute(select(till).where(or_(till.c.till_id == name, labelled)))
    return [_till(row) for row in rows]


def codes_at(connection: Connection, code: str) -> set[str]:
    """Return which till codes a stand has ever given: receipts carry them."""
    return set(connection.scalars(select(till.c.till).where(till.c.stand == code)))


def next_serial(connection: Connection) -> int:
    """Return the number of the next certificate."""
    return (connection.scalar(select(func.max(till.c.serial))) or 0) + 1


def add_till(connection: Connection, new: NewTill) -> None:
    """Take a machine in."""
    connection.execute(
        insert(till).values(
            till_id=new.till_id,
            stand=new.stand,
            till=new.till,
            public_key=new.public_key,
            certificate=new.certificate,
            serial=new.serial,
            machine_name=new.machine_name,
            software_version=new.software_version,
            enrolled_at=new.enrolled_at,
        )
    )


def revoke(connection: Connection, till_id: str, at: str) -> bool:
    """Let a machine ask for nothing any more; say whether it still might."""
    changed = connection.execute(
        update(till)
        .where(till.c.till_id == till_id, till.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return bool(changed.rowcount)


def note_seen(connection: Connection, seen: Sequence[Seen]) -> None:
    """Keep what tills said of themselves."""
    by_fields: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for one in seen:
        said = {k: v for k, v in msgspec.structs.asdict(one).items() if v is not None}
        said["is_till"] = said.pop("till_id")
        by_fields.setdefault(tuple(said), []).append(said)
    for fields, rows in by_fields.items():
        said_of: dict[str, Any] = {name: bindparam(name) for name in fields if name != "is_till"}
        statement = update(till).where(till.c.till_id == bindparam("is_till")).values(said_of)
        connection.execute(statement, rows)


def least_heard(connection: Connection, since: str) -> int | None:
    """Return up to where all tills that asked since then have the feed; None if none did."""
    least: int | None = connection.scalar(
        select(func.min(till.c.feed_position)).where(
            till.c.revoked_at.is_(None), till.c.seen_at >= since
        )
    )
    return least


def stand_of(connection: Connection, code: str) -> Stand | None:
    """Return a stand by its code."""
    row = connection.execute(select(stand).where(stand.c.stand == code)).first()
    return None if row is None else _stand(row)


def stands_named(connection: Connection, name: str) -> list[Stand]:
    """Return the stand of this code, or else those of this name."""
    if (found := stand_of(connection, name)) is not None:
        return [found]
    rows = connection.execute(select(stand).where(func.lower(stand.c.name) == name.lower()))
    return [_stand(row) for row in rows]


def add_stand(connection: Connection, code: str, name: str) -> None:
    """Keep a new stand."""
    connection.execute(insert(stand).values(stand=code, name=name))


def add_invitation(connection: Connection, new: Invited, *, forget_before: datetime) -> bool:
    """Keep a new code and forget those long over; False: it is taken, make another."""
    connection.execute(delete(invitation).where(invitation.c.expires_at < utc_text(forget_before)))
    statement = insert_into(connection, invitation).values(
        code_name=new.code_name, secret=new.secret, stand=new.stand, expires_at=new.expires_at
    )
    added = connection.execute(
        statement.on_conflict_do_nothing(index_elements=["code_name"]).returning(
            invitation.c.code_name
        )
    )
    return added.first() is not None


def invitation_of(connection: Connection, code_name: str) -> Invited | None:
    """Return what is kept of a code."""
    row = connection.execute(select(invitation).where(invitation.c.code_name == code_name)).first()
    if row is None:
        return None
    return Invited(
        code_name=row.code_name,
        secret=bytes(row.secret),
        stand=row.stand,
        expires_at=row.expires_at,
        used_by=row.used_by,
        wrong_proofs=row.wrong_proofs,
    )


def count_wrong_proof(connection: Connection, code_name: str) -> None:
    """Count an attempt at a code."""
    connection.execute(
        update(invitation)
        .where(invitation.c.code_name == code_name)
        .values(wrong_proofs=invitation.c.wrong_proofs + 1)
    )


def use_invitation(connection: Connection, code_name: str, till_id: str) -> None:
    """Say which till came by a code."""
    connection.execute(
        update(invitation).where(invitation.c.code_name == code_name).values(used_by=till_id)
    )


def _till(row: Row[tuple[object, ...]]) -> Till:
    return Till(
        till_id=row.till_id,
        stand=row.stand,
        till=row.till,
        public_key=bytes(row.public_key),
        certificate=bytes(row.certificate),
        is_revoked=row.revoked_at is not None,
    )


def _stand(row: Row[tuple[object, ...]]) -> Stand:
    return Stand(stand=row.stand, name=row.name, is_active=bool(row.is_active))
