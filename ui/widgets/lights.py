"""A light that is never colour alone: a shape and a word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from ui.theme.palette import RADIUS_SMALL, TARGET, TYPE
from ui.theme.theme import colours, font, pixmap
from ui.widgets.controls import tool_tip

State = Literal["good", "busy", "trouble", "plain"]
_ICON = 18
LIGHT_WIDTH_MAX = 440
"""What a light takes for itself; a longer sentence ends in dots where there is no more room."""
PLACE_WIDTH_MIN = 56


class Place(QLabel):
    """Words at the foot that give way to the light: they end in dots, and a tool tip says all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "soft")
        self._whole = ""

    def show_place(self, text: str) -> None:
        """Show words, as many as there is room for."""
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(tool_tip(text))
        self._elide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room for all words."""
        margins, text = self.contentsMargins(), self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(text + margins.left() + margins.right() + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room for a few words."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), PLACE_WIDTH_MIN), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as there is room for now."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        width = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, width)
        if shown != self.text():
            self.setText(shown)


class Light(QAbstractButton):
    """Shows how one thing is, in a word with a shape; can be pressed."""

    def __init__(self, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = self._shape = icon_name
        self._state: State = "plain"
        self._word = ""
        self._leads_on = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_state(
        self, state: State, text: str, *, icon_name: str = "", more: str = "", word: str = ""
    ) -> None:
        """Show a state with its words; a plain or busy one with a shape of its own, if it has one.

        Args:
            state: how it is.
            text: what it says.
            icon_name: the shape.
            more: the whole sentence, for a tool tip and a screen reader; else the text.
            word: what it says where there is no room for all of the text.
        """
        self._state, self._shape, self._word = state, icon_name or self._icon_name, word
        self._enable()
        self.setText(text)
        self.setAccessibleName(more or text)
        self.setToolTip(tool_tip(more or text))
        if word:
            self.setMaximumWidth(self._room_for(text).width())
        self.updateGeometry()
        self.update()

    @property
    def is_in_trouble(self) -> bool:
        """Say whether something is wrong: then a press tries again."""
        return self._state == "trouble"

    def lead_on(self, *, leads_on: bool) -> None:
        """Say whether a press leads to more now; where it does nothing, it is no key."""
        self._leads_on = leads_on
        self._enable()

    def _enable(self) -> None:
        self.setEnabled(self._leads_on or self.is_in_trouble)

    def sizeHint(self) -> QSize:
        """Return the room that icon and words need; one that has a word takes more only if free."""
        return self._room_for(self._word or self.text())

    def minimumSizeHint(self) -> QSize:
        """Return the same: what stands beside it gives way."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), LIGHT_WIDTH_MAX), hint.height())

    @staticmethod
    def _room_for(text: str) -> QSize:
        return QSize(_ICON + 8 + QFontMetrics(_font()).horizontalAdvance(text) + 20, TARGET)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint shape and word."""
        c = colours()
        marks = {
            "good": ("circle-check", c.accent),
            "busy": (self._shape, c.ink),
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
        room = self.rect().adjusted(left, 0, -4, 0)
        metrics, said = QFontMetrics(_font()), self.text()
        if self._word and metrics.horizontalAdvance(said) > room.width():
            said = self._word
        said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, said)


def _font() -> QFont:
    return font(TYPE.small + 1, QFont.Weight.DemiBold)
