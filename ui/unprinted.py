"""Receipts that are not on paper and should be: said until somebody has read it, and noted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

from pos.disk import write_durably
from ui.widgets.banner import BannerText

NOT_PRINTED = "not-printed.txt"
"""In the folder of receipts: what was not printed and nobody has read of, a number a line."""
NAMED_MAX = 3

Why = Literal["closed", "lost", "partly"]
"""Not printed when the till was closed; not printed; begun, and not printed whole."""

_log = logging.getLogger(__name__)


class Unprinted(QObject):
    """Keeps the numbers of such receipts: on the disk too, until the strip is closed.

    Signals:
        changed: a `Why` of which other receipts are to be told.
    """

    changed = Signal(str)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._note = folder / NOT_PRINTED
        self._titles: dict[Why, list[str]] = {why: [] for why in get_args(Why)}
        self._titles["closed"] = self._read()

    def titles(self, why: Why) -> tuple[str, ...]:
        """Return the receipts, in the order in which they were lost."""
        return tuple(self._titles[why])

    def add(self, why: Why, titles: Sequence[str]) -> None:
        """Tell of more receipts."""
        new = [title for title in dict.fromkeys(titles) if title not in self._titles[why]]
        if new:
            self._titles[why] += new
            self._write()
            self.changed.emit(why)

    def printed(self, title: str) -> None:
        """Forget a receipt that is on paper after all."""
        for why, titles in self._titles.items():
            if title in titles:
                titles.remove(title)
                self._write()
                self.changed.emit(why)

    def understood(self, why: Why) -> None:
        """Forget what somebody has read."""
        self._titles[why].clear()
        self._write()

    def banner(self, why: Why) -> BannerText | None:
        """Return the strip that tells of them; closing it forgets them."""
        if not self._titles[why]:
            return None
        return BannerText(
            self._said(why),
            can_close=True,
            again=lambda: self._said(why),
            closed=lambda: self.understood(why),
        )

    def _said(self, why: Why) -> str:
        titles = self._titles[why]
        if why == "closed":
            text = self.tr("Not printed when the till was closed: {receipts}. F9 prints the last.")
        elif why == "partly":
            text = self.tr("Not printed whole: {receipts}. Print again what is wanted.")
        else:
            text = self.tr("Not printed: {receipts}. Print again what is wanted.")
        return text.format(receipts=self.named(titles))

    def named(self, titles: Sequence[str]) -> str:
        """Return the first receipts by their numbers, and how many there are more."""
        names, more = ", ".join(titles[:NAMED_MAX]), len(titles) - NAMED_MAX
        if more <= 0:
            return names
        return self.tr("{receipts} and {count} more").format(receipts=names, count=more)

    def _read(self) -> list[str]:
        try:
            return self._note.read_text(encoding="utf-8", errors="replace").split()
        except OSError:
            return []

    def _write(self) -> None:
        titles = dict.fromkeys(title for kept in self._titles.values() for title in kept)
        try:
            if titles:
                write_durably(self._note, "\n".join(titles).encode())
            else:
                self._note.unlink(missing_ok=True)
        except OSError as error:  # the receipts themselves are in the journal
            _log.info("what was not printed could not be noted: %s", error)
