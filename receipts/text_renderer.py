"""A document as plain text: what a file holds and what tests compare."""

from __future__ import annotations

from receipts.characters import NO_BREAK_SPACE
from receipts.document import Cut, Document, OpenDrawer, Qr, Rule
from receipts.typesetting import Line, SetRow, typeset

_CODE_MARK = "[QR] "


def render_text(document: Document) -> str:
    """Return the document as lines of at most its width, each ended by a line feed.

    Large type has the size of all other here; the cut is a row of dashes with scissors.
    """
    lines = [line for row in typeset(document) for line in _lines(row, document.columns)]
    return "".join(f"{line}\n" for line in lines).replace(NO_BREAK_SPACE, " ")


def _lines(row: SetRow, columns: int) -> list[str]:
    match row:
        case Line(left=left, centred=True):
            return [left.center(columns).rstrip()]
        case Line(left=left, right=right):
            return [(left + right.rjust(columns - len(left))).rstrip()]
        case Rule():
            return ["-" * columns]
        case Qr(text=text):
            return _code(text, columns - len(_CODE_MARK))
        case Cut():
            return ["✂" + " -" * (columns // 2 - 1)]
        case OpenDrawer():
            return ["[>] drawer"]


def _code(text: str, width: int) -> list[str]:
    """Spell out what the code says: one made of letters could not be scanned."""
    return [_CODE_MARK + text[start : start + width] for start in range(0, len(text), width)]
