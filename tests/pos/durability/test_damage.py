"""What a till says about a file that is not what it should be, and how it goes on."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from pos import codec
from pos.bootstrap import open_till
from pos.commands import SaveBasket
from pos.domain.facts import ClockDoubted, IntegrityFailed
from pos.errors import (
    DatabaseTooNew,
    JournalBroken,
    JournalRolledBack,
    KeyMissing,
    PosError,
    StorageDamaged,
    TrainingOnly,
)
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.ids import OperatorCode
from pos.reports.catalogue import CountCatalogue, FindByCode, Found
from pos.reports.sales import FindLastSale, SavedBasket
from pos.store.derived import TABLES
from pos.store.journal import known_facts, read_end
from pos.till import Till
from pos.verification import verify_journals
from tests.builders import (
    a_basket,
    a_cash_sale,
    a_product,
    a_sale,
    a_size,
    a_till,
    fill,
    folders_in,
    on_sale,
)
from tests.pos.store.tampering import a_till_that_sold, copy_of, raw

PAGE = 4096


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return a_till_that_sold(tmp_path_factory.mktemp("sold"))


@pytest.fixture
def folders(sold: Folders, tmp_path: Path) -> Folders:
    return copy_of(sold, tmp_path)


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def page_of(path: Path, table: str) -> int:
    """Return at which byte the first page of a table begins."""
    with raw(path) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()
    return (int(page) - 1) * PAGE


def truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def cut_within_the_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(60)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage_in_the_header(path: Path) -> None:
    overwrite(path, 0, b"#!/bin/sh\necho hello\n")


def garbage_in_the_schema(path: Path) -> None:
    overwrite(path, 100, b"\xff" * 3000)


def garbage_in_the_journal(path: Path) -> None:
    overwrite(path, page_of(path, "journal"), b"\xa5" * PAGE)


def another_file(path: Path) -> None:
    path.write_text("GS-1-1-000001;25.00\n" * 500)


def database_of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE song (title TEXT)")
    db.close()


DAMAGES = [
    truncated,
    cut_within_the_header,
    emptied,
    garbage_in_the_header,
    garbage_in_the_schema,
    garbage_in_the_journal,
    another_file,
    database_of_another_program,
]


def marks(folder: Path) -> dict[str, str]:
    """Return what a folder's files contain; a shared index of the log is nobody's content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".db-shm" and path.stat().st_size
    }


def check_refused(folders: Folders, error: type[PosError]) -> PosError:
    """Check that a till does not open, and that trying has changed nothing."""
    before = marks(folders.data)
    with pytest.raises(error):
        open_till(Place(folders))
    assert marks(folders.data) == before
    with pytest.raises(error) as refused:
        open_till(Place(folders))
    assert marks(folders.data) == before
    return refused.value


def check_goes_on(folders: Folders, reason: str, *, first: str = "GS-1-2-000001") -> Till:
    """Continue with a new journal, sell, and return the till."""
    before = marks(folders.data)
    continue_with_new_journal(Place(folders), reason)
    kept = marks(folders.set_aside)
    assert list(before.values()) == list(kept.values()), "the old file is there, to the byte"
    till = open_till(Place(folders))
    assert till.opened.previous is not None
    assert till.opened.previous.reason == reason
    assert till.execute(a_cash_sale()).receipt_number == first
    assert verify_journals(folders)[0].problems == ()
    return till


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_told_and_left_alone_and_the_till_goes_on(
    folders: Folders, damage: Callable[[Path], None]
) -> None:
    known = read_end(folders.live)
    assert known is not None
    damage(folders.live)
    check_refused(folders, StorageDamaged)
    till = check_goes_on(folders, "damaged")
    previous = till.opened.previous
    assert previous is not None
    assert (previous.journal_id, previous.seq, previous.digest) == (
        known[0],
        known[2].seq,
        known[2].digest,
    ), "the config folder remembers what the file cannot say any more"
    till.close()
    old = verify_journals(folders)[1]
    assert not old.is_whole


def test_a_damaged_page_loses_only_what_was_on_it(tmp_path: Path) -> None:
    """The catalogue comes along from before and behind the damage."""
    till = a_till(tmp_path)
    for page in range(10):
        products = [a_product(f"d{page}-{n}", name=f"Design {page} {n}") for n in range(40)]
        fill(till, *products, stock=3)
    till.execute(a_cash_sale())
    till.close()
    folders = folders_in(tmp_path)
    content = folders.live.read_bytes()
    in_the_middle = content.index(b"Design 5 20") // PAGE * PAGE
    overwrite(folders.live, in_the_middle, b"\xa5" * PAGE)
    open_till(Place(folders)).close()  # nobody has looked at that page yet
    carried = continue_with_new_journal(Place(folders), "damaged")
    assert not carried.is_complete
    till = open_till(Place(folders))
    count = till.ask(CountCatalogue())
    assert 300 < count.products < 400
    till.close()
    assert verify_journals(folders)[0].is_whole


def test_a_damaged_old_entry_is_found_by_the_check_that_follows_the_start(
    tmp_path: Path,
) -> None:
    till = a_till(tmp_path)
    for _ in range(230):
        till.execute(a_cash_sale())
    till.close()
    path = folders_in(tmp_path).live
    content = path.read_bytes()
    overwrite(path, content.index(b'"number":5,'), b'"number":6,')
    till = a_till(tmp_path)
    progress = till.check_chain(100)
    assert progress.broken is not None
    assert progress.broken.seq == 7
    assert progress.broken.reason == "digest"
    till.close()
    for _ in range(2):
        till = a_till(tmp_path)
        again = till.check_chain(100).broken
        assert again is not None, "it is said at each start"
        assert again.seq == 7
        assert len(anchor_losses(till)) == 1, "and recorded once"
        till.close()
    (verification,) = verify_journals(folders_in(tmp_path))
    assert [(p.reason, p.seq) for p in verification.problems] == [("digest", 7)]
    assert verification.entries == 233
    assert verification.intact == 232


def test_each_break_of_the_chain_is_recorded(tmp_path: Path) -> None:
    """Also where an entry says nothing at all any more."""
    till = a_till(tmp_path)
    for _ in range(230):
        till.execute(a_cash_sale())
    till.close()
    path = folders_in(tmp_path).live
    for number, losses in ((9, 1), (5, 2)):
        with raw(path) as db:
            db.execute("UPDATE journal SET body = CAST('{}' AS BLOB) WHERE seq = ?", [number])
        till = a_till(tmp_path)
        progress = till.check_chain(100)
        assert progress.broken is not None
        assert progress.broken.seq == number
        assert len(failures(till)) == losses
        till.close()


def test_a_log_of_another_database_is_not_put_into_this_one(
    folders: Folders, tmp_path: Path
) -> None:
    """SQLite would: a log does not say whose it is."""
    other = a_till(tmp_path / "other")
    for _ in range(30):
        other.execute(a_cash_sale())
    log = folders_in(tmp_path / "other").live.with_name("till.db-wal")
    shutil.copyfile(log, folders.live.with_name("till.db-wal"))
    other.close()
    content = folders.live.read_bytes()
    with pytest.raises((StorageDamaged, KeyMissing, JournalBroken, JournalRolledBack)):
        open_till(Place(folders))
    assert folders.live.read_bytes() == content
    folders.live.with_name("till.db-wal").unlink()
    open_till(Place(folders)).close()


def test_a_leftover_log_without_its_database_does_not_get_into_a_new_one(
    tmp_path: Path,
) -> None:
    """Somebody removed till.db and nothing else, and sets the till up again."""
    till = a_till(tmp_path)
    for _ in range(30):
        till.execute(a_cash_sale())
    folders = folders_in(tmp_path)
    log = folders.live.with_name("till.db-wal")
    content = log.read_bytes()
    till.close()
    folders.live.unlink()
    log.write_bytes(content)
    till = a_till(tmp_path)
    assert till.ask(FindLastSale()) is None
    assert till.execute(a_cash_sale()).receipt_number == "GS-1-2-000001"
    till.close()
    assert [path.read_bytes() for path in folders.set_aside.iterdir()] == [content]
    assert verify_journals(folders)[0].is_whole


def test_a_database_of_a_newer_version_is_refused_and_left_alone(folders: Folders) -> None:
    with raw(folders.live) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('till', 'm0042_refunds', '2027-01-01')"
        )
    refused = check_refused(folders, DatabaseTooNew)
    assert isinstance(refused, DatabaseTooNew)
    assert refused.unknown_steps == ("m0042_refunds",)
    (verification,) = verify_journals(folders)
    assert verification.intact == verification.entries, "its journal can be checked all the same"
    assert [problem.reason for problem in verification.problems] == ["not_compared"]


def test_a_copied_data_folder_does_not_sell_with_an_empty_config(
    folders: Folders, tmp_path: Path
) -> None:
    check_refused(Folders(data=folders.data, config=tmp_path / "elsewhere"), KeyMissing)


def test_a_copied_till_does_not_sell_on_another_machine(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all its folders, keys included."""
    monkeypatch.setattr("pos.signing.this_machine", lambda: b"another machine")
    check_refused(folders, KeyMissing)


def test_a_till_whose_key_is_lost_goes_on_with_another_number(
    folders: Folders, tmp_path: Path
) -> None:
    """The config folder remembers nothing: the ordinal comes from the journal itself."""
    stripped = Folders(data=folders.data, config=tmp_path / "empty")
    till = check_goes_on(stripped, "key_missing")
    assert till.opened.ordinal == 2
    till.close()


def test_a_restored_older_copy_is_refused(folders: Folders, tmp_path: Path) -> None:
    older = copy_of(folders, tmp_path / "backup")
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.close()
    shutil.copyfile(older.live, folders.live)
    refused = check_refused(folders, JournalRolledBack)
    assert isinstance(refused, JournalRolledBack)
    assert refused.anchored_seq == refused.found_seq + 1
    (verification,) = verify_journals(folders)
    assert [(p.reason, p.seq) for p in verification.problems] == [
        ("rolled_back", refused.anchored_seq)
    ]
    till = check_goes_on(folders, "rolled_back")
    till.close()


def test_entries_cut_off_at_the_end_are_noticed_at_the_start(folders: Folders) -> None:
    with raw(folders.live) as db:
        for table in ("journal", *(table for table in TABLES if table != "stock_level")):
            db.execute(f"DELETE FROM {table} WHERE seq > 6")
    check_refused(folders, JournalRolledBack)


def test_another_continuation_after_a_restored_copy_is_noticed(
    folders: Folders, tmp_path: Path
) -> None:
    """As many entries as the anchor remembers, or more, are not enough: they have to be those."""
    clone = copy_of(folders, tmp_path / "clone")
    for one, sales in ((folders, 1), (clone, 3)):
        till = open_till(Place(one))
        for _ in range(sales):
            till.execute(a_cash_sale())
        till.close()
    shutil.copyfile(clone.live, folders.live)
    refused = check_refused(folders, JournalRolledBack)
    assert isinstance(refused, JournalRolledBack)
    assert refused.found_seq == refused.anchored_seq + 2


def failures(till: Till) -> list[IntegrityFailed]:
    facts = known_facts(till._store._db, 229)  # noqa: SLF001 no screen shows it yet
    return [fact for fact in facts if isinstance(fact, IntegrityFailed)]


def anchor_losses(till: Till) -> list[int]:
    entries = [till._store.entry(seq)[0] for seq in range(1, till._store.end().seq + 1)]  # noqa: SLF001 no screen shows it yet
    return [entry.seq for entry in entries if isinstance(entry.fact, IntegrityFailed)]


@pytest.mark.parametrize("left", [None, b"", b"{", b"\0" * 512, b"[1]"])
def test_a_missing_anchor_is_recorded_once(
    folders: Folders, tmp_path: Path, left: bytes | None
) -> None:
    (anchor,) = folders.anchors.iterdir()
    if left is None:
        anchor.unlink()
    else:
        anchor.write_bytes(left)
    assert [p.reason for p in verify_journals(folders)[0].problems] == ["anchor_missing"]
    for _ in range(3):
        till = a_till(tmp_path)
        assert anchor_losses(till) == [10]
        till.close()
    (verification,) = verify_journals(folders)
    assert verification.is_whole
    assert [failed.seq for failed in verification.failures] == [10]


def test_a_whole_anchor_is_not_recorded_as_missing(tmp_path: Path) -> None:
    for _ in range(2):
        till = a_till(tmp_path)
        assert anchor_losses(till) == []
        till.close()


def test_an_anchor_that_cannot_be_written_does_not_stop_a_sale(
    folders: Folders, tmp_path: Path
) -> None:
    (anchor,) = folders.anchors.iterdir()
    anchor.unlink()
    anchor.mkdir()
    till = a_till(tmp_path)
    assert till.execute(a_cash_sale()).receipt_number == "GS-1-1-000004"
    till.close()


def test_basket_and_stock_come_along_into_the_new_journal(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    fill(till, a_product("wildfire", a_size("M", barcodes=("4006381333931",))), stock=9)
    shirt = on_sale(till, "4006381333931")
    till.execute(a_sale((shirt, 2), tenders=[("card", 5000)]))
    till.execute(SaveBasket(basket=a_basket(shirt)))
    till.close()
    place = Place(folders_in(tmp_path))
    carried = continue_with_new_journal(place, "damaged")
    assert carried.is_complete
    till = open_till(place)
    basket = till.ask(SavedBasket())
    assert basket is not None
    assert basket.lines[0].variant == on_sale(till, "4006381333931")
    found = till.ask(FindByCode(candidates=("4006381333931",)))
    assert isinstance(found, Found)
    assert found.key.on_hand == 7
    till.close()


def test_a_journal_goes_on_more_than_once_and_no_receipt_number_comes_again(
    folders: Folders,
) -> None:
    for ordinal in (2, 3, 4):
        first = f"GS-1-{ordinal}-000001"
        continue_with_new_journal(Place(folders), "broken")
        till = open_till(Place(folders))
        assert till.execute(a_cash_sale()).receipt_number == first
        till.close()
    assert len(folders.journals()) == 4
    assert all(verification.is_whole for verification in verify_journals(folders))


def test_a_change_of_journals_that_a_power_cut_interrupted_is_finished(
    folders: Folders, tmp_path: Path
) -> None:
    """The new journal is decided on; the old one still has to be set aside."""
    other = copy_of(folders, tmp_path / "other")
    continue_with_new_journal(Place(other), "damaged")
    new = tmp_path / "other" / "data" / "till.db"
    shutil.copytree(other.config, folders.config, dirs_exist_ok=True)
    log = folders.live.with_name("till.db-wal")
    for moved in ([], ["-wal"], ["-wal", ""]):
        stage = copy_of(folders, tmp_path / f"stage{len(moved)}")
        shutil.copyfile(new, stage.data / "till.next-20260718T130211Z")
        stage.live.with_name(log.name).write_bytes(b"")
        stage.set_aside.mkdir(exist_ok=True)
        for part in moved:
            Path(f"{stage.live}{part}").replace(stage.set_aside / f"till-20260718T130211Z.db{part}")
        till = open_till(Place(stage))
        assert till.opened.ordinal == 2
        till.close()
        assert sorted(path.name for path in stage.data.iterdir()) == ["set-aside", "till.db"]
        assert len(stage.journals()) == 2
        assert all(verification.is_whole for verification in verify_journals(stage))


def test_nothing_left_to_tell_whose_till_it_was_means_setting_it_up_again(
    folders: Folders, tmp_path: Path
) -> None:
    folders.live.write_bytes(b"")
    with pytest.raises(TrainingOnly):
        continue_with_new_journal(
            Place(Folders(data=folders.data, config=tmp_path / "empty")), "damaged"
        )
    assert folders.live.exists()


def test_a_training_till_under_the_name_of_the_live_one_does_not_sell(tmp_path: Path) -> None:
    a_till(tmp_path, mode="training").close()
    folders = folders_in(tmp_path)
    folders.training.replace(folders.live)
    with pytest.raises(JournalBroken) as broken:
        open_till(Place(folders))
    assert broken.value.reason == "mode"


def test_an_entry_of_a_newer_version_at_the_end_does_not_stop_the_till(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.record(ClockDoubted(last_seen="", now=""), OperatorCode("till"))
    till.close()
    decoders = codec._fact_decoders  # noqa: SLF001 being an older version
    decoder = decoders.pop("ClockDoubted")
    try:
        till = a_till(tmp_path)
        assert till.execute(a_cash_sale()).receipt_number == "GS-1-1-000002"
        till.close()
        (verification,) = verify_journals(folders_in(tmp_path))
    finally:
        decoders["ClockDoubted"] = decoder
    assert verification.intact == verification.entries
    assert verification.unknown_kinds == 1
    assert [problem.reason for problem in verification.problems] == ["not_compared"]
