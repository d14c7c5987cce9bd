from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pos.signing import TillKey
from sync.enrolment_protocol import JournalClaim
from sync.signing import (
    AUTHORIZATION_MAX,
    CERTIFICATE_CONTEXT,
    Certificate,
    NotCertified,
    NotSigned,
    Request,
    authorization,
    body_digest,
    claim_proof,
    is_claim_proved,
    is_signed,
    read_authorization,
    read_certificate,
    sign_certificate,
)

ORGANISATION = TillKey(Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x01"))
MACHINE = TillKey(Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\x02"))
TILL_ID = "01931f2a-7c4e-7b1a-9a53-0242ac120002"
REQUEST = Request(
    method="POST",
    target="/v1/journals/x/entries",
    body_sha256=body_digest(b"body"),
    time="2026-11-22T07:15:00.000000Z",
    nonce="0123456789abcdef",
)


def _certificate(**changes: object) -> Certificate:
    certificate = Certificate(
        organisation_id="organisation",
        till_id=TILL_ID,
        public_key=MACHINE.public.hex(),
        not_before="2026-11-22T07:15:00.000000Z",
        not_after="2036-11-22T07:15:00.000000Z",
        serial=1,
        stand="GS",
        till="1",
    )
    return msgspec.structs.replace(certificate, **changes)


def _header(certificate: bytes = b"") -> str:
    return authorization(REQUEST, till_id=TILL_ID, sign=MACHINE.sign, certificate=certificate)


def test_a_signed_request_is_read_back_and_fits() -> None:
    read = read_authorization(_header(b"\x01\x02"))
    assert (read.till_id, read.time, read.nonce) == (TILL_ID, REQUEST.time, REQUEST.nonce)
    assert read.certificate == b"\x01\x02"
    assert is_signed(REQUEST, read.signature, MACHINE.public)


@pytest.mark.parametrize("field", ["method", "target", "body_sha256", "time", "nonce"])
def test_a_signature_covers_every_part_of_a_request(field: str) -> None:
    signature = read_authorization(_header()).signature
    other = replace(REQUEST, **{field: "another"})
    assert not is_signed(other, signature, MACHINE.public)


def test_another_machine_signs_in_vain() -> None:
    signature = read_authorization(_header()).signature
    assert not is_signed(REQUEST, signature, ORGANISATION.public)
    assert not is_signed(REQUEST, signature, b"no key")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Echoppe",
        "Bearer abc",
        "Echoppe till",
        _header().replace('nonce="0123456789abcdef"', 'nonce="short"'),
        _header().replace('nonce="0123456789abcdef",', ""),
        _header().replace(TILL_ID, "../../etc"),
        _header().replace("2026-11-22T07:15", "yesterday"),
        _header().replace('signature="', 'signature="z'),
        _header() + ',till="twice"',
        _header() + ',certificate="' + "0" * AUTHORIZATION_MAX + '"',
    ],
)
def test_a_header_of_anything_else_is_no_signature(header: str) -> None:
    with pytest.raises(NotSigned):
        read_authorization(header)


@given(st.text())
def test_no_header_does_worse_than_not_being_one(text: str) -> None:
    with pytest.raises(NotSigned):
        read_authorization("Echoppe " + text)


def test_a_field_of_a_later_version_is_left_aside() -> None:
    assert read_authorization(_header() + ',version="2"').till_id == TILL_ID


def test_a_certificate_is_read_back_by_who_knows_the_organisation() -> None:
    signed = sign_certificate(_certificate(), ORGANISATION.sign)
    assert read_certificate(signed, ORGANISATION.public) == _certificate()


def test_a_certificate_of_another_organisation_is_none() -> None:
    signed = sign_certificate(_certificate(), MACHINE.sign)
    with pytest.raises(NotCertified, match="signature"):
        read_certificate(signed, ORGANISATION.public)


def test_a_changed_certificate_is_none() -> None:
    signed = sign_certificate(_certificate(), ORGANISATION.sign)
    with pytest.raises(NotCertified, match="signature"):
        read_certificate(signed.replace(b'"till":"1"', b'"till":"2"'), ORGANISATION.public)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"serial":0}'])
def test_a_signed_body_that_says_something_else_is_no_certificate(body: bytes) -> None:
    with pytest.raises(NotCertified, match="content"):
        read_certificate(ORGANISATION.sign(CERTIFICATE_CONTEXT + body) + body, ORGANISATION.public)


def test_a_certificate_has_a_largest_size() -> None:
    with pytest.raises(NotCertified, match="length"):
        read_certificate(bytes(2000), ORGANISATION.public)


def test_the_longest_names_fit_into_a_header() -> None:
    signed = sign_certificate(
        _certificate(organisation_id="x" * 200, stand="ABCDEF", till="9999"), ORGANISATION.sign
    )
    assert len(_header(signed)) <= AUTHORIZATION_MAX


def test_a_claim_is_proved_by_the_journals_key_for_one_journal_and_one_till() -> None:
    proof = claim_proof(MACHINE.sign, journal_id="journal-1", till_id="till-1")
    claim = JournalClaim(public_key=MACHINE.public.hex(), mode="live", proof=proof)
    assert is_claim_proved(claim, journal_id="journal-1", till_id="till-1")
    assert not is_claim_proved(claim, journal_id="journal-2", till_id="till-1")
    assert not is_claim_proved(claim, journal_id="journal-1", till_id="till-2")


@pytest.mark.parametrize("proof", ["", "00" * 64])
def test_a_claim_without_a_proof_is_not_proved(proof: str) -> None:
    claim = JournalClaim(public_key=MACHINE.public.hex(), mode="live", proof=proof)
    assert not is_claim_proved(claim, journal_id="journal-1", till_id="till-1")


def test_a_signature_of_an_entry_or_a_request_proves_no_claim() -> None:
    """Each signature is over a context of its own."""
    bare = MACHINE.sign(b"journal-1\ntill-1").hex()
    claim = JournalClaim(public_key=MACHINE.public.hex(), mode="live", proof=bare)
    assert not is_claim_proved(claim, journal_id="journal-1", till_id="till-1")
