"""A printed code by which a till learns what a scanner's characters turn into on this machine.

For computers that do not tell where on the keyboard a key lies, so that `layouts.py` has nothing
to go by.

Anybody can print a code of this form, so what it claims is believed only as far as keyboards go:
a mapping that would turn one digit into another would turn one article into another, silently.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.scanning.layouts import LAYOUTS

# Every character of base45 (our own codes) and what else stands in a SKU. Without brackets,
# quotes, accents, @ and #: they are dead keys or need AltGr somewhere, and would not arrive.
CALIBRATED = string.digits + string.ascii_letters + " $%*+-./:" + "_!?()=,;&<>"

CALIBRATION_TEXT = CALIBRATED + CALIBRATED[::-1]
"""What the printed code holds: forwards, then backwards.

However the characters are garbled, it still reads the same from both ends and no character comes
twice in a half, so it is known for what it is wherever it is scanned.
"""

_DIGITS = frozenset(string.digits)
_ROW = "1234567890"
_PLACES = range(2, 12)  # of that row, as evdev numbers
_CODES_OF_ROW = [11, *range(2, 11)]  # of 0 to 9
_CODES_OF_PAD = [82, 79, 80, 81, 75, 76, 77, 71, 72, 73]
_ROWS_OF_DIGITS = [
    [meaning.get((place, shifted), "") for place in _PLACES]
    for meaning in LAYOUTS.values()
    for shifted in (False, True)
]
_SIGNS_ABOVE_DIGITS = {sign for row in _ROWS_OF_DIGITS for sign in row if sign} - _DIGITS


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a scanner meant, by what arrived."""

    meant_by: Mapping[str, str]

    def undo(self, arrived: str) -> str:
        """Return the text as the scanner meant it; what was never calibrated stays."""
        return "".join(self.meant_by.get(character, character) for character in arrived)

    def to_dict(self) -> dict[str, str]:
        """Return what is to be kept in the till's own settings."""
        return dict(self.meant_by)

    @classmethod
    def from_dict(cls, kept: Mapping[str, str]) -> Calibration:
        """Return what `to_dict` gave; a mapping that no keyboard makes teaches nothing."""
        return cls(dict(kept) if is_plausible(kept) else {})


@dataclass(frozen=True, slots=True)
class RefusedCalibration:
    """A code that has the form of a calibration, and claims what no keyboard does."""


def judge_calibration(
    arrived: str, codes: Sequence[int]
) -> Calibration | RefusedCalibration | None:
    """Return what a scan teaches; None if it is any other code.

    Args:
        arrived: the characters that this machine made of the scan.
        codes: where on the keyboard each key lies (evdev), 0 where that is unknown.
    """
    half = arrived[: len(CALIBRATED)]
    if arrived != half + half[::-1] or not len(set(half)) == len(half) == len(CALIBRATED):
        return None
    learnt = dict(zip(half, CALIBRATED, strict=True))
    if not is_plausible(learnt) or not _lie_in_order(codes):
        return RefusedCalibration()
    return Calibration(learnt)


def is_plausible(meant_by: Mapping[str, str]) -> bool:
    """Say whether a keyboard could make these characters of those that were meant."""
    pairs = list(meant_by.items())
    return (
        all(len(a) == len(m) == 1 and a.isprintable() and m in CALIBRATED for a, m in pairs)
        and len(set(meant_by.values())) == len(pairs)
        and meant_by.get(" ", " ") == " "
        and not any(_changes_kind(a, m) for a, m in pairs)
        and _keeps_case(meant_by)
        and _keeps_the_row_of_digits(meant_by)
    )


def _changes_kind(arrived: str, meant: str) -> bool:
    """Say whether a digit became another, or one of digit and letter became the other.

    No layout does: where the row of digits is another, it has signs, and accented letters that
    no code is written with.
    """
    if arrived in _DIGITS:
        return arrived != meant and (meant in _DIGITS or meant.isalpha())
    return meant in _DIGITS and arrived in string.ascii_letters


def _keeps_case(meant_by: Mapping[str, str]) -> bool:
    """Say whether a letter and its capital lie on one key, with Caps Lock or without."""
    for arrived, meant in meant_by.items():
        other = meant_by.get(arrived.swapcase(), "")
        letters = arrived.isalpha() and meant.isalpha() and other.isalpha()
        if letters and other != meant.swapcase():
            return False
    return True


def _keeps_the_row_of_digits(meant_by: Mapping[str, str]) -> bool:
    """Say whether the signs that mean digits are a whole known row in its order, or of none.

    A part of a known row would leave room to exchange the rest of it.
    """
    arrived_by = {meant: arrived for arrived, meant in meant_by.items()}
    digits = [arrived_by.get(digit, "").lower() for digit in _ROW]  # É with Caps Lock
    signs = set(digits) - _DIGITS  # a digit is itself, wherever it lies
    return digits in _ROWS_OF_DIGITS or signs.isdisjoint(_SIGNS_ABOVE_DIGITS)


def _lie_in_order(codes: Sequence[int]) -> bool:
    """Say whether the digits came from where digits lie, as far as the machine tells."""
    first = list(codes[: len(string.digits)])
    if not first or not all(first):
        return True
    return first in (_CODES_OF_ROW, _CODES_OF_PAD)
