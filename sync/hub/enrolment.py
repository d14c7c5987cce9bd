"""How a machine becomes a till of the organisation, and how it ceases to be one."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from pos.clock import Now, from_utc_text, utc_text
from pos.domain.facts import Identity
from pos.domain.feed import StandListed, TillListed
from pos.ids import uuid7
from pos.seller_file import TILL_CODE_MAX
from pos.signing import TillKey
from sync.enrolment_code import (
    CODE_SIGNS,
    code_of,
    hub_proof,
    invitation_text,
    is_proof,
    name_of,
    secret_of,
    till_proof,
)
from sync.enrolment_protocol import (
    CODE_LIFE_S,
    Enrolled,
    EnrolProblem,
    EnrolRequest,
    Invitation,
    NotEnrolled,
)
from sync.hub.store import feed_store, tills
from sync.hub.store.database import HubDatabase
from sync.hub.store.organisation import Organisation, alone_with_organisation, organisation_of
from sync.hub.store.tills import Invited, NewTill, Stand, Till
from sync.signing import Certificate, NotCertified, read_certificate, sign_certificate

if TYPE_CHECKING:
    from sync.hub.store.database import Connection

WRONG_PROOFS_MAX = 5
CERTIFICATE_LIFE = timedelta(days=3650)
EXPIRED_KEPT = timedelta(days=7)
"""How long a code that is over is known, so that whoever types it is told so."""

GUESS_S = 0.5
"""After what time whoever did not prove to know a code should be told so: how long it took to look
would say whether there is such a code."""
_TILL_CODE = re.compile(rf"[A-Z0-9]{{1,{TILL_CODE_MAX}}}", re.ASCII)


class NoSuchStand(Exception):
    """There is no such stand, or it does not sell any more."""


class NotFounded(Exception):
    """Nobody has said yet whose hub this is."""


class NewInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """A code as whoever sets up a till gets to see it, once."""

    code: str  # XXXX-XXXX-XXXX
    text: str  # of the QR code
    address: str
    stand: Stand
    expires_at: str  # UTC


class Gate(msgspec.Struct, frozen=True, kw_only=True):
    """What enrolling takes: who says so, when, and what tills see of the hub."""

    database: HubDatabase
    key: TillKey  # the organisation's
    now: Now
    address: str = ""
    fingerprint: bytes = b""  # SHA-256 of the TLS certificate; empty: tills' systems trust it
    trusted: bool = False  # a system may trust the certificate, or look at its fingerprint


def invite(gate: Gate, stand: str) -> NewInvitation:
    """Make a code by which one machine may join as a till of a stand.

    Raises:
        NoSuchStand: the stand is not known, or not active.
        StorageUnavailable: try again.
    """
    expires = gate.now() + timedelta(seconds=CODE_LIFE_S)
    while True:
        code = code_of(secrets.token_bytes(CODE_SIGNS))
        secret = secret_of(code)
        with gate.database.write() as connection:
            place = tills.stand_of(connection, stand)
            if place is None or not place.is_active:
                raise NoSuchStand(stand)
            new = Invited(
                code_name=name_of(code), secret=secret, stand=stand, expires_at=utc_text(expires)
            )
            if tills.add_invitation(connection, new, forget_before=gate.now() - EXPIRED_KEPT):
                break
    invitation = Invitation(
        address=gate.address,
        fingerprint=b"" if gate.trusted else gate.fingerprint,
        code=code,
        expires_at=int(expires.timestamp()),
    )
    return NewInvitation(
        code=code,
        text=invitation_text(invitation),
        address=gate.address,
        stand=place,
        expires_at=new.expires_at,
    )


def enrol(gate: Gate, request: EnrolRequest) -> Enrolled | NotEnrolled:
    """Take a machine in that knows a code; the same request again gets the same answer.

    Raises:
        NotFounded: nobody has said whose hub this is.
        StorageUnavailable: try again.
    """
    if not _may_be_invited(gate, request):
        return NotEnrolled(problem="proof")
    with gate.database.write() as connection:
        organisation = alone_with_organisation(connection)
        if organisation is None:
            raise NotFounded
        invited = tills.invitation_of(connection, request.code_name)
        if invited is None:  # it was forgotten a moment ago
            return NotEnrolled(problem="proof")
        seen = _seen_fingerprint(gate, invited, request)
        problem = _problem(gate, connection, invited, request, proved=seen is not None)
        if seen is None or problem is not None:
            return NotEnrolled(problem=problem or "proof")
        public_key = bytes.fromhex(request.public_key)
        till = tills.till_with_key(connection, public_key)
        if till is None:
            till = _take_in(gate, connection, organisation, invited, request)
        tills.use_invitation(connection, invited.code_name, till.till_id)
        place = tills.stand_of(connection, till.stand)
        feed_id = feed_store.read_head(connection).feed_id
    assert place is not None, "a till's stand is never deleted"
    return Enrolled(
        proof=hub_proof(
            invited.secret,
            public_key=public_key,
            fingerprint=seen,
            certificate=till.certificate,
        ),
        certificate=till.certificate.hex(),
        organisation_id=organisation.organisation_id,
        organisation_name=organisation.name,
        organisation_key=gate.key.public.hex(),
        till_id=till.till_id,
        identity=_identity(organisation, place, till.till),
        mode=organisation.mode,
        feed_id=feed_id,
        hub_time=utc_text(gate.now()),
    )


def _may_be_invited(gate: Gate, request: EnrolRequest) -> bool:
    """Say whether there is a code of this name; if not, nobody's writing waits for a stranger."""
    with gate.database.read() as connection:
        if organisation_of(connection) is None:
            raise NotFounded
        return tills.invitation_of(connection, request.code_name) is not None


def _seen_fingerprint(gate: Gate, invited: Invited, request: EnrolRequest) -> bytes | None:
    """Return which certificate the till has proved to see; None if it did not prove anything."""
    public_key = bytes.fromhex(request.public_key)
    found = None
    for fingerprint in {gate.fingerprint, b""} if gate.trusted else {gate.fingerprint}:
        expected = till_proof(invited.secret, public_key=public_key, fingerprint=fingerprint)
        if is_proof(request.proof, expected):
            found = fingerprint
    return found


def _problem(
    gate: Gate,
    connection: Connection,
    invited: Invited,
    request: EnrolRequest,
    *,
    proved: bool,
) -> EnrolProblem | None:
    """Return why a machine may not join by a code."""
    if not proved:
        tills.count_wrong_proof(connection, invited.code_name)
        return "proof"
    if invited.wrong_proofs >= WRONG_PROOFS_MAX:
        return "code_expired"
    known = tills.till_with_key(connection, bytes.fromhex(request.public_key))
    if known is not None and known.is_revoked:
        return "code_used"  # a key that was revoked once stays so; a machine that joins makes one
    if invited.used_by is not None:
        is_again = known is not None and known.till_id == invited.used_by
        return None if is_again else "code_used"
    if from_utc_text(invited.expires_at) < gate.now():
        return "code_expired"
    place = tills.stand_of(connection, invited.stand)
    return None if place is not None and place.is_active else "stand_gone"


def _take_in(
    gate: Gate,
    connection: Connection,
    organisation: Organisation,
    invited: Invited,
    request: EnrolRequest,
) -> Till:
    now = gate.now()
    code = _free_code(tills.codes_at(connection, invited.stand), request.identity, invited.stand)
    certificate = Certificate(
        organisation_id=organisation.organisation_id,
        till_id=uuid7(),
        public_key=request.public_key,
        not_before=utc_text(now),
        not_after=utc_text(now + CERTIFICATE_LIFE),
        serial=tills.next_serial(connection),
        stand=invited.stand,
        till=code,
    )
    signed = sign_certificate(certificate, gate.key.sign)
    return _add(connection, certificate, signed, request=request, at=utc_text(now))


def _add(
    connection: Connection,
    certificate: Certificate,
    signed: bytes,
    *,
    request: EnrolRequest | None,
    at: str,
) -> Till:
    new = NewTill(
        till_id=certificate.till_id,
        stand=certificate.stand,
        till=certificate.till,
        public_key=bytes.fromhex(certificate.public_key),
        certificate=signed,
        serial=certificate.serial,
        machine_name=request.machine_name if request else "",
        software_version=request.software_version if request else "",
        enrolled_at=at,
    )
    tills.add_till(connection, new)
    feed_store.put(connection, [TillListed(till_id=new.till_id, till=new.till, stand=new.stand)])
    return new


def readmit(gate: Gate, signed: bytes) -> Till | None:
    """Take a till in again that a restored database has forgotten, by its certificate.

    What it proves is that the organisation took this machine in; that its request is signed by
    the same machine is checked by the caller, first.

    Raises:
        NotCertified: the certificate is another organisation's, or over.
        StorageUnavailable: try again.
    """
    now = utc_text(gate.now())
    with gate.database.write() as connection:
        organisation = alone_with_organisation(connection)
        certificate = certified(gate, signed)
        if organisation is None or organisation.organisation_id != certificate.organisation_id:
            raise NotCertified("organisation")
        if (known := tills.till_of(connection, certificate.till_id)) is not None:
            return known
        if tills.till_with_key(connection, bytes.fromhex(certificate.public_key)) is not None:
            return None  # it has joined again since, and asks by its old name
        if tills.stand_of(connection, certificate.stand) is None:
            stand = StandListed(stand=certificate.stand, name=certificate.stand)
            tills.add_stand(connection, stand.stand, stand.name)
            feed_store.put(connection, [stand])
        codes = tills.codes_at(connection, certificate.stand)
        placed = msgspec.structs.replace(
            certificate,
            till=certificate.till if certificate.till not in codes else _next_code(codes),
            serial=max(certificate.serial, tills.next_serial(connection)),
        )
        return _add(connection, placed, signed, request=None, at=now)


def certified(gate: Gate, signed: bytes) -> Certificate:
    """Return what a certificate says.

    Raises:
        NotCertified: the organisation did not sign it, or it is over.
    """
    certificate = read_certificate(signed, gate.key.public)
    if certificate.not_after < utc_text(gate.now()):
        raise NotCertified("over")
    return certificate


def revoke(gate: Gate, till_id: str) -> bool:
    """Let a machine ask for nothing any more; False: it is unknown or was revoked before.

    Raises:
        StorageUnavailable: try again.
    """
    with gate.database.write() as connection:
        if not tills.revoke(connection, till_id, utc_text(gate.now())):
            return False
        till = tills.till_of(connection, till_id)
        assert till is not None, "it was revoked a moment ago"
        feed_store.put(
            connection,
            [TillListed(till_id=till_id, till=till.till, stand=till.stand, is_active=False)],
        )
    return True


def _free_code(taken: set[str], own: Identity | None, stand: str) -> str:
    """Return the code of a new till: a stand-alone till keeps its own where that is free."""
    if own is not None and own.stand == stand:
        is_code = _TILL_CODE.fullmatch(own.till) and own.till.strip("0")
        if is_code and own.till not in taken:
            return own.till
    return _next_code(taken)


def _next_code(taken: set[str]) -> str:
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def _identity(organisation: Organisation, stand: Stand, till: str) -> Identity:
    return Identity(
        seller=organisation.seller,
        stand=stand.stand,
        stand_name=stand.name,
        till=till,
        time_zone=organisation.time_zone,
        day_starts_at=organisation.day_starts_at,
    )
