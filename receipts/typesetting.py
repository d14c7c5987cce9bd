"""Rows become lines that fit the paper, once and in the same way for every renderer."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from receipts.characters import printable
from receipts.document import (
    PLAIN,
    Columns,
    Cut,
    Document,
    OpenDrawer,
    Qr,
    Rule,
    Space,
    Style,
    Text,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line that fits: what stands left (or in the middle) and what stands right."""

    left: str = ""
    right: str = ""
    style: Style = PLAIN
    centred: bool = False


SetRow = Line | Rule | Qr | Cut | OpenDrawer


def typeset(document: Document) -> Iterator[SetRow]:
    """Yield the lines of a document; no line is wider than its `columns`.

    Words that are longer than a line are broken, right cells (amounts) never are: what does not
    fit beside them goes above them.
    """
    for row in document.rows:
        if isinstance(row, Text):
            yield from _text(row, document.columns)
        elif isinstance(row, Columns):
            yield from _columns(row, document.columns)
        elif isinstance(row, Space):
            yield Line()
        else:
            yield row


def width_of(style: Style, columns: int) -> int:
    """Return how many characters of a style a line holds."""
    return columns // 2 if style.double else columns


def _text(row: Text, columns: int) -> Iterator[Line]:
    width = width_of(row.style, columns)
    for piece in _wrapped(printable(row.text), width, row.hanging):
        yield Line(left=piece, style=row.style, centred=row.centred)


def _columns(row: Columns, columns: int) -> Iterator[Line]:
    first, *others = (printable(cell) for cell in row.cells)
    widths = row.widths or (0,) * len(others)
    right = " ".join(cell.rjust(width) for cell, width in zip(others, widths, strict=True))
    style = row.style
    if len(right) > width_of(style, columns):
        style = Style(bold=style.bold)
    width = width_of(style, columns)
    if len(right) > width:
        yield from _stacked(first, others, style, columns)
        return
    *above, last = _wrapped(first, width, _indent(first)) or [""]
    if len(last) + 1 + len(right.lstrip()) > width:
        above, last = [*above, last], ""
    elif len(last) + 1 + len(right) > width:
        right = right.lstrip()
    yield from (Line(left=piece, style=style) for piece in above)
    yield Line(left=last, right=right, style=style)


def _stacked(first: str, others: list[str], style: Style, columns: int) -> Iterator[Line]:
    width = width_of(style, columns)
    yield from (Line(left=piece, style=style) for piece in _wrapped(first, width, 0))
    for cell in others:
        yield from (Line(right=piece, style=style) for piece in _wrapped(cell, width, 0))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _wrapped(text: str, width: int, hanging: int) -> list[str]:
    """Break at spaces; the no-break spaces of amounts and dates hold."""
    return textwrap.wrap(
        text.lstrip(" "),
        width,
        initial_indent=" " * _indent(text),
        subsequent_indent=" " * hanging,
        break_on_hyphens=False,
    )
