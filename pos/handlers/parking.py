"""The basket in progress."""

from __future__ import annotations

from pos.commands import SaveBasket
from pos.handlers.work import Work


def save_basket(command: SaveBasket, work: Work) -> None:
    """Keep the basket, so that a power cut costs nothing."""
    work.save_basket(command.basket)
