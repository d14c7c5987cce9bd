"""Qt's key events as `burst.py` sees them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, Qt
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
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
# AltGr on Windows.
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_THIRD_LEVEL = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.GroupSwitchModifier
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

    def read(self, event: QKeyEvent, at_ms: int) -> Key:
        """Return the event as a `Key` that happened at `at_ms`."""
        modifiers = event.modifiers()
        kind = self._kind(event, modifiers)
        text = event.text() if kind is Kind.CHARACTER else ""
        native = event.nativeScanCode()
        # Places are read with and without Shift only (`layouts.py`).
        has_place = native and text != GROUP_SEPARATOR and not modifiers & _THIRD_LEVEL
        return Key(
            at_ms=at_ms,
            kind=kind,
            # The key of a release may differ from its press: Shift may have gone up before it.
            name=native or -event.key(),
            pressed=event.type() == QEvent.Type.KeyPress,
            text=text,
            code=max(0, native - self._code_offset) if has_place else 0,
            shifted=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            repeated=event.isAutoRepeat(),
        )

    def _kind(self, event: QKeyEvent, modifiers: Qt.KeyboardModifier) -> Kind:
        key, commands = event.key(), modifiers & _COMMANDS
        if key in _MODIFIERS:
            return Kind.MODIFIER
        if key in self._terminators and not commands:
            return Kind.TERMINATOR
        text = event.text()
        is_plain = not commands or commands == _CTRL_ALT
        if text and ((text.isprintable() and is_plain) or text == GROUP_SEPARATOR):
            return Kind.CHARACTER
        is_dead = Qt.Key.Key_Dead_Grave <= key <= Qt.Key.Key_Dead_Longsolidusoverlay
        return Kind.CHARACTER if is_dead and event.nativeScanCode() else Kind.OTHER
