"""What a hub's store promises, wherever it keeps journals: run over all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import Select, select

from pos.codec import digest_of
from pos.ids import JournalId
from sync.hub.ingest import Journals, Reason, Row, accept
from sync.hub.store.database import HubDatabase
from sync.hub.store.journals import SqlJournals
from sync.hub.store.tables import entry, journal, quarantine
from sync.protocol import NOWHERE, Accepted, Answer, Position
from tests.sync.journals import ANOTHER, JOURNAL, MemoryJournals, TillJournal

HANG_GUARD_S = 30


class Bench(Protocol):
    """A store under test, and what lies in it, to the byte."""

    @property
    def journals(self) -> Journals: ...

    def kept(self, journal_id: JournalId) -> Sequence[Row]: ...

    def aside(self, journal_id: JournalId) -> Sequence[tuple[Row, Reason]]:
        """Return what is in quarantine, in the order in which it came."""
        ...


class MemoryBench:
    def __init__(self, _folder: Path) -> None:
        self.journals = MemoryJournals()

    def kept(self, journal_id: JournalId) -> Sequence[Row]:
        return self.journals.kept.get(journal_id, [])

    def aside(self, journal_id: JournalId) -> Sequence[tuple[Row, Reason]]:
        return list(self.journals.aside.get(journal_id, {}).values())


class SqlBench:
    def __init__(self, database: HubDatabase) -> None:
        self.database = database
        self.journals = SqlJournals(database)

    def kept(self, journal_id: JournalId) -> Sequence[Row]:
        query = select(entry).join(journal, journal.c.number == entry.c.journal)
        return self._rows(query.order_by(entry.c.seq), journal_id, lambda row, _: row)

    def aside(self, journal_id: JournalId) -> Sequence[tuple[Row, Reason]]:
        query = select(quarantine).join(journal, journal.c.number == quarantine.c.journal)
        return self._rows(
            query.order_by(quarantine.c.number), journal_id, lambda row, raw: (row, raw.reason)
        )

    def _rows(
        self, query: Select[Any], journal_id: JournalId, made: Callable[[Row, Any], Any]
    ) -> list[Any]:
        with self.database.read() as connection:
            return [
                made(
                    Row(
                        seq=raw.seq,
                        body=raw.body,
                        digest=raw.digest.hex(),
                        signature=raw.signature,
                        kind=raw.kind,
                        problem=raw.problem,
                    ),
                    raw,
                )
                for raw in connection.execute(query.where(journal.c.journal_id == journal_id))
            ]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    if request.param == "memory":
        yield MemoryBench(tmp_path)
        return
    database = HubDatabase.open(request.getfixturevalue(f"{request.param}_address"))
    yield SqlBench(database)
    database.close()


def a_row(seq: int, body: bytes = b"{}", *, signature: bytes = b"s" * 64) -> Row:
    return Row(seq=seq, body=body, digest=digest_of(body), signature=signature, kind="Fact")


ROWS = [a_row(seq, b"body %d" % seq) for seq in range(1, 6)]


def fill(bench: Bench, *rows: Row, journal_id: JournalId = JOURNAL) -> None:
    with bench.journals.work(journal_id) as work:
        work.append(rows)


def test_a_journal_that_nobody_sent_is_empty(bench: Bench) -> None:
    with bench.journals.work(JOURNAL) as work:
        assert work.journal_id == JOURNAL
        assert work.end() == NOWHERE
        assert work.opening() is None
        assert list(work.digests(1, 200)) == []
        assert not work.is_quarantined(ROWS[0].digest)
    assert not bench.kept(JOURNAL)


def test_entries_are_kept_to_the_byte_and_in_order(bench: Bench) -> None:
    fill(bench, *ROWS[:2])
    fill(bench, *ROWS[2:])
    assert list(bench.kept(JOURNAL)) == ROWS
    with bench.journals.work(JOURNAL) as work:
        assert work.end() == Position(seq=5, digest=ROWS[-1].digest)
        assert work.opening() == b"body 1"


def test_as_many_digests_are_told_as_there_are(bench: Bench) -> None:
    fill(bench, *ROWS)
    with bench.journals.work(JOURNAL) as work:
        assert list(work.digests(2, 3)) == [ROWS[1].digest, ROWS[2].digest]
        assert list(work.digests(5, 204)) == [ROWS[4].digest]
        assert list(work.digests(6, 205)) == []


def test_one_journal_is_no_other(bench: Bench) -> None:
    fill(bench, *ROWS)
    fill(bench, *ROWS[:1], journal_id=ANOTHER)
    with bench.journals.work(ANOTHER) as work:
        assert work.end().seq == 1
        work.quarantine(ROWS[1:2], "chain")
    with bench.journals.work(JOURNAL) as work:
        assert work.end().seq == 5
        assert not work.is_quarantined(ROWS[1].digest)


@pytest.mark.parametrize(
    "body",
    [b"", b"\0", b"\xff\xfe\x80", '{"é":"🤘🏽"}'.encode(), b"x" * 1_000_000],
    ids=["empty", "nul", "no text", "signs", "large"],
)
@pytest.mark.parametrize("signature", [b"", b"\0" * 64], ids=["unsigned", "zeros"])
def test_bytes_are_bytes(bench: Bench, body: bytes, signature: bytes) -> None:
    """What cannot be read is kept as well, and no database may mend it."""
    row = Row(
        seq=1, body=body, digest=digest_of(body), signature=signature, kind="", problem="malformed"
    )
    with bench.journals.work(JOURNAL) as work:
        work.append([row])
        work.quarantine([row], "signature")
    assert list(bench.kept(JOURNAL)) == [row]
    assert list(bench.aside(JOURNAL)) == [(row, "signature")]


def write_and_die(bench: Bench) -> None:
    with bench.journals.work(JOURNAL) as work:
        work.append(ROWS[2:])
        work.quarantine(ROWS[:1], "forked")
        raise KeyError


def test_a_transaction_that_dies_leaves_nothing(bench: Bench) -> None:
    fill(bench, *ROWS[:2])
    with pytest.raises(KeyError):
        write_and_die(bench)
    assert list(bench.kept(JOURNAL)) == ROWS[:2]
    assert not bench.aside(JOURNAL)
    with bench.journals.work(JOURNAL) as work:
        assert work.end().seq == 2
        assert not work.is_quarantined(ROWS[0].digest)


def test_quarantine_keeps_each_entry_once_with_its_first_reason(bench: Bench) -> None:
    """Also several under one number: that is what a fork is."""
    twin = a_row(2, b"another body 2")
    with bench.journals.work(JOURNAL) as work:
        work.quarantine([ROWS[1], twin], "forked")
        assert work.is_quarantined(twin.digest)
    with bench.journals.work(JOURNAL) as work:
        work.quarantine([twin, ROWS[2]], "chain")
        assert work.end() == NOWHERE, "what is kept aside has no place in the journal"
    assert list(bench.aside(JOURNAL)) == [
        (ROWS[1], "forked"),
        (twin, "forked"),
        (ROWS[2], "chain"),
    ]


def test_a_batch_that_arrives_twice_at_once_is_kept_once(bench: Bench) -> None:
    """A till that got no answer in time sends again while the first is still at work."""
    till = TillJournal(facts=30)
    start = threading.Barrier(4)
    answers: list[Answer] = []

    def send() -> None:
        start.wait(HANG_GUARD_S)
        with bench.journals.work(JOURNAL) as work:
            answer = accept(work, till.batch())
        answers.append(answer)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_GUARD_S)
    assert answers == [Accepted(seq=31, digest=till.end().digest)] * 4
    assert [row.body for row in bench.kept(JOURNAL)] == [entry.body for entry in till.entries]
    assert not bench.aside(JOURNAL)
