"""A document as plain text: what a file holds and what tests compare."""

from __future__ import annotations

import textwrap

from receipts.characters import NO_BREAK_SPACE
from receipts.document import Cut, Document, OpenDrawer, Qr, Rule
from receipts.typesetting import Line, SetRow, typeset


def render_text(document: Document) -> str:
    """Return the document as lines of at most its width, each ended by a line feed.

    Large type has the size of all other here; the cut is a row of dashes with scissors.
    """
    lines = [line for row in typeset(document) for line in _lines(row, document.columns)]
    return "".join(f"{line.rstrip()}\n" for line in lines).replace(NO_BREAK_SPACE, " ")


def _lines(row: SetRow, columns: int) -> list[str]:
    match row:
        case Line(left=left, centred=True):
            return [left.center(columns)]
        case Line(left=left, right=right):
            return [left + right.rjust(columns - len(left))]
        case Rule():
            return ["-" * columns]
        case Qr(text=text):
            return _code(text, columns)
        case Cut():
            return ["✂" + " -" * (columns // 2 - 1)]
        case OpenDrawer():
            return ["[>] drawer"]


def _code(text: str, columns: int) -> list[str]:
    """Show what the code says: a QR of letters could not be scanned from a text file."""
    wrapped = textwrap.wrap(
        text, columns - 5, drop_whitespace=False, break_on_hyphens=False, replace_whitespace=False
    )
    return [f"[QR] {piece}" for piece in wrapped]
