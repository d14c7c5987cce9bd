"""The whole chain of the journal, checked piece by piece while the till sells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from pos.errors import JournalBroken
from pos.till import CheckProgress
from ui.bridge import TillBridge

PIECE = 2_000


class ChainCheck(QObject):
    """Looks at one till's journal from the start; a break is recorded, and said."""

    def __init__(
        self, bridge: TillBridge, broken: Callable[[JournalBroken], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._broken = bridge, broken
        self._is_over = False

    def close(self) -> None:
        """Look no further."""
        self._is_over = True

    @Slot()
    def go_on(self) -> None:
        """Check the next piece; whatever else is asked slips between two."""
        if not self._is_over:
            self._bridge.check_chain(PIECE, done=self._checked)

    def _checked(self, progress: CheckProgress) -> None:
        if progress.broken is not None:
            self._broken(progress.broken)
        elif not progress.is_done:
            QTimer.singleShot(0, self.go_on)
