"""A hub's database: made once, brought up to date, refused from the future, on both kinds."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, insert, select, text

from pos.domain.feed import StandListed
from pos.errors import StorageDamaged, StorageUnavailable
from sync.hub import sequencer
from sync.hub.ingest import accept
from sync.hub.store import feed_store
from sync.hub.store.database import HubDatabase, sqlite_module
from sync.hub.store.journals import SqlJournals
from sync.hub.store.migrations import HubTooNew
from sync.hub.store.tables import feed_head, metadata, stand
from tests.postgres import Cluster
from tests.sync.journals import TillJournal

HANG_GUARD_S = 60

OPEN_AND_CLOSE = """
import sys
from sync.hub.store.database import HubDatabase
HubDatabase.open(sys.argv[1]).close()
"""


def add_stand(connection: Connection, code: str = "GS") -> None:
    connection.execute(insert(stand).values(stand=code, name="Grande scène"))


def stands(database: HubDatabase) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(stand.c.stand).order_by(stand.c.stand)))


def test_the_steps_make_exactly_the_tables_that_the_program_knows(
    hub_database: HubDatabase,
) -> None:
    with hub_database.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True},  # defaults: see the next test
        )
        assert compare_metadata(context, metadata) == []


def test_the_steps_make_the_same_checks_and_keys_as_the_tables(tmp_path: Path) -> None:
    """What Alembic does not compare, SQLite tells in words."""
    HubDatabase.open(tmp_path / "stepped.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(engine)
    engine.dispose()
    stepped, made = (schema_of(tmp_path / name) for name in ("stepped.db", "made.db"))
    assert stepped.pop("alembic_version")
    assert stepped == made


def schema_of(path: Path) -> dict[str, str]:
    connection = sqlite_module().connect(path)
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
        return dict(rows.fetchall())
    finally:
        connection.close()


def test_opening_again_changes_nothing(hub_address: str) -> None:
    database = HubDatabase.open(hub_address)
    with database.write() as connection:
        add_stand(connection)
        feed_id = connection.scalar(select(feed_head.c.feed_id))
    database.close()
    again = HubDatabase.open(hub_address)
    assert stands(again) == ["GS"]
    with again.read() as connection:
        assert connection.scalar(select(feed_head.c.feed_id)) == feed_id
    again.close()


def test_a_database_of_a_newer_version_is_left_as_it_is(hub_address: str) -> None:
    database = HubDatabase.open(hub_address)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'm9999'"))
    database.close()
    with pytest.raises(HubTooNew) as refusal:
        HubDatabase.open(hub_address)
    assert refusal.value.revision == "m9999"


def test_several_processes_may_open_a_new_database_at_once(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cluster: Cluster = request.getfixturevalue("postgres")
    url = cluster.new_database()
    addresses = [str(tmp_path / "hub.db"), url]
    openers = [
        subprocess.Popen([sys.executable, "-c", OPEN_AND_CLOSE, address], stderr=subprocess.PIPE)
        for address in addresses
        for _ in range(3)
    ]
    said = [opener.communicate(timeout=HANG_GUARD_S)[1].decode() for opener in openers]
    assert said == [""] * 6
    for address in addresses:
        database = HubDatabase.open(address)
        assert stands(database) == []
        database.close()
    cluster.drop(url)


def write_and_die(database: HubDatabase) -> None:
    with database.write() as connection:
        add_stand(connection)
        raise KeyError


def test_a_transaction_that_dies_leaves_nothing(hub_database: HubDatabase) -> None:
    with pytest.raises(KeyError):
        write_and_die(hub_database)
    assert stands(hub_database) == []


def test_who_reads_before_writing_is_alone_from_the_start(sqlite_address: str) -> None:
    """SQLite would let both read and tell the second writer that it is too late."""
    databases = [HubDatabase.open(sqlite_address) for _ in range(2)]
    start = threading.Barrier(2)
    added: list[int] = []

    def add(database: HubDatabase) -> None:
        start.wait(HANG_GUARD_S)
        for _ in range(50):
            with database.write() as connection:
                count = len(connection.scalars(select(stand.c.stand)).all())
                add_stand(connection, f"S{count}")
                added.append(count)

    threads = [threading.Thread(target=add, args=[database]) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_GUARD_S)
    assert sorted(added) == list(range(100))
    for database in databases:
        database.close()


def test_all_reads_of_a_block_see_one_moment(hub_database: HubDatabase) -> None:
    with hub_database.read() as reader:
        assert reader.scalars(select(stand.c.stand)).all() == []
        with hub_database.write() as writer:
            add_stand(writer)
        assert reader.scalars(select(stand.c.stand)).all() == []
    assert stands(hub_database) == ["GS"]


def test_who_reads_cannot_write(hub_database: HubDatabase) -> None:
    with pytest.raises(StorageUnavailable), hub_database.read() as connection:
        add_stand(connection)
    assert stands(hub_database) == []


def test_a_rule_of_the_schema_is_kept(hub_database: HubDatabase) -> None:
    """A till without a stand is a bug, and stays one: nobody is told to try again."""
    with pytest.raises(Exception, match=r"(?i)foreign key"), hub_database.write() as connection:
        connection.execute(
            text("INSERT INTO invitation (code_name, secret, stand) VALUES ('ABCD', '', 'NOWHERE')")
        )


def test_what_is_dear_is_done_in_one_place_at_a_time(hub_address: str) -> None:
    one, other = HubDatabase.open(hub_address), HubDatabase.open(hub_address)
    databases = [one, other] if not one.is_sqlite else [one, one]
    inside, most = 0, 0
    guard = threading.Lock()

    def do(database: HubDatabase) -> None:
        nonlocal inside, most
        for _ in range(20):
            with database.alone("something"):
                with guard:
                    inside += 1
                    most = max(most, inside)
                with database.read() as connection:
                    connection.scalar(text("SELECT 1"))
                with guard:
                    inside -= 1

    threads = [threading.Thread(target=do, args=[database]) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_GUARD_S)
    assert (inside, most) == (0, 1)
    one.close()
    other.close()


def write_while_it_goes_away(database: HubDatabase, postgres: Cluster, url: str) -> None:
    with database.write() as connection:
        postgres.disconnect_all(url)
        add_stand(connection)


def test_a_hub_whose_database_is_gone_says_that_it_is_unavailable(postgres: Cluster) -> None:
    """And goes on by itself when it is back: no connection that is lost is kept."""
    url = postgres.new_database()
    database = HubDatabase.open(url)
    with pytest.raises(StorageUnavailable):
        write_while_it_goes_away(database, postgres, url)
    assert stands(database) == []
    database.close()
    postgres.drop(url)
    with pytest.raises(StorageUnavailable):
        HubDatabase.open(url)


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hub.db"
    path.write_bytes(content)
    with pytest.raises(StorageDamaged):
        HubDatabase.open(path)
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_file_is_a_condition(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        HubDatabase.open(tmp_path)


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "hub.db"
    HubDatabase.open(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_hub_runs_on_the_sqlite_of_python_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no wheel of the newer one."""
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert sqlite_module().__name__ == "sqlite3.dbapi2"
    database = HubDatabase.open(tmp_path / "hub.db")
    till = TillJournal(facts=3)
    with SqlJournals(database).work(till.journal_id) as work:
        accept(work, till.batch())
    with database.write() as connection:
        feed_store.put(connection, [StandListed(stand="GS", name="Grande scène")])
    assert sequencer.step(database) == 1
    assert SqlJournals(database).position(till.journal_id) == till.end()
    with pytest.raises(StorageUnavailable), database.read() as connection:
        add_stand(connection)
    database.close()


def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    database = HubDatabase.open(tmp_path / "hub.db")
    with database.write() as connection:
        settings = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert settings == ["wal", 2, 1]
