"""Incidents in words: what happened, what it means, what to do; and the names nobody explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

from pos.clock import utc_text
from sync.hub.store import aliases, incidents
from sync.hub.store.browsing import labels_of, variants_found
from sync.hub.store.incidents import ITSELF, Incident, closed_incidents, open_incidents
from sync.hub.store.overview import till_labels
from sync.hub.web.visit import Visit, see
from sync.hub.web.words import WORDS

if TYPE_CHECKING:
    from sync.hub.store.database import Connection

FOUND_MAX = 30
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIncident:
    """An incident, and the keys of the words for it."""

    incident: Incident
    title: str
    where: str
    facts: tuple[tuple[str, str], ...]

    @property
    def means(self) -> str:
        return f"{self.title}.means"

    @property
    def do(self) -> str:
        return f"{self.title}.do"

    @property
    def can_choose(self) -> bool:
        return self.incident.kind == "unmatched"

    @property
    def closed_itself(self) -> bool:
        return self.incident.closed_by == ITSELF


def shown_incidents(
    connection: Connection, found: Sequence[Incident], visit: Visit
) -> list[ShownIncident]:
    """Return incidents as they are shown, with names for what they call by identity."""
    variants = {str(one.detail["variant_id"]) for one in found if "variant_id" in one.detail}
    labels = labels_of(connection, variants)
    tills = till_labels(connection)
    return [_shown(one, labels, tills, visit) for one in found]


def _shown(
    one: Incident, names: dict[str, str], tills: dict[str, str], visit: Visit
) -> ShownIncident:
    key = f"incident.{one.kind}"
    told = Told(names=names | tills, visit=visit)
    facts = [(told.name(name), told.value(name, value)) for name, value in one.detail.items()]
    return ShownIncident(
        incident=one,
        title=key if key in WORDS else "incident.other",
        where=tills.get(one.till_id) or one.stand,
        facts=tuple(fact for fact in facts if fact[1]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The details of an incident in words, as far as there are any."""

    names: dict[str, str]  # of variants and tills, by identity
    visit: Visit

    def name(self, name: str) -> str:
        key = f"fact.{name}"
        return self.visit.say(key) if key in WORDS else name

    def value(self, name: str, value: str | int) -> str:
        if isinstance(value, int):
            return self.visit.shown.number(value)
        if f"{name}.{value}" in WORDS:
            return self.visit.say(f"{name}.{value}")
        if name in {"variant_id", "owner"}:
            return self.names.get(value, value)
        return self.visit.shown.moment_or_text(value)


def incidents_page(visit: Visit) -> Response:
    """Show what is open, then what was closed."""
    with visit.hub.database.read() as connection:
        now_open = shown_incidents(connection, open_incidents(connection), visit)
        last = closed_incidents(connection, before=_before(visit), limit=PAGE)
        closed = shown_incidents(connection, last, visit)
    further = last[-1].number if len(last) == PAGE else None
    return visit.page("incidents.html", open=now_open, closed=closed, further=further)


def _before(visit: Visit) -> int | None:
    asked = visit.query.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


def close_incident(visit: Visit) -> Response:
    number = visit.number("number")
    if number is None:
        return visit.not_found()
    with visit.hub.database.write() as connection:
        incidents.close(connection, number, visit.who.name, utc_text(visit.now))
    return see("/incidents" if visit.typed("back") else "/")


def unmatched_page(visit: Visit) -> Response:
    """Show one name that nobody has explained, and ours that it may mean."""
    return _unmatched(visit)


def explain(visit: Visit) -> Response:
    """Say which of our variants a till means."""
    other_id, variant_id = visit.typed("other"), visit.typed("variant")
    try:
        with visit.hub.database.write() as connection:
            aliases.resolve(connection, other_id, variant_id, utc_text(visit.now))
    except aliases.NoSuchVariant:
        return visit.not_found()
    return _unmatched(visit, done=True)


def _unmatched(visit: Visit, *, done: bool = False) -> Response:
    after = visit.query.get("after", "")
    with visit.hub.database.read() as connection:
        waiting = aliases.to_explain(connection, after=after, limit=FOUND_MAX)
        chosen = next((one for one in waiting if one.other_id == visit.query.get("other")), None)
        if chosen is None and waiting:
            chosen = waiting[0]
        asked = visit.query.get("q") or (chosen.label.split(" · ")[0] if chosen else "")
        found = variants_found(connection, asked, FOUND_MAX) if chosen else []
    return visit.page(
        "unmatched.html", waiting=waiting, chosen=chosen, found=found, q=asked, done=done
    )
