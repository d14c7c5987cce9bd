"""The step that numbers; what it promises to those who follow is in tests/contracts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pos.domain.feed import StandListed
from sync.hub import feed, sequencer
from sync.hub.store import feed_store
from sync.hub.store.database import Connection, HubDatabase


class Overtaken(HubDatabase):
    """A hub before whose every write another one has taken the same step."""

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with super().write() as connection:
            head = feed_store.read_head(connection, locked=True)
            waiting = feed_store.take_waiting(connection, sequencer.STEP_MAX)
            if waiting:
                last = head.position + len(waiting)
                feed_store.place(connection, [at(one, last) for one in waiting])
        with super().write() as connection:
            yield connection


def at(one: feed_store.Waiting, position: int) -> feed_store.Waiting:
    return feed_store.Waiting(kind=one.kind, key=one.key, item=one.item, position=position)


def test_a_hub_that_was_overtaken_gives_no_position_twice(sqlite_address: str) -> None:
    database = HubDatabase.open(sqlite_address)
    with database.write() as connection:
        feed_store.put(connection, [StandListed(stand="GS", name="Grande scène")])
    overtaken = Overtaken.open(sqlite_address)  # its opening writes, too
    with database.write() as connection:
        feed_store.put(connection, [StandListed(stand="BAR", name="Bar")])
    assert sequencer.step(overtaken) == 0
    assert feed.head(database).position == 2
    overtaken.close()
    database.close()
