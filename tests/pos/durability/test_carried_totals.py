"""The perpetual totals go on from one journal of a till to the next (fiscal.md R24)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pos.bootstrap import open_till
from pos.codec import decode_entry, digest_of, encode_body
from pos.domain.facts import JournalOpened, PreviousJournal
from pos.domain.sales_audit import SalesAudit
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.ids import JournalId
from pos.signing import KeyStore
from pos.store.journal import read_end
from pos.verification import verify_journals
from tests.builders import a_cash_sale, a_till, an_identity, an_opening, folders_in
from tests.pos.recorded_facts import a_place
from tests.pos.store.tampering import a_till_that_sold, raw, rewritten, rows_of

SOLD = 2500 + 15000 + 1000
"""What `a_till_that_sold` sold, in three sales; the last one is entry 9."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return a_till_that_sold(tmp_path)


def previous_of(path: Path) -> PreviousJournal:
    known = read_end(path)
    assert known is not None
    assert known[1].previous is not None
    return known[1].previous


def carried(path: Path) -> tuple[int, int, int]:
    previous = previous_of(path)
    return previous.perpetual_net_minor, previous.perpetual_absolute_minor, previous.perpetual_seq


def sell(place: Place, price: int) -> tuple[int, int]:
    """Sell something and return the perpetual totals after it."""
    till = open_till(place)
    sale = till.execute(a_cash_sale(price))
    till.close()
    return sale.perpetual.net.minor, sale.perpetual.absolute.minor


def problems(folders: Folders) -> list[list[tuple[str, int]]]:
    return [[(p.reason, p.seq) for p in one.problems] for one in verify_journals(folders)]


def test_the_totals_go_on_from_journal_to_journal(folders: Folders) -> None:
    place = Place(folders)
    continue_with_new_journal(place, "broken")
    assert carried(folders.live) == (SOLD, SOLD, 9)
    assert sell(place, 700) == (SOLD + 700, SOLD + 700)
    assert sell(place, 300) == (SOLD + 1000, SOLD + 1000)
    continue_with_new_journal(place, "broken")
    assert sell(place, 100) == (SOLD + 1100, SOLD + 1100)
    assert problems(folders) == [[], [], []]


def test_a_journal_in_which_nothing_was_sold_hands_on_what_it_got(folders: Folders) -> None:
    for seq in (9, 1, 1):
        continue_with_new_journal(Place(folders), "broken")
        assert carried(folders.live) == (SOLD, SOLD, seq)
    assert problems(folders) == [[], [], [], []]


def test_nothing_was_sold_yet(tmp_path: Path) -> None:
    a_till(tmp_path).close()
    folders = folders_in(tmp_path)
    continue_with_new_journal(Place(folders), "broken")
    assert carried(folders.live) == (0, 0, 1)
    assert problems(folders) == [[], []]


def test_training_has_totals_of_its_own(folders: Folders) -> None:
    place = Place(folders, "training")
    assert sell(place, 400) == (400, 400)
    continue_with_new_journal(place, "broken")
    assert sell(place, 100) == (500, 500)


def test_a_sale_that_somebody_changed_is_not_gone_on_from(folders: Folders) -> None:
    """From the last one that is as it was signed; the new journal says which that was."""
    (_, body, _, _) = rows_of(folders.live)[8]
    forged = body.replace(b'"perpetual":{"net":[18500', b'"perpetual":{"net":[10500')
    assert forged != body
    with raw(folders.live) as db:
        db.execute("UPDATE journal SET body = ? WHERE seq = 9", [forged])
    continue_with_new_journal(Place(folders), "broken")
    assert carried(folders.live) == (17500, 17500, 6)
    assert previous_of(folders.live).seq == 9
    assert problems(folders)[0] == []


def test_a_sale_in_another_entrys_place_is_not_gone_on_from(folders: Folders) -> None:
    rows = rows_of(folders.live)
    with raw(folders.live) as db:
        for seq, body, digest, signature in (rows[4], rows[5]):
            db.execute(
                "UPDATE journal SET body = ?, digest = ?, signature = ? WHERE seq = ?",
                [body, digest, signature, 9 if seq == 5 else 8],
            )
    continue_with_new_journal(Place(folders), "broken")
    assert carried(folders.live) == (17500, 17500, 6)


def test_a_file_that_cannot_be_read_hands_on_nothing_and_that_is_on_record(
    folders: Folders,
) -> None:
    folders.live.write_bytes(b"")
    continue_with_new_journal(Place(folders), "damaged")
    assert carried(folders.live) == (0, 0, 0)
    assert previous_of(folders.live).seq == 9


def test_a_journal_of_a_strange_key_hands_on_nothing(tmp_path: Path) -> None:
    """Else who makes a file with a key of their own decides the totals."""
    folders = a_till_that_sold(tmp_path / "ours")
    strange = a_till(tmp_path / "theirs", identity=an_identity())
    strange.execute(a_cash_sale(100))
    strange.close()
    folders_in(tmp_path / "theirs").live.replace(folders.live)
    continue_with_new_journal(Place(folders), "key_missing")
    assert carried(folders.live) == (0, 0, 0)


def test_a_till_whose_config_is_lost_goes_on_from_what_its_file_says(
    folders: Folders, tmp_path: Path
) -> None:
    place = Place(Folders(data=folders.data, config=tmp_path / "empty"))
    continue_with_new_journal(place, "key_missing")
    assert carried(folders.live) == (SOLD, SOLD, 9)


def sign_anew(folders: Folders, **changes: int) -> None:
    """Let the till's own key sign another opening, as a program with a mistake would."""
    ((_, body, _, _),) = rows_of(folders.live)
    known = read_end(folders.live)
    assert known is not None
    opened = known[1]
    assert opened.previous is not None
    wrong = msgspec.structs.replace(
        opened, previous=msgspec.structs.replace(opened.previous, **changes)
    )
    odd = rewritten(body, fact=msgspec.Raw(msgspec.json.encode(wrong)))
    digest = digest_of(odd)
    key = KeyStore(folders.keys).load(bytes.fromhex(opened.public_key))
    with raw(folders.live) as db:
        db.execute(
            "UPDATE journal SET body = ?, digest = ?, signature = ?",
            [odd, bytes.fromhex(digest), key.sign_entry(digest)],
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"perpetual_net_minor": SOLD - 1},
        {"perpetual_absolute_minor": SOLD - 1},
        {"perpetual_seq": 4, "perpetual_net_minor": 17500, "perpetual_absolute_minor": 17500},
    ],
)
def test_totals_that_are_not_those_of_the_journal_before_are_found(
    tmp_path: Path, changes: dict[str, int]
) -> None:
    till = a_till(tmp_path)
    for price in (2500, 15000, 1000):
        till.execute(a_cash_sale(price))
    till.close()
    folders = folders_in(tmp_path)
    with raw(folders.live) as db:
        db.execute("DELETE FROM stock_movement")
        db.execute("DELETE FROM stock_level")  # else an entry would carry the stock over
    continue_with_new_journal(Place(folders), "broken")
    sign_anew(folders, **changes)
    assert ("carried", 1) in problems(folders)[0]


def test_a_sale_that_forgets_what_was_carried_over_is_found(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    sale = till.execute(a_cash_sale())
    till.close()
    previous = PreviousJournal(
        journal_id=till.journal_id,
        seq=7,
        digest="ab",
        reason="broken",
        perpetual_net_minor=0,
        perpetual_absolute_minor=100,
        perpetual_seq=7,
    )
    goes_on = msgspec.structs.replace(till.opened, previous=previous)
    assert SalesAudit(till.opened).check(sale) == ""
    assert SalesAudit(goes_on).check(sale) == "perpetual"


def test_an_opening_without_totals_has_the_bytes_it_always_had() -> None:
    previous = PreviousJournal(
        journal_id=JournalId("01931f2a-7c4e-7b1a-9a53-0242ac120002"),
        seq=7,
        digest="ab",
        reason="broken",
    )
    opened = msgspec.structs.replace(an_opening(), previous=previous)
    body = encode_body(opened, a_place())
    assert b'"reason":"broken"}' in body
    read = decode_entry(body, digest_of(body)).fact
    assert isinstance(read, JournalOpened)
    assert read == opened
