"""Keys and scans, as Qt delivers them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from bench.paints import cpu_ms, now_ms

KEY_EVERY_MS = 2  # what a fast scanner leaves between two keys


def press(target: QObject, key: int, text: str, stamp: int) -> None:
    """Press a key and let it go."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(stamp)
        QApplication.sendEvent(target, event)


def scan(window: QWidget, code: str) -> tuple[float, float]:
    """Scan a code; return when its terminator was sent, and what processor time was used then."""
    target = QApplication.focusWidget() or window
    stamp = round(now_ms())
    for at, char in enumerate(code):
        press(target, ord(char), char, stamp + KEY_EVERY_MS * at)
    sent, cpu = now_ms(), cpu_ms()
    press(target, Qt.Key.Key_Return, "\r", stamp + KEY_EVERY_MS * len(code))
    return sent, cpu
