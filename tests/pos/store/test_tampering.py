"""Nobody changes the journal without `verify` naming the entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlite_utils.utils import sqlite3

from pos.bootstrap import open_till
from pos.clock import utc_now
from pos.codec import digest_of
from pos.domain.facts import ClockDoubted
from pos.errors import JournalBroken
from pos.folders import Folders
from pos.founding import Place
from pos.signing import KeyStore
from pos.store.derived import TABLES
from pos.store.till_store import open_store_to_write
from pos.store.verify import Problem, Verification, verify_file
from pos.verification import verify_journals
from tests.builders import ZOE, a_cash_sale, a_till, folders_in
from tests.pos.store.tampering import (
    a_till_that_sold,
    copy_of,
    hash_again,
    raw,
    rows_of,
)

COLUMNS = ("seq", "body", "digest", "signature")
ENTRIES = 10


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return a_till_that_sold(tmp_path_factory.mktemp("sold"), joins_hub=True)


@pytest.fixture
def folders(sold: Folders, tmp_path: Path) -> Folders:
    return copy_of(sold, tmp_path)


def verified(folders: Folders) -> Verification:
    (verification,) = verify_journals(folders)
    return verification


def first_problem(folders: Folders) -> Problem:
    problems = verified(folders).problems
    assert problems, "nothing was noticed"
    return problems[0]


def test_a_journal_that_nobody_touched_is_whole(folders: Folders) -> None:
    verification = verified(folders)
    assert verification.problems == ()
    assert verification.entries == verification.intact == ENTRIES
    assert verification.sales == 3
    assert verification.is_anchored
    assert verification.is_compared


class Change(NamedTuple):
    """Another value for one column of one entry."""

    seq: int
    value: int | bytes


def changes(path: Path, column: str, *, every: int) -> Iterator[Change]:
    """Yield changes of single bytes: of each value the first, the last and every n-th."""
    for row in rows_of(path):
        old = row[COLUMNS.index(column)]
        content = old if isinstance(old, bytes) else old.to_bytes(8, "big")
        positions = {0, len(content) - 1, *range(row[0] % every, len(content), every)}
        for position in positions:
            new = bytearray(content)
            new[position] ^= 1 << (position % 8)
            whole = int.from_bytes(new, "big", signed=True)
            yield Change(row[0], bytes(new) if isinstance(old, bytes) else whole)


def check_every_change_is_named(folders: Folders, column: str, *, every: int) -> None:
    tried = 0
    with raw(folders.live) as db:  # else SQLite itself refuses a body that is no longer JSON
        db.execute("ALTER TABLE journal DROP COLUMN kind")
        db.execute("ALTER TABLE journal DROP COLUMN occurred_at")
    for change in changes(folders.live, column, every=every):
        if column == "seq" and 1 <= int(change.value) <= ENTRIES:
            continue  # the number is taken: swapped entries have a test of their own
        with raw(folders.live) as db:
            update = f"UPDATE journal SET {column} = ? WHERE seq = ?"
            (old,) = db.execute(
                f"SELECT {column} FROM journal WHERE seq = ?", [change.seq]
            ).fetchone()
            db.execute(update, [change.value, change.seq])
        assert first_problem(folders).seq == change.seq, change
        with raw(folders.live) as db:
            now = change.value if column == "seq" else change.seq
            db.execute(update, [old, now])
        tried += 1
    assert tried >= ENTRIES
    left = [problem.reason for problem in verified(folders).problems]
    assert left == ["schema"], "the changes were taken back, but for the dropped columns"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_byte_is_found_and_its_entry_named(folders: Folders, column: str) -> None:
    check_every_change_is_named(folders, column, every=61 if column == "body" else 16)


@pytest.mark.soak
@pytest.mark.parametrize("column", COLUMNS)
def test_any_changed_byte_is_found_and_its_entry_named(folders: Folders, column: str) -> None:
    check_every_change_is_named(folders, column, every=1)


@pytest.mark.parametrize("column", ["body", "digest", "signature"])
def test_a_byte_changed_in_the_file_itself_is_found(folders: Folders, column: str) -> None:
    """Without SQLite: with an editor, or by a bad sector."""
    rows = rows_of(folders.live)
    content = folders.live.read_bytes()
    for row in rows:
        value = row[COLUMNS.index(column)]
        assert isinstance(value, bytes)
        for position in (0, len(value) // 2, len(value) - 1):
            changed = bytearray(value)
            changed[position] ^= 0x01
            folders.live.write_bytes(content.replace(value, changed))  # also where it lay before
            assert first_problem(folders).seq == row[0]
    folders.live.write_bytes(content)
    assert verified(folders).is_whole


@pytest.mark.parametrize("seq", range(1, ENTRIES + 1))
def test_a_deleted_entry_is_found_and_named(folders: Folders, seq: int) -> None:
    with raw(folders.live) as db:
        db.execute("DELETE FROM journal WHERE seq = ?", [seq])
    assert first_problem(folders).seq == seq


@pytest.mark.parametrize("seq", range(2, ENTRIES))
def test_entries_numbered_and_hashed_again_after_a_deletion_are_not_signed(
    folders: Folders, seq: int
) -> None:
    with raw(folders.live) as db:
        db.execute("DELETE FROM journal WHERE seq = ?", [seq])
        db.execute("UPDATE journal SET seq = -seq WHERE seq > ?", [seq])
        db.execute("UPDATE journal SET seq = -seq - 1 WHERE seq < 0")
    hash_again(folders.live, start=seq)
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("signature", seq)


def test_two_entries_that_changed_places_are_found(folders: Folders) -> None:
    with raw(folders.live) as db:
        db.execute("UPDATE journal SET seq = -4 WHERE seq = 4")
        db.execute("UPDATE journal SET seq = 4 WHERE seq = 5")
        db.execute("UPDATE journal SET seq = 5 WHERE seq = -4")
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("body", 4)


def test_an_amount_changed_with_digests_that_fit_is_not_signed(folders: Folders) -> None:
    (sale,) = [row for row in rows_of(folders.live) if b'"number":1,' in row[1]]
    with raw(folders.live) as db:
        cheaper = sale[1].replace(b"[2500,", b"[1500,").replace(b"[5000,", b"[4000,")
        assert cheaper != sale[1]
        db.execute("UPDATE journal SET body = ? WHERE seq = ?", [cheaper, sale[0]])
    hash_again(folders.live, start=sale[0])
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("signature", sale[0])


def test_an_entry_appended_with_another_key_is_found(folders: Folders, tmp_path: Path) -> None:
    forger = KeyStore(tmp_path / "forger").make()
    store = open_store_to_write(folders.live)
    with store.work(forger.sign_entry, utc_now) as work:
        work.record(ClockDoubted(last_seen="", now=""), ZOE)
    store.close()
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("signature", ENTRIES + 1)


def test_a_sale_recorded_a_second_time_is_found(folders: Folders) -> None:
    with raw(folders.live) as db:
        db.execute(
            "INSERT INTO journal SELECT ?, body, digest, signature FROM journal WHERE seq = ?",
            [ENTRIES + 1, ENTRIES],
        )
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("body", ENTRIES + 1)


def test_a_journal_that_somebody_wrote_anew_is_not_the_one_this_machine_remembers(
    folders: Folders, tmp_path: Path
) -> None:
    """Whoever makes a key can sign a whole journal with it; the anchor tells them apart."""
    forger = KeyStore(tmp_path / "forger").make()
    (_, body, _, _) = rows_of(folders.live)[0]
    theirs = folders.config.glob("keys/*.key")
    old_key = next(theirs).name
    with raw(folders.live) as db:
        public = forger.public.hex().encode()
        at = body.index(b'"public_key":"') + len(b'"public_key":"')
        mine = body[:at] + public + body[at + 64 :]
        digest = digest_of(mine)
        db.execute(
            "UPDATE journal SET body = ?, digest = ? WHERE seq = 1", [mine, bytes.fromhex(digest)]
        )
    hash_again(folders.live, start=2)
    with raw(folders.live) as db:
        for seq, own in db.execute("SELECT seq, hex(digest) FROM journal").fetchall():
            signature = forger.sign_entry(own.lower())
            db.execute("UPDATE journal SET signature = ? WHERE seq = ?", [signature, seq])
    verification = verified(folders)
    assert [(p.reason, p.seq) for p in verification.problems] == [
        ("anchor", ENTRIES),
        ("anchor_forged", 0),
    ]
    assert f"{verification.fingerprint}.key" != old_key


@pytest.mark.parametrize("removed", [1, 3, ENTRIES - 1])
def test_entries_removed_from_the_end_are_missed_by_the_anchor(
    folders: Folders, removed: int
) -> None:
    """Even when the tables that follow from them were put right."""
    end = ENTRIES - removed
    cut(folders, end)
    problem = first_problem(folders)
    assert (problem.reason, problem.seq) == ("rolled_back", ENTRIES)
    unanchored = verify_file(folders.live)
    assert unanchored.problems == (), "without the anchor it is a whole journal"
    assert unanchored.entries == end


def cut(folders: Folders, end: int) -> None:
    """Remove the entries behind a number, with all that follows from them."""
    with raw(folders.live) as db:
        for table in ("journal", *TABLES):
            if table != "stock_level":
                db.execute(f"DELETE FROM {table} WHERE seq > ?", [end])
        db.execute("DELETE FROM stock_level")
        db.execute(
            "INSERT INTO stock_level SELECT stand, variant_id, sum(quantity) FROM stock_movement"
            " GROUP BY stand, variant_id"
        )


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_derived_table_is_compared(folders: Folders, table: str) -> None:
    with raw(folders.live) as db:
        described = db.execute(f"PRAGMA table_info({table})").fetchall()
        (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert rows, f"the test wants a row in {table}"
    for _, name, kind, *_ in described:
        saved = table_content(folders.live, table)
        other = f"{name} + 1000" if kind == "INTEGER" else f"{name} || 'x'"
        with raw(folders.live) as db:
            first = f"(SELECT {name} FROM {table} ORDER BY {name} LIMIT 1)"
            db.execute(f"UPDATE {table} SET {name} = {other} WHERE {name} = {first}")
        problem = first_problem(folders)
        assert (problem.reason, problem.detail) == ("derived", table), name
        put_back(folders.live, table, saved)
    assert verified(folders).is_whole


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_missing_from_a_derived_table_is_found(folders: Folders, table: str) -> None:
    saved = table_content(folders.live, table)
    for left_out in range(len(saved)):
        put_back(folders.live, table, saved[:left_out] + saved[left_out + 1 :])
        problem = first_problem(folders)
        assert (problem.reason, problem.detail) == ("derived", table)
        seqs = {row[seq_column(folders.live, table)] for row in saved}
        assert problem.seq in (seqs if table != "stock_level" else {0})


@pytest.mark.parametrize("table", TABLES)
def test_a_row_too_many_in_a_derived_table_is_found(folders: Folders, table: str) -> None:
    saved = table_content(folders.live, table)
    more = [value + 1000 if isinstance(value, int) else f"{value}x" for value in saved[-1]]
    put_back(folders.live, table, [*saved, tuple(more)])
    problem = first_problem(folders)
    assert (problem.reason, problem.detail) == ("derived", table)


@pytest.mark.parametrize("table", TABLES)
def test_a_derived_table_that_is_gone_is_found(folders: Folders, table: str) -> None:
    with raw(folders.live) as db:
        db.execute(f"DROP TABLE {table}")
    problem = first_problem(folders)
    assert (problem.reason, problem.detail) == ("derived", table)


def table_content(path: Path, table: str) -> list[tuple[object, ...]]:
    with raw(path) as db:
        return db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def put_back(path: Path, table: str, rows: list[tuple[object, ...]]) -> None:
    with raw(path) as db:
        db.execute(f"DELETE FROM {table}")
        for row in rows:
            places = ", ".join("?" for _ in row)
            db.execute(f"INSERT INTO {table} VALUES ({places})", row)


def seq_column(path: Path, table: str) -> int:
    with raw(path) as db:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    return names.index("seq") if "seq" in names else 0


UPSERT = """
    INSERT INTO journal SELECT seq, body, digest, signature FROM journal WHERE true
    ON CONFLICT (seq) DO UPDATE SET signature = zeroblob(64)
"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET signature = zeroblob(64) WHERE seq = 3",
        "UPDATE journal SET seq = seq + 100",
        "DELETE FROM journal WHERE seq = 9",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT 3, body, digest, signature FROM journal WHERE seq = 4",
        "INSERT OR REPLACE INTO journal SELECT 9, body, digest, signature FROM journal",
        "INSERT INTO journal SELECT 99, body, digest, signature FROM journal WHERE seq = 4",
        UPSERT,
    ],
)
def test_the_till_itself_can_only_append(folders: Folders, statement: str) -> None:
    before = rows_of(folders.live)  # takes the triggers off, as some tools do
    store = open_store_to_write(folders.live)
    try:
        with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
            store.rows(statement)
    finally:
        store.close()
    assert rows_of(folders.live) == before


def test_a_till_that_was_tampered_with_does_not_open(folders: Folders, tmp_path: Path) -> None:
    with raw(folders.live) as db:
        db.execute("UPDATE journal SET signature = zeroblob(64) WHERE seq = 5")
    with pytest.raises(JournalBroken) as broken:
        a_till(tmp_path)
    assert (broken.value.seq, broken.value.reason) == (5, "signature")


@pytest.mark.parametrize("table", ["journal", "sale", "receipt_issue", "stock_movement"])
def test_a_trigger_that_swallows_what_is_written_is_named(folders: Folders, table: str) -> None:
    """Such as one that waits for a date before it makes sales disappear."""
    with raw(folders.live) as db:
        db.execute(f"CREATE TRIGGER q BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END")
    assert Problem(reason="schema", detail="q") in verified(folders).problems
    with pytest.raises(JournalBroken) as broken:
        open_till(Place(folders))
    assert broken.value.reason == "schema:q"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("CREATE TABLE extra (a)", "extra"),
        ("CREATE VIEW extra AS SELECT 1", "extra"),
        ("CREATE INDEX extra ON sale (number)", "extra"),
        ("DROP INDEX sale_by_date", "sale_by_date"),
        ("ALTER TABLE sale ADD COLUMN extra INTEGER", "sale"),
        (
            "CREATE TRIGGER journal_has_no_gaps BEFORE INSERT ON journal BEGIN SELECT 1; END",
            "journal_has_no_gaps",
        ),
    ],
)
def test_a_schema_that_is_not_ours_is_named(folders: Folders, change: str, name: str) -> None:
    with raw(folders.live) as db:
        db.execute(change)
    assert Problem(reason="schema", detail=name) in verified(folders).problems


def test_a_row_that_is_swallowed_is_not_taken_for_written(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    with raw(folders_in(tmp_path).live) as db:
        db.execute("CREATE TRIGGER q BEFORE INSERT ON journal BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(JournalBroken):
        till.execute(a_cash_sale())
    till.close()
