"""Whoever changes one byte of what tills wrote is found, and what a hub took in is not doubted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from pos.codec import digest_of
from sync.hub.ingest import accept
from sync.hub.store.database import Connection, HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.hub.store.tables import entry, journal, quarantine
from sync.hub.verification import Flaw, examine
from sync.protocol import Accepted
from tests.sync.journals import ANOTHER, TillJournal, a_key

Damage = Callable[[Connection], object]


def a_hub_with(database: HubDatabase, *tills: TillJournal) -> None:
    for till in tills:
        with SqlJournals(database).work(till.journal_id) as work:
            assert isinstance(accept(work, till.batch()), Accepted)


def flaws(database: HubDatabase) -> list[list[Flaw]]:
    return [list(examined.flaws) for examined in examine(database)]


def test_what_a_hub_took_in_is_as_it_was_signed(hub_database: HubDatabase) -> None:
    a_hub_with(hub_database, TillJournal(facts=9), TillJournal(ANOTHER, a_key(1), facts=3))
    assert [(one.entries, one.flaws) for one in examine(hub_database)] == [(10, ()), (4, ())]


def test_a_journal_of_which_nothing_came_has_no_flaw(hub_database: HubDatabase) -> None:
    """A till has said that it is its own."""
    with hub_database.write() as connection:
        connection.execute(journal.insert().values(journal_id=ANOTHER, till_id="till-1"))
    assert flaws(hub_database) == [[]]


def test_an_entry_whose_signature_was_damaged_is_proved_by_the_one_behind_it(
    hub_database: HubDatabase,
) -> None:
    """As on arrival: a hub does not accept today what it doubts tomorrow."""
    till = TillJournal()
    till.record_raw(TillJournal(facts=1).entries[1].body, b"\0" * 64)
    till.record_many(2)
    till.record_unreadable()
    till.record_many(1)
    a_hub_with(hub_database, till)
    assert flaws(hub_database) == [[]]


def _changed(seq: int, **values: object) -> Damage:
    return lambda connection: connection.execute(
        update(entry).where(entry.c.seq == seq).values(**values)
    )


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (_changed(3, body=b"{}"), [Flaw(seq=3, reason="digest"), Flaw(seq=3, reason="chain")]),
        (
            _changed(3, body=b"{}", digest=bytes.fromhex(digest_of(b"{}"))),
            [Flaw(seq=3, reason="chain"), Flaw(seq=4, reason="chain")],
        ),
        (_changed(5, signature=b"\0" * 64), [Flaw(seq=5, reason="signature")]),
        (
            lambda connection: connection.execute(delete(entry).where(entry.c.seq == 3)),
            [Flaw(seq=4, reason="gap"), Flaw(seq=4, reason="chain")],
        ),
        (
            lambda connection: connection.execute(delete(entry).where(entry.c.seq == 5)),
            [Flaw(seq=5, reason="end")],
        ),
        (
            _changed(1, body=b"{}", problem="malformed"),
            [Flaw(seq=1, reason="digest"), *(Flaw(seq=n, reason="opening") for n in range(1, 6))],
        ),
    ],
    ids=["body", "body and digest", "last signature", "missing", "cut", "opening"],
)
def test_what_was_changed_is_found(
    hub_database: HubDatabase, damage: Damage, found: list[Flaw]
) -> None:
    a_hub_with(hub_database, TillJournal(facts=4))
    with hub_database.write() as connection:
        damage(connection)
    assert flaws(hub_database) == [found]


def test_an_entry_in_quarantine_that_was_changed_is_found(hub_database: HubDatabase) -> None:
    till = TillJournal(facts=4)
    a_hub_with(hub_database, till)
    other = TillJournal(facts=2)
    other.record_many(3)
    with SqlJournals(hub_database).work(other.journal_id) as work:
        accept(work, other.batch())
    assert flaws(hub_database) == [[]]
    with hub_database.write() as connection:
        changed = update(quarantine).where(quarantine.c.seq == 5).values(body=b"{}")
        assert connection.execute(changed).rowcount == 1
    assert flaws(hub_database) == [[Flaw(seq=5, reason="aside")]]


def test_only_the_first_flaws_of_a_journal_are_told(hub_database: HubDatabase) -> None:
    a_hub_with(hub_database, TillJournal(facts=60))
    with hub_database.write() as connection:
        connection.execute(update(entry).values(body=b"{}"))
    assert [len(found) for found in flaws(hub_database)] == [20]
