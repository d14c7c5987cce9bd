"""A printed code by which a till learns what a scanner's characters turn into on this machine.

For computers that do not tell where on the keyboard a key lies, so that `layouts.py` has nothing
to go by.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass

# Every character of base45 (our own codes) and what else stands in a SKU. Without brackets,
# quotes, accents, @ and #: they are dead keys or need AltGr somewhere, and would not arrive.
CALIBRATED = string.digits + string.ascii_letters + " $%*+-./:" + "_!?()=,;&<>"

CALIBRATION_TEXT = CALIBRATED + CALIBRATED[::-1]
"""What the printed code holds: forwards, then backwards.

However the characters are garbled, it still reads the same from both ends and no character comes
twice in a half, so it is known for what it is wherever it is scanned.
"""


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
        """Return what `to_dict` gave."""
        return cls(dict(kept))


def read_calibration(arrived: str) -> Calibration | None:
    """Return what is learnt from a scan of the calibration code, None if it is another code."""
    half = arrived[: len(CALIBRATED)]
    is_ours = arrived == half + half[::-1] and len(set(half)) == len(half) == len(CALIBRATED)
    return Calibration(dict(zip(half, CALIBRATED, strict=True))) if is_ours else None
