"""What a key means on the keyboard that a scanner believes itself to be.

A wedge scanner sends places on a keyboard, not characters. When it is set to another layout than
the computer, the characters are wrong and the places are still right. Places are the numbers of
evdev, which for these keys are those of PC set 1: Linux and Windows agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ui.scanning.burst import Key

# Where each row of keys begins: digits, the three rows of letters, and the key left of Z (ISO).
_ROWS = ((2, 12), (16, 12), (30, 12), (43, 11), (86, 1))

# The number pad is the same everywhere; 309 is what Windows says for its "/".
_NUMBER_PAD = {
    **dict(zip(range(71, 84), "789-456+1230.", strict=True)),
    55: "*",
    98: "/",
    309: "/",
}


def _layout(plain: str, shifted: str) -> Mapping[tuple[int, bool], str]:
    """Return the character of each (code, shifted); rows as in `_ROWS`, a blank between them.

    A middle dot stands for a dead key and for what is no part of a code.
    """
    meaning = {(code, False): text for code, text in _NUMBER_PAD.items()}
    meaning |= {(57, False): " ", (57, True): " "}
    for is_shifted, rows in ((False, plain.split()), (True, shifted.split())):
        for (start, length), row in zip(_ROWS, rows, strict=True):
            codes = range(start, start + length)
            meaning |= {
                (code, is_shifted): text
                for code, text in zip(codes, row, strict=True)
                if text != "·"
            }
    return MappingProxyType(meaning)


# The third row of letters ends with the key left of 1 (code 41), the fourth begins with the one
# that is left of Enter (43). Checked against the tables of xkeyboard-config by a test.
LAYOUTS: Mapping[str, Mapping[tuple[int, bool], str]] = MappingProxyType(
    {
        "us": _layout(
            r"1234567890-= qwertyuiop[] asdfghjkl;'` \zxcvbnm,./ ·",
            r"!@#$%^&*()_+ QWERTYUIOP{} ASDFGHJKL:" + r'"~ |ZXCVBNM<>? ·',
        ),
        "fr": _layout(
            r"&é" + r""""'(-è_çà)= azertyuiop·$ qsdfghjklmù² *wxcvbn,;:! <""",
            r"1234567890°+ AZERTYUIOP·£ QSDFGHJKLM%~ µWXCVBN?./§ >",
        ),
        "be": _layout(
            r"&é" + r""""'(§è!çà)- azertyuiop·$ qsdfghjklmù² µwxcvbn,;:= <""",
            r"1234567890°_ AZERTYUIOP·* QSDFGHJKLM%³ £WXCVBN?./+ >",
        ),
    }
)


def read_as(layout: str, strokes: Iterable[Key]) -> str | None:
    """Return what a scanner set to `layout` means by these keys, None where that is unknown.

    Caps Lock plays no part: whether a key was shifted is known for itself.
    """
    meaning = LAYOUTS[layout]
    read = [meaning.get((key.code, key.shifted)) for key in strokes if not key.composed]
    return None if None in read else "".join(text for text in read if text)
