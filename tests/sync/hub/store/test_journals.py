"""What the database of a hub keeps of journals, beyond what every store promises."""

from __future__ import annotations

import multiprocessing
from datetime import UTC, datetime

import msgspec
import pytest
from sqlalchemy import insert, select, text

import sync.hub.store.database
from pos.codec import digest_of
from pos.domain.facts import PreviousJournal
from pos.errors import StorageUnavailable
from pos.ids import JournalId
from sync.hub.ingest import Row, accept
from sync.hub.store.database import HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.hub.store.tables import entry, journal
from sync.protocol import NOWHERE, Accepted
from tests.builders import an_opening
from tests.postgres import Cluster
from tests.sync.journals import ANOTHER, JOURNAL, TillJournal

HANG_GUARD_S = 60
NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)


def journals_of(database: HubDatabase) -> SqlJournals:
    return SqlJournals(database, lambda: NOON)


def send(journals: SqlJournals, till: TillJournal, first: int = 1) -> None:
    with journals.work(till.journal_id) as work:
        answer = accept(work, till.batch(first))
    assert answer == Accepted(seq=till.end().seq, digest=till.end().digest)


def test_a_journals_row_says_where_it_ends_and_what_its_opening_says(
    hub_database: HubDatabase,
) -> None:
    previous = PreviousJournal(journal_id=ANOTHER, seq=7, digest="ab" * 32, reason="forked")
    opening = msgspec.structs.replace(an_opening(), previous=previous)
    till = TillJournal(facts=3, opened=opening)
    send(journals_of(hub_database), till)
    with hub_database.read() as connection:
        row = connection.execute(select(journal)).one()
    assert row.end_seq == 4
    assert row.end_digest.hex() == till.end().digest
    assert (row.mode, row.previous_id) == (opening.mode, ANOTHER)
    assert row.came_at == "2026-07-18T12:00:00.000000Z"
    assert (row.till_id, row.interpreted_seq) == (None, 0)


@pytest.mark.parametrize("journal_id", [None, JournalId("a\0b")], ids=["unread", "nul"])
def test_a_journal_may_go_on_from_one_that_nobody_can_name(
    hub_database: HubDatabase, journal_id: JournalId | None
) -> None:
    """A damaged one has no name, and a till of strangers may write what it likes."""
    previous = PreviousJournal(journal_id=journal_id, seq=0, digest="", reason="damaged")
    till = TillJournal(opened=msgspec.structs.replace(an_opening(), previous=previous))
    send(journals_of(hub_database), till)
    with hub_database.read() as connection:
        assert connection.scalar(select(journal.c.previous_id)) == (journal_id and "ab")


def test_a_claim_that_came_before_the_journal_is_kept(hub_database: HubDatabase) -> None:
    with hub_database.write() as connection:
        connection.execute(insert(journal).values(journal_id=JOURNAL, till_id="till-1"))
    till = TillJournal(facts=3)
    send(journals_of(hub_database), till)
    with hub_database.read() as connection:
        row = connection.execute(select(journal.c.till_id, journal.c.end_seq)).one()
    assert (row.till_id, row.end_seq) == ("till-1", 4)


def test_a_claim_that_comes_in_between_holds_nothing_up(postgresql_address: str) -> None:
    """On SQLite nothing comes in between."""
    database, beside = HubDatabase.open(postgresql_address), HubDatabase.open(postgresql_address)
    till = TillJournal(facts=3)
    with SqlJournals(database).work(JOURNAL) as work:
        with beside.write() as connection:
            connection.execute(insert(journal).values(journal_id=JOURNAL, till_id="till-1"))
        assert isinstance(accept(work, till.batch()), Accepted)
    assert SqlJournals(beside).position(JOURNAL) == till.end()
    database.close()
    beside.close()


def test_the_position_is_told_without_waiting_for_a_writer(hub_database: HubDatabase) -> None:
    journals, till = journals_of(hub_database), TillJournal(facts=3)
    assert journals.position(JOURNAL) == NOWHERE
    with journals.work(JOURNAL) as work:
        accept(work, till.batch())
        assert journals.position(JOURNAL) == NOWHERE
    assert journals.position(JOURNAL) == till.end()


def append_while_it_goes_away(
    database: HubDatabase, till: TillJournal, postgres: Cluster, url: str
) -> None:
    row = Row(seq=till.end().seq + 1, body=b"more", digest=digest_of(b"more"), signature=b"")
    with SqlJournals(database).work(JOURNAL) as work:
        postgres.disconnect_all(url)
        work.append([row])


def test_a_connection_lost_under_a_batch_is_a_condition_and_keeps_nothing_of_it(
    postgres: Cluster, postgresql_address: str
) -> None:
    """The till hears nothing, and sends it again."""
    database, till = HubDatabase.open(postgresql_address), TillJournal(facts=3)
    send(SqlJournals(database), till)
    with pytest.raises(StorageUnavailable):
        append_while_it_goes_away(database, till, postgres, postgresql_address)
    assert SqlJournals(database).position(JOURNAL) == till.end()
    till.record_many(3)
    send(SqlJournals(database), till, first=5)
    database.close()


def append_to_a_table_that_somebody_holds(database: HubDatabase, beside: HubDatabase) -> None:
    row = Row(seq=1, body=b"body", digest=digest_of(b"body"), signature=b"")
    with beside.write() as holder, SqlJournals(database).work(JOURNAL) as work:
        holder.execute(text("LOCK TABLE entry IN ACCESS EXCLUSIVE MODE"))
        work.append([row])


def test_a_batch_that_waits_too_long_is_a_condition_and_not_kept(
    postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = HubDatabase.open(postgresql_address)
    monkeypatch.setattr(sync.hub.store.database, "LOCK_TIMEOUT_S", 1)
    database = HubDatabase.open(postgresql_address)
    with pytest.raises(StorageUnavailable) as condition:
        append_to_a_table_that_somebody_holds(database, beside)
    assert condition.value.reason == "55P03", "PostgreSQL's lock_not_available"
    assert SqlJournals(database).position(JOURNAL) == NOWHERE
    database.close()
    beside.close()


def send_all(address: str, numbers: range, start: multiprocessing.synchronize.Barrier) -> None:
    """Send every journal's batches, as one of several hubs behind one address."""
    database = HubDatabase.open(address)
    journals = SqlJournals(database)
    start.wait(HANG_GUARD_S)
    for number in numbers:
        till = TillJournal(JournalId(f"journal-{number}"), facts=60)
        for first in (1, 21, 41):
            with journals.work(till.journal_id) as work:
                answer = accept(work, till.batch(first, first + 19))
            assert isinstance(answer, Accepted), answer
    database.close()


def test_four_hubs_on_one_database_keep_every_entry_once(postgresql_address: str) -> None:
    """All tills send everything to all four at once."""
    processes = multiprocessing.get_context("spawn")
    start = processes.Barrier(4)
    hubs = [
        processes.Process(target=send_all, args=(postgresql_address, range(12), start))
        for _ in range(4)
    ]
    for hub in hubs:
        hub.start()
    for hub in hubs:
        hub.join(HANG_GUARD_S)
    assert [hub.exitcode for hub in hubs] == [0, 0, 0, 0]
    database = HubDatabase.open(postgresql_address)
    with database.read() as connection:
        ends = connection.scalars(select(journal.c.end_seq)).all()
        found = connection.execute(
            select(entry.c.journal, entry.c.seq).order_by(entry.c.journal, entry.c.seq)
        ).all()
    database.close()
    assert ends == [60] * 12
    numbers = sorted({row.journal for row in found})
    assert [tuple(row) for row in found] == [(n, seq) for n in numbers for seq in range(1, 61)]
