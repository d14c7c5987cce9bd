"""The demo's menu: pulling the hub's plug, and putting it back."""

from __future__ import annotations

import threading
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from ui.app import TillApp
from ui.demo.hub import DemoHub, HubFailed
from ui.main_window import MainWindow
from ui.screens.rows import Notice


class PlugMenu(QObject):
    """One entry in a menu of the window that is there, also after it was built anew."""

    _done = Signal(str)

    def __init__(self, till: TillApp, hub: DemoHub) -> None:
        super().__init__(till)
        self._till, self._hub = till, hub
        self._window: MainWindow | None = None
        self._entry: QAction | None = None
        till.ready.connect(self._show)
        self._done.connect(self._tell)

    @Slot()
    def _show(self) -> None:
        window = self._till.window
        if window is self._window:
            return
        self._window = window
        menu = window.menuBar().addMenu(self.tr("Demo"))
        self._entry = menu.addAction("", self._pressed)
        self._name()

    def _name(self) -> None:
        if self._entry is not None:
            is_plugged = self._hub.is_plugged
            pull, put = self.tr("Pull the hub's plug"), self.tr("Plug the hub in again")
            self._entry.setText(pull if is_plugged else put)
            self._entry.setEnabled(True)

    @Slot()
    def _pressed(self) -> None:
        assert self._entry is not None
        self._entry.setEnabled(False)
        act = self._hub.pull_the_plug if self._hub.is_plugged else self._hub.plug_in

        def run() -> None:
            why = ""
            try:
                act()
            except HubFailed as failed:
                why = str(failed)
            with suppress(RuntimeError):  # the till was closed, and this is gone
                self._done.emit(why)

        threading.Thread(target=run, name="plug", daemon=True).start()

    @Slot(str)
    def _tell(self, why: str) -> None:
        self._name()
        if why:
            text = self.tr("The hub did not start: {reason}").format(reason=why[-80:])
            self._till.window.checkout.show_notice(Notice(text, is_trouble=True))
