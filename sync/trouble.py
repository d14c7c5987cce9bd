"""Why a hub was not reached, in the kinds that a person can do something about."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Literal

from sync.protocol import NoAnswer, NotOurMessage

Reason = Literal[
    "no_network",  # nobody there: no network, no name, no way
    "portal",  # somebody else answers, such as the login page of a Wi-Fi
    "wrong_certificate",  # a TLS certificate other than the hub's
    "other_organisation",  # the hub is another organisation's
    "clock",  # a clock is off, so that a certificate or a signature seems over
    "revoked",  # head office has excluded this till
    "unknown",  # the hub does not know this till
    "cut",  # the connection ended in the middle
    "too_large",  # the hub or something on the way takes or sends no message of this size
    "hub_error",  # the hub is there and cannot at the moment
    "version",  # the two programs do not understand each other
]


class Silent(NoAnswer):
    """No answer of a hub came, for a reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason


class Strange(NotOurMessage):
    """What came is no answer of this till's hub."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Reason = reason


class WrongCertificate(ssl.SSLError):
    """The other side has another certificate than the hub that this till knows."""


_STRANGE: frozenset[Reason] = frozenset(
    {"portal", "wrong_certificate", "other_organisation", "version"}
)
_NOT_VALID_YET, _EXPIRED = 9, 10  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
_CUT = frozenset({errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})


def trouble(reason: Reason, detail: str = "") -> Silent | Strange:
    """Return the exception for a reason."""
    return Strange(reason, detail) if reason in _STRANGE else Silent(reason, detail)


def reason_of(error: BaseException) -> Reason | None:
    """Return why a connection was not made or ended; None where the cause does not tell."""
    for cause in _causes(error):
        match cause:
            case WrongCertificate():
                return "wrong_certificate"
            case ssl.SSLCertVerificationError():
                is_time = cause.verify_code in {_NOT_VALID_YET, _EXPIRED}
                return "clock" if is_time else "wrong_certificate"
            case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
                return "cut"
            case ssl.SSLError():
                return "portal"  # whoever this is speaks no TLS, or none for us
            case socket.gaierror():
                return "no_network"
            case ConnectionRefusedError():
                return "hub_error"  # the machine is there, the hub does not run
            case OSError(errno=number) if number in _CUT:
                return "cut"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it comes from, the outermost first.

    The libraries do not always say what an error comes from, only what was handled meanwhile; that
    may be an older trouble of ours, which has nothing to do with it.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, NoAnswer | NotOurMessage):
        yield cause
        cause = None if isinstance(cause, OSError) else cause.__cause__ or cause.__context__
