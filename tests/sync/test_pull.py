"""What a till does with what a hub tells, one exchange or transaction after the other."""

from __future__ import annotations

import hashlib
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.feed import FEED_ITEMS_MAX
from pos.domain.feed_place import FEED_VARIANTS_MAX
from pos.errors import StorageUnavailable
from sync.feed_protocol import (
    PAGE_BYTES_MAX,
    PART_BYTES_MAX,
    PART_ITEMS_MAX,
    Change,
    FeedAnswer,
    FeedPage,
    SnapshotOffer,
    TillSeen,
    decode_feed_answer,
    decode_part,
    encode_feed_answer,
    encode_part,
)
from sync.packing import opened, packed
from sync.protocol import NoAnswer, NotOurMessage
from sync.pull import ASIDE_TOLD_MAX, LeftAside, Place, Pulled, Puller
from tests.sync.feeds import MemoryCatalogue, MemoryFeed, a_listing, a_stand

STEPS_MAX = 300
STAND = msgspec.Raw(msgspec.json.encode(a_stand(1)))


@pytest.fixture
def hub() -> MemoryFeed:
    return MemoryFeed()


@pytest.fixture
def till() -> MemoryCatalogue:
    return MemoryCatalogue()


def until_current(puller: Puller) -> Pulled:
    for _ in range(STEPS_MAX):
        pulled = puller.step()
        if pulled.is_current:
            return pulled
    raise AssertionError("it never gets to the end")


def a_till_at(hub: MemoryFeed, position: int = 0) -> MemoryCatalogue:
    """Return a till that knows this feed up to a position."""
    till = MemoryCatalogue()
    till.at = Place(feed_id=hub.feed_id, position=position)
    return till


def page(last: int, *positions: int, head: int = 9, feed_id: str = "feed-1") -> FeedPage:
    changes = tuple(Change(position=position, item=STAND) for position in positions)
    return FeedPage(feed_id=feed_id, last=last, head=head, changes=changes)


def test_a_new_till_takes_all_there_is_and_then_what_changes(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(*(a_stand(number) for number in range(7)))
    puller = Puller(till, hub)
    pulled = until_current(puller)
    assert (pulled.place, pulled.head) == (Place(feed_id="feed-1", position=7), 7)
    assert till.texts() == set(hub.now())
    hub.put(a_stand(3, "Grande scène"), a_listing(1))
    assert until_current(puller).place.position == 9
    assert till.texts() == set(hub.now())
    assert till.applied == [(7, 3), (7, 3), (7, 1), (9, 2)]


def test_each_step_is_one_exchange_or_one_transaction(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    steps = []
    for _ in range(8):
        before = (len(hub.asked) + len(hub.fetched), len(till.applied), till.at)
        applies = puller.applies_next
        pulled = puller.step()
        after = (len(hub.asked) + len(hub.fetched), len(till.applied), till.at)
        steps.append((after[0] - before[0], after[1] - before[1], applies, pulled.parts))
    assert steps == [
        (1, 0, False, (0, 2)),  # the offer
        (0, 0, False, (0, 2)),  # begun
        (1, 0, False, (1, 2)),
        (0, 1, True, (1, 2)),
        (1, 0, False, (2, 2)),
        (0, 1, True, (2, 2)),
        (0, 0, True, (0, 0)),  # finished
        (1, 0, False, (0, 0)),  # what is new
    ]


def test_a_long_poll_is_handed_on_and_a_page_without_changes_is_current(hub: MemoryFeed) -> None:
    waits: list[int] = []

    class Waiting(MemoryFeed):
        def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
            waits.append(wait_s)
            seen = (TillSeen(till_id="t", seen_at="2026-07-18T13:02:11Z"),)
            return FeedPage(feed_id="feed-1", last=0, head=0, hub_time="now", seen=seen)

    pulled = Puller(a_till_at(hub), Waiting()).step(wait_s=25)
    assert waits == [25]
    assert (pulled.is_current, pulled.hub_time, pulled.seen[0].till_id) == (True, "now", "t")


def test_a_page_is_cut_into_what_a_till_takes_in_one_transaction(hub: MemoryFeed) -> None:
    till = a_till_at(hub)
    hub.put(*(a_listing(number, variants=FEED_VARIANTS_MAX * 2 // 5) for number in range(5)))
    hub.put(a_listing(9, variants=FEED_VARIANTS_MAX + 1))
    hub.put(*(a_stand(number) for number in range(3)))
    until_current(Puller(till, hub))
    assert till.applied == [(2, 2), (4, 2), (5, 1), (6, 1), (9, 3)]


def test_a_part_is_cut_too(till: MemoryCatalogue) -> None:
    hub = MemoryFeed(part_items=FEED_ITEMS_MAX + 3)
    hub.put(*(a_stand(number) for number in range(FEED_ITEMS_MAX + 2)))
    until_current(Puller(till, hub))
    assert till.applied == [(FEED_ITEMS_MAX + 2, FEED_ITEMS_MAX), (FEED_ITEMS_MAX + 2, 2)]


def test_a_position_moves_on_where_nothing_is_to_be_taken(hub: MemoryFeed) -> None:
    till = a_till_at(hub)
    hub.put_raw(b'{"kind":"weather","rain":true}')
    hub.says = [page(5, head=5)]
    puller = Puller(till, hub)
    puller.step()
    puller.step()
    assert till.at == Place(feed_id="feed-1", position=5)
    assert till.applied == [(5, 0)]


def test_what_a_newer_hub_says_is_left_aside_and_does_not_hold_up_the_rest(
    hub: MemoryFeed,
) -> None:
    till = a_till_at(hub)
    hub.put_raw(b'{"kind":"weather","rain":true}', ("weather", ""))
    hub.put(a_stand(1))
    hub.put_raw(b'{"kind":"stand","stand":"S2","name":"Two","colour":"red"}', ("stand", "S2"))
    pulled = until_current(Puller(till, hub))
    assert {item.key for item in till.items.values()} == {"S1", "S2"}
    assert pulled.aside == (LeftAside(kind="weather", reason="unknown"),)
    assert pulled.aside_count == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b'{"kind":"stand","stand":7,"name":"x"}', "stand"),
        (b'{"kind":"stand"}', "stand"),
        (b'{"name":"x"}', ""),
        (b"[1,2]", ""),
        (b'{"kind":"stand","stand":"\\ud800","name":"x"}', ""),
        (b'{"kind":"product","product":' + b"[" * 5000 + b"]" * 5000 + b"}", ""),
    ],
)
def test_an_item_that_nobody_can_read_is_left_aside_counted_and_told(
    hub: MemoryFeed, text: bytes, kind: str
) -> None:
    till = a_till_at(hub)
    hub.put_raw(text)
    hub.put(a_stand(1))
    pulled = until_current(Puller(till, hub))
    assert len(till.items) == 1
    assert pulled.aside_count == 1
    (left,) = pulled.aside
    assert (left.kind, left.reason) == (kind, "unreadable")
    assert left.detail


def test_a_till_that_stands_elsewhere_by_now_is_asked_where(hub: MemoryFeed) -> None:
    """Its disk was put back, or a new journal begun, while a page was on its way."""
    till = a_till_at(hub)
    hub.put(a_stand(1))
    puller = Puller(till, hub)
    puller.step()
    till.at = Place(feed_id="of-another-journal", position=1)
    assert puller.step().trouble == "contradiction"
    assert until_current(puller).place == Place(feed_id="feed-1", position=1)
    assert till.texts() == set(hub.now())


def test_a_snapshot_that_is_not_the_tills_any_more_is_begun_anew(hub: MemoryFeed) -> None:
    till = MemoryCatalogue()
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    for _ in range(3):
        puller.step()
    till.at = Place()
    assert puller.step().trouble == "contradiction"
    until_current(puller)
    assert till.texts() == set(hub.now())


def test_a_till_whose_journal_names_no_organisation_takes_nothing(hub: MemoryFeed) -> None:
    till = a_till_at(hub)
    till.is_enrolled = False
    hub.put(a_stand(1))
    puller = Puller(till, hub)
    puller.step()
    pulled = puller.step()
    assert (pulled.trouble, pulled.is_current) == ("not_enrolled", False)


def test_only_the_last_of_many_left_aside_are_told(hub: MemoryFeed) -> None:
    till = a_till_at(hub)
    for number in range(50):
        hub.put_raw(b'{"kind":"stand","stand":%d}' % number, ("stand", str(number)))
    pulled = until_current(Puller(till, hub))
    assert (pulled.aside_count, len(pulled.aside)) == (50, ASIDE_TOLD_MAX)


@pytest.mark.parametrize(
    ("what", "trouble"), [(NoAnswer(), "no_answer"), (NotOurMessage("<html>"), "not_ours")]
)
def test_a_lost_answer_costs_one_more_exchange(
    hub: MemoryFeed, till: MemoryCatalogue, what: Exception, trouble: str
) -> None:
    hub.put(a_stand(1))
    puller = Puller(till, hub)
    hub.says = [what]
    assert puller.step().trouble == trouble
    puller.step()
    puller.step()
    hub.says = [what]
    assert puller.step().trouble == trouble
    assert until_current(puller).trouble is None
    assert till.texts() == set(hub.now())
    assert len(hub.asked) == 3, "it goes on with the snapshot that it had begun"


def test_a_till_that_has_all_and_meets_trouble_is_not_current(hub: MemoryFeed) -> None:
    puller = Puller(a_till_at(hub), hub)
    assert puller.step().is_current
    hub.says = [NoAnswer()]
    assert not puller.step().is_current


def test_a_full_disk_is_told_and_the_same_is_tried_again(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(a_stand(1))
    puller = Puller(till, hub)

    tries = iter([True, False] * 3)

    def full() -> None:
        if next(tries, False):
            raise StorageUnavailable("SQLITE_FULL")

    till.before_each = full
    troubles = [puller.step().trouble for _ in range(9)]
    assert troubles.count("storage") == 3, "begin, apply and finish"
    assert till.texts() == set(hub.now())


@pytest.mark.parametrize(
    "lie",
    [
        page(3, 3, feed_id="another", head=3),
        page(1, head=9),  # back
        page(2, head=9),  # there is more, and it is not here
        page(3, head=9),  # on and on, and nothing ever comes
        page(4, 4, head=3),  # beyond the hub's own end
        page(4, 2, 4),  # what is there already
        page(4, 4, 3),
        page(4, 3, 3),
        page(3, 4),  # beyond what the till is to go on from
        page(9, 3, 4, 5, 6, 7, 8, 9),  # more than was asked for
    ],
)
def test_what_cannot_be_is_not_believed(hub: MemoryFeed, lie: FeedPage) -> None:
    till = a_till_at(hub, 2)
    hub.put(*(a_stand(number) for number in range(4)))
    hub.says = [lie]
    puller = Puller(till, hub, changes_max=6)
    pulled = puller.step()
    assert (pulled.trouble, pulled.is_current, pulled.aside) == ("contradiction", False, ())
    assert not puller.applies_next
    assert until_current(puller).place.position == 4
    assert till.applied == [(4, 2)]


def test_a_hub_that_was_restored_begins_another_feed(hub: MemoryFeed) -> None:
    """The till was ahead of the backup: what it heard since then is not so any more."""
    hub.put(a_stand(1), a_stand(2))
    backup = hub.backup()
    hub.put(a_stand(3), a_stand(1, "renamed"))
    till = MemoryCatalogue()
    puller = Puller(till, hub)
    until_current(puller)
    hub.put_back(backup, "feed-2")
    assert until_current(puller).place == Place(feed_id="feed-2", position=2)
    assert till.texts() == set(hub.now())


def test_a_position_that_goes_backwards_in_the_same_feed_is_a_snapshot_too(
    hub: MemoryFeed,
) -> None:
    hub.put(a_stand(1), a_stand(2))
    till = MemoryCatalogue()
    puller = Puller(till, hub)
    until_current(puller)
    hub.put_back((1, 1), hub.feed_id)
    assert until_current(puller).place.position == 1
    assert till.texts() == set(hub.now())


def test_a_till_that_was_away_for_too_long_gets_a_snapshot(hub: MemoryFeed) -> None:
    till = a_till_at(hub, 1)
    hub.put(*(a_stand(number) for number in range(5)))
    hub.forget_before(4)
    until_current(Puller(till, hub))
    assert till.texts() == set(hub.now())


@pytest.mark.parametrize("steps", range(1, 8))
def test_a_kill_in_a_snapshot_begins_it_anew(
    hub: MemoryFeed, till: MemoryCatalogue, steps: int
) -> None:
    """What is gone meanwhile must go here too, though the first try had named it."""
    hub.put(*(a_stand(number) for number in range(4)))
    first = Puller(till, hub)
    for _ in range(steps):
        first.step()
    hub.log = hub.log[1:]  # erased
    hub.put(a_stand(9))
    hub.forget_before(9)
    until_current(Puller(till, hub))
    assert till.texts() == set(hub.now())


def test_a_snapshot_of_nothing_takes_all_away(hub: MemoryFeed) -> None:
    till = MemoryCatalogue()
    hub.put(a_stand(1))
    puller = Puller(till, hub)
    until_current(puller)
    hub.log.clear()
    hub.put_back((0, 1), "feed-2")
    assert until_current(puller).place == Place(feed_id="feed-2", position=0)
    assert not till.items


def test_a_damaged_part_is_fetched_again_and_the_good_ones_are_kept(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    for _ in range(4):
        puller.step()
    hub.says = [b"<!DOCTYPE html>", b"x" * (PART_BYTES_MAX + 1)]
    assert [puller.step().trouble for _ in range(2)] == ["not_ours", "not_ours"]
    until_current(puller)
    assert till.texts() == set(hub.now())
    assert hub.fetched.count(hub.offer().parts[0]) == 1


def test_a_part_that_stays_damaged_makes_the_till_ask_what_is_offered_now(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    for _ in range(4):
        puller.step()
    hub.says = [b"", b"", b""]
    assert [puller.step().trouble for _ in range(3)] == ["not_ours"] * 3
    assert not puller.applies_next
    assert len(hub.asked) == 1
    puller.step()
    assert hub.asked[1] == Place()
    until_current(puller)
    assert till.texts() == set(hub.now())
    assert hub.fetched.count(hub.offer().parts[0]) == 1, "the same offer: it goes on"


def test_a_part_that_is_gone_makes_the_till_ask_what_is_offered_now(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    for _ in range(4):
        puller.step()
    hub.put(a_stand(0, "renamed"))
    hub.parts.clear()
    assert puller.step().trouble == "contradiction"
    until_current(puller)
    assert till.texts() == set(hub.now())


@pytest.mark.parametrize(
    "body",
    [
        b"no frame",
        packed(b"no MessagePack"),
        packed(encode_part([])) + b"more",
        packed(b"\0" * (65 * 1024 * 1024)),
    ],
)
def test_a_part_that_a_hub_made_wrong_is_not_fetched_for_ever(
    hub: MemoryFeed, till: MemoryCatalogue, body: bytes
) -> None:
    digest = hashlib.sha256(body).hexdigest()
    hub.put(a_stand(1))
    hub.says = [SnapshotOffer(feed_id="feed-1", position=9, parts=(digest,))]
    puller = Puller(till, hub)
    puller.step()
    hub.parts[digest] = body
    puller.step()
    assert puller.step().trouble == "not_ours"
    until_current(puller)
    assert till.texts() == set(hub.now())


def test_a_part_in_which_nothing_is_known_names_nothing(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    hub.put_raw(b'{"kind":"weather"}')
    until_current(Puller(till, hub))
    assert till.at == Place(feed_id="feed-1", position=1)
    assert till.applied == []


def test_a_snapshot_that_is_offered_over_and_over_is_a_contradiction_each_time(
    hub: MemoryFeed, till: MemoryCatalogue
) -> None:
    """It must not keep a till busy for ever; believed the second time, it costs little."""
    hub.put(a_stand(1))
    offer = hub.offer()
    hub.says = [offer, offer]
    puller = Puller(till, hub)
    seen = [puller.step().trouble]
    hub.says = []
    for _ in range(4):
        seen.append(puller.step().trouble)
        if till.at.position and not till.at.is_in_snapshot:
            hub.says = [offer]
    hub.says = []
    assert seen == [None, None, None, None, None]
    hub.says = [offer]
    assert puller.step().trouble == "contradiction"
    hub.says = [offer]
    assert puller.step().trouble is None
    until_current(puller)
    assert till.texts() == set(hub.now())


def test_an_offer_of_where_the_till_is_contradicts_itself(hub: MemoryFeed) -> None:
    till = a_till_at(hub, 1)
    hub.put(a_stand(1))
    hub.says = [hub.offer()]
    puller = Puller(till, hub)
    assert puller.step().trouble == "contradiction"
    assert until_current(puller).place.position == 1


@pytest.mark.parametrize("answer", [page(4, 3, 4), MemoryFeed().offer()])
def test_pages_and_offers_survive_the_wire(answer: FeedAnswer) -> None:
    assert decode_feed_answer(encode_feed_answer(answer)) == answer


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"<!DOCTYPE html>",
        b"[" * 5000,
        b'{"answer":"page","feed_id":"","last":1,"head":1}',
        b'{"answer":"page","feed_id":"f","last":-1,"head":1}',
        b'{"answer":"page","feed_id":"f","last":1,"head":1,"changes":[{"position":0,"item":1}]}',
        b'{"answer":"snapshot","feed_id":"f","position":1,"parts":["../../etc"]}',
        b'{"answer":"snapshot","feed_id":"\\ud800","position":1,"parts":[]}',
        b" " * (PAGE_BYTES_MAX + 1),
    ],
)
def test_what_is_no_answer_is_refused(message: bytes) -> None:
    with pytest.raises(NotOurMessage):
        decode_feed_answer(message)


def test_a_part_has_a_maximum() -> None:
    with pytest.raises(NotOurMessage):
        decode_part(msgspec.msgpack.encode([""] * (PART_ITEMS_MAX + 1)))
    with pytest.raises(AssertionError, match="keeps to the limits"):
        encode_part([""] * (PART_ITEMS_MAX + 1))


@given(st.binary(max_size=200))
def test_whatever_arrives_is_an_answer_or_none(message: bytes) -> None:
    for read in (decode_feed_answer, decode_part, lambda one: opened(one, bytes_max=1000)):
        try:
            read(message)
        except NotOurMessage:
            continue


class Killed(Exception):
    """The till's process ended in the middle of something."""


class World:
    """A hub and a till, and everything that may happen between two steps."""

    def __init__(self) -> None:
        self.hub = MemoryFeed(part_items=2)
        self.till = MemoryCatalogue()
        self.backup = self.hub.backup()
        self.feeds = 1
        self.start()

    def start(self) -> None:
        self.till.before_each = lambda: None
        self.puller = Puller(self.till, self.hub, changes_max=3)

    def do(self, what: str, number: int) -> None:
        getattr(self, what)(number)

    def change(self, number: int) -> None:
        self.hub.put(a_stand(number % 5, f"name {number}"))

    def erase(self, number: int) -> None:
        """Erase a thing without a word, and with it the past."""
        key = self.hub.log[number % len(self.hub.log)][1] if self.hub.log else None
        self.hub.log = [row for row in self.hub.log if row[1] != key]
        self.hub.head += 1
        self.hub.forget_before(self.hub.head + 1)

    def step(self, number: int) -> None:
        for _ in range(number):
            self.puller.step()

    def kill(self, number: int) -> None:
        """Let the till die at one of its next transactions."""
        left = [number % 4]

        def before_each() -> None:
            left[0] -= 1
            if left[0] < 0:
                raise Killed

        self.till.before_each = before_each
        with suppress(Killed):
            self.step(6)
        self.start()

    def lose(self, number: int) -> None:
        self.hub.says = [NoAnswer() if number % 2 else NotOurMessage("?")]
        self.puller.step()
        self.hub.says = []

    def back_up(self, _number: int) -> None:
        self.backup = self.hub.backup()

    def put_back(self, _number: int) -> None:
        self.feeds += 1
        self.hub.put_back(self.backup, f"feed-{self.feeds}")


HAPPENINGS = ["change", "change", "step", "step", "erase", "kill", "lose", "back_up", "put_back"]


@given(st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 12)), max_size=40))
def test_whatever_happens_the_till_ends_with_what_the_hub_says(
    happenings: list[tuple[str, int]],
) -> None:
    world = World()
    for what, number in happenings:
        world.do(what, number)
    pulled = until_current(world.puller)
    assert pulled.place == Place(feed_id=world.hub.feed_id, position=world.hub.head)
    assert pulled.aside == ()
    assert world.till.texts() == set(world.hub.now())


def test_the_position_is_the_tills_and_nobody_elses(hub: MemoryFeed) -> None:
    """A till whose own disk was put back goes on from what that disk says."""
    till = a_till_at(hub)
    hub.put(*(a_stand(number) for number in range(4)))
    puller = Puller(till, hub)
    until_current(puller)
    till.at, till.items = Place(feed_id="feed-1", position=1), {}
    until_current(puller)
    assert {item.key for item in till.items.values()} == {"S1", "S2", "S3"}


def test_steps_are_shown_as_they_happen(hub: MemoryFeed) -> None:
    till = a_till_at(hub)
    hub.put(a_stand(1), a_stand(2))
    puller = Puller(till, hub, changes_max=1)
    assert [puller.step().place.position for _ in range(5)] == [0, 1, 1, 2, 2]
