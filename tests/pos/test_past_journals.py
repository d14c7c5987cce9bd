"""What a till sold before its journal had to be ended can still be sent, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.bootstrap import open_till
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.past_journals import past_journals
from pos.reports.journal import DigestAt, EndOfJournal, RawPage
from pos.reports.sales import Staff
from sync.outbound import OutboundJournal
from tests.builders import a_cash_sale, a_till, folders_in
from tests.pos.store.tampering import rows_of

PAGE = 4096  # of SQLite


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return a till that ended two journals and sells in a third."""
    folders = folders_in(tmp_path)
    for sales in (8, 1):
        till = a_till(tmp_path)
        for _ in range(sales):
            till.execute(a_cash_sale())
        till.close()
        continue_with_new_journal(Place(folders), "broken")
    return folders


def test_a_till_without_a_past_has_none(tmp_path: Path) -> None:
    a_till(tmp_path).close()
    found = past_journals(folders_in(tmp_path), "live")
    assert (found.journals, found.unreadable) == ((), ())


def test_journals_that_were_set_aside_are_named_oldest_first(folders: Folders) -> None:
    found = past_journals(folders, "live")
    assert [one.opened.ordinal for one in found.journals] == [1, 2]
    assert found.unreadable == ()
    till = open_till(Place(folders))
    assert till.journal_id not in {one.journal_id for one in found.journals}
    till.close()


def test_their_entries_are_those_on_the_disk(folders: Folders) -> None:
    for past in past_journals(folders, "live").journals:
        with past.open() as opened:
            entries = opened.ask(RawPage(after=0, entries_max=500, bytes_max=10**9))
            stored = rows_of_copy(past.path, folders)
            assert [(one.seq, one.body, one.signature) for one in entries] == stored
            end = opened.ask(EndOfJournal())
            assert (end.seq, opened.journal_id) == (past.entries, past.journal_id)
            assert opened.ask(DigestAt(seq=end.seq)) == end.digest


def rows_of_copy(path: Path, folders: Folders) -> list[tuple[int, bytes, bytes]]:
    copy = folders.data / "copy.db"
    copy.write_bytes(path.read_bytes())
    return [(seq, body, signature) for seq, body, _, signature in rows_of(copy)]


def test_what_sends_a_journal_takes_an_old_one_too(folders: Folders) -> None:
    first, _ = past_journals(folders, "live").journals
    with first.open() as opened:
        source = OutboundJournal(opened.journal_id, opened.ask)
        page = source.page(after=1, entries_max=2, bytes_max=10**9)
        assert len(page) == 2
        assert source.end().seq == first.entries


def test_reading_them_changes_nothing(folders: Folders) -> None:
    first, _ = past_journals(folders, "live").journals
    before = first.path.read_bytes()
    with first.open() as opened:
        opened.ask(RawPage(after=0, entries_max=5, bytes_max=10**6))
    assert first.path.read_bytes() == before


def test_those_of_training_are_not_those_that_sold(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    a_till(tmp_path, mode="training").close()
    continue_with_new_journal(Place(folders, "training"), "broken")
    assert past_journals(folders, "live").journals == ()
    assert len(past_journals(folders, "training").journals) == 1


def test_a_file_that_says_nothing_is_named(folders: Folders) -> None:
    path = folders.set_aside / "till-x.db"
    path.write_bytes(b"no database")
    found = past_journals(folders, "live")
    assert found.unreadable == (path,)
    assert len(found.journals) == 2


@pytest.mark.parametrize("damaged", [5, -1])
def test_a_damaged_one_is_read_up_to_the_damage(folders: Folders, damaged: int) -> None:
    """What was sold before the disk went bad is still sent; `damaged` is an entry."""
    first, _ = past_journals(folders, "live").journals
    seq = damaged if damaged > 0 else first.entries
    content = bytearray(first.path.read_bytes())
    page = content.index(b'"seq":%d,' % seq) // PAGE * PAGE
    assert content.index(b'"seq":1,') // PAGE * PAGE != page
    content[page : page + PAGE] = b"\xff" * PAGE
    first.path.write_bytes(content)
    found, _ = past_journals(folders, "live").journals
    with found.open() as opened:
        end = opened.ask(EndOfJournal())
        assert 1 <= end.seq < seq
        assert end.digest == opened.ask(DigestAt(seq=end.seq))
        pages = [opened.ask(RawPage(after=n, entries_max=3, bytes_max=10**9)) for n in range(20)]
        assert {one.seq for page in pages for one in page} == set(range(1, end.seq + 1))


def test_an_old_journal_answers_nothing_else(folders: Folders) -> None:
    first, _ = past_journals(folders, "live").journals
    with first.open() as opened, pytest.raises(AssertionError, match="a till that sells"):
        opened.ask(Staff())
