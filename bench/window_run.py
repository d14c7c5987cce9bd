"""One process with the real window: `python -m bench.window_run VARIANTS SALES`.

Prints one JSON object. Times are milliseconds.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from bench.stand import barcode, copy_of, stand
from pos.domain.facts import SaleCompleted
from pos.domain.tender import CASH
from pos.lock import TillLock
from pos.reports.catalogue import CountCatalogue
from pos.settings import PrinterSettings, Settings
from ui.app import Start, TillApp

SCANS = 200
SALES = 1_000
PRINTS = 40
BEAT_MS = 5
NO_PAINT_MS = 60
WORDS = ("lun", "mare", "phare 1", "t-shirt", "ecume 2", "sweat r", "vinyle", "orage 33")


def now_ms() -> float:
    """Return the monotonic clock in milliseconds."""
    return time.perf_counter_ns() / 1e6


class Wake(QObject):
    """Ends a waiting loop, so that nobody polls: that would keep the GIL from the till's thread."""

    def __init__(self) -> None:
        super().__init__()
        self._loop: QEventLoop | None = None
        self._condition: Callable[[], bool] = lambda: True

    def until(self, condition: Callable[[], bool], limit_ms: int = 60_000) -> bool:
        """Run the event loop until something is so; `look` has to be called when it may be."""
        if condition():
            return True
        self._loop, self._condition = QEventLoop(), condition
        QTimer.singleShot(limit_ms, self._loop, self._loop.quit)
        self._loop.exec()
        self._loop = None
        return condition()

    def look(self, *_anything: object) -> None:
        """Look whether what is waited for has come."""
        if self._loop is not None and self._condition():
            self._loop.quit()


class Paints(QObject):
    """Notes when a widget, or anything inside it, was painted last."""

    def __init__(self, widget: QWidget, wake: Wake) -> None:
        super().__init__()
        self.last_ms = 0.0
        self._watched, self._wake = widget, wake
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Note a paint; the end of it is when the loop turns again."""
        if (
            event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and (watched is self._watched or self._watched.isAncestorOf(watched))
        ):
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self.last_ms = now_ms()
        self._wake.look()


class Beats(QObject):
    """The longest gap of a heartbeat on the UI thread."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = now_ms()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        moment = now_ms()
        self.gaps.append(moment - self._last)
        self._last = moment

    def stop(self) -> float:
        """Return the longest gap."""
        self._timer.stop()
        return max(self.gaps)


class PaperEnd(QObject):
    """A TCP printer that notes when the last byte came."""

    came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.jobs: list[tuple[float, int]] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._server.accept()
            with connection:
                size, last = 0, 0.0
                connection.settimeout(2)
                try:
                    while data := connection.recv(65_536):
                        size, last = size + len(data), now_ms()
                except TimeoutError:
                    pass
                if size:
                    self.jobs.append((last, size))
                    self.came.emit()


class Run:
    """Everything that is measured in one window."""

    def __init__(self, variants: int, sales: int) -> None:
        self._variants = variants
        self._printer = PaperEnd()
        folders = copy_of(stand(variants, sales))
        settings = Settings(
            language="fr",
            sound=False,
            printer=PrinterSettings(kind="network", host="127.0.0.1", port=self._printer.port),
        )
        self._qt = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self._qt, QApplication)
        self.till = TillApp(
            self._qt, Start(folders=folders, settings=settings), TillLock(folders.data).take()
        )
        self.wake = Wake()
        self._is_ready = False
        self.till.ready.connect(self._ready)
        self.till.window.resize(1024, 768)
        self.till.run()
        self.wait(lambda: self._is_ready)
        self.rest()

    def _ready(self) -> None:
        self._is_ready = True
        self.wake.look()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait for something that surely comes."""
        assert self.wake.until(condition), "nothing happened"

    def rest(self) -> None:
        """Wait until the till has nothing to do."""
        answered: list[object] = []

        def answer(size: object) -> None:
            answered.append(size)
            self.wake.look()

        self.till.bridge.ask(CountCatalogue(), done=answer)
        self.wait(lambda: bool(answered))

    def scan(self, code: str) -> float:
        """Scan a code with key events 2 ms apart; return when its terminator was sent."""
        window = self.till.window
        target = QApplication.focusWidget() or window
        stamp = round(now_ms())
        for at, char in enumerate(code):
            self._key(target, ord(char), char, stamp + 2 * at)
        sent = now_ms()
        self._key(target, Qt.Key.Key_Return, "\r", stamp + 2 * len(code))
        return sent

    def scans(self) -> list[float]:
        """Scan to the end of the paint that shows the line."""
        paints, basket = Paints(self.till.window.basket, self.wake), self.till.checkout
        took = []
        for at in range(SCANS):
            pieces = basket.basket.pieces
            sent = self.scan(barcode(at * 37 % self._variants))

            def is_shown(p: int = pieces, s: float = sent) -> bool:
                return basket.basket.pieces > p and paints.last_ms > s

            self.wait(is_shown)
            took.append(paints.last_ms - sent)
            if at % 20 == 19:
                basket.next_sale()
            self.rest()
        basket.next_sale()
        return took

    def searches(self) -> list[float]:
        """A search keystroke to the end of the paint of the tiles."""
        page, checkout = self.till.window.checkout, self.till.checkout
        paints = Paints(page.grid.viewport(), self.wake)
        took = []
        for words in WORDS * 3:
            page.focus_search()
            field = QApplication.focusWidget()
            assert isinstance(field, QLineEdit)
            for end in range(1, len(words) + 1):
                shown, sent = checkout.answers, now_ms()
                self._key(field, 0, words[end - 1], round(sent))

                def is_shown(n: int = shown, s: float = sent) -> bool:
                    return checkout.answers > n and paints.last_ms > s

                painted = self.wake.until(is_shown, NO_PAINT_MS)
                if painted:  # the same tiles as before are not painted again
                    took.append(paints.last_ms - sent)
                self.rest()
            field.clear()
            self.rest()
        return took

    def sales(self) -> tuple[list[float], float]:
        """Pay to durable and acknowledged on the UI thread; and the longest gap of the beat."""
        checkout, payment, done = self.till.checkout, self.till.payment, self.till.done
        key = checkout.tiles[0].keys[0]
        acknowledged: list[float] = []
        show = payment.sold

        def sold(sale: SaleCompleted, basket_id: str) -> None:
            acknowledged.append(now_ms())
            show(sale, basket_id)
            self.wake.look()

        payment.sold = sold
        beats, took = Beats(), []
        for number in range(1, SALES + 1):
            checkout.add_key(key)
            self.till.selling.pay()
            self.rest()
            sent = now_ms()
            payment.pay(CASH)

            def is_sold(n: int = number) -> bool:
                return len(acknowledged) == n

            self.wait(is_sold)
            took.append(acknowledged[-1] - sent)
            done.next_sale()
        payment.sold = show
        return took, beats.stop()

    def prints(self) -> tuple[list[float], int]:
        """Pay to the last byte at a TCP printer, receipts of five lines; and their bytes."""
        checkout, payment, done = self.till.checkout, self.till.payment, self.till.done
        self._printer.came.connect(self.wake.look)
        self.till.bridge.recorded.connect(self.wake.look)
        took: list[float] = []
        for _ in range(PRINTS):
            for tile in checkout.tiles[:5]:
                checkout.add_key(tile.keys[0])
            self.till.selling.pay()
            self.rest()
            jobs, sent = len(self._printer.jobs), now_ms()
            payment.pay(CASH)
            self.wait(lambda: done.is_open)
            done.receipt("print")

            def is_printed(n: int = jobs) -> bool:
                return len(self._printer.jobs) > n

            self.wait(is_printed)
            took.append(self._printer.jobs[-1][0] - sent)
            done.next_sale()
        return took, self._printer.jobs[-1][1]

    def idle_gap(self) -> float:
        """The longest gap of the beat while nobody does anything."""
        beats = Beats()
        self.wake.until(lambda: False, 2_000)
        return beats.stop()

    @staticmethod
    def _key(target: QObject, key: int, text: str, stamp: int) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(stamp)
            QApplication.sendEvent(target, event)


def resident_mb() -> float:
    """Return the resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    run = Run(int(sys.argv[1]), int(sys.argv[2]))
    idle = run.idle_gap()
    scans, searches = run.scans(), run.searches()
    sales, gap = run.sales()
    memory = resident_mb()
    prints, size = run.prints()
    run.till.close()
    print(
        json.dumps(
            {
                "scan": scans,
                "search": searches,
                "pay": sales,
                "gap": gap,
                "idle_gap": idle,
                "memory_mb": memory,
                "print": prints,
                "receipt_bytes": size,
            }
        )
    )


if __name__ == "__main__":
    main()
