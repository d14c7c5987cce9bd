"""Whose a journal is: of the till that has its key, whoever was the first to speak of it."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from sync.hub import claiming
from sync.hub.store.claims import Claim
from sync.hub.store.database import HubDatabase
from sync.hub.store.tables import moved
from sync.protocol import Accepted, Forked
from tests.sync.hub.house import SHIRT, House, SellingTill
from tests.sync.journals import TillJournal, a_key

OWNER, THIEF = "till-1", "till-2"
THIEFS_KEY = 66


@pytest.fixture
def house(hub_database: HubDatabase) -> House:
    return House(hub_database)


@pytest.fixture
def till() -> SellingTill:
    till = SellingTill(1)
    till.receive(10)
    till.sell(2)
    return till


def claim(house: House, till: TillJournal, till_id: str, *, key: int | None = None) -> bool:
    """Let a till claim a journal; `key` is the number of the one that it proves to have."""
    proved = None if key is None else a_key(key).public
    new = Claim(journal_id=till.journal_id, till_id=till_id, mode="live", key=proved)
    return claiming.claim(house.database, new, now=house.clock)


def forged(till: TillJournal) -> TillJournal:
    """Return a journal of the same name that another till has begun, with a key of its own."""
    return TillJournal(till.journal_id, a_key(THIEFS_KEY), facts=2)


def told(house: House) -> list[tuple[str, str, object]]:
    found = [one for one in house.incidents() if one.kind != "unmatched"]  # no catalogue here
    return [(one.kind, one.till_id, one.detail.get("owner")) for one in found]


def test_who_names_a_journal_first_without_its_key_yields_to_who_has_it(
    house: House, till: SellingTill
) -> None:
    # Given a till that claims another's journal and cannot prove it
    assert claim(house, till, THIEF)
    # When the true till brings its sales, and says whose they are
    house.take(till)
    house.interpret()
    assert claim(house, till, OWNER, key=1)
    house.interpret()
    # Then they are its own, once, and head office hears of the other
    assert owner_of_stock(house) == {OWNER: 8}
    assert told(house) == [("claim", THIEF, OWNER)]
    assert not claim(house, till, OWNER, key=1), "nothing needs to be written any more"


def test_what_was_counted_for_the_wrong_till_is_counted_anew(
    house: House, till: SellingTill
) -> None:
    house.take(till)
    assert claim(house, till, THIEF)
    house.interpret()
    assert owner_of_stock(house) == {THIEF: 8}
    assert claim(house, till, OWNER, key=1)
    house.interpret()
    assert owner_of_stock(house) == {OWNER: 8}


def test_entry_1_must_name_the_key_that_was_proved(house: House, till: SellingTill) -> None:
    # Given the true till's claim, and an opening of somebody else that comes before its own
    assert claim(house, till, OWNER, key=1)
    answer = house.take(forged(till))
    # Then that is kept aside, and the true one takes its place
    assert answer == Forked(seq=1, digest="", is_kept=True)
    assert isinstance(house.take(till), Accepted)
    house.interpret()
    assert owner_of_stock(house) == {OWNER: 8}
    assert [one.detail["why"] for one in house.incidents("quarantine")] == ["opening"]


def test_a_claim_with_another_key_than_entry_1_names_is_refused(
    house: House, till: SellingTill
) -> None:
    house.take(till)
    claim(house, till, THIEF, key=THIEFS_KEY)
    house.interpret()
    assert owner_of_stock(house) == {}
    claim(house, till, OWNER, key=1)
    house.interpret()
    assert owner_of_stock(house) == {OWNER: 8}
    assert ("claim", THIEF, "") in told(house)


def test_nobody_takes_a_journal_from_the_till_that_proved_its_key(
    house: House, till: SellingTill
) -> None:
    house.take(till)
    claim(house, till, OWNER, key=1)
    house.revoke(OWNER)  # a lost till's journal stays its own
    for key in (None, THIEFS_KEY):
        claim(house, till, THIEF, key=key)
    house.interpret()
    assert owner_of_stock(house) == {OWNER: 8}
    assert ("claim", THIEF, OWNER) in told(house)


def test_a_machine_that_joined_again_keeps_its_journal(house: House, till: SellingTill) -> None:
    house.take(till)
    claim(house, till, OWNER, key=1)
    house.interpret()
    house.revoke(OWNER)
    again = THIEF  # the same machine under another name: it has the journal's key
    assert claim(house, till, again, key=1)
    house.interpret()
    assert owner_of_stock(house) == {again: 8}
    assert told(house) == []


def test_a_copy_of_a_till_with_its_keys_is_an_incident_of_its_own(
    house: House, till: SellingTill
) -> None:
    claim(house, till, OWNER, key=1)
    claim(house, till, THIEF, key=1)
    assert told(house) == [("fork", THIEF, OWNER)]


def test_a_claim_to_nothing_yet_falls_with_the_till_that_made_it(
    house: House, till: SellingTill
) -> None:
    # Given a till that proved a key of its own for a journal of which nothing had come
    claim(house, till, THIEF, key=THIEFS_KEY)
    claim(house, till, OWNER, key=1)
    assert isinstance(house.take(till), Forked), "kept aside: people have to say who is right"
    # When head office revokes it
    house.revoke(THIEF)
    claim(house, till, OWNER, key=1)
    # Then the true till has its journal
    assert isinstance(house.take(till), Accepted)
    house.interpret()
    assert owner_of_stock(house) == {OWNER: 8}


@pytest.mark.parametrize("is_thief_first", [True, False])
def test_a_till_cannot_silence_anothers_stock_by_going_on_from_its_journal(
    house: House, till: SellingTill, *, is_thief_first: bool
) -> None:
    """Carrying over nothing, up to an entry far beyond, would hold back all that the other sold."""
    previous = msgspec.structs.replace(till.goes_on(), seq=1_000)
    thief = SellingTill(2, previous=previous)
    thief.receive(3, carried=True)
    both = [(thief, THIEF), (till, OWNER)]
    for journal, till_id in both if is_thief_first else reversed(both):
        house.bring_in(journal, till_id)
    assert owner_of_stock(house) == {OWNER: 8, THIEF: 3}
    assert told(house) == [("link", THIEF, OWNER)]


def owner_of_stock(house: House) -> dict[str, int]:
    with house.database.read() as connection:
        rows = connection.execute(select(moved).where(moved.c.variant_id == SHIRT)).all()
    return {row.till_id: row.pieces for row in rows if row.pieces}
