"""What a hub does with entries as they come."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from pos.codec import KINDS
from pos.domain.facts import CatalogueChanged, JournalOpened
from pos.ids import JournalId
from sync.hub.ingest import accept
from sync.protocol import Accepted, Answer, Batch, Entry, Forked, Gap
from tests.builders import an_opening
from tests.sync.journals import ANOTHER, JOURNAL, MemoryJournals, TillJournal, a_key


class Hub:
    """What a test asks of a hub, and what it keeps."""

    def __init__(self) -> None:
        self.journals = MemoryJournals()

    def take(self, batch: Batch, journal_id: JournalId = JOURNAL) -> Answer:
        with self.journals.work(journal_id) as work:
            return accept(work, batch)

    @property
    def bodies(self) -> list[bytes]:
        return [row.body for row in self.journals.kept.get(JOURNAL, [])]

    @property
    def aside(self) -> dict[bytes, str]:
        """Return the bodies in quarantine, each with its reason."""
        found = self.journals.aside.get(JOURNAL, {}).values()
        return {row.body: reason for row, reason in found}


@pytest.fixture
def hub() -> Hub:
    return Hub()


def bodies(till: TillJournal, first: int = 1, last: int | None = None) -> list[bytes]:
    return [entry.body for entry in till.entries[first - 1 : last]]


def up_to(till: TillJournal, seq: int) -> Accepted:
    return Accepted(seq=seq, digest=till.digest_at(seq))


def test_a_journal_arrives_in_batches_to_the_byte(hub: Hub) -> None:
    till = TillJournal(facts=9)
    assert hub.take(till.batch(1, 4)) == up_to(till, 4)
    assert hub.take(till.batch(5)) == up_to(till, 10)
    assert hub.bodies == bodies(till)
    rows = hub.journals.kept[JOURNAL]
    assert [row.signature for row in rows] == [entry.signature for entry in till.entries]
    assert [row.seq for row in rows] == list(range(1, 11))
    assert [row.kind for row in rows] == ["JournalOpened"] + ["ShiftOpened"] * 9


def test_the_same_again_gets_the_same_answer_and_changes_nothing(hub: Hub) -> None:
    """Its answer was lost, so the till sends again, in other pieces and late."""
    till = TillJournal(facts=9)
    first = hub.take(till.batch(1, 4))
    hub.take(till.batch(3, 8))
    assert hub.take(till.batch(1, 4)) == first
    assert hub.take(till.batch(2, 10)) == up_to(till, 10)
    assert hub.bodies == bodies(till)
    assert not hub.aside


def test_what_a_batch_claims_to_follow_does_not_matter_where_its_entries_are_ours(
    hub: Hub,
) -> None:
    """The entries themselves say what they follow, and they do so under their signatures."""
    till = TillJournal(facts=9)
    hub.take(till.batch(1, 4))
    batch = msgspec.structs.replace(till.batch(3), follows="ab" * 32)
    assert hub.take(batch) == up_to(till, 10)
    assert not hub.aside


def test_a_gap_is_told_with_the_place_to_go_on(hub: Hub) -> None:
    till = TillJournal(facts=9)
    assert hub.take(till.batch(2, 4)) == Gap(seq=0, digest="")
    hub.take(till.batch(1, 4))
    assert hub.take(till.batch(6)) == Gap(seq=4, digest=till.digest_at(4))
    assert hub.bodies == bodies(till, 1, 4)
    assert not hub.aside


def forked(hub: Hub, *, common: int = 5, ours: int = 3, theirs: int = 4) -> TillJournal:
    """Let the hub have one continuation, and return the other."""
    till = TillJournal(facts=common - 1)
    copy = till.copy()
    till.record_many(ours, first=100)
    copy.record_many(theirs, first=200)
    hub.take(till.batch())
    return copy


def test_another_entry_under_the_same_number_is_a_fork(hub: Hub) -> None:
    """The number that it names is the first that differs; the branch goes to quarantine."""
    copy = forked(hub)
    before = hub.bodies
    answer = hub.take(copy.batch(3))
    assert answer == Forked(seq=6, digest=hub.journals.kept[JOURNAL][5].digest, is_kept=True)
    assert hub.bodies == before
    assert hub.aside == dict.fromkeys(bodies(copy, 6), "forked")
    assert hub.take(copy.batch(3)) == answer, "the same again"
    assert len(hub.aside) == 4


def test_a_batch_behind_the_fork_goes_to_its_branch(hub: Hub) -> None:
    copy = forked(hub, ours=1, theirs=9)
    hub.take(copy.batch(6, 9))
    assert hub.take(copy.batch(10, 12)) == Forked(seq=10, digest="", is_kept=True)
    assert hub.take(copy.batch(13)) == Forked(seq=13, digest="", is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(copy, 6), "forked")


def test_a_branch_is_kept_from_its_beginning_only(hub: Hub) -> None:
    """Else it would have holes, and its last entry would not prove that all of it is there."""
    copy = forked(hub, ours=3, theirs=9)
    ours = [row.digest for row in hub.journals.kept[JOURNAL]]
    assert hub.take(copy.batch(10)) == Gap(seq=8, digest=ours[7])
    assert hub.take(copy.batch(9)) == Forked(seq=8, digest=ours[7], is_kept=False)
    assert hub.take(copy.batch(8)) == Forked(seq=8, digest=ours[7], is_kept=False)
    assert hub.take(copy.batch(7, 7)) == Forked(seq=7, digest=ours[6], is_kept=False)
    assert not hub.aside
    assert hub.take(copy.batch(6, 6)) == Forked(seq=6, digest=ours[5], is_kept=True)
    assert hub.take(copy.batch(7)) == Forked(seq=7, digest=ours[6], is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(copy, 6), "forked")


def test_two_journals_of_one_name_differ_from_the_first_entry_on(hub: Hub) -> None:
    till, other = TillJournal(facts=2), TillJournal(key=a_key(7), facts=2)
    hub.take(till.batch())
    assert hub.take(other.batch()) == Forked(seq=1, digest=till.digest_at(1), is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(other), "signature")


def by_a_thief(till: TillJournal, *, entries: int) -> TillJournal:
    """Return what somebody without the key makes of a journal."""
    thief = till.copy(entries=entries, key=a_key(7))
    thief.record_many(3, first=300)
    return thief


def test_a_fork_that_the_journals_key_did_not_sign_is_none(hub: Hub) -> None:
    """Else anybody could accuse a till."""
    till = TillJournal(facts=4)
    hub.take(till.batch())
    thief = by_a_thief(till, entries=2)
    assert hub.take(thief.batch(3)) == Forked(seq=3, digest=till.digest_at(3), is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(thief, 3), "signature")


def test_of_a_branch_only_what_is_proved_is_called_one(hub: Hub) -> None:
    copy = forked(hub)
    copy.record_raw(copy.entries[-1].body.replace(b'"seq":9', b'"seq":7'))
    hub.take(copy.batch(6))
    assert list(hub.aside.values()) == ["forked"] * 4 + ["chain"]


def test_a_kind_that_nobody_knows_is_stored_like_any_other(hub: Hub) -> None:
    till = TillJournal(facts=2)
    till.record_unknown("MoonSold")
    till.record_many(1)
    assert "MoonSold" not in KINDS
    assert hub.take(till.batch()) == up_to(till, 5)
    row = hub.journals.kept[JOURNAL][3]
    assert (row.kind, row.problem) == ("MoonSold", "")


@pytest.mark.parametrize("last", [False, True], ids=["in the middle", "at the end"])
@pytest.mark.parametrize("body", [b"", b"\xff\0", b"[" * 100_000, b'{"v":9}', b"not JSON"])
def test_what_cannot_be_read_keeps_its_place_and_holds_up_nothing(
    hub: Hub, body: bytes, *, last: bool
) -> None:
    till = TillJournal(facts=2)
    till.record_raw(body)
    if not last:
        till.record_many(2)
    assert hub.take(till.batch()) == up_to(till, till.end().seq)
    rows = hub.journals.kept[JOURNAL]
    assert [row.body for row in rows] == bodies(till)
    assert [row.seq for row in rows if row.problem == "malformed"] == [4]
    till.record_many(1)
    assert hub.take(till.batch(5 if last else 6)) == up_to(till, till.end().seq)


@pytest.mark.parametrize("kind", ["", "Sale Completed", "x" * 65, "\0", "été"])
def test_a_kind_that_is_no_name_of_a_fact_is_malformed(hub: Hub, kind: str) -> None:
    """A database need not be able to hold it as text."""
    till = TillJournal()
    till.record_unknown(kind)
    assert hub.take(till.batch()) == up_to(till, 2)
    assert hub.journals.kept[JOURNAL][1].problem == "malformed"
    assert hub.journals.kept[JOURNAL][1].kind == ""


def with_signature(till: TillJournal, seq: int, signature: bytes) -> None:
    till.entries[seq - 1] = Entry(till.entries[seq - 1].body, signature)


def test_the_last_signature_proves_the_batch(hub: Hub) -> None:
    till = TillJournal(facts=4)
    with_signature(till, 3, b"\0" * 64)
    assert hub.take(till.batch()) == up_to(till, 5)


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, a_key(7).sign_entry("00" * 32)])
def test_what_nobody_signed_does_not_get_into_the_journal(hub: Hub, signature: bytes) -> None:
    till = TillJournal(facts=4)
    with_signature(till, 4, signature)
    with_signature(till, 5, signature)
    assert hub.take(till.batch()) == Forked(seq=4, digest="", is_kept=True)
    assert hub.bodies == bodies(till, 1, 3)
    assert hub.aside == dict.fromkeys(bodies(till, 4), "signature")


def test_a_journal_that_another_key_goes_on_with_is_not_believed(hub: Hub) -> None:
    till = TillJournal(facts=4)
    hub.take(till.batch())
    thief = by_a_thief(till, entries=5)
    assert hub.take(thief.batch(6)) == Forked(seq=6, digest="", is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(thief, 6), "signature")


def changed_seq(till: TillJournal) -> None:
    till.record_raw(till.entries[-1].body.replace(b'"seq":5', b'"seq":7'))


def changed_journal(till: TillJournal) -> None:
    body = till.copy(entries=5).entries[-1].body
    till.record_raw(
        body.replace(b'"seq":5', b'"seq":6').replace(JOURNAL.encode(), ANOTHER.encode())
    )


def changed_chain(till: TillJournal) -> None:
    till.record_raw(till.entries[-1].body.replace(b'"seq":5', b'"seq":6'))


@pytest.mark.parametrize("damage", [changed_seq, changed_journal, changed_chain])
def test_a_chain_that_breaks_on_the_till_is_kept_up_to_there(
    hub: Hub, damage: Callable[[TillJournal], None]
) -> None:
    """Signed or not: it is not what was written after the one before. None of it is stranded."""
    till = TillJournal(facts=4)
    damage(till)
    till.record_many(2)
    assert hub.take(till.batch(1, 7)) == Forked(seq=6, digest="", is_kept=True)
    assert hub.bodies == bodies(till, 1, 5)
    assert hub.aside == dict.fromkeys(bodies(till, 6, 7), "chain")
    assert hub.take(till.batch(8)) == Forked(seq=8, digest="", is_kept=True)
    assert len(hub.aside) == 3


def a_journal_that_begins_with_a_shift() -> TillJournal:
    till = TillJournal()
    till.entries.clear()
    till.digests.clear()
    till.record_many(3)
    return till


def a_journal_whose_key_is_no_hex() -> TillJournal:
    till = a_journal_that_begins_with_a_shift()
    till.entries.clear()
    till.digests.clear()
    till.record(msgspec.structs.replace(an_opening(), public_key="no key"))
    return till


def a_journal_from_the_future() -> TillJournal:
    till = a_journal_whose_key_is_no_hex()
    till.entries.clear()
    till.digests.clear()
    till.record_unreadable()
    return till


@pytest.mark.parametrize(
    "make",
    [
        a_journal_that_begins_with_a_shift,
        a_journal_whose_key_is_no_hex,
        a_journal_from_the_future,
    ],
)
def test_a_journal_that_does_not_say_whose_it_is_is_kept_aside(
    hub: Hub, make: Callable[[], TillJournal]
) -> None:
    till = make()
    assert hub.take(till.batch()) == Forked(seq=1, digest="", is_kept=True)
    assert not hub.bodies
    assert hub.aside == dict.fromkeys(bodies(till), "opening")


def test_a_key_that_is_none_signs_nothing(hub: Hub) -> None:
    till = a_journal_that_begins_with_a_shift()
    till.entries.clear()
    till.digests.clear()
    till.record(msgspec.structs.replace(an_opening(), public_key="abcd"))
    assert hub.take(till.batch()) == Forked(seq=1, digest="", is_kept=True)
    assert hub.aside == dict.fromkeys(bodies(till), "signature")


def test_journals_with_one_key_are_apart(hub: Hub) -> None:
    """A till's next journal may be signed by the key of the one before."""
    old, new = TillJournal(facts=3), TillJournal(ANOTHER, facts=1)
    hub.take(old.batch())
    assert hub.take(new.batch(), ANOTHER) == up_to(new, 2)
    assert isinstance(hub.take(new.batch(), JOURNAL), Forked)


def test_facts_keep_what_they_say(hub: Hub) -> None:
    """The bytes that arrive are those that were hashed, accents and all."""
    till = TillJournal()
    till.record(CatalogueChanged(source="été 🤘🏽.csv", sha256="", products=1, variants=1))
    hub.take(till.batch())
    assert msgspec.json.decode(hub.bodies[1])["fact"]["source"] == "été 🤘🏽.csv"
    assert JournalOpened.__name__ in hub.bodies[0].decode()
