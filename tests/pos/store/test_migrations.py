"""A newer version works on an older database: whole or not at all, and after a copy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3

from pos import __version__
from pos.bootstrap import open_till
from pos.errors import StorageUnavailable
from pos.folders import Folders
from pos.founding import Place
from pos.reports.catalogue import Tiles
from pos.signing import KeyStore
from pos.store import migrations
from pos.store.backup import keep_copy
from pos.store.database import open_database, transaction
from pos.store.migrations import migrate
from pos.store.verify import verify_file
from pos.verification import verify_journals
from scripts.freeze_database import DATABASES, key_of, step_digests
from tests.builders import a_cash_sale, a_till, folders_in
from tests.pos.durability.victim import ROOT
from tests.pos.store.tampering import a_till_that_sold, raw, rows_of

FROZEN = sorted(DATABASES.glob("till-*.db"))


def newer(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """Return the steps of a newer version: all of today's, and those that a test adds."""
    steps = Migrations("till")
    for step in migrations.till.pending(Database(memory=True)):
        steps(name=step.name)(step.fn)
    monkeypatch.setattr(migrations, "till", steps)
    return steps


def tables(path: Path) -> set[str]:
    with raw(path) as db:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_step_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = a_till_that_sold(tmp_path)
    before = rows_of(folders.live), tables(folders.live)
    steps = newer(monkeypatch)

    @steps()
    def m9001_good(db: Database) -> None:
        db.executescript("CREATE TABLE good (a TEXT) STRICT; INSERT INTO good VALUES ('x');")

    @steps()
    def m9002_bad(db: Database) -> None:
        db.execute("CREATE TABLE half (a TEXT) STRICT")
        db.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        open_till(Place(folders))
    assert (rows_of(folders.live), tables(folders.live)) == before
    monkeypatch.undo()
    open_till(Place(folders)).close()  # the version before goes on with it


def test_an_older_database_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = a_till_that_sold(tmp_path)
    before = rows_of(folders.live)
    steps = newer(monkeypatch)

    @steps()
    def m9001_season(db: Database) -> None:
        db.execute("CREATE TABLE season (a TEXT) STRICT")

    open_till(Place(folders)).close()
    (copy,) = (folders.data / "backups").iterdir()
    assert copy.name == "till-before-m9001_season.db"
    assert "season" in tables(folders.live)
    assert "season" not in tables(copy)
    assert rows_of(copy) == before
    monkeypatch.undo()
    assert verify_file(copy).is_whole


def test_the_copy_holds_what_was_still_in_the_log(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    copy = keep_copy(folders_in(tmp_path).live, before="m9001_season")
    till.close()
    assert verify_file(copy).sales == 1


def test_an_earlier_copy_is_kept(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    copies = [keep_copy(folders.live, before="m9001_season") for _ in range(3)]
    assert len(set(copies)) == 3
    assert all(copy.exists() for copy in copies)


def test_without_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = a_till_that_sold(tmp_path)
    (folders.data / "backups").write_text("somebody's file, where the folder should be")
    steps = newer(monkeypatch)

    @steps()
    def m9001_season(db: Database) -> None:
        db.execute("CREATE TABLE season (a TEXT) STRICT")

    with pytest.raises(StorageUnavailable):
        open_till(Place(folders))
    assert "season" not in tables(folders.live)


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    a_till(tmp_path).close()
    assert not (folders_in(tmp_path).data / "backups").exists()


def test_an_older_database_is_verified_without_changing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = a_till_that_sold(tmp_path)
    steps = newer(monkeypatch)

    @steps()
    def m9001_season(db: Database) -> None:
        db.execute("CREATE TABLE season (a TEXT) STRICT")

    content = folders.live.read_bytes()
    (verification,) = verify_journals(folders)
    assert verification.is_whole
    assert verification.is_compared
    assert folders.live.read_bytes() == content


MIGRATE = """
import sys
from pathlib import Path
from sqlite_utils import Database
from pos.store import migrations
from pos.store.database import open_database

@migrations.till()
def m9001_season(db):
    db.execute("CREATE TABLE season (a TEXT) STRICT")
    for n in range(3000):
        db.execute("INSERT INTO season VALUES (?)", [str(n)])

path = Path(sys.argv[1])
sys.stdin.readline()
db = open_database(path)
migrations.migrate(db, path)
db.close()
"""


def test_four_processes_that_migrate_at_once_do_it_once(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, str(folders.live)], cwd=ROOT, stdin=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=120)
    assert [process.returncode for process in started] == [0, 0, 0, 0]
    with raw(folders.live) as db:
        assert db.execute("SELECT count(*) FROM season").fetchone() == (3000,)
    assert len(list((folders.data / "backups").iterdir())) == 1


def test_triggers_that_a_tool_dropped_are_back_after_a_start(tmp_path: Path) -> None:
    folders = a_till_that_sold(tmp_path)
    rows_of(folders.live)  # drops them
    db = open_database(folders.live)
    migrate(db, folders.live)
    with pytest.raises(sqlite3.IntegrityError, match="only grows"), transaction(db):
        db.execute("DELETE FROM journal")
    db.close()


def thawed(frozen: Path, tmp_path: Path) -> Folders:
    """Return a till with a database of an earlier version, and its key."""
    folders = folders_in(tmp_path)
    folders.data.mkdir()
    shutil.copyfile(frozen, folders.live)
    KeyStore(folders.keys).keep(key_of(frozen.stem.removeprefix("till-")))
    return folders


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_database_of_every_version_opens_and_sells(frozen: Path, tmp_path: Path) -> None:
    folders = thawed(frozen, tmp_path)
    before = rows_of(frozen_copy(frozen, tmp_path))
    till = open_till(Place(folders))
    assert till.execute(a_cash_sale()).receipt_number == "GS-1-1-000004"
    till.close()
    (verification,) = verify_journals(folders)
    assert verification.problems == ()
    assert rows_of(folders.live)[: len(before)] == before


def test_the_catalogue_of_an_older_till_is_found_without_hyphens(tmp_path: Path) -> None:
    folders = thawed(DATABASES / "till-0.1.0.db", tmp_path)
    till = open_till(Place(folders))
    assert {t.name for t in till.ask(Tiles(words="tshirt")).tiles} == {"T-shirt Wildfire"}
    till.close()


def frozen_copy(frozen: Path, tmp_path: Path) -> Path:
    """Return a copy that may be opened for writing."""
    copy = tmp_path / "frozen.db"
    shutil.copyfile(frozen, copy)
    return copy


def test_there_is_a_frozen_database_of_this_version() -> None:
    """scripts/freeze_database.py makes it."""
    assert DATABASES / f"till-{__version__}.db" in FROZEN


def test_a_step_that_was_released_is_never_edited() -> None:
    """Tills in the field have taken it as it was. A new step mends it, and is frozen in turn."""
    frozen = json.loads((DATABASES / "steps.json").read_text())
    assert step_digests() == frozen
