from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from pos.codec import digest_of, encode_body
from pos.domain.facts import CatalogueChanged, Fact, IntegrityFailed
from pos.errors import JournalBroken
from pos.signing import KeyStore
from pos.store.database import open_database, transaction
from pos.store.journal import (
    ChainCheck,
    Journal,
    JournalEnd,
    journal_end,
    must_read_opening,
    read_end,
    read_entry,
    read_opening,
    read_rows,
    recorded_failures,
)
from pos.store.migrations import migrate
from tests.builders import AFTERNOON, ZOE
from tests.fakes import SteppingClock
from tests.pos.recorded_facts import FACTS, JOURNAL, a_place

OPENING, *REST = FACTS
COPY_OF_ENTRY_2 = (
    "INTO journal (seq, body, digest, signature)"
    " SELECT {seq}, body, digest, signature FROM journal WHERE seq = 2"
)


def sign(digest: str) -> bytes:
    return bytes.fromhex(digest) * 2


def is_signed(digest: str, signature: bytes) -> bool:
    return signature == sign(digest)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    db = open_database(path)
    migrate(db, path)
    yield db
    db.close()


def write(db: Database, *facts: Fact) -> None:
    journal = Journal(db, JOURNAL, sign, SteppingClock(AFTERNOON))
    with transaction(db):
        for fact in facts:
            journal.append(fact, ZOE)


def write_raw(db: Database, body: bytes, *, seq: int = 1) -> None:
    """Write what the journal itself would not: the digest fits, the content may not."""
    digest = bytes.fromhex(digest_of(body))
    db.execute(
        "INSERT INTO journal (seq, body, digest, signature) VALUES (?, ?, ?, ?)",
        [seq, body, digest, digest * 2],
    )


def test_entries_are_numbered_chained_and_kept_as_written(db: Database) -> None:
    write(db, *FACTS)
    read = [read_entry(db, seq) for seq in range(1, len(FACTS) + 1)]
    assert [entry.fact for entry, _ in read] == list(FACTS)
    follows = ""
    for (entry, signature), stored in zip(read, read_rows(db), strict=True):
        assert entry.follows == follows
        assert entry.digest == digest_of(stored.body)
        assert is_signed(entry.digest, signature)
        follows = entry.digest
    assert journal_end(db) == JournalEnd(len(FACTS), follows)


def test_what_is_given_back_is_what_was_written(db: Database) -> None:
    """Else the tables that follow from it hold another text than the journal."""
    typed = CatalogueChanged(source="e\u0301te\u0301.csv", sha256="", products=1, variants=1)
    with transaction(db):
        entry = Journal(db, JOURNAL, sign, SteppingClock(AFTERNOON)).append(typed, ZOE)
    assert entry == read_entry(db, 1)[0]
    assert entry.fact == CatalogueChanged(
        source="\u00e9t\u00e9.csv", sha256="", products=1, variants=1
    )


def test_failures_are_found_among_what_looks_like_them_and_what_cannot_be_read(
    db: Database,
) -> None:
    failed = IntegrityFailed(check="chain", seq=7, reason="digest")
    named = CatalogueChanged(source="IntegrityFailed", sha256="", products=1, variants=1)
    write(db, failed, named)
    write_raw(db, b'{"kind":"IntegrityFailed"}', seq=3)
    assert recorded_failures(db) == [failed]


def test_a_fact_is_written_only_together_with_its_effects(db: Database) -> None:
    with pytest.raises(AssertionError, match="one write"):
        Journal(db, JOURNAL, sign, SteppingClock(AFTERNOON)).append(OPENING, ZOE)


def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(db: Database) -> None:
    write(db, OPENING)
    journal = Journal(db, JOURNAL, sign, SteppingClock(AFTERNOON))
    with pytest.raises(sqlite3.DatabaseError), transaction(db):
        db.execute("INSERT INTO nowhere VALUES (?)", [journal.append(REST[0], ZOE).seq])
    write(db, REST[1])
    assert [stored.seq for stored in read_rows(db)] == [1, 2]
    assert read_entry(db, 2)[0].fact == REST[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = body WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 2",
        f"REPLACE {COPY_OF_ENTRY_2.format(seq=1)}",
        f"INSERT {COPY_OF_ENTRY_2.format(seq=4)}",
    ],
)
def test_the_journal_only_grows_at_its_end(db: Database, statement: str) -> None:
    write(db, *FACTS[:2])
    with pytest.raises(sqlite3.DatabaseError, match="only grows"):
        db.execute(statement)


def test_entries_are_read_from_a_place_on_and_backwards(db: Database) -> None:
    write(db, *FACTS)
    last = len(FACTS)
    assert [stored.seq for stored in read_rows(db, after=2, limit=3)] == [3, 4, 5]
    backwards = read_rows(db, limit=2, backwards=True)
    assert [stored.seq for stored in backwards] == [last, last - 1]


def test_an_entry_that_is_not_there_is_our_mistake(db: Database) -> None:
    write(db, *FACTS[:2])
    with pytest.raises(StopIteration):
        read_entry(db, 3)
    with pytest.raises(AssertionError, match="no entry"):
        read_entry(db, 0)


def test_an_empty_journal_has_no_opening_and_ends_at_nothing(db: Database, path: Path) -> None:
    assert journal_end(db) == JournalEnd(0, "")
    assert read_opening(db) is None
    assert read_end(path) is None
    with pytest.raises(JournalBroken) as broken:
        must_read_opening(db)
    assert (broken.value.seq, broken.value.reason) == (1, "gap")


def test_a_journal_says_who_it_is_and_where_it_ends(db: Database, path: Path) -> None:
    key = KeyStore(path.parent / "keys").make()
    opening = msgspec.structs.replace(OPENING, public_key=key.public.hex())
    with transaction(db):
        Journal(db, JOURNAL, key.sign_entry, SteppingClock(AFTERNOON)).append(opening, ZOE)
    assert must_read_opening(db) == (JOURNAL, opening)
    assert read_end(path) == (JOURNAL, opening, journal_end(db))


def test_a_journal_that_nobody_signed_does_not_say_who_it_is(db: Database, path: Path) -> None:
    write(db, *FACTS)
    assert must_read_opening(db) == (JOURNAL, OPENING)
    assert read_end(path) is None


OPENING_BODY = encode_body(OPENING, a_place())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{}", "body"),
        (OPENING_BODY.replace(b'"v":1', b'"v":9'), "body"),
        (OPENING_BODY.replace(b"JournalOpened", b"JournalBegun"), "body"),
        (encode_body(FACTS[1], a_place()), "body"),
    ],
    ids=["no body", "newer version", "unknown kind", "another fact"],
)
def test_a_first_entry_that_opens_no_journal_is_said(
    db: Database, path: Path, body: bytes, reason: str
) -> None:
    write_raw(db, body)
    with pytest.raises(JournalBroken) as broken:
        read_opening(db)
    assert (broken.value.seq, broken.value.reason) == (1, reason)
    assert read_end(path) is None


def test_a_first_entry_with_another_digest_is_said(db: Database) -> None:
    db.execute(
        "INSERT INTO journal (seq, body, digest, signature) VALUES (1, ?, ?, ?)",
        [OPENING_BODY, b"\0" * 32, b"\0" * 64],
    )
    with pytest.raises(JournalBroken) as broken:
        read_opening(db)
    assert (broken.value.seq, broken.value.reason) == (1, "digest")


def test_a_journal_without_its_first_entry_is_said(db: Database) -> None:
    write(db, *FACTS[:3])
    db.execute("DROP TRIGGER journal_keeps_every_entry")
    db.execute("DELETE FROM journal WHERE seq = 1")
    with pytest.raises(JournalBroken) as broken:
        read_opening(db)
    assert (broken.value.seq, broken.value.reason) == (1, "gap")


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500, None])
def test_a_file_that_is_no_journal_says_nothing(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    assert read_end(path) is None


def test_a_column_of_another_kind_counts_as_empty(db: Database) -> None:
    """Who rewrites the schema can store text where bytes were; it is found, not stumbled over."""
    write(db, *FACTS[:2])
    db.execute("ALTER TABLE journal RENAME TO kept")
    db.execute(
        "CREATE TABLE journal AS SELECT seq, 'text' AS body, digest, 7 AS signature FROM kept"
    )
    db.execute("UPDATE journal SET digest = NULL WHERE seq = 2")
    first, second = read_rows(db)
    assert (first.body, first.signature) == (b"", b"")
    assert second.digest == ""
    assert journal_end(db) == JournalEnd(2, "")


def test_a_whole_chain_is_accepted_in_any_pieces(db: Database) -> None:
    write(db, *FACTS)
    rows = list(read_rows(db))
    whole = ChainCheck(JOURNAL, JournalEnd(0, ""), is_signed)
    for stored in rows:
        whole.check(stored)
    first = ChainCheck(JOURNAL, JournalEnd(0, ""))
    for stored in rows[:4]:
        first.check(stored)
    second = ChainCheck(JOURNAL, first.end)
    for stored in rows[4:]:
        second.check(stored)
    assert whole.end == second.end == journal_end(db)


def body_of(seq: int, *, follows: str, journal: str = JOURNAL) -> bytes:
    place = msgspec.structs.replace(a_place(seq=seq, follows=follows), journal_id=journal)
    return encode_body(FACTS[1], place)


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("gap", {"seq": 4}),
        ("digest", {"digest": "00" * 32}),
        ("body", {"body": b"{}"}),
        ("body", {"body": "another journal"}),
        ("body", {"body": "another number"}),
        ("chain", {"body": "another past"}),
        ("signature", {"signature": b"\1" * 64}),
    ],
)
def test_the_first_bad_entry_is_named_with_its_reason(
    db: Database, reason: str, change: dict[str, object]
) -> None:
    # Given a journal of which two entries are checked
    write(db, *FACTS[:3])
    one, two, three = read_rows(db)
    check = ChainCheck(JOURNAL, JournalEnd(0, ""), is_signed)
    check.check(one)
    check.check(two)
    # When the third is not what was written, though its digest and signature may fit
    bodies = {
        "another journal": body_of(3, follows=two.digest, journal="elsewhere"),
        "another number": body_of(4, follows=two.digest),
        "another past": body_of(3, follows=one.digest),
    }
    if "body" in change:
        body = bodies.get(str(change["body"]), b"{}")
        digest = digest_of(body)
        change = {"body": body, "digest": digest, "signature": sign(digest)}
    with pytest.raises(JournalBroken) as broken:
        check.check(dataclasses.replace(three, **change))  # type: ignore[arg-type]  # any column
    # Then it is named, and the check stands where it was
    assert (broken.value.seq, broken.value.reason) == (3, reason)
    assert check.end == JournalEnd(2, two.digest)
