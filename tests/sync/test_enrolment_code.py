from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.base45 import base45
from sync.enrolment_code import (
    NotACode,
    NotAnInvitation,
    code_of,
    hub_proof,
    invitation_text,
    is_proof,
    name_of,
    read_code,
    read_invitation,
    secret_of,
    till_proof,
)
from sync.enrolment_protocol import QR_PREFIX, Invitation

CODE = "0A1B-2C3D-4E5F"
INVITATION = Invitation(
    address="https://10.0.0.2:8443", fingerprint=bytes(32), code=CODE, expires_at=1_800_000_000
)


@given(st.binary(min_size=12, max_size=12))
def test_a_code_that_was_made_is_read_as_it_is(random: bytes) -> None:
    assert read_code(code_of(random)) == code_of(random)


@pytest.mark.parametrize(
    "typed",
    ["0A1B-2C3D-4E5F", "oaib2c3d4e5f", " 0a1b 2c3d 4e5f ", "OALB–2C3D–4E5F", "0A-1B-2C-3D-4E-5F"],
)
def test_a_code_may_be_typed_sloppily(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "0A1B-2C3D", "0A1B-2C3D-4E5FF", "0A1B-2C3D-4E5U", "é" * 12])
def test_what_is_no_code_is_none(typed: str) -> None:
    with pytest.raises(NotACode):
        read_code(typed)


def test_only_the_name_of_a_code_may_be_told() -> None:
    assert name_of(CODE) == "0A1B"


def test_a_proof_fits_one_key_one_connection_one_code_and_one_side() -> None:
    secret = secret_of(CODE)
    proof = till_proof(secret, public_key=bytes(32), fingerprint=bytes(32))
    others = [
        till_proof(secret_of("0A1B-2C3D-4E5G"), public_key=bytes(32), fingerprint=bytes(32)),
        till_proof(secret_of("1A1B-2C3D-4E5F"), public_key=bytes(32), fingerprint=bytes(32)),
        till_proof(secret, public_key=b"\1" * 32, fingerprint=bytes(32)),
        till_proof(secret, public_key=bytes(32), fingerprint=b"\1" * 32),
        till_proof(secret, public_key=bytes(32), fingerprint=b""),
        hub_proof(secret, public_key=bytes(32), fingerprint=bytes(32), certificate=b""),
    ]
    assert is_proof(proof, till_proof(secret, public_key=bytes(32), fingerprint=bytes(32)))
    assert not any(is_proof(proof, other) for other in others)


def test_a_hub_proves_what_it_certified() -> None:
    proofs = {
        hub_proof(b"secret", public_key=bytes(32), fingerprint=seen, certificate=certificate)
        for seen, certificate in [(b"", b""), (b"", bytes(32)), (bytes(32), b""), (b"", b"c")]
    }
    assert len(proofs) == 4, "no fingerprint may pass for a part of a certificate"


def test_an_invitation_is_read_back_from_its_code() -> None:
    assert read_invitation(invitation_text(INVITATION)) == INVITATION


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("prefix", "R1:ABC"),
        ("prefix", "https://example.org"),
        ("NotBase45", invitation_text(INVITATION)[:-1] + "a"),
        ("DecodeError", QR_PREFIX + base45(b"\x94")),
        ("ValidationError", QR_PREFIX + base45(msgspec.msgpack.encode(["a", "b"]))),
        ("length", QR_PREFIX + "0" * 1000),
        ("NotACode", invitation_text(msgspec.structs.replace(INVITATION, code="0A1B"))),
        ("fingerprint", invitation_text(msgspec.structs.replace(INVITATION, fingerprint=b"x"))),
        ("address", invitation_text(msgspec.structs.replace(INVITATION, address="ftp://x"))),
    ],
)
def test_a_wrong_code_is_no_invitation(reason: str, text: str) -> None:
    with pytest.raises(NotAnInvitation, match=reason):
        read_invitation(text)
