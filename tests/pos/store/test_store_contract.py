"""What the store promises, whichever of the two SQLite modules it stands on."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.commands import SaveBasket
from pos.errors import StorageDamaged, StorageUnavailable
from pos.reports.catalogue import FindByCode, Found, Tiles
from pos.reports.sales import FindLastSale, SavedBasket, TotalsOn
from pos.store import database
from pos.store.database import open_database, snapshot, transaction
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
from tests.pos.durability.victim import ROOT

IS_STANDARD = "tests.pos.store.standard_sqlite" in sys.modules
CODE = "4006381333931"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "some.db")
    opened.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    yield opened
    opened.close()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    opened = a_till(tmp_path)
    fill(opened, a_product("wildfire", a_size("M", barcodes=(CODE,)), a_size("L")), stock=4)
    yield opened
    opened.close()


def notes(db: Database) -> int:
    count: int = db.execute("SELECT count(*) FROM note").fetchone()[0]
    return count


def write(db: Database, *numbers: int) -> None:
    for n in numbers:
        db.execute("INSERT INTO note VALUES (?, 'x')", [n])


def write_and_fail(db: Database) -> None:
    write(db, 1)
    raise KeyError


@pytest.mark.skipif(IS_STANDARD, reason="this is that run")
def test_the_standard_librarys_module_keeps_the_same_contract() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.pos.store.standard_sqlite"]
    files = ["tests/pos/store/test_store_contract.py", "tests/pos/store/test_migrations.py"]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", *files], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode()[-3000:]
    assert b" passed" in run.stdout


@pytest.mark.soak
@pytest.mark.skipif(IS_STANDARD, reason="this is that run")
def test_the_standard_librarys_module_passes_every_test_of_the_store() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.pos.store.standard_sqlite"]
    folders = ["tests/pos/store", "tests/pos/durability/test_damage.py"]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", *folders], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode()[-3000:]


def test_it_is_the_module_that_is_meant() -> None:
    has_newer = importlib.util.find_spec("pysqlite3") is not None if not IS_STANDARD else False
    assert sqlite3.__name__ == ("pysqlite3" if has_newer else "sqlite3")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", database.BUSY_TIMEOUT_MS),
    ],
)
def test_a_database_has_the_settings_that_durability_rests_on(
    db: Database, pragma: str, value: object
) -> None:
    assert db.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_transaction_keeps_all_of_it(db: Database) -> None:
    with transaction(db):
        write(db, 1)
        write(db, 2)
    assert notes(db) == 2


def test_a_transaction_that_fails_keeps_nothing(db: Database) -> None:
    with pytest.raises(KeyError), transaction(db):
        write_and_fail(db)
    assert notes(db) == 0
    assert not db.conn.in_transaction


def test_a_mistake_of_ours_stays_what_it_is(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), transaction(db):
        db.execute("INSERT INTO nowhere VALUES (1)")
    with pytest.raises(sqlite3.IntegrityError), transaction(db):
        write(db, 1, 1)
    assert notes(db) == 0


def test_a_full_disk_is_unavailable_and_over_when_there_is_space(db: Database) -> None:
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    with pytest.raises(StorageUnavailable) as full, transaction(db):
        write(db, *range(1000))
    assert full.value.reason == "SQLITE_FULL"
    assert notes(db) == 0
    db.execute("PRAGMA max_page_count = 100000").fetchone()
    with transaction(db):
        write(db, 1)
    assert notes(db) == 1


def test_a_locked_database_is_unavailable(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 1)
    other = open_database(tmp_path / "some.db")
    with transaction(db), pytest.raises(StorageUnavailable) as busy, transaction(other):
        pass
    assert busy.value.reason == "SQLITE_BUSY"
    other.close()


def test_a_writer_waits_for_the_one_before(db: Database, tmp_path: Path) -> None:
    """A transaction that read first and wrote later would fail at once, whatever the timeout."""
    began, done = threading.Event(), threading.Event()

    def write_in_between() -> None:
        other = open_database(tmp_path / "some.db")
        began.set()
        with transaction(other):
            write(other, notes(other) + 1)
        other.close()
        done.set()

    with transaction(db):
        thread = threading.Thread(target=write_in_between)
        thread.start()
        began.wait()
        write(db, notes(db) + 1)
    thread.join()
    assert done.is_set()
    assert notes(db) == 2


def test_a_read_only_connection_cannot_write(db: Database, tmp_path: Path) -> None:
    reader = open_database(tmp_path / "some.db", read_only=True)
    with pytest.raises(StorageUnavailable) as refused, transaction(reader):
        write(reader, 1)
    assert refused.value.reason == "SQLITE_READONLY"
    reader.close()
    assert notes(db) == 0


def test_a_snapshot_sees_one_moment(db: Database, tmp_path: Path) -> None:
    reader = open_database(tmp_path / "some.db", read_only=True)
    with snapshot(reader):
        assert notes(reader) == 0
        with transaction(db):
            write(db, 1)
        assert notes(reader) == 0
    assert notes(reader) == 1
    reader.close()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"not a database at all, but long enough to look like one" * 20, "SQLITE_NOTADB"),
        (b"SQLite format 3\0" + b"\xff" * 4080, "SQLITE_"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_database_is_damaged_and_left_alone(
    tmp_path: Path, content: bytes, reason: str, *, read_only: bool
) -> None:
    path = tmp_path / "bad.db"
    path.write_bytes(content)
    with pytest.raises(StorageDamaged) as damaged:
        open_database(path, read_only=read_only).close()
    assert damaged.value.path == path
    assert damaged.value.reason.startswith(reason)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        open_database(tmp_path / "nowhere.db", read_only=True)
    assert not (tmp_path / "nowhere.db").exists()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageUnavailable):
        open_database(tmp_path / "data" / "till.db")


def test_amounts_are_whole_numbers_on_disk_too(till: Till) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        till._store.rows("INSERT INTO stock_level VALUES ('GS', 'x', 12.5)")  # noqa: SLF001 the schema is the subject


def test_a_till_sells_and_answers_and_verifies(till: Till, tmp_path: Path) -> None:
    shirt = on_sale(till, CODE)
    till.execute(SaveBasket(basket=a_basket(shirt)))
    till.execute(a_sale((shirt, 6), tenders=[("card", 15000)]))
    till.execute(a_cash_sale(tendered=5000))
    last = till.ask(FindLastSale())
    assert last is not None
    assert last.sale.receipt_number == "GS-1-1-000002"
    assert till.ask(SavedBasket()) is not None
    assert till.ask(TotalsOn(business_date="2026-07-18")).total_minor == 17500
    found = till.ask(FindByCode(candidates=(CODE,)))
    assert isinstance(found, Found)
    assert found.key.on_hand == -2
    assert [tile.product_id for tile in till.ask(Tiles(words="wildf")).tiles]
    (verification,) = verify_journals(folders_in(tmp_path))
    assert verification.problems == ()
    assert verification.sales == 2
