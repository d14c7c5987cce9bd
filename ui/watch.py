"""Looks now and then how the machine stands, so that a warning comes before the trouble."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal, Slot

from pos.clock import Now, from_utc_text, utc_now
from pos.domain.facts import JournalEntry
from pos.machine import (
    BatteryLow,
    ClockWrong,
    DiskLow,
    MachineState,
    MachineWarning,
    machine_state,
    warnings,
)
from ui import wording
from ui.widgets.banner import Banners, BannerText

EVERY_MS = 30_000


class MachineWatch(QObject):
    """Asks the machine on a thread of its own: a battery may take its time to answer.

    Signals:
        warned: a tuple of `MachineWarning`, after each look; empty when all is well.
    """

    warned = Signal(object)
    _looked = Signal(object)

    def __init__(
        self,
        data_dir: Path,
        parent: QObject | None = None,
        *,
        look: Callable[[Path], MachineState] = machine_state,
        now: Now = utc_now,
    ) -> None:
        super().__init__(parent)
        self._data_dir, self._look, self._now = data_dir, look, now
        self._before: datetime | None = None
        self._latest: datetime | None = None
        self._is_looking = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._looked.connect(self._judge)

    def begin(self, last_seen: datetime | None) -> None:
        """Look now and from now on; `last_seen` is when the journal was written to before."""
        self._before = last_seen
        self._timer.start()
        self.look()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._looked.disconnect(self._judge)
        self._pool.waitForDone()

    @Slot()
    def look(self) -> None:
        """Look once, unless the machine has not answered yet."""
        if not self._is_looking:
            self._is_looking = True
            self._pool.start(self._ask)

    @Slot(object)
    def entry_written(self, entry: JournalEntry) -> None:
        """Hear of a new entry: the clock must not go back behind it."""
        self._latest = from_utc_text(entry.occurred_at)

    def _ask(self) -> None:
        self._looked.emit(self._look(self._data_dir))

    @Slot(object)
    def _judge(self, state: MachineState) -> None:
        self._is_looking = False
        now = self._now()
        # Sales under a wrong clock do not make it right: what was there before still counts.
        found: dict[type[MachineWarning], MachineWarning] = {}
        for last_entry in (self._before, self._latest):
            for warning in warnings(state, now, last_entry):
                found.setdefault(type(warning), warning)
        self.warned.emit(tuple(found.values()))


def show_warnings(
    found: tuple[MachineWarning, ...], banners: Banners, language: Callable[[], str]
) -> None:
    """Show a banner for each warning, and none for what is well again."""
    by_kind = {type(warning): warning for warning in found}
    for kind in (DiskLow, BatteryLow, ClockWrong):
        warning = by_kind.get(kind)
        banners.show_banner(kind.__name__, _said(warning, language) if warning else None)


def _said(warning: MachineWarning, language: Callable[[], str]) -> BannerText:
    return BannerText.said(lambda: wording.machine_warning(warning, language()))
