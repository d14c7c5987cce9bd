"""Who asks: a till's certificate, and the signature on each of its requests.  Pure, for both sides.

    Authorization: Echoppe till="…",time="2026-11-22T07:15:00.000000Z",nonce="…",signature="hex"

The signature is the machine's (Ed25519) over the context and five lines: method, target, SHA-256 of
the body as it travels, time, nonce.  `certificate="hex"` follows when a hub said that it does not
know the till: a hub that was restored from a backup made before the till joined learns of it so.

A certificate travels as the organisation's signature (64 bytes) and the JSON that it signs.

A claim to a journal is proved by the journal's own key, over the journal and the till that has it.

Codes and proofs of enrolment are in `sync.enrolment_code`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from pos.signing import verifier
from sync.enrolment_protocol import Hex32, Hex64OrNone, JournalClaim, Short

CERTIFICATE_CONTEXT = b"echoppe-certificate-1\0"
REQUEST_CONTEXT = b"echoppe-request-1\0"
CLAIM_CONTEXT = b"echoppe-claim-1\0"
SCHEME = "Echoppe"

CLOCK_OFF_MAX_S = 5 * 60
"""How far a request's time may be from the hub's; then the till signs again with the hub's."""

AUTHORIZATION_MAX = 4096
"""Characters of the header; a certificate takes about 1 200."""

NONCE_MIN, NONCE_MAX = 16, 64
CERTIFICATE_BYTES_MAX = 1500

_SIGNATURE_BYTES = 64
_FIELD = re.compile(r'([a-z]{1,16})="([^"\\]*)"', re.ASCII)
_FIELDS = frozenset({"till", "time", "nonce", "signature", "certificate"})
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9._~-]{1,64}", re.ASCII)

Sign = Callable[[bytes], bytes]
"""Returns the 64-byte Ed25519 signature of a message, such as `pos.signing.TillKey.sign`."""

Code = Annotated[str, msgspec.Meta(max_length=16)]
UtcText = Annotated[str, msgspec.Meta(max_length=32)]


class NotSigned(Exception):
    """This header is no signature, or one of which parts are missing."""


class NotCertified(Exception):
    """These bytes are no certificate that this organisation gave."""


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation says: this machine is a till of ours."""

    organisation_id: Short
    till_id: Short
    public_key: Hex32  # Ed25519, of the machine
    role: Literal["till"] = "till"
    not_before: UtcText
    not_after: UtcText
    serial: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
    stand: Code  # where it was when it joined; where it works now comes by feed
    till: Code  # its short code there


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is signed of a request."""

    method: str  # GET
    target: str  # /v1/feed?after=3, as it stands on the wire
    body_sha256: str  # hex, of the body as it travels, empty or not: `body_digest`
    time: str  # UTC, `pos.clock.utc_text`
    nonce: str  # 16 to 64 of A–Z a–z 0–9 . _ ~ -


class Authorization(msgspec.Struct, frozen=True, kw_only=True):
    """What a request's header says; nobody has checked the signature yet."""

    till_id: str
    time: str
    nonce: str
    signature: bytes
    certificate: bytes = b""


def body_digest(body: bytes) -> str:
    """Return SHA-256 of a body in hex."""
    return hashlib.sha256(body).hexdigest()


def authorization(request: Request, *, till_id: str, sign: Sign, certificate: bytes = b"") -> str:
    """Return the value of the header that proves who makes a request."""
    fields = {
        "till": till_id,
        "time": request.time,
        "nonce": request.nonce,
        "signature": sign(_message(request)).hex(),
    }
    if certificate:
        fields["certificate"] = certificate.hex()
    return f"{SCHEME} " + ",".join(f'{name}="{value}"' for name, value in fields.items())


def read_authorization(header: str) -> Authorization:
    """Take a header apart.

    Raises:
        NotSigned: it is something else, or not whole.
    """
    scheme, _, rest = header.partition(" ")
    if len(header) > AUTHORIZATION_MAX or scheme.lower() != SCHEME.lower():
        raise NotSigned("scheme")
    fields: dict[str, str] = {}
    for part in rest.split(","):
        found = _FIELD.fullmatch(part.strip())
        if found is None or found[1] in fields:
            raise NotSigned("field")
        fields[found[1]] = found[2]  # names that a later version adds are left aside
    if not _FIELDS - {"certificate"} <= fields.keys():
        raise NotSigned("missing")
    if not (_WORD.fullmatch(fields["till"]) and _TIME.fullmatch(fields["time"])):
        raise NotSigned("till or time")
    if not (_WORD.fullmatch(fields["nonce"]) and len(fields["nonce"]) >= NONCE_MIN):
        raise NotSigned("nonce")
    return Authorization(
        till_id=fields["till"],
        time=fields["time"],
        nonce=fields["nonce"],
        signature=_bytes(fields["signature"], _SIGNATURE_BYTES),
        certificate=_bytes(fields.get("certificate", ""), CERTIFICATE_BYTES_MAX),
    )


def is_signed(request: Request, signature: bytes, public_key: bytes) -> bool:
    """Say whether the key that belongs to `public_key` signed a request."""
    return verifier(public_key)(_message(request), signature)


def sign_certificate(certificate: Certificate, sign: Sign) -> bytes:
    """Return a certificate as it travels, signed by the organisation."""
    body = msgspec.json.encode(certificate)
    signed = sign(CERTIFICATE_CONTEXT + body) + body
    assert len(signed) <= CERTIFICATE_BYTES_MAX, len(signed)
    return signed


def read_certificate(signed: bytes, organisation_key: bytes) -> Certificate:
    """Return what an organisation says of a till.  Its dates are not compared with any clock here.

    Raises:
        NotCertified: another organisation signed it, nobody did, or it is no certificate.
    """
    signature, body = signed[:_SIGNATURE_BYTES], signed[_SIGNATURE_BYTES:]
    if len(signed) > CERTIFICATE_BYTES_MAX:
        raise NotCertified("length")
    if not verifier(organisation_key)(CERTIFICATE_CONTEXT + body, signature):
        raise NotCertified("signature")
    try:
        return _certificates.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCertified("content") from error


_certificates = msgspec.json.Decoder(Certificate)


def claim_proof(sign: Sign, *, journal_id: str, till_id: str) -> Hex64OrNone:
    """Return what proves that a till has a journal's key; `sign` is of that key."""
    return sign(_claim(journal_id, till_id)).hex()


def is_claim_proved(claim: JournalClaim, *, journal_id: str, till_id: str) -> bool:
    """Say whether a till that claims a journal has the key that it names."""
    verify = verifier(bytes.fromhex(claim.public_key))
    return verify(_claim(journal_id, till_id), bytes.fromhex(claim.proof))


def _claim(journal_id: str, till_id: str) -> bytes:
    return CLAIM_CONTEXT + f"{journal_id}\n{till_id}".encode()


def _message(request: Request) -> bytes:
    lines = (request.method, request.target, request.body_sha256, request.time, request.nonce)
    assert not any("\n" in line for line in lines[:2]), "five lines are five things"
    return REQUEST_CONTEXT + "\n".join(lines).encode()


def _bytes(text: str, length_max: int) -> bytes:
    """Read hex, of which `bytes.fromhex` would let spaces pass."""
    if len(text) > 2 * length_max or not re.fullmatch(r"([0-9a-f]{2})*", text, re.ASCII):
        raise NotSigned("hex")
    return bytes.fromhex(text)
