"""How a machine becomes a till: by a code that one of them may use once, soon, and from here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pos.domain.facts import Identity
from pos.domain.feed import TillListed
from sync.enrolment_code import hub_proof, is_proof, name_of, read_invitation, secret_of
from sync.enrolment_protocol import CODE_LIFE_S, Enrolled, NotEnrolled
from sync.hub import enrolment, feed
from sync.hub.enrolment import WRONG_PROOFS_MAX, NoSuchStand, NotFounded
from sync.hub.hub import Hub, Seen
from sync.hub.store import catalogue, feed_store, tills
from sync.hub.store.database import HubDatabase
from sync.hub.store.overview import tills_now
from sync.signing import NotCertified, read_certificate, sign_certificate
from tests.builders import an_identity
from tests.sync.hub.serving import (
    FINGERPRINT,
    ORGANISATION_KEY,
    Clock,
    a_hub,
    request_to_join,
)
from tests.sync.journals import a_key

KEY = a_key(41)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(tmp_path: Path, clock: Clock) -> Iterator[Hub]:
    with a_hub(tmp_path, clock=clock) as made:
        yield made


def code_of(hub: Hub, stand: str = "GS") -> str:
    return enrolment.invite(hub.gate, stand).code


def join(
    hub: Hub, code: str, *, number: int = 41, identity: Identity | None = None
) -> Enrolled | NotEnrolled:
    request = request_to_join(code, a_key(number))
    return enrolment.enrol(hub.gate, msgspec.structs.replace(request, identity=identity))


def joined(hub: Hub, stand: str = "GS", *, number: int = 41) -> Enrolled:
    answer = join(hub, code_of(hub, stand), number=number)
    assert isinstance(answer, Enrolled), answer
    return answer


def problem(answer: Enrolled | NotEnrolled) -> str:
    assert isinstance(answer, NotEnrolled), answer
    return answer.problem


def told(hub: Hub) -> list[TillListed]:
    while hub.step_jobs():
        pass
    with hub.database.read() as connection:
        found = feed_store.changes_behind(connection, 0, 1_000)
    items = [msgspec.json.decode(item) for _position, item in found]
    return [msgspec.convert(one, TillListed) for one in items if one["kind"] == "till"]


def test_a_code_makes_a_machine_a_till_of_its_stand(hub: Hub) -> None:
    code = code_of(hub)
    answer = join(hub, code)
    assert isinstance(answer, Enrolled)
    assert (answer.identity.stand, answer.identity.stand_name) == ("GS", "Grande scène")
    assert (answer.identity.till, answer.mode) == ("1", "live")
    assert answer.organisation_key == ORGANISATION_KEY.public.hex()
    assert answer.feed_id == feed.head(hub.database).feed_id
    certificate = read_certificate(bytes.fromhex(answer.certificate), ORGANISATION_KEY.public)
    assert certificate.public_key == KEY.public.hex()
    assert (certificate.till_id, certificate.stand) == (answer.till_id, "GS")
    assert (certificate.serial, certificate.not_after) == (1, "2036-07-15T12:00:00.000000Z")


def test_the_hub_proves_that_it_knows_the_code_over_what_it_certifies(hub: Hub) -> None:
    code = code_of(hub)
    answer = join(hub, code)
    assert isinstance(answer, Enrolled)
    expected = hub_proof(
        secret_of(code),
        public_key=KEY.public,
        fingerprint=FINGERPRINT,
        certificate=bytes.fromhex(answer.certificate),
    )
    assert is_proof(answer.proof, expected)


def test_the_qr_code_says_address_fingerprint_and_code(hub: Hub) -> None:
    made = enrolment.invite(hub.gate, "GS")
    read = read_invitation(made.text)
    assert (read.address, read.fingerprint) == ("https://10.0.0.2:8443", FINGERPRINT)
    assert (read.code, made.expires_at) == (made.code, "2026-07-18T12:30:00.000000Z")


def test_the_secret_signs_of_a_code_are_nowhere_in_the_database(hub: Hub, tmp_path: Path) -> None:
    code = code_of(hub)
    hub.database.close()
    secret = code.replace("-", "")[4:].encode()
    files = list(tmp_path.iterdir())
    assert files
    assert not any(secret in file.read_bytes() for file in files)


def test_the_other_tills_hear_of_a_new_one_and_of_a_revoked_one(hub: Hub) -> None:
    new = joined(hub)
    assert told(hub) == [TillListed(till_id=new.till_id, till="1", stand="GS")]
    assert enrolment.revoke(hub.gate, new.till_id)
    assert told(hub) == [TillListed(till_id=new.till_id, till="1", stand="GS", is_active=False)]
    assert not enrolment.revoke(hub.gate, new.till_id), "once is enough"
    assert not enrolment.revoke(hub.gate, "unknown")


def test_tills_are_numbered_stand_by_stand_and_no_number_is_given_twice(hub: Hub) -> None:
    first = joined(hub, number=41)
    assert joined(hub, "QB", number=42).identity.till == "1"
    enrolment.revoke(hub.gate, first.till_id)
    assert joined(hub, number=43).identity.till == "2", "receipts carry the first one's number"


def test_the_same_request_again_gets_the_same_till(hub: Hub) -> None:
    """The answer was lost on its way."""
    code = code_of(hub)
    first, again = join(hub, code), join(hub, code)
    assert isinstance(first, Enrolled)
    assert isinstance(again, Enrolled)
    assert (first.till_id, first.certificate) == (again.till_id, again.certificate)
    with hub.database.read() as connection:
        assert len(tills_now(connection)) == 1


def test_a_code_is_for_one_machine(hub: Hub) -> None:
    code = code_of(hub)
    assert isinstance(join(hub, code, number=41), Enrolled)
    assert problem(join(hub, code, number=42)) == "code_used"


def test_a_code_is_for_half_an_hour_and_then_known_to_be_over(hub: Hub, clock: Clock) -> None:
    code = code_of(hub)
    clock.advance(seconds=CODE_LIFE_S + 1)
    assert problem(join(hub, code)) == "code_expired"
    clock.advance(days=8)
    code_of(hub)  # old ones are forgotten when a new one is made
    assert problem(join(hub, code)) == "proof"


def test_who_proves_nothing_does_not_learn_which_codes_there_are(hub: Hub, clock: Clock) -> None:
    used, over, guessed, alive = (code_of(hub) for _ in range(4))
    joined_by = join(hub, used, number=40)
    assert isinstance(joined_by, Enrolled)
    for _ in range(WRONG_PROOFS_MAX):
        join(hub, f"{name_of(guessed)}-0000-0000")
    codes = [used, over, guessed, alive, "0000"]
    answers = [join(hub, f"{name_of(one)}-0000-0000") for one in codes]
    clock.advance(seconds=CODE_LIFE_S + 1)
    answers += [join(hub, f"{name_of(one)}-0000-0000") for one in codes]
    assert answers == [NotEnrolled(problem="proof")] * 10


def test_guessing_kills_a_code(hub: Hub) -> None:
    code = code_of(hub)
    wrong = f"{name_of(code)}-0000-0000"
    for _ in range(WRONG_PROOFS_MAX):
        assert problem(join(hub, wrong)) == "proof"
    assert problem(join(hub, code)) == "code_expired", "even the right one"


def test_a_wrong_guess_costs_the_right_machine_nothing(hub: Hub) -> None:
    code = code_of(hub)
    assert problem(join(hub, f"{name_of(code)}-0000-0000")) == "proof"
    assert isinstance(join(hub, code), Enrolled)


def test_somebody_in_between_has_another_certificate_and_no_proof(hub: Hub) -> None:
    request = request_to_join(code_of(hub), KEY, fingerprint=b"\x08" * 32)
    assert problem(enrolment.enrol(hub.gate, request)) == "proof"
    request = request_to_join(code_of(hub), KEY, fingerprint=b"")
    assert problem(enrolment.enrol(hub.gate, request)) == "proof"


@pytest.mark.parametrize("fingerprint", [b"", FINGERPRINT])
def test_with_a_certificate_of_an_authority_a_till_proves_what_it_saw(
    hub: Hub, fingerprint: bytes
) -> None:
    hub.seen = Seen(address="https://hub.example.org", fingerprint=FINGERPRINT, trusted=True)
    made = enrolment.invite(hub.gate, "GS")
    assert read_invitation(made.text).fingerprint == b""
    request = request_to_join(made.code, KEY, fingerprint=fingerprint)
    assert isinstance(enrolment.enrol(hub.gate, request), Enrolled)


def test_a_stand_that_does_not_sell_invites_nobody(hub: Hub) -> None:
    for stand in ("OLD", "NONE"):
        with pytest.raises(NoSuchStand):
            enrolment.invite(hub.gate, stand)


def test_a_stand_that_closed_meanwhile_takes_nobody_in(hub: Hub) -> None:
    code = code_of(hub)
    with hub.database.write() as connection:
        stand = next(one for one in catalogue.all_stands(connection) if one.stand == "GS")
        catalogue.put_stands(connection, [msgspec.structs.replace(stand, is_active=False)])
    assert problem(join(hub, code)) == "stand_gone"


@pytest.mark.parametrize(
    ("own", "stand", "given"),
    [("7", "GS", "7"), ("A1", "GS", "A1"), ("1", "GS", "2"), ("7", "QB", "2"), ("0", "GS", "2")],
)
def test_a_till_that_sold_alone_keeps_its_number_where_it_is_free(
    hub: Hub, own: str, stand: str, given: str
) -> None:
    joined(hub, number=50)  # GS-1 is taken
    identity = msgspec.structs.replace(an_identity(), stand=stand, till=own)
    answer = join(hub, code_of(hub), identity=identity)
    assert isinstance(answer, Enrolled)
    assert (answer.identity.stand, answer.identity.till) == ("GS", given)


def test_a_machine_that_is_a_till_already_stays_it(hub: Hub) -> None:
    """Its first answer was lost, and the code with it."""
    first, again = joined(hub), joined(hub)
    assert first.till_id == again.till_id


def test_a_key_that_was_revoked_stays_so(hub: Hub) -> None:
    enrolment.revoke(hub.gate, joined(hub).till_id)
    assert problem(join(hub, code_of(hub))) == "code_used"


def test_a_hub_that_is_nobodys_takes_nobody_in(tmp_path: Path) -> None:
    database = HubDatabase.open(tmp_path / "hub.db")
    hub = Hub(database, ORGANISATION_KEY)
    with pytest.raises(NotFounded):
        enrolment.enrol(hub.gate, request_to_join("0000-0000-0000", KEY))
    with pytest.raises(NotFounded):
        hub.organisation()
    database.close()


# After the hub was restored --------------------------------------------------------------


@pytest.fixture
def restored(tmp_path: Path, clock: Clock) -> Iterator[Hub]:
    (tmp_path / "restored").mkdir()
    with a_hub(tmp_path / "restored", clock=clock) as made:
        yield made


def test_a_forgotten_till_has_its_place_again(hub: Hub, restored: Hub) -> None:
    signed = bytes.fromhex(joined(hub, "QB").certificate)
    for _ in range(2):
        till = enrolment.readmit(restored.gate, signed)
        assert till is not None
        assert (till.stand, till.till, till.certificate) == ("QB", "1", signed)


def test_a_forgotten_till_gives_way_to_whoever_has_its_number_now(hub: Hub, restored: Hub) -> None:
    signed = bytes.fromhex(joined(hub).certificate)
    joined(restored, number=60)
    till = enrolment.readmit(restored.gate, signed)
    assert till is not None
    assert till.till == "2"


def test_a_forgotten_till_brings_its_stand_along(hub: Hub, restored: Hub) -> None:
    certificate = read_certificate(bytes.fromhex(joined(hub).certificate), ORGANISATION_KEY.public)
    elsewhere = msgspec.structs.replace(certificate, stand="NEW")
    signed = sign_certificate(elsewhere, ORGANISATION_KEY.sign)
    assert enrolment.readmit(restored.gate, signed) is not None
    with restored.database.read() as connection:
        assert tills.stand_of(connection, "NEW") is not None


def test_a_till_that_joined_again_does_not_come_back_by_its_old_name(
    hub: Hub, restored: Hub
) -> None:
    signed = bytes.fromhex(joined(hub).certificate)
    joined(restored)  # the same machine
    assert enrolment.readmit(restored.gate, signed) is None


def test_certificates_of_others_and_of_the_past_bring_nobody_back(
    hub: Hub, restored: Hub, clock: Clock
) -> None:
    certificate = read_certificate(bytes.fromhex(joined(hub).certificate), ORGANISATION_KEY.public)
    of_another = msgspec.structs.replace(certificate, organisation_id="another")
    with pytest.raises(NotCertified, match="organisation"):
        enrolment.readmit(restored.gate, sign_certificate(of_another, ORGANISATION_KEY.sign))
    with pytest.raises(NotCertified, match="signature"):
        enrolment.readmit(restored.gate, sign_certificate(certificate, KEY.sign))
    clock.advance(days=3_651)
    with pytest.raises(NotCertified, match="over"):
        enrolment.readmit(restored.gate, sign_certificate(certificate, ORGANISATION_KEY.sign))
