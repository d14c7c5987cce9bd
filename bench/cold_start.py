"""One cold start: `python -m bench.cold_start T0_NS DATA CONFIG CODE`, or `… T0_NS bare`.

Runs the command `echoppe` itself, scans as soon as the till says that it is ready, and prints
milliseconds from T0 (the parent's monotonic clock) to the painted line of that first scan.
"""

from __future__ import annotations

import os
import sys
import time

_STARTED_NS = int(sys.argv[1]) if len(sys.argv) > 1 else 0


def main() -> None:
    """Start, scan as soon as it is possible, print, end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[2] == "bare":
        _bare()
    else:
        till(*sys.argv[2:5])


def end() -> None:
    print((time.clock_gettime_ns(time.CLOCK_MONOTONIC) - _STARTED_NS) / 1e6, flush=True)
    os._exit(0)


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1024, 768)
    window.show()
    window.grab()
    end()
    del app


def till(data: str, config: str, code: str) -> None:
    import pos.bootstrap  # noqa: F401 because the command imports in this order
    import receipts.printers  # noqa: F401 because the command imports in this order
    from ui import app as composition
    from ui import cli

    class Measured(composition.TillApp):
        """The till, with somebody who scans at once."""

        def run(self) -> None:
            from bench.paints import Paints, Wake
            from ui.widgets.basket_row import BasketLineRow

            self._wake = Wake()
            self._paints = Paints(self._wake, BasketLineRow)
            self._wake.tell = self._look
            self.ready.connect(self._scan)
            super().run()

        def _scan(self) -> None:
            from bench.keys import scan

            scan(self.window, code)

        def _look(self) -> None:
            if self.checkout.basket.pieces == 1:
                end()

    composition.TillApp = Measured  # type: ignore[misc]  # the command opens this one
    sys.argv = ["echoppe", "--data", data, "--config", config]
    cli.main()


if __name__ == "__main__":
    main()
