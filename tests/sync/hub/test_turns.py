"""Whose turn it is while many tills bring entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from sync.hub.hub import Hub
from sync.hub.store.tables import journal
from sync.hub.turns import CROWD_ENTRIES, REST_S, WINDOW_S, Turns
from tests.sync.hub.serving import a_house
from tests.sync.journals import JOURNAL, TillJournal


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> Turns:
    return Turns(clock)


def test_stands_that_sell_are_interpreted_at_once(turns: Turns, clock: Clock) -> None:
    for _ in range(50):
        clock.now += 0.05
        turns.brought(1)
        assert turns.take()


def test_in_a_crowd_interpreting_waits_but_not_for_ever(turns: Turns, clock: Clock) -> None:
    turns.brought(CROWD_ENTRIES + 1)
    assert not turns.take()
    taken = 0
    for _ in range(100):
        clock.now += 0.1
        turns.brought(CROWD_ENTRIES)
        taken += turns.take()
    assert 10 / REST_S - 1 <= taken <= 2 * 10 / WINDOW_S


def test_after_a_crowd_it_goes_on_within_the_window(turns: Turns, clock: Clock) -> None:
    turns.brought(CROWD_ENTRIES + 1)
    assert not turns.take()
    clock.now += WINDOW_S + 0.1
    assert turns.take()
    assert turns.take()


def test_a_hub_interprets_what_a_crowd_brought_when_it_is_over(
    tmp_path: Path, clock: Clock
) -> None:
    with a_house(tmp_path) as house:
        house.hub.turns = Turns(clock)
        device = house.device()
        till = TillJournal(facts=CROWD_ENTRIES)
        house.hub.claim(JOURNAL, till_id=device.till_id, mode="live")
        for first in (1, 1 + CROWD_ENTRIES // 2):
            batch = till.batch(first, min(first + CROWD_ENTRIES // 2 - 1, CROWD_ENTRIES))
            assert device.send(JOURNAL, batch).status_code == 200
        assert device.send(JOURNAL, till.batch(CROWD_ENTRIES + 1)).status_code == 200
        house.work()
        assert interpreted(house.hub) == 0
        clock.now += WINDOW_S + 0.1
        house.work()
        assert interpreted(house.hub) == CROWD_ENTRIES + 1


def interpreted(hub: Hub) -> int:
    with hub.database.read() as connection:
        return int(connection.scalar(select(func.max(journal.c.interpreted_seq))) or 0)
