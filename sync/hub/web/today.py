"""The first page: what every stand sells, where every till is, and what somebody should look at."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from starlette.responses import Response

from pos.clock import business_date, from_utc_text
from sync.hub.store.incidents import open_incidents
from sync.hub.store.overview import House, TillNow, stands_of_day, tills_now
from sync.hub.web.incidents import shown_incidents
from sync.hub.web.visit import Visit

HERE_FOR = timedelta(seconds=90)
"""A till in contact asks anew every 25 seconds at the latest."""

QUIET_FOR = timedelta(minutes=10)

INCIDENTS_SHOWN = 3
"""On the first page, above what the stands sell; the others are a touch away."""


class State(NamedTuple):
    """How a till is, as a word and a shape."""

    shape: str
    word: str


def state_of(till: TillNow, now: datetime) -> State:
    """Return whether a till is in contact."""
    if till.revoked_at is not None:
        return State("over", "till.revoked")
    if not till.seen_at:
        return State("late", "till.never")
    age = now - from_utc_text(till.seen_at)
    if age <= HERE_FOR:
        return State("good", "till.here")
    return State("late", "till.quiet") if age <= QUIET_FOR else State("bad", "till.away")


def today(house: House, now: datetime) -> str:
    """Return the business date, as a till would: a night belongs to the evening before."""
    starts_at = time.fromisoformat(house.day_starts_at)
    return business_date(now, ZoneInfo(house.time_zone), starts_at).isoformat()


def first_page(visit: Visit) -> Response:
    return _answer(visit, "today.html")


def now_part(visit: Visit) -> Response:
    """Return the part that changes; nothing, if it would look the same."""
    return _answer(visit, "now.html")


def _answer(visit: Visit, template: str) -> Response:
    context = _context(visit)
    looks = visit.page("now.html", seen="", **context).body
    seen = hashlib.sha256(bytes(looks)).hexdigest()[:16]
    if template == "now.html" and visit.query.get("seen") == seen:
        return Response(status_code=204)
    return visit.page(template, seen=seen, **context)


def _context(visit: Visit) -> dict[str, object]:
    day = today(visit.house, visit.now)
    with visit.hub.database.read() as connection:
        stands = stands_of_day(connection, day)
        tills = [till for till in tills_now(connection) if till.revoked_at is None]
        found = open_incidents(connection)
        shown = shown_incidents(connection, found[:INCIDENTS_SHOWN], visit)
    states = [(till, state_of(till, visit.now)) for till in tills]
    return {
        "at_risk_minor": sum(till.at_risk_minor for till in tills),
        "day": day,
        "incidents": shown,
        "incidents_open": len(found),
        "pieces": sum(stand.pieces for stand in stands),
        "reached": sum(state.shape == "good" for _, state in states),
        "sales": sum(stand.sales for stand in stands),
        "stand_names": {stand.stand: stand.name for stand in stands},
        "stands": stands,
        "tills": states,
        "total_minor": sum(stand.total_minor for stand in stands),
        "working": len(tills),
    }
