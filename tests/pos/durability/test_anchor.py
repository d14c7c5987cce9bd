"""The anchor beside the key: nobody but the till can write one that counts."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pos.anchor import SIZE, Anchor, AnchorFile
from pos.bootstrap import open_till
from pos.domain.facts import IntegrityFailed
from pos.errors import JournalRolledBack
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.ids import JournalId
from pos.signing import KeyStore, verifier
from pos.store.derived import TABLES
from pos.store.journal import read_end
from pos.verification import verify_journals
from tests.builders import a_cash_sale, a_till
from tests.pos.store.tampering import a_till_that_sold, raw

JOURNAL = JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return a_till_that_sold(tmp_path)


def anchor_of(folders: Folders) -> Anchor:
    (path,) = folders.anchors.iterdir()
    anchor = AnchorFile(folders.anchors, JournalId(path.stem)).read()
    assert anchor is not None
    return anchor


def put(folders: Folders, anchor: Anchor) -> None:
    """Write an anchor as an editor would."""
    (path,) = folders.anchors.iterdir()
    path.write_bytes(msgspec.json.encode(anchor).ljust(SIZE - 1) + b"\n")


def cut_off_the_last_sale(folders: Folders) -> Anchor:
    """Take the end out of all tables and return the anchor that would fit."""
    with raw(folders.live) as db:
        for table in ("journal", *(table for table in TABLES if table != "stock_level")):
            db.execute(f"DELETE FROM {table} WHERE seq > 8")
        db.execute("UPDATE stock_level SET on_hand = -1 WHERE on_hand = -2")
        (digest,) = db.execute("SELECT lower(hex(digest)) FROM journal WHERE seq = 8").fetchone()
    return msgspec.structs.replace(anchor_of(folders), seq=8, digest=digest)


def failures_at_open(folders: Folders) -> list[str]:
    till = open_till(Place(folders))
    found = [fact.reason for fact in till.found_at_open if isinstance(fact, IntegrityFailed)]
    till.close()
    return found


def problems(folders: Folders) -> list[str]:
    return [problem.reason for problem in verify_journals(folders)[0].problems]


def test_an_anchor_is_signed_and_as_long_as_one_sector(tmp_path: Path) -> None:
    key = KeyStore(tmp_path / "keys").make()
    far = Anchor(journal_id=JOURNAL, seq=2**63 - 1, digest="ab" * 32).signed(key.sign)
    file = AnchorFile(tmp_path, JOURNAL)
    assert file.write(far)
    file.close()
    (path,) = tmp_path.glob("*.anchor")
    assert path.stat().st_size == SIZE == 512
    assert file.read() == far
    assert far.is_genuine(verifier(key.public))


@pytest.mark.parametrize("change", [{"seq": 8}, {"digest": "cd" * 32}, {"signature": "no hex"}])
def test_whatever_is_changed_in_an_anchor_is_not_signed_any_more(
    tmp_path: Path, change: dict[str, object]
) -> None:
    key = KeyStore(tmp_path).make()
    anchor = Anchor(journal_id=JOURNAL, seq=7, digest="ab" * 32).signed(key.sign)
    changed = msgspec.structs.replace(anchor, **change)
    assert not changed.is_genuine(verifier(key.public))


def test_an_entrys_own_signature_does_not_make_an_anchor(folders: Folders) -> None:
    """It stands in the journal, where whoever cut off the end can read it."""
    fitting = cut_off_the_last_sale(folders)
    with raw(folders.live) as db:
        (signature,) = db.execute("SELECT hex(signature) FROM journal WHERE seq = 8").fetchone()
    put(folders, msgspec.structs.replace(fitting, signature=signature.lower()))
    assert problems(folders) == ["anchor_forged"]
    assert failures_at_open(folders) == ["anchor forged"]


def test_a_cut_off_end_under_a_rewritten_anchor_is_told(folders: Folders) -> None:
    """The attack that an unsigned anchor let through."""
    put(folders, cut_off_the_last_sale(folders))
    assert problems(folders) == ["anchor_forged"]
    assert failures_at_open(folders) == ["anchor forged"]
    assert failures_at_open(folders) == [], "once: the till has signed a new one"
    assert problems(folders) == []


def test_a_cut_off_end_under_an_anchor_without_a_signature_is_told(folders: Folders) -> None:
    """As version 0.1.0 wrote them, and as anybody can."""
    put(folders, msgspec.structs.replace(cut_off_the_last_sale(folders), signature=""))
    assert problems(folders) == ["anchor_unsigned"]
    assert failures_at_open(folders) == ["anchor unsigned"]
    assert failures_at_open(folders) == []


def test_an_anchor_without_a_signature_still_finds_an_older_copy(folders: Folders) -> None:
    anchor = anchor_of(folders)
    cut_off_the_last_sale(folders)
    put(folders, msgspec.structs.replace(anchor, signature=""))
    with pytest.raises(JournalRolledBack):
        open_till(Place(folders))


def test_an_older_journal_keeps_the_anchor_it_had_without_a_signature(folders: Folders) -> None:
    """The till writes it no more, and the journal that goes on names the same end."""
    put(folders, msgspec.structs.replace(anchor_of(folders), signature=""))
    continue_with_new_journal(Place(folders), "broken")
    assert [found.problems for found in verify_journals(folders)] == [(), ()]


@pytest.mark.parametrize(("noted", "seq"), [(9, 9), (3, 0)])
def test_a_lost_file_goes_on_from_a_genuine_anchor_only(
    folders: Folders, noted: int, seq: int
) -> None:
    put(folders, msgspec.structs.replace(anchor_of(folders), seq=noted))
    folders.live.unlink()
    continue_with_new_journal(Place(folders), "rolled_back")
    new = read_end(folders.live)
    assert new is not None
    assert new[1].previous is not None
    assert new[1].previous.seq == seq


def test_a_memory_with_a_key_that_is_none_vouches_for_no_anchor(folders: Folders) -> None:
    memory = folders.config / "founded.json"
    known = read_end(folders.live)
    assert known is not None
    key = known[1].public_key.encode()
    memory.write_bytes(memory.read_bytes().replace(key, b"no key"))
    folders.live.unlink()
    continue_with_new_journal(Place(folders), "rolled_back")
    new = read_end(folders.live)
    assert new is not None
    assert new[1].previous is not None
    assert new[1].previous.seq == 0


def test_a_sale_moves_the_anchor(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.close()
    folders = Folders(data=tmp_path / "data", config=tmp_path / "config")
    known = read_end(folders.live)
    assert known is not None
    anchor = anchor_of(folders)
    assert (anchor.seq, anchor.digest) == (known[2].seq, known[2].digest)
    assert anchor.is_genuine(verifier(bytes.fromhex(known[1].public_key)))
