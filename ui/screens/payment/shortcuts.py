"""The keys of the keyboard that pay."""

from __future__ import annotations

from PySide6.QtCore import Qt

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
