"""What people hand over: the quick cash keys, and amounts that are more likely a slip."""

from __future__ import annotations

from collections.abc import Sequence

from pos.money import Money

QUICK_MAX = 5


def quick_amounts(due: Money, notes_minor: Sequence[int]) -> list[Money]:
    """Return the exact amount, then what people hand over: the next sums of notes.

    Args:
        due: what remains, in cash.
        notes_minor: the notes in use, smallest first.
    """
    above = {-(-due.minor // note) * note for note in notes_minor}
    rounder = sorted(minor for minor in above if minor > due.minor)
    return [due, *(Money(minor, due.currency) for minor in rounder[: QUICK_MAX - 1])]


def is_doubtful(given: Money, due: Money, notes_minor: Sequence[int]) -> bool:
    """Say whether nobody hands over so much: the largest note or more would go back.

    2000 for 24.50 was meant as 20.00: the decimal sign is missing.
    """
    return bool(notes_minor) and given.minor - due.minor >= notes_minor[-1]
