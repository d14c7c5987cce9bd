"""A receipt as rows, before anything is decided about paper, bytes or pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Width = Literal[32, 42, 48]
"""Characters in a line: paper of 58 mm, of 80 mm at 180 dpi, of 80 mm at 203 dpi."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """How a row looks; a double row is twice as wide and twice as high."""

    bold: bool = False
    double: bool = False


PLAIN = Style()
BOLD = Style(bold=True)
LARGE = Style(bold=True, double=True)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps, and continued lines begin with `hanging` spaces."""

    text: str
    style: Style = PLAIN
    centred: bool = False
    hanging: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """A left cell that may wrap and cells at the right edge that are never cut.

    `widths` are the least widths of the cells after the first one, in characters; without them
    each is as wide as its text.
    """

    cells: tuple[str, ...]
    style: Style = PLAIN
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Space:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, black on white, in the middle of the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of this paper."""


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    """A pulse for the cash drawer that is plugged into the printer."""


Row = Text | Columns | Rule | Space | Qr | Cut | OpenDrawer


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What one print job says."""

    title: str  # names it in a queue, a message or a file: a receipt's number
    columns: Width
    rows: tuple[Row, ...]

    @property
    def is_blank(self) -> bool:
        """Say whether nothing of it comes on paper: it only opens the drawer."""
        return all(isinstance(row, OpenDrawer) for row in self.rows)
