"""How a machine becomes a till of a hub, and everything that answers in the hub's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from pos.clock import utc_now, utc_text
from pos.enrolment import Enrolment
from sync.enrol import (
    CodeRefused,
    Connecting,
    EnrolmentFailed,
    HubNotProved,
    HubNotReached,
    Machine,
    WrongAddress,
    WronglyCertified,
    enrol,
)
from sync.enrolment_code import hub_proof, is_proof, name_of, secret_of, till_proof
from sync.enrolment_protocol import (
    Enrolled,
    EnrolProblem,
    EnrolRequest,
    Invitation,
    NotEnrolled,
)
from sync.hub_client import Limits
from sync.signing import Certificate, sign_certificate
from tests.builders import an_opening
from tests.sync.journals import a_key
from tests.sync.tls_server import (
    DAY,
    HANG_GUARD_S,
    Files,
    Raw,
    Received,
    Say,
    TlsServer,
    make_certificate,
)

CODE = "0123-4567-89AB"
ORGANISATION, MACHINE, STRANGER = a_key(1), a_key(2), a_key(3)
TILL = "01931f2a-7c4e-7b1a-9a53-0242ac120009"
WHOLE = Machine(public_key=MACHINE.public, name="till-on-the-left")
EXPIRES = 1_800_000_000
CONNECTING = Connecting(limits=Limits(connect_s=HANG_GUARD_S, read_s=HANG_GUARD_S))


class Hub:
    """Answers as a hub does that made one code; a test bends what it says."""

    def __init__(self, fingerprint: bytes) -> None:
        self.fingerprint = fingerprint  # of the certificate that it believes tills to see
        self.code = CODE
        self.problem: EnrolProblem | None = None
        self.certificate = Certificate(
            organisation_id="org",
            till_id=TILL,
            public_key=MACHINE.public.hex(),
            not_before=utc_text(utc_now() + 90 * DAY),  # the till's clock does not count
            not_after=utc_text(utc_now() + 99 * DAY),
            serial=7,
            stand="GS",
            till="1",
        )
        self.signer = ORGANISATION
        self.bend: Callable[[Enrolled], Enrolled] = lambda enrolled: enrolled
        self.requests: list[EnrolRequest] = []

    def __call__(self, received: Received) -> Say:
        if received.target == "/health":
            return Say(body=b'{"ok":true,"version":"1"}')
        request = msgspec.json.decode(received.body, type=EnrolRequest)
        self.requests.append(request)
        secret = secret_of(self.code)
        key = bytes.fromhex(request.public_key)
        proof = till_proof(secret, public_key=key, fingerprint=self.fingerprint)
        problem = self.problem
        if problem is None and not is_proof(request.proof, proof):
            problem = "proof"
        if problem is not None:
            return Say(status=403, body=msgspec.json.encode(NotEnrolled(problem=problem)))
        return Say(body=msgspec.json.encode(self.bend(self._enrolled(secret, key))))

    def _enrolled(self, secret: bytes, key: bytes) -> Enrolled:
        signed = sign_certificate(self.certificate, self.signer.sign)
        return Enrolled(
            proof=hub_proof(
                secret, public_key=key, fingerprint=self.fingerprint, certificate=signed
            ),
            certificate=signed.hex(),
            organisation_id="org",
            organisation_name="Les Vieilles Charrettes",
            organisation_key=ORGANISATION.public.hex(),
            till_id=TILL,
            identity=an_opening().identity,
            mode="live",
            feed_id="feed-1",
            hub_time="2026-07-18T13:02:11.000000Z",
        )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def hub(files: Files) -> Hub:
    return Hub(files.fingerprint)


@pytest.fixture
def server(files: Files, hub: Hub) -> Iterator[TlsServer]:
    with TlsServer(files, hub) as server:
        yield server


def scanned(server: TlsServer, files: Files, code: str = CODE) -> Invitation:
    return Invitation(
        address=server.url, fingerprint=files.fingerprint, code=code, expires_at=EXPIRES
    )


def typed(server: TlsServer, code: str = CODE) -> Invitation:
    return Invitation(address=server.url, fingerprint=b"", code=code, expires_at=0)


def failure(invitation: Invitation, connecting: Connecting = CONNECTING) -> EnrolmentFailed:
    with pytest.raises(EnrolmentFailed) as raised:
        enrol(invitation, WHOLE, connecting)
    return raised.value


def test_a_scanned_code_makes_a_till(server: TlsServer, files: Files, hub: Hub) -> None:
    machine = Machine(public_key=MACHINE.public, name="n" * 500, identity=an_opening().identity)
    enrolment = enrol(scanned(server, files), machine, CONNECTING)
    assert enrolment == Enrolment(
        address=server.url,
        fingerprint=files.fingerprint.hex(),
        organisation_id="org",
        organisation_name="Les Vieilles Charrettes",
        organisation_key=ORGANISATION.public.hex(),
        till_id=TILL,
        serial=7,
        certificate=sign_certificate(hub.certificate, ORGANISATION.sign).hex(),
        device_public_key=MACHINE.public.hex(),
        mode="live",
        identity=an_opening().identity,
        feed_id="feed-1",
        hub_time="2026-07-18T13:02:11.000000Z",
    )
    (request,) = hub.requests
    assert (request.code_name, request.identity) == (name_of(CODE), machine.identity)
    assert len(request.machine_name) == 200
    assert [received.target for received in server.received] == ["/v1/enrol"]
    assert "89AB" not in str(server.received), "what is secret of a code never travels"


def test_a_typed_code_makes_a_till_of_a_hub_that_nobody_vouches_for(
    server: TlsServer, files: Files
) -> None:
    enrolment = enrol(typed(server), WHOLE, CONNECTING)
    assert enrolment.fingerprint == files.fingerprint.hex(), "known from now on"


@pytest.mark.parametrize("expires_at", [0, EXPIRES])
def test_where_the_system_vouches_no_fingerprint_is_kept(
    server: TlsServer, files: Files, hub: Hub, expires_at: int
) -> None:
    hub.fingerprint = b""
    connecting = msgspec.structs.replace(CONNECTING, authorities=files.pem)
    invitation = Invitation(address=server.url, fingerprint=b"", code=CODE, expires_at=expires_at)
    assert enrol(invitation, WHOLE, connecting).fingerprint == ""


def test_a_scanned_code_that_counts_on_the_system_takes_nobody_else(
    server: TlsServer, hub: Hub
) -> None:
    invitation = msgspec.structs.replace(typed(server), expires_at=EXPIRES)
    assert failure(invitation).kind == "wrong_certificate"
    assert not server.received


def test_somebody_in_between_is_not_told_anything_by_a_scanned_code(
    server: TlsServer, tmp_path: Path
) -> None:
    other = make_certificate(tmp_path)
    assert failure(scanned(server, other)).kind == "wrong_certificate"
    assert not server.received


def test_somebody_in_between_cannot_pass_a_typed_code_on(
    server: TlsServer, hub: Hub, tmp_path: Path
) -> None:
    """The hub sees another certificate than the till does, so that neither proof fits."""
    hub.fingerprint = make_certificate(tmp_path).fingerprint
    failed = failure(typed(server))
    assert isinstance(failed, CodeRefused)
    assert failed.kind == "proof"


def test_somebody_who_does_not_know_the_code_proves_nothing(
    server: TlsServer, files: Files, hub: Hub
) -> None:
    hub.bend = lambda enrolled: msgspec.structs.replace(enrolled, proof="ab" * 32)
    failed = failure(typed(server))
    assert isinstance(failed, HubNotProved)
    assert failed.kind == "proof"


@pytest.mark.parametrize("problem", ["proof", "code_expired", "code_used", "stand_gone"])
def test_a_code_that_the_hub_does_not_take(
    server: TlsServer, files: Files, hub: Hub, problem: EnrolProblem
) -> None:
    hub.problem = problem
    failed = failure(scanned(server, files))
    assert isinstance(failed, CodeRefused)
    assert (failed.kind, failed.expires_at) == (problem, EXPIRES)


def test_a_mistyped_code_proves_nothing(server: TlsServer) -> None:
    assert failure(typed(server, "0123-4567-89AC")).kind == "proof"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"public_key": STRANGER.public.hex()}, "key"),
        ({"till_id": "another"}, "till"),
        ({"organisation_id": "another"}, "organisation"),
    ],
)
def test_a_certificate_for_somebody_else_is_none(
    server: TlsServer, files: Files, hub: Hub, change: dict[str, str], what: str
) -> None:
    hub.certificate = msgspec.structs.replace(hub.certificate, **change)
    failed = failure(scanned(server, files))
    assert isinstance(failed, WronglyCertified)
    assert (failed.what, failed.kind) == (what, "other_organisation")


def test_a_certificate_of_another_organisation_is_none(
    server: TlsServer, files: Files, hub: Hub
) -> None:
    hub.signer = STRANGER
    failed = failure(scanned(server, files))
    assert isinstance(failed, WronglyCertified)
    assert failed.what == "signature"


def test_a_certificate_that_was_changed_on_the_way_is_not_proved(
    server: TlsServer, files: Files, hub: Hub
) -> None:
    other = msgspec.structs.replace(hub.certificate, serial=9)
    swapped = sign_certificate(other, ORGANISATION.sign).hex()
    hub.bend = lambda enrolled: msgspec.structs.replace(enrolled, certificate=swapped)
    assert isinstance(failure(scanned(server, files)), HubNotProved)
    hub.bend = lambda enrolled: msgspec.structs.replace(enrolled, certificate="no hex")
    assert isinstance(failure(scanned(server, files)), WronglyCertified)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Say(body=b"<html>Wi-Fi", headers={"content-type": "text/html"}), "portal"),
        (Say(status=302, headers={"location": "https://wifi.example"}), "portal"),
        (Say(body=b"garbage"), "version"),
        (Say(body=b'{"ok":false}'), "version"),
        (Say(status=503), "hub_error"),
        (Say(status=429), "hub_error"),
        (Raw(b""), "cut"),
    ],
)
@pytest.mark.parametrize("was_scanned", [True, False])
def test_whatever_else_answers_is_told_as_what_it_is(
    server: TlsServer, files: Files, said: Say | Raw, kind: str, was_scanned: bool
) -> None:
    server.answers = lambda _received: said
    failed = failure(scanned(server, files) if was_scanned else typed(server))
    assert isinstance(failed, HubNotReached)
    assert failed.kind == kind


def test_nobody_is_there() -> None:
    invitation = Invitation(
        address="https://nobody.invalid", fingerprint=b"", code=CODE, expires_at=0
    )
    assert failure(invitation).kind == "no_network"


@pytest.mark.parametrize("address", ["https://hub/path", "http://hub.example", "https://"])
@pytest.mark.parametrize("fingerprint", [b"", b"f" * 32])
def test_an_address_that_is_none(address: str, fingerprint: bytes) -> None:
    invitation = Invitation(address=address, fingerprint=fingerprint, code=CODE, expires_at=0)
    failed = failure(invitation)
    assert isinstance(failed, WrongAddress)
    assert (failed.kind, failed.address) == ("address", address)
