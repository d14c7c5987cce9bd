"""The keys of the keyboard that pay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

WITH_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
QUICK_SHORTCUTS = {
    Qt.Key.Key_F5: 0,
    Qt.Key.Key_F6: 1,
    Qt.Key.Key_F7: 2,
    Qt.Key.Key_F8: 3,
}
METHOD_SHORTCUTS = {
    Qt.Key.Key_C: "card",
    Qt.Key.Key_W: "wristband",
    Qt.Key.Key_V: "voucher",
    Qt.Key.Key_O: "other",
    Qt.Key.Key_E: "cash",
    # The initials of the French keys; the English ones go on counting, whatever the screens speak.
    Qt.Key.Key_B: "wristband",
    Qt.Key.Key_A: "other",
}


def is_held_on(event: QKeyEvent) -> bool:
    """Say whether a key that stays down only repeats itself; amounts may be typed that way.

    The Enter that led to the payment would sell for the exact sum, before anybody has read it.
    """
    writes = event.key() == Qt.Key.Key_Backspace or event.text() in set("0123456789,.")
    return event.isAutoRepeat() and not writes
