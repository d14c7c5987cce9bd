"""A light that is never colour alone: a shape and a word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme.palette import RADIUS_SMALL, TARGET, TYPE
from ui.theme.theme import colours, font, pixmap
from ui.widgets.controls import tool_tip

State = Literal["good", "busy", "trouble", "plain"]
_ICON = 18


class Light(QAbstractButton):
    """Shows how one thing is, in a word with a shape; can be pressed."""

    def __init__(self, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = self._shape = icon_name
        self._state: State = "plain"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_state(self, state: State, text: str, *, icon_name: str = "") -> None:
        """Show a state with its word; a plain one with a shape of its own, if it has one."""
        self._state, self._shape = state, icon_name or self._icon_name
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tool_tip(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that icon and word need."""
        width = QFontMetrics(_font()).horizontalAdvance(self.text())
        return QSize(_ICON + 8 + width + 20, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shape and word."""
        c = colours()
        marks = {
            "good": ("circle-check", c.accent),
            "busy": (self._icon_name, c.ink),
            "trouble": ("triangle-alert", c.trouble),
            "plain": (self._shape, c.ink_soft),
        }
        name, ink = marks[self._state]
        painter = QPainter(self)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(c.focus), 2))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_SMALL, RADIUS_SMALL)
        left = 8
        if name:
            painter.drawPixmap(
                left,
                (self.height() - _ICON) // 2,
                pixmap(name, _ICON, ink, self.devicePixelRatioF()),
            )
            left += _ICON + 8
        painter.setFont(_font())
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())


def _font() -> QFont:
    return font(TYPE.small + 1, QFont.Weight.DemiBold)
