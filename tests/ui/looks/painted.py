"""What a widget really paints: each line of text with its place, size and colours.

A widget is rendered into a vector picture, in which text is still text.  That holds for Qt's own
widgets and for those that paint themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.theme.theme import font

_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_APART_PX = 8.0  # pieces of one line: the font changes for a sign that it does not have


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that a widget paints, in the widget's own coordinates."""

    widget: QWidget
    text: str
    box: QRectF  # of the ink, not of the line
    size_px: float
    weight: int
    colour: QColor

    @property
    def is_whole(self) -> bool:
        """Say whether it lies in its widget; a hair of an overhang does not hurt."""
        return QRectF(self.widget.rect()).adjusted(-1, -1, 1, 1).contains(self.box)

    def box_in(self, window: QWidget) -> QRectF:
        """Return where it is in a window."""
        place = self.widget.mapTo(window, QPoint())
        return self.box.translated(place.x(), place.y())


def visible_widgets(window: QWidget) -> Iterator[QWidget]:
    """Return a window and all in it that can be seen, in the order of their making."""
    yield window
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window) and not shown_part(widget, window).isEmpty():
            yield widget


def shown_part(widget: QWidget, window: QWidget) -> QRect:
    """Return the part of a widget, in window coordinates, that nothing around it cuts off."""
    shown = QRect(widget.mapTo(window, QPoint()), widget.size())
    around = widget.parentWidget()
    while around is not None and widget is not window:
        shown &= QRect(around.mapTo(window, QPoint()), around.size())
        if around is window:
            break
        around = around.parentWidget()
    return shown


def scroll_area_of(widget: QWidget) -> QAbstractScrollArea | None:
    """Return the list in which a widget can be scrolled; None if it cannot."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea):
            return around
        around = around.parentWidget()
    return None


def lines(widget: QWidget) -> list[Line]:
    """Return the lines of text that a widget itself paints, without its children."""
    pieces = [_piece(attributes, text) for attributes, text in _TEXT.findall(_vector(widget))]
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.is_followed_by(piece):
            joined[-1] = last.joined(piece)
        else:
            joined.append(piece)
    return [piece.line(widget) for piece in joined if piece.text.strip()]


def _vector(widget: QWidget) -> str:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setResolution(96)
    picture.setSize(widget.size())
    picture.setViewBox(widget.rect())
    painter = QPainter(picture)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return bytes(buffer.data().data()).decode()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    baseline: float
    size_px: float
    weight: int
    colour: QColor

    @property
    def font(self) -> QFont:
        return font(round(self.size_px), QFont.Weight(self.weight))

    @property
    def end(self) -> float:
        return self.x + QFontMetricsF(self.font).horizontalAdvance(self.text)

    def is_followed_by(self, other: _Piece) -> bool:
        same = (self.baseline, self.size_px, self.weight) == (
            other.baseline,
            other.size_px,
            other.weight,
        )
        return same and other.x - self.x >= 0 and abs(other.x - self.end) < _APART_PX

    def joined(self, other: _Piece) -> _Piece:
        return _Piece(
            self.text + other.text, self.x, self.baseline, self.size_px, self.weight, self.colour
        )

    def line(self, widget: QWidget) -> Line:
        text = self.text.rstrip()
        ink = QFontMetricsF(self.font).tightBoundingRect(text)
        box = ink.translated(self.x, self.baseline)
        return Line(widget, text.strip(), box, self.size_px, self.weight, self.colour)


def _piece(attributes: str, text: str) -> _Piece:
    found = dict(_ATTRIBUTE.findall(attributes))
    colour = QColor(found["fill"])
    colour.setAlphaF(float(found.get("fill-opacity", "1")))
    return _Piece(
        text=unescape(text).replace("\n", ""),
        x=float(found["x"]),
        baseline=float(found["y"]),
        size_px=float(found["font-size"]),
        weight=int(found["font-weight"]),
        colour=colour,
    )
