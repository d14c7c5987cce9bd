"""How large the payment's keys and amounts are: a high page is not left empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QPushButton

from ui.theme.palette import TYPE
from ui.widgets.controls import dress

GROWS_FROM = 760  # px of the page; on a smaller one everything is as the style sheet has it
KEY_MAX = 96
_KEY = 62
_EDGES = 4  # the style sheet counts them apart
_ROWS = 6  # that share what a page has more
AMOUNT_MAX = 112


class Sizes:
    """Lets keys and amounts grow with their page."""

    def __init__(self, *, keys: Sequence[QPushButton], amounts: Sequence[QLabel]) -> None:
        self._keys, self._amounts = keys, amounts
        self._key = 0

    def fit(self, height: int) -> None:
        """Fit a page of this height, in px."""
        more = max(height - GROWS_FROM, 0)
        key = min(_KEY + more // _ROWS, KEY_MAX) if more else 0
        if key == self._key:
            return
        self._key = key
        sheet = f"min-height: {key - _EDGES}px; font-size: {TYPE.title}px;" if key else ""
        for made in self._keys:
            made.setStyleSheet(sheet)
        amount = min(TYPE.huge + more // _ROWS, AMOUNT_MAX)
        for shown in self._amounts:
            shown.setStyleSheet(f"font-size: {amount}px;" if key else "")


def put_role(key: QPushButton, role: str) -> None:
    """Give a key another look, if it has not got it."""
    if key.property("role") == role:
        return
    key.setProperty("role", role)
    dress(key)
    key.style().unpolish(key)
    key.style().polish(key)
