"""Incidents as people see them: what is open, what was closed.  Questions only."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, Row, select

from sync.hub.store.incidents import Incident
from sync.hub.store.tables import incident

OPEN_MAX = 100


def open_incidents(connection: Connection) -> list[Incident]:
    """Return what is open, the newest first."""
    rows = connection.execute(
        select(incident)
        .where(incident.c.closed_at.is_(None))
        .order_by(incident.c.number.desc())
        .limit(OPEN_MAX)
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
        .limit(limit)
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
