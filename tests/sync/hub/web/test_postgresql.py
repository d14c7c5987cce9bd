"""Head office's pages over PostgreSQL: every question, and what several processes could break."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from pos.clock import utc_text
from sync.hub import people
from sync.hub.meaning import Trouble
from sync.hub.passwords import TooManyAtOnce
from sync.hub.people import ATTEMPTS_MAX, log_in
from sync.hub.store import catalogue, incidents, stock
from sync.hub.store.database import HubDatabase
from tests.sync.hub.web.goods import product
from tests.sync.hub.web.house import DAY, NOW, ORGANISATION_ID, PASSWORD, House, found

SHIRT = product("T-shirt", ("S", "M"))
PATHS = (
    *("/", "/now", "/tills", "/tills/enrol", "/tills/till-GS-1/revoke", "/incidents", "/stock"),
    *("/products", "/products?q=shirt&page=2", f"/products/{SHIRT.product_id}", "/stock?q=x"),
    *("/sales", f"/sales.csv?day={DAY}", "/sales/1/1", "/team", "/team/staff/new", "/unmatched"),
    *("/team/stands/GS", "/accounts", "/me", "/products/import"),
)


@pytest.fixture
def house(postgresql_address: str) -> Iterator[House]:
    database = HubDatabase.open(postgresql_address)
    found(database)
    house = House.over(database)
    yield house
    house.hub.close()


def test_every_page_is_there(house: House) -> None:
    house.till("GS", "1", seen_at=utc_text(NOW), waiting=1, amount_at_risk_minor=2500)
    house.sell("GS", 2500)
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [SHIRT], utc_text(NOW))
        pieces = {SHIRT.variants[0].variant_id: -3}
        stock.bring(connection, ORGANISATION_ID, "GS", pieces, utc_text(NOW))
        incidents.tell(connection, [Trouble(kind="clock", subject="x")], utc_text(NOW))
    browser = house.at_work()
    pages = {path: browser.text(path) for path in PATHS}
    assert "€25.00" in pages["/"]
    assert "▼ -3" in pages["/stock"]
    assert "25.00" in pages[f"/sales.csv?day={DAY}"]
    assert "Waiting for the till" in browser.send("/tills/enrol", {"stand": "GS"}).text


def test_guesses_at_two_processes_are_all_counted(house: House, postgresql_address: str) -> None:
    other = HubDatabase.open(postgresql_address)

    def guess(database: HubDatabase) -> None:
        with suppress(TooManyAtOnce):  # it was counted all the same
            log_in(database, "odile", "wrong password", NOW)

    guesses = [
        threading.Thread(target=guess, args=((house.hub.database, other)[number % 2],))
        for number in range(ATTEMPTS_MAX)
    ]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join(60)
    assert log_in(other, "odile", PASSWORD, NOW) is None
    other.close()


def test_two_owners_cannot_shut_each_other_out(house: House, postgresql_address: str) -> None:
    database, other = house.hub.database, HubDatabase.open(postgresql_address)
    people.invite(database, "olga", "owner", PASSWORD)
    at_once = threading.Barrier(2)
    answers: list[bool] = []

    def shut_out(place: HubDatabase, name: str) -> None:
        at_once.wait(60)
        answers.append(people.set_active(place, name, is_active=False))

    both = [
        threading.Thread(target=shut_out, args=(database, "odile")),
        threading.Thread(target=shut_out, args=(other, "olga")),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert sorted(answers) == [False, True]
    other.close()
