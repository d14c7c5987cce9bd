"""Journals of which entries are here that nobody has interpreted yet."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, or_, select, text, update

from pos.codec import decode_body, decode_fact
from pos.domain.facts import JournalOpened
from sync.hub.meaning import KINDS, Entry, Trouble, Whose
from sync.hub.store import incidents
from sync.hub.store.organisation import Organisation
from sync.hub.store.tables import entry, incident, journal, quarantine, till
from sync.hub.store.upserting import alone_with_meaning

ENTRIES_MAX = 500
BYTES_MAX = 32 * 1024 * 1024
"""How much of a journal is interpreted at once, but for a larger entry, which goes alone.

Few, because on SQLite everybody who brings entries waits meanwhile.
"""

CANDIDATES_MAX = 20
STRANGERS_MAX = 100
READING_LOCK = 0x45434A
"""PostgreSQL's number for the journals that are being interpreted."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Entries of one journal that come next, and where they end."""

    number: int
    whose: Whose
    after_seq: int
    last_seq: int
    entries: tuple[Entry, ...]  # only those that mean something
    is_revoked: bool  # its till was revoked before they came
    is_of_other_mode: bool


def journals_behind(connection: Connection, house: Organisation) -> list[int]:
    """Return journals to go on with, those first that waited longest."""
    return list(
        connection.scalars(
            select(journal.c.number)
            .where(
                journal.c.interpreted_seq < journal.c.end_seq,
                journal.c.till_id.is_not(None),
                journal.c.mode.in_(("", house.mode)),
            )
            .order_by(journal.c.came_at, journal.c.number)
            .limit(CANDIDATES_MAX)
        )
    )


def is_mine(connection: Connection, number: int) -> bool:
    """Keep other processes from a journal until the transaction ends; False if one is at it.

    Not the journal's row: whoever takes entries in should not wait for what they mean.
    """
    if connection.dialect.name == "sqlite":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:task, :number)")
    return bool(connection.scalar(lock, {"task": READING_LOCK, "number": number % 2**31}))


def next_page(connection: Connection, number: int, house: Organisation) -> Page | None:
    """Return a journal's next entries; None if there are none, or it is nobody's."""
    row = connection.execute(
        select(journal, till.c.revoked_at)
        .outerjoin(till, till.c.till_id == journal.c.till_id)
        .where(journal.c.number == number, journal.c.till_id.is_not(None))
    ).first()
    if row is None or row.interpreted_seq >= row.end_seq:
        return None
    opened = _opening(connection, number)
    last_seq = _last_seq(connection, number, row.interpreted_seq)
    found = connection.execute(
        select(entry.c.seq, entry.c.body, entry.c.problem)
        .where(
            entry.c.journal == number,
            entry.c.seq > row.interpreted_seq,
            entry.c.seq <= last_seq,
            or_(entry.c.kind.in_(KINDS), entry.c.problem != ""),
        )
        .order_by(entry.c.seq)
    )
    return Page(
        number=number,
        whose=Whose(
            journal_id=row.journal_id,
            till_id=row.till_id,
            opened=opened,
            currency=house.currency,
        ),
        after_seq=row.interpreted_seq,
        last_seq=last_seq,
        entries=tuple(Entry(seq=one.seq, body=one.body, problem=one.problem) for one in found),
        is_revoked=row.revoked_at is not None and row.came_at > row.revoked_at,
        is_of_other_mode=opened.mode != house.mode,
    )


def _last_seq(connection: Connection, number: int, after_seq: int) -> int:
    """Return up to where entries fit into one transaction; at least the next one."""
    sizes = connection.execute(
        select(entry.c.seq, func.length(entry.c.body).label("size"))
        .where(entry.c.journal == number, entry.c.seq > after_seq)
        .order_by(entry.c.seq)
        .limit(ENTRIES_MAX)
    )
    last_seq, size = after_seq, 0
    for one in sizes:
        size += one.size
        if last_seq > after_seq and size > BYTES_MAX:
            break
        last_seq = one.seq
    return last_seq


def _opening(connection: Connection, number: int) -> JournalOpened:
    body = connection.execute(
        select(entry.c.body).where(entry.c.journal == number, entry.c.seq == 1)
    ).scalar_one()
    opened = decode_fact(decode_body(body))
    assert isinstance(opened, JournalOpened), "no journal is begun with anything else"
    return opened


def is_still_there(connection: Connection, page: Page) -> bool:
    """Say whether nobody has interpreted a page since it was read."""
    place = select(journal.c.interpreted_seq, journal.c.till_id).where(
        journal.c.number == page.number
    )
    row = connection.execute(place).one()
    return (row.interpreted_seq, row.till_id) == (page.after_seq, page.whose.till_id)


def introduce(connection: Connection, page: Page) -> None:
    """Keep what a journal's first entry says of it."""
    previous = page.whose.opened.previous
    connection.execute(
        update(journal)
        .where(journal.c.number == page.number)
        .values(
            mode=page.whose.opened.mode,
            previous_id=(previous.journal_id or "").replace("\0", "") or None if previous else None,
            previous_seq=previous.seq if previous and 0 <= previous.seq < 2**53 else 0,
        )
    )


def advance(connection: Connection, page: Page, *, has_carried: bool) -> None:
    """Note that a page is done."""
    values = {"interpreted_seq": page.last_seq} | ({"has_carried": True} if has_carried else {})
    connection.execute(update(journal).where(journal.c.number == page.number).values(values))


def begin_again(connection: Connection, journal_id: str) -> int | None:
    """Let a journal be interpreted from its start; return its number."""
    return connection.execute(
        update(journal)
        .where(journal.c.journal_id == journal_id)
        .values(interpreted_seq=0, has_carried=False)
        .returning(journal.c.number)
    ).scalar()


def untold_strangers(connection: Connection, house: Organisation) -> list[str]:
    """Return journals that are not counted, and of which no incident tells."""
    told = select(incident.c.subject).where(incident.c.kind == "stranger")
    return list(
        connection.scalars(
            select(journal.c.journal_id)
            .where(
                journal.c.end_seq > 0,
                or_(journal.c.till_id.is_(None), journal.c.mode.not_in(("", house.mode))),
                journal.c.journal_id.not_in(told),
            )
            .limit(STRANGERS_MAX)
        )
    )


def known_strangers(connection: Connection, house: Organisation) -> list[str]:
    """Return journals that an incident calls strange, and that are claimed by now."""
    return list(
        connection.scalars(
            select(journal.c.journal_id)
            .join(incident, incident.c.subject == journal.c.journal_id)
            .where(
                incident.c.kind == "stranger",
                incident.c.closed_at.is_(None),
                journal.c.till_id.is_not(None),
                journal.c.mode.in_(("", house.mode)),
            )
            .limit(STRANGERS_MAX)
        )
    )


def tell_of_strangers(connection: Connection, house: Organisation, at: str) -> int:
    """Tell of journals that are kept and not counted, and of those that are counted now."""
    alone_with_meaning(connection)
    strange = untold_strangers(connection, house)
    incidents.tell(connection, [_strange(connection, one) for one in strange], at)
    known = known_strangers(connection, house)
    incidents.close_many(connection, "stranger", known, at)
    return len(strange) + len(known)


def _strange(connection: Connection, journal_id: str) -> Trouble:
    row = connection.execute(select(journal).where(journal.c.journal_id == journal_id)).one()
    opened = _opening(connection, row.number)
    return Trouble(
        kind="stranger",
        subject=journal_id,
        stand=opened.identity.stand[:40].replace("\0", ""),
        till_id=row.till_id or "",
        detail={
            "why": "unclaimed" if row.till_id is None else "mode",
            "mode": opened.mode,
            "till": opened.identity.till[:40],
            "entries": row.end_seq,
        },
    )


def quarantined(connection: Connection, journal_id: str) -> list[tuple[str, int, int]]:
    """Return why entries of a journal are kept aside: reason, how many, the first number."""
    rows = connection.execute(
        select(quarantine.c.reason, func.count(), func.min(quarantine.c.seq))
        .join(journal, journal.c.number == quarantine.c.journal)
        .where(journal.c.journal_id == journal_id)
        .group_by(quarantine.c.reason)
        .order_by(quarantine.c.reason)
    )
    return [(reason, count, first) for reason, count, first in rows]
