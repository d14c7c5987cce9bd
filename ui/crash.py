"""Our own mistakes: written down, said in a sentence, never in the way of the next sale."""

from __future__ import annotations

import faulthandler
import logging
import platform
import secrets
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from pos import FISCAL_VERSION, __version__
from pos.clock import utc_now

_log = logging.getLogger(__name__)


class CrashHandler(QObject):
    """Catches what nobody else caught, on every thread.

    Signals:
        crashed: the report's number, as text; on the UI thread.
    """

    crashed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._old = sys.excepthook, threading.excepthook
        self._native: Callable[[], None] = lambda: None

    def install(self) -> None:
        """Begin to catch."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_on_thread
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = (self._folder / "native.txt").open("a", encoding="utf-8")
        except OSError:
            return  # a full or read-only disk: the till opens all the same
        faulthandler.enable(file)
        self._native = file.close

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._old
        faulthandler.disable()
        self._native()

    def _caught_on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        number = secrets.token_hex(3).upper()
        _log.error("report %s", number, exc_info=(kind, error, trace))
        self._write(number, "".join(traceback.format_exception(kind, error, trace)))
        self.crashed.emit(number)

    def _write(self, number: str, text: str) -> None:
        moment = utc_now().strftime("%Y%m%dT%H%M%SZ")
        head = (
            f"Échoppe {__version__} (fiscal {FISCAL_VERSION}), Python {platform.python_version()},"
            f" {platform.platform()}\n{moment}, report {number}\n\n"
        )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{moment}-{number}.txt").write_text(head + text, encoding="utf-8")
        except OSError:
            _log.warning("report %s could not be written", number)
