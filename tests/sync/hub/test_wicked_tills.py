"""What a machine that is let in, and means no good, can do to others: nothing that is not told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.json import decode, encode

from pos.domain.feed import StandListed
from sync.enrolment_protocol import JournalClaim, NotEnrolled
from sync.feed_protocol import FeedPage, SnapshotOffer, decode_feed_answer
from sync.hub import enrolment, feed
from sync.hub.store import catalogue, feed_store, incidents
from sync.signing import claim_proof
from tests.sync.hub.serving import Device, House, a_house, request_to_join
from tests.sync.journals import JOURNAL, a_key


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as made:
        yield made


@pytest.fixture
def device(house: House) -> Device:
    return house.device()


def trouble_of(house: House) -> list[tuple[str, str]]:
    with house.hub.database.read() as connection:
        return [(one.kind, one.subject) for one in incidents.open_incidents(connection)]


def test_who_has_a_journals_key_has_the_journal_whoever_named_it_first(
    house: House, device: Device
) -> None:
    other, key = house.device(), a_key(5)
    proof = claim_proof(key.sign, journal_id=JOURNAL, till_id=device.till_id)
    proved = JournalClaim(public_key=key.public.hex(), mode="live", proof=proof)
    assert other.ask("PUT", f"/v1/journals/{JOURNAL}", encode(proved)).status_code == 204
    assert trouble_of(house) == [], "heard elsewhere, a proof is worth nothing"
    assert device.ask("PUT", f"/v1/journals/{JOURNAL}", encode(proved)).status_code == 204
    assert trouble_of(house) == [("claim", f"{JOURNAL}/{other.till_id}")]
    assert not house.hub.claim(JOURNAL, till_id=device.till_id, mode="live", key=key.public)


# A hub that was put back by hand ---------------------------------------------------------------


def feed_answer(device: Device, feed_id: str, after: int) -> FeedPage | SnapshotOffer:
    return decode_feed_answer(device.ask("GET", f"/v1/feed?feed={feed_id}&after={after}").content)


def test_a_till_that_is_ahead_of_its_hub_has_everybody_start_afresh(
    house: House, device: Device
) -> None:
    # Given a hub whose database is an old copy, under the same name of its feed
    house.work()
    other = house.device()
    house.work()
    head = feed.head(house.hub.database)
    page = feed_answer(other, head.feed_id, head.position)
    assert isinstance(page, FeedPage)
    # When a till asks for what is behind a position that the copy has never had
    offer = feed_answer(device, head.feed_id, head.position + 1)
    # Then it is offered everything, under another name; so is who was not ahead; and it is told
    assert isinstance(offer, SnapshotOffer)
    assert offer.feed_id != head.feed_id
    assert feed_answer(other, head.feed_id, head.position) == offer
    assert trouble_of(house) == [("ahead", head.feed_id)]


def test_a_till_that_lies_makes_the_others_start_afresh_once(house: House, device: Device) -> None:
    house.work()
    feed_answer(device, feed.head(house.hub.database).feed_id, 1_000)
    second = feed.head(house.hub.database)
    offer = feed_answer(device, second.feed_id, 1_000)
    assert isinstance(offer, SnapshotOffer)
    assert (offer.feed_id, feed.head(house.hub.database)) == (second.feed_id, second)
    assert len(trouble_of(house)) == 1
    # Until somebody has seen to it
    with house.hub.database.write() as connection:
        incidents.close(connection, 1, "owner", "2026-07-18T12:00:00.000000Z")
    feed_answer(device, second.feed_id, 1_000)
    assert feed.head(house.hub.database).feed_id != second.feed_id


# Who is gone -----------------------------------------------------------------------------------


def test_who_is_gone_is_forgotten_by_itself_once_all_tills_have_heard_of_it(
    house: House, device: Device
) -> None:
    """A name that was erased does not stay in the feed for ever (R34)."""
    house.work()
    before = feed.head(house.hub.database)
    with house.hub.database.write() as connection:
        gone = StandListed(stand="BAR", name="", is_active=False)
        catalogue.put_stands(connection, [gone])
    house.work()
    head = feed.head(house.hub.database)
    # Given a till that has not heard of it, nothing is forgotten
    assert isinstance(feed_answer(device, head.feed_id, before.position), FeedPage)
    house.clock.advance(days=1)
    house.work()
    assert "BAR" in stands_told(house)
    # When it has, the next day
    assert isinstance(feed_answer(device, head.feed_id, head.position), FeedPage)
    house.work()
    assert "BAR" in stands_told(house)
    house.clock.advance(days=1)
    house.work()
    assert stands_told(house) == {"GS", "QB"}
    assert isinstance(feed_answer(device, head.feed_id, head.position), FeedPage)


def test_a_till_that_is_silent_for_weeks_keeps_nobody_in_the_feed(
    house: House, device: Device
) -> None:
    house.work()
    feed_answer(device, "", 0)
    house.work()
    house.clock.advance(days=feed.STILL_ASKS_DAYS + 1)
    house.work()
    assert stands_told(house) == {"GS", "QB"}


def stands_told(house: House) -> set[str]:
    with house.hub.database.read() as connection:
        items = feed_store.everything(connection, "stand")
        return {decode(item, type=StandListed).stand for item in items}


# Codes of enrolment ------------------------------------------------------------------------------


def test_a_guess_is_answered_alike_and_as_late_whether_the_code_lives_or_not(house: House) -> None:
    alive = enrolment.invite(house.hub.gate, "GS").code
    answers = []
    for name in (alive[:4], "0000"):
        began = time.monotonic()
        request = encode(request_to_join(f"{name}-0000-0000", a_key(7)))
        answers.append(house.client.post("/v1/enrol", content=request))
        assert time.monotonic() - began >= enrolment.GUESS_S
    first, second = answers
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert (first.status_code, decode(first.content)["problem"]) == (403, "proof")
    assert first.headers == second.headers


def test_a_guess_at_no_code_waits_for_nobody_who_writes(house: House) -> None:
    request = request_to_join("0000-0000-0000", a_key(7))
    with house.hub.database.write():
        assert enrolment.enrol(house.hub.gate, request) == NotEnrolled(problem="proof")
