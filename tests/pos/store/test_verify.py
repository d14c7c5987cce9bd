"""What `verify` says of journals that are in use, set aside, damaged or contradictory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from sqlite_utils.utils import sqlite3

from pos.bootstrap import open_till
from pos.clock import utc_now
from pos.codec import digest_of
from pos.domain.facts import ClockDoubted, Fact, SaleCompleted
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.signing import KeyStore, TillKey
from pos.store import verify
from pos.store.database import WAL_BYTES_KEPT, open_database, snapshot, transaction
from pos.store.journal import Journal, must_read_opening, read_entry
from pos.store.verify import Verification, verify_file
from pos.verification import verify_journals
from tests.builders import ZOE, a_cash_sale, a_till, euros, folders_in
from tests.pos.durability.test_full_disk import own_disk
from tests.pos.durability.victim import ROOT
from tests.pos.store.tampering import a_till_that_sold, raw, rewritten, rows_of

PAGE = 4096


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return a_till_that_sold(tmp_path)


def key_of(folders: Folders) -> TillKey:
    db = open_database(folders.live, read_only=True)
    _, opened = must_read_opening(db)
    db.close()
    return KeyStore(folders.keys).load(bytes.fromhex(opened.public_key))


def append(folders: Folders, fact: Fact) -> int:
    """Write a fact as a program with a mistake would: signed, and without its effects."""
    key = key_of(folders)
    db = open_database(folders.live)
    journal_id, _ = must_read_opening(db)
    with transaction(db):
        entry = Journal(db, journal_id, key.sign_entry, utc_now).append(fact, ZOE)
    db.close()
    return entry.seq


def last_sale(folders: Folders) -> SaleCompleted:
    db = open_database(folders.live, read_only=True)
    (seq,) = db.execute("SELECT max(seq) FROM sale").fetchone()
    sale = read_entry(db, seq)[0].fact
    db.close()
    assert isinstance(sale, SaleCompleted)
    return sale


def first_of(verification: Verification) -> tuple[str, int]:
    return verification.problems[0].reason, verification.problems[0].seq


def problems(folders: Folders) -> list[tuple[str, int]]:
    return [(p.reason, p.seq) for p in verify_journals(folders)[0].problems]


def test_a_till_that_sells_meanwhile_is_verified_as_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PROGRESS_EVERY", 1)
    till = a_till(tmp_path)
    for _ in range(5):
        till.execute(a_cash_sale())
    steps: list[tuple[int, int]] = []

    def sell_meanwhile(checked: int, entries: int) -> None:
        steps.append((checked, entries))
        till.execute(a_cash_sale())

    (verification,) = verify_journals(folders_in(tmp_path), sell_meanwhile)
    assert verification.problems == ()
    assert verification.sales == 5
    assert steps == [(n, 7) for n in range(1, 8)] + [(7, 7)]
    till.close()
    (verification,) = verify_journals(folders_in(tmp_path))
    assert verification.sales == 5 + len(steps)


def test_the_till_can_write_while_it_is_verified_and_its_log_is_cut_back(tmp_path: Path) -> None:
    """A reader keeps the log from being begun again, for as long as it reads."""
    till = a_till(tmp_path)
    reader = open_database(folders_in(tmp_path).live, read_only=True)
    log = folders_in(tmp_path).live.with_name("till.db-wal")
    with snapshot(reader):
        reader.execute("SELECT count(*) FROM journal").fetchone()
        for _ in range(400):
            till.execute(a_cash_sale())
        grown = log.stat().st_size
    reader.close()
    for _ in range(80):
        till.execute(a_cash_sale())
    assert grown > WAL_BYTES_KEPT >= log.stat().st_size
    till.close()
    assert not log.exists()


def test_verifying_changes_nothing(folders: Folders) -> None:
    content = folders.live.read_bytes()
    assert verify_journals(folders)[0].is_whole
    assert folders.live.read_bytes() == content


def test_a_copy_on_a_disk_that_cannot_be_written_is_verified(folders: Folders) -> None:
    """Such as the stick or the disc that an accountant got."""
    program = (
        "import sys; from pathlib import Path; from pos.store.verify import verify_file;"
        "print(verify_file(Path(sys.argv[1])).problems)"
    )
    command = [sys.executable, "-c", program, str(folders.live)]
    shell = own_disk()
    if shell is None:  # then we are not root, and a mode is enough
        folders.data.chmod(0o500)
    else:
        mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
        command = [*shell, mount, str(folders.data), *command]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    folders.data.chmod(0o700)
    assert run.stdout.strip() == "()", run.stderr


def test_a_damaged_journal_is_read_from_both_ends(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    for _ in range(60):
        till.execute(a_cash_sale())
    till.close()
    path = folders_in(tmp_path).live
    content = bytearray(path.read_bytes())
    at = content.index(b'"number":30,') // PAGE * PAGE
    content[at : at + PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    (verification,) = verify_journals(folders_in(tmp_path))
    assert verification.problems[0].reason == "unreadable"
    assert 25 < verification.problems[0].seq <= 32
    assert verification.problems[0].detail == "SQLITE_CORRUPT"
    assert 50 < verification.entries < 62
    assert verification.intact == verification.entries
    assert verification.opened is not None
    assert verification.problems[-1].reason == "database"


def test_a_damaged_index_is_found_although_every_row_is_right(folders: Folders) -> None:
    with raw(folders.live) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sale_tender_by_sale'"
        ).fetchone()
        (empty,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'variant_by_sku'"
        ).fetchone()
    content = bytearray(folders.live.read_bytes())
    blank = content[(empty - 1) * PAGE : empty * PAGE]
    content[(page - 1) * PAGE : page * PAGE] = blank
    folders.live.write_bytes(content)
    assert problems(folders) == [("database", 0)]


def test_the_end_of_a_journal_is_remembered_by_the_one_that_goes_on_from_it(
    folders: Folders,
) -> None:
    continue_with_new_journal(Place(folders), "key_missing")
    (kept,) = folders.set_aside.glob("*.db")
    empty = Folders(data=folders.data, config=folders.data / "no-config")
    assert [one.is_whole for one in verify_journals(empty)] == [True, True]
    with raw(kept) as db:
        for table in ("journal", "sale", "sale_line", "sale_tender", "sale_vat", "receipt_issue"):
            db.execute(f"DELETE FROM {table} WHERE seq > 8")
    _, old = verify_journals(empty)
    assert ("rolled_back", 9) in [(p.reason, p.seq) for p in old.problems]
    assert [p.detail for p in old.problems if p.reason == "rolled_back"] == ["successor"]


def test_another_end_than_the_next_journal_names_is_found(folders: Folders) -> None:
    continue_with_new_journal(Place(folders), "key_missing")
    (kept,) = folders.set_aside.glob("*.db")
    with raw(kept) as db:
        digest = b"\x01" * 32
        db.execute("UPDATE journal SET digest = ? WHERE seq = 9", [digest])
    _, old = verify_journals(folders)
    found = [(p.reason, p.seq) for p in old.problems]
    assert found[0] == ("digest", 9)
    assert ("successor", 9) in found
    assert ("anchor", 9) in found


def test_a_sale_whose_number_does_not_follow_is_found_although_it_is_signed(
    folders: Folders,
) -> None:
    sale = msgspec.structs.replace(
        last_sale(folders), sale_id="other", number=5, receipt_number="GS-1-1-000005"
    )
    seq = append(folders, sale)
    assert problems(folders) == [("number", seq)]


def test_a_sale_that_is_recorded_twice_is_found_although_it_is_signed(folders: Folders) -> None:
    sale = last_sale(folders)
    again = msgspec.structs.replace(
        sale,
        number=4,
        receipt_number="GS-1-1-000004",
        perpetual=msgspec.structs.replace(
            sale.perpetual,
            net=sale.perpetual.net + sale.total,
            absolute=sale.perpetual.absolute + sale.total,
        ),
    )
    seq = append(folders, again)
    assert problems(folders) == [("repeated", seq)]


def test_a_signed_entry_that_no_version_writes_is_found(folders: Folders) -> None:
    (seq, body, _, _) = rows_of(folders.live)[-1]
    key = key_of(folders)
    odd = rewritten(body, fact=msgspec.Raw(b'{"sale_id":7}'))
    digest = digest_of(odd)
    with raw(folders.live) as db:
        db.execute(
            "UPDATE journal SET body = ?, digest = ?, signature = ? WHERE seq = ?",
            [odd, bytes.fromhex(digest), key.sign_entry(digest), seq],
        )
    assert problems(folders)[0] == ("body", seq)


@pytest.mark.parametrize("public_key", ["", "not hexadecimal", "00", "ff" * 32])
def test_an_opening_entry_without_a_key_verifies_nothing(folders: Folders, public_key: str) -> None:
    (_, body, _, _) = rows_of(folders.live)[0]
    at = body.index(b'"public_key":"') + len(b'"public_key":"')
    odd = body[:at] + public_key.encode() + body[at + 64 :]
    with raw(folders.live) as db:
        digest = bytes.fromhex(digest_of(odd))
        db.execute("UPDATE journal SET body = ?, digest = ? WHERE seq = 1", [odd, digest])
    (verification,) = verify_journals(folders)
    assert first_of(verification) == ("signature", 1)
    assert verification.intact == 0


def test_a_journal_without_a_beginning_says_which_entry_it_wants(folders: Folders) -> None:
    with raw(folders.live) as db:
        db.execute("DELETE FROM journal")
    assert problems(folders)[0] == ("gap", 1)


@pytest.fixture
def strange_files(tmp_path: Path) -> list[Path]:
    text, song, nowhere = (tmp_path / name for name in ("text.db", "song.db", "nowhere.db"))
    text.write_text("not a database " * 100)
    db = sqlite3.connect(song)
    db.execute("CREATE TABLE song (title TEXT)")
    db.close()
    return [text, song, nowhere]


def test_an_entry_that_was_moved_in_front_of_the_first_is_missed(tmp_path: Path) -> None:
    """One that nothing follows from, in a copy that nobody remembers."""
    till = a_till(tmp_path)
    till.record(ClockDoubted(last_seen="", now=""), ZOE)
    till.close()
    path = folders_in(tmp_path).live
    with raw(path) as db:
        db.execute("UPDATE journal SET seq = -2 WHERE seq = 2")
    assert first_of(verify_file(path)) == ("gap", 2)


def test_a_file_that_is_no_journal_is_unreadable(strange_files: list[Path]) -> None:
    for path in strange_files:
        verification = verify_file(path)
        assert [p.reason for p in verification.problems] == ["unreadable"]
        assert verification.journal_id is None
        assert verification.fingerprint == ""


def test_columns_of_another_kind_do_not_stop_the_check(folders: Folders) -> None:
    """Whoever rewrites the schema can store anything."""
    with raw(folders.live) as db:
        rows = db.execute("SELECT seq, body, digest, signature FROM journal").fetchall()
        db.execute("DROP TABLE journal")
        db.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body, digest, signature)")
        db.executemany("INSERT INTO journal VALUES (?, ?, ?, ?)", rows)
        db.execute("UPDATE journal SET signature = 'text', digest = NULL WHERE seq = 4")
        db.execute("UPDATE journal SET signature = NULL, body = 12 WHERE seq = 6")
    (verification,) = verify_journals(folders)
    assert first_of(verification) == ("digest", 4)
    assert verification.entries == 9
    assert verification.intact == 7


def test_a_till_without_money_moved_is_whole(tmp_path: Path) -> None:
    a_till(tmp_path).close()
    (verification,) = verify_journals(folders_in(tmp_path))
    assert verification.is_whole
    assert (verification.entries, verification.sales) == (1, 0)
    assert verification.opened is not None
    assert verification.opened.currency == euros(0).currency


def test_there_is_nothing_to_verify_in_an_empty_folder(tmp_path: Path) -> None:
    assert verify_journals(folders_in(tmp_path)) == []


def test_training_and_live_are_both_verified(tmp_path: Path) -> None:
    a_till(tmp_path).close()
    open_till(Place(folders_in(tmp_path), "training")).close()
    found = verify_journals(folders_in(tmp_path))
    assert [one.opened.mode for one in found if one.opened] == ["live", "training"]
    assert all(one.is_whole for one in found)
