"""Scan anywhere: the application's event filter that takes scans out of the stream of keys.

What happens to a key before it is known whether it belongs to a scan:

- *In a text field* it is typed at once. If it was a scan, text, cursor and selection come back.
- *Digits where a buffer was registered with an owner* (the quantity on the checkout) are delivered
  at once as well, and the buffer comes back. Not in a list or a combo box, which jump by letter.
- *Everything else* waits for at most 40 ms: Space presses a button, a letter jumps in a list,
  "+" changes a quantity, and a shortcut cannot be taken back. Once one key waits, all that follow
  wait behind it, so that the order stays.
- *Shift and its like* pass at once: alone they do nothing.

The terminator of a scan is swallowed. So is one more right behind it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShortcutEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget

from ui.scanning.burst import CHARS_MIN, GAP_MAX_MS, Burst, Key, Kind, Step, Timeline, Verdict
from ui.scanning.calibration import Calibration, RefusedCalibration, judge_calibration
from ui.scanning.editors import Editor, Remembered, editor_of, remember
from ui.scanning.held import HeldKeys, address_of
from ui.scanning.keys import KeyReader
from ui.scanning.readings import Reader, as_typed

_DIGITS = frozenset("0123456789")
_WATCHED = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod),
        *(QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut),
    }
)
_KEY_EVENTS = (QKeyEvent, QShortcutEvent, QInputMethodEvent)


class Snapshotable(Protocol):
    """What changes while keys are typed and can go back, such as the quantity being typed."""

    def snapshot(self) -> object:
        """Return what is there now."""

    def restore(self, snapshot: object, /) -> None:
        """Be again as when `snapshot` was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """How the till's scanner behaves; see `burst.py` for the numbers."""

    terminators: frozenset[Qt.Key] = frozenset(
        {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
    )
    gap_max_ms: int = GAP_MAX_MS
    chars_min: int = CHARS_MIN


_ANY_SCANNER = ScannerSettings()


def _monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class _Past:
    """What was there before the first key of a burst."""

    def __init__(self, buffers: list[Snapshotable]) -> None:
        self._buffers = [(buffer, buffer.snapshot()) for buffer in buffers]
        self._editors: list[tuple[Editor, Remembered]] = []

    def remember(self, editor: Editor) -> None:
        """Note an editor's text, unless it was noted before an earlier key."""
        if not any(known is editor for known, _ in self._editors):
            self._editors.append((editor, remember(editor)))

    def restore(self) -> None:
        for _, remembered in self._editors:
            remembered.restore()
        for buffer, snapshot in self._buffers:
            buffer.restore(snapshot)


class ScanFilter(QObject):
    """Listens to all keys of the application, in whatever window, dialog or field.

    Signals:
        scanned: a `Scan`, at once, while its last key is being handled: so a quantity typed before
            is still there, and one typed after is not there yet. Slots must not block.
        calibrated: a `Calibration` to be kept, when the printed calibration code was scanned. It is
            in force already.
        calibration_refused: a code looked like one, and taught what no keyboard does; nothing has
            changed.
    """

    scanned = Signal(object)
    calibrated = Signal(object)
    calibration_refused = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        settings: ScannerSettings = _ANY_SCANNER,
        calibration: Calibration | None = None,
        now_ms: Callable[[], int] = _monotonic_ms,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._now_ms = now_ms
        self._keys = KeyReader(settings.terminators)
        self._timeline = Timeline()
        self._burst = Burst(gap_max_ms=settings.gap_max_ms, chars_min=settings.chars_min)
        self._reader = Reader(calibration)
        self._held = HeldKeys(self, gap_max_ms=settings.gap_max_ms)
        self._buffers: list[tuple[Snapshotable, QWidget | None]] = []
        self._past = self._later_past = _Past([])
        self._swallowed: set[int] = set()  # keys whose release has to go the same way
        self._asked: QKeyEvent | None = None  # a key that may be delivered as a shortcut
        # The last press or release: type, address, key and time; and the objects that have seen it.
        self._mark: tuple[QEvent.Type, int, int, int] = (QEvent.Type.None_, 0, 0, 0)
        self._seen_by: set[int] = set()
        app.installEventFilter(self)

    def close(self) -> None:
        """Stop listening; what waits is delivered."""
        self._held.deliver()
        self._app.removeEventFilter(self)

    def forget_calibration(self) -> None:
        """Read codes again as if none had ever been calibrated."""
        self._reader.calibration = None

    def register(self, buffer: Snapshotable, *, owner: QWidget | None = None) -> None:
        """Take a buffer back to where it was when keys prove to be a scan.

        Args:
            buffer: what is filled by typing and is no text field.
            owner: where digits go to this buffer only: while the focus is on it or inside it, they
                are delivered at once instead of waiting.
        """
        self._buffers.append((buffer, owner))

    def unregister(self, buffer: Snapshotable) -> None:
        """Forget a buffer whose screen is gone."""
        self._buffers = [entry for entry in self._buffers if entry[0] is not buffer]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return whether the event goes no further. Called for every event of the application."""
        # First by class, which costs nothing: thousands of events pass at each change of page.
        if type(event) not in _KEY_EVENTS:
            return False
        kind = event.type()
        if kind not in _WATCHED or self._held.is_delivering(event):
            return False
        if isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride:
                # Qt asks whether a key is a shortcut. It comes back as KeyPress or as Shortcut.
                self._asked = QKeyEvent(event)
                return False
            return not self._was_seen(watched, event, kind) and self._filter_key(watched, event)
        if isinstance(event, QShortcutEvent):
            return self._filter_shortcut(watched, event)
        if isinstance(event, QInputMethodEvent) and event.commitString():
            self._burst.compose(event.commitString())
        return False

    def _was_seen(self, watched: QObject, event: QKeyEvent, kind: QEvent.Type) -> bool:
        """Say whether this is a key on its way from its window to a widget and up the parents."""
        mark = (kind, address_of(event), event.key(), event.timestamp())
        if watched.isWindowType():
            # Here every key begins.
            self._mark, self._seen_by = mark, set()
            return False
        who = shiboken6.getCppPointer(watched)[0]
        if mark == self._mark and who not in self._seen_by:
            self._seen_by.add(who)
            return True
        # One that was sent to a widget, by a test for example.
        self._mark, self._seen_by = mark, {who}
        return False

    def _filter_key(self, watched: QObject, event: QKeyEvent) -> bool:
        self._asked = None
        key = self._read(event)
        return self._act(self._burst.feed(key), key, watched, event)

    def _filter_shortcut(self, watched: QObject, event: QShortcutEvent) -> bool:
        asked, self._asked = self._asked, None
        if asked is None:
            return False
        key = self._read(asked)
        return self._act(self._burst.feed(key), key, watched, event)

    def _read(self, event: QKeyEvent) -> Key:
        at_ms = self._timeline.at_ms(event.timestamp(), self._now_ms())
        return self._keys.read(event, at_ms, pressed=event.type() != QEvent.Type.KeyRelease)

    def _act(
        self, step: Step, key: Key, receiver: QObject, event: QKeyEvent | QShortcutEvent
    ) -> bool:
        """Do what the verdict asks for, and return whether the event goes no further."""
        if step.refuted:
            self._held.deliver()
            if not shiboken6.isValid(receiver):
                return True
        if not key.pressed:
            return self._filter_release(key, receiver, event)
        self._swallowed.discard(key.name)
        if step.verdict in {Verdict.SCANNED, Verdict.TRAILS}:
            event.accept()
            self._swallowed.add(key.name)
            if step.verdict is Verdict.SCANNED:
                self._finish(step)
            return True
        self._note_past(step.verdict)
        self._held.wait_on()
        if step.verdict is Verdict.TYPED or key.kind is Kind.MODIFIER:
            return False
        if self._held or self._has_to_wait(key, receiver):
            self._held.hold(key.name, receiver, event)
            event.accept()
            return True
        return False

    def _filter_release(
        self, key: Key, receiver: QObject, event: QKeyEvent | QShortcutEvent
    ) -> bool:
        self._held.wait_on()
        if key.name in self._swallowed:
            self._swallowed.discard(key.name)
        elif self._held.has(key.name):
            self._held.hold(key.name, receiver, event)
        else:
            return False
        event.accept()
        return True

    def _note_past(self, verdict: Verdict) -> None:
        buffers = [buffer for buffer, _ in self._buffers]
        if verdict is Verdict.STARTS:
            self._past = self._later_past = _Past(buffers)
        elif verdict is Verdict.SPLITS:
            self._later_past = _Past(buffers)

    def _has_to_wait(self, key: Key, receiver: QObject) -> bool:
        """Say whether this key could do what cannot be undone; see the top of this file."""
        if key.kind is not Kind.CHARACTER:
            return True
        focus = _focus_in(receiver)
        editor = editor_of(focus)
        if editor:
            self._past.remember(editor)
            self._later_past.remember(editor)
            return False
        return not (focus and key.text in _DIGITS and self._fills_a_buffer(focus))

    def _fills_a_buffer(self, focus: QWidget) -> bool:
        if isinstance(focus, (QAbstractItemView, QComboBox)):
            return False
        return any(
            owner is focus or owner.isAncestorOf(focus)
            for _, owner in self._buffers
            if owner and shiboken6.isValid(owner)
        )

    def _finish(self, step: Step) -> None:
        """Undo the burst and say what was scanned."""
        first = step.typed_first
        past = self._later_past if first else self._past
        past.restore()
        self._swallowed |= self._held.drop(besides=first.name if first else None)
        self._past = self._later_past = _Past([])
        codes = [key.code for key in step.strokes]
        match judge_calibration(as_typed(step.strokes), codes):
            case Calibration() as calibration:
                self._reader.calibration = calibration
                self.calibrated.emit(calibration)
            case RefusedCalibration():
                self.calibration_refused.emit()
            case _:
                self.scanned.emit(self._reader.read(step.strokes))


def _focus_in(receiver: QObject) -> QWidget | None:
    """Return the widget that will get a key which is now at `receiver`; None for a shortcut."""
    if isinstance(receiver, QWidget):
        return receiver
    popup = QApplication.activePopupWidget()
    if popup:
        return popup.focusProxy() or _focused(popup) or popup
    windows = (w for w in QApplication.topLevelWidgets() if w.windowHandle() is receiver)
    window = next(windows, None)
    return (_focused(window) or window) if window else None


def _focused(window: QWidget) -> QWidget | None:
    return window.focusWidget()  # None is possible, whatever Qt's type hints say.
