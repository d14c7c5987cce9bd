"""Two short sounds: known, unknown. Heard over the queue, never waited for, can be off."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).with_name("theme") / "sounds"
# QtMultimedia is 60 MB of add-ons; every desktop has one of these.
_PLAYERS = ("pw-play", "paplay", "aplay", "afplay")


class Sounds:
    """Plays a sound after what is on the screen was painted."""

    def __init__(self, *, is_on: bool) -> None:
        self.is_on = is_on
        self._player = next(filter(None, map(shutil.which, _PLAYERS)), None)

    def scan(self, is_known: bool) -> None:
        """Say whether a scanned code was known."""
        if self.is_on:
            name = "known" if is_known else "unknown"
            QTimer.singleShot(0, lambda: self._play(FOLDER / f"{name}.wav"))

    def _play(self, path: Path) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player is None or not QProcess.startDetached(self._player, [str(path)])[0]:
            QApplication.beep()
