"""Qt's key events as `burst.py` sees them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from ui.scanning.burst import Key, Kind

GROUP_SEPARATOR = "\x1d"
"""Stands between the fields of a GS1 code; scanners send it as Ctrl+]."""

_MODIFIERS = frozenset(
    {
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch),
    }
)
# As plain integers: arithmetic with Qt's flags takes a fifth of the time a key may cost.
_SHIFT = Qt.KeyboardModifier.ShiftModifier.value
_CTRL = Qt.KeyboardModifier.ControlModifier.value
_ALT = Qt.KeyboardModifier.AltModifier.value
_META = Qt.KeyboardModifier.MetaModifier.value
_GROUP = Qt.KeyboardModifier.GroupSwitchModifier.value
_DEAD_KEYS = range(Qt.Key.Key_Dead_Grave, Qt.Key.Key_Dead_Longsolidusoverlay + 1)
# Windows gives the number of the key as it is; X11, Wayland and Linux without a desktop add 8.
_CODE_OFFSET_LINUX = 8


class KeyReader:
    """Turns QKeyEvents into `Key`s.

    Args:
        terminators: what the scanner is set to send after a code.
    """

    def __init__(self, terminators: AbstractSet[Qt.Key]) -> None:
        self._terminators = frozenset(terminators)
        on_windows = QGuiApplication.platformName() == "windows"
        self._code_offset = 0 if on_windows else _CODE_OFFSET_LINUX

    def read(self, event: QKeyEvent, at_ms: int, *, pressed: bool) -> Key:
        """Return the event as a `Key` that happened at `at_ms`."""
        qt_key, native = event.key(), event.nativeScanCode()
        modifiers, text = event.modifiers().value, event.text()
        kind = self._kind(qt_key, modifiers, text)
        if kind is Kind.OTHER and native and qt_key in _DEAD_KEYS:
            kind = Kind.CHARACTER
        # Places are read with and without Shift only (`layouts.py`).
        has_place = native and text != GROUP_SEPARATOR and not modifiers & (_ALT | _GROUP)
        return Key(
            at_ms=at_ms,
            kind=kind,
            # The key of a release may differ from its press: Shift may have gone up before it.
            name=native or -qt_key,
            pressed=pressed,
            text=text if kind is Kind.CHARACTER else "",
            code=max(0, native - self._code_offset) if has_place else 0,
            shifted=bool(modifiers & _SHIFT),
            repeated=event.isAutoRepeat(),
        )

    def _kind(self, qt_key: int, modifiers: int, text: str) -> Kind:
        if qt_key in _MODIFIERS:
            return Kind.MODIFIER
        commands = modifiers & (_CTRL | _ALT | _META)
        if qt_key in self._terminators and not commands:
            return Kind.TERMINATOR
        # Ctrl and Alt together are AltGr on Windows.
        is_plain = not commands or commands == _CTRL | _ALT
        if text and ((text.isprintable() and is_plain) or text == GROUP_SEPARATOR):
            return Kind.CHARACTER
        return Kind.OTHER
