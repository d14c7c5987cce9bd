"""Where else a size is left that this stand has sold out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from pos.clock import Now, utc_now
from pos.reports.catalogue import SizeKey
from pos.reports.hub import StockElsewhere, StockThere
from ui.screens.sync.state import moment_of
from ui.screens.sync.wording import age
from ui.screens.till_access import TillAccess

STANDS_MAX = 2
"""Where one is sent; a third would not be read."""
NAME_MAX = 30


class Elsewhere:
    """Asks the till which other stands have some, as far as the hub has told."""

    def __init__(
        self,
        till: TillAccess,
        language: Callable[[], str],
        show: Callable[[SizeKey, str], None],
        now: Now = utc_now,
    ) -> None:
        self._till, self._language, self._show, self._now = till, language, show, now

    def ask(self, key: SizeKey) -> None:
        """Ask about a size; nothing is shown where no other stand has it."""
        question = StockElsewhere(variant_ids=(key.variant.variant_id,))
        self._till.ask(question, done=lambda there: self._here(key, there))

    def _here(self, key: SizeKey, there: Sequence[StockThere]) -> None:
        if there:
            self._show(key, elsewhere(there, self._now(), self._language()))


def elsewhere(there: Sequence[StockThere], now: datetime, language: str) -> str:
    """Return which stands have how many, and how old that knowledge is."""
    return "; ".join(_said(one, now, language) for one in there[:STANDS_MAX])


def _said(there: StockThere, now: datetime, language: str) -> str:
    stand = (there.stand_name or there.stand)[:NAME_MAX]
    known = moment_of(there.seen_at) or moment_of(there.at)
    if known is None:
        text = QCoreApplication.translate("wording", "{stand} has {count}")
        return text.format(stand=stand, count=there.pieces)
    text = QCoreApplication.translate("wording", "{stand} has {count}, {age}")
    return text.format(stand=stand, count=there.pieces, age=age(known, now, language))
