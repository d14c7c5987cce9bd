"""What tills are told, and in which order, on both databases."""

from __future__ import annotations

import multiprocessing
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import insert

from pos.domain.feed import AnyFeedItem, StaffListed, StandListed, StockOfTill
from pos.ids import OperatorCode, VariantId
from sync.feed_protocol import (
    PAGE_CHANGES_MAX,
    PART_OPEN_BYTES_MAX,
    Change,
    FeedPage,
    SnapshotOffer,
    TillSeen,
    decode_part,
)
from sync.hub import feed, sequencer
from sync.hub.store import feed_store
from sync.hub.store.copying import copy_to
from sync.hub.store.database import Connection, HubDatabase
from sync.hub.store.tables import stand, till
from sync.packing import opened

HANG_GUARD_S = 60
NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)
NOON_TEXT = "2026-07-18T12:00:00.000000Z"


def a_stand(code: str = "GS", *, name: str = "Grande scène", is_active: bool = True) -> StandListed:
    return StandListed(stand=code, name=name, is_active=is_active)


def a_stock(number: int, pieces: int = 1, *, till_id: str = "till-1") -> StockOfTill:
    return StockOfTill(
        till_id=till_id,
        stand="GS",
        variant_id=VariantId(f"variant-{number:06}"),
        pieces=pieces,
        at=NOON_TEXT,
    )


def somebody(code: str, *, is_active: bool = True) -> StaffListed:
    return StaffListed(
        code=OperatorCode(code), name="Zoé", role="clerk", pin_hash="", is_active=is_active
    )


def tell(database: HubDatabase, *items: AnyFeedItem) -> None:
    """Put items into the inbox and number everything that waits."""
    with database.write() as connection:
        feed_store.put(connection, items)
    while sequencer.step(database):
        pass


def read(change: Change) -> AnyFeedItem:
    item: AnyFeedItem = msgspec.json.decode(change.item, type=AnyFeedItem)
    return item


def page(
    database: HubDatabase, after: int = 0, *, limit: int = PAGE_CHANGES_MAX, feed_id: str = ""
) -> FeedPage:
    answer = feed.answer(
        database,
        feed_id=feed_id or feed.head(database).feed_id,
        after=after,
        limit=limit,
        now=lambda: NOON,
    )
    assert isinstance(answer, FeedPage)
    return answer


def offer(database: HubDatabase, after: int = 0, feed_id: str = "") -> SnapshotOffer:
    answer = feed.answer(database, feed_id=feed_id, after=after)
    assert isinstance(answer, SnapshotOffer)
    return answer


def pages(database: HubDatabase, limit: int) -> Iterator[FeedPage]:
    """Read the feed from its beginning to its end."""
    after = 0
    while True:
        yield (one := page(database, after, limit=limit))
        if one.last == one.head:
            return
        after = one.last


def fetched(database: HubDatabase, digest: str) -> list[AnyFeedItem]:
    part = feed.parts(database, digest)
    assert part is not None
    texts = decode_part(opened(part, bytes_max=PART_OPEN_BYTES_MAX))
    return [msgspec.json.decode(text, type=AnyFeedItem) for text in texts]


def everything(database: HubDatabase, offered: SnapshotOffer) -> list[AnyFeedItem]:
    return [item for digest in offered.parts for item in fetched(database, digest)]


def test_an_empty_feed_has_an_identity_and_nothing_to_say(hub_database: HubDatabase) -> None:
    said = page(hub_database)
    assert (said.last, said.head, said.changes) == (0, 0, ())
    assert said.hub_time == NOON_TEXT
    assert len(said.feed_id) == 36


def test_what_was_put_into_the_inbox_is_told_once_it_has_a_position(
    hub_database: HubDatabase,
) -> None:
    with hub_database.write() as connection:
        feed_store.put(connection, [a_stand("GS"), a_stand("BAR"), somebody("ZOE")])
    assert page(hub_database).changes == ()
    assert sequencer.step(hub_database) == 3
    assert sequencer.step(hub_database) == 0
    changes = page(hub_database).changes
    assert [change.position for change in changes] == [1, 2, 3]
    assert [read(change) for change in changes] == [a_stand("GS"), a_stand("BAR"), somebody("ZOE")]


def test_what_is_rolled_back_is_never_told(hub_database: HubDatabase) -> None:
    def put_and_die() -> None:
        with hub_database.write() as connection:
            feed_store.put(connection, [a_stand("BAR")])
            raise KeyError

    with pytest.raises(KeyError):
        put_and_die()
    tell(hub_database, a_stand("GS"))
    assert [read(change) for change in page(hub_database).changes] == [a_stand("GS")]


def test_a_step_numbers_no_more_than_its_maximum(hub_database: HubDatabase) -> None:
    with hub_database.write() as connection:
        feed_store.put(connection, [a_stock(n) for n in range(sequencer.STEP_MAX + 1)])
    assert sequencer.step(hub_database) == sequencer.STEP_MAX
    assert feed.head(hub_database).position == sequencer.STEP_MAX
    assert sequencer.step(hub_database) == 1
    assert feed.head(hub_database).position == sequencer.STEP_MAX + 1


def test_the_feed_comes_page_by_page(hub_database: HubDatabase) -> None:
    tell(hub_database, *(a_stock(n) for n in range(7)))
    found = list(pages(hub_database, limit=3))
    assert [[c.position for c in one.changes] for one in found] == [[1, 2, 3], [4, 5, 6], [7]]
    assert [(one.last, one.head) for one in found] == [(3, 7), (6, 7), (7, 7)]


def test_a_page_that_is_just_full_is_the_last_if_there_is_no_more(
    hub_database: HubDatabase,
) -> None:
    tell(hub_database, *(a_stock(n) for n in range(6)))
    assert [len(one.changes) for one in pages(hub_database, limit=3)] == [3, 3]


@pytest.mark.parametrize(("asked", "told"), [(-5, 1), (0, 1), (10_000, PAGE_CHANGES_MAX)])
def test_a_page_has_its_limits_whatever_is_asked_for(
    hub_database: HubDatabase, asked: int, told: int
) -> None:
    tell(hub_database, *(a_stock(n) for n in range(PAGE_CHANGES_MAX + 1)))
    assert len(page(hub_database, limit=asked).changes) == told


def test_a_page_of_large_things_is_short(hub_database: HubDatabase) -> None:
    """Each fits, all of them do not."""
    size = feed_store.ITEM_BYTES_MAX - 200
    stands = [a_stand(f"S{number}", name="é" * (size // 2)) for number in range(9)]
    for one in stands:
        tell(hub_database, one)
    found = list(pages(hub_database, limit=PAGE_CHANGES_MAX))
    assert all(len(msgspec.json.encode(one)) <= 8 * 1024 * 1024 for one in found)
    assert [read(change) for one in found for change in one.changes] == stands
    assert len(found) > 1


def test_a_till_that_was_away_is_told_each_thing_once_as_it_is_now(
    hub_database: HubDatabase,
) -> None:
    tell(hub_database, a_stock(1, 5), a_stock(2, 5), a_stock(1, 4))
    tell(hub_database, a_stock(1, 3))
    said = page(hub_database)
    assert [(c.position, read(c)) for c in said.changes] == [(2, a_stock(2, 5)), (4, a_stock(1, 3))]
    assert said.last == 4
    assert [read(c) for c in page(hub_database, 3).changes] == [a_stock(1, 3)]
    assert page(hub_database, 4).changes == ()


def test_a_page_goes_over_what_was_replaced_later(hub_database: HubDatabase) -> None:
    tell(hub_database, a_stock(1), a_stock(2), a_stock(3), a_stock(2), a_stock(3))
    said = page(hub_database, 1, limit=1)
    assert ([c.position for c in said.changes], said.last) == ([4], 4)


def add_tills(connection: Connection, **seen_at: str | None) -> None:
    connection.execute(insert(stand).values(stand="GS"))
    for serial, (till_id, seen) in enumerate(seen_at.items()):
        connection.execute(
            insert(till).values(
                till_id=till_id,
                stand="GS",
                till=str(serial),
                public_key=bytes([serial]),
                certificate=b"",
                serial=serial,
                seen_at=seen,
            )
        )


def test_a_till_that_is_up_to_date_is_told_when_others_were_heard_of(
    hub_database: HubDatabase,
) -> None:
    with hub_database.write() as connection:
        add_tills(connection, one=NOON_TEXT, two=None, three="2026-07-18T12:30:00.000000Z")
    tell(hub_database, a_stock(1), a_stock(2))
    assert page(hub_database, limit=1).seen == ()
    assert page(hub_database, 2).seen == (
        TillSeen(till_id="three", seen_at="2026-07-18T12:30:00.000000Z"),
        TillSeen(till_id="one", seen_at=NOON_TEXT),
    )


@pytest.mark.parametrize(
    ("feed_id", "after"), [("", 0), ("another", 1), (None, 3), (None, 2**53 - 1), (None, -1)]
)
def test_a_position_that_says_nothing_here_is_answered_by_a_snapshot(
    hub_database: HubDatabase, feed_id: str | None, after: int
) -> None:
    """No feed yet, another one, a position ahead of the hub, or none at all."""
    tell(hub_database, a_stock(1), a_stock(2))
    ours = feed.head(hub_database).feed_id
    offered = offer(hub_database, after, ours if feed_id is None else feed_id)
    assert (offered.feed_id, offered.position) == (ours, 2)
    assert everything(hub_database, offered) == [a_stock(1), a_stock(2)]
    assert page(hub_database, offered.position).changes == ()


def test_a_snapshot_of_nothing_has_no_parts(hub_database: HubDatabase) -> None:
    offered = offer(hub_database)
    assert (offered.position, offered.parts) == (0, ())


def test_a_snapshot_holds_each_thing_once_and_places_before_what_is_there(
    hub_database: HubDatabase,
) -> None:
    tell(hub_database, a_stock(1, 9), somebody("ZOE"), a_stock(2), a_stand("GS"), a_stock(1, 3))
    items = everything(hub_database, offer(hub_database))
    assert items == [a_stand("GS"), somebody("ZOE"), a_stock(1, 3), a_stock(2)]


def test_a_snapshot_serves_until_too_much_has_changed(
    hub_database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "SNAPSHOT_NEAR", 2)
    tell(hub_database, a_stand("GS"), a_stock(1))
    first = offer(hub_database)
    tell(hub_database, a_stock(2), a_stock(3))
    assert offer(hub_database) == first
    assert [c.position for c in page(hub_database, first.position).changes] == [3, 4]
    tell(hub_database, a_stock(4))
    second = offer(hub_database)
    assert second.position == 5
    assert second.parts[0] == first.parts[0], "stands did not change, so they are the same part"
    assert second.parts[1] != first.parts[1]


def test_who_is_still_fetching_the_snapshot_before_can_end_it(
    hub_database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "SNAPSHOT_NEAR", 0)
    offers = []
    for number in range(3):
        tell(hub_database, a_stock(1, number))
        offers.append(offer(hub_database))
    assert feed.parts(hub_database, offers[0].parts[0]) is None
    assert fetched(hub_database, offers[1].parts[0]) == [a_stock(1, 1)]
    assert fetched(hub_database, offers[2].parts[0]) == [a_stock(1, 2)]


@pytest.mark.parametrize("name", ["", "ab", "no digest", "é", "00" * 32])
def test_a_part_that_there_is_not_is_none(hub_database: HubDatabase, name: str) -> None:
    assert feed.parts(hub_database, name) is None


def test_a_large_snapshot_comes_in_parts_of_bounded_size(
    hub_database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PART_ITEMS_MAX", 10)
    tell(hub_database, *(a_stock(n) for n in range(25)))
    offered = offer(hub_database)
    assert [len(fetched(hub_database, digest)) for digest in offered.parts] == [10, 10, 5]
    assert everything(hub_database, offered) == [a_stock(n) for n in range(25)]


def test_a_snapshot_of_large_things_has_more_parts(hub_database: HubDatabase) -> None:
    name = "x" * (feed_store.ITEM_BYTES_MAX - 200)
    tell(hub_database, *(a_stand(f"S{number}", name=name) for number in range(9)))
    offered = offer(hub_database)
    assert [len(fetched(hub_database, digest)) for digest in offered.parts] == [4, 4, 1]


def test_a_whole_festival_that_asks_at_once_gets_one_snapshot(
    hub_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one is dear; who comes while it is made waits for it."""
    made: list[feed_store.Kept] = []
    keep_snapshot = feed_store.keep_snapshot

    def keep(
        connection: Connection, kept: feed_store.Kept, bodies: dict[str, bytes], made_at: str
    ) -> None:
        made.append(kept)
        keep_snapshot(connection, kept, bodies, made_at)

    monkeypatch.setattr(feed_store, "keep_snapshot", keep)
    database = HubDatabase.open(hub_address)
    tell(database, *(a_stock(n) for n in range(50)))
    start = threading.Barrier(8)
    offers: list[SnapshotOffer] = []

    def ask() -> None:
        start.wait(HANG_GUARD_S)
        offers.append(offer(database))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANG_GUARD_S)
    assert len(offers) == 8
    assert len(set(offers)) == 1
    assert len(made) == 1
    database.close()


def test_a_hub_that_was_restored_begins_another_feed(hub_database: HubDatabase) -> None:
    tell(hub_database, a_stock(1), a_stock(2))
    before = offer(hub_database)
    feed_id = feed.new_feed_id(hub_database)
    assert feed_id != before.feed_id
    offered = offer(hub_database, 2, before.feed_id)
    assert offered.feed_id == feed_id
    assert everything(hub_database, offered) == [a_stock(1), a_stock(2)]
    tell(hub_database, a_stock(3))
    said = page(hub_database, offered.position, feed_id=feed_id)
    assert [read(change) for change in said.changes] == [a_stock(3)]


def test_a_hub_out_of_a_backup_begins_another_feed_by_itself(
    sqlite_address: str, tmp_path: Path
) -> None:
    """Twice out of the same backup as well: nobody knows what tills heard from the first."""
    database = HubDatabase.open(sqlite_address)
    tell(database, a_stock(1))
    offered = offer(database)
    copy_to(database, tmp_path / "backup.db")
    database.close()
    ids = {offered.feed_id}
    for name in ("first.db", "second.db"):
        shutil.copyfile(tmp_path / "backup.db", tmp_path / name)
        restored = HubDatabase.open(tmp_path / name)
        again = offer(restored, offered.position, offered.feed_id)
        assert again.feed_id == feed.head(restored).feed_id
        assert everything(restored, again) == [a_stock(1)]
        ids.add(again.feed_id)
        restored.close()
    assert len(ids) == 3


def test_who_has_gone_is_forgotten_and_a_till_from_before_takes_a_snapshot(
    hub_database: HubDatabase,
) -> None:
    """What is not in a snapshot is gone; so nobody keeps a person who was erased (R34)."""
    tell(hub_database, somebody("ZOE"), a_stand("GS"), somebody("ZOE", is_active=False))
    tell(hub_database, somebody("LEA", is_active=False))
    assert feed.forget_gone(hub_database, before=4) == 1
    ours = feed.head(hub_database).feed_id
    offered = offer(hub_database, 2, ours)
    assert everything(hub_database, offered) == [a_stand("GS"), somebody("LEA", is_active=False)]
    assert [c.position for c in page(hub_database, 3).changes] == [4]


def test_a_snapshot_from_before_somebody_was_forgotten_is_not_offered(
    hub_database: HubDatabase,
) -> None:
    """A till that took it could not go on from its position."""
    tell(hub_database, somebody("ZOE"))
    stale = offer(hub_database)
    tell(hub_database, somebody("ZOE", is_active=False))
    feed.forget_gone(hub_database, before=3)
    offered = offer(hub_database, stale.position, stale.feed_id)
    assert (offered.position, offered.parts) == (2, ())


def test_what_is_still_there_is_not_forgotten(hub_database: HubDatabase) -> None:
    tell(hub_database, somebody("ZOE"), a_stand("GS"), a_stock(1))
    assert feed.forget_gone(hub_database, before=2**53) == 0
    assert len(page(hub_database).changes) == 3


def write_from(address: str, writer: int, start: multiprocessing.synchronize.Barrier) -> None:
    """Change things and number them, as one of several hubs behind one address."""
    database = HubDatabase.open(address)
    start.wait(HANG_GUARD_S)
    for number in range(40):
        with database.write() as connection:
            feed_store.put(connection, [a_stock(2 * number, writer, till_id=f"till-{writer}")])
            feed_store.put(connection, [a_stock(2 * number + 1, writer, till_id=f"till-{writer}")])
        sequencer.step(database)
    database.close()


def follow(database: HubDatabase, total: int) -> list[AnyFeedItem]:
    """Read the feed while others write it, as a till does."""
    after, found = 0, list[AnyFeedItem]()
    for _ in range(100_000):
        said = page(database, after, limit=7)
        positions = [change.position for change in said.changes]
        assert positions == list(range(after + 1, after + 1 + len(positions))), "no change is lost"
        after = said.last
        found += [read(change) for change in said.changes]
        if len(found) == total:
            return found
        sequencer.step(database)
    raise AssertionError(f"only {len(found)} of {total}")


def test_who_follows_several_writers_misses_nothing(hub_database: HubDatabase) -> None:
    start = threading.Barrier(4)

    def write(writer: int) -> None:
        start.wait(HANG_GUARD_S)
        for number in range(40):
            with hub_database.write() as connection:
                feed_store.put(connection, [a_stock(number, till_id=f"till-{writer}")])
            sequencer.step(hub_database)

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(4)]
    for thread in threads:
        thread.start()
    found = follow(hub_database, 160)
    for thread in threads:
        thread.join(HANG_GUARD_S)
    assert {item.key for item in found} == {
        a_stock(number, till_id=f"till-{writer}").key for writer in range(4) for number in range(40)
    }


def test_who_follows_four_hubs_on_one_database_misses_nothing(postgresql_address: str) -> None:
    processes = multiprocessing.get_context("spawn")
    start = processes.Barrier(5)
    hubs = [
        processes.Process(target=write_from, args=(postgresql_address, writer, start))
        for writer in range(4)
    ]
    for hub in hubs:
        hub.start()
    database = HubDatabase.open(postgresql_address)
    start.wait(HANG_GUARD_S)
    found = follow(database, 320)
    for hub in hubs:
        hub.join(HANG_GUARD_S)
    assert [hub.exitcode for hub in hubs] == [0, 0, 0, 0]
    assert len({item.key for item in found}) == 320
    assert feed.head(database).position == 320
    database.close()
