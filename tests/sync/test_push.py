"""What a till does with a hub's answers, one exchange after the other."""

from __future__ import annotations

import pytest

from sync.protocol import (
    BATCH_BYTES_MAX,
    ENTRY_BYTES_MAX,
    NOWHERE,
    Accepted,
    Answer,
    Forked,
    Gap,
    NoAnswer,
    NotOurMessage,
    Position,
    encode_batch,
)
from sync.push import Fork, Progress, Pusher
from tests.sync.hub_beside import HubBeside
from tests.sync.journals import MemoryJournals, TillJournal

STEPS_MAX = 100
LIE = "ab" * 32


@pytest.fixture
def hub() -> HubBeside:
    return HubBeside()


def bodies(till: TillJournal, first: int = 1) -> list[bytes]:
    return [entry.body for entry in till.entries[first - 1 :]]


def until_idle(pusher: Pusher) -> Progress:
    for _ in range(STEPS_MAX):
        progress = pusher.step()
        if progress.is_idle:
            return progress
    raise AssertionError("it never gets to the end")


def test_a_journal_goes_up_in_bounded_batches(hub: HubBeside) -> None:
    till = TillJournal(facts=24)
    pusher = Pusher(till, hub, batch_entries_max=10)
    seen = [pusher.step() for _ in range(4)]
    assert [(one.acknowledged_seq, one.waiting, one.is_idle) for one in seen] == [
        (0, 25, False),
        (10, 15, False),
        (20, 5, False),
        (25, 0, True),
    ]
    assert [batch.first_seq for batch in hub.batches] == [1, 11, 21]
    assert hub.bodies == bodies(till)


def test_a_till_that_has_sent_all_asks_whether_it_is_still_there(hub: HubBeside) -> None:
    till = TillJournal(facts=5)
    pusher = Pusher(till, hub)
    until_idle(pusher)
    assert pusher.step() == Progress(acknowledged_seq=6, waiting=0, is_idle=True)
    assert (hub.asked, len(hub.batches)) == (2, 1)
    till.record_many(1)
    assert pusher.step() == Progress(acknowledged_seq=7, waiting=0, is_idle=True)


def test_nothing_is_remembered_but_the_disk(hub: HubBeside) -> None:
    """A new process asks the hub and goes on from there."""
    till = TillJournal(facts=24)
    first = Pusher(till, hub, batch_entries_max=10)
    first.step()
    first.step()
    assert until_idle(Pusher(till, hub)).acknowledged_seq == 25
    assert [batch.first_seq for batch in hub.batches] == [1, 11]


def test_batches_double_with_each_that_arrives(hub: HubBeside) -> None:
    till = TillJournal(facts=2_599)
    until_idle(Pusher(till, hub))
    assert [len(batch.entries) for batch in hub.batches] == [200, 400, 800, 1000, 200]


def test_batches_halve_where_no_answer_comes_and_grow_again(hub: HubBeside) -> None:
    till = TillJournal(facts=599)
    pusher = Pusher(till, hub)
    pusher.step()
    hub.says = [NoAnswer("")] * 5
    for _ in range(5):
        assert pusher.step().trouble == "no_answer"
    until_idle(pusher)
    assert [len(one.entries) for one in hub.batches] == [
        *(200, 100, 50, 25, 25),  # without an answer
        *(25, 50, 100, 200, 225),
    ]


def test_a_batch_is_bounded_in_bytes_and_a_large_entry_travels_alone(hub: HubBeside) -> None:
    till = TillJournal()
    for size in (BATCH_BYTES_MAX - 600, 500, BATCH_BYTES_MAX + 1, 10, 10):
        till.record_raw(b"x" * size)
    until_idle(Pusher(till, hub))
    assert [len(batch.entries) for batch in hub.batches] == [1, 2, 1, 2]
    assert all(encode_batch(batch) for batch in hub.batches)


def test_an_entry_that_no_message_has_room_for_is_said(hub: HubBeside) -> None:
    till = TillJournal()
    till.record_raw(b"x" * (ENTRY_BYTES_MAX + 1))
    pusher = Pusher(till, hub)
    pusher.step()
    pusher.step()
    assert pusher.step() == Progress(
        acknowledged_seq=1, waiting=1, is_idle=False, trouble="too_large"
    )


def test_an_entry_too_large_is_said_in_a_search_too(hub: HubBeside) -> None:
    till = TillJournal()
    hub.take(TillJournal(facts=3))
    till.record_raw(b"x" * (ENTRY_BYTES_MAX + 1))
    pusher = Pusher(till, hub)
    assert [pusher.step().trouble for _ in range(4)] == [None, None, "too_large", "too_large"]


def test_an_entry_too_large_is_said_on_a_branch_too(hub: HubBeside) -> None:
    till = TillJournal()
    hub.take(TillJournal(facts=3))
    till.record_many(1, first=200)
    till.record_raw(b"x" * (ENTRY_BYTES_MAX + 1))
    pusher = Pusher(till, hub)
    seen = [pusher.step() for _ in range(6)]
    assert seen[-1].trouble == "too_large"
    assert seen[-1].waiting == 1
    assert hub.aside == {till.entries[1].body}


@pytest.mark.parametrize(
    ("what", "trouble"), [(NoAnswer(), "no_answer"), (NotOurMessage("<html>"), "not_ours")]
)
def test_a_lost_answer_costs_one_more_exchange(
    hub: HubBeside, what: Exception, trouble: str
) -> None:
    till = TillJournal(facts=5)
    pusher = Pusher(till, hub)
    hub.says = [what]
    assert pusher.step() == Progress(
        acknowledged_seq=0,
        waiting=6,
        is_idle=False,
        trouble=trouble,  # type: ignore[arg-type]  # a parameter is text
    )
    pusher.step()
    hub.says = [what]
    assert pusher.step().trouble == trouble
    assert pusher.step() == Progress(acknowledged_seq=6, waiting=0, is_idle=True)


def test_a_gap_says_where_to_go_on(hub: HubBeside) -> None:
    """The hub was put back to yesterday's copy while the till believed that all was sent."""
    till = TillJournal(facts=5)
    pusher = Pusher(till, hub)
    until_idle(pusher)
    hub.journals = MemoryJournals()
    hub.take(till.copy(entries=3))
    till.record_many(2)
    assert pusher.step() == Progress(acknowledged_seq=3, waiting=5, is_idle=False)
    until_idle(pusher)
    assert hub.bodies == bodies(till)
    assert not hub.aside


@pytest.mark.parametrize(
    "lie",
    [
        Accepted(seq=9, digest=LIE),
        Accepted(seq=4, digest=LIE),
        Accepted(seq=1, digest=TillJournal().digest_at(1)),
        Gap(seq=2, digest=LIE),
        Gap(seq=5, digest=LIE),
        Forked(seq=9, digest=LIE, is_kept=True),
        Forked(seq=1, digest=LIE, is_kept=True),
        Forked(seq=3, digest=TillJournal(facts=3).digest_at(3), is_kept=True),
    ],
)
def test_what_cannot_be_is_not_believed(hub: HubBeside, lie: Answer) -> None:
    till = TillJournal(facts=3)
    hub.take(till.copy(entries=2))
    pusher = Pusher(till, hub)
    pusher.step()
    hub.says = [lie]
    assert pusher.step() == Progress(
        acknowledged_seq=0, waiting=4, is_idle=False, trouble="contradiction"
    )
    assert until_idle(pusher) == Progress(acknowledged_seq=4, waiting=0, is_idle=True)


@pytest.mark.parametrize("common", [1, 2, 7, 40])
@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (30, 2), (2, 30)])
def test_a_fork_is_found_where_it_is_and_all_of_the_branch_is_kept(
    hub: HubBeside, common: int, ours: int, theirs: int
) -> None:
    """An old copy was put back, and the till went on selling."""
    till = TillJournal(facts=common - 1)
    copy = till.copy()
    till.record_many(theirs, first=100)
    copy.record_many(ours, first=200)
    hub.take(till)
    progress = until_idle(Pusher(copy, hub, batch_entries_max=7))
    assert progress == Progress(
        acknowledged_seq=common,
        waiting=0,
        is_idle=True,
        fork=Fork(
            seq=common + 1,
            own_digest=copy.digest_at(common + 1),
            hub_digest=till.digest_at(common + 1),
        ),
    )
    assert hub.bodies == bodies(till)
    assert hub.aside == set(bodies(copy, common + 1))


def test_an_old_copy_is_found_before_anything_is_sold_on_it(hub: HubBeside) -> None:
    till = TillJournal(facts=30)
    hub.take(till)
    copy = till.copy(entries=20)
    pusher = Pusher(copy, hub)
    progress = until_idle(pusher)
    assert progress.fork == Fork(seq=21, own_digest="", hub_digest="")
    assert (progress.acknowledged_seq, progress.waiting) == (20, 0)
    assert pusher.step() == progress
    copy.record_many(2, first=200)
    progress = until_idle(pusher)
    assert progress.fork == Fork(
        seq=21, own_digest=copy.digest_at(21), hub_digest=till.digest_at(21)
    ), "what is sold until a manager comes goes to quarantine"
    assert hub.aside == set(bodies(copy, 21))


def a_fork(hub: HubBeside) -> tuple[TillJournal, TillJournal, Pusher]:
    """Return what the hub has, the other branch, and who has sent that one."""
    till = TillJournal(facts=20)
    copy = till.copy()
    till.record_many(3, first=100)
    copy.record_many(5, first=200)
    hub.take(till)
    pusher = Pusher(copy, hub, batch_entries_max=2)
    until_idle(pusher)
    return till, copy, pusher


def test_a_fork_that_stands_is_looked_at_again_and_again(hub: HubBeside) -> None:
    _, copy, pusher = a_fork(hub)
    before = len(hub.batches)
    seen = [pusher.step() for _ in range(4)]
    assert all(one == seen[0] for one in seen)
    assert sorted({batch.first_seq for batch in hub.batches[before:]}) == [21, 26]
    copy.record_many(1)
    assert until_idle(pusher).waiting == 0
    assert hub.aside == set(bodies(copy, 22))


def test_large_entries_around_a_fork_are_looked_at_together(hub: HubBeside) -> None:
    till = TillJournal()
    till.record_raw(b"x" * (BATCH_BYTES_MAX - 1))
    copy = till.copy()
    till.record_many(1)
    copy.record_raw(b"y" * (BATCH_BYTES_MAX - 1))
    hub.take(till)
    pusher = Pusher(copy, hub)
    progress = until_idle(pusher)
    assert progress.fork is not None
    assert [pusher.step() for _ in range(4)] == [progress] * 4


def test_a_hub_that_was_put_back_and_forgot_a_branch_gets_it_again(hub: HubBeside) -> None:
    till, copy, pusher = a_fork(hub)
    hub.journals = MemoryJournals()
    hub.take(till)
    for _ in range(20):
        pusher.step()
    assert until_idle(pusher).fork is not None
    assert hub.aside == set(bodies(copy, 22))


def test_a_fork_that_the_hub_forgot_is_none(hub: HubBeside) -> None:
    """Put back to before the fork, it takes the branch that comes first."""
    till, copy, pusher = a_fork(hub)
    hub.journals = MemoryJournals()
    hub.take(till.copy(entries=10))
    for _ in range(20):
        pusher.step()
    assert until_idle(pusher) == Progress(acknowledged_seq=26, waiting=0, is_idle=True)
    assert hub.bodies == bodies(copy)


@pytest.mark.parametrize("place", [5, 23])
def test_a_fork_that_moved_is_found_anew(hub: HubBeside, place: int) -> None:
    """The hub was put back, and a third copy of the disk came first."""
    _, copy, pusher = a_fork(hub)
    third = copy.copy(entries=place)
    third.record_many(30, first=300)
    backup = hub.journals.backup()
    backup.kept.clear()
    hub.journals = backup
    hub.take(third)
    for _ in range(40):
        pusher.step()
    progress = until_idle(pusher)
    assert progress.fork == Fork(
        seq=place + 1,
        own_digest=copy.digest_at(place + 1),
        hub_digest=third.digest_at(place + 1),
    )


def test_an_old_copy_on_till_and_hub_is_none(hub: HubBeside) -> None:
    till = TillJournal(facts=30)
    hub.take(till)
    copy = till.copy(entries=20)
    pusher = Pusher(copy, hub)
    assert until_idle(pusher).fork is not None
    hub.journals = MemoryJournals()
    hub.take(copy)
    assert until_idle(pusher) == Progress(acknowledged_seq=20, waiting=0, is_idle=True)


def test_a_hub_that_is_put_back_during_the_search_is_asked_anew(hub: HubBeside) -> None:
    till = TillJournal(facts=20)
    copy = till.copy()
    till.record_many(3, first=100)
    copy.record_many(5, first=200)
    hub.take(till)
    pusher = Pusher(copy, hub)
    pusher.step()
    pusher.step()
    hub.journals = MemoryJournals()
    assert until_idle(pusher) == Progress(acknowledged_seq=26, waiting=0, is_idle=True)


def test_a_position_that_was_a_lie_makes_no_fork(hub: HubBeside) -> None:
    till = TillJournal(facts=20)
    hub.take(till)
    pusher = Pusher(till, hub)
    hub.says = [Position(seq=13, digest=LIE)]
    seen = [pusher.step() for _ in range(10)]
    assert all(one.fork is None for one in seen)
    assert seen[-1] == Progress(acknowledged_seq=21, waiting=0, is_idle=True)


def test_a_chain_that_is_broken_on_the_till_is_said_and_kept(hub: HubBeside) -> None:
    """Somebody wrote into the file: the hub takes what is proved, the rest goes to quarantine."""
    till = TillJournal(facts=20)
    till.record_raw(till.entries[-1].body.replace(b'"seq":21', b'"seq":22'))
    till.record_many(3)
    pusher = Pusher(till, hub)
    progress = until_idle(pusher)
    assert progress.fork == Fork(
        seq=22, own_digest=till.digest_at(22), hub_digest="", is_chain_broken=True
    )
    assert [pusher.step() for _ in range(4)] == [progress] * 4
    assert hub.bodies == bodies(till)[:21]
    assert hub.aside == set(bodies(till, 22))


def test_a_journal_whose_beginning_nobody_understands_is_kept_aside(hub: HubBeside) -> None:
    till = TillJournal(facts=2)
    broken = till.copy()
    broken.entries, broken.digests = [], []
    broken.record_many(3)
    progress = until_idle(Pusher(broken, hub))
    assert progress.fork is not None
    assert (progress.fork.seq, progress.fork.is_chain_broken) == (1, True)
    assert hub.aside == set(bodies(broken))


class WithHole(TillJournal):
    """A file from which an entry was taken out."""

    hole = 0

    def digest_at(self, seq: int) -> str:
        return "" if seq == self.hole else super().digest_at(seq)


@pytest.mark.parametrize("hole", [11, 21, 22, 25])
def test_a_hole_in_the_journal_is_a_contradiction_and_no_crash(hub: HubBeside, hole: int) -> None:
    till = WithHole(facts=20)
    hub.take(till)
    till.record_many(5, first=200)
    other = till.copy(entries=21)
    other.record_many(3, first=100)
    hub.take(other)
    till.hole = hole
    pusher = Pusher(till, hub, batch_entries_max=1)
    seen = [pusher.step() for _ in range(40)]
    assert any(one.trouble == "contradiction" for one in seen)
    assert all(one.trouble in {None, "contradiction"} for one in seen)


def test_an_empty_journal_has_nothing_to_say(hub: HubBeside) -> None:
    till = TillJournal()
    till.entries, till.digests = [], []
    assert till.end() == NOWHERE
    assert Pusher(till, hub).step() == Progress(acknowledged_seq=0, waiting=0, is_idle=True)
