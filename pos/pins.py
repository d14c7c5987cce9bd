"""PINs of people: kept as argon2id hashes, never as digits.

The parameters are those of RFC 9106 for memory-constrained machines (64 MiB, three passes), about
a tenth of a second on a till.  Six digits hashed so still fall to somebody who has the disk and
some days: a PIN keeps a hand from the drawer, not a thief from the data.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

PIN_DIGITS_MIN = 6
PIN_DIGITS_MAX = 12


def is_guessed_first(pin: str) -> bool:
    """Say whether digits are among those that anybody tries first: 000000, 123456, 121212."""
    repeats = any(pin == (pin[:n] * len(pin))[: len(pin)] for n in (1, 2, 3))
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return repeats or steps in ({1}, {9})  # upwards or downwards; 0 follows 9


def hash_pin(pin: str) -> str:
    """Return what may be stored of a PIN."""
    return _hasher().hash(pin)


def is_pin(pin: str, pin_hash: str) -> bool:
    """Say whether a PIN is the one of which this hash was stored; without a hash none is."""
    try:
        return _hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
