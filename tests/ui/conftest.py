"""For all tests of the screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def application_outlives_its_windows() -> Iterator[None]:
    """Let no closed window end the event loops of the tests that come after.

    The last window that closes posts a Quit; whoever waits next would not wait at all.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setQuitOnLastWindowClosed(False)
    yield
    if (app := QApplication.instance()) is not None:
        QCoreApplication.removePostedEvents(app, QEvent.Type.Quit.value)
