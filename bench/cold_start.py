"""One cold start: `python -m bench.cold_start T0_NS VARIANTS SALES`, or `… bare`.

Prints milliseconds from T0 (the parent's monotonic clock) to the painted line of a first scan.
"""

from __future__ import annotations

import os
import sys
import time


def main() -> None:
    """Start, scan as soon as it is possible, print, end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started_ns = int(sys.argv[1])
    if sys.argv[2] == "bare":
        _bare()
    else:
        _till(int(sys.argv[2]), int(sys.argv[3]))
    print((time.clock_gettime_ns(time.CLOCK_MONOTONIC) - started_ns) / 1e6, flush=True)
    os._exit(0)


def _bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1024, 768)
    window.show()
    window.grab()
    del app


def _till(variants: int, sales: int) -> None:
    from bench.stand import barcode, stand
    from bench.window_run import Paints, Run

    stand(variants, sales)  # made before; this only looks
    run = Run(variants, sales)
    paints = Paints(run.till.window.basket, run.wake)
    sent = run.scan(barcode(3))
    run.wait(lambda: run.till.checkout.basket.pieces == 1 and paints.last_ms > sent)


if __name__ == "__main__":
    main()
