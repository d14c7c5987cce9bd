"""For all tests of the screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application_outlives_its_windows() -> Iterator[None]:
    """Let no closed window end the event loops of the tests that come after, nor slow them down.

    The last window that closes posts a Quit; whoever waits next would not wait at all. And each
    window that is still there is laid out and painted anew with every style sheet and language.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setQuitOnLastWindowClosed(False)
    yield
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    QCoreApplication.removePostedEvents(app, QEvent.Type.Quit.value)
    for left_over in app.topLevelWidgets():
        left_over.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
