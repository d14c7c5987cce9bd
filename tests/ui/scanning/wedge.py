"""A keyboard-wedge scanner, played with key events as the window system makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from ui.scanning.layouts import LAYOUTS

X11_OFFSET = 8
NO_MODIFIER, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
SHIFT_CODE, ENTER_CODE = 42, 28


@dataclass(kw_only=True)
class Wedge:
    """Sends keys to a window, each with its own time stamp.

    Args:
        target: what the window system would give the key to.
        window: kept alive as long as the scanner.
        at_ms: the time of the next event.
        pause_ms: from one event to the next.
        set_to: the keyboard layout that the scanner believes in.
        host: the layout of the computer.
        tells_codes: the platform says where on the keyboard a key lies.
        posts: put the events into Qt's queue instead of having them handled at once.
    """

    target: QWindow
    window: QWidget | None = None
    at_ms: int = 100_000
    pause_ms: int = 2
    set_to: str = "us"
    host: str = "us"
    caps_lock: bool = False
    tells_codes: bool = True
    posts: bool = False

    def scan(self, text: str, *, terminator: Qt.Key = Qt.Key.Key_Return) -> None:
        """Send a code as the scanner does: each key up before the next goes down."""
        places = {meant: place for place, meant in LAYOUTS[self.set_to].items()}
        for character in text:
            self.stroke(*places[character])
        self.key(QEvent.Type.KeyPress, terminator, ENTER_CODE)
        self.key(QEvent.Type.KeyRelease, terminator, ENTER_CODE)

    def stroke(self, code: int, shifted: bool) -> None:
        modifiers = SHIFT if shifted else NO_MODIFIER
        if shifted:
            self.key(QEvent.Type.KeyPress, Qt.Key.Key_Shift, SHIFT_CODE, modifiers=SHIFT)
        text = LAYOUTS[self.host].get((code, shifted), "")
        if self.caps_lock and text.isalpha():
            text = text.swapcase()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.key(kind, key_of(text), code, text=text, modifiers=modifiers)
        if shifted:
            self.key(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, SHIFT_CODE)

    def type(self, text: str, *, pause_ms: int = 120) -> None:
        """Type as a person does, each key down for 80 ms."""
        for character in text:
            key, code = key_of(character), 0
            for kind, wait_ms in ((QEvent.Type.KeyPress, 80), (QEvent.Type.KeyRelease, pause_ms)):
                self.key(kind, key, code, text=character)
                self.at_ms += wait_ms

    def press_and_release(self, key: Qt.Key, text: str = "") -> None:
        self.at_ms += 200
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.key(kind, key, 0, text=text)
            self.at_ms += 80

    def key(
        self,
        kind: QEvent.Type,
        key: int,
        code: int,
        *,
        text: str = "",
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
        repeated: bool = False,
    ) -> None:
        """Send one key event, `pause_ms` after the one before."""
        self.at_ms += self.pause_ms
        native = code + X11_OFFSET if code and self.tells_codes else 0
        event = QKeyEvent(kind, key, modifiers, native, 0, 0, text, repeated)
        event.setTimestamp(self.at_ms)
        if self.posts:
            QCoreApplication.postEvent(self.target, event)
        else:
            QCoreApplication.sendEvent(self.target, event)


def key_of(text: str) -> int:
    """Return Qt's number of a key, which is that of its capital letter."""
    return ord(text.upper()) if len(text.upper()) == 1 else Qt.Key.Key_unknown


def codes(count: int) -> Iterator[str]:
    """Return so many different EAN-13, their check digits right."""
    for number in range(count):
        digits = f"3760{number:08}"
        weighted = sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits))
        yield f"{digits}{-weighted % 10}"
