"""A small till window for `test_real_display.py`: says on standard output what is scanned.

It is a program of its own, because the tests themselves run without a display.
"""

from __future__ import annotations

import json
import sys
import threading

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout

from ui.scanning.filter import ScanFilter, ScannerSettings
from ui.scanning.readings import Scan

GAP_MS = 150


class Till(QDialog):
    """A field with a name in it, a default button and a shortcut on "+"."""

    def __init__(self, *, focus: str) -> None:
        super().__init__()
        self.name = QLineEdit("Zoé")
        self.pay = QPushButton("Pay")
        self.pay.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.name)
        layout.addWidget(self.pay)
        (self.name if focus == "field" else self.pay).setFocus()
        self.pay.clicked.connect(lambda: self.say(pressed="pay"))
        QShortcut("+", self).activated.connect(lambda: self.say(pressed="+"))

    def say(self, **what: object) -> None:
        print(json.dumps({**what, "name": self.name.text()}), flush=True)  # noqa: T201 — the test listens there.


def main(focus: str, stall: str) -> int:
    app = QApplication([])
    till = Till(focus=focus)
    # Patient, because a busy machine may keep the typing program waiting between two keys.
    scans = ScanFilter(app, settings=ScannerSettings(gap_max_ms=GAP_MS))

    def heard(scan: Scan) -> None:
        till.say(scanned=scan.text)
        if stall == "stall":
            threading.Event().wait(0.3)

    scans.scanned.connect(heard)
    till.show()
    till.activateWindow()
    QTimer.singleShot(0, lambda: _say_when_ready(till))
    return app.exec()  # allowed: this is a program's main loop, run in a process of its own.


def _say_when_ready(till: Till) -> None:
    if till.isActiveWindow():
        till.say(ready=True)
    else:
        QTimer.singleShot(20, lambda: _say_when_ready(till))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
