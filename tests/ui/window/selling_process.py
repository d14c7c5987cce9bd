"""A till in a process of its own, for tests that kill it: says on standard output what it does.

It scans the codes it is given, waits until the basket is on disk, and minimises its window.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pos.folders import Folders
from pos.lock import TillLock
from pos.reports.sales import SavedBasket
from pos.settings import Settings
from tests.ui.scanning.wedge import Wedge
from ui.app import Start, TillApp


def say(**what: object) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 — the test listens there.


def main(data: str, config: str, *codes: str) -> int:
    app = QApplication([])
    folders = Folders(Path(data), Path(config))
    settings = Settings(language="en", sound=False)
    till = TillApp(app, Start(folders=folders, settings=settings), TillLock(folders.data).take())

    def work() -> None:
        wedge = Wedge(target=till.window.windowHandle(), window=till.window)
        for code in codes:
            wedge.scan(code)
            wedge.at_ms += 500
        look()

    def look() -> None:
        # Asked again and again: it is answered after what was saved before.
        till.bridge.ask(SavedBasket(), done=lambda basket: tell(basket.pieces if basket else 0))

    def tell(pieces: int) -> None:
        if pieces < len(codes):
            QTimer.singleShot(10, look)
        else:
            till.window.showMinimized()
            say(saved=pieces, minimised=till.window.isMinimized())

    till.ready.connect(work)
    till.first.called.connect(lambda: say(called=True, minimised=till.window.isMinimized()))
    till.run()
    return app.exec()  # allowed: this is a program's main loop, run in a process of its own.


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
