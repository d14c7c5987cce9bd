"""A document as the bytes of an ESC/POS printer.

Written from Epson's command reference for TM printers; only commands that the printers of other
makers share.  Each job initialises the printer, chooses the international character set and the
code page, because a printer that was switched off or used by another program in between has
forgotten both: else `€` is right on the first receipt and junk on the second.  Printers made for
China stand in the mode of Chinese characters after each initialisation, in which two bytes of
code page 1252 are one sign: FS . leaves it, and printers without that mode ignore it.

No text can become a command: text passes `characters.encoded`, from which no byte below 0x20
comes.  Nor can a picture: a printer obeys DLE EOT and DLE DC4 (0x10 …) even inside of pictures,
but a module of a code is at least two dots wide, so that no byte of one is 0x10.
"""

from __future__ import annotations

from dataclasses import dataclass

from receipts import drawer, qr
from receipts.characters import encoded
from receipts.document import PLAIN, Cut, Document, OpenDrawer, Qr, Rule, Style
from receipts.typesetting import Line, SetRow, typeset, width_of

ESC = b"\x1b"
FS = b"\x1c"
GS = b"\x1d"

INITIALISE = ESC + b"@"
NO_CHINESE = FS + b"."  # before the code page, which counts for single bytes only
CHARACTERS_OF_USA = ESC + b"R\x00"  # else `#`, `@` or `{` may stand for accented letters
CODE_PAGE_1252 = ESC + b"t\x10"
TAB_EVERY = 8  # characters
FEED_AND_CUT = GS + b"VB\x00"
FEED_TO_TEAR = ESC + b"d\x04"

PAPER_DOTS = {32: 384, 42: 512, 48: 576}
"""Printable dots by characters in a line: twelve dots a character, rounded as printers are."""

MODULE_DOTS_MIN = 2
MODULE_DOTS_MAX = {32: 7, 42: 6, 48: 7}
"""Makes a version 6 code 34 to 36 mm wide on each paper (203, 180 and 203 dpi)."""

_TORN_BY_HAND = 32  # paper of 58 mm: printers without a cutter ignore the cut
_LEVEL_CODES = {"L": b"0", "M": b"1"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Abilities:
    """What a printer can do."""

    native_qr: bool = True
    drawer: bool = True  # else its pulses are left out


def render_escpos(document: Document, abilities: Abilities | None = None) -> bytes:
    """Return one print job, complete in itself."""
    job = _Job(document.columns, abilities or Abilities())
    for row in typeset(document):
        job.add(row)
    return bytes(job.raw)


class _Job:
    """Collects commands and changes the printer's style only where it changes."""

    def __init__(self, columns: int, abilities: Abilities) -> None:
        self.raw = bytearray(INITIALISE + NO_CHINESE + CHARACTERS_OF_USA + CODE_PAGE_1252)
        self.raw += tab_stops(columns)
        self._columns = columns
        self._abilities = abilities
        self._style = PLAIN
        self._centred = False

    def add(self, row: SetRow) -> None:
        match row:
            case Line():
                self._line(row)
            case Rule():
                self._line(Line(left="-" * self._columns))
            case Qr(text=text):
                self._code(text)
            case Cut():
                feed = FEED_TO_TEAR if self._columns == _TORN_BY_HAND else b""
                self.raw += feed + FEED_AND_CUT
            case OpenDrawer():
                self.raw += drawer.pulse() if self._abilities.drawer else b""

    def _line(self, line: Line) -> None:
        left, right = encoded(line.left), encoded(line.right)
        if left or right:
            self._set(line.style, centred=line.centred)
        if right:
            at = width_of(line.style, self._columns) - len(right)
            left += _gap(len(left), at, tabs=not line.style.double)
        self.raw += left + right + b"\n"

    def _set(self, style: Style, *, centred: bool) -> None:
        if style.bold != self._style.bold:
            self.raw += ESC + b"E" + bytes((style.bold,))
        if style.double != self._style.double:
            self.raw += GS + b"!" + bytes((0x11 * style.double,))
        if centred != self._centred:
            self.raw += ESC + b"a" + bytes((centred,))
        self._style, self._centred = style, centred

    def _code(self, text: str) -> None:
        self._set(PLAIN, centred=True)
        dots = module_dots(text, self._columns)
        self.raw += native_code(text, dots) if self._abilities.native_qr else raster(text, dots)
        self.raw += b"\n"


def tab_stops(columns: int) -> bytes:
    """Return ESC D with a stop every eight characters: tabs make jobs a fifth shorter."""
    return ESC + b"D" + bytes(range(TAB_EVERY, columns, TAB_EVERY)) + b"\x00"


def _gap(start: int, end: int, *, tabs: bool) -> bytes:
    """Return what moves from one column to another: tabs as far as they go, then spaces."""
    last_stop = end // TAB_EVERY * TAB_EVERY
    if not tabs or last_stop <= start:
        return b" " * (end - start)
    return b"\t" * (last_stop // TAB_EVERY - start // TAB_EVERY) + b" " * (end - last_stop)


def module_dots(text: str, columns: int) -> int:
    """Return how many dots wide a module is, so that code and quiet zone fit the paper."""
    whole = qr.side(text) + 2 * qr.QUIET_ZONE
    fitting = PAPER_DOTS[columns] // whole
    return max(MODULE_DOTS_MIN, min(MODULE_DOTS_MAX[columns], fitting))


def native_code(text: str, dots: int) -> bytes:
    """Return GS ( k: model 2, size of a module, error correction, data, print."""
    data = text.encode("ascii")
    return b"".join(
        (
            _symbol(b"1A2\x00"),
            _symbol(b"1C" + bytes((dots,))),
            _symbol(b"1E" + _LEVEL_CODES[qr.level(text)]),
            _symbol(b"1P0" + data),
            _symbol(b"1Q0"),
        )
    )


def raster(text: str, dots: int) -> bytes:
    """Return GS v 0: the code as a picture, for printers that draw none themselves."""
    modules = qr.matrix(text)
    width_dots = len(modules) * dots
    width_bytes = -(-width_dots // 8)
    rows = b"".join(_row_of_dots(row, dots, width_bytes) * dots for row in modules)
    size = width_bytes.to_bytes(2, "little") + width_dots.to_bytes(2, "little")
    return GS + b"v0\x00" + size + rows


def _row_of_dots(row: tuple[bool, ...], dots: int, width_bytes: int) -> bytes:
    bits = "".join("1" * dots if module else "0" * dots for module in row)
    return int(bits.ljust(width_bytes * 8, "0"), 2).to_bytes(width_bytes, "big")


def _symbol(parameters: bytes) -> bytes:
    return GS + b"(k" + len(parameters).to_bytes(2, "little") + parameters
