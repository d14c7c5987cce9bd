"""Where the time goes: `python -m bench.phases [VARIANTS]`.

Prints two tables: a cold start, stage by stage, and a search keystroke, stage by stage, for tiles
that were never shown and for tiles whose faces are kept. Times are wall milliseconds; the starts
are a few new processes, and each row is their median.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

STARTS = 5
STAGES = (
    "interpreter",
    "the till's own modules, sqlite-utils, cryptography",
    "Qt for Python",
    "the screens' modules",
    "theme and fonts",
    "the window's pages",
    "opening the till, showing the window",
    "the first scan, to its painted line",
)


def main() -> None:
    """Print both tables."""
    if len(sys.argv) > 2:
        _one_start(int(sys.argv[1]), *sys.argv[2:5])
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    variants = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    print(f"### A cold start, {variants} variants, {STARTS} starts\n")
    starts = [_start(variants) for _ in range(STARTS + 1)][1:]  # the first warms the page cache
    _print(STAGES, list(zip(*starts, strict=True)), total=[sum(one) for one in starts])
    from bench.keystroke import STAGES as KEY_STAGES
    from bench.keystroke import keystrokes
    from bench.stand import copy_of, stand

    fresh, kept = keystrokes(copy_of(stand(variants)), variants)
    for name, rows in (("never shown before", fresh), ("shown before", kept)):
        print(f"\n### A search keystroke, tiles {name}, {len(rows)} keystrokes\n")
        _print(KEY_STAGES, list(zip(*rows, strict=True)), total=[sum(row) for row in rows])


def _print(names: Sequence[str], columns: Sequence[Sequence[float]], total: list[float]) -> None:
    print("| stage | ms, median | least–most |\n|---|---|---|")
    for name, column in zip((*names, "**all**"), (*columns, total), strict=True):
        middle = statistics.median(column)
        print(f"| {name} | {middle:.1f} | {min(column):.1f}–{max(column):.1f} |")


def _start(variants: int) -> list[float]:
    from bench.__main__ import compiled
    from bench.stand import barcode, copy_of, stand

    copy = copy_of(stand(variants))
    begun = str(time.clock_gettime_ns(time.CLOCK_MONOTONIC))
    command = [sys.executable, "-m", "bench.phases", begun, str(copy.data), str(copy.config)]
    done = subprocess.run(
        [*command, barcode(3)],
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        env=compiled(),
    )
    if not done.stdout:
        sys.exit(done.stderr)
    stages: list[float] = json.loads(done.stdout.splitlines()[-1])
    return stages


class _Stages:
    """When each stage of a start was over, as a list of moments."""

    def __init__(self, begun_ns: int) -> None:
        self._at = [float(begun_ns)]

    def mark(self, *_anything: object) -> None:
        """Note that a stage is over."""
        self._at.append(time.clock_gettime_ns(time.CLOCK_MONOTONIC))

    def mark_after(self, place: Any, name: str) -> None:
        """Note when a function has been called."""
        done: Callable[..., Any] = getattr(place, name)

        def marked(*values: Any, **named: Any) -> Any:
            result = done(*values, **named)
            self.mark()
            return result

        setattr(place, name, marked)

    def mark_before(self, place: Any, name: str) -> None:
        """Note when a function is called."""
        begin: Callable[..., Any] = getattr(place, name)

        def marked(*values: Any, **named: Any) -> Any:
            self.mark()
            return begin(*values, **named)

        setattr(place, name, marked)

    def print(self) -> None:
        """Print the lengths of the stages, and end."""
        self.mark()
        print(json.dumps([(one - before) / 1e6 for before, one in pairwise(self._at)]), flush=True)
        os._exit(0)


def _one_start(begun_ns: int, data: str, config: str, code: str) -> None:
    """Start the till in this process, and print the length of each stage."""
    stages = _Stages(begun_ns)
    stages.mark()
    import pos.bootstrap  # noqa: F401 because the command imports in this order
    import receipts.printers  # noqa: F401 because the command imports in this order

    stages.mark()
    import PySide6.QtSvg
    import PySide6.QtWidgets  # noqa: F401 because its time is wanted by itself

    stages.mark()
    import bench.keys
    import ui.theme.theme
    from bench import cold_start
    from ui import app as composition

    stages.mark()
    stages.mark_after(ui.theme.theme, "put_on")
    stages.mark_after(composition.TillApp, "_make_window")
    stages.mark_before(bench.keys, "scan")
    cold_start.end = stages.print
    cold_start.till(data, config, code)


if __name__ == "__main__":
    main()
