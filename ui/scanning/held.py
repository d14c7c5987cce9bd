"""Keys that wait until it is known whether they are part of a scan."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QShortcutEvent

HOLD_MARGIN_MS = 5
"""How much longer than the longest pause in a scan a key waits: 40 ms in all. Nobody sees it."""


def address_of(event: QEvent) -> int:
    """Return what tells this event from every other that is alive."""
    return shiboken6.getCppPointer(event)[0]


@dataclass(frozen=True, slots=True)
class _Held:
    name: int  # of the key, as `Key.name`
    receiver: QObject
    event: QKeyEvent | QShortcutEvent


class HeldKeys(QObject):
    """Keeps events in order and delivers them, or drops them.

    Args:
        gap_max_ms: the longest pause in a scan.
    """

    def __init__(self, parent: QObject, *, gap_max_ms: int) -> None:
        super().__init__(parent)
        self._waiting: deque[_Held] = deque()
        self._delivering: set[int] = set()  # addresses
        self._last_call = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._hold_ms = gap_max_ms + HOLD_MARGIN_MS
        self._timer.timeout.connect(self._time_out)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def is_delivering(self, event: QEvent) -> bool:
        """Say whether this very event was held and is on its way now."""
        return bool(self._delivering) and address_of(event) in self._delivering

    def has(self, name: int) -> bool:
        """The press of this key is waiting, so its release has to wait too."""
        return any(held.name == name for held in self._waiting)

    def hold(self, name: int, receiver: QObject, event: QKeyEvent | QShortcutEvent) -> None:
        """Keep a copy of the event until a little after the burst's last one."""
        # Not event.clone(): nobody would own and delete what it returns.
        copy = QKeyEvent(event) if isinstance(event, QKeyEvent) else QShortcutEvent(event)
        self._waiting.append(_Held(name, receiver, copy))
        self.wait_on()

    def wait_on(self) -> None:
        """Start the time anew: the burst goes on."""
        if self._waiting:
            self._last_call = False
            self._timer.start(self._hold_ms)

    def deliver(self) -> None:
        """Send all that waits, in order."""
        self._timer.stop()
        while self._waiting:
            self._send(self._waiting.popleft())

    def drop(self, *, besides: int | None = None) -> set[int]:
        """Forget all that waits, but deliver the key `besides`; return the names of the others."""
        self._timer.stop()
        waiting = tuple(self._waiting)
        self._waiting.clear()
        for held in waiting:
            if held.name == besides:
                self._send(held)
        return {held.name for held in waiting if held.name != besides}

    def _time_out(self) -> None:
        # After a stall of the program, the timer may come before keys that lie in the queue. They
        # are handled within one more turn of the event loop.
        if self._last_call:
            self.deliver()
        else:
            self._last_call = True
            self._timer.start(0)

    def _send(self, held: _Held) -> None:
        if not shiboken6.isValid(held.receiver):
            return
        address = address_of(held.event)
        self._delivering.add(address)
        try:
            QCoreApplication.sendEvent(held.receiver, held.event)
        finally:
            self._delivering.discard(address)
