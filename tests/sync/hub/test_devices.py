"""What tills are answered: who asks comes first, and nobody else learns anything."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.feed import StandListed
from pos.ids import JournalId
from sync.enrolment_protocol import JournalClaim, StatusReport
from sync.feed_protocol import FeedPage, SnapshotOffer, decode_feed_answer
from sync.hub import enrolment
from sync.hub.devices import COMPRESSED_BYTES_MAX, ROUTES
from sync.hub.meaning import Movement
from sync.hub.store import catalogue, incidents, stock
from sync.hub.store.overview import till_of, tills_now
from sync.joining_protocol import OtherVariant, OtherVariants
from sync.packing import packed
from sync.protocol import (
    MESSAGE_BYTES_MAX,
    Accepted,
    Forked,
    Gap,
    Position,
    decode_answer,
    decode_position,
)
from tests.builders import a_product, a_size
from tests.sync.hub.serving import Device, House, a_house
from tests.sync.journals import ANOTHER, JOURNAL, TillJournal, a_key

DIGEST = "ab" * 32
TARGETS = [
    ("GET", f"/v1/journals/{JOURNAL}/position"),
    ("POST", f"/v1/journals/{JOURNAL}/entries"),
    ("PUT", f"/v1/journals/{JOURNAL}"),
    ("GET", "/v1/feed?after=0"),
    ("GET", f"/v1/snapshots/{DIGEST}"),
    ("GET", f"/v1/pictures/{DIGEST}"),
    ("POST", "/v1/status"),
    ("POST", "/v1/variants"),
    ("GET", "/v1/nothing/of/the/kind"),
    ("DELETE", "/v1/feed"),
]
"""All routes for tills, and what is none."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give a hub to tests that leave nothing behind: making one takes longer than most of them."""
    with a_house(tmp_path_factory.mktemp("hub")) as made:
        yield made


@pytest.fixture(scope="module")
def known(open_house: House) -> Device:
    return open_house.device()


@pytest.fixture
def device(house: House) -> Device:
    return house.device()


def problem_of(response: httpx2.Response) -> str:
    """Return the problem; every no has one form and says nothing else."""
    said = response.json()
    assert set(said) == {"answer", "problem", "hub_time"}, said
    assert (said["answer"], said["hub_time"]) == ("no", "2026-07-18T12:00:00.000000Z")
    return str(said["problem"])


def trouble_of(house: House) -> list[tuple[str, str]]:
    with house.hub.database.read() as connection:
        return [(one.kind, one.subject) for one in incidents.open_incidents(connection)]


# Who asks ------------------------------------------------------------------------------------


def test_the_matrix_names_every_route() -> None:
    named = [
        route
        for route in ROUTES
        for method, target in TARGETS
        if method == route.method and route.name_in(target.partition("?")[0]) is not None
    ]
    assert named == list(ROUTES)


@pytest.mark.parametrize(("method", "target"), TARGETS)
@pytest.mark.parametrize("body", [b"", b"\xff garbage"])
def test_somebody_without_a_signature_gets_401_and_nothing_else(
    open_house: House, method: str, target: str, body: bytes
) -> None:
    response = open_house.client.request(method, target, content=body)
    assert (response.status_code, problem_of(response)) == (401, "unsigned")


@pytest.mark.parametrize(("method", "target"), TARGETS)
def test_a_machine_that_nobody_enrolled_gets_401(
    open_house: House, known: Device, method: str, target: str
) -> None:
    nobody = msgspec.structs.replace(known.enrolled, till_id="01931f2a-unknown")
    response = replace(known, key=a_key(7), enrolled=nobody).ask(method, target)
    assert (response.status_code, problem_of(response)) == (401, "unknown")


@pytest.mark.parametrize(("method", "target"), TARGETS)
def test_a_machine_that_signs_with_another_key_gets_401(
    known: Device, method: str, target: str
) -> None:
    response = replace(known, key=a_key(7)).ask(method, target)
    assert (response.status_code, problem_of(response)) == (401, "unsigned")


def test_a_revoked_till_gets_403_and_head_office_hears_of_it(house: House, device: Device) -> None:
    assert enrolment.revoke(house.hub.gate, device.till_id)
    for method, target in TARGETS:
        for body in (b"", b"\xff garbage"):
            response = device.ask(method, target, body)
            assert (response.status_code, problem_of(response)) == (403, "revoked"), target
    house.work()
    assert trouble_of(house) == [("revoked", device.till_id)]


def test_whoever_only_names_a_revoked_till_is_not_told_of(house: House, device: Device) -> None:
    enrolment.revoke(house.hub.gate, device.till_id)
    assert replace(device, key=a_key(7)).ask("GET", "/v1/feed").status_code == 403
    house.work()
    assert trouble_of(house) == []


@pytest.mark.parametrize(("method", "target"), TARGETS)
def test_a_till_whose_clock_is_off_is_told_the_time_and_understood_then(
    known: Device, method: str, target: str
) -> None:
    response = known.ask(method, target, off_s=301)
    assert (response.status_code, problem_of(response)) == (401, "clock")
    assert known.ask(method, target, off_s=299).status_code not in {401, 403}


def test_head_office_hears_of_a_clock_that_is_off_until_it_is_right(
    house: House, device: Device
) -> None:
    device.ask("GET", "/v1/feed", off_s=-7_200)
    device.ask("GET", "/v1/feed")  # with the time that it was told
    house.work()
    with house.hub.database.read() as connection:
        till = till_of(connection, device.till_id)
    assert till is not None
    assert till.clock_off_s == -7_200
    assert trouble_of(house) == [("clock", f"{device.till_id}/now")]
    house.clock.advance(hours=1)
    device.ask("GET", "/v1/feed")
    house.work()
    assert trouble_of(house) == []


@pytest.mark.parametrize("time", ["2026-06-31T00:00:00.000000Z", "9999-99-99T99:99:99.999999Z"])
def test_a_day_that_does_not_exist_is_no_signature(
    open_house: House, known: Device, time: str
) -> None:
    header = known.signature("GET", "/v1/feed").replace("2026-07-18T12:00:00.000000Z", time)
    response = open_house.client.get("/v1/feed", headers={"Authorization": header})
    assert problem_of(response) == "unsigned"


def test_a_signature_for_one_request_fits_no_other(open_house: House, known: Device) -> None:
    header = {"Authorization": known.signature("GET", "/v1/feed?after=0")}
    assert open_house.client.get("/v1/feed?after=0", headers=header).status_code == 410
    for other in ("/v1/feed?after=1", "/v1/feed", f"/v1/journals/{JOURNAL}/position"):
        assert problem_of(open_house.client.get(other, headers=header)) == "unsigned"
    changed = known.signature("POST", "/v1/status", b"{}")
    response = open_house.client.post(
        "/v1/status", content=b"[]", headers={"Authorization": changed}
    )
    assert problem_of(response) == "unsigned"


def test_two_headers_are_none(open_house: House, known: Device) -> None:
    header = known.signature("GET", "/v1/feed")
    response = open_house.client.get(
        "/v1/feed", headers=[("Authorization", header), ("Authorization", header)]
    )
    assert problem_of(response) == "unsigned"


@settings(deadline=None)
@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=200))
def test_no_header_does_worse_than_not_being_one(open_house: House, text: str) -> None:
    header = {b"Authorization": f"Echoppe {text}".encode("latin-1")}
    response = open_house.client.request("GET", "/v1/feed", headers=header)
    assert response.status_code == 401


# After the hub was restored --------------------------------------------------------------


def test_a_restored_hub_takes_a_till_in_again_by_its_certificate(
    tmp_path: Path, house: House, device: Device
) -> None:
    """The database of yesterday does not know who joined today."""
    (tmp_path / "yesterday").mkdir()
    with a_house(tmp_path / "yesterday") as yesterday:
        late = Device(
            client=yesterday.client,
            key=device.key,
            enrolled=device.enrolled,
            clock=yesterday.clock,
        )
        assert problem_of(late.ask("GET", "/v1/feed")) == "unknown"
        certificate = bytes.fromhex(device.enrolled.certificate)
        assert late.ask("GET", "/v1/feed", certificate=certificate).status_code == 410
        assert late.ask("GET", "/v1/feed").status_code == 410  # from then on without
        with yesterday.hub.database.read() as connection:
            assert [till.label for till in tills_now(connection)] == ["GS-1"]


def test_a_certificate_helps_only_whoever_holds_its_key(
    tmp_path: Path, house: House, device: Device
) -> None:
    (tmp_path / "yesterday").mkdir()
    with a_house(tmp_path / "yesterday") as yesterday:
        thief = Device(
            client=yesterday.client, key=a_key(7), enrolled=device.enrolled, clock=yesterday.clock
        )
        certificate = bytes.fromhex(device.enrolled.certificate)
        response = thief.ask("GET", "/v1/feed", certificate=certificate)
        assert problem_of(response) == "unsigned"
        response = thief.ask("GET", "/v1/feed", certificate=certificate[:-1] + b"!")
        assert problem_of(response) == "certificate"
        with yesterday.hub.database.read() as connection:
            assert tills_now(connection) == []


# Facts going up ------------------------------------------------------------------------------


def test_entries_are_accepted_once_and_again(device: Device) -> None:
    journal = TillJournal(facts=4)
    for _ in range(2):
        response = device.send(JOURNAL, journal.batch(1, 5))
        answer = decode_answer(response.content)
        assert (response.status_code, answer) == (200, Accepted(seq=5, digest=journal.digests[4]))
    response = device.ask("GET", f"/v1/journals/{JOURNAL}/position")
    assert decode_position(response.content).seq == 5


def test_a_gap_and_a_fork_are_409_and_a_fork_is_an_incident(house: House, device: Device) -> None:
    journal, branch = TillJournal(facts=4), TillJournal()
    branch.record_many(4, first=100)
    response = device.send(JOURNAL, journal.batch(3, 5))
    assert (response.status_code, type(decode_answer(response.content))) == (409, Gap)
    device.send(JOURNAL, journal.batch(1, 5))
    response = device.send(JOURNAL, branch.batch(2, 5))
    assert (response.status_code, type(decode_answer(response.content))) == (409, Forked)
    assert ("fork", JOURNAL) in trouble_of(house)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        b"<html>Welcome to the festival's Wi-Fi</html>",
        packed(b""),
        packed(b"EPB1" + bytes(40)),
        packed(b"x" * 1000)[:-3],
        zstandard.ZstdCompressor().compress(bytes(MESSAGE_BYTES_MAX + 1)),
        zstandard.ZstdCompressor(write_content_size=False).compress(bytes(2**28)),
    ],
    ids=["nothing", "garbage", "portal", "empty", "not whole", "cut", "bomb", "bomb unannounced"],
)
def test_a_body_that_no_till_wrote_is_400_and_takes_no_memory(known: Device, body: bytes) -> None:
    assert len(body) < 100_000
    response = known.ask("POST", f"/v1/journals/{JOURNAL}/entries", body)
    assert (response.status_code, problem_of(response)) == (400, "not_our_message")


@settings(deadline=None)
@given(body=st.binary(max_size=300))
def test_no_bytes_do_worse_than_being_no_message(known: Device, body: bytes) -> None:
    for content in (body, packed(body)):
        response = known.ask("POST", f"/v1/journals/{JOURNAL}/entries", content)
        assert (response.status_code, problem_of(response)) == (400, "not_our_message")


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_body_has_a_largest_size_whether_it_says_so_or_not(
    open_house: House, known: Device, *, is_announced: bool
) -> None:
    body = bytes(COMPRESSED_BYTES_MAX + 1)
    target = f"/v1/journals/{JOURNAL}/entries"
    header = {"Authorization": known.signature("POST", target, body)}
    content = (
        body if is_announced else (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    )
    response = open_house.client.post(target, content=content, headers=header)
    assert (response.status_code, problem_of(response)) == (413, "too_large")


@pytest.mark.parametrize("name", ["x", JOURNAL.upper(), JOURNAL[:-1], f"{JOURNAL}%00"])
def test_a_journal_is_named_in_one_way(known: Device, name: str) -> None:
    response = known.ask("GET", f"/v1/journals/{name}/position")
    assert (response.status_code, problem_of(response)) == (404, "nothing_here")


def test_the_first_till_that_claims_a_journal_has_it_and_another_is_an_incident(
    house: House, device: Device
) -> None:
    claim = msgspec.json.encode(JournalClaim(public_key=a_key().public.hex(), mode="live"))
    for _ in range(2):
        assert device.ask("PUT", f"/v1/journals/{JOURNAL}", claim).status_code == 204
    assert trouble_of(house) == []
    clone = house.device()
    assert clone.ask("PUT", f"/v1/journals/{JOURNAL}", claim).status_code == 204
    assert trouble_of(house) == [("fork", JOURNAL)]
    assert not house.hub.claim(JOURNAL, till_id=device.till_id, mode="live"), "it stays the first's"
    assert device.ask("PUT", f"/v1/journals/{ANOTHER}", b"{}").status_code == 400


def test_a_till_may_carry_the_journal_of_a_revoked_one(house: House, device: Device) -> None:
    journal = TillJournal(facts=2)
    enrolment.revoke(house.hub.gate, device.till_id)
    assert house.device().send(JOURNAL, journal.batch(1, 3)).status_code == 200


# The catalogue coming down -------------------------------------------------------------------


def test_a_new_till_gets_a_snapshot_its_parts_and_the_pages_behind_it(
    house: House, device: Device
) -> None:
    house.work()
    response = device.ask("GET", "/v1/feed?feed=&after=0")
    offer = decode_feed_answer(response.content)
    assert response.status_code == 410
    assert isinstance(offer, SnapshotOffer)
    for digest in offer.parts:
        part = device.ask("GET", f"/v1/snapshots/{digest}")
        assert (part.status_code, part.headers["content-type"]) == (200, "application/zstd")
    with house.hub.database.write() as connection:
        catalogue.put_stands(connection, [StandListed(stand="NEW", name="Neuf")])
    house.work()
    target = f"/v1/feed?feed={offer.feed_id}&after={offer.position}&limit=10"
    response = device.ask("GET", target)
    page = decode_feed_answer(response.content)
    assert response.status_code == 200
    assert isinstance(page, FeedPage)
    assert [change.position for change in page.changes] == [offer.position + 1]


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=1e3",
        "after=",
        "after=99999999999999999999",
        "after=%C2%B2",
        "limit=0",
        "limit=501",
        "wait=26",
        "feed=" + "x" * 65,
        "&".join(f"a{n}=1" for n in range(20)),
    ],
)
def test_a_position_that_cannot_be_is_400(known: Device, query: str) -> None:
    response = known.ask("GET", f"/v1/feed?{query}")
    assert (response.status_code, problem_of(response)) == (400, "bad_parameter")


def test_what_is_not_there_is_404(known: Device) -> None:
    for target in (f"/v1/snapshots/{DIGEST}", f"/v1/pictures/{DIGEST}", "/v1/snapshots/x", "/v1"):
        response = known.ask("GET", target)
        assert (response.status_code, problem_of(response)) == (404, "nothing_here")
    response = known.ask("DELETE", "/v1/feed")
    assert (response.status_code, problem_of(response)) == (405, "method")


def test_a_picture_comes_by_its_digest(house: House, device: Device) -> None:
    with house.hub.database.write() as connection:
        name = catalogue.put_picture(connection, b"\x89PNG", "image/png")
    response = device.ask("GET", f"/v1/pictures/{name.removeprefix('sha256:')}")
    assert (response.content, response.headers["content-type"]) == (b"\x89PNG", "image/png")


def test_the_hub_knows_what_a_till_says_of_itself(house: House, device: Device) -> None:
    report = StatusReport(waiting=12, amount_at_risk_minor=124_000, software_version="0.2.0")
    assert device.ask("POST", "/v1/status", msgspec.json.encode(report)).status_code == 204
    house.work()
    with house.hub.database.read() as connection:
        till = till_of(connection, device.till_id)
    assert till is not None
    assert (till.waiting, till.at_risk_minor, till.software_version) == (12, 124_000, "0.2.0")
    assert till.seen_at == "2026-07-18T12:00:00.000000Z"


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b"[" * 4_000, b'{"waiting":-1}'])
def test_a_report_that_is_none_is_400(known: Device, body: bytes) -> None:
    response = known.ask("POST", "/v1/status", body)
    assert (response.status_code, problem_of(response)) == (400, "not_our_message")


def test_a_till_that_joins_says_what_it_calls_its_variants(house: House, device: Device) -> None:
    """One is known by its barcode, one by nobody, and of one that is nobody's nothing moved."""
    ours = a_product("wildfire", a_size("M", barcodes=("4006381333931",)))
    with house.hub.database.write() as connection:
        catalogue.put_products(connection, [ours], "2026-07-18T12:00:00.000000Z")
        stock.add_to_journal(connection, 1, {("GS", "theirs-2"): Movement(pieces=-1)})
    said = OtherVariants(
        variants=(
            OtherVariant(variant_id="theirs-1", label="Shirt", barcodes=("4006381333931",)),
            OtherVariant(variant_id="theirs-2", label="Poster"),
            OtherVariant(variant_id="theirs-3", label="Pin"),
        )
    )
    for _ in range(2):
        response = device.ask("POST", "/v1/variants", msgspec.json.encode(said))
        assert (response.status_code, response.json()) == (
            200,
            {"to_explain": 1, "meant": [["theirs-1", ours.variants[0].variant_id]]},
        )
    assert trouble_of(house) == [("unmatched", "catalogue")]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[" * 4_000, b'{"variants":[{"variant_id":"a\\u0000"}]}']
)
def test_names_of_variants_that_are_none_are_400(known: Device, body: bytes) -> None:
    response = known.ask("POST", "/v1/variants", body)
    assert (response.status_code, problem_of(response)) == (400, "not_our_message")


# Everybody -----------------------------------------------------------------------------------


def test_anybody_may_see_that_the_hub_is_well(open_house: House) -> None:
    response = open_house.client.get("/health")
    assert (response.status_code, response.json()["ok"]) == (200, True)


def test_a_hub_whose_database_is_away_says_so_and_nothing_more(
    house: House, device: Device, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house.hub.database.close()
    (tmp_path / "hub.db").unlink()
    (tmp_path / "hub.db").mkdir()
    with caplog.at_level(logging.ERROR):
        for response in (house.client.get("/health"), device.ask("GET", "/v1/feed")):
            assert (response.status_code, problem_of(response)) == (503, "storage")


class Broken:
    """Journals with a bug."""

    def position(self, journal_id: JournalId) -> Position:
        raise ZeroDivisionError(f"a bug that says {journal_id} aloud")


def test_a_bug_is_not_told_to_a_stranger(
    house: House, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    house.hub.journals = Broken()  # type: ignore[assignment]  # because a bug fits nowhere
    with caplog.at_level(logging.ERROR):
        response = device.ask("GET", f"/v1/journals/{JOURNAL}/position")
    assert (response.status_code, problem_of(response)) == (500, "bug")
    assert "aloud" not in response.text + caplog.text
