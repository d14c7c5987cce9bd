"""Two threads beside a till: what they tell, what stops them, and what nothing stops."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NoReturn

import msgspec
import pytest

from pos.errors import StorageUnavailable
from pos.ids import ProductId, VariantId
from pos.money import EUR, Money
from pos.reports.hub import LocalVariant
from sync.alarm import Alarm, Woken
from sync.backoff import Backoff
from sync.engine import CLOSE_MAX_S, Engine, Plan
from sync.enrolment_protocol import JournalClaim, StatusReport
from sync.feed_protocol import FeedAnswer, FeedPage, TillSeen
from sync.hub.ingest import accept
from sync.hub_client import HubAddress, HubClient
from sync.joining import TRIES_MAX
from sync.joining_protocol import Explained, OtherVariants
from sync.pictures import FETCH_S, REST_S, PictureQueue
from sync.post import Post
from sync.protocol import Position
from sync.pull import Place
from sync.sending import Cargo, Outgoing, SentUpToNow
from sync.status import Board, SyncStatus
from sync.taking import EAGER_S, Taker
from sync.trouble import Reason, Strange, trouble
from tests.sync.feeds import MemoryCatalogue, a_listing, a_stand
from tests.sync.journals import ANOTHER, JOURNAL, MemoryJournals, TillJournal, a_key
from tests.sync.lines import HANG_GUARD_S, HubInMemory, LineInMemory, Statuses, TillInMemory

CLAIM = JournalClaim(public_key="ab" * 32, mode="live")
NOON = datetime(2026, 7, 18, 12, 0, 0, 123456, tzinfo=UTC)


class House:
    """A hub, a till, and the engine between them."""

    def __init__(self, *, facts: int = 4) -> None:
        self.hub = HubInMemory()
        self.till = TillInMemory(TillJournal(facts=facts))
        self.statuses = Statuses()
        self.sent = SentUpToNow()
        self.over: list[TillJournal] = []
        self.lines: list[LineInMemory] = []
        self.pictures: Shelf | None = None
        self.make_line: Callable[[HubInMemory], LineInMemory] = LineInMemory

    def connect(self) -> LineInMemory:
        self.lines.append(self.make_line(self.hub))
        return self.lines[-1]

    def engine(self) -> Engine:
        journals = [self.till.journal, *self.over]
        cargo = Cargo(
            journals=[Outgoing(source=journal, claim=CLAIM) for journal in journals],
            ask=self.till.ask,
            currency=EUR,
            sent=self.sent,
        )
        return Engine(
            Plan(
                till=self.till,
                cargo=cargo,
                connect=self.connect,
                publish=self.statuses,
                pictures=self.pictures,
                now=lambda: NOON,
                chance=random.Random(1),
                wait_max_s=0.01,
            )
        )

    @contextmanager
    def running(self) -> Iterator[Engine]:
        engine = self.engine()
        engine.start()
        try:
            yield engine
        finally:
            self.till.no_basket_is_open.set()
            engine.close()
            for thread in threading.enumerate():
                if thread.name in {"sync-up", "sync-down"}:
                    thread.join(10 * CLOSE_MAX_S)
                    assert not thread.is_alive(), "it ends at once"
            assert all(line.is_closed for line in self.lines)

    def kept(self) -> int:
        return len(self.hub.journals.kept.get(JOURNAL, []))

    def settled(self, *, position: int = 0) -> SyncStatus:
        assert self.till.catalogue.is_whole.wait(HANG_GUARD_S), "the first snapshot"
        return self.statuses.until(lambda one: one.state == "all_sent" and one.head >= position)


class Shelf:
    """A folder of pictures in memory."""

    def __init__(self, *wanted: tuple[ProductId, str]) -> None:
        self.first = list(wanted)
        self.kept: dict[ProductId, bytes] = {}
        self.came = threading.Semaphore(0)
        self.fails = False

    def wanted(self) -> list[tuple[ProductId, str]]:
        return self.first

    def has(self, product_id: ProductId, digest: str) -> bool:
        return product_id in self.kept

    def save(self, product_id: ProductId, digest: str, picture: bytes) -> None:
        if self.fails:
            self.fails = False
            raise StorageUnavailable("SQLITE_FULL")
        self.kept[product_id] = picture
        self.came.release()


@pytest.fixture
def house() -> House:
    return House()


def test_all_goes_up_and_all_comes_down(house: House) -> None:
    house.hub.put(a_stand(1), a_stand(2))
    with house.running():
        status = house.settled(position=2)
        house.statuses.until(lambda one: one.position == 2 and not one.is_arriving)
    assert house.kept() == 5
    assert house.till.catalogue.texts() == set(house.hub.feed.now())
    assert (status.waiting, status.amount, status.trouble) == (0, Money(0, EUR), "")
    assert status.last_contact == NOON.replace(microsecond=0)
    assert house.hub.claims == [(JOURNAL, CLAIM)]


def test_a_sale_goes_up_while_the_hub_keeps_a_question_open(house: House) -> None:
    with house.running() as engine:
        house.settled()
        house.till.record()
        engine.wake()
        house.hub.until_it_has(JOURNAL, 6)


def test_a_change_comes_down_while_the_question_is_open(house: House) -> None:
    with house.running():
        house.settled()
        house.hub.put(a_stand(1))
        house.statuses.until(lambda one: one.position == 1)
    assert len(house.till.catalogue.items) == 1


def test_without_a_network_it_says_what_is_on_this_till_only(house: House) -> None:
    with house.running() as engine:
        house.settled()
        house.hub.unplug()
        house.statuses.until(lambda one: one.state == "no_contact" and one.trouble == "no_network")
        house.till.record()
        house.till.record()
        engine.wake()
        status = house.statuses.until(lambda one: one.waiting == 2)
        assert (status.sales, status.amount) == (2, Money(200, EUR))
        assert status.state == "no_contact"
        house.hub.plug_in()
        house.settled()
        house.hub.until_it_has(JOURNAL, 7)


def test_a_start_without_a_network_knows_what_was_sent_before(house: House) -> None:
    house.sent.keep(JOURNAL, 3)
    house.hub.unplug()
    with house.running():
        status = house.statuses.until(lambda one: one.state == "no_contact")
    assert (status.waiting, status.amount) == (2, Money(200, EUR))


def test_what_was_sent_is_kept_for_the_next_start(house: House) -> None:
    with house.running():
        house.settled()
    assert house.sent.read(JOURNAL) == 5


def test_one_lost_exchange_is_not_worth_a_word(house: House) -> None:
    with house.running():
        house.settled()
        house.hub.losses = 1
        house.hub.put(a_stand(1))
        house.statuses.until(lambda one: one.position == 1)
    assert house.hub.losses == 0
    assert {one.trouble for one in house.statuses.all} == {""}


@pytest.mark.parametrize("reason", ["wrong_certificate", "clock", "portal", "unknown", "version"])
def test_what_a_person_can_do_something_about_is_said_at_once(house: House, reason: Reason) -> None:
    house.hub.unplug(reason)
    with house.running():
        status = house.statuses.until(lambda one: one.trouble != "")
        assert (status.state, status.trouble) == ("trouble", reason)
        house.hub.plug_in()
        house.settled()


def test_a_revoked_till_stops_until_a_person_wants_to_try_again(house: House) -> None:
    with house.running() as engine:
        house.settled()
        house.hub.unplug("revoked")
        house.till.record()
        engine.wake()
        status = house.statuses.until(lambda one: one.state == "revoked" and one.waiting == 1)
        assert status.trouble == "revoked"
        asked = house.hub.asked
        house.till.record()
        engine.wake()
        house.statuses.until(lambda one: one.waiting == 2)
        assert house.hub.asked <= asked + 4, "both have understood by now"
        house.hub.plug_in()
        engine.send_now()
        house.hub.until_it_has(JOURNAL, 7)
        house.settled()


def test_a_fork_is_told_and_the_branch_is_sent_aside(house: House) -> None:
    theirs = house.till.journal.copy(entries=3)
    theirs.record_many(2, first=100)
    with house.hub.journals.work(JOURNAL) as work:
        accept(work, theirs.batch())
    house.hub.put(a_stand(1))
    with house.running() as engine:
        status = house.statuses.until(lambda one: one.state == "forked" and one.position == 1)
        assert status.fork is not None
        assert (status.fork.seq, status.quarantined, status.waiting) == (4, 2, 0)
        house.till.record()
        engine.wake()
        house.statuses.until(lambda one: one.quarantined == 3)
    assert len(house.hub.journals.aside[JOURNAL]) == 3
    assert house.till.catalogue.texts() == set(house.hub.feed.now()), "prices still come"


def test_journals_that_are_over_are_sent_too(house: House) -> None:
    house.over = [TillJournal(ANOTHER, a_key(1), facts=2)]
    house.hub.unplug()
    with house.running():
        house.statuses.until(lambda one: one.waiting == 5 + 3)
        house.hub.plug_in()
        house.settled()
    assert len(house.hub.journals.kept[ANOTHER]) == 3
    assert [journal_id for journal_id, _ in house.hub.claims] == [JOURNAL, ANOTHER]


def test_a_journal_is_claimed_anew_when_the_hub_has_less_than_before(house: House) -> None:
    """It was put back to yesterday, and may not know whose the journal is."""
    with house.running() as engine:
        house.settled()
        with house.hub.changed:
            house.hub.journals = MemoryJournals()
        engine.send_now()
        house.hub.until_it_has(JOURNAL, 5)
    assert house.hub.claims == [(JOURNAL, CLAIM)] * 2


def test_the_hub_hears_how_much_waited(house: House) -> None:
    with house.running():
        house.settled()
    assert [(one.waiting, one.amount_at_risk_minor) for one in house.hub.reports] == [
        (5, 500),
        (0, 0),
    ]


def test_nothing_is_applied_while_a_basket_is_open(house: House) -> None:
    with house.running():
        house.settled()
        house.till.no_basket_is_open.clear()
        house.till.gate_asked.clear()
        house.hub.put(a_stand(1))
        assert house.till.gate_asked.wait(HANG_GUARD_S)
        assert not house.till.catalogue.items
        house.till.no_basket_is_open.set()
        house.statuses.until(lambda one: one.position == 1)


def test_a_full_disk_is_told_and_tried_again(house: House) -> None:
    def full() -> None:
        raise StorageUnavailable("SQLITE_FULL")

    with house.running():
        house.settled()
        house.till.before_each = full
        house.hub.put(a_stand(1))
        house.statuses.until(lambda one: one.trouble == "storage")
        house.till.before_each = lambda: None
        house.statuses.until(lambda one: one.position == 1 and one.trouble == "")


def test_a_disk_that_cannot_be_read_holds_up_and_loses_nothing(house: House) -> None:
    class Bad(TillJournal):
        is_bad = True

        def end(self) -> Position:
            if self.is_bad:
                raise StorageUnavailable("SQLITE_IOERR")
            return super().end()

    bad = Bad.__new__(Bad)
    bad.__dict__ |= house.till.journal.__dict__
    house.till.journal = bad
    with house.running():
        house.statuses.until(lambda one: one.trouble == "storage")
        bad.is_bad = False
        house.settled()
    assert house.kept() == 5


def test_a_bug_is_told_and_the_rest_goes_on(house: House, caplog: pytest.LogCaptureFixture) -> None:
    left = [2]

    def stumble() -> None:
        if threading.current_thread().name == "sync-up" and left[0]:
            left[0] -= 1
            raise KeyError("a bug")

    house.till.before_each = stumble
    with caplog.at_level(logging.ERROR), house.running():
        house.settled()
    assert "bug" in {one.trouble for one in house.statuses.all}
    assert "sync-up begins anew" in caplog.text
    assert house.kept() == 5


@pytest.mark.parametrize(("url", "digits"), [("ftp://hub", ""), ("https://hub:8443", "no hex")])
def test_an_enrolment_that_leads_nowhere_is_told_and_what_waits_is_counted(
    house: House, caplog: pytest.LogCaptureFixture, url: str, digits: str
) -> None:
    def connect(_hub: HubInMemory) -> NoReturn:
        HubClient(HubAddress(url=url, fingerprint=bytes.fromhex(digits))).close()
        raise AssertionError("one of them is wrong")

    house.make_line = connect
    with caplog.at_level(logging.ERROR), house.running():
        status = house.statuses.until(lambda one: one.trouble == "unknown" and one.waiting == 5)
    assert (status.state, status.amount) == ("trouble", Money(500, EUR))
    assert "what is remembered of the hub cannot be used" in caplog.text


def test_a_line_that_a_bug_keeps_from_being_made_is_tried_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    left = [2]

    def connect(hub: HubInMemory) -> LineInMemory:
        if left[0] > 0:
            left[0] -= 1
            raise KeyError("a bug")
        return LineInMemory(hub)

    house.make_line = connect
    with caplog.at_level(logging.ERROR), house.running():
        house.settled()
    assert "bug" in {one.trouble for one in house.statuses.all}


def test_how_far_a_snapshot_is_can_be_shown(house: House) -> None:
    house.hub.put(*(a_stand(number) for number in range(9)))
    with house.running():
        house.statuses.until(lambda one: one.position == 9 and not one.is_arriving)
    parts = [one.parts for one in house.statuses.all if one.is_arriving]
    assert (0, 3) in parts
    assert (3, 3) in parts


def test_what_was_left_aside_is_told(house: House) -> None:
    house.hub.feed.put_raw(b'{"kind":"stand"}')
    with house.running():
        status = house.statuses.until(lambda one: one.position == 1)
    assert (status.aside_count, status.aside[0].kind) == (1, "stand")


def test_how_old_other_tills_are_is_kept(house: House) -> None:
    class Seeing(LineInMemory):
        def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedPage:
            page = super().feed(place, limit=limit, wait_s=wait_s)
            assert isinstance(page, FeedPage)
            seen = (TillSeen(till_id="t", seen_at="2026-07-18T13:02:11.000000Z"),)
            return msgspec.structs.replace(page, seen=seen)

    house.till.catalogue.at = Place(feed_id="feed-1")
    house.till.catalogue.is_whole.set()
    house.make_line = Seeing
    with house.running():
        house.settled()
        house.hub.put(a_stand(1))
        house.statuses.until(lambda one: one.position == 1)
    assert house.till.seen == ["2026-07-18T13:02:11.000000Z"], "the same is kept once"


def test_nothing_that_did_not_change_is_told_again(house: House) -> None:
    house.hub.put(a_stand(1))
    with house.running() as engine:
        house.settled(position=1)
        engine.wake()
        house.statuses.until(lambda _one: True)
    pairs = zip(house.statuses.all, house.statuses.all[1:], strict=False)
    assert all(one != other for one, other in pairs)


def test_pictures_come_after_the_catalogue_and_those_from_before_first(house: House) -> None:
    house.pictures = Shelf((ProductId("old"), "ab" * 32), (ProductId("gone"), "ee" * 32))
    house.hub.pictures = {"ab" * 32: b"old", "cd" * 32: b"new"}
    listing = a_listing(1)
    new = msgspec.structs.replace(listing.product, picture="sha256:" + "cd" * 32)
    plain = msgspec.structs.replace(a_listing(2).product, picture="wildfire.png")
    house.hub.put(
        msgspec.structs.replace(listing, product=new),
        msgspec.structs.replace(listing, product=plain),
    )
    with house.running():
        for _ in range(2):
            assert house.pictures.came.acquire(timeout=HANG_GUARD_S)
        house.settled(position=2)
    assert house.pictures.kept == {ProductId("old"): b"old", new.product_id: b"new"}
    assert set(house.hub.fetched) == {"ab" * 32, "cd" * 32, "ee" * 32}


def test_a_picture_that_cannot_be_kept_is_tried_again(house: House) -> None:
    house.pictures = Shelf((ProductId("one"), "ab" * 32))
    house.pictures.fails = True
    house.hub.pictures = {"ab" * 32: b"picture"}
    with house.running():
        assert house.pictures.came.acquire(timeout=HANG_GUARD_S)
    assert "storage" in {one.trouble for one in house.statuses.all}


def test_an_engine_that_was_not_started_can_be_closed(house: House) -> None:
    house.engine().close()
    assert not house.statuses.all


def test_after_the_end_nothing_is_told(house: House) -> None:
    with house.running() as engine:
        house.settled()
        engine.close()
        before = len(house.statuses.all)
        engine.wake()
        engine.send_now()
    assert len(house.statuses.all) == before


def test_a_till_that_holds_a_thread_up_does_not_hold_up_the_end(house: House) -> None:
    """Whoever closes the window waits two seconds at most; the thread ends when it can."""
    engine = house.engine()
    engine.start()
    house.settled()
    house.till.no_basket_is_open.clear()
    house.till.gate_asked.clear()
    house.hub.put(a_stand(1))
    assert house.till.gate_asked.wait(HANG_GUARD_S)
    begun = time.monotonic()
    engine.close()
    assert time.monotonic() - begun < 10 * CLOSE_MAX_S
    house.till.no_basket_is_open.set()
    for thread in threading.enumerate():
        if thread.name == "sync-down":
            thread.join(HANG_GUARD_S)
    assert not house.till.catalogue.items, "nothing is applied after the end"


def test_a_hub_that_does_not_want_to_know_how_much_waits_is_none_the_worse(house: House) -> None:
    class Old(LineInMemory):
        def tell(self, report: StatusReport) -> None:
            raise Strange("version")

    house.make_line = Old
    with house.running():
        house.settled()
    assert {one.trouble for one in house.statuses.all} == {""}


def test_what_a_snapshot_did_not_name_goes_in_pieces(house: House) -> None:
    """A sale may come in between."""
    pieces = [3]

    class Slow(MemoryCatalogue):
        def finish_snapshot(self, feed_id: str, position: int) -> None:
            pieces[0] -= 1
            if pieces[0] == 0:
                super().finish_snapshot(feed_id, position)

    house.till.catalogue = Slow()
    house.hub.put(a_stand(1))
    with house.running():
        house.statuses.until(lambda one: one.position == 1 and not one.is_arriving)
    assert pieces == [0]


def test_a_till_that_stands_elsewhere_by_now_is_asked_where(house: House) -> None:
    with house.running():
        house.settled()
        house.till.catalogue.at = Place(feed_id="of-another-journal", position=3)
        house.hub.put(a_stand(1))
        house.statuses.until(lambda one: one.position == 1 and one.head == 1)
    assert house.till.catalogue.texts() == set(house.hub.feed.now())


def test_a_till_whose_journal_names_no_organisation_says_so(house: House) -> None:
    house.till.catalogue.is_enrolled = False
    house.hub.put(a_stand(1))
    with house.running():
        status = house.statuses.until(lambda one: one.trouble != "")
        assert (status.state, status.trouble) == ("trouble", "not_enrolled")
        house.till.catalogue.is_enrolled = True
        house.settled()


# What a till calls its own -----------------------------------------------------------------------


OWN = [
    LocalVariant(variant_id=VariantId(name), label=name, barcodes=("4006381333931",))
    for name in ("shirt", "poster")
]


class Meeting(HubInMemory):
    """A hub with a catalogue that meets a till with one, and sees what it has when it names it."""

    def __init__(self, till: TillInMemory) -> None:
        super().__init__()
        self.fails: list[Reason] = []
        self.items_there: list[int] = []
        self.till = till


class MeetingLine(LineInMemory):
    def __init__(self, hub: Meeting) -> None:
        super().__init__(hub)
        self._meeting = hub

    def explain(self, said: OtherVariants) -> Explained | None:
        hub = self._meeting
        hub.items_there.append(len(hub.till.catalogue.items))
        if hub.fails:
            self.reason = hub.fails.pop(0)
            raise trouble(self.reason)
        return super().explain(said)


@pytest.fixture
def meeting(house: House) -> Meeting:
    hub = house.hub = Meeting(house.till)
    house.make_line = lambda _hub: MeetingLine(hub)
    house.till.own = list(OWN)
    hub.put(a_stand(1), a_stand(2))
    return hub


def has_all(status: SyncStatus) -> bool:
    return status.position == 2 and not status.is_arriving


def told(hub: HubInMemory) -> list[str]:
    return [one.variant_id for said in hub.names for one in said.variants]


@pytest.mark.parametrize("fails", [[], ["cut"], ["hub_error", "no_network", "cut"]], ids=len)
def test_what_a_till_calls_its_own_is_told_before_anything_is_taken_in(
    house: House, meeting: Meeting, fails: list[Reason]
) -> None:
    """Each of the hub's products takes barcodes away from what had them here until then."""
    meeting.fails = list(fails)
    with house.running():
        house.statuses.until(lambda one: has_all(one) and len(told(meeting)) == 4)
    assert meeting.items_there == [0] * (len(fails) + 2) + [2, 2]
    # The second time is for what moved meanwhile
    assert told(meeting) == ["shirt", "poster"] * 2
    assert house.statuses.all[-1].to_explain == 2


def test_a_till_that_is_offline_has_not_tried_in_vain(house: House, meeting: Meeting) -> None:
    meeting.unplug()
    with house.running():
        meeting.until_asked(4 * TRIES_MAX)
        meeting.plug_in()
        house.statuses.until(has_all)
    assert meeting.items_there[0] == 0
    assert told(meeting)[:2] == ["shirt", "poster"]


def test_a_hub_that_hears_no_names_holds_up_nothing(house: House, meeting: Meeting) -> None:
    meeting.hears_names = "hub_error"
    with house.running():
        house.statuses.until(has_all)
    assert len(house.till.catalogue.items) == 2
    assert meeting.items_there.count(0) == TRIES_MAX


def test_a_till_that_is_offline_in_the_middle_takes_in_nothing_until_it_was_heard(
    house: House, meeting: Meeting
) -> None:
    """What came already waits; without a hub nothing is lost by it."""

    def goes_away() -> None:
        if meeting.names and meeting.reason is None and not house.till.catalogue.items:
            meeting.unplug()
            house.till.before_each = lambda: None

    house.till.before_each = goes_away
    with house.running():
        house.statuses.until(lambda one: one.state == "no_contact")
        meeting.until_asked(4 * TRIES_MAX)
        assert not house.till.catalogue.items
        meeting.plug_in()
        house.statuses.until(has_all)
    assert told(meeting)[:2] == ["shirt", "poster"]


class Impatient(Alarm):
    """An alarm that nobody sleeps on; it is over after a number of waits."""

    def __init__(self, waits: int) -> None:
        super().__init__()
        self.waits: list[float | None] = []
        self._left = waits

    def wait(self, wait_max_s: float | None) -> Woken:
        self.waits.append(wait_max_s)
        self._left -= 1
        if self._left == 0:
            self.close()
        return "due"


def test_a_hub_that_keeps_no_question_open_is_not_asked_all_the_time(house: House) -> None:
    class Eager(LineInMemory):
        def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
            return super().feed(place, limit=limit, wait_s=0)

    alarm = Impatient(5)
    post = Post(
        which="down",
        board=Board(house.statuses, lambda: NOON),
        alarm=alarm,
        backoff=Backoff(random.Random(1)),
        fails=lambda: None,
        is_back=lambda: None,
    )
    house.till.catalogue.at = Place(feed_id="feed-1")
    Taker(house.till, Eager(house.hub), post, PictureQueue(None)).run()
    assert alarm.waits == [EAGER_S] * 5
    assert len(house.hub.feed.asked) == 6


def test_pictures_that_cannot_be_fetched_rest_for_a_while() -> None:
    """What the hub tells goes on meanwhile."""
    shelf, now_s, asked = Shelf((ProductId("one"), "ab" * 32)), [0.0], []
    queue = PictureQueue(shelf, clock=lambda: now_s[0])

    def fetch(digest: str) -> bytes:
        asked.append(digest)
        raise Strange("hub_error")

    queue.fetch(fetch)
    are_waiting = [queue.is_waiting]
    now_s[0] = REST_S
    are_waiting.append(queue.is_waiting)
    queue.fetch(lambda _digest: b"picture")
    are_waiting.append(queue.is_waiting)
    assert are_waiting == [False, True, False]
    queue.add(ProductId("one"), "sha256:" + "ab" * 32)
    queue.fetch(fetch)
    assert len(asked) == 1, "it is there already"


def test_pictures_are_fetched_for_a_moment_only() -> None:
    now_s = [0.0]
    shelf = Shelf(*((ProductId(str(number)), f"{number:064x}") for number in range(9)))
    queue = PictureQueue(shelf, clock=lambda: now_s[0])

    def fetch(_digest: str) -> bytes:
        now_s[0] += 0.4 * FETCH_S
        return b"picture"

    queue.fetch(fetch)
    assert len(shelf.kept) == 3
    assert queue.is_waiting
