"""Incidents: what happened and cannot be undone, so that somebody has to know of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import get_args

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from sync.hub.meaning import Kind, Trouble
from sync.hub.store.tables import incident
from sync.hub.store.upserting import alone_with_meaning, chunks

KINDS: tuple[Kind, ...] = get_args(Kind)
ITSELF = "itself"
"""Who closed an incident that is over without anybody's doing."""

PAGE_MAX = 200


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as it is shown."""

    number: int
    kind: str
    subject: str
    stand: str
    till_id: str
    detail: dict[str, str | int]
    came_at: str  # UTC by the hub's clock
    times: int
    closed_at: str | None
    closed_by: str


_AGAIN = (
    update(incident)
    .where(incident.c.number == bindparam("its_number"))
    .values(
        times=incident.c.times + bindparam("more"),
        stand=bindparam("its_stand"),
        till_id=bindparam("its_till"),
        detail=bindparam("its_detail"),
    )
)
_AS_NOW = (
    update(incident)
    .where(incident.c.number == bindparam("its_number"))
    .values(times=bindparam("its_times"), detail=bindparam("its_detail"))
)


def tell(connection: Connection, troubles: Sequence[Trouble], at: str) -> None:
    """Open incidents, or add to those of the same kind and subject that are open."""
    if not troubles:
        return
    alone_with_meaning(connection)
    joined = _joined(troubles)
    known = _open_numbers(connection, joined)
    again = [one for one in joined if (one.kind, one.subject) in known]
    if again:
        connection.execute(
            _AGAIN,
            [
                {
                    "its_number": known[one.kind, one.subject],
                    "more": one.times,
                    "its_stand": one.stand,
                    "its_till": one.till_id,
                    "its_detail": _text(one.detail),
                }
                for one in again
            ],
        )
    _open(connection, [one for one in joined if (one.kind, one.subject) not in known], at)


def _open(connection: Connection, troubles: Sequence[Trouble], at: str) -> None:
    rows = [
        {
            "kind": one.kind,
            "subject": one.subject,
            "stand": one.stand,
            "till_id": one.till_id,
            "detail": _text(one.detail),
            "came_at": at,
            "times": one.times,
        }
        for one in troubles
    ]
    if rows:
        connection.execute(insert(incident), rows)


def _open_numbers(
    connection: Connection, troubles: Sequence[Trouble]
) -> dict[tuple[str, str], int]:
    numbers: dict[tuple[str, str], int] = {}
    for some in chunks(troubles):
        rows = connection.execute(
            select(incident.c.kind, incident.c.subject, incident.c.number).where(
                incident.c.closed_at.is_(None),
                incident.c.kind.in_({one.kind for one in some}),
                incident.c.subject.in_([one.subject for one in some]),
            )
        )
        numbers.update({(row.kind, row.subject): row.number for row in rows})
    return numbers


def _text(detail: dict[str, str | int]) -> str:
    return msgspec.json.encode(detail).decode()


def _joined(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Return troubles with those of one kind and subject as one, which says the last of them."""
    joined: dict[tuple[str, str], Trouble] = {}
    for trouble in troubles:
        before = joined.get((trouble.kind, trouble.subject))
        times = trouble.times + (before.times if before else 0)
        joined[trouble.kind, trouble.subject] = msgspec.structs.replace(trouble, times=times)
    return list(joined.values())


def tell_of_states(connection: Connection, troubles: Sequence[Trouble], at: str) -> None:
    """Tell of what goes on: however often it is told, it is one incident, as it is now.

    Told again as it was when somebody closed it, it stays closed.
    """
    if not troubles:
        return
    alone_with_meaning(connection)
    known = _last_ones(connection, troubles)
    new, changed = [], []
    for trouble in troubles:
        last = known.get((trouble.kind, trouble.subject))
        if last is None or (last.closed_at and not _is_seen_to(last, trouble)):
            new.append(trouble)
        elif not last.closed_at and last.detail != trouble.detail:
            now = {"its_times": trouble.times, "its_detail": _text(trouble.detail)}
            changed.append({"its_number": last.number, **now})
    if changed:
        connection.execute(_AS_NOW, changed)
    _open(connection, new, at)


def _is_seen_to(last: Incident, trouble: Trouble) -> bool:
    """Say whether somebody closed it as it is now."""
    return last.closed_by != ITSELF and last.detail == trouble.detail


def _last_ones(
    connection: Connection, troubles: Sequence[Trouble]
) -> dict[tuple[str, str], Incident]:
    last: dict[tuple[str, str], Incident] = {}
    for some in chunks(troubles):
        rows = connection.execute(
            select(incident)
            .where(
                incident.c.kind.in_({trouble.kind for trouble in some}),
                incident.c.subject.in_([trouble.subject for trouble in some]),
            )
            .order_by(incident.c.number)
        )
        last.update({(row.kind, row.subject): _incident(row) for row in rows})
    return last


def close_many(
    connection: Connection, kind: Kind, subjects: Collection[str], at: str, by: str = ITSELF
) -> None:
    """Close the open incidents of a kind about these subjects."""
    for some in chunks(subjects):
        connection.execute(
            update(incident)
            .where(
                incident.c.kind == kind,
                incident.c.subject.in_(some),
                incident.c.closed_at.is_(None),
            )
            .values(closed_at=at, closed_by=by)
        )


def close(connection: Connection, number: int, by: str, at: str) -> bool:
    """Close an incident because a person has seen to it; say whether it was open."""
    changed = connection.execute(
        update(incident)
        .where(incident.c.number == number, incident.c.closed_at.is_(None))
        .values(closed_at=at, closed_by=by)
    )
    return bool(changed.rowcount)


def open_subjects(connection: Connection, kind: Kind, subjects: Collection[str]) -> set[str]:
    """Return about which of these subjects an incident of this kind is open."""
    found: set[str] = set()
    for some in chunks(subjects):
        rows = connection.scalars(
            select(incident.c.subject).where(
                incident.c.closed_at.is_(None),
                incident.c.kind == kind,
                incident.c.subject.in_(some),
            )
        )
        found.update(rows)
    return found


def is_any_open(connection: Connection, kind: Kind) -> bool:
    """Say whether an incident of this kind is open."""
    query = select(incident.c.number).where(incident.c.closed_at.is_(None), incident.c.kind == kind)
    return connection.scalar(query.limit(1)) is not None


def count_open(connection: Connection) -> int:
    """Return how many incidents are open, however many of them are shown."""
    query = select(func.count()).select_from(incident).where(incident.c.closed_at.is_(None))
    return connection.scalar(query) or 0


def open_incidents(connection: Connection, *, limit: int = PAGE_MAX) -> list[Incident]:
    """Return what is open, the newest first."""
    rows = connection.execute(
        select(incident)
        .where(incident.c.closed_at.is_(None))
        .order_by(incident.c.number.desc())
        .limit(min(limit, PAGE_MAX))
    )
    return [_incident(row) for row in rows]


def closed_incidents(
    connection: Connection, *, before: int | None = None, limit: int = 50
) -> list[Incident]:
    """Return what was closed, the newest first; `before` goes on behind a page."""
    query = (
        select(incident)
        .where(incident.c.closed_at.is_not(None))
        .order_by(incident.c.number.desc())
        .limit(min(limit, PAGE_MAX))
    )
    if before is not None:
        query = query.where(incident.c.number < before)
    return [_incident(row) for row in connection.execute(query)]


def _incident(row: Row[tuple[object, ...]]) -> Incident:
    return Incident(
        number=row.number,
        kind=row.kind,
        subject=row.subject,
        stand=row.stand,
        till_id=row.till_id,
        detail=msgspec.json.decode(row.detail or "{}"),
        came_at=row.came_at,
        times=row.times,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
