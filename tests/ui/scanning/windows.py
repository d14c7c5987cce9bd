"""Windows to scan into, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scanning.wedge import Wedge
from ui.scanning.filter import ScanFilter
from ui.scanning.readings import Scan

EAN = "3760001234565"
PICKUP = "FP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2"


class Heard(QObject):
    """What the filter told."""

    def __init__(self, scans: ScanFilter) -> None:
        super().__init__()
        self.scans: list[Scan] = []
        self.calibrations: list[object] = []
        scans.scanned.connect(self.scans.append)
        scans.calibrated.connect(self.calibrations.append)

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


class Quantity(QWidget):
    """A checkout: digits typed anywhere on it are a quantity; every key it gets is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        self.keys: list[str] = []
        self.pressed: list[int] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.text())
        self.pressed.append(event.key())
        if event.text().isdigit():
            self.typed += event.text()

    def snapshot(self) -> object:
        return self.typed

    def restore(self, snapshot: object, /) -> None:
        self.typed = str(snapshot)


def shown(qtbot: QtBot, widget: QWidget, *children: QWidget) -> Wedge:
    """Show a window, its children below each other, the first with the focus; return a scanner."""
    if children:
        layout = QVBoxLayout(widget)
        for child in children:
            layout.addWidget(child)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    (children[0] if children else widget).setFocus()
    return Wedge(target=widget.windowHandle(), window=widget)


def pressed_of(button: QPushButton) -> list[bool]:
    presses: list[bool] = []
    button.clicked.connect(lambda: presses.append(True))
    return presses


@contextmanager
def listening(scans: ScanFilter) -> Iterator[Heard]:
    heard = Heard(scans)
    yield heard
    scans.close()


def code_of(digit: str) -> int:
    return 11 if digit == "0" else int(digit) + 1
