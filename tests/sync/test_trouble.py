"""Why a hub was not reached, sorted; and what a cold start must not pay for."""

from __future__ import annotations

import errno
import socket
import ssl
import subprocess
import sys

import pytest

from sync.trouble import Reason, Silent, Strange, WrongCertificate, reason_of, trouble


def expired(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        (WrongCertificate("another"), "wrong_certificate"),
        (expired(9), "clock"),
        (expired(10), "clock"),
        (expired(18), "wrong_certificate"),
        (ssl.SSLEOFError(8, "EOF"), "cut"),
        (ssl.SSLZeroReturnError(6, "closed"), "cut"),
        (ssl.SSLError(1, "WRONG_VERSION_NUMBER"), "portal"),
        (socket.gaierror(-2, "unknown"), "no_network"),
        (ConnectionRefusedError(), "hub_error"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "cut"),
        (BrokenPipeError(errno.EPIPE, "broken"), "cut"),
        (OSError(errno.ENETUNREACH, "unreachable"), None),
        (TimeoutError("timed out"), None),
    ],
)
def test_the_cause_tells_what_a_person_can_do(cause: OSError, reason: Reason | None) -> None:
    wrapped = RuntimeError("the library's own")
    wrapped.__cause__ = cause
    assert reason_of(cause) == reason_of(wrapped) == reason


def test_an_older_trouble_has_nothing_to_do_with_a_new_one() -> None:
    older = Strange("wrong_certificate")
    older.__cause__ = WrongCertificate("another")
    error = RuntimeError("disconnected")
    error.__context__ = older
    assert reason_of(error) is None


def test_a_reason_is_of_a_hub_that_is_silent_or_of_somebody_else() -> None:
    assert isinstance(trouble("no_network"), Silent)
    assert isinstance(trouble("portal", "a page"), Strange)
    assert trouble("portal").reason == "portal"


def test_a_cold_start_does_not_pay_for_the_network() -> None:
    program = (
        "import sys, sync.engine, sync.enrol, sync.hub_client\n"
        "print([one for one in ('httpx2', 'httpcore2', 'zstandard') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
