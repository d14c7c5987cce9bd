"""The wire, once in a till's life: how a hub and a till come to know each other.

The hub shows a QR code, or the same as words to be typed: an address and a code of twelve signs.
The code proves either side to the other and is never sent: both make an HMAC with what is derived
from it, over the till's public key and the certificate of the TLS connection as each side sees it.
Somebody in the middle has another certificate, so that neither proof fits, and the code is slow to
guess (scrypt) and dies after minutes or its first use.

    QR:   "EH1:" + base45( MessagePack [address, fingerprint, code, expiry] )
    code: twelve signs of Crockford's base32, XXXX-XXXX-XXXX; four name it, eight are secret
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from pos.domain.facts import Identity, Mode
from sync.feed_protocol import FeedId

QR_PREFIX = "EH1:"
CODE_LIFE_S = 30 * 60
REQUEST_BYTES_MAX = 16 * 1024

Hex32 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Hex64 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{128}\Z")]
Hex64OrNone = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{128})?\Z")]
Short = Annotated[str, msgspec.Meta(max_length=200)]


class Invitation(msgspec.Struct, frozen=True, array_like=True):
    """What the QR says."""

    address: Annotated[str, msgspec.Meta(max_length=200)]  # https://10.0.0.2:8443
    fingerprint: (
        bytes  # SHA-256 of the TLS certificate (DER); empty: the system's authorities vouch
    )
    code: Annotated[str, msgspec.Meta(max_length=20)]
    expires_at: int  # Unix seconds by the hub's clock; for a sentence only, the hub decides


class EnrolRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A till asks to belong to an organisation."""

    code_name: Annotated[str, msgspec.Meta(min_length=4, max_length=4)]
    public_key: Hex32  # Ed25519, of the machine, not of a journal
    proof: Hex32
    software_version: Short
    machine_name: Short = ""
    identity: Identity | None = None  # of a stand-alone till that joins


class Enrolled(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="enrolled"):
    """What a till is from now on."""

    proof: Hex32
    certificate: str  # hex of `sync.signing.Certificate` and its signature
    organisation_id: Short
    organisation_name: Short
    organisation_key: Hex32
    till_id: Short
    identity: Identity
    mode: Mode
    feed_id: FeedId
    hub_time: str  # UTC


EnrolProblem = Literal["proof", "code_expired", "code_used", "stand_gone"]


class NotEnrolled(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="problem"):
    """Why not.

    Who did not prove to know a code hears `proof`, whether there is such a code or not; only who
    did hears more, so that nobody learns by guessing which codes are alive.
    """

    problem: EnrolProblem


EnrolAnswer = Enrolled | NotEnrolled

RequestProblem = Literal["unsigned", "unknown", "revoked", "clock", "certificate"]


class Unauthorised(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="no"):
    """The answer 401 or 403 to a request that nobody with a certificate signed."""

    problem: RequestProblem
    hub_time: str  # UTC: a till whose clock is off signs again with this


class JournalClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A till says that a journal is its own, before it sends it: PUT /v1/journals/{id}.

    The proof is by the journal's key, over the journal and the till (`sync.signing.claim_proof`).
    Without one, of a journal whose key is lost, the claim yields to any that is proved.
    """

    public_key: Hex32  # the journal's own
    mode: Mode
    proof: Hex64OrNone = ""


class StatusReport(msgspec.Struct, frozen=True, kw_only=True):
    """What only a till knows of itself, for the page of head office: POST /v1/status."""

    waiting: Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]  # entries that are not sent yet
    amount_at_risk_minor: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53 - 1)]  # their sales
    software_version: Annotated[str, msgspec.Meta(max_length=64)]
