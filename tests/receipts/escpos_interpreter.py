"""A receipt printer for the tests: takes bytes, gives back what would be on paper.

Written from Epson's command reference for TM printers, not from our renderer.  It is the worst
printer that the reference allows: after it is switched on, or initialised, it stands on code page
437 and on the French character set, in which `@` is `à`, and in the mode of Chinese characters,
in which two bytes from 0x81 on are one sign of GB 18030.  What it has been told stays from one
job to the next.  It refuses every command that it does not know, that is cut short, out of
range, or given where the reference says that it has no effect.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10
DOTS = {32: 384, 42: 512, 48: 576}
DOTS_PER_CHARACTER = 12
CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
# ESC R 1: what the French set has in place of twelve ASCII characters.
FRANCE = str.maketrans("@[\\]{|}~", "à°ç§éùè¨")
# Obeyed in real time, wherever they stand: DLE EOT n, DLE ENQ n, DLE DC4 n.
REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


class NotAsInTheReference(AssertionError):
    """The printer was sent something that the command reference does not have."""


@dataclass(frozen=True)
class PrintedLine:
    text: str
    bold: bool = False
    width: int = 1
    height: int = 1
    justification: int = 0  # 0 left, 1 centre, 2 right


@dataclass(frozen=True)
class PrintedCode:
    text: str
    level: str
    module_dots: int
    justification: int


@dataclass(frozen=True)
class PrintedImage:
    image: Image.Image
    justification: int


@dataclass(frozen=True)
class Fed:
    lines: int


@dataclass(frozen=True)
class CutPaper:
    feed: int


@dataclass(frozen=True)
class DrawerPulse:
    pin: int
    on_ms: int
    off_ms: int


Printed = PrintedLine | PrintedCode | PrintedImage | Fed | CutPaper | DrawerPulse


@dataclass
class Settings:
    """What ESC @ puts back."""

    code_page: str = "cp437"
    international: int = 1  # as its switches were set by whoever unpacked it
    chinese: bool = True  # as printers made for China stand after ESC @
    bold: bool = False
    width: int = 1
    height: int = 1
    justification: int = 0
    tab_stops: list[int] = field(default_factory=lambda: list(range(8, 72, 8)))
    code_model: int = 50
    code_module: int = 3
    code_level: int = 48
    code_data: bytes | None = None


class EscposPrinter:
    """Paper of a number of columns; `take` jobs, then look at `paper`."""

    def __init__(self, columns: int = 48) -> None:
        self.paper: list[Printed] = []
        self._columns = columns
        self._settings = Settings()
        self._line: list[tuple[str, bool, int, int]] = []
        self._raw = b""
        self._at = 0

    def take(self, job: bytes) -> list[Printed]:
        """Print a job and return what it put on paper."""
        before = len(self.paper)
        self._raw, self._at = job, 0
        while self._at < len(job):
            self._one(self._next("command"))
        if self._line:
            raise NotAsInTheReference(f"text stays in the buffer: {self._line}")
        return self.paper[before:]

    def _one(self, byte: int) -> None:
        commands: dict[int, Callable[[], None]] = {
            0x09: self._tab,
            0x0A: self._line_feed,
            ESC: lambda: self._prefixed("ESC", _ESC_COMMANDS),
            FS: lambda: self._prefixed("FS", _FS_COMMANDS),
            GS: lambda: self._prefixed("GS", _GS_COMMANDS),
            DLE: self._real_time,
        }
        if byte in commands:
            commands[byte]()
        elif byte >= 0x20 and byte != 0x7F:
            self._character(byte)
        else:
            raise NotAsInTheReference(f"control character {byte:#04x} at {self._at - 1}")

    def _next(self, what: str, low: int = 0, high: int = 255) -> int:
        if self._at >= len(self._raw):
            raise NotAsInTheReference(f"cut short before {what}")
        byte = self._raw[self._at]
        self._at += 1
        if not low <= byte <= high:
            raise NotAsInTheReference(f"{what} is {byte}, not {low} to {high}")
        return byte

    def _bytes(self, size: int, what: str) -> bytes:
        taken = self._raw[self._at : self._at + size]
        if len(taken) < size:
            raise NotAsInTheReference(f"cut short in {what}")
        self._at += size
        return taken

    def _prefixed(self, name: str, known: dict[int, str]) -> None:
        byte = self._next(f"{name} command")
        if byte not in known:
            raise NotAsInTheReference(f"{name} {byte:#04x} at {self._at - 2}")
        getattr(self, known[byte])()

    def _at_line_start(self, command: str) -> None:
        if self._line:
            raise NotAsInTheReference(f"{command} counts only at the beginning of a line")

    # Printing

    def _character(self, byte: int) -> None:
        if self._settings.chinese and byte > 0x80:
            second = self._next("the second half of a Chinese character")
            for char in bytes((byte, second)).decode("gb18030", errors="replace"):
                self._put(char)
            return
        char = bytes((byte,)).decode(self._settings.code_page)
        if self._settings.international == 1:
            char = char.translate(FRANCE)
        elif self._settings.international != 0:
            raise NotAsInTheReference(f"ESC R {self._settings.international} is not played here")
        self._put(char)

    def _put(self, char: str) -> None:
        now = self._settings
        self._line.append((char, now.bold, now.width, now.height))
        if self._column() > self._columns:
            raise NotAsInTheReference(f"the line is wider than the paper: {self._text()!r}")

    def _column(self) -> int:
        return sum(width for _, _, width, _ in self._line)

    def _text(self) -> str:
        return "".join(char for char, *_ in self._line)

    def _tab(self) -> None:
        stops = [stop for stop in self._settings.tab_stops if stop > self._column()]
        if not stops:
            raise NotAsInTheReference("HT without a further tab stop is ignored")
        if self._settings.width != 1:
            raise NotAsInTheReference("tab stops are in characters of the width they were set in")
        for _ in range(stops[0] - self._column()):
            self._put(" ")

    def _line_feed(self) -> None:
        styles = {(bold, width, high) for char, bold, width, high in self._line if char != " "}
        if len(styles) > 1:
            raise NotAsInTheReference("no layout of ours changes the style within a line")
        bold, width, height = styles.pop() if styles else (False, 1, 1)
        justification = self._settings.justification if self._line else 0
        self.paper.append(PrintedLine(self._text(), bold, width, height, justification))
        self._line = []

    def _feed_lines(self) -> None:
        lines = self._next("ESC d n")
        self._at_line_start("ESC d")
        self.paper.append(Fed(lines))

    # Settings

    def _initialise(self) -> None:
        self._settings = Settings()
        self._line = []

    def _leave_chinese(self) -> None:
        self._settings.chinese = False

    def _set_bold(self) -> None:
        self._settings.bold = bool(self._next("ESC E n") & 1)

    def _set_size(self) -> None:
        size = self._next("GS ! n")
        if size & 0x88:
            raise NotAsInTheReference(f"GS ! {size:#04x}")
        self._settings.width, self._settings.height = (size >> 4) + 1, (size & 7) + 1

    def _set_justification(self) -> None:
        chosen = self._next("ESC a n")
        if chosen not in {0, 1, 2, 48, 49, 50}:
            raise NotAsInTheReference(f"ESC a {chosen}")
        self._at_line_start("ESC a")
        self._settings.justification = chosen % 48

    def _set_code_page(self) -> None:
        page = self._next("ESC t n")
        if page not in CODE_PAGES:
            raise NotAsInTheReference(f"ESC t {page} is not played here")
        self._settings.code_page = CODE_PAGES[page]

    def _set_international(self) -> None:
        self._settings.international = self._next("ESC R n", high=17)

    def _set_tab_stops(self) -> None:
        stops: list[int] = []
        while stop := self._next("ESC D n"):
            if stops and stop <= stops[-1]:
                raise NotAsInTheReference("tab stops come in ascending order")
            stops.append(stop)
        if len(stops) > 32:
            raise NotAsInTheReference("at most 32 tab stops")
        self._settings.tab_stops = stops

    # What is no text

    def _pulse(self) -> None:
        pin = {0: 2, 48: 2, 1: 5, 49: 5}.get(self._next("ESC p m"))
        on, off = self._next("ESC p t1"), self._next("ESC p t2")
        if pin is None or off < on:
            raise NotAsInTheReference("ESC p with a wrong pin, or an off time under the on time")
        self.paper.append(DrawerPulse(pin, on * 2, off * 2))

    def _cut(self) -> None:
        mode = self._next("GS V m")
        self._at_line_start("GS V")
        if mode in {0, 1, 48, 49}:
            self.paper.append(CutPaper(0))
        elif mode in {65, 66}:
            self.paper.append(CutPaper(self._next("GS V n")))
        else:
            raise NotAsInTheReference(f"GS V {mode}")

    def _raster(self) -> None:
        if self._bytes(2, "GS v 0 m") != b"0\x00":
            raise NotAsInTheReference("only GS v 0 with normal density is played here")
        width = int.from_bytes(self._bytes(2, "GS v 0 x"), "little")
        height = int.from_bytes(self._bytes(2, "GS v 0 y"), "little")
        self._at_line_start("GS v 0")
        if not 0 < width * 8 <= DOTS[self._columns] + 7 or not 0 < height <= 2303:
            raise NotAsInTheReference(f"a picture of {width * 8} × {height} dots")
        dots = self._bytes(width * height, "GS v 0 data")
        if REAL_TIME.search(dots):
            raise NotAsInTheReference("a real-time command within a picture is obeyed")
        printed = Image.frombytes("1", (width * 8, height), bytes(~byte & 0xFF for byte in dots))
        self.paper.append(PrintedImage(printed, self._settings.justification))

    def _symbol(self) -> None:
        if self._next("GS ( command") != ord("k"):
            raise NotAsInTheReference("GS ( that is not GS ( k")
        size = int.from_bytes(self._bytes(2, "GS ( k pL pH"), "little")
        parameters = self._bytes(size, "GS ( k")
        if size < 3 or parameters[0] != 49:
            raise NotAsInTheReference(f"GS ( k {parameters[:2]!r} is no QR code")
        functions = {
            65: self._code_model,
            67: self._code_module,
            69: self._code_level,
            80: self._code_store,
            81: self._code_print,
        }
        if parameters[1] not in functions:
            raise NotAsInTheReference(f"GS ( k function {parameters[1]}")
        functions[parameters[1]](parameters[2:])

    def _code_model(self, values: bytes) -> None:
        if values not in {b"\x31\x00", b"\x32\x00"}:
            raise NotAsInTheReference(f"QR model {values!r}")
        self._settings.code_model = values[0]

    def _code_module(self, values: bytes) -> None:
        if len(values) != 1 or not 1 <= values[0] <= 16:
            raise NotAsInTheReference(f"QR module {values!r}")
        self._settings.code_module = values[0]

    def _code_level(self, values: bytes) -> None:
        if len(values) != 1 or not 48 <= values[0] <= 51:
            raise NotAsInTheReference(f"QR level {values!r}")
        self._settings.code_level = values[0]

    def _code_store(self, values: bytes) -> None:
        if values[0] != 48 or not 2 <= len(values) <= 7090:
            raise NotAsInTheReference(f"QR data {values!r}")
        self._settings.code_data = values[1:]

    def _code_print(self, values: bytes) -> None:
        now = self._settings
        if values != b"0" or now.code_data is None or now.code_model != 50:
            raise NotAsInTheReference(f"QR print {values!r} of {now}")
        self._at_line_start("GS ( k 81")
        text = now.code_data.decode("latin-1")
        level = "LMQH"[now.code_level - 48]
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
        modules = code.to_image(scale=1, add_quiet_zones=False).shape[0]
        if (modules + 8) * now.code_module > DOTS[self._columns]:
            raise NotAsInTheReference("a symbol that is wider than the paper cannot be printed")
        self.paper.append(PrintedCode(text, level, now.code_module, now.justification))

    def _real_time(self) -> None:
        raise NotAsInTheReference(f"a real-time command within a job, at {self._at - 1}")


_ESC_COMMANDS = {
    ord("@"): "_initialise",
    ord("D"): "_set_tab_stops",
    ord("E"): "_set_bold",
    ord("R"): "_set_international",
    ord("a"): "_set_justification",
    ord("d"): "_feed_lines",
    ord("p"): "_pulse",
    ord("t"): "_set_code_page",
}
_FS_COMMANDS = {ord("."): "_leave_chinese"}
_GS_COMMANDS = {
    ord("!"): "_set_size",
    ord("("): "_symbol",
    ord("V"): "_cut",
    ord("v"): "_raster",
}


def text_on(paper: list[Printed], columns: int) -> str:
    """Return the lines as they stand on the paper, justified as the printer does it."""
    lines: list[str] = []
    for item in paper:
        if isinstance(item, PrintedLine):
            free = columns // item.width - len(item.text)
            left = {0: 0, 1: free // 2, 2: free}[item.justification]
            lines.append(" " * left + item.text)
    return "\n".join(lines)
