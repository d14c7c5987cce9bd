"""Passwords of head office: the rules, and what may be stored of one.

A name that does not exist takes as long to refuse as a wrong password.
"""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pos.domain.text import clean_text

NAME_MAX = 60
PASSWORD_MIN = 10
PASSWORD_MAX = 200  # a book would be hashed for nobody's good
HASHES_AT_ONCE = max(1, min(4, (os.cpu_count() or 2) // 2))
"""Each takes 64 MiB and a processor for a fifth of a second: half of them stay for tills."""

WAITING_MAX = 8
"""How many wait for a turn: a flood of logins must not take the threads of all other pages."""

TURN_WAIT_S = 8.0

AccountProblem = Literal["name", "taken", "password_short", "password_long", "password_name"]


class BadAccount(ValueError):
    """An account cannot be made or changed so; `problem` says why."""

    def __init__(self, problem: AccountProblem) -> None:
        super().__init__(problem)
        self.problem: AccountProblem = problem


class TooManyAtOnce(RuntimeError):
    """More people log in at this moment than the machine should check at once."""


def account_name(typed: str) -> str:
    """Return a name as it is kept: one line, small letters.

    Raises:
        BadAccount: nothing is left of it, or too much.
    """
    name = clean_text(typed, length_max=NAME_MAX + 1).casefold()
    if not 0 < len(name) <= NAME_MAX:
        raise BadAccount("name")
    return name


def hash_password(password: str, *, name: str) -> str:
    """Return what may be stored of a new password.

    Length counts, signs of many kinds do not (NIST SP 800-63B).

    Raises:
        BadAccount: it is too short, too long, or no more than the name.
    """
    if len(password) < PASSWORD_MIN:
        raise BadAccount("password_short")
    if len(password) > PASSWORD_MAX:
        raise BadAccount("password_long")
    if name and password.casefold().replace(name, "").strip() == "":
        raise BadAccount("password_name")
    with turn(is_known=True):
        return _hasher().hash(_same(password))


def is_password(password: str, password_hash: str | None) -> bool:
    """Say whether this is the password; without a hash none is, and that takes as long.

    Whoever asks has a `turn`.
    """
    try:
        _hasher().verify(password_hash or _nobodys(), _same(password[:PASSWORD_MAX]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None and len(password) <= PASSWORD_MAX


def _same(password: str) -> str:
    """An é is typed in two ways, and is one letter (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


_places = {
    is_known: threading.BoundedSemaphore(HASHES_AT_ONCE + WAITING_MAX) for is_known in (True, False)
}
_turns = threading.BoundedSemaphore(HASHES_AT_ONCE)


@contextmanager
def turn(*, is_known: bool = False) -> Iterator[None]:
    """Wait for one's turn to have a password looked at; who is known waits behind fewer.

    Raises:
        TooManyAtOnce: too many wait already, or no turn came up within seconds.
    """
    places = _places[is_known]
    if not places.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        if not _turns.acquire(timeout=TURN_WAIT_S):
            raise TooManyAtOnce
        try:
            yield
        finally:
            _turns.release()
    finally:
        places.release()


@cache
def _nobodys() -> str:
    return _hasher().hash("the password of nobody")


@cache
def _hasher() -> PasswordHasher:
    # RFC 9106's second choice (64 MiB, three passes), but in one lane: four would let one login
    # take four processors at once from the tills.
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
