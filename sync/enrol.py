"""The till's side of an enrolment: prove the code, and check what the hub proves and certifies.

Who answers is settled before anything of the till is told: by the fingerprint of the QR code, or by
the system's authorities.  Where the address was typed and no authority vouches, whoever answers is
taken at first, and the two proofs tell: they are made over the certificate that each side sees.

A certificate's dates are not looked at: the till's clock may be wrong, and the hub decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from pos import __version__
from pos.domain.facts import Identity
from pos.enrolment import Enrolment
from sync.enrolment_code import hub_proof, is_proof, name_of, secret_of, till_proof
from sync.enrolment_protocol import (
    Enrolled,
    EnrolProblem,
    EnrolRequest,
    Invitation,
    NotEnrolled,
)
from sync.hub_client import BadAddress, HubAddress, HubClient, Limits
from sync.secure import HubContext, Lines
from sync.signing import NotCertified, read_certificate
from sync.trouble import Reason, Silent, Strange


class EnrolmentFailed(Exception):
    """This machine did not become a till of the hub's; `kind` says why, as a word."""

    kind: str = ""


class HubNotReached(EnrolmentFailed):
    """No hub answered at this address."""

    def __init__(self, reason: Reason | None) -> None:
        super().__init__(reason)
        self.kind = reason or "no_network"


class WrongAddress(EnrolmentFailed):
    """The invitation names no address that a till may speak to."""

    kind = "address"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class CodeRefused(EnrolmentFailed):
    """The hub does not take the code."""

    def __init__(self, problem: EnrolProblem, *, expires_at: int) -> None:
        super().__init__(problem)
        self.kind = problem
        self.expires_at = expires_at  # Unix seconds by the hub's clock; 0 if the code was typed


class HubNotProved(EnrolmentFailed):
    """Whoever answers does not know the code: it is not the hub that made it."""

    kind = "proof"


class WronglyCertified(EnrolmentFailed):
    """The certificate is another organisation's, or another machine's."""

    kind = "other_organisation"

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what  # for a log: signature, content, length, key, till, organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Who asks to become a till."""

    public_key: bytes  # Ed25519, made for this
    name: str = ""
    identity: Identity | None = None  # of a stand-alone till that joins


class Connecting(msgspec.Struct, frozen=True, kw_only=True):
    """How a hub is met for the first time; a test has a system of its own."""

    limits: Limits | None = None
    authorities: str = ""  # PEM; beside those of the system

    def context(self, fingerprint: bytes) -> HubContext:
        """Return what trusts this certificate, or the system's authorities."""
        if fingerprint:
            return HubContext.trusting(fingerprint, Lines())
        context = HubContext.trusting_the_system(Lines())
        if self.authorities:
            context.load_verify_locations(cadata=self.authorities)
        return context


def enrol(
    invitation: Invitation, machine: Machine, connecting: Connecting | None = None
) -> Enrolment:
    """Become a till of the hub that made a code; the same again gets the same answer.

    This takes as long as the network does: not for the thread of a window.

    Raises:
        EnrolmentFailed: one of the classes above.
    """
    connecting = connecting or Connecting()
    try:
        fingerprint = _meet(invitation, connecting)
        secret = secret_of(invitation.code)
        answer = _ask(invitation, machine, fingerprint, secret, connecting)
    except BadAddress as error:
        raise WrongAddress(invitation.address) from error
    except (Silent, Strange) as error:
        raise HubNotReached(error.reason) from error
    if isinstance(answer, NotEnrolled):
        raise CodeRefused(answer.problem, expires_at=invitation.expires_at)
    return _checked(answer, invitation, machine, fingerprint, secret)


def _meet(invitation: Invitation, connecting: Connecting) -> bytes:
    """Return the fingerprint of whoever is there; empty where the system vouches."""
    if invitation.fingerprint:
        return invitation.fingerprint
    if _is_vouched_for(invitation, connecting):
        return b""
    anybody = HubContext.trusting(None, Lines())
    _look(invitation.address, anybody, connecting)
    return anybody.seen


def _is_vouched_for(invitation: Invitation, connecting: Connecting) -> bool:
    """Return whether the system's authorities vouch; for a code that was scanned they must."""
    try:
        _look(invitation.address, connecting.context(b""), connecting)
    except Strange as error:
        was_typed = invitation.expires_at == 0
        if error.reason != "wrong_certificate" or not was_typed:
            raise
        return False
    return True


def _look(address: str, context: HubContext, connecting: Connecting) -> None:
    client = HubClient(HubAddress(url=address), limits=connecting.limits, context=context)
    try:
        client.health()
    finally:
        client.close()


def _ask(
    invitation: Invitation,
    machine: Machine,
    fingerprint: bytes,
    secret: bytes,
    connecting: Connecting,
) -> Enrolled | NotEnrolled:
    request = EnrolRequest(
        code_name=name_of(invitation.code),
        public_key=machine.public_key.hex(),
        proof=till_proof(secret, public_key=machine.public_key, fingerprint=fingerprint),
        software_version=__version__,
        machine_name=machine.name[:200],
        identity=machine.identity,
    )
    client = HubClient(
        HubAddress(url=invitation.address),
        limits=connecting.limits,
        context=connecting.context(fingerprint),
    )
    try:
        return client.enrol(request)
    finally:
        client.close()


def _checked(
    answer: Enrolled, invitation: Invitation, machine: Machine, fingerprint: bytes, secret: bytes
) -> Enrolment:
    try:
        signed = bytes.fromhex(answer.certificate)
    except ValueError as error:
        raise WronglyCertified("content") from error
    expected = hub_proof(
        secret, public_key=machine.public_key, fingerprint=fingerprint, certificate=signed
    )
    if not is_proof(answer.proof, expected):
        raise HubNotProved
    try:
        certificate = read_certificate(signed, bytes.fromhex(answer.organisation_key))
    except NotCertified as error:
        raise WronglyCertified(str(error)) from error
    if certificate.public_key != machine.public_key.hex():
        raise WronglyCertified("key")
    if certificate.till_id != answer.till_id:
        raise WronglyCertified("till")
    if certificate.organisation_id != answer.organisation_id:
        raise WronglyCertified("organisation")
    return Enrolment(
        address=invitation.address,
        fingerprint=fingerprint.hex(),
        organisation_id=answer.organisation_id,
        organisation_name=answer.organisation_name,
        organisation_key=answer.organisation_key,
        till_id=answer.till_id,
        serial=certificate.serial,
        certificate=answer.certificate,
        device_public_key=machine.public_key.hex(),
        mode=answer.mode,
        identity=answer.identity,
        feed_id=answer.feed_id,
        hub_time=answer.hub_time,
    )
