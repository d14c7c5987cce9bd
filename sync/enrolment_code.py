"""The one-time code of an enrolment: made, typed, proved by either side, and shown as a QR code.

    XXXX-XXXX-XXXX      twelve signs of Crockford's base32: four name the code, eight are secret

The secret never travels.  Both sides derive a key from it (scrypt, about 50 ms) and make an HMAC
over the till's public key and the fingerprint of the TLS certificate that they see: somebody in
between has another certificate, so that neither proof fits.  The fingerprint is `b""` where the
system's authorities vouch for the hub.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec

from pos.domain.base45 import NotBase45, base45, from_base45
from sync.enrolment_protocol import QR_PREFIX, Invitation

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: without I, L, O and U (https://www.crockford.com/base32.html)."""

CODE_SIGNS = 12
NAME_SIGNS = 4
PACKED_MAX = 600
_FINGERPRINT_BYTES = 32

_READ_AS = str.maketrans(
    {"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -\u00a0\u2010\u2011\u2013")
)


class NotACode(ValueError):
    """These are not twelve signs of a code."""


class NotAnInvitation(ValueError):
    """This text is no QR code of an enrolment; `args[0]` says why, for a log."""


def code_of(random: bytes) -> str:
    """Return the code that twelve random bytes make: XXXX-XXXX-XXXX."""
    assert len(random) == CODE_SIGNS, len(random)
    signs = "".join(ALPHABET[byte % 32] for byte in random)  # 256 is a multiple of 32: no bias
    return "-".join(signs[start : start + 4] for start in range(0, CODE_SIGNS, 4))


def read_code(typed: str) -> str:
    """Return a code as `code_of` writes it, from what somebody typed: o is 0, i and l are 1.

    Raises:
        NotACode: a sign is missing, too many, or none of the alphabet.
    """
    signs = typed.strip().upper().translate(_READ_AS)
    if len(signs) != CODE_SIGNS or not all(sign in ALPHABET for sign in signs):
        raise NotACode
    return "-".join(signs[start : start + 4] for start in range(0, CODE_SIGNS, 4))


def name_of(code: str) -> str:
    """Return the four signs by which a hub finds a code; they may be told to anybody."""
    return code[:NAME_SIGNS]


def secret_of(code: str) -> bytes:
    """Return the key that is derived from a code's secret signs; this takes 16 MiB and 50 ms."""
    signs = code.replace("-", "")
    salt = b"echoppe-enrolment-1\0" + signs[:NAME_SIGNS].encode()
    return hashlib.scrypt(signs[NAME_SIGNS:].encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def till_proof(secret: bytes, *, public_key: bytes, fingerprint: bytes) -> str:
    """Return in hex what a till sends: it knows the code, and this is the connection it sees."""
    return _mac(secret, b"till\0" + public_key + _length(fingerprint) + fingerprint)


def hub_proof(secret: bytes, *, public_key: bytes, fingerprint: bytes, certificate: bytes) -> str:
    """Return in hex what a hub answers with: it knows the code, and this is what it certified."""
    return _mac(secret, b"hub\0" + public_key + _length(fingerprint) + fingerprint + certificate)


def is_proof(proof: str, expected: str) -> bool:
    """Compare two proofs in constant time."""
    return hmac.compare_digest(proof.encode(), expected.encode())


def invitation_text(invitation: Invitation) -> str:
    """Return the text of the QR code."""
    return QR_PREFIX + base45(msgspec.msgpack.encode(invitation))


def read_invitation(text: str) -> Invitation:
    """Read a scanned QR code.

    Raises:
        NotAnInvitation: it is something else, cut short or damaged.
    """
    if not text.startswith(QR_PREFIX):
        raise NotAnInvitation("prefix")
    if len(text) > PACKED_MAX:
        raise NotAnInvitation("length")
    try:
        invitation = _invitations.decode(from_base45(text[len(QR_PREFIX) :]))
        code = read_code(invitation.code)
    except (NotBase45, msgspec.DecodeError, UnicodeDecodeError, NotACode) as error:
        raise NotAnInvitation(type(error).__name__) from error
    if len(invitation.fingerprint) not in (0, _FINGERPRINT_BYTES):
        raise NotAnInvitation("fingerprint")
    if not invitation.address.startswith(("https://", "http://")):
        raise NotAnInvitation("address")
    return msgspec.structs.replace(invitation, code=code)


_invitations = msgspec.msgpack.Decoder(Invitation)


def _mac(secret: bytes, message: bytes) -> str:
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def _length(fingerprint: bytes) -> bytes:
    """What follows cannot be taken for a part of it."""
    return bytes([len(fingerprint)])
