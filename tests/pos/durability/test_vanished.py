"""Whole journals that are not there any more, and what still remembers them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos import founding
from pos.bootstrap import open_till
from pos.errors import JournalRolledBack, StorageUnavailable, TrainingOnly
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal, found_journal, remembered_journal
from pos.verification import verify_journals
from tests.builders import a_cash_sale, a_till, an_identity, folders_in
from tests.pos.store.tampering import a_till_that_sold, copy_of


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return a_till_that_sold(tmp_path)


def go_on(folders: Folders, times: int = 1) -> None:
    for _ in range(times):
        continue_with_new_journal(Place(folders), "broken")
        till = open_till(Place(folders))
        till.execute(a_cash_sale())
        till.close()


def missing(folders: Folders) -> list[tuple[str, int]]:
    """Return why which ordinals are missed; all that is there has to be whole."""
    found = verify_journals(folders)
    assert all(one.is_whole for one in found if one.path != folders.data)
    return [(p.reason, p.seq) for one in found if one.path == folders.data for p in one.problems]


def kept(folders: Folders, ordinal: int) -> Path:
    """Return the file of a journal that was set aside."""
    (path,) = [
        one.path for one in verify_journals(folders) if one.opened and one.opened.ordinal == ordinal
    ]
    assert path.parent == folders.set_aside
    return path


def test_nothing_is_missed_where_all_journals_are_there(folders: Folders) -> None:
    go_on(folders, 2)
    open_till(Place(folders, "training")).close()
    continue_with_new_journal(Place(folders, "training"), "broken")
    assert missing(folders) == []
    assert len(verify_journals(folders)) == 5


def test_a_journal_that_the_next_one_names_is_missed(folders: Folders) -> None:
    go_on(folders)
    kept(folders, 1).unlink()
    assert missing(folders) == [("missing_previous", 2)]


def test_a_training_journal_that_the_next_one_names_is_missed(tmp_path: Path) -> None:
    place = Place(folders_in(tmp_path), "training")
    open_till(place).close()
    continue_with_new_journal(place, "broken")
    (old,) = place.folders.set_aside.glob("*.db")
    old.unlink()
    assert missing(place.folders) == [("missing_previous", 2)]


def test_a_gap_in_the_numbers_of_journals_is_missed(folders: Folders) -> None:
    go_on(folders, 2)
    for ordinal in (2, 1):
        kept(folders, ordinal).unlink()
    assert missing(folders) == [("missing_previous", 3), ("missing_ordinal", 1)]


def test_a_till_that_was_set_up_again_misses_what_it_was_before(folders: Folders) -> None:
    """Somebody removes the file and gives the command again: it names nothing before it."""
    folders.live.unlink()
    found_journal(Place(folders), an_identity())
    assert missing(folders) == [("missing_ordinal", 1)]


def test_the_live_journal_that_this_machine_remembers_is_missed(folders: Folders) -> None:
    folders.live.unlink()
    assert missing(folders) == [("missing_remembered", 1)]
    shutil.rmtree(folders.data)
    assert missing(folders) == [("missing_remembered", 1)]


def test_a_file_that_does_not_say_whose_it_is_may_be_the_one(folders: Folders) -> None:
    """It fails by itself; saying that a journal is missing would be a guess."""
    go_on(folders)
    kept(folders, 1).write_bytes(b"")
    found = verify_journals(folders)
    assert [[p.reason for p in one.problems] for one in found] == [[], ["unreadable"]]


def test_the_journal_before_does_not_come_back_in_the_place_of_this_one(
    folders: Folders,
) -> None:
    """It is whole, its key and its anchor are here; only what was sold since is gone."""
    go_on(folders)
    old = kept(folders, 1)
    folders.live.unlink()
    old.rename(folders.live)
    assert missing(folders) == [("missing_remembered", 2)]
    with pytest.raises(JournalRolledBack) as refused:
        open_till(Place(folders))
    assert (refused.value.anchored_seq, refused.value.found_seq) == (4, 0), (
        "of the one that was sold in"
    )
    assert (refused.value.kept, refused.value.in_place) == (2, 1)
    remembered = remembered_journal(folders)
    assert remembered is not None
    assert remembered.ordinal == 2, "what it knew is not written over"
    go_on(folders)
    assert missing(folders) == [("missing_ordinal", 2)]


def test_what_a_machine_remembers_comes_back_at_the_next_start(folders: Folders) -> None:
    memory = folders.config / "founded.json"
    content = memory.read_bytes()
    for left in (None, b"{", b'{"ordinal":0}'):
        memory.unlink()
        if left is not None:
            memory.write_bytes(left)
        open_till(Place(folders)).close()
        assert memory.read_bytes() == content
    assert missing(folders) == []


def test_a_memory_that_cannot_be_written_does_not_stop_a_start(folders: Folders) -> None:
    memory = folders.config / "founded.json"
    memory.unlink()
    memory.mkdir()
    till = open_till(Place(folders))
    till.execute(a_cash_sale())
    till.close()


def test_a_power_cut_in_the_first_founding_leaves_nothing_to_miss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The welcome comes again, not the page of trouble."""
    folders = folders_in(tmp_path)

    def power_cut(*_: object) -> None:
        raise StorageUnavailable(reason="power cut")

    with monkeypatch.context() as patch:
        patch.setattr(founding, "change_over", power_cut)
        with pytest.raises(StorageUnavailable):
            found_journal(Place(folders), an_identity())
    with pytest.raises(TrainingOnly):
        open_till(Place(folders))
    assert verify_journals(folders) == []
    found_journal(Place(folders), an_identity())
    till = open_till(Place(folders))
    assert till.execute(a_cash_sale()).receipt_number == "GS-1-1-000001"
    till.close()
    assert missing(folders) == []


def test_a_power_cut_behind_the_founding_is_made_up_for_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(tmp_path)

    def power_cut(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(founding, "write_durably", power_cut)
        found_journal(Place(folders), an_identity())
    assert remembered_journal(folders) is None
    open_till(Place(folders)).close()
    remembered = remembered_journal(folders)
    assert remembered is not None
    assert remembered.ordinal == 1


def test_another_till_in_the_same_config_folder_is_not_taken_for_a_later_journal(
    folders: Folders, tmp_path: Path
) -> None:
    other = copy_of(folders, tmp_path / "other")
    shutil.rmtree(other.data)
    place = Place(Folders(data=other.data, config=folders.config))
    found_journal(place, an_identity(stand="B"))
    for one in (Place(folders), place):
        open_till(one).close()
    remembered = remembered_journal(folders)
    assert remembered is not None
    assert remembered.identity.stand == "B", "the newest number stays taken"


def test_two_data_folders_of_one_till_refuse_each_other(folders: Folders, tmp_path: Path) -> None:
    """One memory, one series of numbers: neither may go on where the other one was."""
    other = Place(Folders(data=tmp_path / "other", config=folders.config))
    found_journal(other, an_identity())
    open_till(other).close()
    with pytest.raises(JournalRolledBack) as refused:
        open_till(Place(folders))
    assert (refused.value.kept, refused.value.in_place) == (2, 1)
    open_till(other).close()


def test_a_journal_whose_key_is_here_but_not_its_anchor_fails(folders: Folders) -> None:
    shutil.rmtree(folders.anchors)
    (found,) = verify_journals(folders)
    assert [problem.reason for problem in found.problems] == ["anchor_missing"]
    elsewhere = Folders(data=folders.data, config=folders.data / "elsewhere")
    assert verify_journals(elsewhere)[0].is_whole, "a copy, on a machine that never had it"


def test_lost_anchors_of_older_journals_are_no_trouble_for_ever(folders: Folders) -> None:
    """The journal that goes on names the same end, and the till writes no anchor for them."""
    go_on(folders, 2)
    shutil.rmtree(folders.anchors)
    open_till(Place(folders)).close()
    assert [found.problems for found in verify_journals(folders)] == [(), (), ()]


def test_a_check_that_failed_is_told_by_every_verify_after_it(folders: Folders) -> None:
    shutil.rmtree(folders.anchors)
    open_till(Place(folders)).close()
    (found,) = verify_journals(folders)
    assert found.is_whole
    assert [(failed.seq, failed.check, failed.reason) for failed in found.failures] == [
        (10, "anchor", "anchor missing")
    ]


def test_a_till_that_never_failed_a_check_has_none(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.close()
    assert verify_journals(folders_in(tmp_path))[0].failures == ()
