"""A cashier's hand and a scanner, played: events that go in where the window system puts them.

Each event goes to the window, not to a widget: what is covered, hidden or too far down cannot be
touched, and a key goes where the focus is. Keys carry time stamps, by which the till tells a
scanner from fingers.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QWidget

NONE = Qt.KeyboardModifier.NoModifier
FINGER_MS = 120  # from one typed key to the next; slower than any scanner
SCANNER_MS = 2


class OutOfReach(Exception):
    """What was to be touched is hidden, dead or covered."""


class Hand:
    """One person with a scanner, in front of one window."""

    def __init__(self, window: QWidget, *, at_ms: int = 1_000_000) -> None:
        self._window = window
        self._at_ms = at_ms

    def touch(self, widget: QWidget) -> None:
        """Press and release in the middle of a widget.

        Raises:
            OutOfReach: a person could not.
        """
        if not self.reaches(widget):
            raise OutOfReach(f"{widget.accessibleName() or widget.objectName() or widget}")
        point = widget.mapTo(self._window, widget.rect().center())
        self._mouse(QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton)
        self._mouse(QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.NoButton)

    def reaches(self, widget: QWidget) -> bool:
        """Say whether a touch in the middle of the widget would be the widget's."""
        if not (widget.isVisibleTo(self._window) and widget.isEnabled()):
            return False
        hit = self._window.childAt(widget.mapTo(self._window, widget.rect().center()))
        return hit is not None and (hit is widget or widget.isAncestorOf(hit))

    def key(self, key: Qt.Key, text: str = "", modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press and release one key, as a person does."""
        self._at_ms += FINGER_MS
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._send_key(kind, key, text, modifiers)
            self._at_ms += FINGER_MS // 2

    def type(self, text: str) -> None:
        """Type a text, as a person does."""
        for character in text:
            capital = character.upper()
            self.key(Qt.Key(ord(capital)) if len(capital) == 1 else Qt.Key.Key_unknown, character)

    def scan(self, code: str) -> None:
        """Send a code as a keyboard-wedge scanner does, with Enter at its end."""
        self._at_ms += FINGER_MS
        keys = [(Qt.Key(ord(character)), character) for character in code]
        for key, text in [*keys, (Qt.Key.Key_Return, "\r")]:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._at_ms += SCANNER_MS
                self._send_key(kind, key, text, NONE)
        self._at_ms += FINGER_MS

    def _send_key(
        self, kind: QEvent.Type, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier
    ) -> None:
        event = QKeyEvent(kind, key, modifiers, text)
        event.setTimestamp(self._at_ms)
        QCoreApplication.sendEvent(self._handle, event)

    def _mouse(self, kind: QEvent.Type, point: QPoint, held: Qt.MouseButton) -> None:
        self._at_ms += FINGER_MS
        there = QPointF(point)
        on_screen = QPointF(self._window.mapToGlobal(point))
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, there, there, on_screen, left, held, NONE)
        event.setTimestamp(self._at_ms)
        QCoreApplication.sendEvent(self._handle, event)

    @property
    def _handle(self) -> QWindow:
        handle = self._window.windowHandle()
        assert handle is not None, "the window is shown"
        return handle
