"""What a scan may mean, the most plausible reading first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ui.scanning.burst import Key
from ui.scanning.calibration import Calibration
from ui.scanning.layouts import LAYOUTS, read_as

HUB_PREFIX = "EH1:"
PREFIXES = ("FP1:", "R1:", HUB_PREFIX)
"""How our own codes begin: pickup, receipt, enrolment. The rest of them is base45."""

_BASE45 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_OF_A_CODE = _BASE45 | frozenset("abcdefghijklmnopqrstuvwxyz_#")

GTIN_LENGTHS = (8, 12, 13, 14)
"""EAN-8, UPC-A, EAN-13, and the case code of 14 digits."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was scanned.

    Args:
        text: the most plausible reading.
        alternatives: what else it may be if that is unknown: another keyboard layout, Caps Lock.
        source: how `text` was read, as in `Reading`; for the scanner test.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    source: str = field(default="", compare=False)

    @property
    def candidates(self) -> tuple[str, ...]:
        """All readings, to be looked up in this order; the first that is known is right."""
        return (self.text, *self.alternatives)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a burst; `source` says which, e.g. "us" or "as typed, Caps Lock undone"."""

    source: str
    text: str

    @property
    def rank(self) -> tuple[int, int]:
        """How little plausible it is: smaller is likelier."""
        if any(self.text.startswith(p) and _BASE45.issuperset(self.text) for p in PREFIXES):
            return 0, 0
        if has_check_digit(self.text):
            return 1, 0
        strange = sum(character not in _OF_A_CODE for character in self.text)
        return 2 if self.text else 3, strange

    @property
    def is_certain(self) -> bool:
        """It is right beyond chance, by a prefix of ours or by a check digit."""
        return self.rank < (2, 0)


def is_hub_code(text: str) -> bool:
    """Say whether a scanned code is one by which a till joins a hub, read whole or not."""
    return text.startswith(HUB_PREFIX)


def has_check_digit(text: str) -> bool:
    """Say whether this is a GTIN whose last digit is right (GS1 General Specifications, 7.9)."""
    if len(text) not in GTIN_LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(text)]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


class Reader:
    """Reads bursts, and remembers by which keyboard layout the last certain code was read."""

    def __init__(self, calibration: Calibration | None = None) -> None:
        self.calibration = calibration
        self._proved_source = ""

    def read(self, strokes: Sequence[Key]) -> Scan:
        """Return the readings of a burst, the most plausible first.

        Readings that are equally plausible ("QBC" of a French keyboard, "ABC" of a US one) stay
        in the order of `_readings`, except that the layout of the last certain code leads.
        """
        readings = sorted(
            _readings(strokes, self.calibration),
            key=lambda reading: (reading.rank, reading.source != self._proved_source),
        )
        if readings[0].is_certain:
            self._proved_source = readings[0].source
        text, *alternatives = dict.fromkeys(reading.text for reading in readings)
        return Scan(text, tuple(alternatives), readings[0].source)


def as_typed(strokes: Sequence[Key]) -> str:
    """Return what this machine's own keyboard layout made of the keys."""
    return "".join(key.text for key in strokes)


def _readings(strokes: Sequence[Key], calibration: Calibration | None) -> Iterator[Reading]:
    typed = as_typed(strokes)
    if calibration:
        yield Reading("calibrated", calibration.undo(typed))
    straight = Reading("as typed", typed)
    swapped = Reading("as typed, Caps Lock undone", _swap_case(typed))
    yield from (swapped, straight) if _shows_caps_lock(strokes) else (straight, swapped)
    for layout in LAYOUTS:
        text = read_as(layout, strokes)
        if text:
            yield Reading(layout, text)
    if calibration:
        yield Reading("calibrated, Caps Lock undone", calibration.undo(_swap_case(typed)))


def _swap_case(text: str) -> str:
    # Caps Lock leaves alone what has no single capital: "ß" stays, though Python makes it "SS".
    return "".join(c.swapcase() if len(c.swapcase()) == 1 else c for c in text)


def _shows_caps_lock(strokes: Sequence[Key]) -> bool:
    """Say whether letters came as capitals without Shift, or small with it."""
    letters = [key for key in strokes if key.code and key.text.isascii() and key.text.isalpha()]
    return bool(letters) and all(key.text.isupper() != key.shifted for key in letters)
