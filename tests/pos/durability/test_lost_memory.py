"""What a machine remembers of its journals is gone: perhaps with a journal, perhaps not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos import founding
from pos.bootstrap import open_till
from pos.domain.facts import IntegrityFailed
from pos.errors import KeyMissing
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal, found_journal, remembered_journal
from pos.verification import verify_journals
from tests.builders import a_cash_sale, an_identity, folders_in
from tests.pos.store.tampering import a_till_that_sold, copy_of


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return a_till_that_sold(tmp_path)


def forget(folders: Folders) -> None:
    (folders.config / "founded.json").unlink()


def go_on(folders: Folders) -> None:
    continue_with_new_journal(Place(folders), "broken")
    till = open_till(Place(folders))
    till.execute(a_cash_sale())
    till.close()


def put_the_older_one_back(folders: Folders) -> None:
    (old,) = folders.set_aside.glob("*.db")
    folders.live.unlink()
    old.rename(folders.live)


def told_at_open(folders: Folders) -> list[str]:
    till = open_till(Place(folders))
    found = [fact.reason for fact in till.found_at_open if isinstance(fact, IntegrityFailed)]
    till.close()
    return found


def problems(folders: Folders) -> list[str]:
    return [problem.reason for one in verify_journals(folders) for problem in one.problems]


def test_an_older_journal_back_in_place_of_a_forgotten_one_is_told_once(folders: Folders) -> None:
    """Its key and its genuine anchor are still here; only the memory speaks of the later one."""
    go_on(folders)
    put_the_older_one_back(folders)
    forget(folders)
    assert problems(folders) == ["memory_missing"]
    assert told_at_open(folders) == ["memory missing"]
    assert told_at_open(folders) == [], "once: the machine remembers again"
    (verification,) = verify_journals(folders)
    assert [failed.reason for failed in verification.failures] == ["memory missing"]


def test_a_journal_that_was_never_sold_in_is_told_as_well(tmp_path: Path) -> None:
    """It looks like one that a power cut left; the later one's anchor tells that it is not."""
    folders = folders_in(tmp_path)
    found_journal(Place(folders), an_identity())
    go_on(folders)
    put_the_older_one_back(folders)
    forget(folders)
    assert problems(folders) == ["memory_missing"]
    assert told_at_open(folders) == ["memory missing"]


def test_a_later_journal_that_is_gone_with_the_memory_is_told_by_those_set_aside(
    folders: Folders,
) -> None:
    go_on(folders)
    folders.live.unlink()
    assert problems(folders) == ["missing_remembered"]
    forget(folders)
    assert problems(folders) == ["memory_missing"]


@pytest.mark.parametrize("left", [b"{", b'{"ordinal":0}'])
def test_a_memory_that_cannot_be_read_is_a_lost_one(folders: Folders, left: bytes) -> None:
    (folders.config / "founded.json").write_bytes(left)
    assert problems(folders) == ["memory_missing"]
    assert told_at_open(folders) == ["memory missing"]
    assert problems(folders) == []


def test_a_power_cut_behind_the_first_founding_is_nothing_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = folders_in(tmp_path)
    open_till(Place(folders, "training")).close()

    def power_cut(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(founding, "write_durably", power_cut)
        found_journal(Place(folders), an_identity())
    assert remembered_journal(folders) is None
    assert problems(folders) == []
    assert told_at_open(folders) == []
    assert remembered_journal(folders) is not None


def test_a_power_cut_behind_going_on_is_nothing_to_tell(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory is then of the journal before."""

    def power_cut(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(founding, "write_durably", power_cut)
        continue_with_new_journal(Place(folders), "broken")
    assert problems(folders) == []
    assert told_at_open(folders) == []


def test_training_is_not_remembered_and_not_missed(tmp_path: Path) -> None:
    place = Place(folders_in(tmp_path), "training")
    till = open_till(place)
    till.execute(a_cash_sale())
    till.close()
    till = open_till(place)
    assert till.found_at_open == ()
    till.close()
    assert problems(place.folders) == []


def test_another_machine_never_had_the_memory(folders: Folders, tmp_path: Path) -> None:
    copy = copy_of(folders, tmp_path / "other")
    shutil.rmtree(copy.config)
    assert problems(copy) == []
    with pytest.raises(KeyMissing):
        open_till(Place(copy))


def test_a_memory_without_a_key_as_version_0_1_0_kept_it_is_enough(folders: Folders) -> None:
    remembered = remembered_journal(folders)
    assert remembered is not None
    memory = folders.config / "founded.json"
    key = b',"public_key":"' + remembered.public_key.encode() + b'"'
    assert key in memory.read_bytes()
    memory.write_bytes(memory.read_bytes().replace(key, b""))
    assert problems(folders) == []
    assert told_at_open(folders) == []
