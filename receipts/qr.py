"""QR codes as modules and as pictures: black on white, never inverted, with their quiet zone.

`qrcode` and Pillow are imported where they are needed, on the printer's thread: together they
would take 40 ms of the till's start.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

QUIET_ZONE = 4  # modules, ISO/IEC 18004
DENSEST_WITH_LEVEL_M = 6

Level = Literal["M", "L"]
Matrix = tuple[tuple[bool, ...], ...]
"""Rows of modules, True for black, without the quiet zone."""


def level(text: str) -> Level:
    """Return the error correction level: M up to version 6, else L.

    In bad light the size of a module counts for more than error correction does.
    """
    return "M" if _version(text, "M") <= DENSEST_WITH_LEVEL_M else "L"


def side(text: str) -> int:
    """Return how many modules wide and high the code of a text is, without its quiet zone."""
    return 17 + 4 * _version(text, level(text))


@lru_cache(maxsize=32)
def matrix(text: str) -> Matrix:
    """Return the modules of the code of a text."""
    from qrcode.main import QRCode

    chosen = level(text)
    code = QRCode(version=_version(text, chosen), error_correction=_CORRECTION[chosen], border=0)
    code.add_data(text, optimize=_ONE_SEGMENT)
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def image(text: str, *, module_px: int) -> Image.Image:
    """Return the code with its quiet zone as a grey picture, `module_px` pixels a module."""
    from PIL import Image, ImageOps

    modules = matrix(text)
    pixels = bytes(0 if module else 255 for row in modules for module in row)
    small = Image.frombytes("L", (len(modules), len(modules)), pixels)
    framed = ImageOps.expand(small, border=QUIET_ZONE, fill=255)
    wide = framed.width * module_px
    return framed.resize((wide, wide), Image.Resampling.NEAREST)


def png(text: str, *, module_px: int = 8) -> bytes:
    """Return the code with its quiet zone as a PNG file."""
    file = io.BytesIO()
    image(text, module_px=module_px).save(file, format="PNG")
    return file.getvalue()


_CORRECTION = {"L": 1, "M": 0}  # as a code's format information has it, and qrcode.constants
_ONE_SEGMENT = 0  # base45 is alphanumeric throughout: nothing is gained by looking for parts


@lru_cache(maxsize=32)
def _version(text: str, correction: Level) -> int:
    from qrcode.main import QRCode

    code = QRCode(error_correction=_CORRECTION[correction])
    code.add_data(text, optimize=_ONE_SEGMENT)
    return int(code.best_fit(start=1))
