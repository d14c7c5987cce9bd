"""Plays scenes through a window while the application runs as it always does.

A scene is a generator: it does what a person does, then yields what it waits to see. The player
looks again and again from a timer, so that there is no event loop inside another one and no wait
that is longer than it has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from ui.demo.hand import OutOfReach

LOOK_EVERY_MS = 3
PATIENCE_MS = 20_000
"""How long a scene waits before it counts as failed: far more than a slow machine needs."""


@dataclass(frozen=True, slots=True)
class Until:
    """What a scene waits for, with the sentence that is said when it does not come."""

    what: str
    is_so: Callable[[], bool]
    patience_ms: int = 0  # 0: as long as is usual


Scene = Generator[Until, None, None]


class NotAsScripted(Exception):
    """The screen does not show what the scene expects."""


def expect(is_so: bool, what: str) -> None:
    """Go on only if something is as it should be.

    Raises:
        NotAsScripted: it is not.
    """
    if not is_so:
        raise NotAsScripted(f"not so: {what}")


class Player(QObject):
    """Plays scenes one after the other.

    Signals:
        began: the name of a scene.
        ended: the name of the scene and what went wrong, or two empty texts if nothing did.
    """

    began = Signal(str)
    ended = Signal(str, str)

    def __init__(
        self,
        scenes: Iterator[tuple[str, Scene]],
        trouble: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        """Take scenes with their names, and a question: what went wrong elsewhere meanwhile?"""
        super().__init__(parent)
        self._scenes = scenes
        self._trouble = trouble
        self._name = ""
        self._scene: Scene | None = None
        self._until: Until | None = None
        self._waited = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin with the first scene."""
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if trouble := self._trouble():
            self._end(trouble)
        elif self._until is None or self._until.is_so():
            self._go_on()
        elif self._waited.elapsed() > (self._until.patience_ms or PATIENCE_MS):
            self._end(f"never seen: {self._until.what}")

    def _go_on(self) -> None:
        try:
            if self._scene is None and not self._next_scene():
                self._name = ""
                self._end("")
                return
            assert self._scene is not None
            self._until = next(self._scene)
            self._waited.start()
        except StopIteration:
            self._scene = self._until = None
        except NotAsScripted as failure:
            self._end(str(failure))
        except OutOfReach as failure:
            self._end(f"out of reach: {failure}")

    def _next_scene(self) -> bool:
        following = next(self._scenes, None)
        if following is None:
            return False
        self._name, self._scene = following
        self.began.emit(self._name)
        return True

    def _end(self, what: str) -> None:
        self._timer.stop()
        self.ended.emit(self._name, what)
