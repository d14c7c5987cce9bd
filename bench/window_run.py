"""One process with the real window: `python -m bench.window_run VARIANTS SALES`.

Prints one JSON object. Times are milliseconds.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3  # allowed: the floor is measured without any layer of ours
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit

from bench.keys import press, scan
from bench.paints import Beats, Paints, Wake, cpu_ms, now_ms
from bench.stand import ROOT, barcode, copy_of, stand
from pos.domain.facts import SaleCompleted
from pos.domain.tender import CASH
from pos.folders import Folders
from pos.lock import TillLock
from pos.reports.catalogue import KeysOf
from pos.settings import PrinterSettings, Settings
from ui.app import Start, TillApp, collect_again
from ui.widgets.basket_row import BasketLineRow
from ui.widgets.size_key import SizeKey
from ui.widgets.tile import TileCard

SCANS = 200
SALES = 1_000
PRINTS = 40
RAW = 300
PAUSE_MS = 5
WORDS = ("lun", "mare", "phare 1", "t-shirt", "ecume 2", "sweat r", "vinyle", "orage 33")


@dataclass
class Measured:
    """All times of one process; `_cpu` is what the UI thread itself used of them."""

    scan: list[float] = field(default_factory=list)
    scan_cpu: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    search_cpu: list[float] = field(default_factory=list)
    pay: list[float] = field(default_factory=list)
    sale_bytes: int = 0
    raw: list[float] = field(default_factory=list)
    raw_tight: list[float] = field(default_factory=list)
    gap: float = 0.0
    idle_gap: float = 0.0
    memory_mb: float = 0.0
    print: list[float] = field(default_factory=list)
    receipt_bytes: int = 0


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

    def __init__(self, folders: Folders, variants: int) -> None:
        self._variants, self._folders = variants, folders
        self._printer = PaperEnd()
        settings = Settings(
            language="fr",
            sound=False,
            printer=PrinterSettings(kind="network", host="127.0.0.1", port=self._printer.port),
        )
        self.wake = Wake()
        # Before the window: Qt for Python looks a method up once an object.
        self.line_paints = Paints(self.wake, BasketLineRow)
        self.tile_paints = Paints(self.wake, TileCard, SizeKey)
        self._qt = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self._qt, QApplication)
        self.till = TillApp(
            self._qt, Start(folders=folders, settings=settings), TillLock(folders.data).take()
        )
        self._is_ready = False
        self.till.ready.connect(self._ready)
        self.till.window.resize(1024, 768)
        self.till.run()
        self.wait(lambda: self._is_ready)
        collect_again()  # as the program does when its start is over
        self.rest()

    def _ready(self) -> None:
        self._is_ready = True
        self.wake.look()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait for something that surely comes."""
        assert self.wake.until(condition), "nothing happened"

    def rest(self) -> None:
        """Wait until the till has nothing to do, and a moment, as a person does."""
        answered: list[object] = []

        def answer(keys: object) -> None:
            answered.append(keys)
            self.wake.look()

        self.till.bridge.ask(KeysOf(variant_ids=()), done=answer)
        self.wait(lambda: bool(answered))
        self.wake.pause(PAUSE_MS)

    def scans(self, measured: Measured) -> None:
        """Scan to the end of the paint that shows the line."""
        paints, checkout = self.line_paints, self.till.checkout
        for at in range(SCANS):
            pieces = checkout.basket.pieces
            sent, cpu = scan(self.till.window, barcode(at * 37 % self._variants))

            def is_shown(p: int = pieces, s: float = sent) -> bool:
                return checkout.basket.pieces > p and paints.last_ms > s

            self.wait(is_shown)
            measured.scan.append(paints.last_ms - sent)
            measured.scan_cpu.append(paints.last_cpu_ms - cpu)
            if at % 20 == 19:
                checkout.next_sale()
            self.rest()
        checkout.next_sale()
        self.rest()

    def searches(self, measured: Measured) -> None:
        """A search keystroke to the end of the paint of the tiles."""
        page, checkout = self.till.window.checkout, self.till.checkout
        paints, show = self.tile_paints, page.grid.show_cards

        def show_cards(*cards: Any, **how: Any) -> None:
            show(*cards, **how)
            self.wake.look()

        page.grid.show_cards = show_cards  # type: ignore[method-assign]  # to hear of the answer
        for words in WORDS * 3:
            page.focus_search()
            field_ = QApplication.focusWidget()
            assert isinstance(field_, QLineEdit)
            for char in words:
                shown, sent, cpu = checkout.answers, now_ms(), cpu_ms()
                press(field_, 0, char, round(sent))

                def is_answered(n: int = shown) -> bool:
                    return checkout.answers > n

                self.wait(is_answered)
                self.wake.pause(PAUSE_MS)  # what was to be painted, has begun by then
                paints.finish()
                if paints.last_ms > sent:  # the same tiles as before are not painted again
                    measured.search.append(paints.last_ms - sent)
                    measured.search_cpu.append(paints.last_cpu_ms - cpu)
                self.rest()
            field_.clear()
            self.rest()

    def sales(self, measured: Measured, count: int) -> None:
        """Pay to durable and acknowledged on the UI thread; and the longest gap of the beat."""
        checkout, payment, done = self.till.checkout, self.till.payment, self.till.done
        acknowledged: list[float] = []
        show = payment.sold

        def sold(sale: SaleCompleted, basket_id: str) -> None:
            acknowledged.append(now_ms())
            show(sale, basket_id)
            self.wake.look()

        payment.sold = sold
        keys = [tile.keys[0] for tile in checkout.tiles[:4]]
        written: list[int] = []
        beats = Beats()
        for number in range(1, count + 1):
            checkout.add_key(keys[number % len(keys)])
            self.rest()  # each press comes by itself, through the event loop
            self.till.selling.pay()
            self.rest()
            before, sent = written_bytes(), now_ms()
            payment.pay(CASH)

            def is_sold(n: int = number) -> bool:
                return len(acknowledged) == n

            self.wait(is_sold)
            measured.pay.append(acknowledged[-1] - sent)
            written.append(written_bytes() - before)
            self.rest()
            done.next_sale()
            self.rest()
        measured.gap = max(beats.stop())
        measured.sale_bytes = _typical(written)
        payment.sold = show

    def prints(self, measured: Measured) -> None:
        """Pay to the last byte at a TCP printer, receipts of five lines; and their bytes."""
        checkout, payment, done = self.till.checkout, self.till.payment, self.till.done
        self._printer.came.connect(self.wake.look)
        show = payment.sold

        def sold(sale: SaleCompleted, basket_id: str) -> None:
            show(sale, basket_id)
            done.receipt("print")

        payment.sold = sold
        for _ in range(PRINTS):
            for tile in checkout.tiles[:5]:
                checkout.add_key(tile.keys[0])
            self.till.selling.pay()
            self.rest()
            jobs, sent = len(self._printer.jobs), now_ms()
            payment.pay(CASH)

            def is_printed(n: int = jobs) -> bool:
                return len(self._printer.jobs) > n

            self.wait(is_printed)
            measured.print.append(self._printer.jobs[-1][0] - sent)
            self.rest()
            done.next_sale()
        measured.receipt_bytes = self._printer.jobs[-1][1]
        payment.sold = show

    def idle(self, measured: Measured) -> None:
        """The longest gap of the beat while nobody does anything."""
        beats = Beats()
        self.wake.pause(2_000)
        measured.idle_gap = max(beats.stop())


def raw_commits(count: int, size: int, pause_ms: int) -> list[float]:
    """Commit so many bytes with plain SQLite, WAL and FULL: the floor.

    With the same pauses as between sales: a processor and a disk that rested answer later.
    """
    took, wake = [], Wake()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        db = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB)")
        body = b"x" * size
        for seq in range(1, count + 1):
            if pause_ms:
                wake.pause(pause_ms)
            begun = now_ms()
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO entry VALUES (?, ?)", [seq, body])
            db.execute("COMMIT")
            took.append(now_ms() - begun)
        db.close()
    return took


def resident_mb() -> float:
    """Return the resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


def written_bytes() -> int:
    """Return how many bytes this process has handed to the system so far.

    The log's length does not tell: SQLite writes over its beginning once it is merged.
    """
    lines = Path("/proc/self/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("wchar"))


def _typical(values: list[int]) -> int:
    return sorted(values)[len(values) // 2] if values else 0


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    variants, sales = int(sys.argv[1]), int(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else SALES
    measured = Measured()
    run = Run(copy_of(stand(variants, sales)), variants)
    run.idle(measured)
    run.scans(measured)
    run.searches(measured)
    run.sales(measured, count)
    measured.memory_mb = resident_mb()
    measured.raw = raw_commits(RAW, measured.sale_bytes, PAUSE_MS)
    measured.raw_tight = raw_commits(RAW, measured.sale_bytes, 0)
    run.prints(measured)
    run.till.close()
    print(json.dumps(asdict(measured)))


if __name__ == "__main__":
    main()
