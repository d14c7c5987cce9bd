"""A stand with the demo's catalogue, and its real window without a display."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.folders import Folders
from pos.founding import TILL
from pos.importers.import_request import ImportOptions
from pos.importers.notices import Notice
from pos.importers.product_draft import Terms
from pos.importers.product_import import import_products
from pos.lock import TillLock
from pos.money import EUR
from pos.settings import Settings
from tests.builders import a_till, folders_in
from ui.app import Start, TillApp
from ui.demo import CATALOGUE, TAX_CLASSES
from ui.main_window import SMALLEST

SIZE = SMALLEST
WAIT_MS = 20_000


class _NobodyWatches:
    def notice(self, notice: Notice) -> None:
        pass

    def progress(self, phase: Literal["check", "apply"], done: int, total: int) -> None:
        pass


def found_stand(folder: Path) -> None:
    """Found a Belgian training till, whose cash is rounded, with the demo's catalogue."""
    till = a_till(folder, "BE", mode="training")
    try:
        terms = Terms(currency=EUR, tax_classes=TAX_CLASSES)
        options = ImportOptions(terms=terms, operator=TILL)
        import_products(till, CATALOGUE, options, _NobodyWatches())
    finally:
        till.close()


@contextmanager
def open_window(qtbot: QtBot, stand: Path, folder: Path, settings: Settings) -> Iterator[TillApp]:
    """Open the till of a copy of a stand, in the smallest window; close it in the end."""
    folders: Folders = folders_in(folder)
    shutil.copytree(stand / "data", folders.data)
    shutil.copytree(stand / "config", folders.config)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    lock = TillLock(folders.data).take()
    till = TillApp(app, Start(folders=folders, settings=settings, mode="training"), lock)
    try:
        till.window.resize(*SIZE)
        with qtbot.waitSignal(till.ready, timeout=WAIT_MS):
            till.run()
        yield till
    finally:
        till.close()
        till.window.close()
        till.deleteLater()
        app.setStyleSheet("")
