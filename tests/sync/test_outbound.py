"""A real till's journal on its way up."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.codec import digest_of
from pos.domain.facts import CatalogueChanged
from pos.reports.journal import DigestAt, EndOfJournal, JournalPlace, RawPage, end_of_journal
from pos.signing import entry_verifier
from pos.store.journal import journal_end, read_rows
from pos.store.till_store import open_store_to_read
from pos.till import Till
from sync.outbound import OutboundJournal
from sync.push import Progress, Pusher
from tests.builders import ZOE, a_cash_sale, a_product, a_size, a_till, fill, folders_in
from tests.sync.hub_beside import HubBeside

BODY_BYTES = 100_000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    till = a_till(tmp_path)
    fill(till, a_product("wildfire", a_size("M")), stock=5)
    for _ in range(3):
        till.execute(a_cash_sale())
    yield till
    till.close()


def page(till: Till, *, after: int = 0, entries: int = 200, size: int = 10**6) -> list[int]:
    answer = till.ask(RawPage(after=after, entries_max=entries, bytes_max=size))
    return [entry.seq for entry in answer]


def record_large(till: Till, count: int) -> None:
    for _ in range(count):
        till.record(
            CatalogueChanged(source="x" * BODY_BYTES, sha256="", products=0, variants=0), ZOE
        )


def test_entries_are_handed_out_as_they_lie_on_the_disk(till: Till, tmp_path: Path) -> None:
    store = open_store_to_read(folders_in(tmp_path).live)
    stored = list(read_rows(store._db))  # noqa: SLF001 the bytes themselves
    end = journal_end(store._db)  # noqa: SLF001 as above
    store.close()
    verify = entry_verifier(bytes.fromhex(till.opened.public_key))
    entries = till.ask(RawPage(after=0, entries_max=200, bytes_max=10**6))
    assert [(one.seq, one.body, one.signature) for one in entries] == [
        (one.seq, one.body, one.signature) for one in stored
    ]
    assert all(verify(digest_of(one.body), one.signature) for one in entries)
    assert till.ask(EndOfJournal()) == JournalPlace(seq=end.seq, digest=end.digest)
    assert till.ask(DigestAt(seq=3)) == digest_of(stored[2].body)
    assert till.ask(DigestAt(seq=0)) == till.ask(DigestAt(seq=end.seq + 1)) == ""


def test_a_page_is_bounded_in_entries_and_in_bytes(till: Till) -> None:
    end = till.ask(EndOfJournal()).seq
    assert page(till) == list(range(1, end + 1))
    assert page(till, after=2, entries=3) == [3, 4, 5]
    assert page(till, after=end) == []
    record_large(till, 5)
    assert page(till, after=end, size=3 * BODY_BYTES) == [end + 1, end + 2]
    assert page(till, after=end, size=10) == [end + 1], "a large one must not hold up the others"


def test_a_page_of_a_large_journal_needs_little_memory(till: Till) -> None:
    record_large(till, 100)
    tracemalloc.start()
    try:
        page(till, size=4 * BODY_BYTES)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 * BODY_BYTES


def test_an_empty_journal_ends_before_the_first_entry() -> None:
    class Nothing:
        def rows(self, _sql: str, *_values: object) -> list[tuple[object, ...]]:
            return []

    assert end_of_journal(EndOfJournal(), Nothing(), "") == JournalPlace(seq=0, digest="")


def test_a_tills_sales_go_up_to_the_byte(till: Till) -> None:
    hub = HubBeside()
    pusher = Pusher(OutboundJournal(till.journal_id, till.ask), hub, batch_entries_max=3)
    end = till.ask(EndOfJournal()).seq
    while not (progress := pusher.step()).is_idle:
        assert progress.trouble is None
    assert progress == Progress(acknowledged_seq=end, waiting=0, is_idle=True)
    till.execute(a_cash_sale())
    assert pusher.step().acknowledged_seq == till.ask(EndOfJournal()).seq > end
    entries = till.ask(RawPage(after=0, entries_max=200, bytes_max=10**6))
    kept = hub.journals.kept[till.journal_id]
    assert [(row.seq, row.body, row.signature) for row in kept] == [
        (entry.seq, entry.body, entry.signature) for entry in entries
    ]
    assert {"JournalOpened", "SaleCompleted"} <= {row.kind for row in kept}
