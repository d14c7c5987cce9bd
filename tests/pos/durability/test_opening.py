"""Opening and founding, where it is not the usual day."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from pos import bootstrap, founding
from pos.bootstrap import open_till
from pos.codec import digest_of
from pos.domain.facts import ClockDoubted, Fact, IntegrityFailed, JournalOpened, SoftwareChanged
from pos.errors import (
    JournalBroken,
    JournalRolledBack,
    KeyMissing,
    StorageUnavailable,
    TrainingOnly,
)
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal, found_journal, remembered_journal
from pos.ids import JournalId
from pos.reports.catalogue import CountCatalogue
from pos.signing import KeyStore, fingerprint
from pos.store.database import open_database, snapshot
from pos.store.till_store import TillStore, begin_store
from pos.till import Till
from pos.verification import verify_journals
from tests.builders import (
    AFTERNOON,
    a_cash_sale,
    a_product,
    a_till,
    an_identity,
    fill,
    folders_in,
)
from tests.fakes import SteppingClock
from tests.pos.durability.victim import ROOT
from tests.pos.store.tampering import a_till_that_sold, copy_of, raw


def facts(till: Till) -> list[Fact]:
    last = till._store.end().seq  # noqa: SLF001 no screen shows them yet
    return [till._store.entry(seq)[0].fact for seq in range(1, last + 1)]  # noqa: SLF001 as above


def test_a_training_till_takes_the_catalogue_of_the_live_one(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    fill(till, a_product())
    till.close()
    place = Place(folders_in(tmp_path), "training")
    training = open_till(place)
    assert training.opened.mode == "training"
    assert training.opened.identity.seller.name == "Les Disques du Quai"
    assert training.ask(CountCatalogue()).products == 1
    training.close()
    continue_with_new_journal(place, "damaged")
    training = open_till(place)
    assert training.opened.ordinal == 2
    training.close()


def test_a_training_till_needs_nothing_at_all(tmp_path: Path) -> None:
    place = Place(folders_in(tmp_path), "training")
    open_till(place).close()
    place.path.write_bytes(b"")
    continue_with_new_journal(place, "damaged")
    training = open_till(place)
    assert training.opened.identity.seller.name == "FORMATION"
    assert training.opened.previous is not None
    assert training.opened.previous.journal_id is None
    training.close()


def test_without_a_live_till_there_is_only_training(tmp_path: Path) -> None:
    with pytest.raises(TrainingOnly):
        open_till(Place(folders_in(tmp_path)))
    assert list(tmp_path.iterdir()) == []


# Another program, without the write-ahead log, that dies in the middle.
DIE_WRITING = """
import os, sys
from sqlite_utils.utils import sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = DELETE").fetchone()
db.execute("PRAGMA cache_size = 1").fetchone()
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE product SET description = hex(randomblob(40000))")
db.execute("UPDATE variant SET sku = hex(randomblob(40000))")
os._exit(9)
"""


def test_a_write_that_a_power_cut_interrupted_is_undone_first(tmp_path: Path) -> None:
    """SQLite cannot undo it through a connection that may only read."""
    folders = a_till_that_sold(tmp_path)
    subprocess.run([sys.executable, "-c", DIE_WRITING, str(folders.live)], cwd=ROOT, check=False)
    assert folders.live.with_name("till.db-journal").stat().st_size
    till = open_till(Place(folders))
    assert till.execute(a_cash_sale()).receipt_number == "GS-1-1-000004"
    till.close()
    assert verify_journals(folders)[0].is_whole


def test_a_till_that_only_waited_for_its_name_is_not_founded_again(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    continue_with_new_journal(Place(folders), "damaged")
    folders.live.rename(folders.data / "till.next-20260718T130211Z")
    found_journal(Place(folders), an_identity(stand="OTHER"))
    till = open_till(Place(folders))
    assert till.opened.identity.stand == "GS"
    assert till.opened.ordinal == 2
    till.close()


def test_what_an_interrupted_founding_left_is_cleared_away(tmp_path: Path) -> None:
    data = folders_in(tmp_path).data
    data.mkdir(parents=True)
    for part in ("", "-wal", "-shm", "-journal"):
        (data / f"till.founding{part}").write_bytes(b"half of it")
    a_till(tmp_path).close()
    assert sorted(path.name for path in data.iterdir()) == ["till.db"]


def test_a_till_is_not_founded_where_nothing_can_be_remembered(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    folders.config.mkdir()
    (folders.config / "anchors").write_text("a file where the folder should be")
    with pytest.raises(StorageUnavailable):
        found_journal(Place(folders), an_identity())
    assert not folders.live.exists()


def test_a_new_journal_that_somebody_reads_is_not_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is still in its log would stay behind."""
    readers = []

    def begin_with_a_reader(path: Path, journal_id: JournalId, opened: JournalOpened) -> TillStore:
        store = begin_store(path, journal_id, opened)
        reader = open_database(store.path, read_only=True)
        readers.append((reader, snapshot(reader)))
        readers[-1][1].__enter__()
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return store

    monkeypatch.setattr(founding, "begin_store", begin_with_a_reader)
    monkeypatch.setattr("pos.store.database.BUSY_TIMEOUT_MS", 1)
    with pytest.raises(StorageUnavailable) as busy:
        found_journal(Place(folders_in(tmp_path)), an_identity())
    assert busy.value.reason == "SQLITE_BUSY"
    assert not folders_in(tmp_path).live.exists()
    for reader, reading in readers:
        reading.__exit__(None, None, None)
        reader.close()


def test_a_clock_that_went_back_is_recorded(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    for moment, expected in ((AFTERNOON - timedelta(days=1), 1), (AFTERNOON, 1)):
        till = open_till(Place(folders, now=SteppingClock.fixed(moment)))
        doubts = [fact for fact in facts(till) if isinstance(fact, ClockDoubted)]
        assert len(doubts) == expected
        till.close()
    till = open_till(Place(folders, now=SteppingClock.fixed(AFTERNOON + timedelta(days=500))))
    assert isinstance(facts(till)[-1], ClockDoubted)
    till.close()


def test_another_version_of_the_program_is_recorded_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = a_till_that_sold(tmp_path)
    monkeypatch.setattr(bootstrap, "__version__", "9.9.9")
    for _ in range(2):
        till = open_till(Place(folders, now=SteppingClock(AFTERNOON + timedelta(hours=1))))
        changes = [fact for fact in facts(till) if isinstance(fact, SoftwareChanged)]
        assert [change.software_version for change in changes] == ["9.9.9"]
        till.close()


def test_a_memory_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    remembered = remembered_journal(folders)
    assert remembered is not None
    assert remembered.ordinal == 1
    (folders.config / "founded.json").write_text("{")
    assert remembered_journal(folders) is None
    continue_with_new_journal(Place(folders), "damaged")
    remembered = remembered_journal(folders)
    assert remembered is not None
    assert remembered.ordinal == 2


@pytest.mark.parametrize("content", [b"", b"ECHOPPE-KEY-1\n", b"x" * 100])
def test_a_key_that_is_not_whole_is_missing(tmp_path: Path, content: bytes) -> None:
    keys = KeyStore(tmp_path)
    key = keys.make()
    assert keys.load(key.public).public == key.public
    (tmp_path / f"{fingerprint(key.public)}.key").write_bytes(content)
    with pytest.raises(KeyMissing) as missing:
        keys.load(key.public)
    assert missing.value.fingerprint == fingerprint(key.public)


def test_a_key_is_for_its_owner_only_and_wrapped(tmp_path: Path) -> None:
    key = KeyStore(tmp_path / "keys").make()
    (path,) = (tmp_path / "keys").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(KeyMissing):
        KeyStore(tmp_path / "keys", lambda: b"another machine").load(key.public)


def test_two_tills_with_one_config_folder_do_not_meet(tmp_path: Path) -> None:
    first = a_till_that_sold(tmp_path)
    second = copy_of(first, tmp_path / "second")
    shutil.rmtree(second.data)
    place = Place(type(first)(data=second.data, config=first.config))
    found_journal(place, an_identity(stand="B"))
    for one in (Place(first), place):
        till = open_till(one)
        till.execute(a_cash_sale())
        till.close()
        assert verify_journals(one.folders)[0].is_whole


def test_a_training_till_under_the_live_name_does_not_become_a_live_one(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    open_till(Place(folders, "training")).close()
    folders.training.rename(folders.live)
    with pytest.raises(TrainingOnly):
        continue_with_new_journal(Place(folders), "broken")
    assert remembered_journal(folders) is None


def test_a_journal_does_not_go_on_for_a_seller_without_numbers(tmp_path: Path) -> None:
    identity = an_identity()
    seller = msgspec.structs.replace(identity.seller, vat_number="")
    nobody = msgspec.structs.replace(identity, seller=seller)
    a_till(tmp_path, identity=nobody).close()
    with pytest.raises(TrainingOnly):
        continue_with_new_journal(Place(folders_in(tmp_path)), "broken")


def forge_opening(folders: Folders) -> None:
    """Give the first entry another stand and a digest that fits; nobody can sign it."""
    with raw(folders.live) as db:
        ((body,),) = db.execute("SELECT body FROM journal WHERE seq = 1").fetchall()
        forged = body.replace(b'"stand":"GS"', b'"stand":"XX"')
        assert forged != body
        digest = bytes.fromhex(digest_of(forged))
        db.execute("UPDATE journal SET body = ?, digest = ? WHERE seq = 1", [forged, digest])


def test_a_forged_opening_is_noticed_behind_many_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "TAIL_ENTRIES", 2)
    folders = a_till_that_sold(tmp_path)
    forge_opening(folders)
    with pytest.raises(JournalBroken) as broken:
        open_till(Place(folders))
    assert (broken.value.seq, broken.value.reason) == (1, "signature")
    continue_with_new_journal(Place(folders), "broken")
    till = open_till(Place(folders))
    assert till.opened.identity.stand == "GS", "as this machine remembers, not as it was forged"
    till.close()


def test_a_journal_signed_with_somebody_elses_key_does_not_say_who_this_is(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path / "ours")
    other = a_till(tmp_path / "theirs", identity=an_identity(stand="XX"))
    other.close()
    folders_in(tmp_path / "theirs").live.replace(folders.live)
    with pytest.raises(KeyMissing):
        open_till(Place(folders))
    continue_with_new_journal(Place(folders), "key_missing")
    till = open_till(Place(folders))
    assert till.opened.identity.stand == "GS"
    till.close()


def test_a_journal_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    """Else who deletes the file begins again at number one."""
    folders = a_till_that_sold(tmp_path)
    lost = remembered_journal(folders)
    assert lost is not None
    shutil.rmtree(folders.data)
    with pytest.raises(JournalRolledBack) as missed:
        open_till(Place(folders))
    assert (missed.value.anchored_seq, missed.value.found_seq) == (9, 0)
    assert (missed.value.kept, missed.value.in_place) == (1, 0)
    continue_with_new_journal(Place(folders), "rolled_back")
    till = open_till(Place(folders))
    assert till.opened.ordinal == 2
    assert till.opened.previous is not None
    assert (till.opened.previous.journal_id, till.opened.previous.seq) == (lost.journal_id, 9)
    till.close()


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE sale SET number = 77 WHERE number = 3", "sale"),
        ("UPDATE sale SET perpetual_net_minor = 0 WHERE number = 3", "sale"),
        ("DELETE FROM sale WHERE number = 3", "sale"),
        ("DELETE FROM receipt_issue", "receipt_issue"),
    ],
)
def test_numbers_are_not_taken_from_rows_that_somebody_changed(
    tmp_path: Path, change: str, table: str
) -> None:
    folders = a_till_that_sold(tmp_path)
    with raw(folders.live) as db:
        db.execute(change)
    with pytest.raises(JournalBroken) as broken:
        open_till(Place(folders))
    assert broken.value.reason == f"derived:{table}"


def test_what_a_start_found_is_there_for_the_screen(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    shutil.rmtree(folders.anchors)
    early = Place(folders, now=SteppingClock.fixed(AFTERNOON - timedelta(days=1)))
    till = open_till(early)
    assert [type(fact) for fact in till.found_at_open] == [IntegrityFailed, ClockDoubted]
    till.close()
    till = open_till(early)
    assert till.found_at_open == ()
    till.close()
