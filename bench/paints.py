"""When what was asked for is on the screen, and how regularly the UI thread comes round."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

BEAT_MS = 5


def now_ms() -> float:
    """Return the monotonic clock in milliseconds."""
    return time.perf_counter_ns() / 1e6


def cpu_ms() -> float:
    """Return the processor time that this thread has used, in milliseconds."""
    return time.thread_time_ns() / 1e6


class Wake(QObject):
    """Ends a waiting loop, so that nobody polls: that would keep the GIL from the till's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._loop: QEventLoop | None = None
        self._condition: Callable[[], bool] = lambda: True
        self.tell: Callable[[], None] = lambda: None

    def until(self, condition: Callable[[], bool], limit_ms: int = 60_000) -> bool:
        """Run the event loop until something is so; `look` has to be called when it may be."""
        if condition():
            return True
        self._loop, self._condition = QEventLoop(), condition
        QTimer.singleShot(limit_ms, self._loop, self._loop.quit)
        self._loop.exec()
        self._loop = None
        return condition()

    def pause(self, length_ms: int) -> None:
        """Let so much time pass, as between two presses of a person."""
        loop = QEventLoop()
        QTimer.singleShot(length_ms, loop, loop.quit)
        loop.exec()

    def look(self, *_anything: object) -> None:
        """Look whether what is waited for has come."""
        self.tell()
        if self._loop is not None and self._condition():
            self._loop.quit()


class Paints(QObject):
    """Notes the end of each paint in which a widget of certain classes took part.

    The classes paint in Python, so their own method is followed: a filter over all events would
    cost more than what it measures.  The end is when the event loop turns again: by then the
    window has handed its picture over.  Make it before the widgets.
    """

    def __init__(self, wake: Wake, *classes: type[QWidget]) -> None:
        super().__init__()
        self.last_ms = 0.0
        self.last_cpu_ms = 0.0
        self._wake = wake
        self._is_noted = False
        for one in classes:  # for good: Qt for Python remembers where the method was
            one.paintEvent = self._followed(one.paintEvent)  # type: ignore[method-assign]  # see above

    def finish(self) -> None:
        """Wait for the end of a paint that has begun."""
        self._wake.until(lambda: not self._is_noted)

    def _followed(self, paint: Callable[..., None]) -> Callable[..., None]:
        def painted(widget: QWidget, event: Any) -> None:
            paint(widget, event)
            if not self._is_noted:
                self._is_noted = True
                QTimer.singleShot(0, self._painted)

        return painted

    def _painted(self) -> None:
        self._is_noted = False
        self.last_ms, self.last_cpu_ms = now_ms(), cpu_ms()
        self._wake.look()


class Beats(QObject):
    """The gaps of a heartbeat on the UI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = now_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        moment = now_ms()
        self.gaps.append(moment - self._last)
        self._last = moment

    def stop(self) -> list[float]:
        """Stop, and return the gaps."""
        self._timer.stop()
        return self.gaps
