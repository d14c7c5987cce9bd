"""What head office learns from what the tills wrote, whenever and however it comes."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor, wait

import msgspec
import pytest
from sqlalchemy import Connection, select, text

from pos.domain.facts import ClockDoubted, IntegrityFailed, TenderCorrected
from pos.domain.feed import StockOfTill
from pos.money import Currency, Money
from sync.hub import interpret
from sync.hub.store import aliases, behind, incidents, sales
from sync.hub.store.database import HubDatabase
from sync.hub.store.tables import journal, sale, sale_line
from sync.joining_protocol import Explained, OtherVariant
from tests.builders import a_product, a_size, an_opening, euros
from tests.sync.hub.house import CAP, SHIRT, House, SellingTill
from tests.sync.journals import a_key

HANG_GUARD_S = 120


@pytest.fixture
def house(hub_database: HubDatabase) -> House:
    return House(hub_database)


def test_a_sale_is_seen_at_head_office_and_leaves_the_stand(house: House) -> None:
    # Given a till that opened with ten shirts and sold three in two sales
    till = SellingTill()
    till.receive(10)
    till.sell(1)
    till.sell(2)
    # When its journal has come
    house.bring_in(till)
    # Then head office sees two sales, and seven shirts are left
    with house.database.read() as connection:
        wanted = sales.Wanted(first_date="2026-07-18", last_date="2026-07-18")
        found = sales.page(connection, wanted)
    assert [(one.receipt_number, one.pieces, one.total_minor) for one in found] == [
        ("GS-1-1-000001", 1, 2500),
        ("GS-1-1-000002", 2, 5000),
    ]
    assert found[0].lines[0].label == "Shirt · M"
    assert house.levels() == {("GS", SHIRT): 7}


def test_the_tills_are_told_once_a_step_what_a_till_moved(house: House) -> None:
    till = SellingTill()
    till.receive(10)
    for _ in range(5):
        till.sell(1)
    house.bring_in(till)
    told = [one for one in house.told() if isinstance(one, StockOfTill)]
    assert [(one.till_id, one.stand, one.variant_id, one.pieces) for one in told] == [
        ("till-1", "GS", SHIRT, 5)
    ]
    assert told[0].at == "2026-07-18T13:02:11.000000Z"


def test_interpreting_again_changes_nothing(house: House) -> None:
    till = SellingTill()
    till.receive(10)
    till.sell()
    house.bring_in(till)
    before = _everything(house)
    house.told()
    with house.database.write() as connection:
        interpret.begin_again(connection, till.journal_id)
    house.interpret()
    assert _everything(house) == before


def test_a_long_journal_is_interpreted_page_by_page(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind, "ENTRIES_MAX", 3)
    till = SellingTill()
    till.receive(10)
    for _ in range(5):
        till.sell()
    house.take(till)
    house.claim(till.journal_id, "till-1")
    assert interpret.step(house.database, now=house.clock) == 3
    assert house.levels() == {("GS", SHIRT): 9}
    house.interpret()
    assert house.levels() == {("GS", SHIRT): 5}


def test_large_entries_are_interpreted_a_few_at_a_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand entries of 16 MB each would not fit into any memory."""
    monkeypatch.setattr(behind, "BYTES_MAX", 10)
    till = SellingTill()
    till.receive(10)
    till.sell()
    house.take(till)
    house.claim(till.journal_id, "till-1")
    steps = 0
    while interpret.step(house.database, now=house.clock):
        steps += 1
    assert steps >= 3
    assert house.levels() == {("GS", SHIRT): 9}


def test_kinds_of_a_newer_version_and_facts_without_consequence_are_passed_by(
    house: House,
) -> None:
    till = SellingTill()
    till.record_unknown()
    till.record(
        TenderCorrected(
            correction_id="c",
            sale_id=till.sell().sale_id,
            from_method="cash",
            to_method="card",
            amount=euros(100),
            reason="wrong key",
            business_date="2026-07-18",
        )
    )
    house.bring_in(till)
    assert house.levels() == {("GS", SHIRT): -1}
    assert house.incidents("quarantine") == []


def test_what_cannot_be_understood_is_told_of_and_holds_up_nothing(house: House) -> None:
    till = SellingTill()
    till.receive(5)
    till.record_unreadable()
    wrong = msgspec.json.decode(till._next_body())  # noqa: SLF001 its own
    till.record_raw(msgspec.json.encode(wrong | {"kind": "SaleCompleted", "fact": {"sale_id": 3}}))
    till.sell(1)
    house.bring_in(till)
    assert house.levels() == {("GS", SHIRT): 4}
    (told,) = house.incidents("quarantine")
    assert (told.subject, told.times, told.detail["seq"]) == (till.journal_id, 2, 4)


@pytest.mark.parametrize(
    "changes",
    [
        {"sale_id": "a\0b"},
        {"receipt_number": "9" * 500},
        {"total": Money(2**70, Currency("EUR"))},
        {"business_date": "tomorrow"},
        {"total": Money(100, Currency("XAU"))},
    ],
    ids=["zero byte", "long", "huge", "no date", "gold"],
)
def test_a_sale_that_no_till_makes_is_told_of_and_not_counted(
    house: House, changes: dict[str, object]
) -> None:
    """Somebody with a till's key must not be able to stop the hub."""
    till = SellingTill()
    till.sell(3, changes=changes)
    till.sell(1)
    house.bring_in(till)
    assert house.levels() == {("GS", SHIRT): -1}
    assert [one.kind for one in house.incidents("quarantine")] == ["quarantine"]


def test_a_journal_that_nobody_claims_is_kept_and_told_of_until_somebody_does(
    house: House,
) -> None:
    # Given entries that came by another till's way, before their own
    till = SellingTill()
    till.receive(10)
    till.sell()
    house.take(till)
    # When nobody has claimed them
    house.interpret()
    # Then they count nowhere, and head office knows
    assert house.levels() == {}
    (told,) = house.incidents("stranger")
    assert (told.subject, told.detail["why"]) == (till.journal_id, "unclaimed")
    # When their till comes
    house.claim(till.journal_id, "till-2")
    house.interpret()
    # Then all of it counts, and nobody has to do anything
    assert house.levels() == {("GS", SHIRT): 9}
    assert house.incidents("stranger") == []


def test_a_training_journal_never_counts_among_real_ones(house: House) -> None:
    till = SellingTill(opened=an_opening(mode="training"))
    till.sell()
    house.bring_in(till)
    assert house.levels() == {}
    (told,) = house.incidents()
    assert (told.kind, told.detail["why"]) == ("stranger", "mode")


def test_a_clock_that_went_back_and_a_broken_check_are_told_of(house: House) -> None:
    till = SellingTill()
    till.record(ClockDoubted(last_seen="2026-07-18T12:00:00Z", now="1970-01-01T00:00:00Z"))
    till.record(IntegrityFailed(check="chain", seq=7, reason="broken"))
    house.bring_in(till)
    assert {one.kind: one.detail.get("now", "") for one in house.incidents()} == {
        "clock": "1970-01-01T00:00:00Z",
        "integrity": "",
    }


def test_selling_more_than_there_is_is_told_of_until_there_is_enough(house: House) -> None:
    # Given two tills of one stand, of which one never heard of any stock
    first, second = SellingTill(1), SellingTill(2)
    first.sell(2)
    house.bring_in(first, "till-1")
    (told,) = house.incidents("oversell")
    assert (told.stand, told.subject, told.detail["pieces"]) == ("GS", f"GS/{SHIRT}", -2)
    # When the other brings what was there all the time
    second.receive(5)
    house.bring_in(second, "till-2")
    # Then it is over by itself
    assert house.incidents("oversell") == []
    # And told of again when it happens again
    first.sell(4)
    house.take(first, first=3)
    house.interpret()
    assert [one.detail["pieces"] for one in house.incidents("oversell")] == [-1]


def test_one_sale_in_two_journals_is_kept_and_told_of(house: House) -> None:
    """A disk was copied while somebody paid."""
    first, second = SellingTill(1), SellingTill(2)
    first.sell(sale_id="the-same")
    second.sell(sale_id="the-same")
    house.bring_in(first, "till-1")
    assert house.incidents("twice") == []
    house.bring_in(second, "till-2")
    (told,) = house.incidents("twice")
    assert told.subject == "the-same"
    assert house.levels() == {("GS", SHIRT): -2}


def test_what_a_lost_till_sends_after_it_was_revoked_is_counted_and_told_of(house: House) -> None:
    till = SellingTill()
    till.sell()
    house.revoke("till-1")
    house.bring_in(till)
    assert house.levels() == {("GS", SHIRT): -1}
    assert [one.subject for one in house.incidents("revoked")] == ["till-1"]


def test_a_forked_journal_is_told_of_once_however_often_it_is_sent(house: House) -> None:
    till = SellingTill()
    till.sell()
    clone = till.copy()
    till.record_many(1)
    clone.record_many(2, first=7)
    house.bring_in(till)
    house.take(clone, first=3)
    house.take(clone, first=3)
    (told,) = house.incidents("fork")
    assert (told.subject, told.times, told.detail["seq"]) == (till.journal_id, 2, 3)
    # When somebody has seen to it, the same does not come back
    with house.database.write() as connection:
        assert incidents.close(connection, told.number, "Zoé", "2026-07-18T12:00:00.000000Z")
    house.take(clone, first=3)
    assert house.incidents("fork") == []
    clone.record_many(1, first=9)
    house.take(clone, first=3)
    assert [one.times for one in house.incidents("fork")] == [3]


def test_entries_that_a_stranger_signed_are_told_of_as_such(house: House) -> None:
    till = SellingTill()
    till.sell()
    house.bring_in(till)
    forger = till.copy(key=a_key(99))
    forger.record_many(1)
    house.take(forger, first=3)
    assert [one.detail["why"] for one in house.incidents("quarantine")] == ["signature"]


def _chain() -> tuple[SellingTill, SellingTill]:
    """Return a journal with caps and ten shirts, three of them sold, and the one that goes on."""
    old = SellingTill(1)
    old.receive(5, CAP)
    old.receive(10)
    old.sell(1)
    old.sell(2)
    new = SellingTill(2, previous=old.goes_on())
    new.receive(5, CAP, carried=True)
    new.receive(7, carried=True)
    new.sell(1)
    return old, new


LEFT = {("GS", CAP): 5, ("GS", SHIRT): 6}
"""What there is behind these two journals."""


def test_stock_taken_along_into_a_new_journal_counts_once(house: House) -> None:
    old, new = _chain()
    house.bring_in(old)
    house.bring_in(new)
    assert house.levels() == LEFT


def test_stock_taken_along_counts_while_the_journal_before_is_missing(house: House) -> None:
    """Its disk is in a bag; perhaps somebody can read it one day."""
    old, new = _chain()
    house.bring_in(new)
    assert house.levels() == LEFT
    # When the old journal comes, bit by bit, nothing is counted twice at any moment
    house.take(old, last=3)
    house.claim(old.journal_id, "till-1")
    house.interpret()
    assert house.levels() == LEFT
    house.take(old, first=4)
    house.interpret()
    assert house.levels() == LEFT
    assert house.told_stock() == {("till-1", "GS", SHIRT): 6, ("till-1", "GS", CAP): 5}


def test_a_till_that_was_enrolled_anew_leaves_its_old_journal_to_the_old_till(
    house: House,
) -> None:
    """What it took along counts once more: nobody else could prove that it may stand for it."""
    old, new = _chain()
    house.bring_in(new, "till-2")
    assert house.levels() == LEFT
    house.bring_in(old, "till-1")
    assert house.told_stock() == {
        ("till-2", "GS", CAP): 5,
        ("till-2", "GS", SHIRT): 6,
        ("till-1", "GS", CAP): 5,
        ("till-1", "GS", SHIRT): 7,
    }
    assert [one.subject for one in house.incidents("link")] == [new.journal_id]


@pytest.mark.parametrize("seed", range(12))
def test_levels_come_out_the_same_in_whatever_order_journals_and_claims_come(
    house: House, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three journals of one machine, one of another, cut anywhere and claimed at any time."""
    monkeypatch.setattr(behind, "ENTRIES_MAX", 2)
    chance = random.Random(seed)
    old, middle = _chain()
    newest = SellingTill(3, previous=middle.goes_on())
    newest.receive(5, CAP, carried=True)
    newest.receive(6, carried=True)
    newest.sell(2)
    other = SellingTill(4)
    other.receive(3, CAP)
    other.sell(1, CAP)
    journals = {one.journal_id: one for one in (old, middle, newest, other)}
    came = dict.fromkeys(journals, 0)
    unclaimed = {one: "till-2" if one == other.journal_id else "till-1" for one in journals}
    while any(came[one] < len(journals[one].entries) for one in journals) or unclaimed:
        one = chance.choice(list(journals))
        if came[one] < len(journals[one].entries):
            last = min(len(journals[one].entries), came[one] + chance.randint(1, 3))
            house.take(journals[one], first=came[one] + 1, last=last)
            came[one] = last
        if chance.random() < 0.4 and came[one] and one in unclaimed:
            house.claim(one, unclaimed.pop(one))
        if chance.random() < 0.5:
            interpret.step(house.database, now=house.clock)
    house.interpret()
    assert house.levels() == {("GS", SHIRT): 4, ("GS", CAP): 7}
    assert house.incidents("stranger") == []


def test_a_variant_that_only_a_till_knows_is_told_of_until_somebody_says_which_it_is(
    house: House,
) -> None:
    # Given a till with a catalogue of its own
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    house.put(ours)
    till = SellingTill()
    till.receive(10)
    till.sell(3)
    house.bring_in(till)
    (told,) = house.incidents("unmatched")
    assert told.detail == {"variants": 1, "label": "Shirt · M"}
    # When somebody says which variant it is
    target = ours.variants[0].variant_id
    with house.database.write() as connection:
        assert [one.other_id for one in aliases.to_explain(connection)] == [SHIRT]
        aliases.resolve(connection, SHIRT, target, "2026-07-18T12:00:00.000000Z")
    # Then all that it moved is that variant's, and what comes later too
    assert house.levels() == {("GS", target): 7}
    assert house.incidents("unmatched") == []
    till.sell(1)
    house.take(till, first=4)
    house.interpret()
    assert house.levels() == {("GS", target): 6}
    # And a person may think better of it
    other = ours.variants[-1].variant_id
    assert other != target
    with house.database.write() as connection:
        aliases.resolve(connection, SHIRT, other, "2026-07-18T12:00:00.000000Z")
    assert house.levels() == {("GS", other): 6}


def test_a_barcode_says_which_variant_a_till_means(house: House) -> None:
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    house.put(ours)
    target = next(one for one in ours.variants if one.barcodes)
    till = SellingTill()
    till.receive(4)
    house.bring_in(till)
    with house.database.write() as connection:
        item = OtherVariant(variant_id=SHIRT, label="Shirt", barcodes=target.barcodes)
        said = aliases.propose(connection, [item], "2026-07-18T12:00:00.000000Z")
    assert said == Explained(to_explain=0, meant=((SHIRT, target.variant_id),))
    assert house.levels() == {("GS", target.variant_id): 4}


def test_a_product_that_comes_later_explains_what_tills_called_it(house: House) -> None:
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    target = next(one for one in ours.variants if one.barcodes)
    till = SellingTill()
    till.receive(4)
    house.bring_in(till)
    with house.database.write() as connection:
        item = OtherVariant(variant_id=SHIRT, label="Shirt", barcodes=target.barcodes)
        said = aliases.propose(connection, [item], "2026-07-18T12:00:00.000000Z")
    assert said == Explained(to_explain=1)
    assert len(house.incidents("unmatched")) == 1
    house.put(ours)
    assert house.incidents("unmatched") == []
    assert house.levels() == {("GS", target.variant_id): 4}


NOON = "2026-07-18T12:00:00.000000Z"


def _hear(house: House, *items: OtherVariant) -> int:
    with house.database.write() as connection:
        return aliases.propose(connection, items, NOON).to_explain


def test_what_a_till_names_before_its_journal_comes_is_explained_all_the_same(house: House) -> None:
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    house.put(ours)
    target = next(one for one in ours.variants if one.barcodes)
    assert _hear(house, OtherVariant(variant_id=SHIRT, barcodes=target.barcodes)) == 0
    till = SellingTill()
    till.receive(4)
    till.sell(1)
    house.bring_in(till)
    assert house.levels() == {("GS", target.variant_id): 3}
    assert house.incidents("unmatched") == []


def test_nobody_is_asked_about_what_never_moved(house: House) -> None:
    """A till may bring thousands of names; what came or was sold under one needs an answer."""
    items = [OtherVariant(variant_id=name, label=name) for name in (SHIRT, "poster", "pin")]
    assert _hear(house, *items) == 0
    assert house.incidents("unmatched") == []
    till = SellingTill()
    till.receive(4)  # nobody sold it yet, so no entry says what it is called
    house.bring_in(till)
    (told,) = house.incidents("unmatched")
    assert told.detail == {"variants": 1, "label": SHIRT}
    with house.database.read() as connection:
        assert [one.other_id for one in aliases.to_explain(connection)] == [SHIRT]
    assert _hear(house, *items) == 1


def test_a_name_that_fits_two_of_ours_is_for_a_person_however_often_it_is_said(
    house: House,
) -> None:
    """Its till loses a barcode for each of ours that arrives there, and says what is left."""
    both = ("4006381333931", "4006381333948")
    ours = a_product("wildfire", a_size("M", barcodes=both[:1]), a_size("L", barcodes=both[1:]))
    house.put(ours)
    till = SellingTill()
    till.receive(4)
    house.bring_in(till)
    for barcodes in (both, both[:1], ()):
        assert _hear(house, OtherVariant(variant_id=SHIRT, barcodes=barcodes)) == 1
    with house.database.read() as connection:
        (one,) = aliases.to_explain(connection)
    assert one.barcodes == both


def test_what_was_explained_stays_so_whatever_its_till_says_next(house: House) -> None:
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)), a_size("L"))
    house.put(ours)
    by_barcode = next(one for one in ours.variants if one.barcodes)
    by_person = next(one for one in ours.variants if not one.barcodes)
    till = SellingTill()
    till.receive(4)
    house.bring_in(till)
    item = OtherVariant(variant_id=SHIRT, label="Shirt", barcodes=by_barcode.barcodes)
    _hear(house, item)
    with house.database.write() as connection:
        aliases.resolve(connection, SHIRT, by_person.variant_id, NOON)
    assert _hear(house, item) == 0
    assert house.levels() == {("GS", by_person.variant_id): 4}


def _everything(house: House) -> list[object]:
    with house.database.read() as connection:
        tables = (sale, sale_line)
        rows = [tuple(row) for one in tables for row in connection.execute(select(one))]
        done = connection.execute(select(journal.c.journal_id, journal.c.interpreted_seq)).all()
    return [*rows, *map(tuple, done), house.levels()]


def test_nothing_is_interpreted_before_the_hub_is_somebodys(hub_database: HubDatabase) -> None:
    assert interpret.step(hub_database) == 0


def test_several_processes_interpret_at_once_and_count_everything_once(
    postgresql_address: str,
) -> None:
    """Six tills of one stand sell the same shirt; four processes are at it, entry by entry."""
    databases = [HubDatabase.open(postgresql_address) for _ in range(4)]
    house = House(databases[0])
    tills = [SellingTill(number) for number in range(1, 7)]
    for till in tills:
        till.receive(10)
        for _ in range(8):
            till.sell(1)
        house.take(till)
        house.claim(till.journal_id, "till-1" if till is tills[0] else "till-2")
    together = threading.Barrier(len(databases))

    def work(database: HubDatabase) -> None:
        together.wait(HANG_GUARD_S)
        while interpret.step(database):
            pass

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(behind, "ENTRIES_MAX", 2)
        with ThreadPoolExecutor(len(databases)) as pool:
            for done in [pool.submit(work, one) for one in databases]:
                done.result(HANG_GUARD_S)
    house.interpret()
    assert house.levels() == {("GS", SHIRT): 12}
    assert house.told_stock() == {("till-1", "GS", SHIRT): 2, ("till-2", "GS", SHIRT): 10}
    with house.database.read() as connection:
        assert len(connection.execute(select(sale)).all()) == 48
    assert house.incidents() == [one for one in house.incidents() if one.kind == "unmatched"]
    for database in databases:
        database.close()


def test_what_two_processes_add_at_the_same_moment_is_added_up(postgresql_address: str) -> None:
    """Each makes a sum of all journals, and neither sees what the other has not committed yet."""
    house, other = House(HubDatabase.open(postgresql_address)), HubDatabase.open(postgresql_address)
    first, second = SellingTill(1), SellingTill(2)
    for till in (first, second):
        till.receive(10)
        house.take(till)
        house.claim(till.journal_id, "till-1")
    with ThreadPoolExecutor(1) as pool:
        with house.database.write() as connection:
            # Given a process that has added the one up and has not committed
            begun = interpret.interpret_page(connection, 1, house.organisation(), house.clock)
            assert begun == 2
            # When another process is at the other journal
            also = pool.submit(interpret.step, other)
            while not wait([also], timeout=0.02).done and not _somebody_waits(connection):
                pass
        assert also.result(HANG_GUARD_S) == 2
    # Then both count
    assert house.levels() == {("GS", SHIRT): 20}
    other.close()
    house.database.close()


def _somebody_waits(connection: Connection) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return bool(connection.scalar(text(waiting)))
