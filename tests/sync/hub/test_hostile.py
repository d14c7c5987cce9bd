"""What somebody with one till's key can do to all the others' figures: nothing."""

from __future__ import annotations

import pytest

from pos.money import EUR, Money
from sync.hub.presence import Presence
from sync.hub.store import overview
from sync.hub.store.database import HubDatabase
from tests.sync.hub.house import House, SellingTill


@pytest.fixture
def house(hub_database: HubDatabase) -> House:
    return House(hub_database)


@pytest.mark.parametrize("stand", ["G\0S", "G" * 1_000_000, ""])
def test_a_till_that_calls_its_stand_what_no_database_keeps_holds_up_nobody(
    house: House, stand: str
) -> None:
    hostile = SellingTill(number=1, stand=stand)
    hostile.sell()
    honest = SellingTill(number=2)
    honest.sell()
    house.take(hostile)
    house.take(honest)
    house.claim(hostile.journal_id, "till-1")
    house.claim(honest.journal_id, "till-2")
    house.interpret()
    with house.database.read() as connection:
        days = overview.stands_of_day(connection, "2026-07-18")
    assert "GS" in {one.stand for one in days if one.sales}


def test_a_till_that_says_a_version_that_no_database_keeps_hides_no_other(house: House) -> None:
    presence = Presence(house.clock)
    presence.note("till-1", software_version="\0")
    presence.note("till-2", waiting=3)
    presence.write(house.database)
    with house.database.read() as connection:
        assert {one.waiting for one in overview.tills_now(connection)} == {0, 3}


def test_a_till_whose_sales_are_worth_more_than_there_is_hides_no_page(house: House) -> None:
    hostile = SellingTill(number=1)
    for _ in range(1_100):
        hostile.sell(changes={"total": Money(2**53 - 1, EUR)})
    house.bring_in(hostile)
    with house.database.read() as connection:
        overview.stands_of_day(connection, "2026-07-18")
